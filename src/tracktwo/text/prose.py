"""Bracketed prose: what one paragraph is made of, and who stands behind its brackets.

A paragraph is a row of pieces whose characters, one after another, are the paragraph: nothing is normalised, and
nothing is left out. Brackets are told apart from the pieces and refer to each other by number, so that prose as deep as
anybody types is read and written in a time proportional to its length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["words", "style", "note", "link", "aside", "open", "close", "stray"]
"""Words; a mark of emphasis; the mark of a footnote; words that lead elsewhere; a remark of the drafters in braces;
either mark of a bracket; a closing mark of a bracket that was not opened here."""

Kind = Literal["optional", "alternatives", "placeholder", "provision", "unsure"]
"""Of a bracket: what may stand or fall; one of several between which is chosen; a blank that is to be filled; a whole
provision; what only a person can tell."""

Stance = Literal["proposes", "deletes", "reserves"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a paragraph, in one role."""

    kind: PieceKind
    text: str
    within: int | None = None
    """The innermost bracket that they stand in, by number; of a bracket's own marks, that bracket."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom the text names as standing behind a bracket, and what they ask."""

    name: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Bracket:
    """A span that is not agreed."""

    number: int
    """Its place among the brackets of the paragraph in the order in which they open, from 0."""
    parent: int | None
    """The bracket around it."""
    depth: int
    """How many brackets it stands in, itself among them."""
    start: int
    """Where its opening mark begins, in characters from the beginning of the paragraph."""
    end: int
    """Where its closing mark ends, or the paragraph where it has none."""
    opening: str
    closing: str
    """Empty where the paragraph ends before it is closed."""
    kind: Kind = "optional"
    holders: tuple[Holder, ...] = ()
    beside: tuple[int, ...] = ()
    """The brackets that stand side by side with it, itself among them; empty where it stands alone."""

    @property
    def inner(self) -> tuple[int, int]:
        """Where its content begins and ends."""
        return self.start + len(self.opening), self.end - len(self.closing)


@dataclass(frozen=True, slots=True)
class Recovery:
    """A place where brackets do not match, and how it was read."""

    start: int
    """Characters from the beginning of the paragraph."""
    what: str
    open: bool = False
    """Whether a bracket is not closed."""
    stray: bool = False
    """Whether what closes it closes nothing."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    pieces: tuple[Piece, ...]
    brackets: tuple[Bracket, ...]
    recoveries: tuple[Recovery, ...] = ()

    def render(self) -> str:
        """The paragraph, character for character as it was."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def depth(self) -> int:
        """How deep brackets stand within one another."""
        return max((bracket.depth for bracket in self.brackets), default=0)

    def content(self, bracket: Bracket) -> str:
        """The characters within a bracket."""
        start, end = bracket.inner
        return self.render()[start:end]
