"""Foreign votes are read the same whatever their form and order."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from foreign import EXPORT, HEADER, VOTES, blob_files, cells, long, put, same, stream

from tracktwo.opinion.reading import read, scan, table
from tracktwo.opinion.reading.sources import Source
from tracktwo.opinion.votes import InputError

# What is read


def test_people_and_statements_stand_in_the_order_of_their_numbers() -> None:
    votes = read(stream(VOTES))

    assert votes.participants.tolist() == [1, 2, 10]
    assert votes.participants.dtype == np.int64
    assert [s.id for s in votes.statements] == ["0", "1", "2", "10"]
    assert cells(votes) == {("1", "0"): 1, ("1", "1"): 0, ("2", "0"): -1, ("2", "10"): 1, ("10", "2"): 1}


def test_one_id_that_is_no_integer_makes_all_of_them_text() -> None:
    votes = read(stream(long(("10", "1", 1, 1), ("9", "x", 1, 1), ("ana", "2", 0, 1))))

    assert votes.participants.tolist() == ["10", "9", "ana"]
    assert [s.id for s in votes.statements] == ["1", "2", "x"]


@pytest.mark.parametrize("other", ["01", "+1", "1.0", "-01", "１"])
def test_an_id_that_only_looks_like_another_stays_apart(other: str) -> None:
    votes = read(stream(long((1, 1, 1, 1), (other, other, -1, 1))))

    assert votes.participants.tolist() == sorted(["1", other])
    assert cells(votes) == {("1", "1"): 1, (other, other): -1}


def test_ids_beyond_64_bits_are_text_and_negative_ones_are_numbers() -> None:
    votes = read(stream(long((2**63, 1, 1, 1), (5, 1, 0, 1))))
    assert votes.participants.tolist() == ["5", str(2**63)]

    votes = read(stream(long((-(2**63), 1, 1, 1), (5, 1, 0, 1))))
    assert votes.participants.tolist() == [-(2**63), 5]


def test_space_around_ids_and_votes_is_no_part_of_them() -> None:
    assert cells(read(stream("voter, statement, vote\nana, a, 1\n ana ,b , -1 \n"))) == {
        ("ana", "a"): 1,
        ("ana", "b"): -1,
    }


def test_the_last_vote_in_time_counts_whatever_the_order_of_the_rows() -> None:
    votes = read(stream(long((1, 1, 1, 30), (1, 1, -1, 40), (1, 1, 0, 20), (2, 1, 1, 10))))

    assert cells(votes) == {("1", "1"): -1, ("2", "1"): 1}
    assert votes.revotes == 2
    assert votes.first_vote is not None
    assert votes.first_vote.tolist() == [20, 10]


def test_the_same_vote_noted_twice_is_one_vote_and_no_revote() -> None:
    assert read(stream(long((1, 1, 1, 5), (1, 1, 1, 5), (2, 1, 0, 6)))).revotes == 0
    twice = "participant,statement,vote\n1,1,1\n1,1,1\n2,1,0\n"
    assert cells(read(stream(twice))) == {("1", "1"): 1, ("2", "1"): 0}


def test_contradicting_votes_that_a_later_one_replaces_do_not_matter() -> None:
    votes = read(stream(long((1, 1, 1, 5), (1, 1, -1, 5), (1, 1, 0, 6), (2, 1, 1, 1))))

    assert cells(votes) == {("1", "1"): 0, ("2", "1"): 1}
    assert votes.revotes == 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", 1), ("1.0", 1), ("+1", 1), ("0", 0), ("-0.0", 0), ("-1", -1), ("-1.0", -1)],
)
def test_a_vote_may_be_written_as_a_decimal(written: str, meant: int) -> None:
    assert cells(read(stream(long((1, 1, written, 1), (2, 1, 1, 1)))))["1", "1"] == meant


@pytest.mark.parametrize(
    "header",
    ["participant,statement,vote", "Voter ID,Comment_ID,Vote", "user,tid,value", "delegate-id,item,answer"],
)
def test_usual_names_of_columns_are_known(header: str) -> None:
    assert cells(read(stream(header + "\n1,2,1\n2,3,0\n"))) == {("1", "2"): 1, ("2", "3"): 0}


def test_other_columns_can_be_named() -> None:
    text = "who,what,how,when,vote\n1,2,1,9,x\n1,2,-1,8,x\n2,2,0,8,x\n"
    names = {"participant": "who", "statement": "what", "vote": "how", "timestamp": "when"}

    assert cells(read(stream(text), columns=names)) == {("1", "2"): 1, ("2", "2"): 0}


def test_times_can_be_left_unread() -> None:
    text = "voter,statement,vote,time\n1,2,1,morning\n2,2,0,evening\n"

    assert read(stream(text), columns={"timestamp": ""}).first_vote is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_line_ends_and_byte_order_marks_do_not_matter(delimiter: str, newline: str, mark: str) -> None:
    text = mark + VOTES.replace(",", delimiter).replace("\n", newline)

    assert same(read(stream(text)), read(stream(VOTES)))


def test_empty_rows_are_passed_over_and_counted() -> None:
    text = "participant,statement,vote\n\n1,1,1\n,,\n2,1,0\n\n"
    assert cells(read(stream(text))) == {("1", "1"): 1, ("2", "1"): 0}
    with pytest.raises(InputError, match="row 7, column"):
        read(stream(text + "3,1,7\n"))


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (("100", "20"), [100, 20]),
        (("100.0", "20"), [100, 20]),
        (("0.5", "20"), [500_000, 20_000_000]),
        (("2026-03-01T09:30:00Z", "2026-03-01T10:30:00+01:00"), [1772357400, 1772357400]),
        (("2026-03-01", "1970-01-01 00:00:01"), [1772323200, 1]),
        (("", ""), None),
    ],
)
def test_times_are_numbers_or_dates(times: tuple[str, str], first: list[int] | None) -> None:
    votes = read(stream(long((1, 1, 1, times[0]), (2, 1, 0, times[1]))))

    assert (None if votes.first_vote is None else votes.first_vote.tolist()) == first


def test_a_stream_a_file_and_standard_input_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "votes of us.csv").write_text(VOTES, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream(VOTES)))

    expected = read(stream(VOTES))
    assert same(read(tmp_path / "votes of us.csv"), expected)
    assert same(read(str(tmp_path / "votes of us.csv")), expected)
    assert same(read("-"), expected)


def test_a_table_of_statements_gives_the_sentences_of_a_long_table(tmp_path: Path) -> None:
    sentences = tmp_path / "statements.csv"
    sentences.write_text("statement-id;text-en;text-zh-hans\n1;Peace;和平\n3;Trust;\n", encoding="utf-8")

    votes = read(stream(long((1, 1, 1, 1), (2, 2, 0, 1))), statements=sentences)

    assert {s.id: s.text for s in votes.statements} == {
        "1": {"en": "Peace", "zh-Hans": "和平"},
        "2": {},
        "3": {"en": "Trust"},
    }


def test_progress_is_told_as_a_share(tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []
    (tmp_path / "v.csv").write_text(VOTES, encoding="utf-8")

    read(tmp_path / "v.csv", progress=lambda what, share: heard.append((what, share)))

    assert heard == [("reading", 1.0)]


# Exports of Polis


def test_an_export_gives_sentences_moderation_groups_and_subject(tmp_path: Path) -> None:
    votes = read(put(tmp_path, EXPORT))

    assert [(s.id, s.text.get("", ""), s.moderated) for s in votes.statements] == [
        ("0", 'Two lines,\nand a "word"', 1),
        ("1", "Out", -1),
        ("2", "", 0),
        ("7", "Nobody voted", 0),
        ("10", "", 0),
    ]
    assert votes.participants.tolist() == [1, 2, 10]
    assert votes.recorded["group-id"].tolist() == [0, -1, 1]
    assert votes.title == {"": "Talks"}


def test_sentences_and_subject_may_stand_in_several_languages(tmp_path: Path) -> None:
    comments = "comment-id,moderated,is-meta,comment-body-en,comment-body-zh\n0,1,true,Peace,和平\n"
    files = {**EXPORT, "comments.csv": comments, "summary.csv": "topic-en,Talks\ntopic-zh,会谈\ntopic-fr,\n"}

    votes = read(put(tmp_path, files))

    assert votes.statements[0].text == {"en": "Peace", "zh": "和平"}
    assert votes.statements[0].meta
    assert votes.title == {"en": "Talks", "zh": "会谈"}


def test_files_may_carry_the_date_and_name_of_the_conversation(tmp_path: Path) -> None:
    renamed = {"participants-votes.csv": "participant-votes.csv"}
    dated = {f"2026-03-01-0002-7abc-{renamed.get(name, name)}": text for name, text in EXPORT.items()}
    dated["2026-03-01-0002-7abc-comment-groups.csv"] = "anything\n"

    assert same(read(put(tmp_path / "a", dated)), read(put(tmp_path / "b", EXPORT)))


def test_two_conversations_in_one_folder_are_refused(tmp_path: Path) -> None:
    put(tmp_path, {"a-votes.csv": VOTES, "b-votes.csv": VOTES})
    with pytest.raises(InputError, match=r"more than one votes\.csv"):
        read(tmp_path)


def test_without_votes_the_table_of_participants_is_read(tmp_path: Path) -> None:
    votes = read(put(tmp_path, {k: v for k, v in EXPORT.items() if k != "votes.csv"}))

    assert cells(votes) == cells(read(stream(VOTES)))
    assert votes.first_vote is None
    assert votes.recorded["group-id"].tolist() == [0, -1, 1]


def test_control_characters_and_lone_surrogates_in_sentences_become_visible(tmp_path: Path) -> None:
    comments = 'comment-id,comment-body\n0,"<b>a\x00b</b>\x1b[31m\tc\r\nd\x85"\n'
    assert read(put(tmp_path, {**EXPORT, "comments.csv": comments})).statements[0].text == {
        "": "<b>a\ufffdb</b>\ufffd[31m\tc\nd\ufffd"
    }
    blobs = blob_files()
    blobs["comments.json"] = '[{"tid": 0, "txt": "lone \\ud800 half"}]'
    assert read(put(tmp_path / "blobs", blobs)).statements[0].text == {"": "lone \ufffd half"}


# JSON of a Polis server


@pytest.mark.parametrize("dialect", [0, 1])
def test_without_any_counts_the_json_of_a_server_has_agreement_as_minus_one(tmp_path: Path, dialect: int) -> None:
    votes = read(put(tmp_path, blob_files(dialect)))
    expected = read(stream(VOTES))

    assert cells(votes) == cells(expected)
    assert votes.first_vote is not None
    assert votes.first_vote.tolist() == [5, 6, 4]
    assert [(s.id, dict(s.text), s.moderated) for s in votes.statements[:2]] == [
        ("0", {"": "Peace"}, 1),
        ("1", {"": "Out"}, -1),
    ]


@pytest.mark.parametrize("witness", ["comments.json", "math-pca2.json"])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_sign_of_agreement_is_told_by_the_counts_of_the_server(tmp_path: Path, sign: int, witness: str) -> None:
    cast = [(p, s, (1, 1, -1)[(p + s) % 3] if s else 1) for p in range(6) for s in range(4)]
    agrees, disagrees = (Counter(s for _, s, v in cast if v == way) for way in (1, -1))
    files: dict[str, str | bytes] = {
        "votes.json": json.dumps([{"pid": p, "tid": s, "vote": v * sign} for p, s, v in cast]),
        "comments.json": json.dumps(
            [{"tid": s, "txt": "", "agree_count": agrees[s], "disagree_count": str(disagrees[s])} for s in range(4)]
        ),
        "math-pca2.json": json.dumps(
            {"group-votes": {"0": {"votes": {str(s): {"A": agrees[s], "D": disagrees[s]} for s in range(4)}}}}
        ),
    }

    votes = read(put(tmp_path, {name: files[name] for name in ("votes.json", witness)}))

    assert cells(votes) == {(str(p), str(s)): v for p, s, v in cast}


def test_the_mathematics_of_a_server_says_what_is_meta_and_out(tmp_path: Path) -> None:
    outcome = json.dumps({"meta-tids": [0], "mod-out": [0, 10], "pca": {}})
    votes = read(put(tmp_path, {**blob_files(), "math-pca2.json": outcome}))

    assert {s.id: (s.moderated, s.meta) for s in votes.statements} == {
        "0": (1, True),
        "1": (-1, False),
        "2": (0, False),
        "10": (-1, False),
    }


# Order, and the two readers of a table


def shuffled_files(seed: int) -> dict[str, str | bytes]:
    order = random.Random(seed)
    cast = [(p, s, order.choice([-1, 0, 1]), order.randrange(50)) for p in range(12) for s in range(9)]
    cast += [(p, s, order.choice([-1, 0, 1]), 50 + k) for k, (p, s, _, _) in enumerate(order.sample(cast, 20))]
    records = [f"{t},x,{s},{p},{v}\n" for p, s, v, t in cast]
    people = [f"{p},{p % 3}\n" for p in range(12)]
    comments = [f"{s},{order.choice([-1, 0, 1])},Sentence {s}\n" for s in range(10)]
    for part in (records, people, comments):
        random.Random(seed).shuffle(part)
    return {
        "votes.csv": HEADER + "".join(records),
        "participants-votes.csv": "participant,group-id\n" + "".join(people),
        "comments.csv": "comment-id,moderated,comment-body\n" + "".join(comments),
    }


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_rows_changes_nothing(tmp_path: Path, seed: int) -> None:
    files = shuffled_files(seed)
    again = {}
    for name, content in files.items():
        header, *records = str(content).splitlines(keepends=True)
        random.Random(seed + 1000).shuffle(records)
        again[name] = header + "".join(records)

    assert same(read(put(tmp_path / "a", files)), read(put(tmp_path / "b", dict(again))))


def located(text: str) -> tuple[list[str], dict[str, int]]:
    names = text.splitlines()[0].split(",")
    return names, table.locate(names, name="v.csv")


PLAIN = {
    "Polis": VOTES,
    "without the last line end": VOTES[:-1],
    "Windows line ends": VOTES.replace("\n", "\r\n"),
    "text ids": long(("ana", "b", 1, 3), ("bo", "a", -1, 2), ("ana", "é", 0, 1)),
    "byte order mark": "\ufeff" + VOTES,
    "without times": "participant,statement,vote\n-5,1,1\n70000000000,1,0\n",
}
NOT_PLAIN = {
    "leading zero": long((1, 1, 1, 1), *[(k, 1, 0, 1) for k in range(2, 20_000)], ("01", 2, 1, 1)),
    "quotation mark": VOTES.replace("x", '"x"'),
    "too many fields": VOTES + "9,x,0,3,1,extra\n",
    "too few fields": VOTES + "9,x,0\n",
    "empty row": VOTES + "\n9,x,0,3,1\n",
    "empty vote": VOTES + "9,x,0,3,\n",
    "decimal vote": VOTES + "9,x,0,3,1.0\n",
    "one text id at the end": long(*[(k, 1, 0, 1) for k in range(20_000)], ("ana", 2, 1, 1)),
    "mixed line ends": VOTES + "9,x,0,3,1\r\n",
    "not UTF-8": VOTES.encode() + b"9,\xff,0,3,1\n",
}


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_table_is_scanned_to_the_same_votes(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PLAIN[case]
    names, found = located(text.lstrip("\ufeff"))
    assert scan.scan_table(Source("v.csv", data=text.encode()), names=names, found=found) is not None

    expected = read(stream(text))
    monkeypatch.setattr(table, "SCAN_FROM", 0)
    assert same(read(stream(text)), expected)


@pytest.mark.parametrize("case", NOT_PLAIN)
def test_a_table_that_is_not_plain_is_not_scanned(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = NOT_PLAIN[case]
    content = text if isinstance(text, bytes) else text.encode()
    names, found = located(content.decode("utf-8", "replace"))

    assert scan.scan_table(Source("v.csv", data=content), names=names, found=found) is None


def test_many_statements_take_wider_codes() -> None:
    text = "participant,statement,vote\n" + "".join(f"{k % 2},{k},{k % 3 - 1}\n" for k in range(16_400))
    votes = read(stream(text))

    assert votes.codes.dtype == np.uint32
    assert votes.values.tolist() == [k % 3 - 1 for k in (*range(0, 16_400, 2), *range(1, 16_400, 2))]


def test_a_small_table_is_read_without_importing_polars(tmp_path: Path) -> None:
    put(tmp_path, EXPORT)
    program = "import sys; from tracktwo.opinion.reading import read; read(sys.argv[1]); print('polars' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"
