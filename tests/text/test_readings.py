"""Readings say what the text would say, and never what it does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from text.bracketed import prose

from tracktwo.text.documents import read
from tracktwo.text.errors import TextError
from tracktwo.text.readings import reading, series

DRAFT = """\
## Article 4

1. Each laboratory [shall][should] evaluate [its] models [, before release,] for misinformation.

2. [Results are published.]

3. **Notification**

    **Option 1:** Within [72] hours.

    **Option 2:**

    (a) Within a month;

    (b) [in writing].

    **Option 3:** No text

4. 各实验室［应］［宜］评估其模型。
"""


def test_as_negotiated_nothing_changes() -> None:
    assert reading(read(DRAFT)) == DRAFT


def test_lifted_every_word_stays_and_no_bracket() -> None:
    said = reading(read(DRAFT), "lifted")
    assert "Each laboratory shall should evaluate its models, before release, for misinformation." in said
    assert "2. Results are published." in said
    assert "4. 各实验室应宜评估其模型。" in said
    assert not re.search(r"[\[\]［］]", said)


def test_dropped_a_provision_of_which_nothing_stays_falls_with_its_number() -> None:
    said = reading(read(DRAFT), "dropped")
    assert "1. Each laboratory evaluate models for misinformation." in said
    assert "2." not in said
    assert "(b)" not in said
    assert "4. 各实验室评估其模型。" in said


def test_of_the_options_one_is_chosen() -> None:
    said = reading(read(DRAFT), options=[11])
    assert "Option" not in said
    assert "(a) Within a month;" in said
    assert "72" not in said
    assert "No text" not in said
    assert "3. **Notification**" in said
    assert "4. 各实验室" in said


def test_single_brackets_are_decided_by_themselves() -> None:
    said = reading(read(DRAFT), single={(3, 0): "lifted", (3, 1): "dropped"})
    assert "Each laboratory shall evaluate [its] models" in said


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"options": [8]}, "No option begins in line 8"),
        ({"options": [9, 11]}, "The options in lines 9 and 11 exclude each other"),
        ({"single": {(3, 9): "lifted"}}, "There is no bracket 10 in the paragraph that begins in line 3"),
        ({"single": {(2, 0): "lifted"}}, "There is no bracket 1 in the paragraph that begins in line 2"),
    ],
)
def test_what_is_not_there_is_said(asked: dict, sentence: str) -> None:
    with pytest.raises(TextError, match=sentence):
        reading(read(DRAFT), **asked)


def test_options_of_one_series_know_each_other() -> None:
    found = series(read(f"{DRAFT}\n## Article 5\n\nOption 1: a\n\n    Option A: x\n\n    Option B: y\n\nOption 2: b\n"))
    assert [(option.series, option.line) for option in found] == [
        (1, 9), (1, 11), (1, 17), (2, 23), (3, 25), (3, 27), (2, 29),
    ]  # fmt: skip


@given(prose)
def test_as_negotiated_is_the_file_and_no_reading_keeps_a_bracket(source: str) -> None:
    document = read(source)
    assert reading(document) == source
    lifted = read(reading(document, "lifted"))
    for block in lifted.blocks:
        if block.kind != "markup":
            assert not [piece for piece in block.prose.pieces if piece.kind in {"open", "stray"}], block


@given(prose)
def test_dropping_leaves_only_letters_that_were_outside(source: str) -> None:
    document = read(source)
    inside = [
        piece.text
        for block in document.blocks
        for piece in block.prose.pieces
        if piece.within is not None and piece.kind in {"words", "link", "aside", "note"}
    ]
    said = reading(document, "dropped")
    assert letters(said) <= letters(source) - letters("".join(inside))


def letters(text: str) -> int:
    return sum(character.isalpha() for character in text)
