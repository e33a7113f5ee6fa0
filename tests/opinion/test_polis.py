"""The Polis method against an oracle that follows its ten steps person by person, and each of its quirks by name."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tracktwo.opinion.polis import (
    Polis,
    cluster,
    consensus,
    groups,
    in_conversation,
    majority,
    polis,
    priorities,
    representative,
    row_order,
    space,
)
from tracktwo.opinion.polis.clusters import silhouette
from tracktwo.opinion.polis.lloyd import lloyd
from tracktwo.opinion.polis.statistics import proportions, representative_of
from tracktwo.opinion.votes import InputError, Statement, Votes

NO = math.nan
SIGNIFICANT = 1.2816


# The oracle: plain loops over a dense matrix, one function a step.


def zeroed(votes: Votes) -> list[int]:
    return [j for j, s in enumerate(votes.statements) if s.moderated < 0 or s.meta]


def oracle_center(votes: Votes) -> np.ndarray:
    matrix, center = votes.dense(), np.zeros(votes.m)
    for j in range(votes.m):
        cast = [v for v in matrix[:, j] if not math.isnan(v)]
        if cast and j not in zeroed(votes):
            center[j] = sum(cast) / len(cast)
    return center


def oracle_matrix(votes: Votes) -> np.ndarray:
    matrix = votes.dense() - oracle_center(votes)
    matrix[:, zeroed(votes)] = 0
    return np.nan_to_num(matrix)


def oracle_positions(votes: Votes, components: np.ndarray) -> np.ndarray:
    matrix, centred = votes.dense(), oracle_matrix(votes)
    exists = [j for j in range(votes.m) if not np.isnan(matrix[:, j]).all()]
    positions = np.full((votes.n, 2), NO)
    for i in range(votes.n):
        counted = [j for j in exists if not math.isnan(matrix[i, j]) or j in zeroed(votes)]
        if not np.isnan(matrix[i]).all():
            positions[i] = math.sqrt(len(exists) / len(counted)) * sum(centred[i, j] * components[:, j] for j in exists)
    return positions


def oracle_lloyd(points, k, steps, weights):
    centers = []
    for point in points.tolist():
        if point not in centers and len(centers) < k:
            centers.append(point)
    for _ in range(steps + 1):
        members = [[] for _ in centers]
        for i, (x, y) in enumerate(points.tolist()):
            squares = [(x - cx) * (x - cx) + (y - cy) * (y - cy) for cx, cy in centers]
            members[max(c for c, d in enumerate(squares) if d == min(squares))].append(i)
        members = [each for each in members if each]
        means = []
        for each in members:
            mass = sum(weights[i] for i in each)
            means.append([sum(weights[i] * points[i, axis] for i in each) / mass for axis in (0, 1)])
        pairs = zip(sorted(centers), sorted(means), strict=False)
        still = all(math.dist(old, new) < 0.01 for old, new in pairs)
        centers = means
        if still:
            break
    labels = np.zeros(len(points), dtype=int)
    for c, each in enumerate(members):
        labels[each] = c
    return labels, np.array(centers)


def oracle_silhouette(centers, labels):
    scores = []
    for i, own in enumerate(labels):
        mean = {}
        for g in set(labels.tolist()):
            others = [c for j, c in enumerate(centers) if labels[j] == g and j != i]
            mean[g] = np.mean([math.dist(centers[i], c) for c in others]) if others else None
        if mean[own] is None:
            scores.append(0.0)
        else:
            other = min(d for g, d in mean.items() if g != own)
            scores.append((other - mean[own]) / max(other, mean[own]))
    return float(np.mean(scores))


def proportion(won, seen):
    return (won + 1) / (seen + 2), 2 * math.sqrt(seen + 1) * ((won + 1) / (seen + 1) - 0.5)


def against_rest(won, seen, rest_won, rest_seen):
    ratio = (won + 1) * (rest_seen + 2) / ((seen + 2) * (rest_won + 1))
    a, b, c, d = won + 1, rest_won + 1, seen + 1, rest_seen + 1
    pooled = (a + b) / (c + d)
    if pooled == 1:
        return ratio, 0.0
    return ratio, (a / c - b / d) / math.sqrt(pooled * (1 - pooled) * (1 / c + 1 / d))


def oracle_representative(votes, labels, group):
    matrix = votes.dense()
    inside, outside = labels == group, (labels >= 0) & (labels != group)
    rows = []
    for j in range(votes.m):
        if j in zeroed(votes) or np.isnan(matrix[:, j]).all():
            continue
        seen, rest = (int((~np.isnan(matrix[who, j])).sum()) for who in (inside, outside))
        row = {"statement": j}
        for name, value in (("agree", 1), ("disagree", -1)):
            won, rest_won = (int((matrix[who, j] == value).sum()) for who in (inside, outside))
            row[name] = (won, seen, *proportion(won, seen), *against_rest(won, seen, rest_won, rest))
        row["direction"] = "agree" if row["agree"][5] - row["disagree"][5] > 1e-12 else "disagree"
        _, _, p, p_test, ratio, ratio_test = row[row["direction"]]
        row["rank"] = ratio * float(np.float32(ratio_test)) * p * p_test
        row["passes"] = any(row[name][5] > SIGNIFICANT and row[name][3] > SIGNIFICANT for name in ("agree", "disagree"))
        rows.append(row)
    best_agreement = strongest = None
    bar = -math.inf
    for row in rows:
        test = max(row["agree"][5], row["disagree"][5])
        if test > bar:
            strongest, bar = row, float(np.float32(test))
        won, _, p, p_test, ratio, ratio_test = row["agree"]
        if won == row["disagree"][0] == 0:
            continue
        if best_agreement is None:
            better = p_test > SIGNIFICANT or (ratio > 1 and p > 0.5)
        else:
            _, _, q, q_test, other, other_test = best_agreement["agree"]
            if other > 1:
                better = ratio * ratio_test * p * p_test > other * other_test * q * q_test
            else:
                better = p * p_test > q * q_test
        if better:
            best_agreement = row
    enough = sorted((r for r in rows if r["passes"] and r is not best_agreement), key=lambda r: -r["rank"])
    if not any(r["passes"] for r in rows):
        chosen = [r for r in (best_agreement or strongest,) if r]
    else:
        chosen = ([best_agreement] if best_agreement else []) + enough
        chosen = sorted(chosen[:5], key=lambda r: r["direction"] == "disagree")
    return [(r["statement"], r["direction"], *r[r["direction"]]) for r in chosen]


# Votes to try them on.


def room(matrix, *, out=(), meta=(), first_vote=None) -> Votes:
    matrix = np.array(matrix, dtype=float)
    statements = [Statement(str(j), {}, -1 if j in out else 0, j in meta) for j in range(matrix.shape[1])]
    times = None if first_vote is None else np.array(first_vote)
    return Votes.of_dense(matrix, statements=statements, first_vote=times)


@st.composite
def rooms(draw) -> Votes:
    shape = draw(st.tuples(st.integers(2, 24), st.integers(2, 12)))
    matrix = draw(hnp.arrays(np.int8, shape, elements=st.sampled_from([-1, 0, 1, 2]))).astype(float)
    matrix[matrix == 2] = NO
    matrix[0, 0] = 1
    marks = draw(st.lists(st.sampled_from(["", "", "", "out", "meta"]), min_size=shape[1], max_size=shape[1]))
    out, meta = ([j for j, mark in enumerate(marks) if mark == kind] for kind in ("out", "meta"))
    first_vote = draw(st.none() | st.lists(st.integers(0, 9), min_size=shape[0], max_size=shape[0]))
    return room(matrix, out=out, meta=meta, first_vote=first_vote)


def planted(people: int, statements: int, seed: int) -> Votes:
    draw = np.random.default_rng(seed)
    leaning = draw.choice([-1, 1], people)[:, None] * draw.normal(size=statements)
    matrix = np.sign(np.round(leaning + draw.normal(size=(people, statements)), 0))
    matrix[draw.random(matrix.shape) < 0.3] = NO
    matrix[:, 0] = 1
    return room(matrix, out=[1], meta=[2], first_vote=draw.permutation(people))


def tallies(group, rest) -> tuple[Votes, np.ndarray]:
    """Votes where each statement has the (agrees, disagrees, passes) given, in group 0 and in group 1."""
    blocks = []
    for counts in (group, rest):
        columns = [[1] * a + [-1] * d + [0] * p for a, d, p in counts]
        height = max(map(len, columns))
        blocks.append(np.array([column + [NO] * (height - len(column)) for column in columns]).T)
    labels = np.repeat([0, 1], [len(block) for block in blocks])
    return room(np.vstack(blocks)), labels


def named(found) -> list[tuple[int, str]]:
    return [(each.statement, each.direction) for each in found]


# Against the oracle.


@given(rooms())
@settings(deadline=None, max_examples=150)
def test_positions_follow_the_steps(votes):
    places = space(votes)
    centred = oracle_matrix(votes)
    values = np.append(np.linalg.svd(centred, compute_uv=False), [0, 0])[:2]
    np.testing.assert_allclose(places.center, oracle_center(votes), atol=1e-12)
    np.testing.assert_allclose(centred.T @ (centred @ places.components.T), places.components.T * values**2, atol=1e-8)
    expected = np.diag(values > 1e-9)
    np.testing.assert_allclose(places.components @ places.components.T, expected, atol=1e-9)
    np.testing.assert_allclose(places.variance * (centred**2).sum(), values**2, atol=1e-8)
    np.testing.assert_allclose(places.positions, oracle_positions(votes, places.components), atol=1e-9)


@given(
    hnp.arrays(np.int64, st.tuples(st.integers(1, 40), st.just(2)), elements=st.integers(-6, 6)),
    st.integers(1, 20),
    st.integers(0, 6),
    st.booleans(),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=200)
def test_k_means_is_exact_on_a_lattice_where_ties_abound(points, k, steps, weighted, random):
    weights = np.array([random.randint(1, 4) if weighted else 1 for _ in points], dtype=float)
    labels, centers = lloyd(points.astype(float), k, steps=steps, weights=weights)
    expected, means = oracle_lloyd(points.astype(float), k, steps, weights)
    np.testing.assert_array_equal(labels, expected)
    np.testing.assert_allclose(centers, means, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_k_means_is_exact_with_more_points_than_centres(seed):
    draw = np.random.default_rng(seed)
    points = np.concatenate(
        [draw.normal(size=(150, 2)), draw.normal(3, 0.5, size=(100, 2)), draw.normal(size=(9, 2)) * 9]
    )
    labels, centers = lloyd(points, 25, steps=100)
    expected, means = oracle_lloyd(points, 25, 100, np.ones(len(points)))
    np.testing.assert_array_equal(labels, expected)
    np.testing.assert_allclose(centers, means, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_groups_follow_the_steps(seed):
    votes = planted(60 + 90 * seed, 12, seed)
    places = space(votes)
    rows = np.argsort(votes.first_vote)
    rows = rows[in_conversation(votes)[rows]]
    base, centers = oracle_lloyd(places.positions[rows], 100, 100, np.ones(len(rows)))
    candidates = range(2, min(5, 2 + len(centers) // 12) + 1)
    found = [oracle_lloyd(centers, k, 20, np.bincount(base))[0] for k in candidates]
    scores = [oracle_silhouette(centers, labels) for labels in found]
    result = cluster(votes, places)
    np.testing.assert_array_equal(result.base[rows], base)
    np.testing.assert_allclose(result.silhouette, scores, atol=1e-12)
    np.testing.assert_array_equal(result.groups.labels[rows], found[int(np.argmax(scores))][base])
    assert (result.groups.labels[~in_conversation(votes)] == -1).all()
    for k, labels in zip(candidates, found, strict=True):
        np.testing.assert_array_equal(groups(votes, places, k=k).labels[rows], labels[base])


@given(rooms(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=200)
def test_representative_statements_follow_the_steps(votes, random):
    labels = np.array([random.choice([-1, 0, 1, 2]) for _ in range(votes.n)])
    labels[0] = 2
    result = representative(votes, labels)
    assert len(result) == 3
    for group, found in enumerate(result):
        expected = oracle_representative(votes, labels, group)
        assert named(found) == [each[:2] for each in expected]
        for got, want in zip(found, expected, strict=True):
            numbers = (got.successes, got.trials, got.p_success, got.p_test, got.repness, got.repness_test)
            np.testing.assert_allclose(numbers, want[2:], rtol=1e-12, atol=1e-12)


def test_tests_that_differ_by_rounding_alone_are_tied():
    counts = np.array([[[1, 0, 0]], [[5, 0, 1]]])  # disagreements, passes, agreements of two groups
    tests = [float(proportions(counts, answer).ratio_test[0, 0]) for answer in (2, 0)]
    assert tests == pytest.approx([math.sqrt(9 / 28)] * 2, rel=1e-14)
    assert tests[0] > tests[1]
    assert [each.direction for each in representative_of(counts, np.array([0]))[0]] == ["disagree"]


@given(rooms(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_consensus_majority_and_priority_follow_the_steps(votes, random):
    labels = np.array([random.choice([-1, 0, 1]) for _ in range(votes.n)])
    labels[0] = 1
    result, matrix = polis(votes, groups=labels), votes.dense()
    ranked = {"agree": [], "disagree": []}
    for j in range(votes.m):
        product = 1.0
        for group in (0, 1):
            column = matrix[labels == group, j]
            product *= ((column == 1).sum() + 1) / ((~np.isnan(column)).sum() + 2)
        assert result.consensus[j] == pytest.approx(product, abs=1e-12)
        column = matrix[labels >= 0, j]
        agrees, passes, seen = (column == 1).sum(), (column == 0).sum(), (~np.isnan(column)).sum()
        extremity = math.hypot(*result.space.statements[j])
        importance = (1 - (passes + 1) / (seen + 2)) * (extremity + 1) * (agrees + 1) / (seen + 2)
        wanted = 49 if votes.statements[j].meta else (importance * (1 + 8 * 2 ** (-seen / 5))) ** 2
        assert result.priority[j] == pytest.approx(wanted, rel=1e-9)
        seen = int((~np.isnan(matrix[:, j])).sum())
        for name, value in (("agree", 1), ("disagree", -1)):
            p, test = proportion(int((matrix[:, j] == value).sum()), seen)
            if p > 0.5 and test > SIGNIFICANT and j not in zeroed(votes):
                ranked[name].append((-p * test, j))
    assert [[each.statement for each in side] for side in result.majority] == [
        [j for _, j in sorted(ranked[name])[:5]] for name in ("agree", "disagree")
    ]


# Its quirks.


def test_rows_stand_by_first_vote_then_id_or_by_id_alone():
    matrix = [[1, -1]] * 4
    assert row_order(room(matrix, first_vote=[30, 10, 30, 20])).tolist() == [1, 3, 0, 2]
    assert row_order(room(matrix)).tolist() == [0, 1, 2, 3]


def test_a_statement_moderated_out_counts_as_a_vote_of_everybody_in_the_projection():
    matrix = np.array([[1, 1, -1, NO], [-1, 1, NO, 1], [1, -1, 1, 1], [-1, NO, 1, -1]])
    votes = room(matrix, out=[3])
    places = space(votes)
    assert places.center[3] == 0
    assert (places.components[:, 3] == 0).all()
    alone = np.nan_to_num((matrix - places.center)[:, :3]) @ places.components[:, :3].T
    # Three votes on what is left of four statements, and one zero: the first person counts four votes of four.
    np.testing.assert_allclose(places.positions[0], math.sqrt(4 / 4) * alone[0], atol=1e-12)
    np.testing.assert_allclose(places.positions[1], math.sqrt(4 / 3) * alone[1], atol=1e-12)


def test_a_statement_nobody_voted_on_does_not_exist():
    matrix = np.array([[1, 1, -1], [-1, 1, NO], [1, -1, 1], [-1, NO, 1]])
    with_empty = np.insert(matrix, 1, NO, axis=1)
    np.testing.assert_allclose(space(room(with_empty, out=[1])).positions, space(room(matrix)).positions, atol=1e-12)
    assert in_conversation(room(np.full((20, 9), 1.0))).all()


def test_statements_stand_where_somebody_stands_who_agrees_with_them_alone():
    votes = planted(40, 8, 3)
    places = space(votes)
    matrix = np.vstack([votes.dense(), np.eye(8)[4]])
    matrix[-1, np.arange(8) != 4] = NO
    expected = math.sqrt(8) * (1 - places.center[4]) * places.components[:, 4]
    np.testing.assert_allclose(places.statements[4], expected, atol=1e-12)


def test_people_without_a_vote_have_no_place_and_those_outside_have_one():
    matrix = np.ones((20, 9))
    matrix[::2, 1] = -1
    matrix[18, 1:] = matrix[19] = NO
    votes = room(matrix)
    inside = in_conversation(votes)
    assert inside.sum() == 18
    assert np.isnan(space(votes).positions).all(axis=1).tolist() == [False] * 19 + [True]
    assert polis(votes).groups.labels[18:].tolist() == [-1, -1]


def test_seven_votes_or_every_statement_let_in():
    matrix = np.full((40, 12), NO)
    matrix[:20, :7] = matrix[20:, :6] = 1
    matrix[0] = 1
    assert in_conversation(room(matrix)).tolist() == [True] * 20 + [False] * 20
    assert in_conversation(room(matrix[:, :6])).all()


def test_below_fifteen_the_most_active_are_added_by_row():
    matrix = np.full((30, 12), NO)
    matrix[:10] = 1
    matrix[10:, :2] = 1
    matrix[25:28, :5] = -1
    inside = in_conversation(room(matrix, first_vote=np.arange(30)[::-1]))
    assert np.flatnonzero(inside).tolist() == [*range(10), 25, 26, 27, 28, 29]


def test_votes_on_moderated_statements_let_in_too():
    matrix = np.full((20, 9), NO)
    matrix[:, :7] = 1
    assert in_conversation(room(matrix, out=[0, 1, 2])).all()


def test_the_start_is_the_first_distinct_positions():
    points = np.array([[0, 0], [0, 0], [9, 0], [1, 0], [8, 0]], dtype=float)
    assert lloyd(points, 2, steps=20)[0].tolist() == [0, 0, 1, 0, 1]
    assert lloyd(points[::-1], 2, steps=20)[0].tolist() == [0, 1, 0, 1, 1]


def test_people_who_voted_alike_are_one_distinct_position():
    draw = np.random.default_rng(1)
    kinds = draw.choice([-1.0, 0, 1, NO], (30, 40))
    votes = room(kinds[draw.integers(0, 30, 400)])
    assert len(np.unique(space(votes).positions, axis=0)) == 30
    assert len(cluster(votes, space(votes)).centers) == 30


def test_a_point_between_two_centres_goes_to_the_last():
    assert lloyd(np.array([[0.0, 0], [2, 0], [1, 0]]), 2, steps=0)[0].tolist() == [0, 1, 1]


def test_rounds_are_one_more_than_the_limit_and_labels_are_those_before_the_last_means():
    points = np.array([[0.0, 0], [1, 0], [2, 0], [3, 0], [10, 0], [11, 0]])
    for steps in range(4):
        labels, centers = lloyd(points, 2, steps=steps)
        expected, means = oracle_lloyd(points, 2, steps, np.ones(6))
        assert labels.tolist() == expected.tolist()
        np.testing.assert_allclose(centers, means)
    assert lloyd(points, 2, steps=0)[0].tolist() == [0, 1, 1, 1, 1, 1]


def test_the_silhouette_counts_a_base_cluster_once_and_one_alone_as_zero():
    centers = np.array([[0.0, 0], [1, 0], [9, 0]])
    assert silhouette(centers, np.array([0, 0, 1])) == pytest.approx((8 / 9 + 7 / 8 + 0) / 3)
    assert silhouette(centers, np.array([0, 1, 2])) == 0


def test_of_equal_silhouettes_the_larger_k_wins():
    matrix = np.tile([[1, 1, -1], [-1, 1, 1]], (8, 1))
    result = cluster(room(matrix), space(room(matrix)))
    assert len(result.centers) == 2
    assert result.silhouette.tolist() == [0.0]
    assert result.groups.count == 2


def test_k_given_is_k():
    votes = planted(50, 10, 5)
    assert [polis(votes, groups=k).groups.count for k in (1, 2, 3, 6)] == [1, 2, 3, 6]


def test_the_best_agreement_heads_the_list_though_it_is_not_representative_itself():
    votes, labels = tallies([(12, 0, 0), (9, 3, 0)], [(30, 1, 0), (1, 30, 0)])
    found = representative(votes, labels)[0]
    assert named(found) == [(0, "agree"), (1, "agree")]
    assert found[0].repness < 1
    assert found[0].repness_test < SIGNIFICANT


def test_agreements_go_before_disagreements():
    votes, labels = tallies([(0, 12, 0), (12, 0, 0)], [(12, 0, 0), (7, 5, 0)])
    assert named(representative(votes, labels)[0]) == [(1, "agree"), (0, "disagree")]


def test_the_best_agreement_may_be_told_as_a_disagreement():
    votes, labels = tallies([(6, 3, 0)], [(12, 0, 0)])
    found = representative(votes, labels)[0]
    assert named(found) == [(0, "disagree")]
    assert (found[0].successes, found[0].trials) == (3, 9)


def test_without_a_significant_statement_the_best_agreement_stands_alone():
    votes, labels = tallies([(5, 1, 0), (4, 2, 0)], [(5, 1, 0), (4, 2, 0)])
    assert [each.statement for each in representative(votes, labels)[0]] == [0]


def test_without_any_good_agreement_the_strongest_test_stands():
    votes, labels = tallies([(2, 4, 0), (1, 5, 0)], [(2, 4, 0), (2, 4, 0)])
    assert named(representative(votes, labels)[0]) == [(1, "disagree")]


def test_at_most_five_and_equal_ones_in_their_order():
    votes, labels = tallies([(10, 0, 0)] * 8, [(0, 10, 0)] * 8)
    result = representative(votes, labels)
    assert named(result[0]) == [(j, "agree") for j in range(5)]
    assert named(result[1]) == [(j, "disagree") for j in range(5)]


def test_moderated_statements_represent_nobody_yet_count_for_consensus():
    matrix = np.vstack([np.ones((10, 3)), -np.ones((10, 3))])
    labels = np.repeat([0, 1], 10)
    votes = room(matrix, out=[0], meta=[2])
    assert [each.statement for each in representative(votes, labels)[0]] == [1]
    assert list(majority(votes)) == [(), ()]
    assert consensus(votes, labels) == pytest.approx(11 / 12 * 1 / 12)
    assert priorities(votes, space(votes), labels)[2] == 49


def test_majority_is_over_everybody_and_has_no_group_to_compare_with():
    votes = room(np.column_stack([np.ones(9), -np.ones(9), np.zeros(9)]))
    agree, disagree = majority(votes)
    assert named(agree) == [(0, "agree")]
    assert named(disagree) == [(1, "disagree")]
    assert math.isnan(agree[0].repness)
    assert math.isnan(agree[0].repness_test)


def test_people_in_no_group_count_neither_for_consensus_nor_for_priority():
    votes = room(np.vstack([np.ones((6, 2)), -np.ones((4, 2))]))
    labels = np.repeat([0, -1], [6, 4])
    assert consensus(votes, labels) == pytest.approx(7 / 8)
    everybody = priorities(votes, space(votes), np.zeros(10, dtype=int))
    assert (priorities(votes, space(votes), labels) > everybody).all()


def test_labels_must_be_one_for_each_person():
    with pytest.raises(InputError, match="20 people"):
        polis(planted(20, 5, 0), groups=np.zeros(3, dtype=int))


def test_without_votes_there_are_no_groups():
    with pytest.raises(InputError, match="Nobody has voted"):
        polis(room(np.full((3, 2), NO)))


def test_the_whole_is_its_parts():
    votes = planted(80, 15, 7)
    result = polis(votes)
    assert isinstance(result, Polis)
    places = space(votes)
    np.testing.assert_array_equal(result.groups.labels, groups(votes, places).labels)
    labels = result.groups.labels
    assert result.representative == representative(votes, labels)
    np.testing.assert_array_equal(result.consensus, consensus(votes, labels))
    np.testing.assert_array_equal(result.priority, priorities(votes, places, labels))
    assert named(result.majority[0]) == named(majority(votes)[0])
    assert result.included.tolist() == [j not in (1, 2) for j in range(15)]
    np.testing.assert_array_equal(polis(replace(votes), groups=labels).priority, result.priority)
