"""Principal components against the dense singular value decomposition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.opinion import components as module
from tracktwo.opinion import passes
from tracktwo.opinion.components import components, project, sample
from tracktwo.opinion.votes import Votes


def room(n, m, *, present=0.5, camps=2, seed=0):
    """Camps that answer every statement differently, some votes missing."""
    rng = np.random.default_rng(seed)
    chance = rng.uniform(0.2, 0.8, (camps, m))[np.arange(n) % camps]
    dense = np.where(rng.random((n, m)) < chance, 1.0, -1.0)
    dense[rng.random((n, m)) < 0.1] = 0
    dense[rng.random((n, m)) >= present] = np.nan
    return Votes.of_dense(dense)


def center_of(votes):
    counts = passes.histogram(votes)[0]
    return (counts[:, 2] - counts[:, 0]) / np.maximum(counts.sum(axis=1), 1)


def centred(votes, center, included=None):
    """(n, m) the matrix that the components are those of."""
    dense = np.nan_to_num(votes.dense() - center)
    return dense if included is None else dense * included


def assert_leading(rows, values, matrix, tolerance=1e-9):
    """The rows are the leading right singular vectors, by their definition."""
    expected = np.zeros(len(values))
    exact = np.linalg.svd(matrix, compute_uv=False)[: len(values)]
    expected[: len(exact)] = exact
    np.testing.assert_allclose(values, expected, atol=1e-6 * max(1, expected[0]))
    found = rows[values > 0]
    np.testing.assert_allclose(found @ found.T, np.eye(len(found)), atol=1e-12)
    np.testing.assert_allclose(matrix.T @ (matrix @ rows.T), rows.T * values**2, atol=tolerance * max(1, exact[0] ** 2))
    for row in found:
        assert row[np.argmax(np.abs(row) >= (1 - 1e-9) * np.abs(row).max())] > 0


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 6), st.floats(0, 1), st.integers(0, 2**32))
def test_components_are_the_leading_singular_vectors(n, m, r, present, seed):
    votes = room(n, m, present=present, seed=seed)
    center, included = center_of(votes), np.random.default_rng(seed).random(m) < 0.9
    for small in (0, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "SMALL_ROOM", small)
            rows, values = components(votes, center, included, r=r, tolerance=1e-12)
        assert not rows[:, ~included].any()
        assert_leading(rows, values, centred(votes, center, included))


def test_both_ways_find_the_same_components():
    votes = room(300, 200)
    center = center_of(votes)
    rows, _ = components(votes, center, r=2, tolerance=1e-13)
    _, _, exact = np.linalg.svd(centred(votes, center), full_matrices=False)
    assert np.abs((rows * exact[:2]).sum(axis=1)) == pytest.approx([1, 1], abs=1e-13)
    np.testing.assert_allclose(np.abs(rows), np.abs(exact[:2]), atol=1e-9)


def test_many_votes_are_started_from_a_sample_and_come_to_the_same(monkeypatch):
    votes = room(2000, 90)
    center = center_of(votes)
    monkeypatch.setattr(module, "SAMPLE_VOTES", 5000)
    rows, values = components(votes, center, r=3, tolerance=1e-11)
    assert_leading(rows, values, centred(votes, center))


def test_a_basis_that_grows_too_large_is_begun_again_from_its_best(monkeypatch):
    votes = room(400, 150, camps=1)
    center = center_of(votes)
    monkeypatch.setattr(module, "LARGEST_BASIS", 24)
    rows, values = components(votes, center, r=2, tolerance=1e-10)
    assert_leading(rows, values, centred(votes, center))


@pytest.mark.parametrize("small", [0, 64], ids=["iterated", "whole"])
def test_a_direction_can_be_removed_first(monkeypatch, small):
    monkeypatch.setattr(module, "SMALL_ROOM", small)
    votes = room(70, 50)
    center = center_of(votes)
    without = np.full(50, 50**-0.5)
    rows, values = components(votes, center, r=2, tolerance=1e-12, without=without)
    matrix = centred(votes, center)
    np.testing.assert_allclose(rows @ without, 0, atol=1e-12)
    assert_leading(rows, values, matrix - np.outer(matrix @ without, without))


@pytest.mark.parametrize("small", [0, 64], ids=["iterated", "whole"])
def test_where_everybody_votes_alike_there_are_no_components(monkeypatch, small):
    monkeypatch.setattr(module, "SMALL_ROOM", small)
    votes = Votes.of_dense(np.ones((20, 10)))
    rows, values = components(votes, center_of(votes), r=2)
    assert not rows.any()
    assert not values.any()


def test_two_camps_without_shades_have_one_component():
    votes = Votes.of_dense(np.repeat([[1.0, -1, 1], [-1, 1, -1]], 5, axis=0))
    rows, values = components(votes, center_of(votes), r=2)
    np.testing.assert_allclose(rows[0], np.array([1, -1, 1]) / np.sqrt(3), atol=1e-12)
    assert values == pytest.approx([np.sqrt(30), 0])
    assert not rows[1].any()


def test_positions_are_sums_over_the_votes_that_are_there():
    votes = room(60, 30)
    center = center_of(votes)
    rows, _ = components(votes, center, r=2)
    np.testing.assert_allclose(project(votes, center, rows), centred(votes, center) @ rows.T, atol=1e-12)


def test_a_statement_without_votes_may_have_no_centre():
    dense = np.where(np.random.default_rng(0).random((12, 4)) < 0.5, 1.0, -1.0)
    dense[:, 2] = np.nan
    votes = Votes.of_dense(dense)
    center = np.where(np.arange(4) == 2, np.nan, center_of(votes))
    rows, _ = components(votes, center)
    assert not rows[:, 2].any()
    assert np.isfinite(project(votes, center, rows)).all()


def test_a_sample_is_of_whole_people_from_everywhere():
    votes = room(100, 20)
    few = sample(votes, len(votes.codes) // 4)
    assert (few.participants // 4).tolist() == list(range(25))
    assert len(set(few.participants % 4)) == 4
    np.testing.assert_array_equal(few.dense(), votes.dense()[few.participants])
