"""What may be counted aloud: no count of fewer than k people, and none that others give away together.

People are told apart only by the camps that are shown, so they fall into cells (delegation × group, for example). What
a reader can work out by adding and subtracting are the linear combinations of the camps' counts. The camps shown are
chosen so that no combination is about 1 to k − 1 people alone, whether it counts them or sets one of them off against
another (complementary suppression: Cox 1980, Suppression methodology and statistical disclosure control, JASA 75).
Where a camp shown gave an answer not once, its people are known not to have given it, and count as known for that
answer. What a unanimous camp says of its own people cannot be kept back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Camp, Flags, Floats, Integers
from tracktwo.opinion.votes import Votes

MOST_SETS = 50_000
"""Sets of cells of fewer than k people together that are looked at one by one; with more, fewer camps are shown."""
KEPT_LONGEST = ("all", "side", "group", "delegation")
NOTHING = 1e-7
"""Below which an eigenvalue of a projection is zero; of these small tables of 0 and 1 they are zero or far above it."""


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
    others: Flags
    """(sets,) whether a number about each further set of people is shown."""
    others_counted: Flags
    """(sets, m) whether a number about those of a further set who voted on a statement is shown."""


def suppress(
    votes: Votes, camps: Sequence[Camp], *, below: int, hidden: Flags, others: Sequence[Flags] = ()
) -> Suppression:
    """Decide what is shown of ``camps`` (everybody first), of which those of ``hidden`` (camps,) are not to be shown.

    ``below`` is k; at 1 or less everything else is shown. Camps are decided first, by their members; then
    each statement, by those who voted on it. ``others`` are further sets of people (n,) that some number is about, such
    as those whom a fit left in: each gives way to any camp.
    """
    sets = np.array([*(camp.members & ~out for camp, out in zip(camps, hidden, strict=True)), *others], dtype=bool)
    wanted = np.append(~hidden, np.ones(len(others), dtype=bool))
    n = len(camps)
    if below <= 1:
        shown = np.repeat(wanted[:, None], votes.m, axis=1)
        nothing = np.zeros_like(shown[:n])
        return Suppression(below, ~hidden, shown[:n], nothing[:, 0], nothing, wanted[n:], shown[n:])
    cell, members = _cells(sets)
    standing = np.array([*(KEPT_LONGEST.index(camp.kind) for camp in camps), *range(9, 9 + len(others))])
    sizes = np.bincount(cell, minlength=members.shape[1])
    reader = _Reader(members, below)
    whole = reader.safe(sizes[None], wanted, standing)
    answers = passes.histogram(votes, cell, members.shape[1]).transpose(1, 2, 0)
    candidates = np.append(whole[:n], wanted[n:])
    counted = np.array([reader.safe(own, candidates, standing) for own in answers]).T
    small = ~hidden & (members @ sizes < below)[:n]
    few = (members @ answers.sum(axis=1).T < below)[:n]
    return Suppression(below, whole[:n], counted[:n], small, few, whole[n:], counted[n:])


def safe_among(camps: Sequence[Camp], people: Flags, *, below: int, candidates: Flags) -> Flags:
    """(camps,) the ``candidates`` (camps,) of which a sum over those who are among ``people`` (n,) may be told."""
    if below <= 1:
        return candidates.copy()
    cell, members = _cells(np.array([camp.members & people for camp in camps]))
    sizes = np.bincount(cell, people, minlength=members.shape[1]).astype(np.int64)
    standing = np.array([KEPT_LONGEST.index(camp.kind) for camp in camps])
    return _Reader(members, below).safe(sizes[None], candidates, standing)


def countable(people: Flags, beside: Sequence[Flags], *, below: int) -> bool:
    """Whether the number of ``people`` (n,) may be told where those of other sets (n,) are."""
    if below <= 1:
        return True
    cell, members = _cells(np.array([*beside, people]))
    sizes = np.bincount(cell, minlength=members.shape[1])
    return bool(people.sum() >= below) and not _Reader(members, below).learns((1 << len(members)) - 1, sizes[None])


def _cells(sets: Flags) -> tuple[Integers, Integers]:
    """(n,) cell of each person, by the sets (sets, n) they are in, and (sets, cells) which set holds which cell."""
    packed = np.ascontiguousarray(np.packbits(sets, axis=0).T)
    whole = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, key = np.unique(whole, return_index=True, return_inverse=True)
    return key.ravel(), sets[:, first].astype(np.int64)


class _Reader:
    """Somebody who adds and subtracts what is counted of sets of people, and looks for sums about few of them.

    What was worked out of a table is kept: statements on which almost everybody voted are much alike.
    """

    def __init__(self, members: Integers, below: int) -> None:
        """``members`` (sets, cells) says which set holds which cell; sums about fewer than ``below`` are sought."""
        self.members, self.below = members, below
        # a cell is known by the sets that hold it, written as the bits of a number
        self._cells = [_bits(cell) for cell in members.T]
        self._judged: dict[tuple[tuple[int, int], ...], bool] = {}
        self._spans: dict[tuple[int, ...], Floats] = {}

    def safe(self, answers: Integers, candidates: Flags, standing: Integers) -> Flags:
        """(sets,) the sets to show where people of the cells gave ``answers`` (answers, cells).

        The last in ``standing`` give way, of sets that stand alike the smallest first; what turns out to have been
        given up in vain is taken back.
        """
        totals = self.members @ answers.sum(axis=0)
        shown = _bits(candidates & (totals >= self.below))
        standings, sizes = standing.tolist(), totals.tolist()
        given_up: list[int] = []
        for each in sorted(_set_in(shown), key=lambda i: (-standings[i], sizes[i], i)):
            if not self.learns(shown, answers):
                break
            shown ^= 1 << each
            given_up.append(each)
        for each in reversed(given_up[:-1]):
            if not self.learns(shown | 1 << each, answers):
                shown |= 1 << each
        return np.array([shown >> i & 1 for i in range(len(self.members))], dtype=bool)

    def learns(self, shown: int, answers: Integers) -> bool:
        """Whether counts of every answer in the sets of the bits ``shown`` tell of 1 to ``below`` − 1 people alone."""
        keys, voted = [cell & shown for cell in self._cells], answers.sum(axis=0).tolist()
        if self._isolates(keys, voted):
            return True
        for silent in (self.members @ answers.T == 0).T if len(answers) > 1 else ():
            known = _bits(silent) & shown
            left = [0 if key & known else count for key, count in zip(keys, voted, strict=True)]
            if known and left != voted and self._isolates(keys, left):
                return True
        return False

    def _isolates(self, keys: Sequence[int], counts: Sequence[int]) -> bool:
        """Whether a combination of the sets is about 1 to ``below`` − 1 people alone, of cells of ``counts`` people.

        Cells that no set tells apart are one.
        """
        told_apart: dict[int, int] = {}
        for key, count in zip(keys, counts, strict=True):
            if key and count:
                told_apart[key] = told_apart.get(key, 0) + count
        if min(told_apart.values(), default=self.below) >= self.below:
            return False
        table = tuple(sorted((key, min(count, self.below)) for key, count in told_apart.items()))
        if table not in self._judged:
            span = self._span(tuple(key for key, _ in table))
            sizes = np.array([count for _, count in table])
            little = np.flatnonzero(sizes < self.below)
            outside = np.eye(len(little)) - span[np.ix_(little, little)]
            self._judged[table] = _singular(outside, sizes[little], self.below)
        return self._judged[table]

    def _span(self, keys: tuple[int, ...]) -> Floats:
        """(cells, cells) projection onto the combinations of the sets."""
        if keys not in self._spans:
            rows = np.array([[key >> i & 1 for key in keys] for i in range(max(keys).bit_length())], dtype=np.float64)
            values, vectors = np.linalg.eigh(rows @ rows.T)
            real = values > 1e-10 * values[-1]
            basis = (vectors[:, real] / np.sqrt(values[real])).T @ rows
            self._spans[keys] = basis.T @ basis
        return self._spans[keys]


def _bits(flags: Flags | Integers) -> int:
    """A number whose bit i is ``flags[i]``."""
    return int.from_bytes(np.packbits(flags.astype(bool), bitorder="little").tobytes(), "little")


def _set_in(bits: int) -> list[int]:
    """The places of the bits that are 1."""
    return [i for i in range(bits.bit_length()) if bits >> i & 1]


def _singular(matrix: Floats, counts: Integers, below: int) -> bool:
    """Whether a principal part of the positive semidefinite ``matrix`` with ``counts`` below ``below`` is singular.

    Where ``matrix`` is the projection away from a space, cut to some cells, that is whether a vector of the space is
    zero outside cells of so few people.
    """
    if np.linalg.eigvalsh(matrix)[0] > NOTHING:
        return False
    sets = np.arange(len(counts))[:, None]
    total = counts
    while len(sets):
        if len(sets) > MOST_SETS:
            return True
        parts = matrix[sets[:, :, None], sets[:, None, :]]
        if (np.linalg.eigvalsh(parts)[:, 0] < NOTHING).any():
            return True
        larger = (np.arange(len(counts)) > sets[:, -1:]) & (total[:, None] + counts < below)
        old, new = np.nonzero(larger)
        sets, total = np.column_stack([sets[old], new]), total[old] + counts[new]
    return False
