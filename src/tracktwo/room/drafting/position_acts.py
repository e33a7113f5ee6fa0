"""Positions of delegations on a provision, and the chair's traffic light."""

from __future__ import annotations

from uuid import UUID

from tracktwo.room.access import Absent, Refused, Viewer
from tracktwo.room.acts import act
from tracktwo.room.drafting.models import Draft, Mode, Position, Text
from tracktwo.room.drafting.standings import LIGHTS, latest, passage, since, touching
from tracktwo.room.drafting.stored import whole
from tracktwo.room.drafting.table import own
from tracktwo.room.drafting.texts import locked, require_unclosed
from tracktwo.room.keys import current
from tracktwo.room.words import Words, say

VALUES: dict[str, Words] = {
    "support": say("support", "支持"),
    "no-objection": say("no objection", "不反对"),
    "stand-aside": say("stand aside", "不阻拦"),
    "ad-referendum": say("reserve ad referendum", "待核准"),
    "object": say("object", "反对"),
    "not-participating": say("not participating", "不参加"),
}
"""Where nothing was said there is no record."""


def mark_of(draft: UUID, organisation: UUID, provision: str | None) -> UUID:
    """The key of a position."""
    return current().mark("position", draft.bytes, organisation.bytes, (provision or "").encode())


def take(viewer: Viewer, text: object, provision: str, value: str, note: dict[str, str], on: object) -> Position:
    """State the own delegation's position on a provision of the latest draft."""
    with act(viewer, "position.take") as leaf:
        row = locked(viewer, text)
        draft = latest(viewer, row.pk)
        passage(whole(draft), provision)
        if value not in VALUES:
            raise Absent
        _require(row, draft, on)
        organisation = own(viewer)
        content = {"provision": provision, "value": value, "note": note}
        found, _ = Position.objects.update_or_create(
            pk=mark_of(draft.pk, organisation.pk, provision),
            defaults={"draft": draft, "organisation": organisation, "content": content},
        )
        leaf.commits("position", found.pk, content | {"draft": whole(draft).hash})
    return found


def _require(text: Text, draft: Draft, on: object) -> None:
    if text.mode == Mode.ONE_TEXT:
        raise Refused(
            say("In a one-text no positions are taken on the way; at the end there is one yes or no to the whole.",
                "单一案文谈判过程中不表明立场；最后由各方就全文作一次“是”或“否”的答复。")
        )  # fmt: skip
    require_unclosed(text)
    if str(on) != str(draft.number):
        raise Refused(since(draft.number))


def light(viewer: Viewer, text: object, provision: str, wanted: str, on: object) -> None:
    """Set the light of a provision; it is not agreed while a bracket in it is open."""
    with touching(viewer, "text.edit", text, provision, on) as touched:
        if wanted not in LIGHTS:
            raise Absent
        left = len(touched.standing.undecided(touched.passage)) if wanted != "open" else 0
        if left:
            raise Refused(
                say("{n} bracket is still open in this provision; it is not agreed.",
                    "本条款仍有{n}处方括号未决，尚未议定。",
                    "{n} brackets are still open in this provision; it is not agreed.", n=left)
            )  # fmt: skip
        touched.standing.light = wanted
