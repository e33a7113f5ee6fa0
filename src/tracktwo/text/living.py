"""What is alive in a provision: its words, who holds which of them, what is to be filled in, and what it notes.

In English a word is a word. In Chinese it is one character: a run of characters would be another one as soon as a
bracket or a word came into it, and every such run would be reported; neighbours that are lost together are reported as
one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from tracktwo.text.documents import OPTION
from tracktwo.text.holding import holding
from tracktwo.text.lifted import lifted
from tracktwo.text.numbering import ARTICLE, NUMBER
from tracktwo.text.parsing import parse
from tracktwo.text.prose import Holder, Prose
from tracktwo.text.words import tokens

_MARKS = re.compile(r"[\s*_\\\[［]*")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or one Han character."""

    text: str
    """In small letters."""
    start: int
    """In characters from the beginning of the body."""
    end: int
    bracket: int | None
    """The innermost bracket that it stands in, by number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A placeholder or a note, by what it says."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Held:
    """A bracket of a holder."""

    holder: Holder
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Living:
    """What is alive in a body."""

    words: tuple[Word, ...] = ()
    held: tuple[Held, ...] = ()
    placeholders: tuple[Mark, ...] = ()
    notes: tuple[Mark, ...] = ()

    @property
    def counted(self) -> Counter[str]:
        """How often each word is there."""
        return Counter(word.text for word in self.words)

    def of(self, holder: Holder) -> Counter[str]:
        """The words that a holder holds."""
        return Counter(word for held in self.held if held.holder == holder for word in held.words)


def living(body: str | None, *, labels: Collection[str] = (), parties: Collection[str] = ()) -> Living:
    """What is alive in a body; nothing where there is none.

    The number of the provision, the label of an option and the names of holders are no words.
    """
    if body is None:
        return Living()
    prose = parse(body, labels=labels, parties=parties)
    blanks = [bracket for bracket in prose.brackets if bracket.kind == "placeholder"]
    silent = bytearray(len(body))
    _silence(silent, 0, _label(body))
    for bracket in prose.brackets:
        start, end = bracket.inner
        if bracket.kind == "placeholder":
            _silence(silent, start, end)
        elif bracket.holders:
            held = holding(prose, bracket)
            _silence(silent, start, end if held.whole else held.start)
            _silence(silent, held.end, end)
    words = tuple(word for word in _words(prose) if not silent[word.start])
    starts = [word.start for word in words]
    holds = []
    for bracket in prose.brackets:
        if bracket.holders:
            within = words[bisect_left(starts, bracket.start) : bisect_left(starts, bracket.end)]
            said = tuple(word.text for word in within)
            holds += [Held(holder, bracket.start, bracket.end, said) for holder in bracket.holders]
    placeholders = [Mark(named(prose.content(bracket)), bracket.start, bracket.end) for bracket in blanks]
    placeholders += _pieces(prose, "aside")
    return Living(
        words, tuple(holds), tuple(sorted(placeholders, key=lambda mark: mark.start)), tuple(_pieces(prose, "note"))
    )


def _silence(silent: bytearray, start: int, end: int) -> None:
    silent[start:end] = b"\1" * (end - start)


def named(text: str) -> str:
    """What a placeholder or a note says, as it is compared: without its marks, however it is spaced."""
    return _SPACES.sub(" ", text.strip("*_{}[]^ \t\r\n")).casefold()


def folded(text: str) -> list[str]:
    """The words of a text as they are compared: in small letters, without marks."""
    return [token.casefold() for token in tokens(text) if any(character.isalnum() for character in token)]


def _words(prose: Prose) -> Iterator[Word]:
    within = [piece.within for piece in prose.pieces]
    begins = [0, *accumulate(len(piece.text) for piece in prose.pieces)]
    said = lifted(prose)
    position = 0
    for token in tokens(said.text):
        if any(character.isalnum() for character in token):
            start, end = said.span(position, position + len(token))
            yield Word(token.casefold(), start, end, within[bisect_right(begins, start) - 1])
        position += len(token)


def _label(body: str) -> int:
    """Where the number of a provision or the label of an option ends at the beginning of its body."""
    found = _MARKS.match(body)
    start = found.end() if found else 0
    label = OPTION.match(body, start) or NUMBER.match(body, start) or ARTICLE.match(body, start)
    return label.end() if label else 0


def _pieces(prose: Prose, kind: str) -> Iterator[Mark]:
    position = 0
    for piece in prose.pieces:
        if piece.kind == kind:
            yield Mark(named(piece.text), position, position + len(piece.text))
        position += len(piece.text)
