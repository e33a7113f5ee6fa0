"""Django's SQLite with one writer at a time: threads wait for a lock of the process instead of fighting for the file's.

SQLite lets a waiting writer poll, so that under eight threads some wait half a second while others pass. Here a
transaction takes the lock of the process before BEGIN IMMEDIATE and gives it back after COMMIT or ROLLBACK.

What is committed is counted, so that what was read may be remembered until then (remembered.py). Votes are not: they
come by the thousand, and nothing is remembered that depends on them.
"""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor
from django.db.models import AutoField

_WRITING = threading.Lock()
_UNCOUNTED = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN",
              "INSERT INTO room_ballot ", 'INSERT INTO "room_ballot" ')  # fmt: skip
_numbers = count(1)
_changes = 0


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that tells its connection what it writes."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        try:
            return super().execute(query, params)
        finally:
            self.wrapper.ran(query)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for many rows."""
        try:
            return super().executemany(query, param_list)
        finally:
            self.wrapper.ran(query)


class SchemaEditor(DatabaseSchemaEditor):
    """Tables named by random identifiers keep no hidden row number: it told the order in which rows were written."""

    def table_sql(self, model: Any) -> Any:
        sql, params = super().table_sql(model)
        return (sql if isinstance(model._meta.pk, AutoField) else f"{sql} WITHOUT ROWID"), params


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions hold the writing lock of the process."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._writes = False
        self._changed = False

    def changes(self) -> int:
        """How many changes were committed by this process."""
        return _changes

    def ran(self, query: str) -> None:
        """Count what changed more than votes, when it is committed."""
        if not query.startswith(_UNCOUNTED):
            self._changed = True
            if not self._writes:
                self._count()

    def create_cursor(self, name: Any = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _count(self) -> None:
        global _changes  # of the process, as its database is
        if self._changed:
            self._changed = False
            _changes = next(_numbers)

    def _start_transaction_under_autocommit(self) -> None:
        _WRITING.acquire()
        self._writes = True
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()
        finally:
            if not self._transacting():
                self._give_back()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._give_back()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._give_back()

    def _transacting(self) -> bool:
        return self.connection is not None and self.connection.in_transaction

    def _give_back(self) -> None:
        self._count()
        if self._writes:
            self._writes = False
            _WRITING.release()
