"""The sample talks are what their generator writes, and are shaped as the demonstration needs them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import tracktwo.demo
from tracktwo.demo import sample
from tracktwo.demo.statements import SENTENCES

TALKS = Path(tracktwo.demo.__file__).parent / "talks"
FILES = ["votes.csv", "comments.csv", "sides.csv", "summary.csv"]


def rows(name: str) -> list[dict[str, str]]:
    with (TALKS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_the_generator_writes_the_files_that_are_shipped(name: str, tmp_path: Path) -> None:
    sample.write(tmp_path)
    assert (tmp_path / name).read_bytes() == (TALKS / name).read_bytes()


def test_six_delegations_of_four_to_eight_sit_on_two_sides() -> None:
    sizes = Counter((row["side"], row["delegation"]) for row in rows("sides.csv"))
    assert sorted(sizes.values()) == [4, 4, 6, 7, 7, 8]
    assert Counter(row["side"] for row in rows("sides.csv")) == {"alder": 18, "beech": 18}


def test_every_statement_is_one_short_sentence_in_both_languages() -> None:
    for sentence in SENTENCES:
        assert len(sentence.en) <= 140
        assert sentence.en.endswith(".")
        assert sentence.zh.endswith("。")
        assert sentence.zh.count("。") == sentence.en.count(".") == 1
    assert len({s.en for s in SENTENCES}) == len({s.zh for s in SENTENCES}) == len(SENTENCES) == 40


def test_some_votes_are_missing_some_were_changed_and_one_statement_hardly_seen() -> None:
    votes = rows("votes.csv")
    pairs = Counter((row["voter-id"], row["comment-id"]) for row in votes)
    assert sum(count > 1 for count in pairs.values()) == 5
    assert 0.04 < 1 - len(pairs) / (34 * 39) < 0.09
    by_person = Counter(person for person, _ in pairs)
    assert sorted(by_person.values())[:3][1] < 7 <= sorted(by_person.values())[2]
    assert Counter(statement for _, statement in pairs)["39"] == 4
