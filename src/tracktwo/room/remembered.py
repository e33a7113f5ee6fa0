"""What was read from the database, remembered until anything but a vote is written to it.

On SQLite one process writes, and its backend counts what it commits (sqlite/base.py): whoever is revoked is out with
the commit that says so, and not a moment later. On PostgreSQL, where other processes may write, only that is
remembered which may be a moment old, and then by the clock. Nothing is remembered within a transaction, which sees what
others do not see yet. Votes are not counted: ballots are never remembered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model
from django.db.models.base import ModelState

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by key, each with the count of changes as of which it was read.

    ``seconds`` is how old a value may be where changes cannot be counted.
    """

    def __init__(self, most: int = 4096, *, seconds: float = 0) -> None:
        self._most, self._seconds = most, seconds
        self._kept: dict[Hashable, tuple[int, Value]] = {}

    def get(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """The value of a key, read now if anything was written since it was read."""
        as_of = changes()
        if as_of is None and self._seconds and not connection.in_atomic_block:
            as_of = int(time.monotonic() / self._seconds)
        if as_of is None:
            return read()
        found = self._kept.get(key)
        if found is not None and found[0] == as_of:
            return found[1]
        value = read()
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = as_of, value  # read no earlier than that was counted
        return value


def changes() -> int | None:
    """How many changes there have been; None where that cannot be known, or while this thread makes one."""
    here = connections[DEFAULT_DB_ALIAS]
    count = getattr(here, "changes", None)
    return None if count is None or here.in_atomic_block else count()


def own(row: Any) -> Any:
    """A copy of a row, and of the rows that were read with it: what a request does to it, no other sees."""
    return _copied(row, {})


def _copied(row: Any, done: dict[int, Any]) -> Any:
    if not isinstance(row, Model):
        return row
    if id(row) not in done:
        made = done[id(row)] = row.__class__.__new__(row.__class__)
        made.__dict__.update(row.__dict__)
        made._state = state = ModelState()
        state.db, state.adding = row._state.db, row._state.adding
        state.fields_cache = {name: _copied(each, done) for name, each in row._state.fields_cache.items()}
    return done[id(row)]
