"""k-means as Polis runs it, on a plane: exact, and fast by leaving out the points that cannot change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tracktwo.opinion.analysis import Floats, Integers

STILL = 0.01
NEIGHBOURS = 16
SLACK = 1 + 1e-12
"""Bounds are widened by this much, so that rounding never leaves a point out that should be looked at."""


def lloyd(points: Floats, k: int, *, steps: int, weights: Floats | None = None) -> tuple[Integers, Floats]:
    """Labels from 0 (points,) and the centres (k, 2) that are their weighted means; empty clusters are dropped.

    Starts from the first k distinct points. Each of at most ``steps`` + 1 rounds gives every point to its nearest
    centre (the last of several) and takes the means; it ends when :func:`_still` says so. ``points`` is (points, 2).

    For each point a bound from above on the distance to its own centre, and one from below on that to any other
    (Hamerly 2010), say whether it can change. The second falls only by what the neighbours of its centre moved: centres
    beyond them are as far as they are from its own centre, less the first.
    """
    x, y = np.ascontiguousarray(points.T)
    at = _Centers(_first_distinct(points, k))
    labels, upper, lower = _two_nearest(x, y, at.places, range(len(at.places)))
    for step in range(steps + 1):
        if step:
            _reassign(x, y, at, labels, upper, lower)
        size = np.bincount(labels, minlength=len(at.places))
        mass, sums = size, [np.bincount(labels, axis) for axis in (x, y)]
        if weights is not None:
            mass, *sums = (np.bincount(labels, each) for each in (weights, weights * x, weights * y))
        used = np.flatnonzero(size)
        if len(used) < len(size):
            labels = np.searchsorted(used, labels)
        before, at = at.places, _Centers(np.stack(sums, axis=1)[used] / mass[used, None])
        moved = np.linalg.norm(at.places - before[used], axis=1)
        upper += moved.take(labels)
        lower -= moved[at.near].max(axis=1, initial=0.0).take(labels)
        np.minimum(lower, at.beyond.take(labels) - upper, out=lower)
        if _still(before, at.places):
            break
    return labels, at.places


@dataclass(slots=True, eq=False)
class _Centers:
    """Where the centres stand to one another."""

    places: Floats
    """(k, 2)"""
    apart: Floats
    """(k,) distance to the nearest other."""
    near: Integers
    """(k, up to 16) nearest others."""
    beyond: Floats
    """(k,) distance to the nearest of those left out of ``near``."""

    def __init__(self, places: Floats) -> None:
        distances = np.linalg.norm(places[:, None] - places[None], axis=2)
        np.fill_diagonal(distances, np.inf)
        order = np.argsort(distances, axis=1)
        others = len(places) - 1
        self.places, self.apart = places, distances.min(axis=1)
        self.near = order[:, : min(NEIGHBOURS, others)]
        rows = np.arange(len(places))
        self.beyond = distances[rows, order[:, NEIGHBOURS]] if others > NEIGHBOURS else np.full(len(places), np.inf)


def _reassign(x: Floats, y: Floats, at: _Centers, labels: Integers, upper: Floats, lower: Floats) -> None:
    """Give each point to its nearest centre, in place, looking only at those whose bounds leave it open."""
    stays = np.maximum(lower, (at.apart / 2).take(labels))
    part = np.flatnonzero(upper * SLACK >= stays)
    own = labels.take(part)
    across, up = x.take(part) - at.places[:, 0].take(own), y.take(part) - at.places[:, 1].take(own)
    distance = np.sqrt(across * across + up * up)
    upper[part] = distance
    left = np.flatnonzero(distance * SLACK >= stays.take(part))
    part, own, distance = part.take(left), own.take(left), distance.take(left)
    # The nearest and the next lie within this distance of its own centre: mostly among the neighbours.
    far = (2 * distance + at.apart.take(own)) * SLACK >= at.beyond.take(own)
    candidates = np.sort(np.column_stack([np.arange(len(at.near)), at.near]), axis=1).T
    for some, among in (
        (part[~far], (each.take(own[~far]) for each in candidates)),
        (part[far], range(len(at.places))),
    ):
        labels[some], upper[some], lower[some] = _two_nearest(x.take(some), y.take(some), at.places, among)


def _two_nearest(
    x: Floats, y: Floats, places: Floats, candidates: Iterable[int | Integers]
) -> tuple[Integers, Floats, Floats]:
    """Of each point the nearest of its candidates, the distance to it and to the next.

    A candidate is the same centre for all points or one (points,) for each; of equally near ones the last counts.
    """
    labels = np.zeros(len(x), dtype=np.int64)
    nearest, second = np.full(len(x), np.inf), np.full(len(x), np.inf)
    for each in candidates:
        across, up = x - places[each, 0], y - places[each, 1]
        distance = across * across + up * up
        np.minimum(second, np.maximum(nearest, distance), out=second)
        np.copyto(labels, each, where=distance <= nearest)
        np.minimum(nearest, distance, out=nearest)
    return labels, np.sqrt(nearest), np.sqrt(second)


def _first_distinct(points: Floats, k: int) -> Floats:
    """The first k rows that differ from each other."""
    size = 2 * k
    while True:
        _, first = np.unique(points[:size], axis=0, return_index=True)
        if len(first) >= k or size >= len(points):
            return points[np.sort(first)[:k]].copy()
        size *= 4


def _still(before: Floats, after: Floats) -> bool:
    """Whether no centre moved by 0.01, paired in sorted order as Polis does; a surplus of old ones is ignored."""
    count = min(len(before), len(after))
    pairs = [centers[np.lexsort(centers.T[::-1])][:count] for centers in (before, after)]
    return bool((np.linalg.norm(pairs[0] - pairs[1], axis=1) < STILL).all())
