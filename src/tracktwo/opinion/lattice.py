"""Groups of positions: k-means and its silhouette, on the positions themselves or, for many people, on a lattice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.components import drawn
from tracktwo.opinion.passes import kernel

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EXACT = 2048
"""Positions up to which every one is looked at in every start, and every pair in the silhouette."""
COARSE, FINE = 40, 256
"""Cells to a side of the lattice that finds the groups and scores them, and of the one that settles them."""
ROUNDS = 100


Heaps = list[tuple[Floats, Floats]]
"""Points and their masses: few, on which k-means is started, and more, on which it is settled."""


def kmeans(
    positions: Floats,
    k: int,
    *,
    weights: Floats | None = None,
    starts: int = 12,
    seed: int = 0,
    heaps: Heaps | None = None,
) -> tuple[Integers, Floats]:
    """Group positions (n, r) around k centres: the lowest weighted sum of squared distances of several starts.

    Returns labels (n,) and centres (k, r), heaviest group first (ties by coordinates). With fewer than k distinct
    positions some groups are empty. Positions must be finite. Starts are k-means++ (Arthur & Vassilvitskii 2007) drawn
    from ``seed``. More than 2,048 positions are started on a lattice of cells (one or two
    dimensions) or on a sample of them, and only the best start is settled on a finer lattice, or on all; who tries
    several k passes these ``heaps``, from :func:`heaped`.
    """
    dimensions = positions.shape[1]
    positions, mass = _prepared(positions, weights)
    if k < 1:
        raise ValueError("k must be at least 1")
    uniforms = np.random.default_rng(seed).random((max(1, starts), k))
    labels, centers = np.zeros(len(positions), dtype=np.int64), np.zeros((k, positions.shape[1]))
    if len(positions) == 0:
        return labels, centers
    if len(positions) <= EXACT:
        kernel.kmeans(positions, mass, uniforms, ROUNDS, centers, labels)
    else:
        starting = uniforms
        for points, heavy in _heaped(positions, mass) if heaps is None else heaps:
            kernel.kmeans(points, heavy, starting, ROUNDS, centers, np.zeros(len(points), dtype=np.int64))
            starting = np.zeros((1, 0))
        kernel.kmeans(positions, mass, np.zeros((1, 0)), 1, centers, labels)
    labels, centers = _ordered(labels, centers, mass)
    return labels, centers[:, :dimensions]


def heaped(positions: Floats, weights: Floats | None = None) -> Heaps:
    """Fewer points for :func:`kmeans` of any k; none where all are few."""
    positions, mass = _prepared(positions, weights)
    return [] if len(positions) <= EXACT else _heaped(positions, mass)


def silhouette(positions: Floats, labels: Integers, weights: Floats | None = None) -> float:
    """Mean silhouette (Rousseeuw 1987) of positions (n, r), each standing for ``weights`` (n,) people.

    Labels below 0 are left out; who is alone in a group scores 0; NaN with fewer than two groups. Above 2,048
    positions it is that of the cells of a lattice (one or two dimensions) or of a sample.
    """
    positions, mass = _prepared(positions, weights)
    labels = np.ascontiguousarray(labels, dtype=np.int64)
    if labels.min(initial=0) < 0:
        positions, mass, labels = positions[labels >= 0], mass[labels >= 0], labels[labels >= 0]
    k = int(labels.max(initial=-1)) + 1
    if np.count_nonzero(np.bincount(labels, minlength=k)) < 2:
        return float("nan")
    if len(positions) <= EXACT:
        return float(kernel.silhouette(positions, mass, labels, k))
    if positions.shape[1] == 2:
        return float(kernel.silhouette(*_cells(positions, mass, COARSE, labels, k), k))
    some = drawn(len(positions), len(positions) // EXACT)
    return float(kernel.silhouette(positions[some], mass[some], labels[some], k))


def _prepared(positions: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    positions = np.ascontiguousarray(positions, dtype=np.float64)
    if positions.shape[1] == 1 and len(positions) > EXACT:
        positions = np.column_stack([positions, np.zeros(len(positions))])  # a line is a plane without height
    if weights is None:
        return positions, np.ones(len(positions))
    return positions, np.ascontiguousarray(weights, dtype=np.float64)


def _ordered(labels: Integers, centers: Floats, mass: Floats) -> tuple[Integers, Floats]:
    """The same groups, heaviest first."""
    sizes = np.bincount(labels, mass, minlength=len(centers))
    order = np.lexsort((*centers.T[::-1], -sizes))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[labels], centers[order]


def _heaped(positions: Floats, mass: Floats) -> Heaps:
    if positions.shape[1] == 2:
        fine = _cells(positions, mass, FINE)[:2]
        return [_cells(*fine, COARSE)[:2], fine]
    some = drawn(len(positions), len(positions) // EXACT)
    return [(positions[some], mass[some]), (positions, mass)]


def _cells(
    positions: Floats, mass: Floats, side: int, labels: Integers | None = None, k: int = 1
) -> tuple[Floats, Floats, Integers]:
    """Mean position, mass and label of the cells of a lattice that are not empty; cells of two labels count as two."""
    corner, top = (np.array([bound(axis) for axis in positions.T]) for bound in (np.min, np.max))
    out = np.zeros((k, side, side, 3))
    kernel.heap(positions, mass, labels, corner, np.maximum((top - corner) / side, 1e-300), out)
    flat = out.reshape(-1, 3)
    used = np.flatnonzero(flat[:, 0] > 0)
    cells = flat[used]
    return np.ascontiguousarray(cells[:, 1:] / cells[:, :1]), cells[:, 0].copy(), used // (side * side)
