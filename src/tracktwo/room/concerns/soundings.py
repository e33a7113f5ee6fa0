"""Soundings while they are drafts: the mediator's people draw statements from concerns, or write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.concerns.models import Concern, Sounding, Statement
from tracktwo.room.concerns.outcomes import before_the_room
from tracktwo.room.words import say

STANDS = say(
    "Voting has begun, and this sounding stands as it is. The mediator or the secretariat can change drafts.",
    "表态已经开始，本次征询不再变动。调解人或秘书处仅可修改草稿。",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sounding is to be held."""

    title: dict[str, str]
    audience: str = "room"
    shown_open: bool = False
    heads_see: bool = False

    def fields(self, viewer: Viewer) -> dict[str, Any]:
        """As the sounding keeps them; who votes is what the rules say."""
        room = self.audience == "room"
        return {
            "title": self.title,
            "audience": self.audience,
            "voters": viewer.rules.voters if room else "seat",
            "shown_open": self.shown_open,
            "heads_see": self.heads_see and room,
        }


def make_sounding(viewer: Viewer, plan: Plan) -> Sounding:
    """Begin a sounding, as a draft."""
    with act(viewer, "sounding.edit") as leaf:
        require_consulting(viewer, plan.audience)
        row = Sounding.objects.create(process=viewer.process, **plan.fields(viewer))
        leaf.commits("sounding", row.id, plan.fields(viewer))
    return row


def change_sounding(viewer: Viewer, sounding: object, plan: Plan) -> Sounding:
    """Change how a draft is to be held."""
    with act(viewer, "sounding.edit") as leaf:
        row = _draft(viewer, sounding)
        require_consulting(viewer, row.audience)
        require_consulting(viewer, plan.audience)
        for name, value in plan.fields(viewer).items():
            setattr(row, name, value)
        row.save()
        leaf.commits("sounding", row.id, plan.fields(viewer))
    return row


def discard_sounding(viewer: Viewer, sounding: object) -> None:
    """Give up a draft with its statements."""
    with act(viewer, "sounding.edit") as leaf:
        row = _draft(viewer, sounding)
        require_consulting(viewer, row.audience)
        leaf.commits("discarded", row.id)
        row.delete()


def add_statement(viewer: Viewer, sounding: object, body: dict[str, Any], concern: object = None) -> Statement:
    """Write a statement in a draft, or draw it from a concern that is before the room."""
    with act(viewer, "sounding.edit") as leaf:
        draft = _draft(viewer, sounding)
        source: Concern | None = before_the_room(viewer, concern) if concern is not None else None
        if source is not None and source.withdrawn:
            raise Refused(say("It is withdrawn; statements are drawn from concerns that stand.",
                              "此项关切已撤回；观点由仍有效的关切拟写。"))  # fmt: skip
        last = draft.statements.order_by("number").last()  # type: ignore[attr-defined]
        number = last.number + 1 if last else 0
        row = Statement.objects.create(sounding=draft, concern=source, number=number, body=body)
        leaf.commits("statement", row.id, body)
    return row


def change_statement(viewer: Viewer, statement: object, body: dict[str, Any]) -> Statement:
    """Change the words of a statement in a draft; a translation of the same words keeps its state."""
    with act(viewer, "sounding.edit") as leaf:
        row = _of_a_draft(viewer, statement)
        same = all(row.body[each] == body[each] for each in ("en", "zh"))
        row.body = row.body if same else body
        row.save(update_fields=["body"])
        leaf.commits("statement", row.id, row.body)
    return row


def remove_statement(viewer: Viewer, statement: object) -> Sounding:
    """Take a statement out of a draft; those after it move up."""
    with act(viewer, "sounding.edit") as leaf:
        row = _of_a_draft(viewer, statement)
        sounding, number = row.sounding, row.number
        leaf.commits("removed", row.id)
        row.delete()
        for each in sounding.statements.filter(number__gt=number).order_by("number"):
            each.number -= 1
            each.save(update_fields=["number"])
    return sounding


def require_consulting(viewer: Viewer, audience: str) -> None:
    """Refused where somebody but the mediator would consult people beyond the table."""
    if audience == "wide" and not viewer.may("wide.edit"):
        raise Refused(say("Only the mediator can consult people beyond the table, at any time.",
                          "只有调解人可以随时向与会方以外征求意见。"))  # fmt: skip


def _draft(viewer: Viewer, sounding: object) -> Sounding:
    row: Sounding = one(visible(viewer).soundings().select_for_update(), sounding)
    if row.state != Sounding.State.DRAFT:
        raise Refused(STANDS)
    return row


def _of_a_draft(viewer: Viewer, statement: object) -> Any:
    row = one(visible(viewer).statements(), statement)
    row.sounding = _draft(viewer, row.sounding_id)
    return row
