"""A file is its blocks; each paragraph knows its number, and the options within which it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from text.bracketed import prose

from tracktwo.text.documents import read
from tracktwo.text.numbering import normal

OPTIONS = """\
## Article 4 *(evaluation)*

1. **Before release**

    **Option 1:** Each laboratory [shall] evaluate.

    **Option 2:**

    3.3 A first paragraph.

    3.3bis A second one.

        Option A: within the second

        Option B: no text

    **Option 3:** No text

2. **After release** Each laboratory [should] report.

## Article 5

Option I: one
Option II: two
"""


def test_options_hold_their_paragraphs_and_end_with_them() -> None:
    found = [(block.label, block.options, block.begins) for block in read(OPTIONS).paragraphs]
    assert found == [
        ("1.", (), ""),
        ("", ("Option 1",), "Option 1"),
        ("", ("Option 2",), "Option 2"),
        ("3.3", ("Option 2",), ""),
        ("3.3bis", ("Option 2",), ""),
        ("", ("Option 2", "Option A"), "Option A"),
        ("", ("Option 2", "Option B"), "Option B"),
        ("", ("Option 3",), "Option 3"),
        ("2.", (), ""),
        ("", ("Option I",), "Option I"),
        ("", ("Option II",), "Option II"),
    ]


@given(prose)
def test_the_blocks_are_the_file(source: str) -> None:
    document = read(source)
    assert document.render() == source
    line = 1
    for block in document.blocks:
        assert block.line == line
        line += block.source.count("\n")


@given(prose)
def test_every_place_where_brackets_do_not_match_is_that_of_a_bracket(source: str) -> None:
    lines = source.split("\n")
    for place in read(source).recoveries:
        assert lines[place.line - 1][place.column - 1] in "[]［］【】\\"


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("1. Each Party", "1.", "Each Party"),
        ("1\\. Each Party", "1.", "Each Party"),
        ("3.3bis In accordance", "3.3bis", "In accordance"),
        ("3.3bis Alt Each Party", "3.3bis Alt", "Each Party"),
        ("3.3alt: Developed", "3.3alt:", "Developed"),
        ("3.3: Each", "3.3:", "Each"),
        ("3.x[^4] Notwithstanding", "3.x", "[^4] Notwithstanding"),
        ("(a) the model", "(a)", "the model"),
        ("(iv) the model", "(iv)", "the model"),
        ("12 ter. The model", "12 ter.", "The model"),
        ("第三条之二 各方应当", "第三条之二", "各方应当"),
        ("第三条各方应当", "第三条", "各方应当"),
        ("（一）评估", "（一）", "评估"),
        ("一、评估", "一、", "评估"),
        ("1．评估", "1．", "评估"),
        ("- 4. a list", "4.", "a list"),
        ("2015 was a year", "", "2015 was a year"),
        ("3.5 per cent of it", "3.5", "per cent of it"),
        ("一个模型", "", "一个模型"),
        ("A model (a) shall", "", "A model (a) shall"),
    ],
)
def test_a_paragraph_gives_its_number(line: str, label: str, rest: str) -> None:
    (block,) = read(line).blocks
    assert (block.label, block.prose.render()) == (label, rest)


def test_a_number_within_a_bracket_is_one_of_its_words() -> None:
    (block,) = read("[5bis. Each laboratory shall report.]").blocks
    assert (block.label, block.lead) == ("5bis.", "")
    assert [each.kind for each in block.prose.brackets] == ["provision"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("第三条之二", "Article 3bis"),
        ("第十二条", "Article 12"),
        ("第一百零三条", "article 103"),
        ("（一）", "(1)"),
        ("3.3quat", "3.3 quater"),
        ("1．", "1."),
        ("③", "3."),
        ("第2条之三", "Article 2 ter"),
    ],
)
def test_numbers_of_the_two_languages_are_compared_in_one_form(left: str, right: str) -> None:
    assert normal(left) == normal(right)


def test_what_is_not_text_is_apart() -> None:
    source = "---\ntitle: '[Draft]'\n---\n\n{:toc}\n\n[a]: https://a.example\n"
    source += "\n# Title [x\n\nText [^1] [y][a].\n\n[^1]: A note [z\n"
    document = read(source)
    assert [block.kind for block in document.blocks if block.kind != "space"] == [
        "markup", "markup", "markup", "heading", "paragraph", "note",
    ]  # fmt: skip
    assert document.labels == {"a"}
    assert [(each.line, each.column) for each in document.recoveries] == [(9, 9), (13, 14)]


def test_a_paragraph_may_run_over_several_lines() -> None:
    (block,) = read("[Each laboratory\nshall report.]\n").blocks
    assert [each.kind for each in block.prose.brackets] == ["provision"]
    assert block.tail == "\n"


def test_an_empty_file_is_a_document() -> None:
    assert read("").blocks == ()


@pytest.mark.parametrize(
    ("words", "none"),
    [
        ("No text", True),
        ("[No text.]", True),
        ("no text *(to be considered in Article 6)*", True),
        ("No provision", True),
        ("无案文", True),
        ("No text additional to Article 3.2", False),
        ("Text", False),
    ],
)
def test_an_option_may_be_that_there_is_no_text(words: str, none: bool) -> None:
    (alone,) = read(f"**Option 2:** {words}").blocks
    assert alone.no_text == none
    below = read(f"Option 2:\n\n{words}\n").paragraphs[-1]
    assert below.no_text == none
    assert not read(words).blocks[0].no_text


@pytest.mark.parametrize(
    ("note", "position"),
    [
        ("[^6]: [South Africa wishes its reservation to be recorded.]", True),
        ("[^5]: One group is of the view that this belongs in the decision.", True),
        ("[^7]: 羽笔主张将本款移至第五条。", True),
        ("[^8]: Housing issue dealt with separately", False),
        ("A delegation would like to speak.", False),
    ],
)
def test_a_footnote_may_bear_a_position(note: str, position: bool) -> None:
    assert read(note).blocks[0].position == position
