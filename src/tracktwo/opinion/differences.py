"""Where a camp answers differently from everybody else: tests that the drawing of the groups cannot fool."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Camp, Differences, Flags, Floats, Integers
from tracktwo.opinion.grouping import Drawing, draw, matched
from tracktwo.opinion.votes import Votes

EXACT_UP_TO = 2_000
"""Votes on a statement up to which Fisher's test is exact; above, its normal approximation."""


def differences(
    counts: Integers,
    families: Sequence[Sequence[int]],
    included: Flags,
    *,
    level: float = 0.05,
    held_out: Integers | None = None,
) -> Differences:
    """Compare each camp of each family (sides, delegations, groups) with everybody else, statement by statement.

    ``counts`` (camps, m, 3) are disagreements, passes, agreements, everybody first. ``held_out`` (camps, m, 3) replaces
    them in the tests of found groups: counts of groups drawn without the statement (see :func:`held_out_counts`); the
    difference shown is always that of ``counts``. The false discovery rate is controlled at ``level`` over all tests
    made of one family of camps (Benjamini & Hochberg 1995); a camp without votes, or with all of them, is not tested.
    """
    camps, m, _ = counts.shape
    difference, p_value = np.full((camps, m), np.nan), np.full((camps, m), np.nan)
    for camp in (camp for family in families for camp in family):
        inside, outside = counts[camp], counts[0] - counts[camp]
        seen = included & (inside.sum(axis=1) > 0) & (outside.sum(axis=1) > 0)
        difference[camp, seen] = _share(inside[seen]) - _share(outside[seen])
        own = (counts if held_out is None else held_out)[camp]
        rest = counts[0] - own
        seen &= (own.sum(axis=1) > 0) & (rest.sum(axis=1) > 0)
        p_value[camp, seen] = fisher(own[seen, 2], own[seen].sum(axis=1), rest[seen, 2], rest[seen].sum(axis=1))
    q_value = np.full((camps, m), np.nan)
    for family in families:
        q_value[list(family)] = false_discovery(p_value[list(family)])
    found = np.nan_to_num(q_value, nan=1.0) <= level
    return Differences(difference, p_value, q_value, found, held_out is not None)


def held_out_counts(
    votes: Votes, included: Flags, drawing: Drawing, camps: Sequence[Camp], counts: Integers, *, seed: int
) -> Integers:
    """(camps, m, 3) counts of the found groups on each statement, drawn anew on the half of the statements without it.

    Testing groups on the votes that drew them finds differences in noise (Gao, Bien & Witten 2024, Selective inference
    for hierarchical clustering, JASA 119). So the statements are split in two halves at random; the groups of one half,
    matched to the groups shown by the people they share, are counted on the other. Other camps keep their ``counts``.
    """
    rng = np.random.default_rng([seed, 3])
    half = np.zeros(votes.m, dtype=bool)
    half[rng.permutation(np.flatnonzero(included))[: int(included.sum()) // 2]] = True
    count = drawing.groups.count
    out = counts.copy()
    groups = [i for i, camp in enumerate(camps) if camp.kind == "group"]
    for drawn_on, tested_on in ((half, included & ~half), (included & ~half, half)):
        again = draw(
            votes, drawn_on, dimensions=drawing.dimensions, apart=drawing.apart, k=count, seed=seed
        ).groups.nearest
        labels = matched(again, drawing.groups.nearest, count)
        out[np.array(groups)[:, None], np.flatnonzero(tested_on)] = passes.histogram(votes, labels, count)[:, tested_on]
    return out


def fisher(successes: Integers, trials: Integers, other_successes: Integers, other_trials: Integers) -> Floats:
    """(tests,) two-sided p-values of equal shares in two samples: twice the smaller tail of Fisher's exact test.

    Above 2,000 trials together, the normal approximation with Yates' correction.
    """
    a, n = np.asarray(successes, dtype=np.int64), np.asarray(trials, dtype=np.int64)
    total, whole = a + other_successes, n + other_trials
    exact = whole <= EXACT_UP_TO
    p_value = np.empty(len(a))
    if exact.any():
        p_value[exact] = _hypergeometric(a[exact], n[exact], total[exact], whole[exact])
    if not exact.all():
        p_value[~exact] = _normal(a[~exact], n[~exact], total[~exact], whole[~exact])
    return np.minimum(p_value, 1.0)


def false_discovery(p_values: Floats) -> Floats:
    """Adjusted p-values (any shape, NaN where there is no test) by Benjamini and Hochberg's step-up."""
    flat = p_values[~np.isnan(p_values)]
    order = np.argsort(flat)[::-1]
    ranks = np.arange(len(flat), 0, -1)
    adjusted = np.empty(len(flat))
    adjusted[order] = np.minimum(np.minimum.accumulate(flat[order] * len(flat) / ranks), 1.0)
    out = np.full(p_values.shape, np.nan)
    out[~np.isnan(p_values)] = adjusted
    return out


def _share(counts: Integers) -> Floats:
    return np.asarray(counts[:, 2] / counts.sum(axis=1), dtype=np.float64)


def _hypergeometric(a: Integers, n: Integers, total: Integers, whole: Integers) -> Floats:
    """Twice the smaller tail at a of the hypergeometric of n draws from ``whole`` with ``total`` successes."""
    from scipy.special import gammaln  # type: ignore[import-untyped]

    span = np.arange(int(np.minimum(n, total).max()) + 1)[None, :]
    n, total, whole, a = n[:, None], total[:, None], whole[:, None], a[:, None]
    possible = (span <= np.minimum(n, total)) & (span >= n + total - whole)
    x = np.where(possible, span, np.maximum(0, n + total - whole))

    logarithms = gammaln(np.arange(int(whole.max()) + 2) + 1.0)  # of the factorials

    def choose(of: Integers, taken: Integers) -> Floats:
        return np.asarray(logarithms[of] - logarithms[taken] - logarithms[of - taken])

    weight = np.where(possible, np.exp(choose(total, x) + choose(whole - total, n - x) - choose(whole, n)), 0.0)
    lower, upper = (weight * (span <= a)).sum(axis=1), (weight * (span >= a)).sum(axis=1)
    return np.asarray(2 * np.minimum(lower, upper))


def _normal(a: Integers, n: Integers, total: Integers, whole: Integers) -> Floats:
    from scipy.special import ndtr

    mean = n * total / whole
    variance = mean * (whole - total) / whole * (whole - n) / np.maximum(whole - 1, 1)
    distance = np.maximum(np.abs(a - mean) - 0.5, 0) / np.sqrt(np.maximum(variance, 1e-12))
    return np.asarray(2 * ndtr(-distance))
