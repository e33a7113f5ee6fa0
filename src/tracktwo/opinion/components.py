"""Principal components of votes with absences, where an absent vote stands for the statement's mean.

So the centred matrix is zero where there is no vote, and a product with it is a pass over the votes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import passes
from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BLOCK = 8
"""Vectors multiplied in one pass: their table fits the cache."""
SMALL_ROOM = 64
"""People or statements up to which the matrix is decomposed whole."""
SAMPLE_VOTES = 1 << 18
"""Above four times as many votes, a sample of the people gives the start."""
LARGEST_BASIS = 12 * BLOCK
MOST_PASSES = 400


def components(
    votes: Votes,
    center: Floats,
    included: Flags | None = None,
    *,
    r: int = 2,
    seed: int = 0,
    tolerance: float = 1e-9,
) -> tuple[Floats, Floats]:
    """Leading right singular vectors of the votes less ``center`` (m,), absent votes being zero.

    ``included`` (m,) says which statements count (default: all); the others are zero in every component. Returns (r, m)
    orthonormal rows, in each of which the entry of largest magnitude is positive, and their (r,) singular values.
    Where the votes hold fewer than r components, the rows left over are zero, and so are their values.

    Small rooms are decomposed whole. Others by block Krylov iteration with Rayleigh–Ritz (Golub & Underwood 1977;
    Musco & Musco 2015), started from ``seed``, until what is left of each vector times the Gram matrix is below
    ``tolerance`` times the largest eigenvalue.
    """
    weights = code_weights(center, included)
    r = int(r)
    found = _whole(votes, weights) if min(votes.n, votes.m) <= SMALL_ROOM else None
    if found is None:
        found = _krylov(votes, weights, r=r, seed=seed, tolerance=tolerance)
    eigenvalues, vectors = found
    kept = min(r, len(eigenvalues))
    values, rows = np.zeros(r), np.zeros((r, votes.m))
    values[:kept] = np.sqrt(np.maximum(eigenvalues[:kept], 0))
    real = np.flatnonzero(values > 1e-10 * max(float(values.max(initial=0.0)), 1e-10))
    rows[real] = signed(vectors[:, real].T)
    values[len(real) :] = 0
    return rows, values


def project(votes: Votes, center: Floats, components: Floats) -> Floats:
    """(n, r) for each person the sum over their votes of (vote − center) × component; nothing is rescaled."""
    table = code_weights(center)[:, :, None] * components.T[:, None, :]
    return passes.gather(votes, table.reshape(4 * votes.m, -1))


def code_weights(center: Floats, included: Flags | None = None) -> Floats:
    """(m, 4) the vote less the centre for each code of a statement; zero where the statement is left out."""
    weights = np.array([-1.0, 0.0, 1.0, 0.0]) - np.nan_to_num(center)[:, None]
    weights[:, 3] = 0
    if included is not None:
        weights[~included] = 0
    return weights


def signed(rows: Floats) -> Floats:
    """The rows, each turned so that its entry of largest magnitude (the first of nearly equal ones) is positive."""
    size = np.abs(rows)
    first = np.argmax(size >= (1 - 1e-9) * size.max(axis=1, keepdims=True), axis=1) if rows.size else 0
    return rows * np.where(rows[np.arange(len(rows)), first] < 0, -1.0, 1.0)[:, None]


def _whole(votes: Votes, weights: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues, descending, and eigenvectors (columns) of the Gram matrix, from the dense matrix."""
    dense = np.zeros((votes.n, votes.m))
    dense[votes.rows, votes.columns] = weights.ravel()[votes.codes]
    _, values, rows = np.linalg.svd(dense, full_matrices=False)
    return values**2, rows.T


def _gram(votes: Votes, weights: Floats, block: Floats) -> Floats:
    """(m, b) the Gram matrix times ``block`` (m, b)."""
    table = (weights[:, :, None] * block[:, None, :]).reshape(4 * votes.m, -1)
    sums = passes.gather_scatter(votes, table).reshape(votes.m, 4, -1)
    out: Floats = np.einsum("jc,jcb->jb", weights, sums)
    return out


def _krylov(votes: Votes, weights: Floats, *, r: int, seed: int, tolerance: float) -> tuple[Floats, Floats]:
    block = max(BLOCK, r + 4)
    if len(votes.codes) > 4 * SAMPLE_VOTES:
        _, start = _krylov(sample(votes, SAMPLE_VOTES), weights, r=r, seed=seed, tolerance=max(tolerance, 1e-3))
        start = start[:, :block]
    else:
        start = np.random.default_rng(seed).standard_normal((votes.m, block))
    start = start * (np.abs(weights).sum(axis=1) > 0)[:, None]
    basis = _orthonormal(start)
    images = np.zeros((votes.m, 0))
    fresh = basis
    for _ in range(MOST_PASSES):
        images = np.hstack([images, _gram(votes, weights, fresh)])
        inner = basis.T @ images
        values, turn = np.linalg.eigh((inner + inner.T) / 2)
        values, turn = values[::-1], turn[:, ::-1]
        rest = images @ turn[:, :block] - (basis @ turn[:, :block]) * values[:block]
        worst = np.sqrt((rest[:, :r] ** 2).sum(axis=0).max(initial=0.0))
        if worst <= tolerance * max(float(values[0]), 1e-300):
            break
        if basis.shape[1] + block > LARGEST_BASIS + block:
            basis, images = basis @ turn[:, : 2 * block], images @ turn[:, : 2 * block]
        fresh = _orthonormal(rest, basis)
        if fresh.shape[1] == 0:
            break
        basis = np.hstack([basis, fresh])
    return values, basis @ turn


def _orthonormal(block: Floats, basis: Floats | None = None) -> Floats:
    """An orthonormal basis of what ``block`` adds to the orthonormal ``basis``; near-zero directions are dropped."""
    size = np.sqrt((block**2).sum(axis=0))
    block = block[:, size > 0] / size[size > 0]
    for _ in range(2):
        if basis is not None:
            block = block - basis @ (basis.T @ block)
        turned, triangle = np.linalg.qr(block)
        block = turned[:, np.abs(np.diag(triangle)) > 1e-12]
    return block


def sample(votes: Votes, wanted: int) -> Votes:
    """People at even distances with about ``wanted`` votes in all."""
    step = max(1, len(votes.codes) // wanted)
    people = np.arange(step // 2, votes.n, step)
    counts = votes.indptr[people + 1] - votes.indptr[people]
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    picked = np.repeat(votes.indptr[people] - indptr[:-1], counts) + np.arange(indptr[-1])
    return replace(
        votes, participants=votes.participants[people], indptr=indptr, codes=votes.codes[picked], first_vote=None
    )
