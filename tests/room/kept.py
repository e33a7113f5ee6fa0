"""What a room's file of SQLite holds after a crash, read with its keys and without the room."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyrage

TESTS = Path(__file__).parents[1]
NOT_YET = 255


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that opens a room of its own, in a file."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TRACKTWO_HOME"}}
    return kept | {"PYTHONPATH": str(TESTS)} | more


@dataclass
class Acknowledged:
    """What was acknowledged up to a moment."""

    concerns: set[str] = field(default_factory=set)
    votes: dict[tuple[str, int], int] = field(default_factory=dict)
    """The last value by ballot and number of the statement."""
    pending: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    """Values that were sent and not acknowledged: they may stand too."""


@dataclass(frozen=True)
class Kept:
    """What the database says."""

    integrity: str = "ok"
    concerns: frozenset[str] = frozenset()
    leaves: int = 0
    ballots: dict[str, bytes] = field(default_factory=dict)

    def lost(self, acknowledged: Acknowledged) -> int:
        """How much of what was acknowledged is not there."""
        missing = len(acknowledged.concerns - self.concerns)
        for (ballot, number), value in acknowledged.votes.items():
            choices = self.ballots.get(ballot, b"")
            stands = choices[number] if number < len(choices) else NOT_YET
            missing += stands not in {value, *acknowledged.pending.get((ballot, number), ())}
        return missing

    @property
    def halves(self) -> int:
        """Concerns without their leaf, or leaves without their concern."""
        return abs(len(self.concerns) - self.leaves)


def reader(identity: str) -> Callable[[Path], Kept]:
    """How databases sealed for an identity are read; envelopes are opened once."""
    opener = pyrage.x25519.Identity.from_str(identity)

    @lru_cache(maxsize=100_000)
    def text(envelope: bytes) -> str:
        content = json.loads(pyrage.decrypt(envelope, [opener]))
        return str(content.get("body", content)["en"])

    def read(path: Path) -> Kept:
        connection = sqlite3.connect(path)
        try:
            return _read(connection, text)
        finally:
            connection.close()

    return read


def _read(connection: sqlite3.Connection, text: Callable[[bytes], str]) -> Kept:
    connection.execute("PRAGMA synchronous=OFF")  # the disk it lies on is not the one that is tested
    try:
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return Kept(str(error))
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'room_ballot'").fetchone():
        return Kept(integrity)
    sealed = connection.execute("SELECT body FROM room_concern UNION ALL SELECT content FROM room_waiting")
    leaves = connection.execute("SELECT count(*) FROM room_stagedleaf").fetchone()[0]
    ballots = dict(connection.execute("SELECT id, choices FROM room_ballot"))
    return Kept(integrity, frozenset(text(row[0]) for row in sealed), leaves, ballots)
