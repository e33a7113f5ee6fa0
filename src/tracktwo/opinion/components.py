"""Principal components of votes with absences, where an absent vote stands for the statement's mean.

So the centred matrix is zero where there is no vote, and a product with it is a pass over the votes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import passes
from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SPARE = 2
"""Vectors multiplied in one pass beyond those wanted; a wider block costs more and saves few passes."""
SMALL_ROOM = 64
"""People or statements, whichever are fewer, up to which the matrix is decomposed whole."""
SAMPLE_VOTES = 1 << 16
"""Above four times as many votes, a sample of the people gives the start."""
LARGEST_BASIS = 96
MOST_PASSES = 400


def components(
    votes: Votes,
    center: Floats,
    included: Flags | None = None,
    *,
    r: int = 2,
    seed: int = 0,
    tolerance: float = 1e-9,
    without: Floats | None = None,
) -> tuple[Floats, Floats]:
    """Leading right singular vectors of the votes less ``center`` (m,), absent votes being zero.

    ``included`` (m,) says which statements count (default: all); the others are zero in every component. Returns (r, m)
    orthonormal rows, in each of which the entry of largest magnitude is positive, and their (r,) singular values.
    Where the votes hold fewer than r components, the rows left over are zero, and so are their values.

    With ``without``, a unit vector (m,), the components are those of the votes with that direction removed.

    Small rooms are decomposed whole. Others by block Krylov iteration with Rayleigh–Ritz (Golub & Underwood 1977;
    Musco & Musco 2015), started from ``seed``, until what is left of each vector times the Gram matrix is below
    ``tolerance`` times the largest eigenvalue.
    """
    weights = code_weights(center, included)
    r = int(r)
    if min(votes.n, votes.m) <= SMALL_ROOM and max(votes.n, votes.m) <= 16 * SMALL_ROOM:
        found = _whole(votes, weights, without)
    else:
        found = _krylov(votes, weights, r=r, seed=seed, tolerance=tolerance, without=without)
    eigenvalues, vectors = found
    kept = min(r, len(eigenvalues))
    values, rows = np.zeros(r), np.zeros((r, votes.m))
    values[:kept] = np.sqrt(np.maximum(eigenvalues[:kept], 0))
    real = np.flatnonzero(values > 1e-7 * max(float(values.max(initial=0.0)), 1e-7))
    rows[real] = signed(vectors[:, real].T)
    rows[:, ~weights.any(axis=1)] = 0
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


def _whole(votes: Votes, weights: Floats, without: Floats | None) -> tuple[Floats, Floats]:
    """Eigenvalues, descending, and eigenvectors (columns) of the Gram matrix, from the dense matrix."""
    dense = np.zeros((votes.n, votes.m))
    dense[votes.rows, votes.columns] = weights.ravel()[votes.codes]
    if without is not None:
        dense -= np.outer(dense @ without, without)
    _, values, rows = np.linalg.svd(dense, full_matrices=False)
    return values**2, rows.T


def _gram(votes: Votes, weights: Floats, block: Floats, without: Floats | None) -> Floats:
    """(m, b) the Gram matrix times ``block`` (m, b), which has nothing along ``without``, nor has the result."""
    table = (weights[:, :, None] * block[:, None, :]).reshape(4 * votes.m, -1)
    sums = passes.gather_scatter(votes, table).reshape(votes.m, 4, -1)
    out: Floats = np.einsum("jc,jcb->jb", weights, sums)
    return out if without is None else out - np.outer(without, without @ out)


def _krylov(
    votes: Votes, weights: Floats, *, r: int, seed: int, tolerance: float, without: Floats | None
) -> tuple[Floats, Floats]:
    large = len(votes.codes) > 4 * SAMPLE_VOTES
    block = r + SPARE
    basis = [_orthonormal(_start(votes, weights, block, r=r, seed=seed, tolerance=tolerance, without=without), [])]
    outside = [] if without is None else [without[:, None]]
    images: list[Floats] = []
    inner = np.zeros((0, 0))
    for passed in range(MOST_PASSES):
        images.append(_gram(votes, weights, basis[-1], without))
        inner = _bordered(inner, _inner(basis, images[-1]))
        following = _orthonormal(images[-1], [*outside, *basis])
        full = len(inner) > LARGEST_BASIS
        if large or full or passed % 4 == 3 or following.shape[1] == 0:
            values, turn = (part[..., ::-1] for part in np.linalg.eigh(inner))
            rest = _combined(images, turn[:, :r]) - _combined(basis, turn[:, :r]) * values[:r]
            worst = float(np.sqrt((rest**2).sum(axis=0).max(initial=0.0)))
            if worst <= tolerance * float(values.max(initial=1e-300)) or following.shape[1] == 0:
                break
        if full:
            kept = LARGEST_BASIS // 3
            basis, images = [_combined(basis, turn[:, :kept])], [_combined(images, turn[:, :kept])]
            inner = np.diag(values[:kept])
        basis.append(following)
    return values, _combined(basis[: len(images)], turn[:, : max(r, block)])


# Tall products are made block by block, each small enough for the linear algebra library to stay on one thread: its
# threads cost more than they bring here, above all where other work shares the cores.


def _inner(blocks: list[Floats], image: Floats) -> Floats:
    """(d, b) the products of the d columns of the blocks with those of ``image`` (m, b)."""
    return np.concatenate([block.T @ image for block in blocks])


def _combined(blocks: list[Floats], turn: Floats) -> Floats:
    """(m, c) the d columns of the blocks times ``turn`` (d, c)."""
    edges = np.cumsum([block.shape[1] for block in blocks])[:-1]
    out = np.zeros((len(blocks[0]), turn.shape[1]))
    for block, part in zip(blocks, np.split(turn, edges), strict=True):
        out += block @ part
    return out


def _orthonormal(block: Floats, basis: list[Floats]) -> Floats:
    """An orthonormal basis of what ``block`` adds to the orthonormal ``basis``; near-zero directions are dropped."""
    least = 1e-13 * np.sqrt((block**2).sum(axis=0))
    for _ in range(2):  # once is not enough where little is left (Giraud, Langou & Rozložník 2005)
        for known in basis:
            block = block - known @ (known.T @ block)
        left = np.sqrt((block**2).sum(axis=0))
        block = block[:, left > least] / left[left > least]
        values, turn = np.linalg.eigh(block.T @ block)
        block = block @ (turn[:, values > 1e-14] / np.sqrt(values[values > 1e-14]))
        least = np.full(block.shape[1], 0.5)
    return block


def _start(
    votes: Votes, weights: Floats, block: int, *, r: int, seed: int, tolerance: float, without: Floats | None
) -> Floats:
    """(m, block) directions to begin with: those of a sample of the people, or random ones."""
    start = np.random.default_rng(seed).standard_normal((votes.m, block))
    if len(votes.codes) > 4 * SAMPLE_VOTES:
        few = sample(votes, max(SAMPLE_VOTES, len(votes.codes) // 20))
        _, found = _krylov(few, weights, r=r, seed=seed, tolerance=max(tolerance, 1e-2), without=without)
        start[:, : found.shape[1]] = found[:, :block]
    start *= (np.abs(weights).sum(axis=1) > 0)[:, None]
    return start if without is None else start - np.outer(without, without @ start)


def _bordered(inner: Floats, edge: Floats) -> Floats:
    """The symmetric (d, d) ``inner`` with the columns that ``edge`` (d + b, b) adds."""
    known = len(inner)
    out = np.empty((len(edge), len(edge)))
    out[:known, :known] = inner
    out[:, known:] = edge
    out[known:, :known] = edge[:known].T
    return out


def sample(votes: Votes, wanted: int) -> Votes:
    """Some of the people, with about ``wanted`` votes in all."""
    return votes.of_people(drawn(votes.n, max(1, len(votes.codes) // wanted)))


def drawn(n: int, step: int) -> NDArray[np.int64]:
    """One of every ``step`` of n, ascending, at random places, lest an even distance fall in with their order."""
    first = np.arange(0, n - step + 1, step)
    return first + np.random.default_rng(n).integers(0, step, len(first))
