"""No published count, sum or difference is about fewer than k people; and no more is hidden than that takes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.opinion import suppression
from tracktwo.opinion.analysis import Camp
from tracktwo.opinion.suppression import Suppression, countable, safe_among, suppress
from tracktwo.opinion.votes import Votes

Answers = Sequence[int | None]
"""One statement's votes, a person each: 1, 0, −1, or None."""


def room(**kinds: Sequence[int]) -> list[Camp]:
    """Everybody, then the camps of each kind by the label of each person; −1 is none."""
    n = len(next(iter(kinds.values())))
    camps = [Camp("all", 0, {}, np.ones(n, dtype=bool))]
    for kind, labels in kinds.items():
        for index in range(max(labels) + 1):
            camps.append(Camp(kind, index, {}, np.array(labels) == index))  # type: ignore[arg-type]
    return camps


def cast(*statements: Answers) -> Votes:
    return Votes.of_dense(np.array([[np.nan if a is None else a for a in s] for s in statements], dtype=float).T)


def decided(camps: list[Camp], *statements: Answers, k: int = 5, hidden: Sequence[str] = ()) -> Suppression:
    out = np.array([camp.kind in hidden for camp in camps])
    return suppress(cast(*statements), camps, below=k, hidden=out)


def named(camps: list[Camp], shown: np.ndarray) -> set[str]:
    """The camps shown, as side0 or group1."""
    return {
        camp.kind if camp.kind == "all" else f"{camp.kind}{camp.index}"
        for camp, s in zip(camps, shown, strict=True)
        if s
    }


def rank(rows: list[list[int]]) -> int:
    """By elimination in exact fractions."""
    matrix, found = [[Fraction(x) for x in row] for row in rows], 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((i for i in range(found, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for i in range(found + 1, len(matrix)):
            factor = matrix[i][column] / matrix[found][column]
            matrix[i] = [a - factor * b for a, b in zip(matrix[i], matrix[found], strict=True)]
        found += 1
    return found


def told_of(published: list[list[bool]], people: Sequence[int], k: int) -> tuple[int, ...] | None:
    """A set of 1 to k − 1 of the people that some combination of the published counts is about, and nobody else.

    There is one, where the published rows lose rank once the columns of that set are left out. Sets of k − 1 hold the
    smaller ones.
    """
    rows = [[int(row[person]) for person in people] for row in published]
    whole = rank(rows)
    for few in combinations(range(len(people)), min(k - 1, len(people))):
        if rank([[x for i, x in enumerate(row) if i not in few] for row in rows]) < whole:
            return tuple(people[i] for i in few)
    return None


def leak(published: list[list[bool]], answers: Answers, k: int) -> tuple[int, ...] | None:
    """The same of one statement: by who voted, and for each answer by those not known to have withheld it."""
    voters = [i for i, a in enumerate(answers) if a is not None]
    for answer in (None, 1, 0, -1):
        known = {
            i for row in published for i in voters if row[i] and answer not in [answers[j] for j in voters if row[j]]
        }
        found = told_of(published, voters if answer is None else [i for i in voters if i not in known], k)
        if found:
            return found
    return None


@st.composite
def small_rooms(draw: st.DrawFn) -> tuple[list[Camp], list[Answers], int]:
    """Up to eleven people of two sides, their delegations and groups, some in none, with votes missing."""
    n = draw(st.integers(2, 11))
    delegation = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    sides = [-1 if d < 0 else d // 2 for d in delegation]
    group = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    statement = st.lists(st.sampled_from([1, 1, 0, -1, None]), min_size=n, max_size=n)
    kinds = draw(st.sampled_from(["sgd", "sg", "sd", "g", "s"]))
    wanted = {"s": ("side", sides), "d": ("delegation", delegation), "g": ("group", group)}
    camps = room(**dict(wanted[letter] for letter in "sdg" if letter in kinds))
    return camps, draw(st.lists(statement, min_size=1, max_size=2)), draw(st.integers(2, 4))


@given(small_rooms())
@settings(deadline=None, max_examples=120)
def test_no_combination_of_what_is_shown_is_about_fewer_than_k_people(
    case: tuple[list[Camp], list[Answers], int],
) -> None:
    camps, statements, k = case
    found = decided(camps, *statements, k=k)

    everybody = range(len(statements[0]))
    shown = [camp.members.tolist() for camp, out in zip(camps, found.camps, strict=True) if out]
    assert told_of(shown, everybody, k) is None
    for j, answers in enumerate(statements):
        published = [camp.members.tolist() for camp, out in zip(camps, found.counted[:, j], strict=True) if out]
        assert leak(published, answers, k) is None


@given(small_rooms())
@settings(deadline=None, max_examples=60)
def test_any_camp_hidden_for_others_would_give_somebody_away(case: tuple[list[Camp], list[Answers], int]) -> None:
    camps, statements, k = case
    found = decided(camps, *statements, k=k)

    for j, answers in enumerate(statements):
        counted = found.counted[:, j]
        published = [camp.members.tolist() for camp, out in zip(camps, counted, strict=True) if out]
        for camp in np.flatnonzero(found.camps & ~counted & ~found.few[:, j]):
            assert leak([*published, camps[camp].members.tolist()], answers, k) is not None


SIDES = [0] * 10 + [1] * 10


def test_a_delegation_of_four_takes_a_partner_with_it() -> None:
    """Beech side is Cloudberry (6) and Sandglass (4): the side less Cloudberry would be Sandglass."""
    delegation = [0] * 5 + [1] * 5 + [2] * 6 + [3] * 4
    camps = room(side=SIDES, delegation=delegation)

    found = decided(camps, [1, -1] * 10)

    assert named(camps, found.camps) == {"all", "side0", "side1", "delegation0", "delegation1"}
    assert named(camps, found.small) == {"delegation3"}


def test_without_results_by_delegation_none_is_told_apart() -> None:
    camps = room(side=SIDES, delegation=[0] * 6 + [1] * 4 + [2] * 6 + [3] * 4)
    assert named(camps, decided(camps, [1, -1] * 10, hidden=["delegation"]).camps) == {"all", "side0", "side1"}


def test_an_unlisted_person_is_not_what_everybody_has_above_the_sides() -> None:
    camps = room(side=[*SIDES[:-1], -1])
    found = decided(camps, [1, -1] * 10)
    assert not {"all", "side0", "side1"} <= named(camps, found.camps)


def test_two_people_set_off_against_each_other_are_given_away_too() -> None:
    """Side less group is one delegate less another: +1 says that the one agreed and the other did not."""
    camps = room(side=SIDES, group=[0] * 9 + [1] + [0] + [1] * 9)

    found = decided(camps, [1, -1] * 10)

    assert named(camps, found.camps) == {"all", "side0", "side1"}


def test_groups_across_sides_are_shown_where_every_difference_is_about_enough_people() -> None:
    camps = room(side=SIDES, group=[0] * 7 + [1] * 3 + [0] * 3 + [1] * 7)
    assert named(camps, decided(camps, [1, -1] * 10).camps) == {"all", "side0", "side1", "group0", "group1"}


def test_groups_within_sides_and_a_remainder_of_three() -> None:
    camps = room(side=[0] * 12 + [1] * 12, group=[0] * 6 + [1] * 6 + [2] * 9 + [-1] * 3)
    found = decided(camps, [1, -1] * 12)
    assert "group2" not in named(camps, found.camps)
    assert {"group0", "group1"} <= named(camps, found.camps)


def test_everybody_but_one_is_not_shown_beside_everybody() -> None:
    camps = room(group=[0] * 19 + [-1])
    assert named(camps, decided(camps, [1, -1] * 10).camps) == {"all"}


def test_who_voted_decides_for_each_statement() -> None:
    """On the second statement only four of Beech side voted; on the third four of everybody."""
    camps = room(side=SIDES)
    few = [1] * 10 + [1] * 4 + [None] * 6
    fewer = [1] * 4 + [None] * 16

    found = decided(camps, [1, -1] * 10, few, fewer)

    assert [named(camps, found.counted[:, j]) for j in range(3)] == [{"all", "side0", "side1"}, {"all"}, set()]
    assert [named(camps, found.few[:, j]) for j in range(3)] == [set(), {"side1"}, {"all", "side0", "side1"}]


def test_one_who_did_not_vote_gives_nobody_away() -> None:
    """That somebody did not vote is no vote; the nineteen are counted as ever."""
    camps = room(side=SIDES)
    assert named(camps, decided(camps, [1, -1] * 9 + [1, None]).counted[:, 0]) == {"all", "side0", "side1"}


def test_a_side_that_never_disagreed_is_known_for_that_answer() -> None:
    """Nobody of Alder side disagrees, so whoever disagrees in the first group is one of its four of Beech side."""
    camps = room(side=SIDES, group=[0] * 6 + [1] * 4 + [0] * 4 + [1] * 6)
    mixed = [1, -1] * 10
    unanimous = [1] * 10 + [1, -1, 0, -1, 1, 1, 1, -1, 0, -1]

    found = decided(camps, mixed, unanimous)

    assert {"group0", "group1"} <= named(camps, found.counted[:, 0])
    assert named(camps, found.counted[:, 1]) == {"all", "side0", "side1"}


def test_a_room_below_k_shows_nothing() -> None:
    camps = room(side=[0, 0, 1, 1])
    found = decided(camps, [1, 1, -1, -1])
    assert not found.camps.any()
    assert not found.counted.any()


def test_lifted_suppression_shows_all_but_what_the_rules_hide() -> None:
    camps = room(side=[0, 1], delegation=[0, 1])
    for k in (0, 1):
        found = decided(camps, [1, None], k=k, hidden=["delegation"])
        assert named(camps, found.camps) == {"all", "side0", "side1"}
        assert found.counted[:3].all()
        assert not found.counted[3:].any()


def test_those_whom_a_fit_left_out_are_told_by_no_number() -> None:
    """Two latecomers, left out of a fit, voted on the first statement only."""
    camps = room(side=SIDES)
    kept = np.array([True] * 18 + [False] * 2)
    votes = cast([1, -1] * 10, [1, -1] * 9 + [None] * 2)

    found = suppress(votes, camps, below=5, hidden=np.zeros(3, dtype=bool), others=[kept])

    assert found.camps.all()
    assert found.counted.all()
    assert found.others.tolist() == [False]
    assert found.others_counted.tolist() == [[False, True]]


def test_a_number_of_people_is_told_where_no_difference_is_too_small() -> None:
    everybody = np.ones(20, dtype=bool)
    first = np.arange(20) < 12
    assert countable(first, [everybody], below=5)
    assert not countable(first, [everybody, np.arange(20) < 14], below=5)
    assert not countable(np.arange(20) < 3, [], below=5)
    assert countable(np.arange(20) < 3, [], below=1)


def test_a_camp_of_which_three_have_a_position_is_not_drawn() -> None:
    camps = room(side=SIDES)
    positioned = np.array([True] * 13 + [False] * 7)

    drawn = safe_among(camps, positioned, below=5, candidates=np.ones(3, dtype=bool))

    assert "side1" not in named(camps, drawn)
    assert named(camps, drawn) != {"all", "side0"}


@pytest.mark.parametrize("k", [5, 20])
def test_a_room_cut_into_many_small_cells_is_decided_soon_and_safely(k: int) -> None:
    """Sixty people of thirty delegations and three groups: more sets than can be looked at one by one."""
    camps = room(
        side=[i // 30 for i in range(60)], delegation=[i // 2 for i in range(60)], group=[i % 3 for i in range(60)]
    )

    found = decided(camps, [1, -1] * 30, k=k)

    shown = np.array([camp.members for camp, out in zip(camps, found.camps, strict=True) if out])
    assert {"all", "side0", "side1"} <= named(camps, found.camps)
    for few in (np.array(c) for size in (1, 2, 3) for c in combinations(range(0, 60, 7), size)):
        assert np.linalg.matrix_rank(np.delete(shown, few, axis=1)) == np.linalg.matrix_rank(shown)


def test_with_too_many_sets_to_look_at_fewer_camps_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    camps = room(side=SIDES, group=[0] * 7 + [1] * 3 + [0] * 3 + [1] * 7)
    assert len(named(camps, decided(camps, [1, -1] * 10).camps)) == 5
    monkeypatch.setattr(suppression, "MOST_SETS", 1)
    assert named(camps, decided(camps, [1, -1] * 10).camps) <= {"all", "side0", "side1"}


def test_the_oracle_counts_what_it_should() -> None:
    everybody, nine = [True] * 10, [True] * 9 + [False]
    assert told_of([everybody], range(10), 5) is None
    assert told_of([everybody, nine], range(10), 2) == (9,)
