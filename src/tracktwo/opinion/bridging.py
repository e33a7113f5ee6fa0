"""Bridging: which statements people agree with whatever divides them, by matrix factorisation.

The model is that of Community Notes (Wojcik et al. 2022, arXiv:2210.15723) with its loss as in its code: a rating
(agree 1, pass ½, disagree 0) is explained by a mean, an intercept of the person and of the statement, and the product
of a factor of each. Given the statements' terms, the people's are ridge regressions with two unknowns; they are solved
inside the pass over the votes, so that what is minimised is a function of the statements' terms alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Bridging
from tracktwo.opinion.components import sample
from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

INTERCEPT_PENALTY, FACTOR_PENALTY = 0.15, 0.03
RATINGS_NEEDED, STATEMENTS_NEEDED = 5, 10
"""Ratings that a statement needs, then ratings of such statements that a person needs."""
MOST_ROUNDS = 500
MEMORY = 8
"""Earlier rounds that an accelerated round draws on."""
FEW_VOTES = 1 << 15
"""Votes up to which every start is followed; with more, a sample picks the start."""
RATING = np.array([0.0, 0.5, 1.0, 0.0])


def bridging(
    votes: Votes, *, included: Flags | None = None, starts: int = 8, seed: int = 0, tolerance: float = 1e-12
) -> Bridging | None:
    """Fit the bridging model; None where no vote survives the filter.

    ``included`` (m,) says which statements count (default: all). Statements with five ratings are kept, then people
    with ten ratings of those, once, as in Community Notes. The loss is the mean squared error + 0.15 (mean i² of people
    + mean i² of statements + μ²) + 0.03 (mean f² of people + mean f² of statements). It is not convex: of ``starts``
    starts, drawn from ``seed``, the lowest is kept, and followed until a round promises to lower it by less than
    ``tolerance`` of itself. The factor of largest magnitude among the statements is positive.

    The interval ``low``–``high`` covers the intercept, penalty included, that many more people drawn as these were
    would give, in 95 of 100 rooms: a sandwich (Huber 1967) over people.
    """
    problem = _problem(votes, included)
    if problem is None:
        return None
    terms, converged = _descended(problem, starts=starts, seed=seed, tolerance=tolerance)
    return _reported(problem, terms, converged)


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """The votes that survive the filter, and what of them does not change from round to round."""

    votes: Votes
    rated: Integers
    """(n,) ratings of the person that count; 0 where the person is left out."""
    counts: Floats
    """(m, 4) kept votes by code."""
    ratings: float
    people: int
    statements: int

    @property
    def kept(self) -> Flags:
        """(m,) whether the statement has ratings."""
        kept: Flags = self.counts.sum(axis=1) > 0
        return kept

    @property
    def person_ridge(self) -> tuple[float, float]:
        """What a person's penalties weigh in units of one rating."""
        return INTERCEPT_PENALTY * self.ratings / self.people, FACTOR_PENALTY * self.ratings / self.people

    @property
    def statement_ridge(self) -> tuple[float, float]:
        """What a statement's penalties weigh in units of one rating."""
        return INTERCEPT_PENALTY * self.ratings / self.statements, FACTOR_PENALTY * self.ratings / self.statements


def _problem(votes: Votes, included: Flags | None, statements: Flags | None = None) -> _Problem | None:
    """The filtered problem; ``statements`` (m,) are those already known to have the ratings needed."""
    if statements is None:
        statements = passes.histogram(votes)[0].sum(axis=1) >= RATINGS_NEEDED
        if included is not None:
            statements &= included
    named = np.repeat(statements, 4)[:, None].astype(np.float64)
    rated = np.rint(passes.gather(votes, named)[:, 0]).astype(np.int64)
    rated[rated < STATEMENTS_NEEDED] = 0
    counts = np.zeros((votes.m, 4))
    counts[:, :3] = passes.histogram(votes, np.where(rated > 0, 0, -1))[0]
    counts[~statements] = 0
    ratings = float(counts.sum())
    if ratings == 0:
        return None
    return _Problem(
        votes, rated, counts, ratings, int(np.count_nonzero(rated)), int(np.count_nonzero(counts.sum(axis=1)))
    )


# The statements' terms travel as one array (…, 2 m + 1): the mean, the intercepts, the factors.


def _table(problem: _Problem, terms: Floats) -> Floats:
    """(4 m, 4) for each code f, f², y and y·f, as :func:`passes.eliminate` reads them."""
    m = problem.votes.m
    mean, intercept, factor = terms[0], terms[1 : m + 1], terms[m + 1 :]
    kept = problem.kept
    table = np.zeros((m, 4, 4))
    table[:, :, 0] = (factor * kept)[:, None]
    table[:, :, 1] = table[:, :, 0] ** 2
    table[:, :3, 2] = (RATING[:3] - (mean + intercept)[:, None]) * kept[:, None]
    table[:, :, 3] = table[:, :, 2] * table[:, :, 0]
    return table.reshape(4 * m, 4)


@dataclass(frozen=True, slots=True, eq=False)
class _Round:
    """One alternation from the statements' terms to the people's and back."""

    loss: float
    """Of the terms that the round began with."""
    terms: Floats
    """The terms that are best for these people."""
    promised: float
    """By how much the loss falls on the way there, the people's terms held."""


def _alternated(problem: _Problem, terms: Floats) -> _Round:
    m = problem.votes.m
    _, sums, explained = passes.eliminate(
        problem.votes, rated=problem.rated, table=_table(problem, terms), ridge=problem.person_ridge
    )
    counts, kept = problem.counts, problem.kept
    mean, intercept, factor = terms[0], terms[1 : m + 1], terms[m + 1 :]
    a, b = problem.statement_ridge
    left = RATING - (mean + intercept)[:, None]
    squares = float((counts * left**2).sum()) - explained
    penalty = a * float(intercept @ intercept) + b * float(factor @ factor)
    own = INTERCEPT_PENALTY * mean * mean
    loss = (squares + penalty) / problem.ratings + own
    by_code = sums.reshape(m, 4, 4) * kept[:, None, None]
    i, g, gg, ig = by_code.sum(axis=1).T
    count = counts.sum(axis=1)
    first = counts @ RATING - i
    second = by_code[:, :, 1] @ RATING - ig
    corner, edge = count + a, gg + b
    determinant = corner * edge - g * g
    # intercept and factor are linear in the mean: what they are at 0, less the mean times how they fall
    at_zero = np.stack([(edge * first - g * second), (corner * second - g * first)]) / determinant
    fall = np.stack([(edge * count - g * g), (corner * g - g * count)]) / determinant
    best = (first.sum() - count @ at_zero[0] - g @ at_zero[1]) / (
        (1 + INTERCEPT_PENALTY) * problem.ratings - count @ fall[0] - g @ fall[1]
    )
    fitted = np.concatenate([[best], (at_zero - best * fall).ravel()])
    step = fitted - terms
    di, df = step[1 : m + 1], step[m + 1 :]
    moved = (count * (step[0] + di) ** 2 + 2 * g * (step[0] + di) * df + gg * df**2).sum()
    promised = (moved + a * float(di @ di) + b * float(df @ df)) / problem.ratings + INTERCEPT_PENALTY * step[0] ** 2
    return _Round(loss, fitted, promised)


def _followed(problem: _Problem, terms: Floats, *, tolerance: float, rounds: int) -> tuple[Floats, float, bool]:
    """Alternate from ``terms``, accelerated after Anderson (Walker & Ni 2011); terms, loss, and whether it converged.

    A round that does not lower the loss is taken back, and the plain alternation, which always does, is made instead.
    """
    current = _alternated(problem, terms)
    moves: list[Floats] = []
    images: list[Floats] = []
    for _ in range(rounds):
        if current.promised <= tolerance * current.loss:
            return terms, current.loss, True
        residual = current.terms - terms
        wanted = current.terms
        if moves:
            steps, changes = np.array(moves), np.array(images)
            gram = changes @ changes.T
            gram[np.diag_indices(len(gram))] *= 1 + 1e-10
            mixed = np.linalg.lstsq(gram, changes @ residual, rcond=1e-12)[0]
            wanted = current.terms - mixed @ (steps + changes)
        following = _alternated(problem, wanted)
        if moves and following.loss > current.loss:
            moves, images, wanted = [], [], current.terms
            following = _alternated(problem, wanted)
        moves = [*moves[1 - MEMORY :], wanted - terms]
        images = [*images[1 - MEMORY :], following.terms - wanted - residual]
        terms, current = wanted, following
    return terms, current.loss, False


def _descended(problem: _Problem, *, starts: int, seed: int, tolerance: float) -> tuple[Floats, bool]:
    """The lowest terms found, and whether they converged."""
    if problem.ratings > 4 * FEW_VOTES:
        fewer = _problem(sample(problem.votes, max(FEW_VOTES, len(problem.votes.codes) // 20)), None, problem.kept)
        if fewer is not None:
            terms, _ = _descended(fewer, starts=starts, seed=seed, tolerance=1e-6)
            terms, _, converged = _followed(problem, terms, tolerance=tolerance, rounds=MOST_ROUNDS)
            return terms, converged
    drawn = np.random.default_rng(seed).standard_normal((max(1, starts), problem.votes.m))
    best: tuple[Floats, float] | None = None
    for factor in drawn:
        start = np.concatenate([[0.5], np.zeros(problem.votes.m), 0.3 * factor * problem.kept])
        terms, loss, _ = _followed(problem, start, tolerance=1e-6, rounds=MOST_ROUNDS)
        if best is None or loss < best[1]:
            best = terms, loss
    assert best is not None
    terms, _, converged = _followed(problem, best[0], tolerance=tolerance, rounds=MOST_ROUNDS)
    return terms, converged


def _reported(problem: _Problem, terms: Floats, converged: bool) -> Bridging:
    m, votes = problem.votes.m, problem.votes
    kept, present = problem.kept, problem.rated > 0
    factor = terms[m + 1 :]
    table = _table(problem, terms)
    ridge = problem.person_ridge
    people, _, _ = passes.eliminate(votes, rated=problem.rated, table=table, ridge=ridge)
    error = _standard_error(problem, terms, people, table)
    loss = _alternated(problem, terms).loss
    size = np.abs(factor)
    sign = -1.0 if size.max() > 0 and factor[np.argmax(size >= (1 - 1e-9) * size.max())] < 0 else 1.0
    intercept = np.where(kept, terms[1 : m + 1], np.nan)
    return Bridging(
        mean=float(terms[0]),
        person_intercept=np.where(present, people[:, 0], np.nan),
        person_factor=np.where(present, sign * people[:, 1], np.nan),
        statement_intercept=intercept,
        statement_factor=np.where(kept, sign * factor, np.nan),
        low=intercept - 1.96 * error,
        high=intercept + 1.96 * error,
        loss=loss,
        converged=converged,
    )


def _standard_error(problem: _Problem, terms: Floats, people: Floats, table: Floats) -> Floats:
    """(m,) of the statements' intercepts."""
    m = problem.votes.m
    sums = passes.spread(problem.votes, rated=problem.rated, table=table, ridge=problem.person_ridge, people=people)
    one, g, gg, ee, eeg, eegg = (sums.reshape(m, 4, 6).sum(axis=1) * problem.kept[:, None]).T
    a, b = problem.statement_ridge
    corner, edge = one + a, gg + b
    determinant = corner * edge - g * g
    # the first row of the inverse bread, times the filling, times itself
    left, right = edge / determinant, -g / determinant
    used = (one * edge + gg * corner - 2 * g * g) / determinant
    count = problem.counts.sum(axis=1)
    grown = count / np.maximum(count - used, 1.0)
    variance: Floats = np.maximum(left * left * ee + 2 * left * right * eeg + right * right * eegg, 0) * grown
    return np.sqrt(variance)
