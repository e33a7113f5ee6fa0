"""How Polis groups people: step 7 of its pipeline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracktwo.opinion.analysis import Floats, Groups, Integers, Space
from tracktwo.opinion.polis.space import in_conversation, row_order
from tracktwo.opinion.votes import Votes

BASES, BASE_STEPS = 100, 100
MOST_GROUPS, GROUP_STEPS = 5, 20
STILL = 0.01
DENSE = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """People in base clusters, base clusters in groups."""

    base: Integers
    """(n,) base cluster; −1 outside the conversation."""
    centers: Floats
    """(bases, 2) mean positions of the base clusters."""
    silhouette: Floats
    """(candidates,) for k = 2, 3, … groups; empty where k was given."""
    groups: Groups


def groups(votes: Votes, space: Space, *, k: int | None = None) -> Groups:
    """The groups of Polis; see :func:`cluster`."""
    return cluster(votes, space, k=k).groups


def cluster(votes: Votes, space: Space, *, k: int | None = None) -> Clustering:
    """Base clusters of the people, and groups of base clusters weighted by their people (step 7).

    Without ``k``, the k from 2 to min(5, 2 + ⌊bases / 12⌋) of the best silhouette, the larger if tied. A live
    server starts from its previous clusters and changes k only after four wins in a row; this is its first look.
    """
    rows = row_order(votes)
    rows = rows[in_conversation(votes)[rows]]
    of_row, centers = lloyd(space.positions[rows], BASES, steps=BASE_STEPS)
    weights = np.bincount(of_row, minlength=len(centers)).astype(float)
    tried = [k] if k is not None else range(2, min(MOST_GROUPS, 2 + len(centers) // 12) + 1)
    found = [lloyd(centers, each, steps=GROUP_STEPS, weights=weights)[0] for each in tried]
    scores = np.array([] if k is not None else [silhouette(centers, labels) for labels in found])
    best = found[len(scores) - 1 - int(scores[::-1].argmax())] if k is None else found[0]
    base, labels = np.full(votes.n, -1), np.full(votes.n, -1)
    base[rows], labels[rows] = of_row, best[of_row]
    return Clustering(base, centers, scores, Groups(labels, np.full(votes.n, np.nan), int(best.max(initial=-1)) + 1))


def lloyd(points: Floats, k: int, *, steps: int, weights: Floats | None = None) -> tuple[Integers, Floats]:
    """k-means as Polis runs it: (points,) labels from 0 and (k, 2) centres, those without a point dropped.

    Starts from the first k distinct points. Each of at most ``steps`` + 1 rounds gives every point to its nearest
    centre (the last of several) and takes the weighted means; it ends when, both sets of centres being sorted, no pair
    is 0.01 apart or more. The labels are those from which the centres were taken. Exact: points are only left out of
    the search while the triangle inequality shows that they stay (Hamerly 2010).
    """
    centers = _first_distinct(points, k)
    weights = np.ones(len(points)) if weights is None else weights
    labels = np.zeros(len(points), dtype=np.int64)
    upper, lower = np.full(len(points), np.inf), np.zeros(len(points))
    for _ in range(steps + 1):
        open_ = np.flatnonzero(upper * (1 + 1e-12) >= np.maximum(lower, _half_gap(centers)[labels]) * (1 - 1e-12))
        labels[open_], upper[open_], lower[open_] = _two_nearest(points[open_], centers)
        mass = np.bincount(labels, weights, minlength=len(centers))
        used = np.bincount(labels, minlength=len(centers)) > 0
        labels = (np.cumsum(used) - 1)[labels]
        sums = np.stack([np.bincount(labels, weights * axis) for axis in points.T], axis=1)
        before, after = centers[used], sums / mass[used, None]
        moved = np.linalg.norm(after - before, axis=1)
        still = _still(centers, after)
        upper, lower, centers = upper + moved[labels], lower - moved.max(initial=0.0), after
        if still:
            break
    return labels, centers


def silhouette(centers: Floats, labels: Integers) -> float:
    """Mean silhouette of (bases, 2) centres, each counted once; one alone in its group scores 0 (step 7)."""
    apart = np.linalg.norm(centers[:, None] - centers[None], axis=2)
    member = labels[:, None] == np.arange(labels.max() + 1)
    size = member.sum(axis=0)
    if len(size) < 2:
        return 0.0
    sums = apart @ member
    own = sums[member] / np.maximum(size[labels] - 1, 1)
    other = np.where(member, np.inf, sums / size).min(axis=1)
    scores = np.where(size[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0.0)
    return float(scores.mean())


def _first_distinct(points: Floats, k: int) -> Floats:
    """The first k distinct rows."""
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


def _half_gap(centers: Floats) -> Floats:
    """(k,) half the distance from each centre to the nearest other: what lies closer than that belongs to it."""
    apart = np.linalg.norm(centers[:, None] - centers[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.asarray(apart.min(axis=1, initial=np.inf) / 2)


def _two_nearest(points: Floats, centers: Floats) -> tuple[Integers, Floats, Floats]:
    """Of each point the nearest centre (the last of several), the distance to it and to the next."""
    if len(centers) == 1:
        return (
            np.zeros(len(points), dtype=np.int64),
            np.linalg.norm(points - centers, axis=1),
            np.full(len(points), np.inf),
        )
    if len(points) * len(centers) <= DENSE:
        apart = np.sqrt(((points[:, None] - centers[None]) ** 2).sum(axis=2))
        nearest = len(centers) - 1 - apart[:, ::-1].argmin(axis=1)
        two = np.partition(apart, 1, axis=1)
        return nearest, two[:, 0], two[:, 1]
    from scipy.spatial import cKDTree

    distance, index = cKDTree(centers).query(points, k=2)
    tied = distance[:, 0] == distance[:, 1]
    return np.where(tied, index.max(axis=1), index[:, 0]), distance[:, 0], distance[:, 1]
