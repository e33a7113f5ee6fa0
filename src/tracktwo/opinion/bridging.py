"""Bridging: which statements people agree with whatever divides them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Bridging
from tracktwo.opinion.components import signed
from tracktwo.opinion.factorisation import Problem, Round, filtered, minimised
from tracktwo.opinion.threads import on_one_blas_thread
from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NORMAL_975 = 1.959963984540054


@on_one_blas_thread
def bridging(
    votes: Votes, *, included: Flags | None = None, starts: int = 16, seed: int = 0, tolerance: float = 1e-8
) -> Bridging | None:
    """Fit the bridging model of Community Notes (Wojcik et al. 2022); None if the filter keeps nothing.

    ``included`` (m,) says which statements count (default: all). Statements with five ratings are kept, then people
    with ten ratings of those, once, as in Community Notes. The loss is that of its code: mean squared error + 0.15
    (mean i² of people + mean i² of statements + μ²) + 0.03 (mean f² of people + mean f² of statements). It is not
    convex: starts are drawn from ``seed`` until two have found the lowest minimum, ``starts`` at most, and it is
    followed until a round promises to lower the loss by less than ``tolerance`` of itself. The factor of largest
    magnitude among the statements is positive.

    ``low``–``high`` is a 95 % interval of each statement's intercept, as other people drawn like these would scatter
    it: a sandwich over people (Huber 1967) that counts each person's own fit, and takes the other statements' terms
    as known.
    """
    problem = filtered(votes, included)
    if problem is None:
        return None
    reached, converged = minimised(problem, starts=starts, seed=seed, tolerance=tolerance)
    m = votes.m
    factor = reached.begun[m + 1 :]
    sign = -1.0 if signed(factor[None])[0] @ factor < 0 else 1.0
    present = problem.rated > 0
    intercept = np.where(problem.kept, reached.begun[1 : m + 1], np.nan)
    margin = NORMAL_975 * _standard_error(problem, reached)
    return Bridging(
        mean=float(reached.begun[0]),
        person_intercept=np.where(present, reached.people[:, 0], np.nan),
        person_factor=np.where(present, sign * reached.people[:, 1], np.nan),
        statement_intercept=intercept,
        statement_factor=np.where(problem.kept, sign * factor, np.nan),
        low=intercept - margin,
        high=intercept + margin,
        loss=reached.loss,
        converged=converged,
    )


def _standard_error(problem: Problem, reached: Round) -> Floats:
    """(m,) of the statements' intercepts."""
    passes.kernel.prepare(reached.begun, problem.count, problem.table)
    sums = passes.spread(
        problem.votes, rated=problem.rated, table=problem.table, ridge=problem.person_ridge, people=reached.people
    )
    free, g, gg, ee, eeg, eegg = (sums[:, :6] * problem.kept[:, None]).T
    _, a, b = problem.ridges
    corner, edge = free + a, gg + b
    determinant = corner * edge - g * g
    # the first row of the inverse bread, times the filling, times itself
    left, right = edge / determinant, -g / determinant
    used = (free * edge + gg * corner - 2 * g * g) / determinant
    grown = problem.count / np.maximum(problem.count - used, 1.0)
    variance: Floats = np.maximum(left * left * ee + 2 * left * right * eeg + right * right * eegg, 0) * grown
    return np.sqrt(variance)
