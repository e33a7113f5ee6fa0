"""``tracktwo text``: what it says, what it writes, and what it refuses in a sentence."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracktwo import cli

DRAFT = "# Article 1\n\n1. Each laboratory [shall][should] report ［及时］ [Quill: in writing].\n\n2. [X] per cent\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_text(DRAFT, "utf-8")
    return tmp_path


def text(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, ["text", *arguments], input=given)


def test_the_brackets_are_told_with_their_kinds_and_holders() -> None:
    said = text("parse", "draft.md", "--parties", "Quill, Alder").output
    assert "3: 1. Each laboratory [shall][should] report" in said
    assert "[shall] unsure, 2 side by side" in said
    assert "［及时］ unsure, 2 side by side" in said
    assert "[Quill: in writing] unsure, 2 side by side, proposed by Quill" in said
    assert "[X] placeholder" in said


def test_progress_is_json_with_the_fields_that_are_documented() -> None:
    found = json.loads(text("progress", "draft.md", "--json", "-").output)
    assert found == {
        "schema": "tracktwo/text-progress/1",
        "words": 17,
        "open_marks": 5,
        "close_marks": 5,
        "max_depth": 1,
        "option_marks": 0,
        "bracketed_share": 7 / 14,
        "provisions": 2,
        "recoveries": [],
    }


def test_a_place_where_brackets_do_not_match_is_named() -> None:
    found = json.loads(text("progress", "-", "--json", "-", given=b"a\nb] c [\n").output)
    assert [(each["line"], each["column"]) for each in found["recoveries"]] == [(2, 2), (2, 6)]


def test_what_is_parsed_is_the_same_in_every_encoding() -> None:
    said = {text("parse", "-", given=DRAFT.encode(encoding)).output for encoding in ("utf-8", "utf-16", "gb18030")}
    assert len(said) == 1


def test_two_drafts_are_compared() -> None:
    Path("next.md").write_text(DRAFT.replace("[shall][should]", "shall").replace("［及时］", "迅速"), "utf-8")
    found = json.loads(text("compare", "draft.md", "next.md", "--json", "-").output)
    (change,) = found["paragraphs"]
    assert (change["before"], change["after"], change["moved"]) == (3, 3, False)
    said = text("compare", "draft.md", "next.md").output
    assert "[-[-]shall[-][should]-] report" in said
    assert text("compare", "draft.md", "draft.md").output == "Nothing changed.\n"


@pytest.mark.parametrize("ending", ["docx", "pdf", "md", "xml"])
def test_a_draft_is_converted(ending: str) -> None:
    more = ("--title", "Heron", "--date", "2026-11-23", "--body", "The talks") if ending == "xml" else ()
    outcome = text("convert", "draft.md", f"out.{ending}", *more)
    assert (outcome.exit_code, outcome.output) == (0, f"out.{ending}\n")
    again = text("convert", "draft.md", f"again.{ending}", *more)
    assert again.exit_code == 0
    assert Path(f"out.{ending}").read_bytes() == Path(f"again.{ending}").read_bytes()


def test_a_word_file_is_read_as_the_draft_that_it_was() -> None:
    text("convert", "draft.md", "out.docx")
    one, other = (json.loads(text("parse", name, "--json", "-").output) for name in ("draft.md", "out.docx"))
    kinds = [
        [(each["kind"], each["holders"]) for block in found["blocks"] for each in block["brackets"]]
        for found in (one, other)
    ]
    assert kinds[0] == kinds[1]


def test_two_languages_stand_side_by_side() -> None:
    Path("zh.md").write_text("# 第一条\n\n1. 各实验室［应］报告。\n\n2. 百分之［X］\n", "utf-8")
    outcome = text("convert", "draft.md", "both.md", "both.docx", "both.pdf", "--beside", "zh.md")
    assert outcome.exit_code == 0, outcome.output
    rows = [line for line in Path("both.md").read_text("utf-8").splitlines() if line.startswith("|")]
    assert any("Each laboratory" in row and "各实验室" in row for row in rows)
    assert any("per cent" in row and "百分之" in row for row in rows)


def zeros() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 100_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("arguments", "given", "sentence"),
    [
        (["progress", "nowhere.md"], None, "nowhere.md: No such file or directory"),
        (["progress", "-"], b"\x81\xff\xfe\x00\x9f", "This is no text in UTF-8, UTF-16 or GB 18030"),
        (["progress", "-"], b"PK\x03\x04 and no more", "The file is damaged"),
        (["progress", "-"], zeros(), "Word"),
        (["reading", "draft.md", "--lift", "3"], None, "3 is no place. Write LINE:N"),
        (["reading", "draft.md", "--drop", "3:0"], None, "3:0 is no place. Write LINE:N"),
        (["reading", "draft.md", "--lift", "3:9"], None, "There is no bracket 9 in the paragraph"),
        (["reading", "draft.md", "--option", "3"], None, "No option begins in line 3"),
        (["convert", "draft.md", "out.odt"], None, "out.odt: the ending must be .docx, .pdf, .md or .xml"),
        (["convert", "draft.md", "out.md", "--beside", "draft.md"], None, "Both files are in one language"),
        (["convert", "draft.md", "out.xml"], None, "give --title, --date and --body"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence(arguments: list[str], given: bytes | None, sentence: str) -> None:
    outcome = text(*arguments, given=given)
    assert outcome.exit_code == 2
    assert outcome.output.startswith("tracktwo: ")
    assert sentence in outcome.output
    assert outcome.output.count("\n") == 1
    assert sorted(path.name for path in Path().iterdir()) == ["draft.md"]
