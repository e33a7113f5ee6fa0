"""Bridging against the loss of Community Notes, a general optimiser and a bootstrap over people."""

import numpy as np
import pytest
from factorisations import Model
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.opinion import _reference, factorisation, passes
from tracktwo.opinion.bridging import bridging
from tracktwo.opinion.components import signed
from tracktwo.opinion.votes import Votes


def room(n, m, *, present=0.8, camps=2, divided=0.25, seed=0):
    """Camps that differ on every statement by ``divided`` either way, with leanings of their own to agree."""
    rng = np.random.default_rng(seed)
    chance = rng.uniform(0.3, 0.7, m) + divided * rng.choice([-1, 1], (camps, m))[np.arange(n) % camps]
    chance = np.clip(chance + rng.normal(0, 0.1, n)[:, None], 0.02, 0.98)
    dense = np.where(rng.random((n, m)) < chance, 1.0, -1.0)
    dense[rng.random((n, m)) < 0.1] = 0
    dense[rng.random((n, m)) >= present] = np.nan
    return Votes.of_dense(dense)


@pytest.mark.parametrize(
    ("n", "m", "present", "camps"),
    [(36, 40, 0.9, 2), (36, 40, 0.9, 1), (20, 12, 1, 2), (80, 60, 0.3, 3), (200, 30, 0.5, 2), (15, 120, 0.4, 1)],
)
def test_no_start_of_a_general_optimiser_comes_lower(n, m, present, camps):
    votes = room(n, m, present=present, camps=camps)
    model, found = Model(votes), bridging(votes, tolerance=1e-12)
    assert found.converged
    assert found.loss <= model.lowest(starts=10) * (1 + 1e-6)
    loss, slope = model.loss(model.of(found))
    assert loss == pytest.approx(found.loss, rel=1e-12)
    assert np.abs(slope).max() < 1e-6


def test_the_filter_is_statements_first_then_people_once():
    votes = room(40, 24, present=0.5, seed=3)
    included = np.arange(24) % 5 > 0
    model, found = Model(votes, included), bridging(votes, included=included)
    assert np.flatnonzero(~np.isnan(found.person_intercept)).tolist() == model.people.tolist()
    assert np.flatnonzero(~np.isnan(found.statement_intercept)).tolist() == model.statements.tolist()
    assert 0 < len(model.people) < 40
    assert np.isnan(found.low).tolist() == np.isnan(found.statement_factor).tolist()
    assert found.loss == pytest.approx(model.loss(model.of(found))[0], rel=1e-12)


def test_what_both_camps_agree_with_bridges_and_what_divides_them_does_not():
    dense = np.ones((20, 15))
    dense[:10, 5:10] = -1
    dense[10:, 10:] = -1
    found = bridging(Votes.of_dense(dense))
    assert found.statement_intercept[:5].min() > found.statement_intercept[5:].max() + 0.1
    assert np.abs(found.statement_factor[:5]).max() < 0.1 < np.abs(found.statement_factor[5:]).min()
    assert found.person_factor[0] * found.person_factor[-1] < 0


def test_many_votes_are_begun_from_a_sample_and_come_to_the_same_loss(monkeypatch):
    votes = room(600, 30)
    whole = bridging(votes)
    monkeypatch.setattr(factorisation, "FEW_VOTES", 1000)
    begun = bridging(votes)
    assert begun.loss == pytest.approx(whole.loss, rel=1e-8)
    np.testing.assert_allclose(begun.statement_intercept, whole.statement_intercept, atol=1e-3)


def test_a_sample_in_which_nobody_voted_enough_is_done_without(monkeypatch):
    rng = np.random.default_rng(0)
    dense = np.full((400, 30), np.nan)
    dense[:20] = rng.choice([-1.0, 1.0], (20, 30))
    dense[20:, :9] = rng.choice([-1.0, 1.0], (380, 9))
    monkeypatch.setattr(factorisation, "FEW_VOTES", 20)
    monkeypatch.setattr(factorisation, "sample", lambda votes, wanted: Votes.of_dense(dense[20:40]))
    votes = Votes.of_dense(dense)
    assert bridging(votes).loss <= Model(votes).lowest(starts=5) * (1 + 1e-6)


def test_reference_and_compiled_passes_fit_the_same(monkeypatch):
    votes = room(60, 30)
    one = bridging(votes)
    monkeypatch.setattr(passes, "kernel", _reference)
    other = bridging(votes)
    assert one.loss == pytest.approx(other.loss, rel=1e-9)
    for name in ("statement_intercept", "statement_factor", "person_intercept", "person_factor", "low", "high"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=1e-9)


def test_the_same_votes_give_the_same_bytes():
    first, second = bridging(room(50, 20), seed=4), bridging(room(50, 20), seed=4)
    assert first.statement_intercept.tobytes() == second.statement_intercept.tobytes()
    assert first.low.tobytes() == second.low.tobytes()


def test_the_largest_factor_is_positive():
    factor = bridging(room(50, 20)).statement_factor
    assert factor.tolist() == signed(factor[None])[0].tolist()


def test_intervals_are_as_wide_as_a_bootstrap_over_people_says():
    votes = room(150, 30, seed=5)
    found, dense = bridging(votes), votes.dense()
    rng = np.random.default_rng(0)
    drawn = [bridging(Votes.of_dense(dense[rng.integers(0, 150, 150)])).statement_intercept for _ in range(150)]
    ratio = (found.high - found.low) / (2 * 1.96) / np.std(drawn, axis=0)
    assert 0.9 < np.sqrt((ratio**2).mean()) < 1.1
    assert ratio.min() > 0.7
    assert ratio.max() < 1.4


def test_intervals_cover_what_other_rooms_of_the_same_people_say():
    rng = np.random.default_rng(11)
    chance = np.clip(rng.uniform(0.3, 0.7, 30) + rng.choice([-0.25, 0.25], (2, 30)), 0.05, 0.95)
    rooms = []
    for _ in range(120):
        dense = np.where(rng.random((40, 30)) < chance[rng.integers(0, 2, 40)], 1.0, -1.0)
        dense[rng.random((40, 30)) < 0.2] = np.nan
        rooms.append(bridging(Votes.of_dense(dense)))
    centre = np.mean([found.statement_intercept for found in rooms], axis=0)
    covered = np.mean([(found.low <= centre) & (centre <= found.high) for found in rooms])
    assert 0.92 < covered < 0.97


@pytest.mark.parametrize(
    "votes",
    [
        Votes.of_dense(np.full((3, 2), np.nan)),
        Votes.of_dense(np.ones((4, 30))),
        Votes.of_dense(np.ones((30, 9))),
        Votes.of_dense(np.ones((30, 1))),
        Votes.of_dense(np.ones((1, 30))),
        Votes.of_dense(np.zeros((0, 3))),
    ],
    ids=["no votes", "four ratings each", "nine statements each", "one statement", "one person", "nobody"],
)
def test_where_the_filter_leaves_nothing_there_is_no_bridging(votes):
    assert bridging(votes) is None


@pytest.mark.parametrize("vote", [-1.0, 0.0, 1.0])
def test_where_everybody_votes_alike_no_statement_stands_out(vote):
    found = bridging(Votes.of_dense(np.full((12, 12), vote)))
    assert found.converged
    np.testing.assert_allclose(found.statement_intercept, found.statement_intercept[0], atol=1e-4)
    np.testing.assert_allclose(found.statement_factor, found.statement_factor[0], atol=1e-3)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 14), st.integers(8, 16), st.floats(0.5, 1), st.integers(0, 2**32))
def test_whatever_the_votes_every_number_is_finite_or_left_out(n, m, present, seed):
    votes = room(n, m, present=present, seed=seed)
    model, found = Model(votes), bridging(votes)
    if found is None:
        assert len(model.ratings) == 0
        return
    assert np.isfinite(model.of(found)).all()
    assert (found.low[model.statements] <= found.high[model.statements]).all()
    assert found.loss <= model.lowest(starts=1, seed=seed % 1000) * (1 + 1e-5) or found.converged
