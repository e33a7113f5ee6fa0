"""Bracketed prose as the mixed content of Akoma Ntoso.

Brackets become elements that hold their marks. Emphasis that crosses a bracket is cut there, so that elements stand
within one another; its marks stand in attributes of the first and the last of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from tracktwo.text.akoma.expression import BracketState
from tracktwo.text.akoma.names import own, tag
from tracktwo.text.errors import TextError
from tracktwo.text.prose import Bracket, Piece, Prose

DEEPEST = 80
"""How deep brackets may stand within one another: many readers of XML refuse more than 256 elements, and a footnote
with its own brackets may stand in the innermost."""
LINK = re.compile(r"\[(?P<words>[^\[\]]*)\](?:\((?P<url>[^\s()]*)(?P<title>[^)]*)\)|\[(?P<label>[^\]]*)\])")
_URL = re.compile(r"(?:https?://[A-Za-z0-9]|mailto:[A-Za-z0-9]|#)(?:[A-Za-z0-9._~/?@!$&'*+,;=:-]|%[0-9A-Fa-f]{2})*")
_EMPHASIS = {"*": "i", "_": "i", "**": "b", "__": "b", "***": "span"}

Element = Any
"""An element of lxml."""


class Inline:
    """Writes the prose of one paragraph into an element."""

    def __init__(
        self,
        prose: Prose,
        line: int,
        *,
        note: Callable[[Element, str], bool],
        links: Mapping[str, str],
        organisation: Callable[[str], str],
        state: Callable[[int], BracketState],
    ) -> None:
        """``note`` writes a footnote by its label and says whether there is one; ``links`` are addresses by label.

        ``organisation`` gives the id of a holder by name, ``state`` the state of a bracket by number.
        """
        self.prose, self.line = prose, line
        self._note, self._links, self._organisation, self._state = note, links, organisation, state
        paired = _paired(prose.pieces)
        self._left = [(piece, index in paired) for index, piece in enumerate(prose.pieces)][::-1]
        self._active: list[str] = []

    def write(self, parent: Element, eid: str, characters: int | None = None) -> None:
        """Write the next ``characters``, which must stand in no bracket, or all that are left."""
        around, chain = [parent], list[Element]()
        while self._left and (characters is None or characters > 0 or self._ends()):
            piece, paired = self._left.pop()
            if characters is not None and piece.kind == "words" and len(piece.text) > characters:
                self._left.append((replace(piece, text=piece.text[characters:]), False))
                piece = replace(piece, text=piece.text[:characters])
            characters = None if characters is None else characters - len(piece.text)
            if piece.kind == "open" and piece.within is not None:
                around.append(self._bracket(around[-1], self.prose.brackets[piece.within], eid))
                append(around[-1], piece.text)
                chain = []
            elif piece.kind == "close":
                append(around.pop(), piece.text)
                chain = []
            elif paired:
                chain = self._style(piece.text, around[-1], chain)
            else:
                chain = chain or self._chain(around[-1])
                self._piece(chain[-1] if chain else around[-1], piece)

    def _ends(self) -> bool:
        """Whether an emphasis ends with the next mark."""
        piece, paired = self._left[-1]
        return paired and piece.text in self._active

    def _style(self, mark: str, parent: Element, chain: list[Element]) -> list[Element]:
        """Begin or end an emphasis; the elements into which what follows is written, the outermost first."""
        chain = chain or self._chain(parent)
        if mark not in self._active:
            self._active.append(mark)
            chain = [*chain, _emphasis(chain[-1] if chain else parent, mark)]
            chain[-1].set(own("open"), mark)
            return chain
        place = self._active.index(mark)
        chain[place].set(own("close"), mark)
        del self._active[place]
        return chain[:-1] if place == len(self._active) else []

    def _chain(self, parent: Element) -> list[Element]:
        """A new element for each emphasis that goes on here."""
        chain: list[Element] = []
        for mark in self._active:
            chain.append(_emphasis(chain[-1] if chain else parent, mark))
        return chain

    def _bracket(self, parent: Element, bracket: Bracket, eid: str) -> Element:
        if bracket.depth > DEEPEST:
            raise TextError(
                f"Line {self.line}: brackets stand more than {DEEPEST} deep within one another; Akoma Ntoso is written "
                f"up to that. Close some of them, or send the draft as Markdown."
            )
        blank = bracket.kind == "placeholder"
        element = etree.SubElement(parent, tag("placeholder" if blank else "inline"))
        if not blank:
            element.set("name", "bracket")
        element.set("eId", f"{eid}__bracket_{bracket.number + 1}")
        element.set(own("bracket"), bracket.kind)
        element.set(own("number"), str(bracket.number + 1))
        element.set(own("state"), self._state(bracket.number))
        element.set(own("depth"), str(bracket.depth))
        if not bracket.closing:
            element.set(own("closed"), "false")
        if bracket.beside:
            element.set(own("beside"), " ".join(str(number + 1) for number in bracket.beside))
        for stance in ("proposes", "deletes", "reserves"):
            names = [each.name for each in bracket.holders if each.stance == stance]
            if names:
                element.set(own(stance), " ".join(f"#{self._organisation(name)}" for name in names))
        return element

    def _piece(self, parent: Element, piece: Piece) -> None:
        if piece.kind == "note" and self._note(parent, piece.text[2:-1]):
            return
        if piece.kind == "aside":
            append(etree.SubElement(parent, tag("remark")), piece.text)
        elif piece.kind == "stray":
            append(etree.SubElement(parent, tag("inline"), {"name": "strayBracket"}), piece.text)
        elif piece.kind == "link" and (address := self._address(piece.text)):
            element = etree.SubElement(parent, tag("a"), {"href": address, own("source"): piece.text})
            found = LINK.fullmatch(piece.text)
            append(element, found["words"] if found else piece.text)
        else:
            append(parent, piece.text)

    def _address(self, text: str) -> str:
        """Where a link leads, if that can be written as an address."""
        found = LINK.fullmatch(text)
        if not found:
            return ""
        url = found["url"] if found["url"] is not None else self._links.get(found["label"].casefold(), "")
        return url if _URL.fullmatch(url) else ""


def _paired(pieces: tuple[Piece, ...]) -> frozenset[int]:
    """Which marks of emphasis have their other half in the paragraph; the others are characters like any."""
    waiting: dict[str, int] = {}
    paired: set[int] = set()
    for index, piece in enumerate(pieces):
        if piece.kind == "style" and piece.text in _EMPHASIS:
            begun = waiting.pop(piece.text, None)
            if begun is None:
                waiting[piece.text] = index
            else:
                paired |= {begun, index}
    return frozenset(paired)


def _emphasis(parent: Element, mark: str) -> Element:
    element = etree.SubElement(parent, tag(_EMPHASIS[mark]))
    if _EMPHASIS[mark] == "span":
        element.set("class", "strong emphasis")
    return element


def append(parent: Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
