"""What may be counted aloud: no count of fewer than k people, and none that a difference of others gives away.

People are told apart only by the camps that are shown, so they fall into cells (delegation × group, for example). A
published set of camps gives away every set of people whose indicator over the cells is a linear combination of the
camps' indicators. The camps shown are chosen so that no such set holds from 1 to k − 1 people (complementary
suppression: Cox 1980, Suppression methodology and statistical disclosure control, JASA 75).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Camp, Flags, Integers
from tracktwo.opinion.votes import Votes

MOST_CELLS = 40
"""Cells of fewer than k people up to which every sum is looked at; with more, fewer camps are shown."""
KEPT_LONGEST = ("all", "side", "group", "delegation")


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """Which counts may be shown."""

    below: int
    camps: Flags
    """(camps,) whether the camp is shown at all."""
    counted: Flags
    """(camps, m) whether the camp's votes on a statement are shown."""
    small: Flags
    """(camps,) whether a camp that is not shown has too few people itself; otherwise it is hidden for others' sake."""
    few: Flags
    """(camps, m) whether a count that is not shown has too few votes itself."""


def suppress(votes: Votes, camps: Sequence[Camp], *, below: int, hidden: Flags) -> Suppression:
    """Decide what is shown of ``camps`` (everybody first), of which those of ``hidden`` (camps,) are not to be shown.

    ``below`` is k; at 1 or less everything else is shown. Camps are decided first, by their members; then
    each statement, by those who voted on it.
    """
    cell, members = _cells(camps, hidden, votes.n)
    if below <= 1:
        shown = np.repeat(~hidden[:, None], votes.m, axis=1)
        return Suppression(below, ~hidden, shown, np.zeros_like(hidden), np.zeros_like(shown))
    standing = np.array([KEPT_LONGEST.index(camp.kind) for camp in camps])
    sizes = np.bincount(cell, minlength=members.shape[1])
    whole = _safe(members, sizes, ~hidden, standing, below)
    voted = passes.histogram(votes, cell, members.shape[1]).sum(axis=2)
    counted = np.zeros((len(camps), votes.m), dtype=bool)
    known: dict[bytes, Flags] = {}
    for j in range(votes.m):
        key = np.ascontiguousarray(voted[:, j]).tobytes()
        if key not in known:
            known[key] = _safe(members, voted[:, j], whole, standing, below)
        counted[:, j] = known[key]
    small = ~hidden & (members @ sizes < below)
    return Suppression(below, whole, counted, small, members @ voted < below)


def _cells(camps: Sequence[Camp], hidden: Flags, n: int) -> tuple[Integers, Integers]:
    """(n,) cell of each person, by the camps that may be shown, and (camps, cells) which camp holds which cell."""
    key = np.zeros(n, dtype=np.int64)
    for camp in (camp for camp, out in zip(camps, hidden, strict=True) if not out):
        _, key = np.unique(key * 2 + camp.members, return_inverse=True)
    first = np.unique(key, return_index=True)[1]
    members = np.array([camp.members[first] & ~out for camp, out in zip(camps, hidden, strict=True)])
    return key, members.astype(np.int64)


def _safe(members: Integers, counts: Integers, candidates: Flags, standing: Integers, below: int) -> Flags:
    """(camps,) the camps shown where the cells count ``counts`` people; the last in ``standing`` are given up first.

    Of camps that stand alike the smallest goes first; what turns out to have been given up in vain is taken back.
    """
    totals = members @ counts
    shown = candidates & (totals >= below)
    given_up: list[int] = []
    for camp in sorted(np.flatnonzero(shown).tolist(), key=lambda i: (-standing[i], totals[i], i)):
        if not _gives_away(members[shown], counts, below):
            break
        shown[camp] = False
        given_up.append(camp)
    for camp in reversed(given_up[:-1]):
        shown[camp] = True
        shown[camp] = not _gives_away(members[shown], counts, below)
    return shown


def _gives_away(members: Integers, counts: Integers, below: int) -> bool:
    """Whether the counts of the camps (rows of ``members``) determine that of a set of 1 to ``below`` − 1 people."""
    if not len(members):
        return False
    told_apart, cell = np.unique(members[:, counts > 0], axis=1, return_inverse=True)
    counts = np.bincount(cell, counts[counts > 0]).astype(np.int64)
    little = np.flatnonzero((counts < below) & told_apart.any(axis=0))
    if not len(little):
        return False
    if len(little) > MOST_CELLS:
        return True
    _, values, rows = np.linalg.svd(told_apart.astype(np.float64))
    null = rows[int((values > 1e-9).sum()) :]
    mixed = np.random.default_rng(0).standard_normal((2, len(null))) @ null
    for size in range(1, min(below, len(little) + 1)):
        sets = little[_subsets(len(little), size)]
        few = counts[sets].sum(axis=1) < below
        if few.any() and (np.abs(mixed[:, sets[few]].sum(axis=2)).max(axis=0) < 1e-9).any():
            return True
    return False


@lru_cache(maxsize=64)
def _subsets(of: int, size: int) -> Integers:
    return np.array(list(combinations(range(of), size)), dtype=np.int64).reshape(-1, size)
