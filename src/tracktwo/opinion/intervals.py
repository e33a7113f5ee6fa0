"""Intervals for shares of few votes, each alone and the smallest of several."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tracktwo.opinion.analysis import Floats, Integers, Weakest
from tracktwo.opinion.votes import InputError

# SciPy's special functions take longer to import than most rooms take to analyse: they are imported where used.


def jeffreys(successes: ArrayLike, trials: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Bounds of the share behind x successes in n trials: the equal-tailed Jeffreys interval.

    ``successes`` and ``trials`` are counts of any shapes that broadcast; the two results have the common shape.
    The bounds are quantiles of Beta(x + ½, n − x + ½), with 0 below at x = 0 and 1 above at x = n; NaN at n = 0.
    InputError if a count is negative, more succeeded than were tried, or the level is not between 0 and 1.

    Source: Brown, Cai & DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16, 4.3.
    """
    x, n = _counts(successes, trials)
    tail = _tail(level)
    return _jeffreys_low(x, n, tail), 1 - _jeffreys_low(n - x, n, tail)


def exceedance(successes: ArrayLike, trials: ArrayLike, *, threshold: float) -> Floats:
    """Posterior probability that the share behind x successes in n trials passes the threshold (Jeffreys prior).

    Shapes and errors as in :func:`jeffreys`; without trials it is the prior's. If B is Beta(a, b), then B / (1 − B) is
    a / b times an F variable of 2a and 2b degrees of freedom, whose tail SciPy has several times faster than B's.
    """
    from scipy.special import fdtrc  # type: ignore[import-untyped]

    x, n = _counts(successes, trials)
    if not 0 < threshold < 1:
        raise InputError(f"The threshold is {threshold}; it must lie between 0 and 1.")
    a, b = x + 0.5, n - x + 0.5
    return np.asarray(fdtrc(2 * a, 2 * b, threshold / (1 - threshold) * b / a), dtype=np.float64)


def weakest(
    successes: ArrayLike,
    trials: ArrayLike,
    *,
    threshold: float,
    level: float = 0.95,
    passing: Floats | None = None,
) -> Weakest:
    """How the camp with the smallest share stands on each statement.

    ``successes`` and ``trials`` are (camps, m) counts; the arrays of the result are (m,). ``passing`` (camps, m) is
    their :func:`exceedance`, where it is known already.

    - ``posterior``: Π over camps of the probability that the camp's share passes the threshold (Jeffreys prior,
      camps independent). A camp without votes counts with its prior; without any votes the result is NaN.
    - ``estimate`` and ``camp``: the smallest observed share x / n among the camps with votes, and whose it is. The
      share is not shrunk, so that it can be found again in the table; of equal shares the one with the lower
      posterior mean (x + ½) / (n + 1), then the first, is named. NaN and −1 without any votes.
    - ``low`` and ``high``: an interval of the smallest true share, over all camps. With one camp, its Jeffreys
      interval. With S camps that voted, [min lowₛ at α/2, min highₛ at 1 − α/2S] of exact (Clopper–Pearson) bounds:
      the first is an intersection–union bound, the second holds for every camp at once, because the smallest of
      several noisy shares is smaller than the smallest share. Its coverage is at least ``level`` for any shares
      and sizes; with Jeffreys bounds it falls below 0.90 for some shares of small camps. A camp without votes
      may stand anywhere: then ``low`` is 0.

    InputError as in :func:`jeffreys`, or if the counts are not (camps, m) with at least one camp.

    Sources: Berger (1982), Multiparameter hypothesis testing and acceptance sampling, Technometrics 24
    (intersection–union); Clopper & Pearson (1934), Biometrika 26.
    """
    x, n = _counts(successes, trials)
    if x.ndim != 2 or not len(x):
        raise InputError(f"The counts have shape {x.shape}; give one row a camp and one column a statement.")
    if passing is None:
        passing = exceedance(x, n, threshold=threshold)
    voted = n > 0
    anyone = voted.any(axis=0)
    share = np.where(voted, x / np.maximum(n, 1), np.inf)
    smallest = share.min(axis=0)
    shrunk = np.where(share == smallest, (x + 0.5) / (n + 1), np.inf)
    low, high = _smallest_interval(x, n, _tail(level))
    return Weakest(
        posterior=np.where(anyone, passing.prod(axis=0), np.nan),
        estimate=np.where(anyone, smallest, np.nan),
        low=np.where(anyone, low, np.nan),
        high=np.where(anyone, high, np.nan),
        camp=np.where(anyone, shrunk.argmin(axis=0), -1),
    )


def _smallest_interval(x: Integers, n: Integers, tail: float) -> tuple[Floats, Floats]:
    """Bounds of the smallest of several shares; anything where nobody voted."""
    if len(x) == 1:
        return _jeffreys_low(x, n, tail)[0], 1 - _jeffreys_low(n - x, n, tail)[0]
    camps = np.maximum((n > 0).sum(axis=0), 1)
    low, failing = _extreme_low(np.stack([x, n - x]), n, np.stack([np.full(camps.shape, tail), tail / camps]))
    return low, 1 - failing


def _extreme_low(x: Integers, n: Integers, tail: Floats) -> tuple[Floats, Floats]:
    """(m,) the smallest :func:`_exact_low` over the camps, and of the second (camps, m) counts the largest.

    Inverses are slow, so only that of the camp likeliest by Wilson's interval is found; and that of another camp where
    its tail at this bound shows its own to lie beyond. ``x`` is (2, camps, m), ``tail`` (2, m).
    """
    from scipy.special import betainc, ndtri

    sign, tail = np.array([1, -1])[:, None, None], tail[:, None]
    half, sure, hits = ndtri(tail) ** 2 / 2, np.maximum(n, 1.0), np.maximum(x - 0.5, 0)
    wilson = (hits + half - np.sqrt(half * (2 * hits * (1 - hits / sure) + half))) / (sure + 2 * half)
    likeliest = (sign * np.where(x == 0, -1, wilson)).argmin(axis=1, keepdims=True)
    failed = n - x
    its, its_failed = np.take_along_axis(x, likeliest, 1), np.take_along_axis(failed, likeliest, 1)
    low = np.repeat(_exact_low(its, its + its_failed, tail), x.shape[1], axis=1)
    # A camp with no fewer successes and no more failures has no lower bound; with the reverse, no higher one.
    may = (x > 0) & ((sign * (x - its) < 0) | (sign * (failed - its_failed) > 0))
    beyond = may & (sign * betainc(np.maximum(x, 1), failed + 1, low, where=may, out=low.copy()) > sign * tail)
    low[beyond] = _exact_low(x[beyond], (x + failed)[beyond], np.broadcast_to(tail, x.shape)[beyond])
    return low[0].min(axis=0), low[1].max(axis=0)


def _jeffreys_low(x: Integers, n: Integers, tail: float) -> Floats:
    """Lower bound; by symmetry the upper one is that of the failures, taken from 1."""
    from scipy.special import betaincinv

    low = np.where(x == 0, 0.0, betaincinv(x + 0.5, n - x + 0.5, tail))
    return np.where(n == 0, np.nan, low)


def _exact_low(x: Integers, n: Integers, tail: Floats) -> Floats:
    """Share at which x successes or more would have probability ``tail``; 0 at x = 0, and so without trials."""
    from scipy.special import betaincinv

    return np.asarray(betaincinv(np.maximum(x, 1), n - x + 1, tail, where=x > 0, out=np.zeros(x.shape)))


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise InputError(f"The level of an interval is {level}; it must lie between 0 and 1.")
    return (1 - level) / 2


def _counts(successes: ArrayLike, trials: ArrayLike) -> tuple[Integers, Integers]:
    x, n = np.broadcast_arrays(np.asarray(successes, dtype=np.int64), np.asarray(trials, dtype=np.int64))
    if (x < 0).any() or (x > n).any():
        raise InputError("A count of successes is negative or larger than its count of trials.")
    return x, n
