"""Bracketed prose is read without losing a character, and nothing that only a person can tell is guessed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from text.bracketed import prose

from tracktwo.text.parsing import parse
from tracktwo.text.prose import Bracket, Prose


def spans(parsed: Prose) -> list[str]:
    source = parsed.render()
    return [source[each.start : each.end] for each in parsed.brackets]


def kinds(source: str) -> list[tuple[str, str]]:
    parsed = parse(source)
    return list(zip(spans(parsed), (each.kind for each in parsed.brackets), strict=True))


@given(prose)
@example("[" * 3000)
@example("[a " * 2000 + "]" * 3000)
def test_every_character_is_kept(source: str) -> None:
    parsed = parse(source, labels={"b"})
    assert parsed.render() == source


@given(prose)
def test_brackets_are_those_that_a_stack_finds(source: str) -> None:
    parsed = parse(source)
    marks = [(piece.kind, piece.text) for piece in parsed.pieces if piece.kind in {"open", "close", "stray"}]
    depth, closed, strays = 0, 0, 0
    for kind, _ in marks:
        if kind == "open":
            depth += 1
        elif depth:
            depth, closed = depth - 1, closed + 1
            assert kind == "close"
        else:
            strays += 1
            assert kind == "stray"
    assert len(parsed.brackets) == closed + depth
    assert sum(not each.closing for each in parsed.brackets) == depth
    assert sum("closes no bracket" in each.what for each in parsed.recoveries) == strays
    assert sum("is not closed" in each.what for each in parsed.recoveries) == depth


@given(prose)
def test_brackets_stand_within_one_another_and_know_it(source: str) -> None:
    parsed = parse(source)
    for bracket in parsed.brackets:
        around = [each for each in parsed.brackets if each.start < bracket.start and bracket.end <= each.end]
        assert bracket.depth == len(around) + 1
        assert bracket.parent == (around[-1].number if around else None)
        start, end = bracket.inner
        assert source[bracket.start : start] == bracket.opening
        assert source[end : bracket.end] == bracket.closing


@given(prose)
def test_each_piece_stands_in_the_innermost_bracket_around_it(source: str) -> None:
    parsed = parse(source)
    position = 0
    for piece in parsed.pieces:
        around = [each for each in parsed.brackets if each.start <= position and position + len(piece.text) <= each.end]
        assert piece.within == (around[-1].number if around else None)
        position += len(piece.text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Parties [shall] act", [("[shall]", "optional")]),
        ("Parties [shall][should] act", [("[shall]", "unsure"), ("[should]", "unsure")]),
        ("Parties [shall] [should] act", [("[shall]", "unsure"), ("[should]", "unsure")]),
        ("[as a first step], [as a second]", [("[as a first step]", "optional"), ("[as a second]", "optional")]),
        ("by [20XX] at [X] or [x]-[y]%", [(each, "placeholder") for each in ("[20XX]", "[X]", "[x]", "[y]")]),
        ("[*Placeholder* for annexes]", [("[*Placeholder* for annexes]", "placeholder")]),
        ("[___] and [ ] and []", [("[___]", "placeholder"), ("[ ]", "placeholder"), ("[]", "placeholder")]),
        ("and[/or] others", [("[/or]", "optional")]),
        ("r[e]affirming", [("[e]", "optional")]),
        ("*[Taking* account]", [("[Taking* account]", "provision")]),
        ("[Each Party shall report.]", [("[Each Party shall report.]", "provision")]),
        ("[Each Party shall report];", [("[Each Party shall report]", "provision")]),
        ("[a [b [c] d] e] f", [("[a [b [c] d] e]", "optional"), ("[b [c] d]", "optional"), ("[c]", "optional")]),
        ("各方［应］评估", [("［应］", "optional")]),
        ("【总则】各方应评估〔2024〕3号《公约》", [("【总则】", "unsure")]),
        ("\\[shall\\] act", [("\\[shall\\]", "optional")]),
        ("a footnote[^4] and a {remark [of drafters]}", []),
        ("see [the site](https://a.example/b) or [the rest](#rest)", []),
        ("[under](a) the Convention", [("[under]", "optional")]),
    ],
)
def test_what_a_bracket_is(source: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(source) == expected


def test_words_with_a_label_lead_elsewhere_only_if_the_file_defines_it() -> None:
    assert spans(parse("[the draft][source]", labels={"source"})) == []
    assert spans(parse("[the draft][Source]", labels={"source"})) == []
    assert spans(parse("[the draft][source]", labels={"other"})) == ["[the draft]", "[source]"]
    assert spans(parse("[the draft][source]")) == ["[the draft]", "[source]"]


def test_brackets_side_by_side_know_each_other() -> None:
    parsed = parse("[a][b] and [c] [d [e][f]]")
    assert [each.beside for each in parsed.brackets] == [(0, 1), (0, 1), (2, 3), (2, 3), (4, 5), (4, 5)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[EU: shall report]", [("EU", "proposes")]),
        ("[EU, Japan and AOSIS: shall]", [("EU", "proposes"), ("Japan", "proposes"), ("AOSIS", "proposes")]),
        ("[delete: A, B]", [("A", "deletes"), ("B", "deletes")]),
        ("[Delete: South Africa]", [("South Africa", "deletes")]),
        ("[within a year – reserve C]", [("C", "reserves")]),
        ("[US: may – reserve Norway, EU]", [("US", "proposes"), ("Norway", "reserves"), ("EU", "reserves")]),
        ("［欧盟、中国：应当］", [("欧盟", "proposes"), ("中国", "proposes")]),
        ("［删除：甲、乙］", [("甲", "deletes"), ("乙", "deletes")]),
        ("[Preamble: Parties acknowledge]", []),
        ("[Climate forcers: compounds that contribute]", []),
        ("[NOTE: to be placed elsewhere]", []),
        ("[for example: audits, EU: no]", []),
        ("[shall: EU]", []),
    ],
)
def test_who_stands_behind_a_bracket(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.stance) for each in parse(source).brackets[0].holders] == expected


def test_a_party_of_the_talks_may_have_any_name() -> None:
    source = "[Quill Institute, Alder: shall]"
    assert parse(source).brackets[0].holders == ()
    held = parse(source, parties={"Quill Institute", "Alder"}).brackets[0].holders
    assert [each.name for each in held] == ["Quill Institute", "Alder"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a [b", [(2, "[ is not closed in this paragraph; it is read up to its end")]),
        ("a] b", [(1, "] closes no bracket of this paragraph; it stands as it is")]),
        ("［a]", [(2, "] closes what ［ opened")]),
        ("[a [b] c", [(0, "[ is not closed in this paragraph; it is read up to its end")]),
        ("[a] b", []),
    ],
)
def test_what_does_not_match_is_reported_with_its_place(source: str, expected: list[tuple[int, str]]) -> None:
    assert [(each.start, each.what) for each in parse(source).recoveries] == expected


def test_a_bracket_gives_its_content() -> None:
    parsed = parse("a [b [c]] d")
    assert [parsed.content(each) for each in parsed.brackets] == ["b [c]", "c"]
    assert isinstance(parsed.brackets[0], Bracket)
    assert parsed.depth == 2
    assert parse("plain").depth == 0
