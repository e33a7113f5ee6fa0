"""One writer at a time: transactions of many threads wait for each other, and whatever fails gives the turn back."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.utils import OperationalError
from pytest_django.plugin import DjangoDbBlocker

from tracktwo.room.sqlite import base

THREADS, EACH = 8, 60


@pytest.fixture
def apart(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A file of its own with the room's settings, whatever database the other tests have; its alias."""
    alias = "apart"
    default = settings.DATABASES["default"]
    connections.databases[alias] = {**default, **settings.SQLITE, "NAME": tmp_path / "room.sqlite3"}
    with django_db_blocker.unblock():
        run(alias, "CREATE TABLE counts (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID")
        run(alias, "INSERT INTO counts VALUES ('all', 0)")
        yield alias
        connections[alias].close()
    assert not base._WRITING.locked()
    del connections.databases[alias]
    delattr(connections._connections, alias)


def run(alias: str, sql: str, *values: Any) -> Any:
    """The rows of a statement."""
    with connections[alias].cursor() as cursor:
        return cursor.execute(sql, values).fetchall()


def count(alias: str, name: str = "all") -> int:
    """What stands in a row."""
    found: int = run(alias, "SELECT n FROM counts WHERE name = %s", name)[0][0]
    return found


def together(alias: str, *works: Callable[[], None]) -> list[BaseException]:
    """What was raised in threads that began at once."""
    begin, raised = threading.Barrier(len(works)), []

    def thread(work: Callable[[], None]) -> None:
        begin.wait()
        try:
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connections[alias].close()

    threads = [threading.Thread(target=thread, args=(work,)) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert not any(each.is_alive() for each in threads)
    return raised


def elsewhere(alias: str, work: Callable[[], None]) -> None:
    """Do something in another thread, which has to come to its turn."""
    assert together(alias, work) == []


def test_transactions_of_eight_threads_never_find_the_database_locked(apart: str) -> None:
    def work() -> None:
        for _ in range(EACH):
            with transaction.atomic(using=apart):
                n = count(apart)
                run(apart, "UPDATE counts SET n = %s WHERE name = 'all'", n + 1)

    assert together(apart, *[work] * THREADS) == []
    assert count(apart) == THREADS * EACH


def test_single_statements_beside_transactions_wait_too(apart: str) -> None:
    def transactions() -> None:
        for _ in range(EACH):
            with transaction.atomic(using=apart):
                run(apart, "UPDATE counts SET n = n + 1 WHERE name = 'all'")

    def statements() -> None:
        for _ in range(EACH):
            run(apart, "UPDATE counts SET n = n + 1 WHERE name = 'all'")

    assert together(apart, *[transactions] * 4, *[statements] * 4) == []
    assert count(apart) == THREADS * EACH


def test_nested_transactions_take_one_turn_and_undo_only_what_failed(apart: str) -> None:
    def work() -> None:
        for _ in range(EACH):
            with transaction.atomic(using=apart):
                run(apart, "UPDATE counts SET n = n + 1 WHERE name = 'all'")
                with pytest.raises(ZeroDivisionError), transaction.atomic(using=apart):  # noqa: PT012
                    run(apart, "UPDATE counts SET n = n + 100 WHERE name = 'all'")
                    raise ZeroDivisionError
                with transaction.atomic(using=apart):
                    run(apart, "UPDATE counts SET n = n + 1 WHERE name = 'all'")

    assert together(apart, *[work] * THREADS) == []
    assert count(apart) == 2 * THREADS * EACH


def test_what_is_raised_in_a_transaction_gives_the_turn_back(apart: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=apart):  # noqa: PT012
        run(apart, "UPDATE counts SET n = 5 WHERE name = 'all'")
        raise ZeroDivisionError
    elsewhere(apart, lambda: count(apart))
    assert count(apart) == 0
    assert not base._WRITING.locked()


def test_an_error_at_begin_gives_the_turn_back(apart: str) -> None:
    connections[apart].connection.execute("PRAGMA busy_timeout=0")
    other = sqlite3.connect(connections.databases[apart]["NAME"])
    other.execute("BEGIN IMMEDIATE")  # as another program would
    with pytest.raises(OperationalError, match="locked"), transaction.atomic(using=apart):
        raise AssertionError
    other.rollback()
    other.close()
    assert not base._WRITING.locked()
    with transaction.atomic(using=apart):
        run(apart, "UPDATE counts SET n = 1 WHERE name = 'all'")
    assert count(apart) == 1


def test_an_error_at_commit_gives_the_turn_back_and_leaves_nothing(apart: str) -> None:
    run(apart, "CREATE TABLE child (n TEXT REFERENCES counts (name) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(DatabaseError, match="FOREIGN KEY"), transaction.atomic(using=apart):  # noqa: PT012
        run(apart, "UPDATE counts SET n = 7 WHERE name = 'all'")
        run(apart, "INSERT INTO child VALUES ('nobody')")  # found out at COMMIT
    assert not base._WRITING.locked()
    assert count(apart) == 0
    with transaction.atomic(using=apart):
        run(apart, "UPDATE counts SET n = 1 WHERE name = 'all'")
    assert count(apart) == 1


def test_a_connection_that_is_closed_in_a_transaction_gives_the_turn_back(apart: str) -> None:
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic(using=apart):  # noqa: PT012
        run(apart, "UPDATE counts SET n = 7 WHERE name = 'all'")
        connections[apart].close()
        assert not base._WRITING.locked()
        run(apart, "SELECT 1")
    assert count(apart) == 0
    elsewhere(apart, lambda: run(apart, "UPDATE counts SET n = 1 WHERE name = 'all'"))


def test_a_thread_that_leaves_its_connection_behind_gives_the_turn_back(apart: str) -> None:
    def forgetful() -> None:
        with transaction.atomic(using=apart):
            run(apart, "UPDATE counts SET n = n + 1 WHERE name = 'all'")

    thread = threading.Thread(target=forgetful)
    thread.start()
    thread.join()
    with transaction.atomic(using=apart):
        assert count(apart) == 1


def test_every_connection_has_the_settings_that_durability_stands_on(apart: str) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}

    def settled() -> None:
        assert {name: run(apart, f"PRAGMA {name}")[0][0] for name in wanted} == wanted

    assert together(apart, settled, settled) == []
    settled()
