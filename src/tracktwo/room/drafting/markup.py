"""HTML of a passage: its words with their brackets in place. Built by hand, for a text has thousands of them.

Brackets nest as the words nest them, also where one is not closed. What became of a bracket is a class (open, narrowed,
lifted, dropped, parked) and shows without colour: what is dropped is struck, new words are underlined, marks of what
was lifted are struck.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from tracktwo.text.comparing import diff
from tracktwo.text.documents import Block
from tracktwo.text.holding import holding
from tracktwo.text.parsing import parse
from tracktwo.text.progress import HAN
from tracktwo.text.prose import Bracket, Piece, Prose

_BULLETS = re.compile(r"\A(?:[-*+•·▪–—>][ \t]*)+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(rf"(?<=[{HAN}，。；：、！？）］】》])[ \t]*\r?\n[ \t]*(?=[{HAN}（［【《])")
_CLASSES = {"note": "fn", "aside": "aside", "stray": "stray"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is shown of a bracket in one language."""

    state: str
    label: str
    """What its opening mark says to who does not see it; empty where it leads nowhere."""
    href: str = ""
    words: str = ""
    """Of one that is narrowed: what is to stand in it."""
    now: bool = False
    """Whether it is the one that the reader opened."""


PLAIN = Mark("open", "")


def lead(block: Block) -> str:
    """The number before the words, if there is one."""
    found = "" if block.kind == "heading" else _BULLETS.sub("", block.lead.strip())
    return f'<span class="no">{_words(found)}</span> ' if found else ""


def words(prose: Prose, marks: Mapping[int, Mark], tag: str = "") -> str:
    """A paragraph; ``marks`` by the numbers of its brackets, ``tag`` the language of labels where it is another."""
    return "".join(_Writer(prose, marks, tag).parts())


def plain(body: str, labels: frozenset[str] = frozenset()) -> str:
    """A body as it reads, brackets without links."""
    return words(parse(body, labels=labels), {})


@lru_cache(maxsize=4096)
def redline(before: str, after: str) -> str:
    """What changes between two bodies: deletions struck, insertions underlined."""
    tags = {"insert": ("<ins>", "</ins>"), "delete": ("<del>", "</del>"), "keep": ("", "")}
    return "".join(f"{tags[edit.kind][0]}{escape(edit.text)}{tags[edit.kind][1]}" for edit in diff(before, after))


def _words(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "\n" in text:
        text = _BREAK.sub("", text)
    return escape(text, quote=False)


@dataclass(slots=True)
class _Cut:
    """Where the old words of a bracket that was narrowed begin and end."""

    at: int
    bracket: int
    html: str


class _Writer:
    """Pieces in a row, with the spans of the brackets that are open at each."""

    def __init__(self, prose: Prose, marks: Mapping[int, Mark], tag: str) -> None:
        self._prose, self._marks = prose, marks
        self._tag = f' lang="{tag}"' if tag else ""
        self._open: list[int] = []
        self._strong = self._emphasis = False
        self._cuts = self._narrowed()

    def parts(self) -> Iterator[str]:
        """The HTML, in parts."""
        at = 0
        for piece in self._prose.pieces:
            end = at + len(piece.text)
            if self._cuts and self._cuts[0].at < end:
                yield from self._cut(piece, at, end)
            else:
                yield from self._piece(piece, piece.text)
            at = end
        for cut in self._cuts:
            yield from self._closed(cut.bracket)
            yield cut.html
        yield from self._closed(None)

    def _narrowed(self) -> list[_Cut]:
        found: list[_Cut] = []
        for number, mark in self._marks.items():
            if mark.state == "narrowed" and mark.words:
                held = holding(self._prose, self._prose.brackets[number])
                new = f"</del><ins>{_words(mark.words)}</ins>"
                found += [_Cut(held.start, number, "<del>"), _Cut(held.end, number, new)]
        return sorted(found, key=lambda each: each.at)

    def _cut(self, piece: Piece, at: int, end: int) -> Iterator[str]:
        """A piece before, within or after which the words of a bracket that was narrowed begin or end."""
        while self._cuts and self._cuts[0].at < end:
            cut = self._cuts.pop(0)
            if cut.at > at:
                yield from self._piece(piece, piece.text[: cut.at - at])
                piece = Piece(piece.kind, piece.text[cut.at - at :], piece.within)
                at = cut.at
            yield from self._closed(cut.bracket)
            yield cut.html
        if piece.text:
            yield from self._piece(piece, piece.text)

    def _piece(self, piece: Piece, text: str) -> Iterator[str]:
        kind = piece.kind
        if kind == "open":
            assert piece.within is not None
            bracket = self._prose.brackets[piece.within]
            yield from self._closed(bracket.parent)
            self._open.append(bracket.number)
            yield self._opening(bracket, text)
            return
        yield from self._closed(piece.within)
        if kind == "close":
            yield f"<i>{_words(text)}</i>"
            yield from self._closed(self._prose.brackets[self._open[-1]].parent if self._open else None)
        elif kind == "style":
            self._strong ^= len(text) >= 2
            self._emphasis ^= len(text) in {1, 3}
        else:
            yield self._run(kind, text)

    def _run(self, kind: str, text: str) -> str:
        found = _LINK.match(text) if kind == "link" else None
        html = _words(found[1] if found else text)
        if kind in _CLASSES:
            html = f'<span class="{_CLASSES[kind]}">{html}</span>'
        if self._strong:
            html = f"<b>{html}</b>"
        return f"<em>{html}</em>" if self._emphasis else html

    def _opening(self, bracket: Bracket, text: str) -> str:
        mark = self._marks.get(bracket.number, PLAIN)
        tag = "del" if mark.state == "dropped" else "span"
        kind = f"b {mark.state}{' now' if mark.now else ''}"
        if not mark.label:
            return f'<{tag} class="{kind}"><i>{_words(text)}</i>'
        current = ' aria-current="true"' if mark.now else ""
        return (
            f'<{tag} class="{kind}"><a href="{mark.href}"{self._tag}{current} aria-label="{escape(mark.label)}">'
            f"{_words(text)}</a>"
        )

    def _closed(self, until: int | None) -> Iterator[str]:
        """Close the spans within a bracket, or all with None."""
        while self._open and self._open[-1] != until:
            number = self._open.pop()
            yield "</del>" if self._marks.get(number, PLAIN).state == "dropped" else "</span>"
