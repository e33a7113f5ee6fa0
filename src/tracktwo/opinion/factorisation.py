"""The matrix factorisation of Community Notes, minimised over the statements' terms with the people's solved for.

A rating (agree 1, pass ½, disagree 0) is explained by a mean, an intercept of the person and of the statement, and the
product of a factor of each (Wojcik et al. 2022, arXiv:2210.15723). Given the statements' terms, the people's are ridge
regressions with two unknowns, solved inside the pass over the votes; given the people's, so are the statements'.
Alternating between the two lowers the loss every time; remembering how the slope changed makes it fast. Statements'
terms travel as one array (2 m + 1,): the mean, the intercepts, the factors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import passes
from tracktwo.opinion.components import sample
from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

INTERCEPT_PENALTY, FACTOR_PENALTY = 0.15, 0.03
RATINGS_NEEDED, STATEMENTS_NEEDED = 5, 10
"""Ratings that a statement needs, then ratings of such statements that a person needs."""
MOST_ROUNDS = 1000
MEMORY = 8
"""Earlier rounds that an accelerated round draws on."""
FEW_VOTES, FEW_A_STATEMENT = 1 << 14, 64
"""Votes, in all and a statement, in which starts are followed; where there are twice as many, those of a sample."""
SAMPLED = 5
"""Votes to one of the sample."""
SAMPLE_STARTS = 3
ROUGH, SETTLED = 1e-3, 1e-5
"""What a round may still promise when starts are compared, and when a sample hands over to everybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The votes that survive the filter, and what of them stays the same from round to round."""

    votes: Votes
    rated: Integers
    """(n,) ratings of the person that count; 0 where the person is left out."""
    kept: Flags
    """(m,) whether the statement has ratings that count."""
    count: Floats
    """(m,) ratings that count."""
    total: Floats
    """(m,) their sum."""
    squares: float
    """The sum of the squares of all ratings."""
    ratings: float
    person_ridge: tuple[float, float]
    """What a person's intercept and factor are penalised with, in units of one rating."""
    statement_ridge: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """One alternation from the statements' terms to the people's and back."""

    begun: Floats
    """(2 m + 1,) the statements' terms that it began with."""
    loss: float
    """Of those, with the people's terms that fit them best."""
    people: Floats
    """(n, 2) the intercept and the factor of each person."""
    table: Floats
    """What the passes read; see :func:`tracktwo.opinion._reference.eliminate`."""
    slope: Floats
    """(2 m + 1,) half the derivative of the penalised sum of squares by the statements' terms."""
    curvature: Curvature
    step: Floats
    """(2 m + 1,) the terms less those that fit these people best."""
    promised: float
    """By how much the loss would fall to those."""


def filtered(votes: Votes, included: Flags | None = None, *, enough: Flags | None = None) -> Problem | None:
    """Statements with five ratings, then people with ten ratings of those, once; None where nothing is left.

    ``included`` (m,) are the statements that may count; ``enough`` (m,) those already known to have the ratings.
    """
    if enough is None:
        enough = passes.histogram(votes)[0].sum(axis=1) >= RATINGS_NEEDED
        if included is not None:
            enough &= included
    rated = np.diff(votes.indptr)
    if not enough.all():
        rated = np.rint(passes.gather(votes, np.repeat(enough, 4)[:, None].astype(np.float64))[:, 0]).astype(np.int64)
    rated = np.where(rated < STATEMENTS_NEEDED, 0, rated)
    counts = passes.histogram(votes, np.where(rated > 0, 0, -1))[0] * enough[:, None].astype(np.float64)
    count = counts.sum(axis=1)
    ratings = float(count.sum())
    if ratings == 0:
        return None
    ridges = [
        (INTERCEPT_PENALTY * ratings / size, FACTOR_PENALTY * ratings / size)
        for size in (np.count_nonzero(rated), np.count_nonzero(count))
    ]
    total, squares = 0.5 * counts[:, 1] + counts[:, 2], float(0.25 * counts[:, 1].sum() + counts[:, 2].sum())
    return Problem(votes, rated, count > 0, count, total, squares, ratings, *ridges)


Pairs = list[tuple[Floats, Floats]]
"""Moves and the changes of the slope that they brought, oldest first."""


def minimised(problem: Problem, *, starts: int, seed: int, tolerance: float) -> tuple[Round, bool]:
    """The round that begins with the lowest terms found, and whether it promises no more than ``tolerance`` of it."""
    reached, _, converged = _minimised(problem, starts=starts, seed=seed, tolerance=tolerance)
    return reached, converged


def _minimised(problem: Problem, *, starts: int, seed: int, tolerance: float) -> tuple[Round, Pairs, bool]:
    few_votes = max(FEW_VOTES, FEW_A_STATEMENT * int(np.count_nonzero(problem.kept)))
    if problem.ratings > 2 * few_votes:
        few = sample(problem.votes, max(few_votes, len(problem.votes.codes) // SAMPLED))
        fewer = filtered(few, enough=problem.kept)
        if fewer is not None:
            starts = min(starts, SAMPLE_STARTS)
            near, pairs, _ = _minimised(fewer, starts=starts, seed=seed, tolerance=SETTLED)
            # what the sample taught about the curvature holds for everybody, in proportion
            share = problem.ratings / fewer.ratings
            pairs = [(move, share * change) for move, change in pairs]
            return _followed(problem, alternated(problem, near.begun), pairs, tolerance=tolerance)
    lowest, pairs = _begun(problem, starts=starts, seed=seed)
    return _followed(problem, lowest, pairs, tolerance=tolerance)


def _begun(problem: Problem, *, starts: int, seed: int) -> tuple[Round, Pairs]:
    """The lowest of the minima that ``starts`` starts lead to, nearly reached.

    A start that has come near a minimum already known is given up, and once two have found the lowest no more are made.
    """
    m = problem.votes.m
    rng = np.random.default_rng(seed)
    mean = problem.total.sum() / problem.ratings
    minima: list[tuple[Round, Pairs]] = []
    found: list[int] = []
    for _ in range(max(1, starts)):
        factor = 0.3 * rng.standard_normal(m) * problem.kept
        begun = alternated(problem, np.concatenate([[mean], np.zeros(m), factor]))
        reached, pairs, _ = _followed(problem, begun, [], tolerance=ROUGH)
        known = _same(reached, minima, 0.95)
        if known is None:
            reached, pairs, _ = _followed(problem, reached, pairs, tolerance=SETTLED)
            known = _same(reached, minima, 0.999)
        if known is None:
            minima.append((reached, pairs))
            found.append(1)
        else:
            found[known] += 1
        best = min(range(len(minima)), key=lambda which: minima[which][0].loss)
        if found[best] == 2:
            break
    return minima[best]


def _same(reached: Round, minima: list[tuple[Round, Pairs]], alike: float) -> int | None:
    """The number of the minimum whose statement factors are parallel, about."""
    size = len(reached.begun) // 2 + 1
    factor = reached.begun[size:]
    for number, (other, _) in enumerate(minima):
        theirs = other.begun[size:]
        bound = alike * np.sqrt(float(factor @ factor) * float(theirs @ theirs))
        if abs(float(factor @ theirs)) >= bound:
            return number
    return None


def _followed(problem: Problem, current: Round, pairs: Pairs, *, tolerance: float) -> tuple[Round, Pairs, bool]:
    """Descend from ``current`` by limited-memory BFGS (Nocedal 1980), with the alternation's curvature as first guess.

    Without memory a round is thus a plain alternation.
    """
    for _ in range(MOST_ROUNDS):
        if current.promised <= tolerance * current.loss:
            return current, pairs, True
        direction = _direction(current, pairs)
        following = _searched(problem, current, direction)
        if following is None and pairs:
            pairs = []
            continue
        if following is None:
            return current, pairs, False
        move, change = following.begun - current.begun, following.slope - current.slope
        if float(move @ change) > 1e-12 * float(move @ move):
            pairs = [*pairs[1 - MEMORY :], (move, change)]
        current = following
    return current, pairs, False


def _direction(current: Round, pairs: Pairs) -> Floats:
    """(2 m + 1,) where to go: the slope, against what the pairs say of the curvature.

    The two loops of Nocedal's recursion over products taken beforehand, so that few passes are made over the terms.
    """
    if not pairs:
        return -current.step
    moves, changes = np.array([move for move, _ in pairs]), np.array([change for _, change in pairs])
    products = (moves @ changes.T).tolist()
    shares = (moves @ current.slope).tolist()
    for i in reversed(range(len(pairs))):
        shares[i] = (shares[i] - sum(products[i][j] * shares[j] for j in range(i + 1, len(pairs)))) / products[i][i]
    out = current.curvature.solved(current.slope - np.array(shares) @ changes)
    for i, product in enumerate((changes @ out).tolist()):
        shares[i] -= (product + sum(products[j][i] * shares[j] for j in range(i))) / products[i][i]
    out += np.array(shares) @ moves
    return -out


def _searched(problem: Problem, current: Round, direction: Floats) -> Round | None:
    """A round lower along ``direction`` and no longer nearly as steep (Wolfe 1969); None if there is none."""
    steep = float(current.slope @ direction)
    if steep >= 0:
        return None
    best, near, length = None, 0.0, 1.0
    for _ in range(20):
        tried = alternated(problem, current.begun + length * direction)
        rise = (tried.loss - current.loss) * problem.ratings / 2
        if rise > 1e-4 * length * steep + 1e-13 * problem.ratings:
            if best is not None:
                return best
            length *= min(max(0.5 * steep * length / (steep * length - rise), 0.1), 0.5)
            continue
        slanted = float(tried.slope @ direction)
        if slanted >= 0.9 * steep or near:
            return tried
        best = tried if best is None or tried.loss < best.loss else best
        length *= 4
    return best


def alternated(problem: Problem, terms: Floats) -> Round:
    """The people's terms that fit the statements' best, then the statements' that fit those."""
    m = problem.votes.m
    a, b = problem.statement_ridge
    mean, intercept, factor = float(terms[0]), terms[1 : m + 1], terms[m + 1 :]
    level = mean + intercept
    table = _table(problem, level, factor)
    people, sums, explained = passes.eliminate(
        problem.votes, rated=problem.rated, table=table, ridge=problem.person_ridge
    )
    squares = problem.squares - 2 * float(problem.total @ level) + float(problem.count @ (level * level)) - explained
    penalty = a * float(intercept @ intercept) + b * float(factor @ factor)
    loss = (squares + penalty) / problem.ratings + INTERCEPT_PENALTY * mean * mean
    by_code = sums.reshape(m, 4, 4)
    i, g, gg, ig = (by_code[:, 0] + by_code[:, 1] + by_code[:, 2]).T * problem.kept
    curvature = Curvature.of(problem, g, gg)
    wanted = np.empty(2 * m + 1)
    np.subtract(problem.total, i, out=wanted[1 : m + 1])
    np.subtract((0.5 * by_code[:, 1, 1] + by_code[:, 2, 1]) * problem.kept, ig, out=wanted[m + 1 :])
    wanted[0] = wanted[1 : m + 1].sum()
    slope = curvature.times(terms) - wanted
    step = curvature.solved(slope)
    return Round(terms, loss, people, table, slope, curvature, step, float(slope @ step) / problem.ratings)


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """Half the second derivative of the penalised sum of squares by the statements' terms, the people's held."""

    corner: float
    count: Floats
    g: Floats
    diagonal: tuple[Floats, Floats]
    determinant: Floats
    fall: tuple[Floats, Floats]
    """By how much intercepts and factors fall where the mean rises by one."""
    pivot: float

    @classmethod
    def of(cls, problem: Problem, g: Floats, gg: Floats) -> Curvature:
        """From the sums of the people's factors and of their squares, by statement."""
        count, (a, b) = problem.count, problem.statement_ridge
        corner, first, second = (1 + INTERCEPT_PENALTY) * problem.ratings, count + a, gg + b
        determinant = first * second - g * g
        fall = (second * count - g * g) / determinant, a * g / determinant
        return cls(
            corner, count, g, (first, second), determinant, fall, corner - float(count @ fall[0]) - float(g @ fall[1])
        )

    def times(self, terms: Floats) -> Floats:
        """(2 m + 1,) the product with ``terms``."""
        m = len(self.count)
        mean, intercept, factor = terms[0], terms[1 : m + 1], terms[m + 1 :]
        out = np.empty(2 * m + 1)
        out[0] = self.corner * mean + self.count @ intercept + self.g @ factor
        out[1 : m + 1] = self.count * mean + self.diagonal[0] * intercept + self.g * factor
        out[m + 1 :] = self.g * (mean + intercept) + self.diagonal[1] * factor
        return out

    def solved(self, wanted: Floats) -> Floats:
        """(2 m + 1,) the terms whose product is ``wanted``."""
        m = len(self.count)
        one, two = wanted[1 : m + 1] / self.determinant, wanted[m + 1 :] / self.determinant
        out = np.empty(2 * m + 1)
        intercept, factor = self.diagonal[1] * one - self.g * two, self.diagonal[0] * two - self.g * one
        out[0] = (wanted[0] - self.count @ intercept - self.g @ factor) / self.pivot
        out[1 : m + 1] = intercept - out[0] * self.fall[0]
        out[m + 1 :] = factor - out[0] * self.fall[1]
        return out


def _table(problem: Problem, level: Floats, factor: Floats) -> Floats:
    """(4 m, 4) for each code f, f², y and y·f, as :func:`passes.eliminate` reads them."""
    out: Floats = passes.aligned((len(level), 4, 4))
    left = (np.array([0.0, 0.5, 1.0, 0.0]) - level[:, None]) * problem.kept[:, None]
    f = (factor * problem.kept)[:, None]
    out[:, :, 0] = f
    out[:, :, 1] = f * f
    out[:, :, 2] = left
    out[:, :, 3] = left * f
    return out.reshape(-1, 4)
