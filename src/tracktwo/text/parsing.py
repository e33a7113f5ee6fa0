"""Reading bracketed prose. It never refuses: what does not match is read without loss, and reported.

What is meant by brackets follows the drafts of the United Nations' conferences: ``[shall]`` is not agreed, ``[X]`` is
to be filled, ``[EU: …]`` is the European Union's, ``[shall][should]`` may be a choice or two insertions, which is never
guessed. In Chinese ［］ are the same; 【】 often mark a heading, so that they are left to a person; 〔2024〕 and 《》
are punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from tracktwo.text.holders import holders
from tracktwo.text.prose import Bracket, Piece, PieceKind, Prose, Recovery

CLOSES = {"[": "]", "\\[": "\\]", "［": "］", "【": "】"}
EDGE = 240
"""Characters at either end of a bracket among which its holders are looked for."""
_URL = r"(?:[A-Za-z][A-Za-z0-9+.-]*:|[#/]|\.{1,2}/|www\.)[^\s()]*"
_TOKEN = re.compile(
    rf"""
    (?P<note>\[\^[^\]\[\s]+\])
  | (?P<link>!?\[(?P<words>[^\[\]]*)\](?:\({_URL}(?:\s+"[^"]*")?\)|\[(?P<label>[^\[\]^]+)\]))
  | (?P<open>\\\[|[\[［【])
  | (?P<close>\\\]|[\]］】])
  | (?P<aside>\{{[^{{}}]*\}})
  | (?P<style>\*{{1,3}}|(?<!\w)_{{1,2}}(?=\w)|(?<=\w)_{{1,2}}(?!\w))
  | (?P<words_>[^\\\[\]［］【】{{*_!]+|\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANK = re.compile(
    r"""\s*(?:[xyz]{1,4}|\d{0,4}x{1,4}\s*%?|_+|…+|\.{2,}|[-–—]+|tbd|n|blank|空白|待定)?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\s*[*_]*\s*(?:placeholder|to be (?:determined|completed|developed)|待补|待填|占位)", re.IGNORECASE
)
_APART = re.compile(r"[ \t\u3000]*\Z")


def parse(source: str, *, labels: Collection[str] = (), parties: Collection[str] = ()) -> Prose:
    """Read one paragraph.

    ``labels`` are those of the file's definitions of links: ``[a][b]`` leads elsewhere only if b is one of them.
    ``parties`` are names that may stand before a colon as holders, besides those that are known everywhere.
    """
    known = {label.casefold() for label in labels}
    return _kinds(_paired(source, list(_tokens(source, known))), parties)


def _tokens(source: str, labels: set[str]) -> Iterator[tuple[PieceKind, str]]:
    position = 0
    while position < len(source):
        found = _TOKEN.match(source, position)
        assert found is not None  # the last alternative takes any character
        kind, text = found.lastgroup or "words_", found[0]
        if found["link"] is not None:
            kind = "link"
            if found["label"] is not None and found["label"].casefold() not in labels:
                kind, text = ("words_", "!") if text[0] == "!" else ("open", "[")
        yield "words" if kind == "words_" else kind, text  # type: ignore[misc]
        position += len(text)


def _paired(source: str, tokens: list[tuple[PieceKind, str]]) -> Prose:
    """Pair the marks of brackets; a mark without its other half is reported."""
    pieces: list[Piece] = []
    made: list[Bracket] = []
    waiting: list[int] = []
    recoveries: list[Recovery] = []
    position = 0
    for kind, text in tokens:
        within = waiting[-1] if waiting else None
        if kind == "open":
            made.append(Bracket(len(made), within, len(waiting) + 1, position, len(source), text, ""))
            waiting.append(len(made) - 1)
            within = waiting[-1]
        elif kind == "close" and within is None:
            kind = "stray"
            recoveries.append(
                Recovery(position, f"{text} closes no bracket of this paragraph; it stands as it is", stray=True)
            )
        elif kind == "close" and within is not None:
            waiting.pop()
            opening = made[within].opening
            if CLOSES[opening] != text:
                recoveries.append(Recovery(position, f"{text} closes what {opening} opened"))
            made[within] = replace(made[within], end=position + len(text), closing=text)
        if kind == "words" and pieces and pieces[-1].kind == "words" and pieces[-1].within == within:
            pieces[-1] = Piece("words", pieces[-1].text + text, within)
        else:
            pieces.append(Piece(kind, text, within))
        position += len(text)
    for number in waiting:
        start, opening = made[number].start, made[number].opening
        recoveries.append(
            Recovery(start, f"{opening} is not closed in this paragraph; it is read up to its end", open=True)
        )
    recoveries.sort(key=lambda each: each.start)
    return Prose(tuple(pieces), tuple(made), tuple(recoveries))


def _kinds(prose: Prose, parties: Collection[str]) -> Prose:
    """Say what each bracket is and who holds it."""
    source = prose.render()
    beside = _side_by_side(prose.brackets, source)
    whole = _whole(prose, source)
    made = []
    for bracket in prose.brackets:
        start, end = bracket.inner
        # no more of what is within than can tell: brackets within brackets would be read again at every depth
        first, last = source[start : min(end, start + EDGE)], source[max(start, end - EDGE) : end]
        group = beside.get(bracket.number, ())
        if group or bracket.opening == "【":
            kind = "unsure"
        elif (end - start < EDGE and _BLANK.fullmatch(first)) or _PLACEHOLDER.match(first):
            kind = "placeholder"
        elif bracket.number == whole:
            kind = "provision"
        else:
            kind = "optional"
        made.append(replace(bracket, kind=kind, holders=holders(first, last, parties), beside=group))  # type: ignore[arg-type]
    return replace(prose, brackets=tuple(made))


def _side_by_side(brackets: tuple[Bracket, ...], source: str) -> dict[int, tuple[int, ...]]:
    """Brackets of one parent between which nothing stands but spaces."""
    groups: list[list[Bracket]] = []
    last: dict[int | None, list[Bracket]] = {}
    for bracket in brackets:
        group = last.get(bracket.parent)
        if group and group[-1].closing and _APART.match(source[group[-1].end : bracket.start]):
            group.append(bracket)
        else:
            group = last[bracket.parent] = [bracket]
            groups.append(group)
    rows = (tuple(bracket.number for bracket in group) for group in groups if len(group) > 1)
    return {number: row for row in rows for number in row}


def _whole(prose: Prose, source: str) -> int | None:
    """The bracket that holds all the words of the paragraph, if one does."""
    outside = "".join(piece.text for piece in prose.pieces if piece.within is None and piece.kind in {"words", "stray"})
    outer = [bracket.number for bracket in prose.brackets if bracket.parent is None]
    return outer[0] if len(outer) == 1 and not outside.strip(" \t\r\n\u3000.;,:；。，：、>") else None
