"""The linking game: who raised an unattributed concern cannot be told from the disk better than by chance.

An attacker holds the database file and its write-ahead log after every round, with the staged leaves in them. He knows
which attributed rows are whose, tries every pairing of an order among the unattributed with an order among the
attributed, and the habits of length, on rounds whose truth he is given; with what did best there he plays 200 rounds.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

LEARNT, PLAYED, DELEGATIONS = 40, 200, 8
ORDERS = ("identifier", "selected", "size", "time", "first on disk", "last on disk", "first in log", "last in log")
Round = dict[str, list[dict[str, Any]]]
Guess = dict[str, int]
Strategy = Callable[[Round], Guess]


def rounds(folder: Path, kind: str) -> tuple[list[Round], list[Guess], str]:
    """Play in a process of its own; what it logged comes with it."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    script = Path(__file__).with_name("linking.py")
    command = [sys.executable, str(script), str(folder), kind, str(LEARNT + PLAYED)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    exhibits, truth = (json.loads((folder / name).read_text()) for name in ("exhibits", "truth"))
    return exhibits, truth, done.stdout + done.stderr


def strategies(learnt: list[Round]) -> Iterator[tuple[str, Strategy]]:
    """Every way to pair what is unattributed with what is not."""
    for table, ours, theirs, turned in product(("concern", "confidence"), ORDERS, ORDERS, (False, True)):
        for later in (False, True):
            name = f"{ours} beside {theirs} of {table}{' turned' * turned}{' later' * later}"
            yield name, _paired(table, ours, theirs, turned, later)
    yield "habits of length", _by_size(learnt)


def _paired(table: str, ours: str, theirs: str, turned: bool, later: bool) -> Strategy:
    def guess(shown: Round) -> Guess:
        unattributed = sorted(_unattributed(shown), key=lambda row: row[ours])
        attributed = sorted(_attributed(shown, table), key=lambda row: row[theirs], reverse=turned)
        last: dict[int, None] = {}
        for row in reversed(attributed) if later else attributed:
            last.setdefault(row["organisation"])
        organisations = [*last][::-1] if later else [*last]
        return {row["mark"]: each for row, each in zip(unattributed, organisations, strict=True)}

    return guess


def _by_size(learnt: list[Round]) -> Strategy:
    habits = {
        number: mean(
            row["size"] for shown in learnt for row in _attributed(shown, "concern") if row["organisation"] == number
        )
        for number in range(DELEGATIONS)
    }

    def guess(shown: Round) -> Guess:
        rows = sorted(_unattributed(shown), key=lambda row: (row["size"], row["identifier"]))
        organisations = sorted(habits, key=lambda number: habits[number])
        return {row["mark"]: each for row, each in zip(rows, organisations, strict=True)}

    return guess


def _unattributed(shown: Round) -> list[dict[str, Any]]:
    return [row for row in shown["concern"] if row["organisation"] is None]


def _attributed(shown: Round, table: str) -> list[dict[str, Any]]:
    return [row for row in shown[table] if row["organisation"] is not None]


def success(strategy: Strategy, exhibits: list[Round], truth: list[Guess]) -> float:
    """The share of unattributed concerns whose delegation was told."""
    told = [
        strategy(shown)[mark] == who for shown, true in zip(exhibits, truth, strict=True) for mark, who in true.items()
    ]
    assert len(told) == DELEGATIONS * len(exhibits)
    return mean(told)


def played(folder: Path, kind: str) -> tuple[float, str, str]:
    """How often the attacker was right in the rounds he played, with which strategy, and what was logged."""
    exhibits, truth, log = rounds(folder, kind)
    learnt, known = exhibits[:LEARNT], truth[:LEARNT]
    name, best = max(strategies(learnt), key=lambda each: success(each[1], learnt, known))
    return success(best, exhibits[LEARNT:], truth[LEARNT:]), name, log


def test_the_disk_does_not_tell_who_raised_an_unattributed_concern(tmp_path: Path) -> None:
    share, name, log = played(tmp_path, "room")
    chance = 1 / DELEGATIONS
    assert share <= chance + 3 * math.sqrt(chance * (1 - chance) / (PLAYED * DELEGATIONS)), name
    assert log == ""


@pytest.mark.parametrize("kind", ["numbered", "hidden"])
def test_the_same_attacker_wins_against_ordinary_rows(tmp_path: Path, kind: str) -> None:
    share, _, _ = played(tmp_path, kind)
    assert share >= 0.9
