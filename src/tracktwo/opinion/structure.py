"""Whether votes hold structure: a permutation test that leanings to agree do not fool.

Under the null every person votes independently, with a leaning of their own and a popularity of each statement. Given
who passed or did not vote where, and how often each person and each statement drew agreement, all arrangements of the
agreements and disagreements are then equally likely (the exact conditional test of the Rasch model: Ponocny 2001,
Psychometrika 66). Such arrangements are drawn by trades between pairs of people (curveball: Strona et al. 2014, Nature
Communications 5; Carstens 2015, Physical Review E 91), which keep every one of those counts. Passes stay where they
are, since who passes where need not follow any leaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.analysis import Flags, Floats
from tracktwo.opinion.passes import kernel
from tracktwo.opinion.votes import Votes

Cells = NDArray[np.int8]

MOST_PEOPLE, MOST_STATEMENTS = 300, 120
"""What is looked at of larger conversations: the statements most voted on, and those who voted most on them."""
MOST_COMPONENTS = 4
COMPONENT_LEVEL = 0.02
HOPELESS = 0.15


@dataclass(frozen=True, slots=True)
class StructureTest:
    """What the test found."""

    p_value: float
    components: int
    """Leading components that stand out from the arrangements; at least 1."""
    leaning: bool
    """Whether the first component is no more than leaning, so that groups are sought apart from it."""
    draws: int


def structure_test(votes: Votes, people: Flags, included: Flags, *, draws: int = 199, seed: int = 0) -> StructureTest:
    """Test independence given leanings among ``people`` (n,) on ``included`` (m,) statements.

    The statistic is the larger of two, each in standard deviations from its mean over the arrangements: the largest
    eigenvalue of the centred votes, and the largest after the direction of leaning is removed. Its rank among the
    arrangements is the p-value. A first fifth of them ends the test where nothing is near a level one would use.
    """
    cells = densest(votes, people, included)
    if min(cells.shape) < 4:
        return StructureTest(1.0, 1, False, 0)
    rng = np.random.default_rng(seed)
    sweeps = _sweeps(cells)
    spectrum = _Spectrum(cells)
    drawn = [spectrum(cells)]
    for _ in range(5 * sweeps):
        cells = trade(cells, rng)
    for draw in range(draws):
        for _ in range(sweeps):
            cells = trade(cells, rng)
        drawn.append(spectrum(cells))
        if draw + 1 == draws // 5 and _p_value(np.array(drawn)) > HOPELESS:
            break
    values = np.array(drawn)
    return _read(values)


def trade(cells: Cells, rng: np.random.Generator) -> Cells:
    """Another arrangement (n, m) of votes 0, 1, 2 (−1 absent): people trade agreements in random pairs.

    Of the statements on which one of a pair agreed and the other disagreed, each agrees with as many as before, in
    random places. So every person's and every statement's count of every answer stays, and every pass.
    """
    pairs = len(cells) // 2
    order = rng.permutation(len(cells))[: 2 * pairs]
    keys = rng.integers(0, 1 << 32, size=(pairs, cells.shape[1]), dtype=np.uint32)
    traded = cells.copy()
    kernel.trade(traded, order, keys)
    return traded


def densest(votes: Votes, people: Flags, included: Flags) -> Cells:
    """(≤ 300, ≤ 120) answers 0, 1, 2 (−1 absent) where votes lie densest; chosen by their number, not their content."""
    usable = np.repeat(people, np.diff(votes.indptr)) & included[votes.columns]
    seen = np.bincount(votes.columns[usable], minlength=votes.m)
    statements = np.sort(np.argsort(-seen, kind="stable")[: min(MOST_STATEMENTS, np.count_nonzero(seen))])
    place = np.full(votes.m, -1)
    place[statements] = np.arange(len(statements))
    usable &= place[votes.columns] >= 0
    given = np.bincount(votes.rows[usable], minlength=votes.n)
    chosen = np.sort(np.argsort(-given, kind="stable")[: min(MOST_PEOPLE, np.count_nonzero(given))])
    row = np.full(votes.n, -1)
    row[chosen] = np.arange(len(chosen))
    usable &= row[votes.rows] >= 0
    cells = np.full((len(chosen), len(statements)), -1, dtype=np.int8)
    cells[row[votes.rows[usable]], place[votes.columns[usable]]] = votes.values[usable] + 1
    return cells


def leaning(disagrees: Floats, passes: Floats, agrees: Floats) -> Floats:
    """(m,) unit vector along which a leaning to agree moves the votes: the variance of each statement's votes.

    To first order a logistic model's answers move with a person's parameter in proportion to their variance.
    """
    total = np.maximum(disagrees + passes + agrees, 1)
    direction = (agrees + disagrees) / total - ((agrees - disagrees) / total) ** 2
    length = np.sqrt((direction**2).sum())
    return np.asarray(direction / length if length > 0 else direction, dtype=np.float64)


class _Spectrum:
    """Largest eigenvalues of arrangements: MOST_COMPONENTS of the centred votes, then as many apart from leaning."""

    def __init__(self, cells: Cells) -> None:
        counts = np.stack([(cells == answer).sum(axis=0) for answer in range(3)]).astype(np.float64)
        center = (counts[2] - counts[0]) / np.maximum(counts.sum(axis=0), 1)
        self._table = np.vstack([np.array([-1.0, 0.0, 1.0])[:, None] - center, np.zeros(cells.shape[1])])
        self._lean = leaning(*counts)

    def __call__(self, cells: Cells) -> Floats:
        votes = self._table[cells, np.arange(cells.shape[1])]
        apart = votes - np.outer(votes @ self._lean, self._lean)
        return np.concatenate([self._largest(votes), self._largest(apart)])

    @staticmethod
    def _largest(votes: Floats) -> Floats:
        gram = votes @ votes.T if votes.shape[0] < votes.shape[1] else votes.T @ votes
        return np.asarray(np.linalg.eigvalsh(gram)[: -MOST_COMPONENTS - 1 : -1], dtype=np.float64)


def _sweeps(cells: Cells) -> int:
    """Rounds of trades between two arrangements; people who share few statements need more."""
    shared = max(float((cells >= 0).mean()), 1e-3)
    return int(np.clip(round(2.4 / shared), 3, 20))


def _ranks(values: Floats) -> Floats:
    """For each row the share of rows whose value is as large, column by column."""
    ordered = np.sort(values, axis=0)
    slack = 1e-9 * np.abs(ordered[-1])
    below = np.stack([np.searchsorted(ordered[:, j], values[:, j] - slack[j]) for j in range(values.shape[1])], axis=1)
    return 1 - below / len(values)


def _p_value(values: Floats) -> float:
    first = values[:, [0, MOST_COMPONENTS]]
    spread = np.maximum(first.std(axis=0), 1e-9 * np.abs(first).max(axis=0) + 1e-300)
    standing = (first - first.mean(axis=0)) / spread
    return float(_ranks(standing.max(axis=1)[:, None])[0, 0])


def _read(values: Floats) -> StructureTest:
    ranks = _ranks(values)[0]
    apart = bool(ranks[0] > COMPONENT_LEVEL and ranks[MOST_COMPONENTS] <= ranks[0])
    own = ranks[MOST_COMPONENTS:] if apart else ranks[:MOST_COMPONENTS]
    standing = int(np.argmin(own <= COMPONENT_LEVEL)) if (own > COMPONENT_LEVEL).any() else len(own)
    return StructureTest(_p_value(values), max(1, standing), apart, len(values) - 1)
