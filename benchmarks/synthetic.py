"""Votes drawn from a model: camps with opinions of their own, people with very different patience."""

from __future__ import annotations

import numpy as np

from tracktwo.opinion.votes import Statement, Votes

PASSES = 0.1


def planted(n: int, m: int, votes: int, *, camps: int = 3, seed: int = 0) -> Votes:
    """About ``votes`` votes of n people, in ``camps`` equal camps taking turns, on m statements.

    A statement is agreed with at a rate of its own that differs between the camps; one vote in ten is a pass. How many
    statements a person votes on varies, with a standard deviation of half its mean. Drawn in blocks of people: what it
    needs above the result is a few megabytes.
    """
    rng = np.random.default_rng(seed)
    agree = np.clip(rng.uniform(0.3, 0.7, m) + rng.normal(0, 0.25, (camps, m)), 0.05, 0.95).astype(np.float32)
    kind: type[np.uint16] | type[np.uint32] = np.uint16 if m <= 16_383 else np.uint32
    counts, codes = np.zeros(n + 1, dtype=np.int64), []
    block = max(1, 1_000_000 // m)
    for lo in range(0, n, block):
        people = np.arange(lo, min(lo + block, n))
        share = np.minimum(rng.gamma(4, votes / (4 * n * m), len(people)), 1).astype(np.float32)
        rows, columns = np.nonzero(rng.random((len(people), m), dtype=np.float32) < share[:, None])
        drawn = rng.random((2, len(rows)), dtype=np.float32)
        vote = np.where(drawn[0] < agree[people[rows] % camps, columns], 2, 0)
        vote[drawn[1] < PASSES] = 1
        codes.append((columns << 2 | vote).astype(kind))
        counts[people + 1] = np.bincount(rows, minlength=len(people))
    statements = tuple(Statement(str(j)) for j in range(m))
    return Votes(np.arange(n), statements, np.cumsum(counts), np.concatenate(codes))
