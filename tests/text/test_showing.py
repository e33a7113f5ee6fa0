"""A draft is shown with its words and brackets, and without the marks of its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from text.bracketed import prose

from tracktwo.text.documents import read
from tracktwo.text.marked import Run
from tracktwo.text.showing import paragraphs


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("- 4. [Each] *laboratory* **shall**", "4. [Each] laboratory shall"),
        ("3.x[^4] Notwithstanding", "3.x [^4] Notwithstanding"),
        ("1\\. \\[shall\\] report", "1. [shall] report"),
        ("a line\nand the next", "a line and the next"),
        ("各方应当\n评估。", "各方应当评估。"),
        ("see [the draft][source]\n\n[source]: https://a.example\n", "see the draft"),
        ("> quoted", "quoted"),
        ("## Article 2bis *(general)*", "Article 2bis (general)"),
    ],
)
def test_what_is_shown(source: str, words: str) -> None:
    shown = paragraphs(read(source))[0]
    assert shown.after == words


def test_emphasis_that_crosses_a_bracket_is_shown_on_both_sides_of_it() -> None:
    (shown,) = paragraphs(read("*[Taking* account] of **all**"))
    assert shown.runs == (Run("[Taking", emphasis=True), Run(" account] of "), Run("all", strong=True))


def test_headings_and_depth_are_kept() -> None:
    shown = paragraphs(read("## Two\n\n1. one\n\n    (a) deeper\n\n[^1]: a note\n"))
    assert [(each.kind, each.level) for each in shown] == [
        ("heading", 2),
        ("paragraph", 0),
        ("paragraph", 1),
        ("note", 0),
    ]


@given(prose)
def test_no_letter_of_the_text_is_left_out(source: str) -> None:
    document = read(source)
    shown = "".join(each.after for each in paragraphs(document))
    kept = (piece for block in document.blocks for piece in block.prose.pieces if piece.kind == "words")
    for piece in kept:
        for word in piece.text.split():
            letters = [character for character in word if character.isalpha()]
            assert all(letter in shown for letter in letters)
