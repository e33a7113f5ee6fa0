"""What cannot be read as votes is refused in one sentence that says where and what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from foreign import EXPORT, HEADER, VOTES, blob_files, long, put, stream

from tracktwo.opinion.reading import read, require_analysable, table
from tracktwo.opinion.votes import InputError

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "is empty"),
    "an empty first row": ("\n\n1,1,1\n", "row 1: empty"),
    "a header alone": (HEADER, "holds no votes"),
    "a missing column": (
        "voter-id,vote\n1,1\n",
        r"row 1: no column for the statement .*; its columns are \"voter-id\", \"vote\"",
    ),
    "a column twice": ("voter,statement,vote,vote\n1,1,1,1\n", 'row 1: two columns are called "vote"'),
    "a vote outside": (
        HEADER + "1,x,1,1,1\n1,x,2,1,2\n",
        r'row 3, column "vote": the vote "2" is none of \+1 \(agree\)',
    ),
    "a vote that is no number": (HEADER + "1,x,1,1,yes\n", r'row 2, column "vote": the vote "yes"'),
    "a vote that is not finite": (HEADER + "1,x,1,1,nan\n", r'row 2, column "vote": the vote "nan"'),
    "an empty vote": (HEADER + "1,x,1,1,\n", r'row 2, column "vote": the vote is empty; write 0 for a pass'),
    "an empty participant": (HEADER + "1,x,1, ,1\n", r'row 2, column "voter-id": the participant is empty'),
    "an empty statement": (HEADER + "1,x,,1,1\n", r'row 2, column "comment-id": the statement is empty'),
    "control characters in an id": (HEADER + "1,x,1,a\x1b[2J,1\n", r'row 2, column "voter-id": .* control characters'),
    "a NUL byte in an id": (HEADER + "1,x,1,a\0,1\n", r'row 2, column "voter-id": .* control characters'),
    "an id that is too long": (HEADER + f"1,x,1,{'a' * 300},1\n", r'row 2, column "voter-id": an id of 300 characters'),
    "a field that is too long": (HEADER + f"1,{'a' * 140_000},1,1,1\n", "row 2: a field is longer than 131,072"),
    "a row that is too long": (HEADER + "1,x,1,1,1\n1,x,2,1,1,1\n", "row 3: 6 fields where the header has 5"),
    "a row that is too short": (HEADER + "1,x,1,1,1\n1,x,2\n", "row 3: 3 fields where the header has 5"),
    "an unclosed quotation mark": (HEADER + '1,x,1,1,1\n1,"x,2,1,1\n', "row 3: a quotation mark is never closed"),
    "text after a quotation mark": (HEADER + '1,"x"y,2,1,1\n', "row 2: text follows a closing quotation mark"),
    "a contradiction": (
        long((1, 5, 1, 7), (2, 5, 0, 7), (1, 5, -1, 7)),
        r'row 2 and row 4: participant "1" votes differently on statement "5" with the same time',
    ),
    "a contradiction without times": (
        "participant,statement,vote\n1,5,1\n1,5,-1\n",
        r'row 2 and row 3: participant "1" votes differently on statement "5" with no times',
    ),
    "a time that is none": (long((1, 1, 1, "noon"), (2, 1, 1, 2)), r'row 2, column "timestamp": "noon" is no time'),
    "a time that is not finite": (long((1, 1, 1, 1), (2, 1, 1, "NaN")), r'row 3, column "timestamp": "NaN" is no time'),
    "an infinite time": (long((1, 1, 1, "-inf")), r'row 2, column "timestamp": "-inf" is no time'),
    "a time beyond 64 bits": (long((1, 1, 1, 2**70)), r'row 2, column "timestamp": .* is no time'),
    "a time of ten thousand digits": (long((1, 1, 1, "9" * 10_000)), r'row 2, column "timestamp": .* is no time'),
    "a fraction of a large time": (long((1, 1, 1, "9000000000000000.5")), "row 2, column .*write whole numbers"),
    "a missing time": (long((1, 1, 1, 1), (2, 1, 1, "")), r'row 3, column "timestamp": the time is empty'),
    "Latin-1": (HEADER.encode() + b"1,x,1,1,1\n1,caf\xe9,1,2,1\n", r'row 3, column "datetime": not UTF-8'),
    "Latin-1 in the header": (b"voter,caf\xe9,statement,vote\n1,1,1,1\n", "row 1: not UTF-8"),
    "UTF-16": (VOTES.encode("utf-16"), "UTF-16"),
    "gzip": (b"\x1f\x8b\x08\0", "gzip"),
    "one endless line": (b"a" * (2 << 20), "row 1: longer than a megabyte"),
    "a damaged Parquet file": (b"PAR1" + b"\0" * 50 + b"PAR1", "damaged Parquet"),
    "the beginning of a Parquet file": (b"PAR1", "no Parquet"),
    "a damaged zip": (b"PK\x03\x04" + b"\0" * 50, "damaged zip"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_with_this_is_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    content, sentence = REFUSED[case]
    (tmp_path / "v.csv").write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(InputError, match=sentence) as refused:
        read(tmp_path / "v.csv")

    message = str(refused.value)
    assert message.startswith(str(tmp_path / "v.csv"))
    assert message.isprintable()
    assert len(message) < 600


@pytest.mark.parametrize("case", REFUSED)
def test_a_large_table_is_refused_in_the_same_sentence(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content, sentence = REFUSED[case]
    monkeypatch.setattr(table, "SCAN_FROM", 0)

    with pytest.raises(InputError, match=sentence):
        read(stream(content))


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"participant": "nobody"}, 'no column "nobody" for the participant'),
        ({"person": "voter-id"}, '"person" is no column of votes'),
        ({"participant": "vote"}, 'column "vote" cannot be the participant'),
        ({"timestamp": "nothing"}, 'no column "nothing" for the timestamp'),
    ],
)
def test_a_wrong_name_of_a_column_is_refused(columns: dict[str, str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read(stream(VOTES), columns=columns)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("comments.csv", "comment-body\nx\n", "row 1: no column for the id"),
        ("comments.csv", "comment-id,comment-body\n,x\n", 'row 2, column "comment-id": the statement has no id'),
        ("comments.csv", "comment-id,comment-body\n1,x\n1,y\n", 'row 3, .*statement "1" stands in row 2 differently'),
        ("comments.csv", "comment-id,moderated,comment-body\n1,5,x\n", 'row 2, column "moderated": "5" is none of'),
        ("comments.csv", "comment-id,is-meta,comment-body\n1,maybe,x\n", 'row 2, column "is-meta": "maybe" is neither'),
        ("comments.csv", b"comment-id,comment-body\n1,\xff\n", 'row 2, column "comment-body": not UTF-8'),
        ("participants-votes.csv", "who,group-id\n1,0\n", 'row 1: needs one column "participant"'),
        ("participants-votes.csv", "participant,group-id\n1,A\n", 'row 2, column "group-id": "A" is no number'),
        (
            "participants-votes.csv",
            "participant,group-id\n1,0\n1,1\n",
            'row 3: participant "1" is listed in two groups',
        ),
        ("summary.csv", 'topic,"unclosed\n', "row 1: a quotation mark is never closed"),
    ],
)
def test_an_export_with_this_is_refused(tmp_path: Path, name: str, content: str | bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refused:
        read(put(tmp_path, {**EXPORT, name: content}))

    assert str(refused.value).startswith(str(tmp_path / name))


def test_a_vote_in_the_table_of_participants_is_named_by_its_column(tmp_path: Path) -> None:
    put(tmp_path, {"participants-votes.csv": "participant,group-id,0,1\n1,0,1,\n2,0,,3\n"})
    with pytest.raises(InputError, match=r'row 3, column "1": the vote "3"'):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("votes.json", "{}", "a list is expected"),
        ("votes.json", "[]", "holds no votes"),
        ("votes.json", "[1]", "entry 1: an object with keys is expected"),
        ("votes.json", '[{"pid": 1, "tid": 1}]', 'entry 1: no key "vote"'),
        (
            "votes.json",
            '[{"pid": 1, "tid": 1, "vote": 1}, {"pid": 1, "tid": 2}]',
            'entry 2, column "vote": the vote is empty',
        ),
        (
            "votes.json",
            '[{"pid": 1, "tid": 1, "vote": 3}]',
            r'entry 1, column "vote": the vote "3" is none of -1 \(agree\)',
        ),
        (
            "votes.json",
            '[{"pid": [1], "tid": 1, "vote": 1}]',
            'entry 1, column "pid": a number or a string is expected',
        ),
        (
            "votes.json",
            '[{"pid": true, "tid": 1, "vote": 1}]',
            'entry 1, column "pid": a number or a string is expected',
        ),
        ("votes.json", '[{"pid": 1, "pid": 2, "tid": 1, "vote": 1}]', 'the key "pid" stands twice'),
        ("votes.json", '[{"pid": NaN, "tid": 1, "vote": 1}]', "NaN is no number"),
        (
            "votes.json",
            '[{"pid": 1, "tid": 1, "vote": 1, "modified": "x"}]',
            'entry 1, column "modified": "x" is no time',
        ),
        ("votes.json", '[{"pid": 1', "row 1, column 11: not JSON"),
        ("votes.json", "[" * 200_000, "nested too deeply"),
        ("votes.json", "[" + "9" * 10_000 + "]", "thousands of digits"),
        ("votes.json", b"[\xff]", r"not UTF-8 \(byte 2\)"),
        ("comments.json", '[{"tid": "", "txt": "x"}]', "entry 1: the statement has no id"),
        ("comments.json", '[{"tid": 1, "txt": "x"}, {"tid": 1, "txt": "y"}]', 'entry 2: statement "1" is listed twice'),
        ("comments.json", '[{"tid": 1, "txt": {}}]', 'entry 1, column "txt": a number or a string'),
        ("math-pca2.json", "[]", "an object with keys"),
        ("math-pca2.json", '{"mod-out": 3}', 'key "mod-out": a list'),
    ],
)
def test_json_with_this_is_refused(tmp_path: Path, name: str, content: str | bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refused:
        read(put(tmp_path, {**blob_files(), name: content}))

    assert str(refused.value).startswith(str(tmp_path / name))


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path / "no\nway\0.csv"):
        with pytest.raises(InputError, match="cannot be read") as refused:
            read(path)
        assert str(refused.value).isprintable()
    with pytest.raises(InputError, match="holds neither"):
        read(tmp_path)
    with pytest.raises(InputError, match="is not a file"):
        read("/dev/null")
    with pytest.raises(InputError, match=r"give the folder that holds votes\.json"):
        read(put(tmp_path / "blobs", blob_files()) / "votes.json")
    with pytest.raises(InputError, match="binary"):
        read(io.StringIO(VOTES))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        ([(1, 1, 1), (1, 2, 0)], "Only one participant"),
        ([(1, 1, 1), (2, 1, 0)], "Only one statement"),
        ([(1, 1, 1), (2, 2, 1)], "Every vote is the same"),
    ],
)
def test_votes_with_nothing_to_compare_are_read_but_not_analysed(records: list[tuple[int, ...]], sentence: str) -> None:
    votes = read(stream(long(*records, header="participant,statement,vote")))

    with pytest.raises(InputError, match=sentence):
        require_analysable(votes)
    require_analysable(read(stream(VOTES)))
