"""Groups of positions against every possible grouping, and silhouettes against their definition."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.opinion import _reference, lattice, passes
from tracktwo.opinion.lattice import kmeans, silhouette


def spread(positions, labels, weights):
    """Weighted sum of squared distances to the mean of the own group."""
    total = 0.0
    for label in set(labels):
        own = np.asarray(labels) == label
        mean = np.average(positions[own], axis=0, weights=weights[own])
        total += (weights[own, None] * (positions[own] - mean) ** 2).sum()
    return total


def silhouette_by_definition(positions, labels):
    scores = []
    for i, own in enumerate(labels):
        distance = np.sqrt(((positions - positions[i]) ** 2).sum(axis=1))
        others = [distance[labels == label].mean() for label in set(labels) - {own}]
        mates = (labels == own).sum() - 1
        if mates == 0:
            scores.append(0.0)
            continue
        within, nearest = distance[labels == own].sum() / mates, min(others)
        scores.append((nearest - within) / max(within, nearest) if max(within, nearest) > 0 else 0.0)
    return np.mean(scores)


def camps(sizes, places, *, noise=0.3, seed=0):
    rng = np.random.default_rng(seed)
    return np.concatenate(
        [rng.normal(place, noise, (size, len(place))) for size, place in zip(sizes, places, strict=True)]
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 8), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**32))
def test_no_grouping_of_a_handful_of_people_is_better(n, r, k, seed):
    rng = np.random.default_rng(seed)
    positions, weights = rng.standard_normal((n, r)), rng.integers(1, 5, n).astype(float)
    labels, centers = kmeans(positions, k, weights=weights, starts=400, seed=1)
    best = min(spread(positions, every, weights) for every in product(range(min(k, n)), repeat=n))
    assert spread(positions, labels, weights) == pytest.approx(best)
    for label in set(labels):
        mean = np.average(positions[labels == label], axis=0, weights=weights[labels == label])
        np.testing.assert_allclose(centers[label], mean)


@given(st.integers(3, 40), st.integers(1, 3), st.integers(2, 4), st.integers(0, 2**32))
def test_silhouette_is_what_rousseeuw_defined(n, r, k, seed):
    rng = np.random.default_rng(seed)
    positions, labels = np.round(rng.standard_normal((n, r)), 1), rng.integers(0, k, n)
    labels[:2] = 0, k - 1
    assert silhouette(positions, labels) == pytest.approx(silhouette_by_definition(positions, labels), abs=1e-12)


@given(st.integers(3, 20), st.integers(0, 2**32))
def test_a_weight_stands_for_as_many_people(n, seed):
    rng = np.random.default_rng(seed)
    positions, weights = rng.standard_normal((n, 2)), rng.integers(1, 4, n)
    labels = rng.integers(0, 3, n)
    labels[:2] = 0, 1
    everyone = np.repeat(positions, weights, axis=0)
    expected = silhouette(everyone, np.repeat(labels, weights))
    assert silhouette(positions, labels, weights.astype(float)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.skipif(not passes.compiled, reason="the compiled passes were not built")
@given(st.integers(1, 60), st.integers(1, 4), st.integers(1, 5), st.integers(0, 2**32))
def test_compiled_groups_are_those_of_the_reference(n, r, k, seed):
    rng = np.random.default_rng(seed)
    points, weights, uniforms = rng.standard_normal((n, r)), rng.uniform(0.5, 3, n), rng.random((3, k))
    found = []
    for kernel in (passes.kernel, _reference):
        centers, labels = np.zeros((k, r)), np.zeros(n, dtype=np.int64)
        inertia = kernel.kmeans(points, weights, uniforms, 100, centers, labels)
        found.append((inertia, centers, labels, kernel.silhouette(points, weights, labels, k)))
    assert found[0][0] == pytest.approx(found[1][0], rel=1e-9, abs=1e-12)
    np.testing.assert_allclose(found[0][1], found[1][1], rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(found[0][2], found[1][2])
    assert found[0][3] == pytest.approx(found[1][3], abs=1e-9)


def test_the_heaviest_group_comes_first():
    positions = camps((5, 20, 10), ((0, 0), (9, 0), (0, 9)))
    labels, centers = kmeans(positions, 3)
    assert labels.tolist() == [2] * 5 + [0] * 20 + [1] * 10
    np.testing.assert_allclose(centers, [[9, 0], [0, 9], [0, 0]], atol=0.5)


@pytest.mark.parametrize("places", [((0, 0), (6, 0), (0, 6)), ((0, 0, 0), (6, 0, 0), (0, 0, 6)), ((0,), (5,), (20,))])
def test_many_people_fall_into_the_same_groups_as_few(places):
    sizes = (4000, 3000, 1000)
    positions = camps(sizes, places)
    labels, centers = kmeans(positions, 3)
    assert labels.tolist() == np.repeat([0, 1, 2], sizes).tolist()
    exact, _ = kmeans(positions[::8], 3)
    np.testing.assert_array_equal(exact, labels[::8])
    np.testing.assert_allclose(centers, places, atol=0.03)


def test_the_silhouette_of_many_is_close_to_that_of_all_pairs(monkeypatch):
    positions = camps((1500, 900, 600), ((0, 0), (3, 0), (0, 3)), noise=0.8)
    labels, _ = kmeans(positions, 3)
    quick = silhouette(positions, labels)
    monkeypatch.setattr(lattice, "EXACT", 10_000)
    assert quick == pytest.approx(silhouette(positions, labels), abs=0.01)


def test_the_silhouette_of_many_in_three_dimensions_is_that_of_a_sample(monkeypatch):
    positions = camps((1500, 900, 600), ((0, 0, 0), (3, 0, 0), (0, 0, 3)), noise=0.8)
    labels = np.repeat([0, 1, 2], (1500, 900, 600))
    quick = silhouette(positions, labels)
    monkeypatch.setattr(lattice, "EXACT", 10_000)
    assert quick == pytest.approx(silhouette(positions, labels), abs=0.02)


def test_people_outside_the_groups_do_not_count():
    positions = camps((10, 10), ((0, 0), (5, 0)))
    labels = np.repeat([0, 1], 10)
    outside = np.concatenate([positions, [[50.0, 50.0]]])
    assert silhouette(outside, np.append(labels, -1)) == silhouette(positions, labels)


@pytest.mark.parametrize("labels", [[], [0, 0, 0], [-1, -1]], ids=["nobody", "one group", "all outside"])
def test_one_group_has_no_silhouette(labels):
    assert np.isnan(silhouette(np.zeros((len(labels), 2)), np.array(labels, dtype=np.int64)))


@pytest.mark.parametrize("n", [1, 7, 5000])
def test_people_in_one_place_are_in_one_group(n):
    labels, centers = kmeans(np.full((n, 2), 3.0), 2)
    assert not labels.any()
    assert centers[0].tolist() == [3, 3]


def test_nobody_is_in_no_group():
    labels, centers = kmeans(np.zeros((0, 2)), 3)
    assert labels.shape == (0,)
    assert centers.shape == (3, 2)


def test_at_least_one_group_is_asked_for():
    with pytest.raises(ValueError, match="at least 1"):
        kmeans(np.zeros((3, 2)), 0)


@pytest.mark.skipif(not passes.compiled, reason="the compiled passes were not built")
def test_compiled_groups_refuse_arrays_that_do_not_fit():
    points, weights, centers = np.zeros((3, 2)), np.ones(3), np.zeros((2, 2))
    labels = np.zeros(3, dtype=np.int64)
    with pytest.raises(ValueError, match="sizes that fit"):
        passes.kernel.kmeans(points, weights[:2].copy(), np.zeros((1, 2)), 5, centers, labels)
    with pytest.raises(ValueError, match="labels from 0 to k"):
        passes.kernel.silhouette(points, weights, labels + 2, 2)
