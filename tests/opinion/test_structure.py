"""The permutation test of structure: what it keeps, what it draws, and how often it is wrong."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import structureless, two_camps

from tracktwo.opinion import _reference
from tracktwo.opinion.passes import kernel
from tracktwo.opinion.structure import densest, structure_test, trade

cells = st.integers(2, 9).flatmap(
    lambda n: st.integers(1, 9).flatmap(
        lambda m: st.lists(st.lists(st.integers(-1, 2), min_size=m, max_size=m), min_size=n, max_size=n)
    )
)


def counts(arrangement: np.ndarray) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple((arrangement == answer).sum(axis=axis).tolist()) for answer in (-1, 0, 1, 2) for axis in (0, 1))


@given(cells, st.integers(0, 2**32))
def test_a_trade_keeps_how_often_each_person_and_each_statement_drew_each_answer(rows, seed):
    before = np.array(rows, dtype=np.int8)
    after = trade(before, np.random.default_rng(seed))
    assert counts(after) == counts(before)
    assert ((after == -1) == (before == -1)).all()
    assert ((after == 1) == (before == 1)).all()


@given(cells, st.integers(0, 2**32))
def test_compiled_trades_are_those_of_the_reference(rows, seed):
    rng = np.random.default_rng(seed)
    compiled = np.array(rows, dtype=np.int8)
    reference = compiled.copy()
    pairs = len(rows) // 2
    order = rng.permutation(len(rows))[: 2 * pairs]
    keys = rng.integers(0, 4, size=(pairs, compiled.shape[1]), dtype=np.uint32)
    kernel.trade(compiled, order, keys)
    _reference.trade(reference, order, keys)
    assert (compiled == reference).all()


def test_trades_reach_every_arrangement_equally_often():
    start = np.array([[2, 0, 2, 0], [0, 2, 0, 0], [2, 2, 0, 0]], dtype=np.int8)
    possible = {
        tuple(flat)
        for flat in product((0, 2), repeat=12)
        if counts(np.array(flat, dtype=np.int8).reshape(3, 4)) == counts(start)
    }
    rng, seen = np.random.default_rng(5), Counter()
    arrangement = start
    draws = 1500 * len(possible) // 5
    for _ in range(5 * draws):
        arrangement = trade(arrangement, rng)
        seen[tuple(arrangement.ravel().tolist())] += 1
    assert set(seen) == possible
    expected = 5 * draws / len(possible)
    assert max(abs(count - expected) for count in seen.values()) < 0.12 * expected


def test_camps_are_found_and_leanings_are_not():
    room, _ = two_camps(1, difference=0.8)
    everybody, everything = np.ones(room.n, dtype=bool), np.ones(room.m, dtype=bool)
    assert structure_test(room, everybody, everything).p_value <= 0.01
    room = structureless(1, people=40, statements=40, leaning=2.0)
    assert structure_test(room, np.ones(40, dtype=bool), np.ones(40, dtype=bool)).p_value > 0.03


def test_camps_beside_a_strong_leaning_are_sought_apart_from_it():
    rng = np.random.default_rng(3)
    truth = np.arange(30) % 2
    logit = rng.normal(0, 2.5, 30)[:, None] + np.where(np.arange(40) % 2 == truth[:, None], 1.2, -1.2)
    from tracktwo.opinion import Votes

    room = Votes.of_dense(np.where(rng.random(logit.shape) < 1 / (1 + np.exp(-logit)), 1.0, -1.0))
    found = structure_test(room, np.ones(30, dtype=bool), np.ones(40, dtype=bool))
    assert found.p_value <= 0.03
    assert found.leaning


def test_the_test_looks_where_votes_lie_densest_whatever_they_say():
    room = structureless(2, people=700, statements=200, share=0.1)
    looked_at = densest(room, np.ones(700, dtype=bool), np.ones(200, dtype=bool))
    assert looked_at.shape == (300, 120)
    assert (looked_at >= 0).mean() > 0.1


@pytest.mark.parametrize("people", [0, 1, 3])
def test_too_few_people_hold_no_structure(people):
    room = structureless(4, people=10, statements=12)
    some = np.arange(10) < people
    assert structure_test(room, some, np.ones(12, dtype=bool)).p_value == 1.0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_the_same_seed_gives_the_same_answer(seed):
    room = structureless(seed, people=12, statements=10)
    flags = np.ones(12, dtype=bool), np.ones(10, dtype=bool)
    assert structure_test(room, *flags, draws=19, seed=seed) == structure_test(room, *flags, draws=19, seed=seed)
