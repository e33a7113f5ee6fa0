"""Declared sides, delegations and given groups: who belongs where, or a sentence that says which row contradicts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from foreign import VOTES, stream

from tracktwo.opinion.camps import read_groups, read_sides
from tracktwo.opinion.reading import read
from tracktwo.opinion.votes import InputError, Votes

ROWS = ["1,Quill,Alder", "2,Nine Bridges,Beech", "10,Lantern,Alder"]


@pytest.fixture
def votes() -> Votes:
    """Votes of the people 1, 2 and 10."""
    return read(stream(VOTES))


def listed(tmp_path: Path, header: str, rows: list[str]) -> Path:
    path = tmp_path / "sides.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_sides_and_delegations_stand_by_name_whatever_the_order_of_the_rows(tmp_path: Path, votes: Votes) -> None:
    for seed in range(6):
        rows = random.Random(seed).sample(ROWS, 3)
        sides = read_sides(listed(tmp_path, "participant,delegation,side", rows), votes)

        assert sides.sides == ({"": "Alder"}, {"": "Beech"})
        assert sides.delegations == ({"": "Lantern"}, {"": "Quill"}, {"": "Nine Bridges"})
        assert sides.side.tolist() == [0, 1, 0]
        assert sides.delegation.tolist() == [1, 2, 0]


def test_names_may_stand_in_several_languages(tmp_path: Path, votes: Votes) -> None:
    header = "participant,side-en,side-zh,delegation,delegation-zh"
    rows = ["1,Alder,桤木方,quill,羽笔", "2,Beech,榉木方,nine,九桥", "10,Alder,桤木方,quill,羽笔"]

    sides = read_sides(listed(tmp_path, header, rows), votes)

    assert sides.sides == ({"en": "Alder", "zh": "桤木方"}, {"en": "Beech", "zh": "榉木方"})
    assert sides.delegations == ({"": "quill", "zh": "羽笔"}, {"": "nine", "zh": "九桥"})


def test_sides_without_delegations_and_people_without_a_side(tmp_path: Path, votes: Votes) -> None:
    sides = read_sides(listed(tmp_path, "voter-id;side", ["2;10", "10;9", "99;9"]), votes)

    assert sides.sides == ({"": "9"}, {"": "10"})
    assert sides.side.tolist() == [-1, 1, 0]
    assert sides.delegations == ()
    assert sides.delegation.tolist() == [-1, -1, -1]


def test_a_delegation_that_did_not_vote_is_passed_over(tmp_path: Path, votes: Votes) -> None:
    rows = [*ROWS, "99,Absent,Alder", "1,Quill,Alder"]

    assert {"": "Absent"} not in read_sides(listed(tmp_path, "participant,delegation,side", rows), votes).delegations


@pytest.mark.parametrize(
    ("header", "rows", "sentence"),
    [
        ("participant,delegation", ["1,Quill"], 'row 1: no column "side"'),
        ("who,side", ["1,A"], 'row 1: needs one column "participant"'),
        ("participant,side,side", ["1,A,B"], 'row 1: two columns are called "side"'),
        ("participant,side", [], "lists nobody"),
        ("participant,side", ["1,"], 'row 2, column "side": the side is empty'),
        ("participant,side", [",A"], 'row 2, column "participant": the participant is empty'),
        ("participant,side", ["1,A", "2"], "row 3: 1 fields where the header has 2"),
        ("participant,side", ["1,A", "2,B", "1,B"], 'row 4, column "participant": participant "1" is listed in row 2'),
        (
            "participant,delegation,side",
            ["1,Quill,A", "2,Nine,A", "1,Nine,A"],
            'row 4, column "participant": participant "1" is listed in row 2',
        ),
        (
            "participant,delegation,side",
            ["1,Quill,A", "2,Quill,B"],
            'row 3, column "side": delegation "Quill" is on side "B" here and on side "A" in row 2',
        ),
        (
            "participant,side,side-en",
            ["1,A,Alder", "2,A,Elder", "10,B,Beech"],
            'row 3, column "side": side "A" is named differently in row 2',
        ),
        ("participant,side", ["ana,A", "bo,B"], 'row 2, column "participant": nobody listed has voted'),
        ("participant,side", ["1,A", "99,B"], 'nobody on side "B" has voted'),
        ("participant,side", ['1,"A'], "row 2: a quotation mark is never closed"),
    ],
)
def test_a_list_of_sides_with_this_is_refused(
    tmp_path: Path, votes: Votes, header: str, rows: list[str], sentence: str
) -> None:
    path = listed(tmp_path, header, rows)

    with pytest.raises(InputError, match=sentence) as refused:
        read_sides(path, votes)
    assert str(refused.value).startswith(str(path))


def test_groups_stand_in_the_order_of_their_numbers_or_names(tmp_path: Path, votes: Votes) -> None:
    labels, names = read_groups(listed(tmp_path, "participant,group", ["10,2", "1,10", "2,2", "99,1"]), votes)
    assert (labels.tolist(), names) == ([1, 0, 0], ("2", "10"))

    labels, names = read_groups(listed(tmp_path, "participant,group-id", ["10,b", "1,10", "2,"]), votes)
    assert (labels.tolist(), names) == ([0, -1, 1], ("10", "b"))


@pytest.mark.parametrize(
    ("header", "rows", "sentence"),
    [
        ("participant,side", ["1,A"], 'row 1: needs one column "group"'),
        ("participant,group", ["1,A", "1,B"], 'row 3, column "participant": participant "1" is listed in row 2'),
        ("participant,group", ["ana,A"], "nobody listed has voted"),
        ("participant,group", ["1,"], "nobody who voted is in a group"),
    ],
)
def test_a_list_of_groups_with_this_is_refused(
    tmp_path: Path, votes: Votes, header: str, rows: list[str], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        read_groups(listed(tmp_path, header, rows), votes)


def test_a_missing_list_is_refused(tmp_path: Path, votes: Votes) -> None:
    with pytest.raises(InputError, match=r"sides\.csv cannot be read: No such file"):
        read_sides(tmp_path / "sides.csv", votes)


def test_the_sample_declares_its_sides_in_both_languages() -> None:
    folder = Path(__file__).parents[2] / "src/tracktwo/demo/talks"
    votes = read(folder)

    sides = read_sides(folder / "sides.csv", votes)

    assert [set(names) for names in sides.sides] == [{"", "en", "zh"}] * 2
    assert len(sides.delegations) == 6
    assert (sides.side >= 0).all()
