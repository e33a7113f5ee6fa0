"""Progress is counted as a person would who wants to know how much is left."""

from __future__ import annotations

import pytest

from tracktwo.text.documents import read
from tracktwo.text.progress import count, progress


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Each laboratory shall report.", 4),
        ("各方应当报告。", 6),
        ("各方 shall 报告", 5),
        ("第3条，见ISO 9001", 6),
        ("", 0),
        ("  \n ", 0),
        ("𠮷 评", 2),
    ],
)
def test_words_are_tokens_and_each_han_character(text: str, words: int) -> None:
    assert count(text) == words


def test_a_text_is_counted() -> None:
    found = progress(
        read("1. Each [large] laboratory [shall [soon]] report.\n\nOption 1: No text\n\nOption 2:\n\n(a) [各方］应\n")
    )
    assert (found.open_marks, found.close_marks, found.max_depth, found.option_marks) == (4, 4, 2, 2)
    assert found.provisions == 3
    assert [(each.line, each.column, each.what) for each in found.recoveries] == [(7, 8, "］ closes what [ opened")]


def test_the_share_in_brackets_counts_words_and_not_marks() -> None:
    assert progress(read("Each [large] laboratory [shall [soon]] report.")).bracketed_share == 3 / 6
    assert progress(read("各方［应当］评估")).bracketed_share == 2 / 6
    assert progress(read("[Everything here]")).bracketed_share == 1
    assert progress(read("Nothing here")).bracketed_share == 0
    assert progress(read("")).bracketed_share == 0
    assert progress(read("half in [the bracket")).bracketed_share == 2 / 4
