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
ENOUGH_LEFT = 0.01
"""Share left of a direction from which rounding does not make it any longer or shorter."""
EVERY = 2
"""Passes between looks at what was found; of large conversations, where a pass is dear, every one."""


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
    basis = np.zeros((votes.m, 0)) if without is None else without[:, None]  # an eigenvector, of eigenvalue 0
    outside = basis.shape[1]
    inner = np.zeros((outside, outside))
    start = _start(votes, weights, block, r=r, seed=seed, tolerance=tolerance, without=without)
    following = _orthonormal(start, basis, np.linalg.norm(start, axis=0))
    for passed in range(MOST_PASSES):
        basis = np.concatenate([basis, following], axis=1)
        image = _gram(votes, weights, following, without)
        edge = basis.T @ image
        left = image - basis @ edge
        inner = _bordered(inner, edge)
        following = _orthonormal(left, basis, np.linalg.norm(image, axis=0))
        full = len(inner) > LARGEST_BASIS
        if large or full or passed % EVERY == EVERY - 1 or following.shape[1] == 0:
            values, turn = (part[..., ::-1] for part in np.linalg.eigh(inner))
            rest = left @ turn[-left.shape[1] :, :r]  # the Gram matrix leads out of the basis nowhere else
            worst = float(np.linalg.norm(rest, axis=0).max(initial=0.0))
            if worst <= tolerance * float(values.max(initial=1e-300)) or following.shape[1] == 0:
                break
        if full:
            kept = LARGEST_BASIS // 3
            basis = np.concatenate([basis[:, :outside], basis @ turn[:, :kept]], axis=1)
            inner = np.diag(np.concatenate([np.zeros(outside), values[:kept]]))
    return values, basis @ turn[:, : max(r, block)]


def _orthonormal(block: Floats, basis: Floats, size: Floats) -> Floats:
    """An orthonormal basis of ``block`` (m, b), which was made orthogonal to the orthonormal ``basis`` (m, d) once.

    Directions of which next to nothing is left of the ``size`` (b,) before are dropped. Where little is left, once is
    not enough, but twice is (Giraud, Langou & Rozložník 2005).
    """
    block, left = _whitened(block, size, 1e-13)
    block = block - basis @ (basis.T @ block)
    return block if left > ENOUGH_LEFT else _whitened(block, np.ones(block.shape[1]), 0.5)[0]


def _whitened(block: Floats, size: Floats, least: float) -> tuple[Floats, float]:
    """An orthonormal basis of the columns (m, b) longer than ``least`` of ``size`` (b,), and the least share left."""
    products = block.T @ block
    length = np.sqrt(products.diagonal())
    share = length / np.maximum(size, 1e-300)
    scale = np.divide(1.0, length, where=share > least, out=np.zeros(len(length)))
    values, turn = np.linalg.eigh(products * scale * scale[:, None])
    real = values > 1e-14
    left = float(share.min(initial=1.0) * np.sqrt(max(values.min(initial=1.0), 0.0)))
    return block @ (scale[:, None] * turn[:, real] / np.sqrt(values[real])), left


def _start(
    votes: Votes, weights: Floats, block: int, *, r: int, seed: int, tolerance: float, without: Floats | None
) -> Floats:
    """(m, block) directions to begin with: those of a sample of the people, or random ones."""
    start = np.random.default_rng(seed).standard_normal((votes.m, block))
    if len(votes.codes) > 4 * SAMPLE_VOTES:
        few = sample(votes, max(SAMPLE_VOTES, len(votes.codes) // 20))
        _, found = _krylov(few, weights, r=r, seed=seed, tolerance=max(tolerance, 0.1), without=without)
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
