"""What to show next: open questions before settled ones, and common ground found with fewer votes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from tracktwo.opinion.intervals import exceedance
from tracktwo.opinion.polis.space import space
from tracktwo.opinion.polis.statistics import priorities
from tracktwo.opinion.routing import expected_information, routing
from tracktwo.opinion.votes import InputError, Statement, Votes

ROOM = Votes.of_dense(np.random.default_rng(1).integers(-1, 2, (12, 7)).astype(float))
SIDES = np.array([0] * 5 + [1] * 7)


def entropy(p):
    return -sum(q * np.log2(q) for q in (p, 1 - p) if q > 0)


def by_the_definition(counts, threshold):
    """One statement: average over the two outcomes of a vote of each camp, for each answer."""
    gains = np.zeros(len(counts))
    for answer in (0, 2):
        x, n = counts[:, answer], counts.sum(axis=1)
        for camp in range(len(counts)):
            expected = 0.0
            for success in (0, 1):
                chance = (x[camp] + 0.5) / (n[camp] + 1)
                vote = np.arange(len(counts)) == camp
                passes = beta.sf(threshold, x + success * vote + 0.5, n - x + (1 - success) * vote + 0.5).prod()
                expected += (chance if success else 1 - chance) * entropy(passes)
            gains[camp] += entropy(beta.sf(threshold, x + 0.5, n - x + 0.5).prod()) - expected
    return gains


tables = st.integers(1, 5).flatmap(
    lambda camps: st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=camps, max_size=camps)
)


@given(tables, st.floats(0.3, 0.9))
def test_the_closed_form_is_the_definition(table, threshold):
    counts = np.array(table)
    found = expected_information(counts[:, None, :], threshold=threshold)[:, 0]
    np.testing.assert_allclose(found, by_the_definition(counts, threshold), atol=1e-10)


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_vote_never_tells_less_than_nothing(table):
    found = expected_information(np.array(table)[:, None, :])
    assert (found >= 0).all()
    assert np.isfinite(found).all()


@given(tables)
def test_camps_are_alike(table):
    counts = np.array(table)[:, None, :]
    np.testing.assert_allclose(expected_information(counts[::-1])[::-1], expected_information(counts), atol=1e-12)


@given(tables)
def test_agreement_and_disagreement_count_alike(table):
    counts = np.array(table)[:, None, :]
    np.testing.assert_allclose(expected_information(counts[:, :, ::-1]), expected_information(counts), atol=1e-12)


@pytest.mark.parametrize("camps", range(1, 7))
@pytest.mark.parametrize("agree", [0, 500, 1000, 1200, 1500, 2000])
def test_a_statement_nobody_has_seen_comes_before_one_with_thousands_of_votes(camps, agree):
    counts = np.array([[[0, 0, 0], [2000 - agree, 0, agree]]] * camps)
    unseen, seen = expected_information(counts).mean(axis=0)
    assert unseen > 5 * seen


@pytest.mark.parametrize("settled", [(0, 0, 18), (18, 0, 0), (9, 0, 9), (0, 18, 0)])
def test_a_settled_statement_comes_after_an_open_one(settled):
    opens = (4, 2, 12)  # near the threshold on both sides
    priority = expected_information(np.array([[settled, opens]] * 2)).mean(axis=0)
    assert priority[0] < priority[1]


def test_one_side_that_refuses_settles_a_statement_for_the_other():
    refused = [[2, 0, 4], [9, 9, 0]]
    unsure = [[2, 0, 4], [2, 2, 14]]
    first_side = expected_information(np.array([refused, unsure]).transpose(1, 0, 2))[0]
    assert first_side[0] < first_side[1] / 5


def test_the_side_that_has_not_spoken_is_asked():
    counts = np.array([[[0, 0, 15]], [[0, 0, 1]]])
    first, second = expected_information(counts)[:, 0]
    assert second > first


def test_a_room_without_votes_treats_its_statements_alike():
    silent = Votes.of_dense(np.full((6, 4), np.nan))
    priority = routing(silent, camps=np.array([0, 0, 0, 1, 1, 1]))
    assert (priority == priority[0]).all()
    assert priority[0] > 0


def test_camps_count_by_their_people_unless_one_is_asked():
    each = [routing(ROOM, camps=SIDES, camp=camp) for camp in (0, 1)]
    np.testing.assert_allclose(routing(ROOM, camps=SIDES), (5 * each[0] + 7 * each[1]) / 12)


def test_labels_and_membership_mean_the_same():
    labels = np.where(np.arange(12) == 3, -1, SIDES)
    members = np.array([labels == 0, labels == 1])
    np.testing.assert_array_equal(routing(ROOM, camps=labels), routing(ROOM, camps=members))


def test_without_camps_everybody_is_one():
    np.testing.assert_array_equal(routing(ROOM), routing(ROOM, camps=np.zeros(12, dtype=np.int64)))


def test_statements_outside_the_mathematics_are_not_shown():
    statements = [Statement(str(j), moderated=-1 if j == 1 else 0, meta=j == 4) for j in range(7)]
    room = Votes.of_dense(ROOM.dense(), statements=statements)
    shown = routing(room, camps=SIDES)
    assert (shown[[1, 4]] == 0).all()
    included = np.arange(7) < 2
    assert (routing(room, camps=SIDES, included=included) > 0).tolist() == included.tolist()


@pytest.mark.parametrize(
    "wrong",
    [
        {"camps": SIDES[:3]},
        {"camps": np.zeros((0, 12), dtype=bool)},
        {"camps": np.zeros((2, 12), dtype=np.int64)},
        {"camps": SIDES, "camp": 2},
        {"threshold": 1.0},
    ],
)
def test_impossible_questions_are_refused(wrong):
    with pytest.raises(InputError):
        routing(ROOM, **wrong)


# A planted room: two sides of 24; of 24 statements both sides agree on four and reject two.
CAMPS = np.repeat([0, 1], 24)
AGREED = np.vstack([[0.92] * 4 + [0.04] * 2 + [0.9] * 5 + [0.15] * 5 + [0.45] * 8] * 2)
AGREED[1, 6:16] = 1 - AGREED[0, 6:16]
COMMON = np.arange(24) < 6


def votes_until_found(policy, seed):
    """Votes until five of the six planted common statements stand at a posterior of 0.95."""
    random = np.random.default_rng(seed)
    draw = random.random((48, 24))
    opinion = np.where(draw < AGREED[CAMPS], 1.0, np.where(draw < AGREED[CAMPS] + 0.05, 0.0, -1.0))
    opinion = np.where((draw >= 0.96) & (AGREED[CAMPS] > 0.1), -1.0, opinion)
    given = np.full((48, 24), np.nan)
    for count in range(8, opinion.size, 8):  # eight people answer before the order is computed again
        order = policy(Votes.of_dense(given))
        for person in random.choice(np.flatnonzero(np.isnan(given).any(axis=1)), 8, replace=False):
            unseen = np.flatnonzero(np.isnan(given[person]))
            shown = unseen[order(CAMPS[person], random)[unseen].argmax()]
            given[person, shown] = opinion[person, shown]
        of_camp = [given[camp == CAMPS] for camp in (0, 1)]
        posteriors = [
            np.prod([exceedance((g == v).sum(axis=0), (~np.isnan(g)).sum(axis=0), threshold=0.6) for g in of_camp], 0)
            for v in (1, -1)
        ]
        if (np.maximum(*posteriors)[COMMON] >= 0.95).sum() >= 5:
            return count
    return opinion.size


def by_information(votes):
    gain = [routing(votes, camps=CAMPS, camp=camp) for camp in (0, 1)]
    return lambda camp, random: gain[camp] + 1e-9 * random.random(votes.m)


def at_random(votes):
    return lambda camp, random: random.random(votes.m)


def as_polis(votes):
    """Drawn in proportion to Polis' priority, as Polis does (Efraimidis & Spirakis' keys)."""
    priority = np.ones(votes.m)
    if len(votes.codes):
        priority = priorities(votes, space(votes), np.zeros(votes.n, dtype=np.int64))
    return lambda camp, random: np.log(random.random(votes.m)) / priority


def test_common_ground_is_found_with_fewer_votes_than_at_random_or_by_polis():
    needed = {
        policy.__name__: np.mean([votes_until_found(policy, seed) for seed in range(6)])
        for policy in (by_information, at_random, as_polis)
    }
    assert needed["by_information"] < 0.8 * needed["at_random"], needed
    assert needed["by_information"] < 0.8 * needed["as_polis"], needed
