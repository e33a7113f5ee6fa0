"""How each side sees a concern: rows that name nobody, shown once enough answered and renewed once enough moved."""

from __future__ import annotations

from itertools import islice

import pytest
from room.raised import given, put
from room.talks import AT_TABLE, DELEGATIONS, Talks

from tracktwo.room import keys
from tracktwo.room.access import VOTING, Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.models import Assessment, Concern

SIDE = {
    side: [
        f"{name} {role}" for name, (at, _) in DELEGATIONS.items() if at == side for role in AT_TABLE if role in VOTING
    ]
    for side in ("A", "B")
}


def assessed(talks: Talks, row: Concern, side: str, number: int, severity: int, likelihood: int = 2) -> None:
    for name in islice(SIDE[side], number):
        acts.assess(talks.viewer(name), row.id, severity, likelihood)


def shown(talks: Talks, row: Concern, name: str = "observer") -> str:
    return talks.client(name).get(f"/concerns/{row.id}").content.decode()


def test_a_row_names_neither_seat_nor_delegation(talks: Talks) -> None:
    row = put(talks)
    acts.assess(talks.viewer("quill delegate"), row.id, 4, 2)
    found = Assessment.objects.get()
    assert found.id == keys.current().mark("assessment", row.id.bytes, talks.seats["quill delegate"].id.bytes)
    assert {field.name for field in Assessment._meta.fields} == {"id", "concern", "severity", "likelihood"}
    assert all(leaf.leaf["by"] is None for leaf in StagedLeaf.objects.all() if leaf.leaf["act"] == "concern.assess")


def test_a_voter_sees_and_changes_the_own_answer(talks: Talks) -> None:
    row = put(talks)
    client = talks.client("quill delegate")
    for severity in ("4", "5"):
        sent = {"severity": severity, "likelihood": "2"}
        assert client.post(f"/concerns/{row.id}/assess", sent).status_code == 303
    assert Assessment.objects.get().severity == 5
    page = client.get(f"/concerns/{row.id}").content.decode()
    assert "You have answered" in page
    assert 'name="severity" value="5"' in page
    assert page.split('name="severity" value="5"')[1].split(">")[0].count("checked") == 1
    assert "You have answered" not in shown(talks, row, "quill expert")


@pytest.mark.parametrize("bad", [{}, {"severity": "6", "likelihood": "1"}, {"severity": "x", "likelihood": "1"},
                                 {"severity": "3"}, {"severity": "0", "likelihood": "3"}])  # fmt: skip
def test_a_bad_answer_is_told_and_not_kept(talks: Talks, bad: dict[str, str]) -> None:
    row = put(talks)
    assert talks.client("quill delegate").post(f"/concerns/{row.id}/assess", bad).status_code == 422
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize("name", ["mediator", "observer", "quill counsel", "quill linguist"])
def test_who_has_no_vote_has_no_answer(talks: Talks, name: str) -> None:
    row = put(talks)
    client = talks.client(name)
    answer = client.post(f"/concerns/{row.id}/assess", {"severity": "3", "likelihood": "3"})
    assert answer.content == client.get("/nowhere").content
    with pytest.raises(Absent):
        acts.assess(talks.viewer(name), row.id, 3, 3)


def test_what_is_not_before_the_room_or_withdrawn_is_not_assessed(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "delegation"))
    apart = Concern.objects.get()
    with pytest.raises(Refused):
        acts.assess(talks.viewer("quill delegate"), apart.id, 3, 3)
    row = put(talks)
    acts.withdraw(talks.viewer("quill delegate"), row.id)
    with pytest.raises(Refused):
        acts.assess(talks.viewer("cloudberry head"), row.id, 3, 3)


def test_nothing_is_shown_below_the_least_number_on_any_side(talks: Talks) -> None:
    row = put(talks)
    before = shown(talks, row)
    assessed(talks, row, "A", 8, 4)
    assessed(talks, row, "B", 4, 2)
    assert shown(talks, row) == before
    assert "Not enough answers yet" in before


def test_the_sides_are_shown_once_enough_on_every_side_answered(talks: Talks) -> None:
    row = put(talks)
    assessed(talks, row, "A", 5, 4)
    assessed(talks, row, "B", 5, 2)
    page = shown(talks, row)
    assert "Side A: 4, Very serious" in page
    assert "Side B: 2, Limited" in page
    assert 'class="side-a at-4"' in page
    register = talks.client("observer", language="zh").get("/concerns").content.decode()
    assert "严重性。A方：4，非常严重。B方：2，有限。" in register


def test_what_is_shown_does_not_move_until_enough_on_every_side_moved(talks: Talks) -> None:
    row = put(talks)
    assessed(talks, row, "A", 5, 4)
    assessed(talks, row, "B", 5, 2)
    before = shown(talks, row)
    assessed(talks, row, "A", 8, 1)
    assessed(talks, row, "B", 4, 1)
    assert shown(talks, row) == before
    for severity in (3, 4, 5):  # one person is one person, however often the answer changes
        acts.assess(talks.viewer(SIDE["B"][0]), row.id, severity, 1)
    assert shown(talks, row) == before
    assessed(talks, row, "B", 5, 1)
    assert "Side A: 1, Negligible" in shown(talks, row)


def test_who_changes_back_has_not_moved(talks: Talks) -> None:
    row = put(talks)
    assessed(talks, row, "A", 5, 4)
    assessed(talks, row, "B", 5, 2)
    for severity in (5, 4):
        assessed(talks, row, "A", 5, severity)
    for severity in (5, 2):
        assessed(talks, row, "B", 5, severity)
    basis = Concern.objects.get(pk=row.pk).shown["basis"]
    assert len(basis) == 10
    assert "Side B" in shown(talks, row)


def test_between_two_words_both_are_said(talks: Talks) -> None:
    row = put(talks)
    assessed(talks, row, "A", 5, 4)
    assessed(talks, row, "B", 5, 2)
    for name, severity in zip(SIDE["A"], (3, 3, 3, 4, 4, 4), strict=False):
        acts.assess(talks.viewer(name), row.id, severity, 5)
    assessed(talks, row, "B", 5, 3, 5)
    page = shown(talks, row)
    assert "Side A: 3.5, between Serious and Very serious" in page
    assert 'class="side-a at-3-5"' in page
