"""The summary fits a terminal, counts wide characters as wide and keeps what is suppressed to itself."""

from __future__ import annotations

import pytest
from documents import example, plans

from tracktwo.opinion.report.voice import Language
from tracktwo.opinion.summary import columns, cut, summary, wrapped


@pytest.mark.parametrize("name", plans())
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_the_screen(name: str, lang: Language, width: int) -> None:
    said = summary(example(name), lang, width=width)
    assert said.endswith("\n")
    assert len(said.splitlines()) <= 30
    assert all(columns(line) <= width for line in said.splitlines())


def test_shares_stand_in_columns_in_either_script() -> None:
    for lang in ("en", "zh"):
        lines = [line for line in summary(example("small room"), lang).splitlines() if "  A " in line]
        assert len({columns(line.split("  A ")[0]) for line in lines}) == 1


def test_a_terminal_is_not_commanded_by_a_statement() -> None:
    for lang in ("en", "zh"):
        said = summary(example("odd text"), lang)
        assert not any(ord(c) < 32 and c != "\n" for c in said)
        assert "\u202e" not in said


def test_what_is_suppressed_is_named_and_not_counted() -> None:
    said = summary(example("everything suppressed"), "en")
    assert "%" not in said
    assert "Not shown" in said
    assert "No stable groups" in said or "no stable groups" in said


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 10, "short"),
        ("no longer short", 8, "no long…"),
        ("错误信息和虚假信息", 9, "错误信息…"),
        ("a\nb", 5, "a b"),
    ],
)
def test_a_long_text_is_cut(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected
    assert columns(cut(text, width)) <= width


def test_wide_text_is_wrapped_between_characters_and_narrow_text_between_words() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("各方都同意的有十条，概率不低于", 12) == ["各方都同意", "的有十条，", "概率不低于"]


def test_what_it_cannot_read_it_refuses() -> None:
    with pytest.raises(ValueError, match="tracktwo/opinion/1"):
        summary({"schema": "other"})
