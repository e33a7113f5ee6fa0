"""Acts on the leak plan: its holding lines, who agreed to them, and the freeze of all releases."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.disclosure.models import HoldingLine
from tracktwo.room.people.models import Process
from tracktwo.room.words import say


def write(viewer: Viewer, given: dict[str, Any], identifier: object = None) -> HoldingLine:
    """Write a holding line, or change one: who had agreed to it is asked again where its words changed."""
    with act(viewer, "plan.edit") as leaf:
        new = HoldingLine(process=viewer.process, agreed={"by": []})
        line = new if identifier is None else one(_rows(viewer), identifier)
        before = None if identifier is None else digest(line)
        line.occasion, line.line, line.speaker = given["occasion"], given["line"], given["speaker"]
        if digest(line) != before:
            line.agreed = {"by": []}
        line.save()
        leaf.commits("holding-line", line.id, _content(line))
    return line


def remove(viewer: Viewer, identifier: object) -> None:
    """Take a line out of the plan."""
    with act(viewer, "plan.edit") as leaf:
        line = one(_rows(viewer), identifier)
        leaf.commits("holding-line", line.id)
        line.delete()


def agree(viewer: Viewer, identifier: object, seen: str, *, agreed: bool = True) -> HoldingLine:
    """A delegation agrees to a line as it was read (``seen``, its digest), or no longer does."""
    with act(viewer, "plan.agree") as leaf:
        line: HoldingLine = one(_rows(viewer), identifier)
        if agreed and seen != digest(line):
            raise Refused(
                say(
                    "This line was changed after you read it. Read it again, then agree if you still do.",
                    "您阅读之后，本口径已有改动。请重新阅读；如仍同意，请再次确认。",
                )
            )
        if viewer.organisation is None:
            raise Refused(say("Only a delegation agrees to a line.", "仅与会方可对口径表示同意。"))
        own = str(viewer.organisation.id)
        line.agreed = {"by": sorted({*line.agreed["by"], own} if agreed else {*line.agreed["by"]} - {own})}
        line.save(update_fields=["agreed"])
        leaf.commits("holding-line", line.id, {"line": digest(line), "agreed": agreed})
    return line


def freeze(viewer: Viewer) -> None:
    """Freeze all releases at once."""
    _set(viewer, "freeze.begin", True)


def thaw(viewer: Viewer) -> None:
    """End the freeze."""
    _set(viewer, "freeze.end", False)


def digest(line: HoldingLine) -> str:
    """What tells a changed line from the one that was read."""
    text = json.dumps(_content(line), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _set(viewer: Viewer, action: str, frozen: bool) -> None:
    with act(viewer, action) as leaf:
        process = Process.objects.select_for_update().get(pk=viewer.process.pk)
        if process.frozen == frozen:
            raise Refused(
                say("All releases are frozen already.", "一切信息发布业已冻结。")
                if frozen
                else say("Nothing is frozen.", "目前并未冻结。")
            )
        process.frozen = frozen
        process.save(update_fields=["frozen"])
        leaf.commits("freeze", process.id, {"frozen": frozen})
    viewer.process.frozen = frozen


def _rows(viewer: Viewer) -> Any:
    return visible(viewer).holding_lines().select_for_update()


def _content(line: HoldingLine) -> dict[str, Any]:
    return {"occasion": line.occasion, "line": line.line, "speaker": line.speaker}
