"""Tests of differences between camps: exact where they can be, and not fooled by the drawing of the groups."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import structureless, two_camps

from tracktwo.opinion import analyse
from tracktwo.opinion.differences import differences, false_discovery, fisher


def tail_by_tail(a, n, b, k):
    """Twice the smaller tail of Fisher's exact test, in fractions."""
    total, whole = a + b, n + k
    weight = {x: Fraction(comb(n, x) * comb(k, total - x), comb(whole, total)) for x in range(total + 1) if x <= n}
    lower = sum(p for x, p in weight.items() if x <= a)
    upper = sum(p for x, p in weight.items() if x >= a)
    return float(min(1, 2 * min(lower, upper)))


samples = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(samples, samples)
def test_the_p_value_is_twice_the_smaller_tail_of_fishers_exact_test(one, other):
    a, n = one
    b, k = other
    assert fisher(*(np.array([x]) for x in (a, n, b, k)))[0] == pytest.approx(tail_by_tail(a, n, b, k), rel=1e-9)


def test_fishers_lady_tasting_tea():
    """Three of four cups right: one-sided 17/70 (Fisher 1935, The design of experiments, chapter II)."""
    assert fisher(np.array([3]), np.array([4]), np.array([1]), np.array([4]))[0] == pytest.approx(2 * 17 / 70)


def test_large_samples_are_near_the_exact_test():
    counts = np.array([[620, 1100, 480, 1000], [30, 1500, 40, 1400], [700, 1200, 690, 1200]])
    approximate = fisher(*counts.T)
    exact = [tail_by_tail(*row) for row in counts.tolist()]
    assert approximate == pytest.approx(exact, rel=0.05)


def test_the_published_example_of_benjamini_and_hochberg():
    """Benjamini & Hochberg 1995, section 3.2: of 15 comparisons the four smallest are significant at 0.05."""
    smallest = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    others = [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1]
    assert (false_discovery(np.array([*smallest, *others])) <= 0.05).sum() == 4


def test_untested_pairs_do_not_count_as_tests():
    assert false_discovery(np.array([0.01, np.nan, 0.04])) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)


def test_a_difference_between_sides_is_found_and_named_with_its_size():
    counts = np.zeros((3, 2, 3), dtype=np.int64)
    counts[1] = [[2, 0, 18], [10, 0, 10]]
    counts[2] = [[18, 0, 2], [9, 0, 11]]
    counts[0] = counts[1] + counts[2]
    found = differences(counts, [[1, 2]], np.ones(2, dtype=bool))
    assert found.found.tolist() == [[False, False], [True, False], [True, False]]
    assert found.difference[1, 0] == pytest.approx(0.8)


def test_groups_of_a_camped_room_differ_where_the_camps_do():
    votes, _ = two_camps(2, people=120, statements=30, difference=0.6)
    analysis = analyse(votes, slate_size=None)
    assert analysis.differences is not None
    assert analysis.differences.cross_fitted
    assert 12 <= analysis.differences.found[1].sum() <= 18


def test_groups_asked_for_in_noise_are_not_found_to_differ_more_often_than_the_level_allows():
    """Drawn and tested on the same votes they would be in most rooms."""
    fooled, naive = 0, 0
    for seed in range(60):
        votes = structureless(seed, people=80, statements=30)
        analysis = analyse(votes, groups=2, slate_size=None, resampling=False)
        groups = [i for i, camp in enumerate(analysis.camps) if camp.kind == "group"]
        fooled += bool(analysis.differences.found.any())
        naive += bool(differences(analysis.counts, [groups], analysis.included).found.any())
    assert fooled <= 0.1 * 60
    assert naive >= 0.5 * 60
