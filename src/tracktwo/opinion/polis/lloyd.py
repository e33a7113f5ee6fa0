"""k-means as Polis runs it, on a plane: exact, and fast by leaving out the points that cannot change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracktwo.opinion.analysis import Floats, Integers

STILL = 0.01
NEIGHBOURS = 12
CHUNK = 512
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
    weights = np.ones(len(points)) if weights is None else weights
    at = _Centers(_first_distinct(points, k))
    labels, upper, lower = _nearest_of_all(points, at.places)
    for step in range(steps + 1):
        if step:
            _reassign(points, at, labels, upper, lower)
        size = np.bincount(labels, minlength=len(at.places))
        mass = np.bincount(labels, weights, minlength=len(size))
        sums = np.stack([np.bincount(labels, weights * axis, minlength=len(size)) for axis in points.T], axis=1)
        used = size > 0
        if not used.all():
            labels = (np.cumsum(used) - 1)[labels]
        before, at = at.places, _Centers(sums[used] / mass[used, None])
        moved = np.linalg.norm(at.places - before[used], axis=1)
        upper += moved[labels]
        lower = np.minimum(lower - moved[at.near].max(axis=1, initial=0.0)[labels], at.beyond[labels] - upper)
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
    """(k, up to 12) nearest others."""
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


def _reassign(points: Floats, at: _Centers, labels: Integers, upper: Floats, lower: Floats) -> None:
    """Give each point to its nearest centre, in place, looking only at those whose bounds leave it open."""
    stays = np.maximum(lower, at.apart[labels] / 2)
    open_ = np.flatnonzero(upper * SLACK >= stays)
    own = np.hypot(*(points[open_] - at.places[labels[open_]]).T)
    upper[open_] = own
    still_open = own * SLACK >= stays[open_]
    open_, own = open_[still_open], own[still_open]
    among = (2 * own + at.apart[labels[open_]]) * SLACK < at.beyond[labels[open_]]
    part = open_[among]
    candidates = np.column_stack([labels[part], at.near[labels[part]]])
    labels[part], upper[part], lower[part] = _two_nearest(points[part], at.places[candidates], candidates)
    part = open_[~among]
    labels[part], upper[part], lower[part] = _nearest_of_all(points[part], at.places)


def _nearest_of_all(points: Floats, places: Floats) -> tuple[Integers, Floats, Floats]:
    """:func:`_two_nearest` among all centres, some points at a time."""
    candidates = np.arange(len(places))[None]
    parts = [
        _two_nearest(points[first : first + CHUNK], places[None], candidates)
        for first in range(0, max(len(points), 1), CHUNK)
    ]
    labels, nearest, second = (np.concatenate(each) for each in zip(*parts, strict=True))
    return labels, nearest, second


def _two_nearest(points: Floats, places: Floats, candidates: Integers) -> tuple[Integers, Floats, Floats]:
    """Of each point the nearest of its candidates (the last of several), the distance to it and to the next."""
    x, y = points[:, :1] - places[:, :, 0], points[:, 1:] - places[:, :, 1]
    distances = x * x + y * y
    nearest = distances.min(axis=1)
    tied = distances == nearest[:, None]
    labels = np.where(tied, candidates, -1).max(axis=1)
    second = np.where(tied.sum(axis=1) > 1, nearest, np.where(tied, np.inf, distances).min(axis=1))
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
