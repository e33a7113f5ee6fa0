"""The passes in NumPy: the oracle of the compiled ones, and what runs where those could not be built.

Every function has the name, the arguments and the effect of its twin in ``_passes.c``: it reads the votes of the
people ``lo`` to ``hi`` and adds to the arrays that it is handed. ``b`` is any number of columns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Codes = NDArray[np.uint16] | NDArray[np.uint32]

INTERFACE = 6


def _shard(codes: Codes, indptr: Integers, lo: int, hi: int) -> tuple[Integers, Integers]:
    """Person (from 0 within the shard) and code of each vote of the shard."""
    rows = np.repeat(np.arange(hi - lo), np.diff(indptr[lo : hi + 1]))
    return rows, codes[indptr[lo] : indptr[hi]].astype(np.int64)


def histogram(
    codes: Codes, indptr: Integers, lo: int, hi: int, labels: NDArray[np.int32] | None, out: Integers
) -> None:
    """Add to ``out`` (k, 4 m) how often the people of each label gave each code; negative labels are left out."""
    rows, named = _shard(codes, indptr, lo, hi)
    if labels is not None:
        of_vote = labels[lo:hi][rows].astype(np.int64)
        kept = of_vote >= 0
        named = of_vote[kept] * out.shape[1] + named[kept]
    out += np.bincount(named, minlength=out.size).reshape(out.shape)


def gather(codes: Codes, indptr: Integers, lo: int, hi: int, table: Floats, out: Floats) -> None:
    """Set in ``out`` (n, b) for each person the sum of the rows of ``table`` (4 m, b) that the person's codes name."""
    rows, named = _shard(codes, indptr, lo, hi)
    for column in range(table.shape[1]):
        out[lo:hi, column] = np.bincount(rows, table[:, column][named], minlength=hi - lo)


def gather_scatter(codes: Codes, indptr: Integers, lo: int, hi: int, table: Floats, out: Floats) -> None:
    """Add to ``out`` (4 m, b) for each code the sum, over the people who gave it, of their row of :func:`gather`."""
    rows, named = _shard(codes, indptr, lo, hi)
    for column in range(table.shape[1]):
        person = np.bincount(rows, table[:, column][named], minlength=hi - lo)
        out[:, column] += np.bincount(named, person[rows], minlength=len(out))


def prepare(terms: Floats, count: Floats, table: Floats) -> None:
    """Set ``table`` (4 m, 4) to f, f², y, y·f of each code.

    There f is the statement's factor and y what of the rating is left for the person's terms to explain.
    ``terms`` (2 m + 1,) are the mean, the statements' intercepts and their factors; rows are zero where ``count`` (m,),
    the ratings that count, is.
    """
    m = len(count)
    y = np.array([0.0, 0.5, 1.0, 1.5]) - (terms[0] + terms[1 : m + 1])[:, None]
    f = np.broadcast_to(terms[m + 1 :, None], y.shape)
    rows = np.stack([f, f * f, y, y * f], axis=2)
    table[:] = np.where(count[:, None, None] > 0, rows, 0.0).reshape(-1, 4)


def eliminate(
    codes: Codes,
    indptr: Integers,
    lo: int,
    hi: int,
    rated: Integers,
    table: Floats,
    ridge_intercept: float,
    ridge_factor: float,
    people: Floats,
    out: Floats,
) -> float:
    """Fit each person's intercept and factor to the statements', and add up what the statements' fit needs.

    ``table`` (4 m, 4) is that of :func:`prepare`; ``rated`` (n,) how many votes of the person count, 0 to leave the
    person out. Sets ``people`` (n, 2) intercept i and factor g, adds to ``out`` (4 m, 4) the sums of i, g, g², i·g, and
    returns by how much the people's terms lower the penalised sum of squares.
    """
    rows, named = _shard(codes, indptr, lo, hi)
    f, ff, y, yf = (np.bincount(rows, table[:, c][named], minlength=hi - lo) for c in range(4))
    corner, edge = rated[lo:hi] + ridge_intercept, ff + ridge_factor
    kept = rated[lo:hi] > 0
    determinant = np.where(kept, corner * edge - f * f, 1.0)
    intercept = np.where(kept, (edge * y - f * yf) / determinant, 0.0)
    factor = np.where(kept, (corner * yf - f * y) / determinant, 0.0)
    people[lo:hi, 0], people[lo:hi, 1] = intercept, factor
    for column, term in enumerate((intercept, factor, factor * factor, intercept * factor)):
        out[:, column] += np.bincount(named, term[rows], minlength=len(out))
    return float(np.sum(np.where(kept, intercept * y + factor * yf, 0.0)))


def complete(
    sums: Floats,
    count: Floats,
    total: Floats,
    terms: Floats,
    ridges: tuple[float, float, float],
    g: Floats,
    slope: Floats,
) -> float:
    """Finish a round with the ``sums`` (4 m, 4) of :func:`eliminate`.

    ``count`` and ``total`` (m,) are the ratings of each statement and their sum, ``terms`` (2 m + 1,) as in
    :func:`prepare`, ``ridges`` what the mean, an intercept and a factor are penalised with. Sets ``g`` (2, m) to each
    statement's sums of people's factors and of their squares, and ``slope`` (2 m + 1,) to half the derivative of the
    penalised sum of squares by the terms. Returns by how much the terms raise that sum before people have theirs.
    """
    m = len(count)
    mean, intercept, factor = terms[0], terms[1 : m + 1], terms[m + 1 :]
    by_code = np.where((count > 0)[:, None, None], sums.reshape(m, 4, 4), 0.0)
    i, g[0], g[1], both = by_code[:, :3].sum(axis=1).T
    level = mean + intercept
    error = count * level - total + i + g[0] * factor
    slope[0] = error.sum() + ridges[0] * mean
    slope[1 : m + 1] = error + ridges[1] * intercept
    slope[m + 1 :] = g[0] * level + g[1] * factor + both - by_code[:, 1:3, 1] @ [0.5, 1.0] + ridges[2] * factor
    penalty = ridges[0] * mean * mean + ridges[1] * intercept @ intercept + ridges[2] * factor @ factor
    return float((count * level - 2 * total) @ level + penalty)


def _solved(g: Floats, count: Floats, ridges: tuple[float, float, float], wanted: Floats) -> Floats:
    """(2 m + 1,) the terms whose product with half the second derivative, the people's terms held, is ``wanted``."""
    m = len(count)
    first, second = count + ridges[1], g[1] + ridges[2]
    determinant = first * second - g[0] * g[0]
    one, two = wanted[1 : m + 1] / determinant, wanted[m + 1 :] / determinant
    intercept, factor = second * one - g[0] * two, first * two - g[0] * one
    # by how much intercepts and factors fall where the mean rises by one
    falls = (second * count - g[0] * g[0]) / determinant, ridges[1] * g[0] / determinant
    pivot = ridges[0] + count.sum() - count @ falls[0] - g[0] @ falls[1]
    mean = (wanted[0] - count @ intercept - g[0] @ factor) / pivot
    return np.concatenate([[mean], intercept - mean * falls[0], factor - mean * falls[1]])


def direct(
    g: Floats,
    count: Floats,
    ridges: tuple[float, float, float],
    slope: Floats,
    moves: Floats,
    changes: Floats,
    newest: int,
    out: Floats,
) -> None:
    """Set ``out`` (2 m + 1,) to where limited-memory BFGS goes (Nocedal 1980).

    ``moves`` and ``changes`` (pairs, 2 m + 1) are earlier moves and how the slope changed with each, in a ring of which
    ``newest`` is the last; the curvature that ``g``, ``count`` and ``ridges`` of :func:`complete` make is the first
    guess.
    """
    pairs = len(moves)
    order = [(newest - age) % pairs for age in range(pairs)]
    shares = np.zeros(pairs)
    out[:] = -slope
    for at in order:
        shares[at] = moves[at] @ out / (moves[at] @ changes[at])
        out -= shares[at] * changes[at]
    out[:] = _solved(g, count, ridges, out)
    for at in reversed(order):
        out += (shares[at] - changes[at] @ out / (moves[at] @ changes[at])) * moves[at]


def spread(
    codes: Codes,
    indptr: Integers,
    lo: int,
    hi: int,
    rated: Integers,
    table: Floats,
    ridge_intercept: float,
    ridge_factor: float,
    people: Floats,
    out: Floats,
) -> None:
    """Add up the bread and the filling of the sandwich of each statement's intercept and factor.

    Arguments as in :func:`eliminate`, whose ``people`` are read. With e the error of a vote, h its leverage in the
    person's own fit and g the person's factor, adds to ``out`` (m, 8) the sums of (1 − h)·(1, g, g²) and of
    e²·(1, g, g²); the last two columns fill up the row.
    """
    rows, named = _shard(codes, indptr, lo, hi)
    f, y = table[:, 0][named], table[:, 2][named]
    total = np.bincount(rows, f, minlength=hi - lo)
    corner = rated[lo:hi] + ridge_intercept
    edge = np.bincount(rows, table[:, 1][named], minlength=hi - lo) + ridge_factor
    kept = rated[lo:hi] > 0
    determinant = np.where(kept, corner * edge - total * total, 1.0)
    leverage = (edge[rows] - 2 * f * total[rows] + f * f * corner[rows]) / determinant[rows]
    factor = people[lo:hi, 1][rows]
    error = y - people[lo:hi, 0][rows] - factor * f
    free, square = kept[rows] * (1 - leverage), kept[rows] * error * error
    for column, base in ((0, free), (3, square)):
        for power in range(3):
            out[:, column + power] += np.bincount(named >> 2, base * factor**power, minlength=len(out))


def kmeans(points: Floats, weights: Floats, uniforms: Floats, rounds: int, centers: Floats, labels: Integers) -> float:
    """Best of several runs of k-means from k-means++ starts (Arthur & Vassilvitskii 2007).

    ``points`` (p, r), ``weights`` (p,), ``uniforms`` (starts, k) numbers in [0, 1) that choose the starts. Sets
    ``centers`` (k, r) and ``labels`` (p,) and returns the weighted sum of squared distances. An empty cluster keeps
    its centre.
    """
    starts, k = uniforms.shape
    if k == 0:
        chosen = centers[None].copy()
        starts, k = 1, len(centers)
    else:
        chosen = _seeded(points, weights, uniforms)
    nearest = np.full((starts, len(points)), -1)
    everyone = np.broadcast_to(weights, nearest.shape)
    offset = k * np.arange(starts)[:, None]
    for _ in range(rounds):
        before = nearest
        nearest = _distances(points, chosen).argmin(axis=2)
        if np.array_equal(before, nearest):
            break
        flat = (nearest + offset).ravel()
        mass = np.bincount(flat, everyone.ravel(), minlength=starts * k)
        for axis in range(points.shape[1]):
            total = np.bincount(flat, (everyone * points[:, axis]).ravel(), minlength=starts * k)
            mean = np.divide(total, mass, where=mass > 0, out=chosen[:, :, axis].ravel())
            chosen[:, :, axis] = mean.reshape(starts, k)
    distances = _distances(points, chosen)
    inertia = (distances.min(axis=2) * weights).sum(axis=1)
    best = int(inertia.argmin())
    centers[:], labels[:] = chosen[best], distances[best].argmin(axis=1)
    return float(inertia[best])


def _distances(points: Floats, centers: Floats) -> Floats:
    """(starts, p, k) squared distances."""
    out = np.zeros((len(centers), len(points), centers.shape[1]))
    for axis in range(points.shape[1]):
        out += (points[None, :, None, axis] - centers[:, None, :, axis]) ** 2
    return out


def _seeded(points: Floats, weights: Floats, uniforms: Floats) -> Floats:
    """(starts, k, r) points drawn one after the other, each with a chance that grows with its squared distance."""
    starts, k = uniforms.shape
    centers = np.zeros((starts, k, points.shape[1]))
    chance = np.tile(weights, (starts, 1))
    distance = np.full(chance.shape, np.inf)
    for j in range(k):
        sums = np.cumsum(chance, axis=1)
        drawn = np.argmax(sums > (uniforms[:, j] * sums[:, -1])[:, None], axis=1)
        centers[:, j] = points[drawn]
        distance = np.minimum(distance, _distances(points, centers[:, j : j + 1])[:, :, 0])
        chance = distance * weights
    return centers


def silhouette(points: Floats, weights: Floats, labels: Integers, k: int) -> float:
    """Mean silhouette (Rousseeuw 1987) of points that each stand for ``weights`` people; alone in a group scores 0."""
    order = np.argsort(labels, kind="stable")
    points, weights, labels = points[order], weights[order], labels[order]
    mass = np.bincount(labels, weights, minlength=k)
    member = np.zeros((len(points), k))
    member[np.arange(len(points)), labels] = weights
    total = 0.0
    for lo in range(0, len(points), 512):
        block = slice(lo, lo + 512)
        sums = np.sqrt(_distances(points, points[None, block])[0]).T @ member
        rows, own = np.arange(len(sums)), labels[block]
        within = sums[rows, own] / np.where(mass[own] > 1, mass[own] - 1, 1.0)
        means = sums / np.where(mass > 0, mass, 1.0)
        means[:, mass <= 0] = np.inf
        means[rows, own] = np.inf
        other = means.min(axis=1)
        largest = np.maximum(within, other)
        counted = (mass[own] > 1) & np.isfinite(other) & (largest > 0)
        score = np.divide(other - within, largest, where=counted, out=np.zeros(len(rows)))
        total += float(score @ weights[block])
    return total / float(weights.sum())


def heap(points: Floats, weights: Floats, labels: Integers | None, corner: Floats, step: Floats, out: Floats) -> None:
    """Add to ``out`` (k, side, side, 3) mass and first moments of the points (p, 2) of each label in each cell."""
    side = out.shape[1]
    place = np.clip((points - corner) / step, 0, side - 1).astype(np.int64)
    cell = place[:, 0] * side + place[:, 1] + (0 if labels is None else labels * side * side)
    flat = out.reshape(-1, 3)
    for column, term in enumerate((weights, weights * points[:, 0], weights * points[:, 1])):
        flat[:, column] += np.bincount(cell, term, minlength=len(flat))


def trade(cells: NDArray[np.int8], order: Integers, keys: NDArray[np.uint32]) -> None:
    """Let the people of each pair trade disagreements and agreements, in place.

    ``cells`` (n, m) are answers 0, 1, 2 and −1 where absent; person ``order[i]`` trades with ``order[pairs + i]``. Of
    the statements on which one of the two disagreed (0) and the other agreed (2), the first disagrees with as many as
    before, those of the smallest ``keys`` (pairs, m).
    """
    first, second = cells[order[: len(keys)]], cells[order[len(keys) :]]
    traded = (np.minimum(first, second) == 0) & (np.maximum(first, second) == 2)
    ranked = np.argsort(np.where(traded, keys.astype(np.int64), np.int64(1) << 32), axis=1, kind="stable")
    place = np.empty(ranked.shape, dtype=np.int64)
    np.put_along_axis(place, ranked, np.arange(ranked.shape[1])[None, :], axis=1)
    disagrees = place < (traded & (first == 0)).sum(axis=1, keepdims=True)
    cells[order[: len(keys)]] = np.where(traded, np.where(disagrees, 0, 2), first)
    cells[order[len(keys) :]] = np.where(traded, np.where(disagrees, 2, 0), second)
