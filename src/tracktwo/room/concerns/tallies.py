"""Ballots counted: the votes of a sounding as the opinion core takes them, and what changed since they were last shown.

Who votes for which side is worked out in memory, from the seats and the room's keys; no row links them.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from tracktwo.opinion import Sides, Statement, Votes
from tracktwo.room.concerns.models import Sounding
from tracktwo.room.concerns.voting import ballot_of_seat, electorate
from tracktwo.room.concerns.writer import NOT_YET
from tracktwo.room.keys import current
from tracktwo.room.people.models import Organisation

Basis = dict[str, dict[str, str]]
"""By side and delegation: the key of each ballot, and eight bytes of a keyed hash of its choices."""


@dataclass(frozen=True, slots=True)
class Camps:
    """Which side and delegation each ballot belongs to."""

    of: Mapping[UUID, tuple[str, str]] = field(default_factory=dict)
    """Key of a ballot to the ids of a side and of a delegation, "" where there is none."""
    sides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Id to name, in the order of the sides' marks."""
    delegations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def voters(self) -> dict[tuple[str, str], int]:
        """How many may vote in each delegation of each side."""
        counts: dict[tuple[str, str], int] = {}
        for cell in self.of.values():
            counts[cell] = counts.get(cell, 0) + 1
        return counts


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The ballots of one part of a sounding at one moment."""

    ballots: tuple[UUID, ...]
    """Those with a vote, in the order of their keys."""
    matrix: Any
    """(ballots, statements that stand) of choices."""
    numbers: tuple[int, ...]
    """The number of each of those statements."""
    camps: Camps

    def votes(self, texts: Mapping[int, Mapping[str, str]]) -> Votes:
        """For the opinion core; ``texts`` are the statements by number. People are numbered in the order of keys."""
        given = self.matrix != NOT_YET
        _, columns = np.nonzero(given)
        codes = columns.astype(np.uint16) << 2 | self.matrix[given]
        indptr = np.concatenate([[0], np.cumsum(given.sum(axis=1))]).astype(np.int64)
        statements = tuple(Statement(str(number + 1), texts[number]) for number in self.numbers)
        return Votes(np.arange(len(self.ballots)), statements, indptr, codes.astype(np.uint16))

    def sides(self) -> Sides | None:
        """The side and the delegation of each ballot; None where there are no sides."""
        if not self.camps.sides:
            return None
        sides, delegations = list(self.camps.sides), list(self.camps.delegations)
        place = {each: i for i, each in enumerate(sides)} | {"": -1}
        seat = {each: i for i, each in enumerate(delegations)} | {"": -1}
        cells = [self.camps.of.get(ballot, ("", "")) for ballot in self.ballots]
        return Sides(
            np.array([place[side] for side, _ in cells], dtype=np.int64),
            np.array([seat[delegation] for _, delegation in cells], dtype=np.int64),
            tuple(self.camps.sides.values()),
            tuple(self.camps.delegations.values()),
        )

    def basis(self) -> Basis:
        """What a later tally is compared with: who voted how, told only as same or not the same."""
        key, found = current().derived("basis"), Basis()
        for ballot, row in zip(self.ballots, self.matrix, strict=True):
            mark = hmac.digest(key, ballot.bytes + row.tobytes(), "sha256")[:8].hex()
            found.setdefault("/".join(self.camps.of.get(ballot, ("", ""))), {})[ballot.hex] = mark
        return found


def tally(sounding: Sounding, *, verified: bool = True) -> Tally:
    """Count the ballots as they stand."""
    standing = sounding.statements.filter(withdrawn=False).order_by("number")
    numbers = tuple(standing.values_list("number", flat=True))
    rows = sounding.ballots.filter(verified=verified).order_by("id").values_list("id", "choices")
    pairs = [(ballot, bytes(choices)) for ballot, choices in rows.iterator(chunk_size=5000)]
    width = len(pairs[0][1]) if pairs else len(numbers)
    whole = np.frombuffer(b"".join(choices for _, choices in pairs), dtype=np.uint8).reshape(len(pairs), width)
    matrix = whole[:, list(numbers)]
    voted = (matrix != NOT_YET).any(axis=1)
    ballots = tuple(ballot for (ballot, _), cast in zip(pairs, voted, strict=True) if cast)
    return Tally(ballots, matrix[voted], numbers, camps(sounding))


def camps(sounding: Sounding) -> Camps:
    """Sides and delegations of those who may vote; none beyond the table."""
    if sounding.audience == "wide":
        return Camps()
    of: dict[UUID, tuple[str, str]] = {}
    organisations: dict[str, Organisation] = {}
    for seat in electorate(sounding):
        own = seat.organisation
        side = "" if own is None or own.side is None else own.side.pk.hex
        of[ballot_of_seat(sounding, seat)] = (side, "" if own is None else own.pk.hex)
        if own is not None:
            organisations[own.pk.hex] = own
    sides = {each.side.mark: each.side for each in organisations.values() if each.side is not None}
    return Camps(
        of,
        {sides[mark].pk.hex: _plain(sides[mark].name) for mark in sorted(sides)},
        {each: _plain(organisations[each].name) for each in sorted(organisations)},
    )


def due(before: Basis, now: Basis, voters: Mapping[tuple[str, str], int], *, k: int, by_delegation: bool) -> bool:
    """Whether results may move on: at least ``k`` have voted or changed on every side that is shown.

    A side, and where delegations are shown a delegation, of fewer than ``k`` voters is never shown. Those of whom
    nothing is shown but what is left when all others are taken away have not changed, or as many of them have.
    """
    changed = {cell: _changed(before.get(cell, {}), now.get(cell, {})) for cell in {*before, *now}}
    own = {"/".join(cell): count for cell, count in voters.items()}
    sides = sorted({cell.partition("/")[0] for cell in {*own, *changed}} - {""})
    shown = [side for side in sides if _sum(own, f"{side}/") >= k]
    if not all(_sum(changed, f"{side}/") >= k for side in shown):
        return False
    if not shown and sum(changed.values()) < k:
        return False
    beside = [cell for cell in {*own, *changed} if cell.partition("/")[0] not in shown]
    if shown and not _together(beside, changed, own, k):
        return False
    return not by_delegation or all(_delegations_apart(side, changed, own, k) for side in sides)


def _delegations_apart(side: str, changed: Mapping[str, int], own: Mapping[str, int], k: int) -> bool:
    """Whether each delegation of a side that is shown, and the others together, changed not at all or enough."""
    cells = [cell for cell in {*own, *changed} if cell.startswith(f"{side}/")]
    alone = [cell for cell in cells if own.get(cell, 0) >= k]
    rest = [cell for cell in cells if own.get(cell, 0) < k]
    return all(_together([cell], changed, own, k) for cell in alone) and _together(rest, changed, own, k)


def _together(cells: list[str], changed: Mapping[str, int], own: Mapping[str, int], k: int) -> bool:
    """Whether of these people none have changed or at least ``k``; fewer than ``k`` people are never told apart."""
    moved = sum(changed.get(cell, 0) for cell in cells)
    return moved == 0 or moved >= k or sum(own.get(cell, 0) for cell in cells) < k


def _sum(counts: Mapping[str, int], prefix: str) -> int:
    return sum(count for cell, count in counts.items() if cell.startswith(prefix))


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> int:
    """Ballots that came, went or changed."""
    return len({ballot for ballot, _ in before.items() ^ now.items()})


def _plain(words: Mapping[str, str]) -> dict[str, str]:
    return {name: words[name] for name in ("en", "zh") if words.get(name)}
