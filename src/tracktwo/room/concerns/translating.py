"""Translation in the room: a linguist writes what is missing, a linguist of another side reviews it."""

from __future__ import annotations

import hashlib
from typing import Any

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.concerns.models import Concern, Scope, Sounding, Statement
from tracktwo.room.concerns.wording import other
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import say

KINDS = ("concerns", "statements")


def translated(viewer: Viewer, kind: str) -> Any:
    """What is translated: concerns before the room, statements of drafts."""
    if kind == "concerns":
        return visible(viewer).concerns().filter(scope=Scope.ROOM)
    if kind == "statements":
        return visible(viewer).statements().select_related("sounding")
    raise Absent


def wanting(viewer: Viewer) -> list[tuple[str, Concern | Statement]]:
    """What waits to be translated or reviewed, in the order of its identifiers, which is nobody's."""
    concerns = translated(viewer, "concerns").filter(withdrawn=False)
    statements = translated(viewer, "statements").filter(sounding__state=Sounding.State.DRAFT).order_by("id")
    rows = [("concerns", row) for row in concerns] + [("statements", row) for row in statements]
    return [(kind, row) for kind, row in rows if row.body["translation"] in {"needed", "draft"}]


def translate(viewer: Viewer, kind: str, item: object, text: str) -> None:
    """Write or change what a text says in the language that it was not written in; then it is a draft."""
    with act(viewer, "translation.write") as leaf:
        row = _open(viewer, kind, item)
        if row.body["translation"] == "given":
            raise Refused(say("Its author wrote it in both languages; linguists translate what was written in one.",
                              "两种语言均由提出者撰写；语文专家仅翻译只有一种语言的内容。"))  # fmt: skip
        by = str(viewer.organisation.id) if viewer.organisation else ""
        row.body = row.body | {other(row.body): text, "translation": "draft", "translated_by": by}
        row.save(update_fields=["body"])
        leaf.commits(kind.removesuffix("s"), row.id, {each: row.body[each] for each in ("en", "zh", "translation")})


def stands(row: Any) -> bool:
    """Whether nothing of its words changes any more, or nothing of them is to be translated."""
    if isinstance(row, Statement) and row.sounding.state != Sounding.State.DRAFT:
        return True
    return bool(row.withdrawn or row.body["translation"] == "given")


def own_draft(viewer: Viewer, body: dict[str, Any]) -> bool:
    """Whether the translation is from the viewer's own side, or, for the mediator, from the mediator."""
    by = body.get("translated_by")
    if by is None or viewer.organisation is None:
        return by == ""
    side = viewer.organisation.side
    writer = Organisation.objects.filter(process=viewer.process, pk=by).select_related("side").first() if by else None
    if writer is None:
        return False
    return bool(writer == viewer.organisation or (side is not None and writer.side == side))


def digest(body: dict[str, Any]) -> str:
    """What tells one state of a translation and its original from another."""
    return hashlib.sha256(f"{body['en']}\0{body['zh']}".encode()).hexdigest()[:16]


def review(viewer: Viewer, kind: str, item: object, read: str) -> None:
    """Confirm that a draft by another side says what the original says; ``read`` is the digest of what was read."""
    with act(viewer, "translation.write") as leaf:
        row = _open(viewer, kind, item)
        if row.body["translation"] != "draft":
            raise Refused(say("There is no draft to review. A linguist can write one first.",
                              "目前没有待审校的译稿。可先由语文专家翻译。"))  # fmt: skip
        if own_draft(viewer, row.body):
            raise Refused(say("Your own side wrote this. A linguist of another side or the mediator can review it.",
                              "此译稿出自己方。可由另一方的语文专家或调解人审校。"))  # fmt: skip
        if digest(row.body) != read:
            raise Refused(say("The words changed since you opened them. Read them again, then review them.",
                              "您打开后文字已有变动。请重新阅读后再审校。"))  # fmt: skip
        row.body = row.body | {"translation": "reviewed"}
        row.save(update_fields=["body"])
        leaf.commits(kind.removesuffix("s"), row.id, {each: row.body[each] for each in ("en", "zh", "translation")})


def _open(viewer: Viewer, kind: str, item: object) -> Any:
    """The row, kept still until the act is over; Refused where its words stand."""
    row = one(translated(viewer, kind).select_for_update(of=("self",)), item)
    if row.withdrawn:
        raise Refused(say("It is withdrawn; what stands can be translated.", "该内容已撤回；仅翻译仍有效的内容。"))
    if kind == "statements" and _still(viewer, row).state != Sounding.State.DRAFT:
        raise Refused(say("Voting has begun and the words stand. Linguists translate statements while they are drafts.",
                          "表态已经开始，文字不再变动。语文专家仅翻译草稿阶段的观点。"))  # fmt: skip
    return row


def _still(viewer: Viewer, row: Statement) -> Sounding:
    """The sounding of a statement, which does not open until the act is over."""
    found: Sounding = one(visible(viewer).soundings().select_for_update(), row.sounding_id)  # type: ignore[attr-defined]
    return found
