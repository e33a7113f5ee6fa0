"""Votes: who votes, on which ballot, what is left. A ballot is known by a keyed hash; nothing here names a voter."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tracktwo.room.access import Absent, Refused, Viewer, visible
from tracktwo.room.concerns.models import Ballot, Sounding, Statement
from tracktwo.room.concerns.writer import NOT_YET, size
from tracktwo.room.keys import current
from tracktwo.room.people.models import Role, Seat
from tracktwo.room.remembered import Remembered
from tracktwo.room.words import say

CHOICES = {"disagree": 0, "pass": 1, "agree": 2, "undo": NOT_YET}
NAMES = {0: "disagree", 1: "pass", 2: "agree"}
AS_ONE = say(
    "Here each delegation votes as one: its head or alternate casts the ballot, after the delegation has conferred.",
    "本次表态以与会方为单位：由团长或副团长在内部商议后统一表态。",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one voter has come."""

    ballot: UUID
    choices: bytes
    """A byte a statement, in the order of their numbers."""
    withdrawn: frozenset[int]

    @property
    def left(self) -> int:
        """How many statements wait for a vote."""
        return self.choices.count(NOT_YET) - sum(self.choices[number] == NOT_YET for number in self.withdrawn)

    @property
    def asked(self) -> int:
        """How many statements there are to vote on."""
        return len(self.choices) - len(self.withdrawn)

    @property
    def begun(self) -> bool:
        """Whether a first vote was cast."""
        return self.choices.count(NOT_YET) < len(self.choices)

    def next(self) -> int | None:
        """The number of the statement to show next: of those left, the first in an order of the voter's own."""
        order = _order(self.ballot, len(self.choices))
        open_ = (n for n in order if self.choices[n] == NOT_YET and n not in self.withdrawn)
        return next(open_, None)


def voter(viewer: Viewer, sounding: Sounding) -> UUID:
    """Whose ballot the seat casts: its own, or its delegation's. Refused where somebody else casts that."""
    if sounding.voters == "seat":
        return viewer.seat.pk
    if viewer.role not in {Role.HEAD, Role.ALTERNATE} or viewer.seat.organisation_id is None:
        raise Refused(AS_ONE)
    return viewer.seat.organisation_id


def ballot_of(sounding: UUID, voter: UUID) -> UUID:
    """The key of a voter's ballot, which only the holder of the room's keys can make."""
    return current().mark("ballot", sounding.bytes, voter.bytes)


def progress(sounding: UUID, ballot: UUID) -> Progress:
    """How far the voter of a ballot has come."""
    found = Ballot.objects.filter(pk=ballot).values_list("choices", flat=True).first()
    choices = bytes([NOT_YET]) * size(sounding) if found is None else bytes(found)
    withdrawn = Statement.objects.filter(sounding=sounding, withdrawn=True).values_list("number", flat=True)
    return Progress(ballot, choices, frozenset(withdrawn))


def own(viewer: Viewer, sounding: Sounding) -> Progress:
    """How far whoever looks has come."""
    return progress(sounding.pk, ballot_of(sounding.pk, voter(viewer, sounding)))


def open_soundings(viewer: Viewer) -> QuerySet[Sounding]:
    """What the seat is asked to vote on."""
    rows = visible(viewer).soundings().filter(state=Sounding.State.OPEN, audience="room")
    return rows if viewer.may("vote.cast") else rows.none()


def left(viewer: Viewer) -> list[tuple[Sounding, int]]:
    """The soundings in which statements wait for this seat's vote, and how many."""
    found = []
    for sounding in open_soundings(viewer):
        try:
            waiting = own(viewer, sounding).left
        except Refused:
            continue
        if waiting:
            found.append((sounding, waiting))
    return found


def electorate(sounding: Sounding) -> list[Seat]:
    """The seats that may vote in a sounding of the room, or that might have: a ballot once cast is counted.

    Where delegations vote as one, one seat stands for each.
    """
    rows = Seat.objects.filter(process=sounding.process_id, role__in=_voting()).exclude(state=Seat.State.PENDING)
    seats = list(rows.select_related("organisation__side").order_by("id"))
    if sounding.voters == "seat":
        return seats
    heads = (each for each in seats if each.role in {Role.HEAD, Role.ALTERNATE} and each.organisation_id)
    return list({each.organisation_id: each for each in heads}.values())


def ballot_of_seat(sounding: Sounding, seat: Seat) -> UUID:
    """The ballot on which the votes of a seat stand."""
    return ballot_of(sounding.pk, seat.pk if sounding.voters == "seat" else seat.organisation_id)


def finished(viewer: Viewer, sounding: Sounding) -> tuple[int, int] | None:
    """How many of how many voters have voted on every statement: a count and no more, for the mediator alone."""
    if not viewer.may("console.read") or sounding.state != Sounding.State.OPEN or sounding.audience != "room":
        return None
    return _finished(sounding, [seat for seat in electorate(sounding) if seat.active_on(viewer.today)])


def finished_of_delegation(viewer: Viewer, sounding: Sounding) -> tuple[int, int] | None:
    """The same of the own delegation, for its head, where that was said before the first vote."""
    if not sounding.heads_see or sounding.voters != "seat" or viewer.role not in {Role.HEAD, Role.ALTERNATE}:
        return None
    own_seats = [seat for seat in electorate(sounding) if seat.organisation_id == viewer.seat.organisation_id]
    return _finished(sounding, [seat for seat in own_seats if seat.active_on(viewer.today)])


def _finished(sounding: Sounding, seats: list[Seat]) -> tuple[int, int]:
    ballots = {ballot_of_seat(sounding, seat) for seat in seats}
    withdrawn = progress(sounding.pk, UUID(int=0)).withdrawn
    rows = Ballot.objects.filter(sounding=sounding, pk__in=ballots).values_list("choices", flat=True)
    done = sum(Progress(UUID(int=0), bytes(choices), withdrawn).left == 0 for choices in rows)
    return done, len(ballots)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sounding as its voters have it before them; it may be a moment old, and every vote is checked again."""

    sounding: Sounding
    numbers: dict[UUID, int]
    """Numbers of the statements that stand."""
    withdrawn: frozenset[int]
    bodies: dict[int, tuple[UUID, dict[str, Any]]]
    """Identifier and body by number."""


_papers: Remembered[Paper] = Remembered(64, seconds=1)


def paper(sounding: UUID) -> Paper:
    """The paper of a sounding, remembered: a vote costs no question to the database but its own. Absent without one."""
    found = _papers.get(sounding, lambda: _read(sounding))
    # numbers are drawn when it opens, and stand from then on
    return _read(sounding) if found.sounding.state == Sounding.State.DRAFT else found


def _read(sounding: UUID) -> Paper:
    found = Sounding.objects.filter(pk=sounding).first()
    if found is None:
        raise Absent
    rows = list(found.statements.all())
    return Paper(
        found,
        {each.pk: each.number for each in rows if not each.withdrawn},
        frozenset(each.number for each in rows if each.withdrawn),
        {each.number: (each.pk, each.body) for each in rows},
    )


def numbered(viewer: Viewer, sounding: UUID, statement: UUID) -> tuple[Paper, int]:
    """The paper and the number of a statement that this seat may be asked about; Absent where there is none."""
    found = paper(sounding)
    if not visible(viewer).asked(found.sounding) or statement not in found.numbers:
        raise Absent
    return found, found.numbers[statement]


def statements(sounding: UUID) -> QuerySet[Statement]:
    """The statements of a sounding that stand."""
    return Statement.objects.filter(sounding=sounding, withdrawn=False).order_by("number")


def _voting() -> list[Role]:
    from tracktwo.room.access import RIGHTS

    return sorted(RIGHTS["vote.cast"].roles)


@lru_cache(maxsize=65_536)
def _order(ballot: UUID, count: int) -> tuple[int, ...]:
    """Numbers in an order that is the voter's own, so that what was voted on last says nothing of anything."""
    numbers = list(range(count))
    random.Random(current().derived("order") + ballot.bytes).shuffle(numbers)  # noqa: S311 (an order, not a secret)
    return tuple(numbers)
