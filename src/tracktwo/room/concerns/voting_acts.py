"""Acts of voting: opening, closing, and the vote."""

from __future__ import annotations

import secrets
from uuid import UUID

from tracktwo.room.access import Absent, Refused, Viewer, one, require, visible
from tracktwo.room.acts import Leaf, act
from tracktwo.room.concerns import writer
from tracktwo.room.concerns.models import Sounding, Statement
from tracktwo.room.concerns.snapshots import settle_soon
from tracktwo.room.concerns.voting import CHOICES, Progress, ballot_of, numbered, voter
from tracktwo.room.people.models import Process
from tracktwo.room.words import say

FROZEN = say(
    "All releases are frozen by the leak plan. This can be done once the mediator has ended the freeze.",
    "依泄露应对预案，一切信息发布均已冻结。待调解人解除冻结后方可进行。",
)
NOT_DRAFT = say("Only a draft can be opened; this one was opened before.", "只有草稿可以开启表态；此项已经开启过。")
NOT_OPEN = say("Only what is open can be closed.", "只有正在进行的表态可以结束。")
NO_STATEMENT = say(
    "There is no statement to vote on yet. The mediator or the secretariat can draw one from a concern first.",
    "尚无可供表态的观点。请调解人或秘书处先从关切中拟写观点。",
)
ONE_LANGUAGE = say(
    "Some statements stand in one language alone. Have them translated, or confirm that they be put as they are.",
    "部分观点仅有一种语言。请先安排翻译，或确认按现状提交表态。",
)
UNKNOWN = say("Choose agree, disagree or pass.", "请选择同意、不同意或暂不表态。")


class Unconfirmed(Refused):
    """It can be done once somebody confirms it."""


def in_one_language(sounding: Sounding) -> list[Statement]:
    """The statements of a sounding that are not there in both languages."""
    rows = sounding.statements.filter(withdrawn=False).order_by("id")
    return [each for each in rows if not (each.body.get("en") and each.body.get("zh"))]


def open_sounding(viewer: Viewer, sounding: Sounding, *, confirmed: bool = False) -> Sounding:
    """Put a draft to the vote: numbers are drawn, and nothing in it changes any more.

    ``confirmed``: statements in one language alone are put as they are.
    """
    with act(viewer, "sounding.open") as leaf:
        sounding = _standing(viewer, sounding)
        if sounding.state != Sounding.State.DRAFT:
            raise Refused(NOT_DRAFT)
        rows = list(sounding.statements.order_by("id"))
        if not any(not each.withdrawn for each in rows):
            raise Refused(NO_STATEMENT)
        if not confirmed and in_one_language(sounding):
            raise Unconfirmed(ONE_LANGUAGE)
        _draw_numbers(rows)
        sounding.state, sounding.opened_on = Sounding.State.OPEN, viewer.today
        sounding.save(update_fields=["state", "opened_on"])
        _commits(leaf, sounding, {"state": "open", "statements": [[str(s.pk), s.number, s.body] for s in rows]})
    return sounding


def close_sounding(viewer: Viewer, sounding: Sounding) -> Sounding:
    """End the voting; the last results are worked out and shown."""
    with act(viewer, "sounding.open") as leaf:
        sounding = _standing(viewer, sounding)
        if sounding.state != Sounding.State.OPEN:
            raise Refused(NOT_OPEN)
        sounding.state, sounding.closed_on = Sounding.State.CLOSED, viewer.today
        sounding.save(update_fields=["state", "closed_on"])
        _commits(leaf, sounding, {"state": "closed"})
    settle_soon(sounding, viewer.today)
    return sounding


def vote(viewer: Viewer, sounding: UUID, statement: UUID, choice: str) -> tuple[Progress, int]:
    """Cast, change or take back a vote; how far the voter has come, and the statement's number, once it is durable.

    The record takes up votes with the results of a closed sounding, not one by one: no entry says when somebody voted.
    """
    if not viewer.may("vote.cast"):
        raise Absent
    paper, number = numbered(viewer, sounding, statement)
    ballot = ballot_of(sounding, voter(viewer, paper.sounding))
    leading = paper.sounding.voters == "delegation"
    cast = writer.Vote(
        ballot, sounding, number, value_of(choice), viewer.today, seat=viewer.seat.pk, leading=leading
    )  # fmt: skip
    return Progress(ballot, writer.cast(cast), paper.withdrawn), number


def value_of(choice: str) -> int:
    """The byte for a choice; Refused for a word that is none."""
    if choice not in CHOICES:
        raise Refused(UNKNOWN)
    return CHOICES[choice]


def _standing(viewer: Viewer, sounding: Sounding) -> Sounding:
    """The sounding as it stands in this transaction, if it may be opened or closed by this seat now."""
    found: Sounding = one(visible(viewer).soundings().select_for_update(), sounding.pk)
    if found.audience == "wide":
        require(viewer, "wide.edit")
    if Process.objects.get(pk=found.process_id).frozen:
        raise Refused(FROZEN)
    return found


def _draw_numbers(rows: list[Statement]) -> None:
    """Give the statements their places in every ballot, drawn at random: the order of their writing says nothing."""
    # two steps, because no two may have one number in between
    start = max(each.number for each in rows) + 1
    secrets.SystemRandom().shuffle(rows)
    for first in (max(start, len(rows)), 0):
        for number, each in enumerate(rows, first):
            each.number = number
        for each in rows:
            each.save(update_fields=["number"])


def _commits(leaf: Leaf, sounding: Sounding, content: object) -> None:
    leaf.commits("sounding", sounding.pk, content)
