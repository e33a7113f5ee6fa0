"""The words of a paragraph as if every bracket were lifted, with the place of each character in the paragraph.

Marks of brackets and emphasis fall, so that ``r[e]affirm`` and ``不[应]`` are read as one word; brackets side by side
are kept apart, for ``[shall][should]`` is no word. Footnote marks and remarks of the drafters are not words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracktwo.text.prose import Prose

APART = "\x1e"
"""Stands between what no word may cross."""
_LINKED = re.compile(r"!?\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Lifted:
    """Words without marks."""

    text: str
    places: tuple[int, ...]
    """Of each character of ``text``, where it stands in the paragraph."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where some of the characters stand in the paragraph, from the first to the last."""
        return self.places[start], self.places[end - 1] + 1


def lifted(prose: Prose) -> Lifted:
    """The words of a paragraph, with all its brackets lifted."""
    text: list[str] = []
    places: list[int] = []

    def add(characters: str, start: int) -> None:
        text.append(characters)
        places.extend(range(start, start + len(characters)))

    position = 0
    before = ""
    for piece in prose.pieces:
        if piece.kind == "words":
            add(piece.text, position)
        elif piece.kind == "link":
            found = _LINKED.match(piece.text)
            if found:
                add(found[1], position + found.start(1))
        elif piece.kind == "aside" or (piece.kind == "open" and before in {"close", "stray"}):
            text.append(APART)
            places.append(position)
        if piece.kind != "style":
            before = piece.kind
        position += len(piece.text)
    return Lifted("".join(text), tuple(places))
