"""The matrix factorisation of Community Notes, minimised over the statements' terms with the people's solved for.

A rating (agree 1, pass ½, disagree 0) is explained by a mean, an intercept of the person and of the statement, and the
product of a factor of each (Wojcik et al. 2022, arXiv:2210.15723). Given the statements' terms, the people's are ridge
regressions with two unknowns, solved inside the pass over the votes; given the people's, so are the statements'.
Alternating between the two lowers the loss every time; remembering how the slope changed makes it fast. Statements'
terms travel as one array (2 m + 1,): the mean, the intercepts, the factors.
"""

from __future__ import annotations

from collections.abc import Sequence
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
SETTLED = 1e-5
"""What a round may still promise, of the loss, when starts are compared and when a sample hands over to everybody."""
ALIKE = 0.95
"""The cosine from which on statement factors are taken to belong to one minimum."""


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
    ridges: tuple[float, float, float]
    """What the mean, a statement's intercept and its factor are penalised with."""
    table: Floats
    """(4 m, 4) room for what the passes read."""


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """Terms of the statements, with the people's that fit them best and what follows for the next."""

    begun: Floats
    """(2 m + 1,) the statements' terms that it began with."""
    loss: float
    """Of those, with the people's terms that fit them best."""
    people: Floats
    """(n, 2) the intercept and the factor of each person."""
    g: Floats
    """(2, m) the sums of the people's factors and of their squares, by statement."""
    slope: Floats
    """(2 m + 1,) half the derivative of the penalised sum of squares by the statements' terms."""


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
    mean_ridge = INTERCEPT_PENALTY * ratings
    of_people, of_statements = (
        (mean_ridge / size, FACTOR_PENALTY * ratings / size)
        for size in (np.count_nonzero(rated), np.count_nonzero(count))
    )
    total, squares = 0.5 * counts[:, 1] + counts[:, 2], float(0.25 * counts[:, 1].sum() + counts[:, 2].sum())
    table = passes.aligned((4 * votes.m, 4))
    return Problem(
        votes, rated, count > 0, count, total, squares, ratings, of_people, (mean_ridge, *of_statements), table
    )


@dataclass(slots=True, eq=False)
class Memory:
    """Moves and the changes of the slope that they brought, in rings."""

    moves: Floats
    """(MEMORY, 2 m + 1), as :attr:`changes`."""
    changes: Floats
    held: int = 0
    newest: int = -1

    @classmethod
    def of(cls, problem: Problem) -> Memory:
        """An empty one."""
        shape = MEMORY, 2 * problem.votes.m + 1
        return cls(np.empty(shape), np.empty(shape))

    def add(self, move: Floats, change: Floats) -> None:
        """Take in a pair, in place of the oldest where the ring is full; one that does not curve upwards is left."""
        if float(move @ change) > 1e-12 * float(move @ move):
            self.newest = (self.newest + 1) % MEMORY
            self.held = max(self.held, self.newest + 1)
            self.moves[self.newest], self.changes[self.newest] = move, change

    def forget(self) -> None:
        """Be empty again."""
        self.held, self.newest = 0, -1

    def direction(self, problem: Problem, current: Round) -> Floats:
        """(2 m + 1,) where to go from there."""
        out = np.empty(len(current.slope))
        moves, changes = self.moves[: self.held], self.changes[: self.held]
        passes.kernel.direct(current.g, problem.count, problem.ridges, current.slope, moves, changes, self.newest, out)
        return out


Minimum = tuple[Round, Memory]
"""A round near a minimum, and what the way there taught."""


def minimised(problem: Problem, *, starts: int, seed: int, tolerance: float) -> tuple[Round, bool]:
    """The round that begins with the lowest terms found, and whether it promises no more than ``tolerance`` of it."""
    begun, memory = _sampled(problem, starts=min(starts, SAMPLE_STARTS), seed=seed) or _begun(
        problem, starts=starts, seed=seed
    )
    return _followed(problem, begun, memory, tolerance=tolerance)


def _sampled(problem: Problem, *, starts: int, seed: int) -> Minimum | None:
    """Where a minimum of a sample, or of a sample of that, leads; None where the votes are too few for one."""
    few_votes = max(FEW_VOTES, FEW_A_STATEMENT * int(np.count_nonzero(problem.kept)))
    if problem.ratings <= 2 * few_votes:
        return None
    few = sample(problem.votes, max(few_votes, len(problem.votes.codes) // SAMPLED))
    fewer = filtered(few, enough=problem.kept)
    if fewer is None:
        return None
    begun, memory = _sampled(fewer, starts=starts, seed=seed) or _begun(fewer, starts=starts, seed=seed)
    near, _ = _followed(fewer, begun, memory, tolerance=SETTLED)
    # what the sample taught about the curvature holds for everybody, in proportion
    memory.changes[: memory.held] *= problem.ratings / fewer.ratings
    return alternated(problem, near.begun), memory


def _begun(problem: Problem, *, starts: int, seed: int) -> Minimum:
    """The lowest of the minima that ``starts`` starts lead to, nearly reached.

    A start that has come near a minimum already known is given up, and once two have found the lowest no more are made.
    """
    m = problem.votes.m
    rng = np.random.default_rng(seed)
    mean = float(problem.total.sum()) / problem.ratings
    intercept = (problem.total - mean * problem.count) / (problem.count + problem.ridges[1])
    minima: list[Minimum] = []
    found: list[int] = []
    for _ in range(max(1, starts)):
        factor = 0.3 * rng.standard_normal(m) * problem.kept
        begun, memory = alternated(problem, np.concatenate([[mean], intercept, factor])), Memory.of(problem)
        reached, _ = _followed(problem, begun, memory, tolerance=SETTLED, known=minima)
        near = _near(reached, minima)
        if near is None:
            minima.append((reached, memory))
            found.append(1)
        else:
            found[near] += 1
        best = min(range(len(minima)), key=lambda which: minima[which][0].loss)
        if found[best] == 2:
            break
    return minima[best]


def _near(reached: Round, known: Sequence[Minimum]) -> int | None:
    """The number of the minimum whose statement factors are parallel, about."""
    size = len(reached.begun) // 2 + 1
    factor = reached.begun[size:]
    for number, (minimum, _) in enumerate(known):
        theirs = minimum.begun[size:]
        bound = ALIKE * np.sqrt(float(factor @ factor) * float(theirs @ theirs))
        if abs(float(factor @ theirs)) >= bound:
            return number
    return None


def _followed(
    problem: Problem, current: Round, memory: Memory, *, tolerance: float, known: Sequence[Minimum] = ()
) -> tuple[Round, bool]:
    """Descend from ``current`` by limited-memory BFGS (Nocedal 1980), with the alternation's curvature as first guess.

    Without memory a round is thus a plain alternation. Ends where it comes near a minimum already known; says whether a
    round promises to lower the loss by no more than ``tolerance`` of itself.
    """
    for _ in range(MOST_ROUNDS):
        direction = memory.direction(problem, current)
        steep = float(current.slope @ direction)
        if 0 <= -steep <= tolerance * current.loss * problem.ratings:
            return current, True
        if _near(current, known) is not None:
            break
        following = _searched(problem, current, direction, steep)
        if following is None and memory.held:
            memory.forget()
            continue
        if following is None:
            break
        memory.add(following.begun - current.begun, following.slope - current.slope)
        current = following
    return current, False


def _searched(problem: Problem, current: Round, direction: Floats, steep: float) -> Round | None:
    """A round lower along ``direction`` and no longer nearly as ``steep`` (Wolfe 1969); None if there is none."""
    if steep >= 0:
        return None
    best, length = None, 1.0
    for _ in range(20):
        tried = alternated(problem, current.begun + length * direction)
        rise = (tried.loss - current.loss) * problem.ratings / 2
        if rise > 1e-4 * length * steep + 1e-13 * problem.ratings:
            if best is not None:
                return best
            length *= min(max(0.5 * steep * length / (steep * length - rise), 0.1), 0.5)
            continue
        if float(tried.slope @ direction) >= 0.9 * steep:
            return tried
        best = tried if best is None or tried.loss < best.loss else best
        length *= 4
    return best


def alternated(problem: Problem, terms: Floats) -> Round:
    """The people's terms that fit the statements' best, then what those say of the statements'."""
    kernel = passes.kernel
    kernel.prepare(terms, problem.count, problem.table)
    people, sums, explained = passes.eliminate(
        problem.votes, rated=problem.rated, table=problem.table, ridge=problem.person_ridge
    )
    g, slope = np.empty((2, problem.votes.m)), np.empty(len(terms))
    fit = kernel.complete(sums, problem.count, problem.total, terms, problem.ridges, g, slope)
    return Round(terms, (problem.squares + fit - explained) / problem.ratings, people, g, slope)
