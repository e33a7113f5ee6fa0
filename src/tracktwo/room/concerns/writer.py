"""The writer of votes: what waits is committed together, and every voter waits until it is durable.

A commit costs a flush of the disk, a vote almost nothing. One thread of the process takes all the votes that wait and
commits them in one transaction, so that on a slow disk a group is as large as the time of a flush makes it. The
requests wait: what they acknowledge survives a power cut (SECURITY 7).
"""

from __future__ import annotations

import json
import threading
import time
from _thread import LockType
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connection, transaction

from tracktwo.room.access import Absent, Refused, rights
from tracktwo.room.concerns.models import Sounding, Statement
from tracktwo.room.people.models import Organisation, Role, Seat
from tracktwo.room.words import say

MOST = 300
"""Votes in one group at most."""
GATHER = 0.01
"""Seconds in which more votes are waited for, while they come in groups: a commit costs as much for one as for many."""
IDLE = 60.0
"""Seconds after which the thread ends; the next vote starts another."""
NOT_YET = 255
LEADING = frozenset({Role.HEAD, Role.ALTERNATE})
"""Who casts the ballot of a delegation that votes as one."""
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
    """The mark of the link that it is cast with; None at the table, and where the vote is not verified."""
    leading: bool = False
    """Whether it is a delegation's, which only its head or alternate casts."""

    @property
    def unverified(self) -> bool:
        """Whether anybody could have cast it."""
        return self.seat is None and self.token is None


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
    with transaction.atomic(), connection.cursor() as cursor:
        table = _Table(cursor)
        doors = _Doors.of(table, votes)
        ballots = table.ballots({vote.ballot for vote in votes})
        changed: dict[UUID, Vote] = {}
        outcomes: list[Outcome] = []
        for vote in votes:
            no = doors.why_not(vote)
            if no is not None:
                outcomes.append(no)
                continue
            before = ballots.get(vote.ballot) or bytes([NOT_YET]) * size(vote.sounding)
            after = before[: vote.number] + bytes([vote.value]) + before[vote.number + 1 :]
            if after != before:
                ballots[vote.ballot], changed[vote.ballot] = after, vote
            outcomes.append(after)
        table.write([(vote, ballots[ballot]) for ballot, vote in changed.items()])
    return outcomes


@lru_cache(maxsize=4096)
def size(sounding: UUID) -> int:
    """How many statements a ballot has room for; that is settled when a sounding opens."""
    return Statement.objects.filter(sounding=sounding).count()


class _Table:
    """The few statements of SQL that a vote costs, written out: the ORM would take longer to compose them.

    On SQLite each answer is one row, of JSON: for every row that SQLite is asked for, Python lets another thread in
    first and then waits behind all that answer requests.
    """

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._sqlite = connection.vendor == "sqlite"
        self._locking = " FOR UPDATE" if connection.features.has_select_for_update else ""

    def ballots(self, ids: Collection[UUID]) -> dict[UUID, bytes]:
        """Choices by key."""
        choices = "hex(choices)" if self._sqlite else "encode(choices, 'hex')"
        rows = self._rows(f"id, {choices}", "room_ballot WHERE id IN ({})", ids, lock=True)
        return {_uuid(key): bytes.fromhex(text) for key, text in rows}

    def soundings(self, ids: Collection[UUID]) -> dict[UUID, tuple[str, bool]]:
        """Each sounding's state, and whether votes without a link are taken."""
        rows = self._rows("id, state, unverified", "room_sounding WHERE id IN ({})", ids, lock=True)
        return {_uuid(key): (state, bool(unverified)) for key, state, unverified in rows}

    def seats(self, ids: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
        """Each seat's state, first and last day, role, and the status of its organisation."""
        rows = self._rows(
            "s.id, s.state, s.begins, s.ends, s.role, o.status",
            "room_seat s LEFT JOIN room_organisation o ON o.id = s.organisation_id WHERE s.id IN ({})",
            ids,
        )
        return {
            _uuid(key): (state, _day(begins), _day(ends), role, status)
            for key, state, begins, ends, role, status in rows
        }

    def tokens(self, ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
        """The marks of links, each with its sounding."""
        rows = self._rows("id, sounding_id", "room_token WHERE id IN ({})", ids)
        return {(_uuid(key), _uuid(sounding)) for key, sounding in rows}

    def write(self, ballots: Sequence[tuple[Vote, bytes]]) -> None:
        """Make or change ballots."""
        if not ballots:
            return
        places = ", ".join(["(%s, %s, %s, %s)"] * len(ballots))
        sql = (
            f"INSERT INTO room_ballot (id, sounding_id, choices, verified) VALUES {places}"  # noqa: S608 (places)
            " ON CONFLICT (id) DO UPDATE SET choices = excluded.choices"
        )
        rows = [(_key(v.ballot), _key(v.sounding), choices, not v.unverified) for v, choices in ballots]
        self._cursor.execute(sql, [value for row in rows for value in row])

    def _rows(self, columns: str, where: str, ids: Collection[UUID], *, lock: bool = False) -> Sequence[Any]:
        """Rows of text and numbers."""
        if not ids:
            return []
        if self._sqlite:
            columns = f"json_group_array(json_array({columns}))"
        sql = f"SELECT {columns} FROM {where.format(', '.join(['%s'] * len(ids)))}"  # noqa: S608 (no value)
        self._cursor.execute(sql + (self._locking if lock else ""), [_key(each) for each in ids])
        rows: Sequence[Any] = self._cursor.fetchall()
        return json.loads(rows[0][0]) if self._sqlite else rows


def _key(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class _Doors:
    """What the database says, in this transaction, of those who vote."""

    soundings: dict[UUID, tuple[str, bool]]
    seats: dict[UUID, tuple[Any, ...]]
    tokens: set[tuple[UUID, UUID]]

    @classmethod
    def of(cls, table: _Table, votes: Iterable[Vote]) -> _Doors:
        return cls(
            table.soundings({vote.sounding for vote in votes}),
            table.seats({vote.seat for vote in votes if vote.seat}),
            table.tokens({vote.token for vote in votes if vote.token}),
        )

    def why_not(self, vote: Vote) -> Exception | None:
        """Absent without the right, Refused where voting is not open; None where the vote is taken."""
        state, takes_unverified = self.soundings.get(vote.sounding, (None, False))
        if vote.seat is not None:
            seat = self.seats.get(vote.seat, (None,) * 5)
            if not _may(vote.today, *seat) or (vote.leading and seat[3] not in LEADING):
                return Absent()
        elif vote.token is not None:
            if (vote.token, vote.sounding) not in self.tokens:
                return Absent()
        elif not takes_unverified:
            return Absent()
        return None if state == Sounding.State.OPEN else Refused(ENDED)


@lru_cache(maxsize=4096)
def _may(today: date, state: str, begins: date, ends: date | None, role: str, status: str | None) -> bool:
    """Whether a seat that stands so votes today."""
    seat = Seat(state=state, begins=begins, ends=ends)
    if begins is None or not seat.active_on(today):
        return False
    return "vote.cast" in rights(role, None if status is None else Organisation(status=status))


def _taken() -> LockType:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class _Waiting:
    """A vote, and the request that waits for it."""

    vote: Vote
    done: LockType = field(default_factory=_taken)
    """Held until the outcome is there: what an event does, at a third of its cost."""
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
        waiting.done.acquire()
        return waiting.outcome

    def ended(self) -> None:
        """Wait until the thread has gone, as it does when it is idle."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            group: list[_Waiting] = []
            while group := self._group(len(group) > 1):
                _commit(group)
        finally:
            connection.close()

    def _group(self, more: bool) -> list[_Waiting]:
        """All that waits, up to so many, with a little time for ``more``; nothing where nothing came for a while."""
        try:
            group = [self._queue.get(timeout=IDLE)]
        except Empty:
            with self._turn:  # nobody can put a vote between this look and the end
                if self._queue.empty():
                    self._thread = None
                    return []
                group = [self._queue.get()]
        if more:
            time.sleep(GATHER)
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
        waiting.done.release()


_WRITER = Writer()
