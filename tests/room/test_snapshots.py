"""When results move on: never by a few people on any side, and once more at closing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from room.soundings import crowded, opened, votes
from room.talks import Talks

from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns import snapshots, tallies, voting
from tracktwo.room.concerns.models import Ballot, Snapshot, Sounding
from tracktwo.room.concerns.voting_acts import close_sounding
from tracktwo.room.people.models import Seat

TODAY = date(2026, 5, 1)


def on_sides(seats: list[Seat]) -> tuple[list[Seat], list[Seat]]:
    marks = {seat.pk: seat.organisation.side.mark for seat in seats}
    return [s for s in seats if marks[s.pk] == "A"], [s for s in seats if marks[s.pk] == "B"]


def look(sounding: Sounding) -> int:
    """Look at the results, and count the snapshots."""
    snapshots.refresh(sounding, TODAY)
    return Snapshot.objects.filter(sounding=sounding).count()


def test_nothing_is_made_where_results_are_hidden(talks: Talks) -> None:
    sounding = opened(talks)
    for seat in crowded(talks, 1):
        votes(sounding, seat, [2, 0, 1])
    assert look(sounding) == 0
    assert snapshots.latest(sounding) is None


def test_the_first_is_made_once_k_have_voted_on_every_side(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    ours, theirs = on_sides(crowded(talks, 1))
    for seat in ours:
        votes(sounding, seat, [2, 0, 1])
    for seat in theirs[:4]:
        votes(sounding, seat, [2, 0, 1])
    assert look(sounding) == 0
    votes(sounding, theirs[4], [2, 0, 1])
    assert look(sounding) == 1


def test_two_who_change_do_not_move_results_and_five_on_each_side_do(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    ours, theirs = on_sides(crowded(talks, 1))
    for seat in [*ours, *theirs]:
        votes(sounding, seat, [2, 0, 1])
    assert look(sounding) == 1
    before = snapshots.stored(snapshots.latest(sounding))
    votes(sounding, ours[0], [0])
    votes(sounding, theirs[0], [0])
    assert look(sounding) == 1
    assert snapshots.stored(snapshots.latest(sounding)) == before
    for seat in ours[1:5]:
        votes(sounding, seat, [0])
    for seat in theirs[1:4]:
        votes(sounding, seat, [0])
    assert look(sounding) == 1
    votes(sounding, theirs[4], [0])
    assert look(sounding) == 2
    assert snapshots.stored(snapshots.latest(sounding)) != before


def test_a_vote_and_back_again_is_no_change(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    seats = crowded(talks, 1)
    for seat in seats:
        votes(sounding, seat, [2, 0, 1])
    assert look(sounding) == 1
    for value in (0, 2):
        for seat in seats:
            votes(sounding, seat, [value])
    assert look(sounding) == 1


def test_at_closing_the_last_is_made_however_few_changed(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    seats = crowded(talks, 1)
    for seat in seats:
        votes(sounding, seat, [2, 0, 1])
    assert look(sounding) == 1
    votes(sounding, seats[0], [0])
    closed = close_sounding(talks.viewer("mediator"), sounding)
    assert look(closed) == 2
    last = snapshots.latest(closed)
    assert last is not None
    assert snapshots.closing(last)
    snapshots.settle(closed, TODAY)
    assert look(closed) == 2  # again changes nothing


def test_between_two_snapshots_no_side_changes_by_fewer_than_k(talks: Talks) -> None:
    """A thousand random votes; what is compared is the ballots themselves, not the code that decides."""
    rng = random.Random(3)
    sounding = opened(talks, shown_open=True)
    ours, theirs = on_sides(crowded(talks, 2))
    keys = {voting.ballot_of_seat(sounding, seat): side for side in (0, 1) for seat in (ours, theirs)[side]}
    shown: list[Mapping[object, bytes]] = [{}]
    made = 0
    for _ in range(150):
        for seat in rng.sample([*ours, *theirs], rng.randint(1, 4)):
            votes(sounding, seat, [rng.randint(0, 2) for _ in range(3)])
        if look(sounding) > made:
            made += 1
            shown.append({each.pk: bytes(each.choices) for each in Ballot.objects.filter(sounding=sounding)})
    assert made >= 3
    for before, after in pairwise(shown):
        changed = [keys[key] for key in {*before, *after} if before.get(key) != after.get(key)]
        assert min(changed.count(0), changed.count(1)) >= 5


@pytest.mark.parametrize(
    ("changed", "voters", "by_delegation", "moves"),
    [
        ({"a/x": 5, "b/y": 5}, {"a/x": 8, "b/y": 8}, False, True),
        ({"a/x": 5, "b/y": 4}, {"a/x": 8, "b/y": 8}, False, False),
        ({"a/x": 3, "a/z": 2, "b/y": 5}, {"a/x": 6, "a/z": 6, "b/y": 8}, False, True),
        ({"a/x": 3, "a/z": 2, "b/y": 5}, {"a/x": 6, "a/z": 6, "b/y": 8}, True, False),
        ({"a/x": 5, "b/y": 5}, {"a/x": 6, "a/z": 6, "b/y": 8}, True, True),
        ({"a/x": 5, "a/z": 1, "b/y": 5}, {"a/x": 6, "a/z": 6, "b/y": 8}, True, False),
        ({"a/x": 5, "b/y": 5, "/": 1}, {"a/x": 8, "b/y": 8, "/": 6}, False, False),
        ({"a/x": 5, "b/y": 5, "/": 1}, {"a/x": 8, "b/y": 8, "/": 1}, False, True),
        ({"a/x": 5, "b/y": 1}, {"a/x": 8, "b/y": 3}, False, True),
        ({"a/x": 3, "b/y": 2}, {"a/x": 4, "b/y": 3}, False, True),
        ({"a/x": 2, "b/y": 2}, {"a/x": 4, "b/y": 3}, False, False),
        ({}, {"a/x": 8}, False, False),
    ],
)
def test_when_results_may_move(
    changed: dict[str, int], voters: dict[str, int], by_delegation: bool, moves: bool
) -> None:
    now = {cell: {f"{cell}{n}": "1" for n in range(count)} for cell, count in changed.items()}
    own = {(cell.partition("/")[0], cell.partition("/")[2]): count for cell, count in voters.items()}
    assert tallies.due({}, now, own, k=5, by_delegation=by_delegation) == moves


def test_what_is_kept_names_no_voter_and_is_sealed(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    seats = crowded(talks, 1)
    for seat in seats:
        votes(sounding, seat, [2, 0, 1])
    look(sounding)
    row = Snapshot.objects.get()
    assert row.document["published"]["participants"] == []
    text = str(row.document) + str(row.basis)
    assert not any(str(seat.pk) in text or seat.pk.hex in text for seat in seats)
    assert sum(len(each) for each in row.basis.values()) == len(seats)


def test_a_snapshot_leaves_one_entry_without_an_actor(talks: Talks) -> None:
    sounding = opened(talks)
    close_sounding(talks.viewer("mediator"), sounding)
    leaves = [each.leaf for each in StagedLeaf.objects.all()]
    assert [each["by"] for each in leaves if each["act"] == "results.shown"] == [None]


def test_groups_are_sought_at_closing_alone(talks: Talks) -> None:
    sounding = opened(talks, 8, shown_open=True)
    ours, theirs = on_sides(crowded(talks, 4))
    for seat, line in [*((s, [2, 0] * 4) for s in ours), *((s, [0, 2] * 4) for s in theirs)]:
        votes(sounding, seat, line)
    look(sounding)
    assert snapshots.stored(snapshots.latest(sounding))["published"]["structure"]["reason"] == "not-wanted"
    closed = close_sounding(talks.viewer("mediator"), sounding)
    assert snapshots.stored(snapshots.latest(closed))["published"]["structure"]["reason"] != "not-wanted"


def test_what_was_cast_counts_after_its_seat_has_left(talks: Talks) -> None:
    sounding = opened(talks)
    votes(sounding, talks.seats["quill head"], [2, 2, 2])
    Seat.objects.filter(pk=talks.seats["quill head"].pk).update(state="revoked")
    now = tallies.tally(sounding)
    assert len(now.ballots) == 1
    assert now.sides() is not None
    assert now.sides().side.tolist() == [0]


def test_votes_reach_the_analysis_as_they_were_cast(talks: Talks) -> None:
    sounding = opened(talks, 4)
    sounding.statements.filter(number=1).update(withdrawn=True)
    votes(sounding, talks.seats["quill head"], [2, 2, 0, 1])
    votes(sounding, talks.seats["cloudberry head"], [255, 2, 0])
    votes(sounding, talks.seats["lantern head"], [255, 1])  # on what was withdrawn, and nothing else
    texts = {each.number: {"en": each.body["en"]} for each in sounding.statements.filter(withdrawn=False)}
    found = tallies.tally(sounding).votes(texts)
    dense = {tuple(row) for row in found.dense().tolist()}
    assert [each.id for each in found.statements] == ["1", "3", "4"]
    assert sorted(str(row) for row in dense) == sorted(["(1.0, -1.0, 0.0)", "(nan, -1.0, nan)"])


def test_while_one_works_results_out_others_see_what_was_shown(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    for seat in crowded(talks, 1):
        votes(sounding, seat, [2, 0, 1])
    with snapshots._turns[sounding.pk]:
        assert look(sounding) == 0
    assert look(sounding) == 1
