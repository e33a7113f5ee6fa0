"""The writer of votes: what waits is committed together, and every voter waits until it is durable.

A commit costs a flush of the disk, a vote almost nothing. One thread of the process takes all the votes that wait and
commits them in one transaction, so that on a slow disk a group is as large as the time of a flush makes it. The
requests wait: what they acknowledge survives a power cut (SECURITY 7).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from queue import Empty, SimpleQueue
from uuid import UUID

from django.db import close_old_connections, connection, transaction

from tracktwo.room.access import Absent, Refused, rights
from tracktwo.room.concerns.models import Ballot, Sounding, Statement, Token
from tracktwo.room.people.models import Seat
from tracktwo.room.words import say

MOST = 300
"""Votes in one group at most."""
IDLE = 60.0
"""Seconds after which the thread ends; the next vote starts another."""
NOT_YET = 255
ENDED = say(
    "Voting on these statements has ended; nothing more can be changed.", "这些观点的表态已经结束，不能再作更改。"
)


@dataclass(frozen=True, slots=True)
class Vote:
    """One choice on one statement, of a voter who is known by the key of a ballot alone."""

    ballot: UUID
    sounding: UUID
    number: int
    value: int
    today: date
    seat: UUID | None = None
    """The seat that casts it; None beyond the table."""
    token: UUID | None = None
    """The mark of the token that it is cast with; None at the table, and where the vote is not verified."""


Outcome = bytes | Exception
"""The choices of the ballot as they now stand, or why the vote was not taken."""


def cast(vote: Vote) -> bytes:
    """Take one vote; returns when it is durable, with all the choices of its ballot.

    Absent where the right has gone meanwhile, Refused where voting has ended. Within a transaction the vote is part
    of that transaction.
    """
    outcome = record([vote])[0] if connection.in_atomic_block else _WRITER.take(vote)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def record(votes: Sequence[Vote]) -> list[Outcome]:
    """Write votes in one transaction, each checked as the database stands in it; later votes of a ballot win."""
    with transaction.atomic():
        doors = _Doors.of(votes)
        taken = {vote.ballot for vote in votes}
        rows = Ballot.objects.select_for_update().filter(pk__in=taken)
        standing = {ballot: bytes(choices) for ballot, choices in rows.values_list("id", "choices")}
        ballots: dict[UUID, bytes] = {}
        made: dict[UUID, Ballot] = {}
        outcomes: list[Outcome] = []
        for vote in votes:
            try:
                doors.require(vote)
            except (Absent, Refused) as no:
                outcomes.append(no)
                continue
            before = ballots.get(vote.ballot) or standing.get(vote.ballot) or bytes([NOT_YET]) * size(vote.sounding)
            after = before[: vote.number] + bytes([vote.value]) + before[vote.number + 1 :]
            ballots[vote.ballot] = after
            if after != before:
                verified = vote.seat is not None or vote.token is not None
                made[vote.ballot] = Ballot(id=vote.ballot, sounding_id=vote.sounding, choices=after, verified=verified)
            outcomes.append(after)
        if made:
            Ballot.objects.bulk_create(
                made.values(), update_conflicts=True, unique_fields=["id"], update_fields=["choices"]
            )
    return outcomes


@lru_cache(maxsize=4096)
def size(sounding: UUID) -> int:
    """How many statements a ballot has room for; that is settled when a sounding opens."""
    return Statement.objects.filter(sounding=sounding).count()


@dataclass(frozen=True, slots=True)
class _Doors:
    """What the database says, in this transaction, of those who vote."""

    soundings: dict[UUID, tuple[str, bool]]
    seats: dict[UUID, Seat]
    tokens: frozenset[tuple[UUID, UUID]]

    @classmethod
    def of(cls, votes: Iterable[Vote]) -> _Doors:
        soundings = {vote.sounding for vote in votes}
        seats = {vote.seat for vote in votes if vote.seat}
        tokens = {vote.token for vote in votes if vote.token}
        open_ = Sounding.objects.select_for_update().filter(pk__in=soundings)
        known = Seat.objects.select_related("organisation").filter(pk__in=seats)
        known = known.only("state", "begins", "ends", "role", "organisation__status")
        held = Token.objects.filter(pk__in=tokens).values_list("id", "sounding_id") if tokens else ()
        return cls(
            {each: (state, unverified) for each, state, unverified in open_.values_list("id", "state", "unverified")},
            {seat.pk: seat for seat in known} if seats else {},
            frozenset(held),
        )

    def require(self, vote: Vote) -> None:
        """Absent without the right, Refused where voting is not open."""
        state, unverified = self.soundings.get(vote.sounding, (None, False))
        if vote.seat is not None:
            seat = self.seats.get(vote.seat)
            if seat is None or not seat.active_on(vote.today):
                raise Absent
            if "vote.cast" not in rights(seat.role, seat.organisation):
                raise Absent
        elif vote.token is not None:
            if (vote.token, vote.sounding) not in self.tokens:
                raise Absent
        elif not unverified:
            raise Absent
        if state != Sounding.State.OPEN:
            raise Refused(ENDED)


@dataclass(slots=True, eq=False)
class _Waiting:
    """A vote, and the request that waits for it."""

    vote: Vote
    done: threading.Event = field(default_factory=threading.Event)
    outcome: Outcome = b""


class Writer:
    """One thread that commits what waits; it begins with the first vote and ends when none has come for a while."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[_Waiting] = SimpleQueue()
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None

    def take(self, vote: Vote) -> Outcome:
        """Wait until the vote is committed, or is not to be."""
        waiting = _Waiting(vote)
        with self._turn:
            self._queue.put(waiting)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="votes", daemon=True)
                self._thread.start()
        waiting.done.wait()
        return waiting.outcome

    def ended(self) -> None:
        """Wait until the thread has gone, as it does when it is idle."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            while group := self._group():
                _commit(group)
        finally:
            connection.close()

    def _group(self) -> list[_Waiting]:
        """All that waits, up to so many; nothing after a time in which nothing came."""
        try:
            group = [self._queue.get(timeout=IDLE)]
        except Empty:
            with self._turn:  # nobody can put a vote between this look and the end
                if self._queue.empty():
                    self._thread = None
                    return []
                group = [self._queue.get()]
        try:
            while len(group) < MOST:
                group.append(self._queue.get_nowait())
        except Empty:
            pass
        return group


def _commit(group: Sequence[_Waiting]) -> None:
    """Record a group and wake those who wait, whatever happens."""
    outcomes: list[Outcome]
    try:
        outcomes = record([waiting.vote for waiting in group])
    except Exception as failed:  # whoever waits is told, and the next group is tried
        outcomes = [failed] * len(group)
        close_old_connections()
    for waiting, outcome in zip(group, outcomes, strict=True):
        waiting.outcome = outcome
        waiting.done.set()


_WRITER = Writer()
