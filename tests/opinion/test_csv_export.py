"""The document as CSV tables: what a spreadsheet shows is what the document says, and no cell is a formula."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from documents import example
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.opinion.csv_export import spreadsheet_safe, write_tables
from tracktwo.opinion.votes import InputError

TABLES = ["participants.csv", "statements.csv", "camps.csv", "suppressed.csv"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "\n",
        "-",
    ],
)
def test_what_a_spreadsheet_could_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert spreadsheet_safe(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-1", "+1", "-1.5", "1e-07", "-.5", "a=b", "和平", "12", "'=1", "– dash", "(-1)"])
def test_plain_numbers_and_other_text_stay_as_they_are(text: str) -> None:
    assert spreadsheet_safe(text) == text


@given(st.text())
def test_no_safe_text_begins_like_a_formula(text: str) -> None:
    safe = spreadsheet_safe(text)

    assert safe.removeprefix("'") == text or safe == text
    assert safe.lstrip()[:1] not in {"=", "@"}
    assert safe[:1] not in {"\t", "\r", "\n"}


@pytest.mark.parametrize(
    "room", ["small room", "delegations shown", "no groups", "public", "polis", "everybody", "everything suppressed"]
)
def test_the_tables_say_what_the_document_says(tmp_path: Path, room: str) -> None:
    document = example(room)

    assert [path.name for path in write_tables(document, tmp_path / "out")] == TABLES

    written = rows(tmp_path / "out" / "statements.csv")
    assert [row["id"] for row in written] == [s["id"] for s in document["statements"]]
    for row, statement in zip(written, document["statements"], strict=True):
        for name in ("agree", "disagree", "pass", "consensus", "priority"):
            assert row[name] == ("" if statement[name] is None else repr(statement[name]))
        assert row["share-low"] == ("" if statement["share"] is None else repr(statement["share"]["low"]))
    common = {row["id"] for row in written if row["common-ground"] == "agree"}
    assert common == set(document["common_ground"]["agree"])
    people = rows(tmp_path / "out" / "participants.csv")
    assert [row["id"] for row in people] == [p["id"] for p in document["participants"]]
    assert all(row["x"] == "" for row in people)
    cells = [c for s in document["statements"] for kind in ("sides", "delegations", "groups") for c in s[kind]]
    camps = rows(tmp_path / "out" / "camps.csv")
    assert [row["agree"] for row in camps] == ["" if c["agree"] is None else str(c["agree"]) for c in cells]
    assert [row["suppressed"] for row in camps] == [str(c["suppressed"]).lower() for c in cells]
    assert len(rows(tmp_path / "out" / "suppressed.csv")) == len(document["suppressed"])


def test_both_languages_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    document = example("small room")
    write_tables(document, tmp_path)

    statement = rows(tmp_path / "statements.csv")[0]
    assert (statement["text-en"], statement["text-zh"]) == tuple(document["statements"][0]["text"].values())
    assert {row["name-zh"] for row in rows(tmp_path / "camps.csv") if row["kind"] == "side"} == {"桤木方", "榉木方"}
    assert (tmp_path / "statements.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_formulas_controls_and_odd_tags_in_statements_are_harmless(tmp_path: Path) -> None:
    document = example("odd text")
    document["statements"][0]["text"] = {"en": '=HYPERLINK("http://x";"y")', "=tag": "x"}
    document["statements"][1]["id"] = "-1+1"

    write_tables(document, tmp_path)

    written = rows(tmp_path / "statements.csv")
    assert written[0]["text-en"] == '\'=HYPERLINK("http://x";"y")'
    assert written[1]["id"] == "'-1+1"
    for path in tmp_path.iterdir():
        content = path.read_text(encoding="utf-8-sig")
        assert not [c for c in content if ord(c) < 32 and c not in "\n\t"]
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert all(spreadsheet_safe(cell) == cell for record in csv.reader(stream) for cell in record)


def test_the_same_document_gives_the_same_bytes_and_replaces_its_own_tables(tmp_path: Path) -> None:
    write_tables(example("public"), tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "notes.txt").write_text("keep me", encoding="utf-8")

    write_tables(example("small room"), tmp_path)
    write_tables(example("public"), tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {**first, "notes.txt": b"keep me"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_somebody_else_is_never_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("participant,side\n1,A\n", encoding="utf-8")

    with pytest.raises(InputError, match=f"{name} is not a table that tracktwo wrote"):
        write_tables(example("public"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")

    with pytest.raises(InputError, match="cannot be written"):
        write_tables(example("public"), tmp_path / "out")


def test_nothing_is_written_where_a_table_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        write_tables(example("public"), tmp_path)
    assert list(tmp_path.iterdir()) == []
