"""Groups that hold or none: who is placed, how many groups, and that they can be trusted."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import four_camps, structureless, two_camps

from tracktwo.opinion.grouping import adjusted_rand, confidence, draw, eligible, matched, stability

labels = st.lists(st.integers(-1, 3), min_size=2, max_size=12)


def everything(votes):
    return np.ones(votes.m, dtype=bool)


def pair_counting(one, other):
    """The adjusted Rand index by its definition over pairs of people whom both place."""
    people = [i for i in range(len(one)) if one[i] >= 0 and other[i] >= 0]
    pairs = list(combinations(people, 2))
    together = [(one[a] == one[b], other[a] == other[b]) for a, b in pairs]
    both = sum(x and y for x, y in together)
    in_one, in_other = sum(x for x, _ in together), sum(y for _, y in together)
    expected = in_one * in_other / len(pairs) if pairs else 0.0
    largest = (in_one + in_other) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


@given(st.integers(2, 12).flatmap(lambda n: st.tuples(*[st.lists(st.integers(-1, 3), min_size=n, max_size=n)] * 2)))
def test_the_adjusted_rand_index_counts_pairs(two):
    one, other = np.array(two[0]), np.array(two[1])
    if ((one >= 0) & (other >= 0)).any():
        assert adjusted_rand(one, other) == pytest.approx(pair_counting(one, other))


def test_groupings_that_place_nobody_together_have_nothing_in_common():
    assert adjusted_rand(np.array([0, -1]), np.array([-1, 0])) == 0.0


def test_one_of_twenty_people_misplaced_costs_a_fifth():
    truth = np.arange(20) % 2
    wrong = truth.copy()
    wrong[0] = 1
    assert adjusted_rand(truth, wrong) == pytest.approx(0.7996, abs=1e-4)


def test_labels_are_matched_to_those_they_share_most_people_with():
    assert matched(np.array([2, 2, 0, 1, -1]), np.array([0, 0, 1, 2, 1]), 3).tolist() == [0, 0, 1, 2, -1]


def test_two_camps_are_drawn_and_the_sure_are_placed_rightly():
    votes, truth = two_camps(3, people=60, difference=0.6)
    drawn = draw(votes, everything(votes), dimensions=1)
    assert drawn.groups.count == 2
    placed = drawn.groups.labels >= 0
    assert placed.mean() > 0.8
    assert adjusted_rand(drawn.groups.labels, truth) > 0.95
    assert (drawn.groups.nearest >= 0).all()
    assert (drawn.groups.confidence[placed] >= 0.95).all()


def test_four_camps_need_more_than_two_components():
    votes, truth = four_camps(1)
    on_three = draw(votes, everything(votes), dimensions=3).groups
    on_two = draw(votes, everything(votes), dimensions=2).groups
    assert on_three.count == 4
    assert adjusted_rand(on_three.labels, truth) > 0.9
    assert adjusted_rand(on_two.nearest, truth) < adjusted_rand(on_three.nearest, truth)


def test_confidence_is_the_share_of_repetitions_that_stay_nearest():
    rng = np.random.default_rng(1)
    centers = np.array([[-1.0, 0.0], [1.0, 0.0]])
    positions, noise = np.array([[0.3, 0.2], [2.0, 0.0]]), np.array([[0.5, 0.1], [0.5, 0.1]])
    sure = confidence(positions, noise, np.array([1, 1]), centers)
    again = positions + rng.standard_normal((20_000, 2, 2)) * noise
    stayed = (np.abs(again - centers[1]) ** 2).sum(axis=2) < (np.abs(again - centers[0]) ** 2).sum(axis=2)
    assert sure == pytest.approx(stayed.mean(axis=0), abs=0.01)


def test_a_person_of_few_votes_is_counted_but_not_placed():
    votes, _ = two_camps(3, people=40, difference=0.7)
    kept = np.ones(len(votes.codes), dtype=bool)
    kept[4 : votes.indptr[1]] = False
    votes = votes.subset(kept)
    assert not eligible(votes, everything(votes))[0]
    groups = draw(votes, everything(votes), dimensions=1).groups
    assert groups.labels[0] == -1
    assert groups.nearest[0] >= 0


def test_a_number_of_groups_asked_for_is_drawn():
    votes, _ = two_camps(5)
    assert draw(votes, everything(votes), dimensions=2, k=3).groups.count == 3


def test_groups_of_one_person_are_refused():
    matrix = np.ones((12, 12)) * np.where(np.arange(12) % 2, 1.0, -1.0)
    matrix[0] *= -1
    from tracktwo.opinion import Votes

    assert draw(Votes.of_dense(matrix), np.ones(12, dtype=bool), dimensions=1).groups.count == 0


def test_camps_hold_when_votes_or_people_are_dropped_and_noise_does_not():
    votes, _ = two_camps(6, people=40, difference=0.7)
    drawn = draw(votes, everything(votes), dimensions=1)
    assert stability(votes, everything(votes), drawn, draws=10).everyone > 0.9
    assert stability(votes, everything(votes), drawn, draws=10).placed > 0.95
    assert stability(votes, everything(votes), drawn, draws=10, of_people=True).placed > 0.95
    noise = structureless(6, people=40, statements=30)
    drawn = draw(noise, everything(noise), dimensions=2, k=3)
    assert stability(noise, everything(noise), drawn, k=3, draws=10).everyone < 0.75
