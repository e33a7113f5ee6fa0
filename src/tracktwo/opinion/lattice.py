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
COARSE, FINE = 64, 256
"""Cells to a side of the lattice that finds the groups and scores them, and of the one that settles them."""
ROUNDS = 100


def kmeans(
    positions: Floats, k: int, *, weights: Floats | None = None, starts: int = 12, seed: int = 0
) -> tuple[Integers, Floats]:
    """Group positions (n, r) around k centres: the lowest weighted sum of squared distances of several starts.

    Returns labels (n,) and centres (k, r), heaviest group first (ties by coordinates). With fewer than k distinct
    positions some groups are empty. Positions must be finite. Starts are k-means++ (Arthur & Vassilvitskii 2007) drawn
    from ``seed``. More than 2,048 positions are started on a lattice of cells (two dimensions) or on a sample of them, and only the best start is settled on a finer lattice, or on all.
    """
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
        _on_fewer(positions, mass, uniforms, centers)
        kernel.kmeans(positions, mass, np.zeros((1, 0)), 1, centers, labels)
    return _ordered(labels, centers, mass)


def silhouette(positions: Floats, labels: Integers, weights: Floats | None = None) -> float:
    """Mean silhouette (Rousseeuw 1987) of positions (n, r), each standing for ``weights`` (n,) people.

    Labels below 0 are left out; who is alone in a group scores 0; NaN with fewer than two groups. Above 2,048
    positions it is that of the cells of a lattice (two dimensions) or of a sample.
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
        return _lattice_silhouette(positions, labels, mass, k)
    some = drawn(len(positions), len(positions) // EXACT)
    return float(kernel.silhouette(positions[some], mass[some], labels[some], k))


def _prepared(positions: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    positions = np.ascontiguousarray(positions, dtype=np.float64)
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


def _cells(positions: Floats, side: int) -> tuple[Integers, Floats, Floats]:
    """Cell of each position (n, 2) on a lattice of ``side`` × ``side``, and the lattice's corner and step (2,)."""
    corner = positions.min(axis=0)
    step = np.maximum((positions.max(axis=0) - corner) / side, 1e-300)
    place = np.minimum(((positions - corner) / step).astype(np.int64), side - 1)
    return place[:, 0] * side + place[:, 1], corner, step


def _heaped(positions: Floats, mass: Floats, side: int) -> tuple[Floats, Floats]:
    """Mean position and mass of the cells that are not empty."""
    cell, _, _ = _cells(positions, side)
    total = np.bincount(cell, mass, minlength=side * side)
    used = np.flatnonzero(total > 0)
    means = [np.bincount(cell, mass * axis, minlength=side * side)[used] / total[used] for axis in positions.T]
    return np.ascontiguousarray(np.stack(means, axis=1)), total[used].astype(np.float64)


def _on_fewer(positions: Floats, mass: Floats, uniforms: Floats, centers: Floats) -> None:
    """Set the centres, found on fewer points and settled on more."""
    if positions.shape[1] == 2:
        few, settled = _heaped(positions, mass, COARSE), _heaped(positions, mass, FINE)
    else:
        some = drawn(len(positions), len(positions) // EXACT)
        few, settled = (positions[some], mass[some]), (positions, mass)
    for (points, heavy), starts in ((few, uniforms), (settled, np.zeros((1, 0)))):
        labels = np.zeros(len(points), dtype=np.int64)
        kernel.kmeans(points, heavy, starts, ROUNDS, centers, labels)


def _lattice_silhouette(positions: Floats, labels: Integers, mass: Floats, k: int) -> float:
    """Silhouette of cells: distances on a lattice depend on the offset alone, so their sums are convolutions."""
    cell, _, step = _cells(positions, COARSE)
    heavy = np.bincount(labels * COARSE**2 + cell, mass, minlength=k * COARSE**2).reshape(k, COARSE, COARSE)
    offset = np.minimum(np.arange(2 * COARSE), 2 * COARSE - np.arange(2 * COARSE))
    distance = np.hypot(step[0] * offset[:, None], step[1] * offset[None, :])
    shape = (2 * COARSE, 2 * COARSE)
    spectrum = np.fft.rfft2(heavy, s=shape, axes=(1, 2)) * np.fft.rfft2(distance)
    sums = np.maximum(np.fft.irfft2(spectrum, s=shape, axes=(1, 2))[:, :COARSE, :COARSE], 0)
    total = heavy.sum(axis=(1, 2))
    score = 0.0
    means = sums / np.where(total > 0, total, 1.0)[:, None, None]
    means[total <= 0] = np.inf
    for own in np.flatnonzero(total > 1):
        within = sums[own] / (total[own] - 1)
        other = np.delete(means, own, axis=0).min(axis=0)
        largest = np.maximum(within, other)
        value = np.divide(other - within, largest, where=largest > 0, out=np.zeros_like(largest))
        score += float((value * heavy[own]).sum())
    return score / float(total.sum())
