"""How far a text is, in figures that do not flatter: what stands in brackets is not agreed, however few they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracktwo.text.documents import Block, Document, Place

OPTION_MARK = re.compile(r"Option \d+")
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(r"\S+")
_PARTS = re.compile(rf"[{HAN}]|[^{HAN}]+")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Progress:
    """What can be counted in a text."""

    words: int
    """Tokens between spaces; each Han character is one by itself."""
    open_marks: int
    close_marks: int
    max_depth: int
    """How many brackets stand within one another at most, within a paragraph."""
    option_marks: int
    """How often ``Option`` and a number stand anywhere in the file."""
    bracketed_share: float
    """Words in brackets among the words of paragraphs, headings and notes, from 0 to 1."""
    provisions: int
    """Paragraphs of the text that say something; the line that opens an option is none."""
    recoveries: tuple[Place, ...]
    """Where brackets do not match, and how each was read."""


def progress(document: Document) -> Progress:
    """Count a document."""
    source = document.render()
    brackets = [bracket for block in document.blocks for bracket in block.prose.brackets]
    strays = sum(piece.kind == "stray" for block in document.blocks for piece in block.prose.pieces)
    inside, words = shares(document)
    return Progress(
        words=count(source),
        open_marks=len(brackets),
        close_marks=sum(bool(bracket.closing) for bracket in brackets) + strays,
        max_depth=max((bracket.depth for bracket in brackets), default=0),
        option_marks=len(OPTION_MARK.findall(source)),
        bracketed_share=inside / words if words else 0.0,
        provisions=sum(says_something(block) for block in document.paragraphs),
        recoveries=document.recoveries,
    )


def count(text: str) -> int:
    """Words: tokens between spaces, each Han character for itself."""
    if text.isascii():
        return len(text.split())
    return sum(1 for token in _TOKEN.finditer(text) for _ in _words(token[0]))


def says_something(block: Block) -> bool:
    """Whether a paragraph has words besides the number of an option."""
    words = "".join(piece.text for piece in block.prose.pieces if piece.kind in {"words", "link"})
    return any(character.isalnum() for character in words.replace(block.begins, "", 1))


def _words(token: str) -> Iterator[int]:
    """Where each word of a token begins; what stands between Han characters counts where it has a letter or digit."""
    if not _HAN.search(token):
        yield 0
        return
    for part in _PARTS.finditer(token):
        if _HAN.match(part[0]) or any(character.isalnum() for character in part[0]):
            yield part.start()


def shares(document: Document) -> tuple[int, int]:
    """Words in brackets, and all words of the paragraphs, headings and notes."""
    inside = total = 0
    for block in document.blocks:
        text = block.prose.render()
        outer = [(each.start, each.end) for each in block.prose.brackets if each.parent is None]
        if not outer:
            total += count(text)
            continue
        place = 0
        for token in _TOKEN.finditer(text):
            begin, end = token.span()
            for start in (0,) if token[0].isascii() else _words(token[0]):
                letter = begin + start if text[begin + start].isalnum() else _first_letter(text, begin + start, end)
                total += 1
                while place < len(outer) and outer[place][1] <= letter:
                    place += 1
                inside += place < len(outer) and outer[place][0] <= letter
    return inside, total


def _first_letter(text: str, start: int, end: int) -> int:
    """The first letter or digit of a word, past the marks before it; its beginning where it has none."""
    return next((place for place in range(start, end) if text[place].isalnum()), start)
