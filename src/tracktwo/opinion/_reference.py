"""The passes in NumPy: the oracle of the compiled ones, and what runs where those could not be built."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.votes import Votes


def histogram(votes: Votes, labels: NDArray[np.int64] | None = None, k: int = 1) -> NDArray[np.int64]:
    """(k, m, 3) disagreements, passes, agreements of the people of each label; negative labels are left out."""
    shape = (k, 4 * votes.m)
    if labels is None:
        flat = votes.codes.astype(np.int64)
    else:
        of_vote = np.repeat(np.asarray(labels, dtype=np.int64), np.diff(votes.indptr))
        kept = of_vote >= 0
        flat = of_vote[kept] * shape[1] + votes.codes[kept]
    return np.bincount(flat, minlength=k * shape[1]).reshape(k, votes.m, 4)[:, :, :3].astype(np.int64)


def gather(votes: Votes, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, b) for each person the sum of the rows of ``table`` (4 m, b) that the person's codes name."""
    sums = np.zeros((len(votes.codes) + 1, table.shape[1]))
    np.cumsum(table[votes.codes], axis=0, out=sums[1:])
    return sums[votes.indptr[1:]] - sums[votes.indptr[:-1]]


def gather_scatter(votes: Votes, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """(4 m, b) for each code the sum, over the people who gave it, of their row of :func:`gather`."""
    out = np.zeros_like(table)
    np.add.at(out, votes.codes, gather(votes, table)[votes.rows])
    return out
