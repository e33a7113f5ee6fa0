"""Groups of people whose votes lie together, or none: how they are drawn, who is placed, and whether they hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Flags, Floats, Groups, Integers, Space
from tracktwo.opinion.components import code_weights, components
from tracktwo.opinion.lattice import heaped, kmeans, silhouette
from tracktwo.opinion.structure import leaning
from tracktwo.opinion.votes import Votes

FEWEST_VOTES = 7
"""Votes that a person needs to be placed at all (or all statements, where there are fewer)."""
PLACED_AT = 0.95
"""Confidence from which a person counts as belonging to a group; others stand between the groups."""
SMALLEST_GROUP = 3
MOST_GROUPS = 5
WORTH_ONE_MORE = 0.02
"""Silhouette by which more groups must be better than fewer, so that a hair's breadth does not change their number."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Groups with the space they were drawn in."""

    space: Space
    groups: Groups
    silhouette: Floats
    """(candidates,) for k = 2, 3, …"""
    dimensions: int
    """Leading components that the groups were drawn on."""
    apart: bool
    """Whether those are components apart from leaning."""


def eligible(votes: Votes, included: Flags) -> Flags:
    """(n,) people with at least min(7, statements) votes on included statements."""
    return _given(votes, included) >= _needed(included)


def _needed(included: Flags) -> int:
    return max(1, min(FEWEST_VOTES, int(included.sum())))


def draw(
    votes: Votes,
    included: Flags,
    *,
    dimensions: int = 2,
    apart: bool = False,
    k: int | None = None,
    seed: int = 0,
) -> Drawing:
    """Draw groups on the leading ``dimensions`` components (``apart`` from leaning), k of them or as many as stand out.

    d components can tell at most 2^d camps; among those numbers (up to 5) the best mean silhouette decides. The space
    always has two components at least, for the map.
    """
    given = _given(votes, included)
    counts = passes.histogram(votes)[0].astype(np.float64)
    total = counts.sum(axis=1)
    center = np.divide(counts[:, 2] - counts[:, 0], total, out=np.zeros(votes.m), where=total > 0)
    lean = leaning(*np.where(included[:, None], counts, 0).T) if apart else None
    rows, values = components(votes, center, included, r=max(2, dimensions), seed=seed, tolerance=1e-4, without=lean)
    spread = float((total * ((counts[:, 2] + counts[:, 0]) / np.maximum(total, 1) - center**2))[included].sum())
    positions, noise = _place(votes, center, rows, included, given, spread)
    positions[given == 0] = np.nan
    variance = values**2 / spread if spread > 0 else np.zeros(len(values))
    space = Space(center, rows, variance, positions, rows.T.copy())
    axes = slice(0, dimensions)
    groups, scores = _grouped(positions[:, axes], noise[:, axes], given >= _needed(included), k=k, seed=seed)
    return Drawing(space, groups, scores, dimensions, apart)


def draw_where_it_stands_out(
    votes: Votes, included: Flags, *, dimensions: int, leaning_first: bool, k: int | None = None, seed: int = 0
) -> Drawing:
    """Draw groups on the components that a test of structure found.

    Where the first component of the votes is no more than leaning, groups are sought apart from it, and also with it
    as one component more, since a camp may lie along it; the better silhouette decides.
    """
    drawing = draw(votes, included, dimensions=dimensions, apart=leaning_first, k=k, seed=seed)
    if not leaning_first:
        return drawing
    along = draw(votes, included, dimensions=dimensions + 1, apart=False, k=k, seed=seed)
    best = [float(np.nanmax(d.silhouette, initial=-1.0)) if d.groups.count else -1.0 for d in (drawing, along)]
    return along if best[1] > best[0] else drawing


def _place(
    votes: Votes, center: Floats, rows: Floats, included: Flags, given: Integers, spread: float
) -> tuple[Floats, Floats]:
    """Positions (n, r), scaled for missing votes as Polis does (× √(statements / votes)), and their noise (n, r).

    Noise is the standard deviation that independent votes around the position would give it.
    """
    r = len(rows)
    weights = code_weights(center, included)
    table = np.empty((votes.m, 4, 2 * r))
    table[:, :, :r] = weights[:, :, None] * rows.T[:, None, :]
    table[:, :, r:] = (rows.T**2)[:, None, :]
    sums = passes.gather(votes, table.reshape(4 * votes.m, -1))
    scale = np.sqrt(max(1, int(included.sum())) / np.maximum(given, 1))[:, None]
    raw, mass = sums[:, :r], np.maximum(sums[:, r:], 0)
    explained = float((raw**2 * (2 - mass)).sum())
    freedom = max(int(given.sum()) - votes.n * r - int(included.sum()), 1)
    return raw * scale, np.sqrt(max(spread - explained, 1e-12) / freedom * mass) * scale


def _given(votes: Votes, included: Flags) -> Integers:
    """(n,) votes of each person on included statements."""
    if included.all():
        return np.diff(votes.indptr)
    return np.rint(passes.gather(votes, np.repeat(included, 4)[:, None].astype(np.float64))[:, 0]).astype(np.int64)


def _grouped(positions: Floats, noise: Floats, people: Flags, *, k: int | None, seed: int) -> tuple[Groups, Floats]:
    """Group the ``people`` among the positions (n, d); the number by silhouette where ``k`` is not given.

    A number that leaves fewer than 3 people placed in a group is refused.
    """
    drawn, scores = positions[people], []
    heaps = heaped(drawn)
    best, found = -np.inf, Groups(np.full(len(people), -1), np.full(len(people), -1), np.full(len(people), np.nan), 0)
    most = min(MOST_GROUPS, 2 ** positions.shape[1], len(drawn) // SMALLEST_GROUP)
    for count in range(2, most + 1) if k is None else {min(k, len(drawn))} - {0}:
        labels, centers = kmeans(drawn, count, seed=seed, heaps=heaps)
        scores.append(silhouette(drawn, labels))
        if not scores[-1] > best + WORTH_ONE_MORE:
            continue
        groups = _around(positions, noise, people, centers)
        smallest = int(np.bincount(groups.labels[groups.labels >= 0], minlength=count).min())
        if k is not None or smallest >= SMALLEST_GROUP:
            best, found = scores[-1], groups
    return found, np.array(scores)


def _around(positions: Floats, noise: Floats, people: Flags, centers: Floats) -> Groups:
    """Everybody with the nearest centre; placed there if among ``people`` and sure of it."""
    voted = np.flatnonzero(np.isfinite(positions[:, 0]))
    place = positions[voted]
    nearest, sure = np.full(len(positions), -1), np.full(len(positions), np.nan)
    nearest[voted] = ((centers**2).sum(axis=1) - 2 * place @ centers.T).argmin(axis=1)
    sure[voted] = confidence(place, noise[voted], nearest[voted], centers)
    labels = np.where(people & (np.nan_to_num(sure) >= PLACED_AT), nearest, -1)
    return Groups(labels, nearest, sure, len(centers))


def confidence(positions: Floats, noise: Floats, labels: Integers, centers: Floats) -> Floats:
    """(p,) probability that each position (p, d) with its ``noise`` (p, d) lies nearest the centre of its label.

    For each other centre, the normal probability that noise alone did not carry it over the bisector, multiplied.
    """
    from scipy.special import ndtr  # type: ignore[import-untyped]

    sure = np.ones(len(positions))
    for label, own in enumerate(centers):
        members = np.flatnonzero(labels == label)
        place, variance, certain = positions[members], noise[members] ** 2, np.ones(len(members))
        for center in centers:
            length = float(np.sqrt(((own - center) ** 2).sum()))
            if length > 0:
                unit = (own - center) / length
                margin = place @ unit - float((own + center) @ unit) / 2
                certain *= ndtr(margin / np.maximum(np.sqrt(variance @ unit**2), 1e-12))
        sure[members] = certain
    return sure


def matched(labels: Integers, reference: Integers, count: int) -> Integers:
    """The labels renamed to agree with ``reference`` on as many people as possible (both (n,), −1 is none)."""
    both = (labels >= 0) & (reference >= 0)
    table = np.bincount(labels[both] * count + reference[both], minlength=count * count).reshape(count, count)
    return np.where(labels >= 0, _best_order(table)[labels], -1)


def _best_order(table: Integers) -> Integers:
    """(k,) the column of each row, all different, with the largest sum of their entries."""
    if len(table) > MOST_GROUPS:
        from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

        return np.asarray(linear_sum_assignment(table, maximize=True)[1], dtype=np.int64)
    orders = permutations(range(len(table)))
    return np.array(max(orders, key=lambda order: sum(table[i, j] for i, j in enumerate(order))), dtype=np.int64)


def adjusted_rand(one: Integers, other: Integers) -> float:
    """Adjusted Rand index of two groupings over the people whom both place (Hubert & Arabie 1985); 0 without any."""
    both = (one >= 0) & (other >= 0)
    if not both.any():
        return 0.0
    one, other = one[both], other[both]
    table = np.bincount(one * (int(other.max()) + 1) + other, minlength=(int(one.max()) + 1) * (int(other.max()) + 1))
    table = table.reshape(int(one.max()) + 1, -1).astype(np.float64)
    pairs = [float((t * (t - 1)).sum()) / 2 for t in (table, table.sum(axis=1), table.sum(axis=0))]
    all_pairs = len(one) * (len(one) - 1) / 2
    expected = pairs[1] * pairs[2] / all_pairs if all_pairs else 0.0
    largest = (pairs[1] + pairs[2]) / 2
    return 1.0 if largest == expected else (pairs[0] - expected) / (largest - expected)


@dataclass(frozen=True, slots=True)
class Stability:
    """Mean adjusted Rand index with the groups drawn again after a random tenth was dropped."""

    placed: float
    """Over the people whom both groupings place."""
    everyone: float
    """Over all people with votes enough, each counted with the nearest group."""


def stability(
    votes: Votes,
    included: Flags,
    drawing: Drawing,
    *,
    k: int | None = None,
    draws: int = 20,
    seed: int = 0,
    of_people: bool = False,
) -> Stability:
    """Draw the groups again, and their number unless ``k`` is given, without a tenth of the votes (or people)."""
    rng = np.random.default_rng([seed, 1 + of_people])
    own = drawing.groups
    everyone = np.where(eligible(votes, included), own.nearest, -1)
    placed, counted = [], []
    for _ in range(draws):
        kept = rng.integers(0, 10, votes.n if of_people else len(votes.codes), dtype=np.uint8) > 0
        fewer = votes.subset(np.repeat(kept, np.diff(votes.indptr)) if of_people else kept)
        again = draw(fewer, included, dimensions=drawing.dimensions, apart=drawing.apart, k=k, seed=seed).groups
        placed.append(adjusted_rand(own.labels, again.labels))
        counted.append(adjusted_rand(everyone, np.where(eligible(fewer, included), again.nearest, -1)))
    return Stability(float(np.mean(placed)), float(np.mean(counted)))
