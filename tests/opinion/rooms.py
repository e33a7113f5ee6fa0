"""Rooms made up for the tests: votes drawn from known camps, or from none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import Votes


def structureless(
    seed: int, *, people: int, statements: int, share: float = 1.0, leaning: float = 0.0, passes: float = 0.1
) -> Votes:
    """Independent votes with statement effects, and person effects of standard deviation ``leaning`` (logits)."""
    rng = np.random.default_rng(seed)
    logit = rng.normal(0, leaning, people)[:, None] + rng.normal(0, 1.2, statements)
    matrix = np.where(rng.random(logit.shape) < 1 / (1 + np.exp(-logit)), 1.0, -1.0)
    matrix[rng.random(logit.shape) < passes] = 0
    matrix[rng.random(logit.shape) >= share] = np.nan
    return Votes.of_dense(matrix)


def two_camps(
    seed: int, *, people: int = 20, statements: int = 30, split: int = 15, difference: float = 0.5
) -> tuple[Votes, NDArray[np.int64]]:
    """Two equal camps whose agree probabilities differ by ``difference`` on ``split`` statements, and the truth."""
    rng = np.random.default_rng(seed)
    truth = np.arange(people) % 2
    share = np.tile(rng.uniform(0.1, 0.9, statements), (2, 1))
    divided = rng.permutation(statements)[:split]
    share[:, divided] = rng.uniform(0, 1 - difference, split)
    share[rng.integers(0, 2, split), divided] += difference
    return Votes.of_dense(np.where(rng.random((people, statements)) < share[truth], 1.0, -1.0)), truth


def four_camps(seed: int, *, size: int = 10, statements: int = 30) -> tuple[Votes, NDArray[np.int64]]:
    """Four camps at the corners of a tetrahedron: any two agree on one third of the statements."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(4), size)
    corners = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    share = 0.5 + 0.3 * corners[:, np.arange(statements) % 3]
    return Votes.of_dense(np.where(rng.random((len(truth), statements)) < share[truth], 1.0, -1.0)), truth
