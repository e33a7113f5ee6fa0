"""What Polis says of statements: steps 8 to 10 of its pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tracktwo.opinion.analysis import Floats, Integers, Representative, Space
from tracktwo.opinion.passes import histogram
from tracktwo.opinion.polis.space import columns
from tracktwo.opinion.votes import Votes

SIGNIFICANT = 1.2816
"""One-sided normal quantile at 90 %, as Polis writes it."""
TIED = 1e-12
"""Tests that differ by no more than rounding does are tied."""
MOST = 5
META_PRIORITY = 49.0


@dataclass(frozen=True, slots=True, eq=False)
class Proportions:
    """How one answer stands in every group, by statement; all (groups, m)."""

    successes: Integers
    trials: Integers
    p: Floats
    """(successes + 1) / (trials + 2)."""
    p_test: Floats
    """2 √(trials + 1) · ((successes + 1) / (trials + 1) − ½)."""
    ratio: Floats
    """p over the same of everybody in another group."""
    ratio_test: Floats
    """Two proportions, 1 added to all four counts."""


def representative(votes: Votes, labels: Integers) -> tuple[tuple[Representative, ...], ...]:
    """For each group the statements that stand for it, at most five (step 8); ``labels`` (n,), −1 in no group."""
    return representative_of(by_group(votes, labels), np.flatnonzero(columns(votes)[1]))


def majority(votes: Votes) -> tuple[tuple[Representative, ...], tuple[Representative, ...]]:
    """What most agree with and what most disagree with, over every voter, at most five each (step 9).

    There is nobody else to compare with: ``repness`` and ``repness_test`` are NaN.
    """
    counts, kept = histogram(votes), np.flatnonzero(columns(votes)[1])
    return _majority(proportions(counts, 2), kept, "agree"), _majority(proportions(counts, 0), kept, "disagree")


def consensus(votes: Votes, labels: Integers) -> Floats:
    """(m,) group-informed consensus: the product over groups of (agrees + 1) / (seen + 2) (step 9)."""
    return consensus_of(by_group(votes, labels))


def priorities(votes: Votes, space: Space, labels: Integers) -> Floats:
    """(m,) how readily Polis shows a statement to the next voter (step 10), from the votes of people in a group."""
    return priorities_of(votes, space, by_group(votes, labels))


def by_group(votes: Votes, labels: Integers) -> Integers:
    """(groups, m, 3) disagreements, passes and agreements, of statements outside the mathematics too."""
    return histogram(votes, labels, int(labels.max(initial=-1)) + 1)


def consensus_of(counts: Integers) -> Floats:
    """:func:`consensus` from (groups, m, 3) counts."""
    return np.asarray(((counts[:, :, 2] + 1) / (counts.sum(axis=2) + 2)).prod(axis=0))


def priorities_of(votes: Votes, space: Space, counts: Integers) -> Floats:
    """:func:`priorities` from (groups, m, 3) counts."""
    _, passes, agrees = counts.sum(axis=0).T
    seen = counts.sum(axis=(0, 2))
    extremity = np.linalg.norm(space.statements, axis=1)
    importance = (1 - (passes + 1) / (seen + 2)) * (extremity + 1) * (agrees + 1) / (seen + 2)
    return np.where(votes.meta, META_PRIORITY, (importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2)


def proportions(counts: Integers, answer: Literal[0, 2]) -> Proportions:
    """How disagreement (0) or agreement (2) stands, from (groups, m, 3) counts (step 8)."""
    won, seen = counts[:, :, answer], counts.sum(axis=2)
    rest_won, rest_seen = won.sum(axis=0) - won, seen.sum(axis=0) - seen
    p = (won + 1) / (seen + 2)
    p_test = 2 * np.sqrt(seen + 1) * ((won + 1) / (seen + 1) - 0.5)
    ratio = ((won + 1) * (rest_seen + 2)) / ((seen + 2) * (rest_won + 1))
    a, b, c, d = won + 1, rest_won + 1, seen + 1, rest_seen + 1
    pooled = (a + b) / (c + d)
    gap = (a * d - b * c) / (c * d)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / c + 1 / d))
    ratio_test = np.divide(gap, spread, out=np.zeros(gap.shape), where=a + b < c + d)
    return Proportions(won, seen, p, p_test, ratio, ratio_test)


def representative_of(counts: Integers, kept: Integers) -> tuple[tuple[Representative, ...], ...]:
    """:func:`representative` from (groups, m, 3) counts and the positions of the statements that may stand.

    Enough: both tests of one answer over 1.2816. They are ranked by ratio × its test × p × its test, after the best
    agreement of the group (see :func:`_best_agreement`), cut at five, and agreements put first. With none, the best
    agreement alone, else the statement whose ratio has the strongest test. The answer named is the one whose ratio has
    the stronger test, disagreement if tied, whichever answer had passed.
    """
    agree, disagree = proportions(counts, 2), proportions(counts, 0)
    passing = (agree.ratio_test > SIGNIFICANT) & (agree.p_test > SIGNIFICANT)
    passing |= (disagree.ratio_test > SIGNIFICANT) & (disagree.p_test > SIGNIFICANT)
    return tuple(_select(g, agree, disagree, kept, kept[passing[g, kept]]) for g in range(len(counts)))


def _select(
    g: int, agree: Proportions, disagree: Proportions, kept: Integers, passing: Integers
) -> tuple[Representative, ...]:
    """The statements for group ``g``."""
    best = _best_agreement(g, agree, disagree, kept)
    if not len(passing):
        first = _strongest(g, agree, disagree, kept) if best is None else best
        return () if first is None else (_finish(g, first, agree, disagree),)
    ranked = sorted((_finish(g, int(j), agree, disagree) for j in passing if j != best), key=_rank)
    head = [] if best is None else [_finish(g, best, agree, disagree)]
    chosen = (head + ranked)[:MOST]
    return tuple(sorted(chosen, key=lambda each: each.direction != "agree"))


def _rank(each: Representative) -> float:
    """Polis keeps the test of the ratio in single precision, which can tie what would not be, and the reverse."""
    return -(each.repness * float(np.float32(each.repness_test)) * each.p_success * each.p_test)


def _finish(g: int, j: int, agree: Proportions, disagree: Proportions) -> Representative:
    """Statement ``j`` for group ``g``, with the answer whose ratio has the stronger test."""
    direction: Literal["agree", "disagree"] = (
        "agree" if agree.ratio_test[g, j] - disagree.ratio_test[g, j] > TIED else "disagree"
    )
    return _representative(g, j, agree if direction == "agree" else disagree, direction)


def _representative(g: int, j: int, by: Proportions, direction: Literal["agree", "disagree"]) -> Representative:
    return Representative(
        statement=j,
        direction=direction,
        successes=int(by.successes[g, j]),
        trials=int(by.trials[g, j]),
        p_success=float(by.p[g, j]),
        p_test=float(by.p_test[g, j]),
        repness=float(by.ratio[g, j]),
        repness_test=float(by.ratio_test[g, j]),
    )


def _best_agreement(g: int, agree: Proportions, disagree: Proportions, kept: Integers) -> int | None:
    """The agreement that heads the list, found in one walk over the statements in their order.

    Whoever was voted on starts it with a p or a ratio that looks good; from then on a better product takes over:
    that of p and its test alone while the ratio of the one to beat is at most 1, else times the ratio and its test.
    """
    best: int | None = None
    voted = kept[(agree.successes + disagree.successes)[g, kept] > 0]
    p, p_test = agree.p[g].tolist(), agree.p_test[g].tolist()
    ratio, ratio_test = agree.ratio[g].tolist(), agree.ratio_test[g].tolist()

    def product(j: int, whole: bool) -> float:
        return float(ratio[j] * ratio_test[j] * p[j] * p_test[j] if whole else p[j] * p_test[j])

    for j in voted.tolist():
        if best is None:
            wins = p_test[j] > SIGNIFICANT or (ratio[j] > 1 and p[j] > 0.5)
        else:
            whole = ratio[best] > 1
            wins = product(j, whole) > product(best, whole)
        best = j if wins else best
    return best


def _strongest(g: int, agree: Proportions, disagree: Proportions, kept: Integers) -> int | None:
    """The statement whose ratio has the strongest test, compared with the best so far in single precision."""
    best: int | None = None
    bar = -np.inf
    for j, test in zip(kept, np.maximum(agree.ratio_test, disagree.ratio_test)[g, kept], strict=True):
        if test > bar:
            best, bar = int(j), float(np.float32(test))
    return best


def _majority(by: Proportions, kept: Integers, direction: Literal["agree", "disagree"]) -> tuple[Representative, ...]:
    """Those with p above ½ and a test over 1.2816, ranked by p × its test."""
    able = kept[(by.p[0, kept] > 0.5) & (by.p_test[0, kept] > SIGNIFICANT)]
    order = able[np.argsort(-(by.p * by.p_test)[0, able], kind="stable")[:MOST]]
    nothing = np.full_like(by.p, np.nan)
    alone = Proportions(by.successes, by.trials, by.p, by.p_test, nothing, nothing)
    return tuple(_representative(0, int(j), alone, direction) for j in order)
