"""What became of a concern: a statement, a clause, a test, closed with a sentence, or withdrawn by who raised it."""

from __future__ import annotations

from uuid import uuid4

from tracktwo.room.access import Absent, Refused, Viewer, identifier, one, visible
from tracktwo.room.acts import act
from tracktwo.room.concerns.models import Concern, Scope
from tracktwo.room.people.models import Role
from tracktwo.room.words import Words, say

KINDS: dict[str, Words] = {
    "statement": say("A statement", "观点"),
    "clause": say("A clause of the text", "案文条款"),
    "test": say("A test", "测试"),
    "closed": say("Closed", "已了结"),
}
"""What a concern may become."""
ROOM_ONLY = say(
    "This concern is not before the room. The mediator can do this with concerns that were put to the room.",
    "此项关切未提交全体。调解人仅可对已提交全体的关切作此处理。",
)


def before_the_room(viewer: Viewer, concern: object) -> Concern:
    """A concern that was put to the room, kept still until the act is over."""
    row: Concern = one(visible(viewer).concerns().select_for_update(of=("self",)), concern)
    if row.scope != Scope.ROOM:
        raise Refused(ROOM_ONLY)
    return row


def add_outcome(viewer: Viewer, concern: object, kind: str, text: dict[str, str]) -> None:
    """Enter what became of a concern."""
    with act(viewer, "concern.edit") as leaf:
        row = before_the_room(viewer, concern)
        row.outcomes = [*row.outcomes, {"id": str(uuid4()), "kind": kind, "en": text["en"], "zh": text["zh"]}]
        row.save(update_fields=["outcomes"])
        leaf.commits("concern", row.id, row.outcomes)


def remove_outcome(viewer: Viewer, concern: object, outcome: object) -> None:
    """Take out what was entered by mistake."""
    with act(viewer, "concern.edit") as leaf:
        row = before_the_room(viewer, concern)
        sought = str(identifier(outcome))
        kept = [each for each in row.outcomes if each.get("id") != sought]
        if len(kept) == len(row.outcomes):
            raise Absent
        row.outcomes = kept
        row.save(update_fields=["outcomes"])
        leaf.commits("concern", row.id, row.outcomes)


def may_withdraw(viewer: Viewer, concern: Concern) -> bool:
    """Whether it is the viewer's own, or in the name of the delegation that the viewer heads."""
    if concern.withdrawn or not viewer.may("concern.raise"):
        return False
    if concern.seat_id is not None:  # type: ignore[attr-defined]
        return bool(concern.seat_id == viewer.seat.id)  # type: ignore[attr-defined]
    heads = viewer.role in {Role.HEAD, Role.ALTERNATE}
    return heads and viewer.organisation is not None and concern.organisation == viewer.organisation


def withdraw(viewer: Viewer, concern: object) -> None:
    """Withdraw a concern of one's own; it stays, marked as withdrawn."""
    with act(viewer, "concern.raise") as leaf:
        row: Concern = one(visible(viewer).concerns().select_for_update(of=("self",)), concern)
        if row.withdrawn:
            raise Refused(say("It is withdrawn already.", "此项关切已撤回。"))
        if not may_withdraw(viewer, row):
            raise Refused(
                say("A concern is withdrawn by the person who raised it; one in a delegation’s name, by its head or"
                    " alternate; one without a name, by nobody.",
                    "关切由提出者撤回；以与会方名义提出的，由其团长或副团长撤回；不具名提出的，任何人均不能撤回。")
            )  # fmt: skip
        row.withdrawn = True
        row.save(update_fields=["withdrawn"])
        leaf.commits("withdrawal", row.id)
