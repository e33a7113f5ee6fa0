"""An analysis of any votes that can be analysed, however few or alike; and a sentence for what cannot be."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from foreign import stream

from tracktwo.opinion import Analysis, InputError, Sides, Statement, Votes, analyse, analysing, read
from tracktwo.opinion.publication import publish
from tracktwo.writing import json_text

NONE = np.nan


def cast(matrix: Any, **more: Any) -> Votes:
    return Votes.of_dense(np.array(matrix, dtype=float), **more)


def two_sides(n: int) -> Sides:
    return Sides(np.arange(n) % 2, np.full(n, -1), ({"": "Alder"}, {"": "Beech"}), ())


def statements(m: int, **change: Any) -> list[Statement]:
    return [Statement(f"s{j}", **change) for j in range(m)]


MIXED = np.random.default_rng(0).choice([-1.0, 0.0, 1.0], size=(12, 8))
HEAPS = np.where(np.arange(40)[:, None] < 20, 1.0, -1.0) * np.where(
    np.random.default_rng(1).random((40, 14)) < 0.9, 1, -1
)
"""Half of the room agrees with nearly everything, the other half with nearly nothing."""
CAMPS = HEAPS * np.where(np.arange(14) % 2, 1, -1)
ODD: dict[str, Votes] = {
    "everybody agrees with everything": cast(np.ones((12, 8))),
    "everybody passes on everything": cast(np.zeros((12, 8))),
    "one person": cast(MIXED[:1]),
    "one statement": cast(MIXED[:, :1]),
    "one vote": cast([[1]]),
    "everybody votes alike": cast(np.tile(MIXED[:1], (12, 1))),
    "two positions": cast(np.repeat(MIXED[:2], 6, axis=0)),
    "two positions that are opposites": cast(np.repeat([[1] * 8, [-1] * 8], 6, axis=0)),
    "people who did not vote": cast(np.vstack([MIXED, np.full((3, 8), NONE)])),
    "statements nobody voted on": cast(np.hstack([MIXED, np.full((12, 3), NONE)])),
    "everything moderated out": cast(MIXED, statements=statements(8, moderated=-1)),
    "everything about the people": cast(MIXED, statements=statements(8, meta=True)),
    "people who voted on what is out alone": cast(
        np.where((np.arange(12)[:, None] > 5) & (np.arange(8) > 0), NONE, MIXED),
        statements=[Statement(f"s{j}", meta=j == 0) for j in range(8)],
    ),
    "no two people on one statement": cast(np.where(np.eye(12) > 0, 1, NONE)),
}


@pytest.mark.parametrize("method", ["tracktwo", "polis"])
@pytest.mark.parametrize("case", ODD)
def test_odd_votes_are_analysed_without_a_warning(case: str, method: Any) -> None:
    votes = ODD[case]
    n = votes.n
    for groups in ("auto", "none", 2, 9, n, np.arange(n) % 2, np.full(n, -1)):
        for sides in (None, two_sides(n)):
            wrong = not isinstance(groups, np.ndarray | str) and not 2 <= groups <= n
            if wrong or (method == "polis" and isinstance(groups, str) and groups == "none"):
                with pytest.raises(InputError):
                    analyse(votes, method=method, groups=groups, sides=sides)
                continue
            found = analyse(votes, method=method, groups=groups, sides=sides)
            whole(found)
            assert publish(found)["schema"]


def whole(found: Analysis) -> None:
    """Counts add up, shapes fit, and nothing is claimed that is not there."""
    n, m = found.votes.n, found.votes.m
    assert found.counts.shape == (len(found.camps), m, 3)
    assert found.counts[0].sum() == len(found.votes.codes)
    assert found.groups.labels.shape == found.groups.nearest.shape == (n,)
    assert set(found.groups.labels.tolist()) <= set(range(found.groups.count)) | {-1}
    assert found.space.positions.shape[0] == n
    assert np.isfinite(found.priority).all()
    for weakest in (found.agree, found.disagree):
        posterior = weakest.posterior[~np.isnan(weakest.posterior)]
        assert ((posterior >= 0) & (posterior <= 1)).all()
    if not found.included.any():
        assert found.slate is None
        assert not len(found.common_agree)


def test_more_groups_than_positions_leave_some_empty() -> None:
    found = analyse(ODD["two positions"], groups=7)
    assert len(set(found.groups.nearest.tolist())) == 2
    assert [camp.members.any() for camp in found.camps if camp.kind == "group"].count(True) == 2


def test_camps_that_agree_with_all_or_nothing_cannot_be_told_from_leanings() -> None:
    assert analyse(cast(CAMPS)).structure.claimed
    assert analyse(cast(HEAPS)).structure.reason == "no-structure"


def test_sides_are_compared_where_declared_then_groups_then_everybody() -> None:
    votes = cast(CAMPS)
    kinds = []
    for options in ({"sides": two_sides(40)}, {}, {"groups": "none"}):
        found = analyse(votes, **options)
        kinds.append([found.camps[i].kind for i in found.compared])
    assert kinds == [["side", "side"], ["group", "group"], ["all"]]
    assert analyse(votes).structure.reason == "claimed"


def test_one_side_alone_is_not_compared_with_itself() -> None:
    alone = Sides(np.zeros(12, dtype=np.int64), np.full(12, -1), ({"": "Alder"},), ())
    assert analyse(cast(MIXED), sides=alone, groups="none").compared == (0,)


def test_common_ground_is_what_every_camp_compared_agrees_on() -> None:
    """Beech side disagrees with the second statement, and nobody has an opinion on the third."""
    matrix = np.ones((40, 4))
    matrix[1::2, 1] = -1
    matrix[:, 2] = 0
    matrix[:, 3] = -1

    found = analyse(cast(matrix), sides=two_sides(40), groups="none")

    assert found.common_agree.tolist() == [0]
    assert found.common_disagree.tolist() == [3]
    assert analyse(cast(matrix), groups="none").common_agree.tolist() == [0]


@pytest.mark.parametrize("method", ["tracktwo", "polis"])
def test_the_order_of_rows_changes_nothing_and_the_seed_repeats_it(method: Any) -> None:
    rows = [(f"p{i}", f"s{j}", int(CAMPS[i, j]), i * 100 + j) for i in range(40) for j in range(14) if (i + j) % 5]
    found = []
    for seed in range(3):
        shuffled = random.Random(seed).sample(rows, len(rows))
        table = "participant,statement,vote,timestamp\n" + "".join(f"{p},{s},{v},{t}\n" for p, s, v, t in shuffled)
        found.append(analyse(read(stream(table)), method=method, seed=5))

    assert len({json_text(publish(each, suppress_below=k)) for each in found for k in (1,)}) == 1
    for each in found[1:]:
        assert np.array_equal(each.groups.labels, found[0].groups.labels)
        assert np.array_equal(each.space.positions, found[0].space.positions, equal_nan=True)


def test_sides_and_groups_are_counted_whatever_their_votes() -> None:
    found = analyse(
        cast(MIXED), sides=two_sides(12), groups=np.array([0] * 6 + [1] * 5 + [-1]), group_names=("I", "II")
    )
    by_name = {tuple(camp.name.values()): found.counts[i] for i, camp in enumerate(found.camps)}
    assert np.array_equal(by_name["Alder",] + by_name["Beech",], found.counts[0])
    assert (by_name["I",] + by_name["II",]).sum() == 11 * 8


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another method": ({"method": "guess"}, "can be tracktwo or polis, not 'guess'"),
    "a threshold of nothing": ({"threshold": 0.0}, "must lie between 0 and 1"),
    "a threshold that is no number": ({"threshold": NONE}, "must lie between 0 and 1"),
    "a negative seed": ({"seed": -1}, "must be 0 or more"),
    "one group": ({"groups": 1}, "1 groups cannot be drawn of 12 people"),
    "too many groups": ({"groups": 13}, "13 groups cannot be drawn of 12 people"),
    "groups of another kind": ({"groups": "many"}, "not 'many'"),
    "groups as a fraction": ({"groups": 2.5}, "not 2.5"),
    "labels of other people": ({"groups": np.zeros(11, dtype=int)}, "12 people, but labels of shape"),
    "labels in a square": ({"groups": np.zeros((12, 1), dtype=int)}, "12 people, but labels of shape"),
    "labels that are fractions": ({"groups": np.full(12, 0.5)}, "whole numbers from 0 to 11"),
    "labels beyond people": ({"groups": np.full(12, 10**12)}, "whole numbers from 0 to 11"),
    "labels below none": ({"groups": np.full(12, -2)}, "or -1 for none"),
    "too few names": ({"groups": np.arange(12) % 3, "group_names": ("I", "II")}, "3 groups, but 2 names"),
    "sides of other people": ({"sides": two_sides(11)}, "12 people, but sides of shape"),
    "a side without a name": (
        {"sides": Sides(np.arange(12) % 3, np.full(12, -1), ({"": "A"}, {"": "B"}), ())},
        "labels of sides must be whole numbers from 0 to 1",
    ),
    "a delegation without a name": (
        {"sides": Sides(np.arange(12) % 2, np.zeros(12, dtype=int), ({"": "A"}, {"": "B"}), ())},
        "labels of delegations",
    ),
    "a slate of less than nothing": ({"slate_size": -1}, "slate of -1"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_arguments_are_refused_in_a_sentence(case: str) -> None:
    options, sentence = WRONG[case]
    with pytest.raises(InputError, match=sentence):
        analyse(cast(MIXED), **options)


def test_no_votes_are_refused() -> None:
    with pytest.raises(InputError, match="There are no votes"):
        analyse(cast(np.full((3, 2), NONE)))


def test_bridging_beside_the_rest_is_the_same_bridging(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = analyse(cast(CAMPS), resampling=False).bridging
    monkeypatch.setattr(analysing, "WORTH_A_THREAD", 0)
    beside = analyse(cast(CAMPS), resampling=False).bridging
    assert alone is not None
    assert beside is not None
    assert alone.loss == beside.loss
    np.testing.assert_array_equal(alone.statement_intercept, beside.statement_intercept)
