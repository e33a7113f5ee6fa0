"""Slates equal those of abcvoting, and their certificate says what a search over all groups would."""

from itertools import chain, combinations

import numpy as np
import pytest
from abcvoting import abcrules, properties
from abcvoting.preferences import Profile
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.opinion.slates import slate
from tracktwo.opinion.votes import InputError, Statement, Votes

RULES = ("equal-shares", "seqpav", "seqphragmen")
a, b, c, d, e, f, g, h = range(8)


def votes_of(approvals):
    """Complete votes from an (n, m) table of approvals; the others disagree or pass."""
    approvals = np.asarray(approvals, dtype=bool)
    other = np.where(np.arange(approvals.size).reshape(approvals.shape) % 3, -1.0, 0.0)
    return Votes.of_dense(np.where(approvals, 1.0, other))


def table(ballots, m):
    approvals = np.zeros((len(ballots), m), dtype=bool)
    for i, ballot in enumerate(ballots):
        approvals[i, list(ballot)] = True
    return approvals


def profile_of(approvals):
    profile = Profile(approvals.shape[1])
    profile.add_voters([np.flatnonzero(row).tolist() for row in approvals])
    return profile


def check_against_abcvoting(approvals, size, algorithm="fastest"):
    approvals = np.asarray(approvals, dtype=bool)
    profile = profile_of(approvals)
    for rule in RULES:
        extra = {} if rule == "seqpav" else {"algorithm": algorithm}
        [expected] = abcrules.compute(rule, profile, size, resolute=True, **extra)
        found = slate(votes_of(approvals), size, rule=rule)
        assert set(found.statements) == set(expected), rule
        assert len(found.statements) == size
        assert found.ejr_plus == properties.check_EJR_plus(profile, expected)


profiles = st.integers(1, 12).flatmap(
    lambda n: st.integers(1, 9).flatmap(
        lambda m: st.lists(st.lists(st.booleans(), min_size=m, max_size=m), min_size=n, max_size=n)
    )
)


@settings(max_examples=300, deadline=None)
@given(profiles, st.data())
def test_equal_to_abcvoting_on_any_small_room(approvals, data):
    approvals = np.array(approvals)
    if approvals.any():
        check_against_abcvoting(approvals, data.draw(st.integers(1, approvals.shape[1])))


@pytest.mark.parametrize("seed", range(30))
def test_equal_to_abcvoting_where_many_statements_tie(seed):
    random = np.random.default_rng(seed)
    blocks = random.random((4, 5)) < 0.5
    blocks[0, 0] = True
    approvals = np.repeat(np.repeat(blocks, random.integers(1, 5, 4), axis=0), random.integers(1, 4, 5), axis=1)
    for size in range(1, approvals.shape[1] + 1):
        check_against_abcvoting(approvals, size, algorithm="standard-fractions")


@pytest.mark.parametrize("seed", range(12))
def test_equal_to_abcvoting_in_a_room_of_36_with_40_statements(seed):
    random = np.random.default_rng(seed)
    camps = random.random((3, 40))[random.integers(0, 3, 36)]
    check_against_abcvoting(random.random((36, 40)) < camps, 3 + seed, algorithm="gmpy2-fractions")


@pytest.mark.parametrize("seed", range(3))
def test_equal_to_abcvoting_with_hundreds_of_people(seed):
    random = np.random.default_rng(seed)
    camps = random.random((4, 25))[random.integers(0, 4, 400)]
    check_against_abcvoting(random.random((400, 25)) < camps, 10)


# Lackner & Skowron (2023), Multi-Winner Voting with Approval Preferences, example 2.1.
RUNNING = [{a, b}] * 3 + [{a, c}] * 3 + [{a, d}] * 2 + [{b, c, f}, {e}, {f}, {g}]
# Ibid., example 2.5.
GREEDY = [{a, b}] * 3 + [{a, d}] * 6 + [{b}] * 4 + [{c}] * 5 + [{c, d}] * 5
# Janson (2018), Phragmén's and Thiele's election methods, example 13.3, after Thiele.
THIELE = (
    [{a, c, d}] * 960 + [{b, c, d}] * 3000 + [{b, c}] * 520 + [{a, b}] * 1620 + [{a, d}] * 1081
    + [{a, c}] * 1240 + [{b, d}] * 360 + [{d}] * 360 + [{c}] * 120 + [{b}] * 60
)  # fmt: skip
# Mora & Oliver (2015), Eleccions mitjançant el vot d'aprovació: El mètode de Phragmén i algunes variants.
MORA = [{0, 1}] * 10 + [{2}] * 3 + [{3}] * 12 + [{0, 1, 2}] * 21 + [{2, 3}] * 6
# Sánchez-Fernández & Fisteus (2019), Monotonicity axioms in approval-based multi-winner voting rules.
MONOTONE = [{a, b, d}] * 7 + [{a, b, e}] * 4 + [{a, c, d}] * 3 + [{a, c, e}] * 5
# Lackner & Skowron (2023), proposition A.3.
BOOK = [{1, 3}, {0, 1}, {1, 3, 4}, {0, 4}, {2, 3, 4}, {2, 4}, {2, 3, 4}, {0, 2, 4}, {1, 2, 3}]


@pytest.mark.parametrize(
    ("rule", "ballots", "m", "size", "expected"),
    [
        ("seqphragmen", RUNNING, 8, 4, {a, b, c, d}),
        ("equal-shares", RUNNING, 8, 4, {a, b, c, d}),
        ("seqpav", GREEDY, 4, 2, {c, d}),
        ("seqpav", THIELE, 4, 2, {a, c}),
        ("seqphragmen", MORA, 4, 3, {0, 1, 3}),
        ("seqphragmen", [*MORA, {0, 1}], 4, 3, {0, 2, 3}),
        ("seqpav", MONOTONE, 5, 4, {a, b, c, d}),
        ("seqpav", [*MONOTONE, {c, d}], 5, 4, {a, b, d, e}),
        ("equal-shares", BOOK, 5, 3, {0, 3, 4}),
        ("equal-shares", [*BOOK, {0}], 5, 3, {1, 2, 4}),
    ],
)
def test_published_examples(rule, ballots, m, size, expected):
    assert set(slate(votes_of(table(ballots, m)), size, rule=rule).statements) == expected


def test_equal_shares_gives_each_part_of_the_room_its_share():
    # Peters & Skowron (2020), example 1: of 12 seats the three who agree on c1–c3 get six, each of the others two.
    ballots = [{0, 1, 2, 3}, {0, 1, 2, 4}, {0, 1, 2, 5}, {6, 7, 8}, {9, 10, 11}, {12, 13, 14}]
    for rule in ("equal-shares", "seqphragmen"):
        chosen = set(slate(votes_of(table(ballots, 15)), 12, rule=rule).statements)
        assert chosen >= set(range(6))
        assert [len(chosen & ballot) for ballot in ballots[3:]] == [2, 2, 2]


def fails_by_search(approvals, chosen):
    """Whether any group of people at all is owed more, by the definition of EJR+."""
    n, k = len(approvals), len(chosen)
    has = approvals[:, list(chosen)].sum(axis=1)
    groups = chain.from_iterable(combinations(range(n), size) for size in range(1, n + 1))
    return any(
        len(group) * k >= level * n and (has[list(group)] < level).all()
        for group in groups
        if any(approvals[list(group), j].all() for j in range(approvals.shape[1]) if j not in chosen)
        for level in range(1, k + 1)
    )


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 7).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=n, max_size=n)
    ),
    st.integers(1, 5),
    st.sampled_from(RULES),
)
def test_the_certificate_agrees_with_a_search_over_all_groups(approvals, size, rule):
    approvals = np.array(approvals)
    if not approvals.any():
        return
    found = slate(votes_of(approvals), size, rule=rule)
    assert found.ejr_plus != fails_by_search(approvals, found.statements)


@settings(max_examples=200, deadline=None)
@given(profiles, st.data())
def test_equal_shares_always_satisfies_ejr_plus(approvals, data):
    if np.any(approvals):
        found = slate(votes_of(approvals), data.draw(st.integers(1, len(approvals[0]))), rule="equal-shares")
        assert found.ejr_plus
        assert found.witness is None


def test_a_slate_that_fails_names_the_statement_and_the_people_owed_it():
    # Brill, Freeman, Janson & Lackner (2024), Phragmén's voting methods and justified representation: of 24 people
    # four agree on a and b and are owed two of twelve seats; Phragmén elects c1 to c12, of which each supports one.
    a, b, *c = range(14)
    ballots = [{a, b, c[0]}] * 2 + [{a, b, c[1]}] * 2 + [set(c)] * 6 + [set(c[1:])] * 5 + [set(c[2:])] * 9
    found = slate(votes_of(table(ballots, 14)), 12, rule="seqphragmen")
    assert set(found.statements) == set(c)
    assert not found.ejr_plus
    assert found.witness == (a, 4)
    assert {a, b} <= set(slate(votes_of(table(ballots, 14)), 12, rule="equal-shares").statements)


def test_who_did_not_vote_on_a_statement_does_not_approve_of_it():
    matrix = np.array([[1.0, np.nan], [1, np.nan], [np.nan, 1], [-1, 0]])
    assert slate(Votes.of_dense(matrix), 1).statements == (0,)


@pytest.mark.parametrize("rule", RULES)
def test_who_never_voted_does_not_count(rule):
    random = np.random.default_rng(5)
    matrix = np.where(random.random((9, 6)) < 0.5, 1.0, -1.0)
    silent = np.vstack([matrix[:4], np.full((30, 6), np.nan), matrix[4:]])
    assert slate(Votes.of_dense(matrix), 3, rule=rule) == slate(Votes.of_dense(silent), 3, rule=rule)


@pytest.mark.parametrize("rule", RULES)
def test_only_included_statements_are_chosen_and_keep_their_numbers(rule):
    random = np.random.default_rng(6)
    matrix = np.where(random.random((9, 6)) < 0.5, 1.0, -1.0)
    included = np.array([False, True, True, False, True, True])
    whole = slate(Votes.of_dense(matrix), 2, rule=rule, included=included)
    alone = slate(Votes.of_dense(matrix[:, included]), 2, rule=rule)
    assert whole.statements == tuple(np.flatnonzero(included)[list(alone.statements)])
    statements = [Statement(str(j), moderated=-1 if j == 0 else 0, meta=j == 3) for j in range(6)]
    assert slate(Votes.of_dense(matrix, statements=statements), 2, rule=rule) == whole


@pytest.mark.parametrize("rule", RULES)
def test_statements_nobody_supports_fill_the_slate_last(rule):
    found = slate(votes_of([[0, 1, 0, 0], [0, 1, 0, 0]]), 3, rule=rule)
    assert found.statements == (1, 0, 2)


@pytest.mark.parametrize(
    ("matrix", "size", "rule", "message"),
    [
        ([[1.0, -1]], 0, "seqpav", "slate of 0"),
        ([[1.0, -1]], 3, "seqpav", "slate of 3 cannot be chosen from 2"),
        ([[0.0, -1]], 1, "equal-shares", "Nobody agrees"),
        ([[1.0, -1]], 1, "plurality", "no rule 'plurality'"),
    ],
)
def test_what_cannot_be_chosen_is_refused(matrix, size, rule, message):
    with pytest.raises(InputError, match=message):
        slate(Votes.of_dense(np.array(matrix)), size, rule=rule)
