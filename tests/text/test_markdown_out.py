"""Markdown: an independent reader of it finds the same words, changes, styles and remarks."""

from __future__ import annotations

from html import unescape

import pypandoc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tracktwo.text.markdown import write
from tracktwo.text.marked import Comment, Kind, Marked, Paragraph, Row, Run

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = [
    *"[](){}<>*_`~\\|!#$^&:;+-=.\"'/@?% ",
    *("](", "[^1]", "[a][b]", "[b]: x", "![x](y)", "<b>", "&amp;", "&#35;", "1. ", "2) ", "- ", "---", "> ", "# "),
    *(
        "shall",
        "20XX_",
        "snake_case",
        "*x*",
        "**",
        "~~",
        "```",
        "[X]",
        "应当",
        "［同意］",
        "：",
        "。",
        "$5",
        "http://a.b",
    ),
]
WORDS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)
RUNS = st.builds(Run, WORDS, st.sampled_from([None, "insert", "delete"]), strong=st.booleans(), emphasis=st.booleans())
Letter = tuple[str, frozenset[str]]
"""A character with the marks on it."""


def shown(inline: Token) -> list[Letter]:
    """What a reader of Markdown sees in a block; spaces have no style of their own."""
    marks: list[str] = []
    letters: list[Letter] = []
    for token in inline.children or []:
        if token.type in ("text", "text_special"):
            letters += [(each, frozenset(marks) if each != " " else frozenset()) for each in token.content]
        elif token.type == "html_inline" and token.content.startswith("</"):
            assert marks.pop() == token.content[2:-1]
        elif token.type == "html_inline" or token.nesting == 1:
            marks.append(token.tag or token.content[1:-1])
        else:
            assert token.nesting == -1, f"{token.type} is no mark of ours"
            assert marks.pop() == token.tag
    assert not marks
    return trimmed(letters)


def trimmed(letters: list[Letter]) -> list[Letter]:
    while letters and letters[0][0] == " ":
        letters = letters[1:]
    while letters and letters[-1][0] == " ":
        letters = letters[:-1]
    return letters


def meant(paragraph: Paragraph) -> list[Letter]:
    letters = []
    for run in paragraph.runs:
        names = {"em": run.emphasis, "strong": run.strong, "ins": run.change == "insert", "del": run.change == "delete"}
        marks = frozenset(name for name, on in names.items() if on)
        letters += [(each, marks if each != " " else frozenset()) for each in run.text]
    return trimmed(letters)


def blocks(source: str) -> list[Token]:
    return [token for token in READER.parse(source) if token.type == "inline"]


@given(st.lists(RUNS, min_size=1, max_size=5), st.sampled_from(["paragraph", "heading", "title", "note"]))
@example([Run("[a]"), Run("(b)")], "paragraph")
@example([Run("应当。", strong=True), Run("同意")], "paragraph")
@example([Run("a", emphasis=True), Run("b", strong=True), Run("c", strong=True)], "paragraph")
@example([Run("[Option 1]: deleted")], "paragraph")
@example([Run("1"), Run(". the Parties")], "paragraph")
@example([Run("#")], "title")
def test_a_reader_finds_the_same_words_changes_and_styles(runs: list[Run], kind: Kind) -> None:
    paragraph = Paragraph(tuple(runs), kind, 2 if kind == "heading" else 0)
    source = write(Marked((Row(paragraph),)))
    found = [shown(block) for block in blocks(source)][any(run.change for run in runs) and kind != "title" :]
    assert found[: 1 if meant(paragraph) else 0] == [meant(paragraph)][: 1 if meant(paragraph) else 0]
    named = {token.type for token in READER.parse(source)}
    assert named <= {"inline", *(f"{name}_{end}" for name in ("paragraph", "heading") for end in ("open", "close"))}


@given(RUNS, RUNS)
@example(Run("a|b"), Run("c\\|d"))
def test_a_row_of_two_languages_is_a_row_of_a_table(left: Run, right: Run) -> None:
    row = Row(Paragraph((left,)), Paragraph((right,)))
    found = [shown(block) for block in blocks(write(Marked((row,), ("en", "zh"))))]
    assert found[-2:] == [meant(row.en), meant(row.zh)]
    assert len(found) == (6 if left.change or right.change else 4)


def test_a_whole_document_is_written_for_reading() -> None:
    document = Marked(
        (
            Row(Paragraph.of("Convention", "title")),
            Row(Paragraph.of("Article 1", "heading", 2)),
            Row(
                Paragraph(
                    (
                        Run("1. The Parties "),
                        Run("shall ", "delete", "Atlantis"),
                        Run("should ", "insert", "Atlantis", comments=(Comment("Borduria", "Never."),)),
                        Run("[adequately][fully]"),
                        Run(" agree", "insert", "Borduria", emphasis=True),
                        Run(".", comments=(Comment("Borduria", "Never."), Comment("", "1. Why?\nAnd how?"))),
                    )
                )
            ),
            Row(Paragraph.of("(a) on *this*;", level=2)),
            Row(zh=Paragraph.of("不在此")),
        )
    )
    assert write(document) == (
        "# Convention\n\n"
        "Words inserted are underlined, words deleted struck: <sup>a</sup> Atlantis, <sup>b</sup> Borduria.\n\n"
        "## Article 1\n\n"
        "1\\. The Parties <del>shall</del> <ins>should</ins><sup>a</sup>[^1] [adequately][fully]"
        "<ins><em> agree</em></ins><sup>b</sup>.[^1][^2]\n\n"
        "> > (a) on \\*this\\*;\n\n"
        "[^1]: <strong>Borduria</strong>: Never.\n\n"
        "[^2]: 1\\. Why?<br>And how?\n"
    )


def test_two_languages_stand_side_by_side_in_their_order() -> None:
    row = Row(Paragraph.of("Art|icle", "heading", 1), Paragraph((Run("第一条", "insert", "甲方"),), level=1))
    document = Marked((row, Row(Paragraph.of("Only\nhere"))), ("zh", "en"), "Draft 3")
    assert write(document) == (
        "# Draft 3\n\n"
        "| 中文 | English |\n"
        "| --- | --- |\n"
        "| 加下划线者为增入，加删除线者为删去：<sup>a</sup> 甲方。 "
        "| Words inserted are underlined, words deleted struck: <sup>a</sup> 甲方. |\n"
        "| &emsp;<ins>第一条</ins><sup>a</sup> | <strong>Art&#124;icle</strong> |\n"
        "|  | Only<br>here |\n"
    )


@pytest.mark.parametrize("around", ["!", "(b)", ": c", "[^1]", "^1]", "[a]"])
def test_comments_are_footnotes_whatever_stands_beside_them(around: str) -> None:
    run = Run(around, comments=(Comment("EU", "Never."),))
    source = write(Marked((Row(Paragraph((run, Run(around)))),)))
    html = unescape(pypandoc.convert_text(source, "html", "gfm+footnotes"))
    assert html.count("<section") == html.count('class="footnote-ref"') == 1
    assert f"<p>{around}<a" in html
    assert f"</a>{around}</p>" in html
    assert "<p><strong>EU</strong>: Never.<a" in html


def test_a_comment_that_looks_like_the_mark_of_itself_is_none() -> None:
    # pandoc follows such a mark for ever
    run = Run("a", comments=(Comment("[^1]", "[^1]"),))
    assert write(Marked((Row(Paragraph((run,))),))) == "a[^1]\n\n[^1]: <strong>[\\^1]</strong>: [\\^1]\n"


def test_the_letters_of_delegations_go_on_after_z() -> None:
    runs = tuple(Run("x", "insert", f"D{number}") for number in range(703))
    source = write(Marked((Row(Paragraph(runs)),)))
    for number, letter in {0: "a", 25: "z", 26: "aa", 51: "az", 52: "ba", 701: "zz", 702: "aaa"}.items():
        assert f"<sup>{letter}</sup> D{number}" in source


def test_an_insertion_that_another_withdrew_is_shown_as_deleted_by_that_one() -> None:
    runs = (Run("Each "), Run("large ", change="insert", author="Quill", withdrawn="Alder"), Run("laboratory"))
    said = write(Marked((Row(en=Paragraph(runs)),)))
    assert "<del>large</del>" in said
    assert "Alder" in said
    assert "<ins>" not in said
