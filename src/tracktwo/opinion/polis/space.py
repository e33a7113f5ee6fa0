"""Where Polis places people and statements: steps 1 to 6 of its pipeline."""

from __future__ import annotations

import numpy as np

from tracktwo.opinion.analysis import Flags, Floats, Integers, Space
from tracktwo.opinion.components import components, project
from tracktwo.opinion.passes import gather, histogram
from tracktwo.opinion.votes import Votes

LEAST_VOTES = 7
LEAST_PEOPLE = 15
SAMPLED = 10_000
"""People above whom a Polis server updates its components from random samples, so that no digits are to be met."""
EXACT, ENOUGH = 1e-12, 1e-9
"""How far the components are taken; see :func:`components`."""


def row_order(votes: Votes) -> Integers:
    """People in the order of the rows of Polis (step 1): by first vote in time, then by id; (n,) positions."""
    ids = np.arange(votes.n)
    return ids if votes.first_vote is None else np.lexsort((ids, votes.first_vote))


def columns(votes: Votes) -> tuple[Flags, Flags]:
    """Which statements anybody voted on, and which of those are inside the mathematics; both (m,).

    A statement without a vote has no column in Polis at all. Those moderated out and those about the person
    (meta) keep theirs, filled with zeros for everybody, which counts as if everybody had passed (step 1).
    """
    present = histogram(votes)[0].sum(axis=1) > 0
    return present, present & ~(votes.moderated_out | votes.meta)


def in_conversation(votes: Votes) -> Flags:
    """(n,) who takes part in the grouping (step 2).

    Whoever cast at least min(7, statements) votes, moderated statements included; while fewer than 15 do, the most
    active of the others fill up to 15. A live server also keeps everybody whom an earlier, smaller conversation let
    in, and breaks ties among the most active by a hash; here ties go by row.
    """
    cast = np.diff(votes.indptr)
    inside = (cast > 0) & (cast >= min(LEAST_VOTES, int(columns(votes)[0].sum())))
    missing = LEAST_PEOPLE - int(inside.sum())
    if missing > 0:
        rows = row_order(votes)
        rows = rows[(cast[rows] > 0) & ~inside[rows]]
        inside[rows[np.argsort(-cast[rows], kind="stable")[:missing]]] = True
    return inside


def space(votes: Votes) -> Space:
    """Two principal components over all voters, and everybody's place on them (steps 3 to 6).

    Agree counts +1 as everywhere in tracktwo; inside Polis it is −1, so centre and positions there have the other
    sign. The sign of a component is free: here its entry of largest size is positive.

    Every voter has a position, also those outside the conversation, as in Polis; without a vote it is NaN. It is
    √(statements / votes of the person) · Σ (v − μ)·component over their votes, a column of zeros counting as a vote.
    A statement stands where somebody would who cast one vote, agree, on it; its extremity is the distance from 0.
    """
    present, kept = columns(votes)
    counts = histogram(votes)[0]
    center = np.where(kept, (counts[:, 2] - counts[:, 0]) / np.maximum(counts.sum(axis=1), 1), 0.0)
    zeroed = present & ~kept
    axes, values = components(votes, center, kept, r=2, tolerance=EXACT if votes.n <= SAMPLED else ENOUGH)
    counted = np.diff(votes.indptr) + zeroed.sum() - _cast_on(votes, zeroed)
    positions = np.sqrt(present.sum() / np.maximum(counted, 1))[:, None] * project(votes, center, axes)
    positions[np.diff(votes.indptr) == 0] = np.nan
    statements = np.sqrt(present.sum()) * (1 - center)[:, None] * axes.T
    total = (counts[:, [0, 2]].sum(axis=1) - counts.sum(axis=1) * center**2)[kept].sum()
    return Space(center, axes, values**2 / max(total, 1e-300), positions, statements)


def _cast_on(votes: Votes, statements: Flags) -> Floats:
    """(n,) votes on the statements (m,) that are true."""
    if not statements.any():
        return np.zeros(votes.n)
    return np.rint(gather(votes, np.repeat(statements, 4).astype(float)[:, None])[:, 0])
