"""A whole draft as a file: its paragraphs, with their numbers, their options, and the notes at its end.

The file is prose with light marks of structure, as volunteers, secretariats and converters write it: Markdown, or plain
paragraphs apart by empty lines. Every character belongs to one block, so that the blocks are the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tracktwo.text.numbering import ARTICLE, NUMBER
from tracktwo.text.parsing import parse
from tracktwo.text.prose import Prose

BlockKind = Literal["heading", "paragraph", "note", "space", "markup"]
"""A heading; a paragraph of the text; a footnote; empty lines; marks that are not text, such as metadata."""

_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<label>[^\]\[^]+)\]:[ \t]*(?:<[^>\s]*>|\S+)(?:[ \t]+[\"'(].*)?[ \t]*\r?\n?\Z")
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\]\[\s]+\]:[ \t]*")
_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})[ \t]+")
_MARKUP = re.compile(r"[ \t]*(?:\{:[^{}]*\}|[-*_=]{3,}|\* TOC|<!--.*-->)[ \t]*\r?\n?\Z")
_BULLET = re.compile(r"(?:[-*+•·▪–—][ \t]+|>[ \t]?)+")
_STYLE = re.compile(r"[*_]{1,3}")
_OPENING = re.compile(r"(?:\\\[|[\[［])")
_SPACES = re.compile(r"[ \t\u3000]*")
OPTION = re.compile(
    r"(?P<label>(?:Option|Alternative|Variant|OPTION|方案|备选案文|备选方案|选项)[ ]?"
    r"(?P<number>\d{1,3}|[IVX]{1,5}(?!\w)|[A-Z](?!\w)|[一二三四五六七八九十]{1,3})"
    r"(?:[ ]?(?:bis|ter|alt)(?!\w))?)(?=[*_ \t]*[:：.)\]］]|[*_ \t]*\r?\n?\Z|\*\*|[ ]*[-–—][ ])"
)
_NO_TEXT = re.compile(
    r"\W*(?:no (?:text|provision)|无案文|不设案文|不作规定)\W*(?:[（(].*[)）]\W*)?", re.IGNORECASE | re.DOTALL
)
_POSITION = re.compile(
    r"\b(?:reserv(?:es?|ed|ations?)|of the view|would (?:like|prefer)|wish(?:es)?|propos(?:es?|ed|als?)|prefers?"
    r"|supports?|oppos(?:es?|ed)|objects?|objections?|insists?)\b|保留|主张|认为|希望|建议|提议|反对|支持|待核准",
    re.IGNORECASE,
)
AFTER_OPTION = re.compile(r"[*_ \t]*[:：.)]?[*_]*[ \t]*")


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of the file."""

    kind: BlockKind
    lead: str
    """What stands before its prose: spaces, marks of a list or a heading, the label of a note."""
    prose: Prose
    tail: str
    """The end of its last line."""
    line: int
    """Its first line, from 1."""
    level: int = 0
    """Of a heading: how many marks it has."""
    indent: int = 0
    """Of a paragraph: how many columns it is moved to the right."""
    label: str = ""
    """Its number, as it is written: ``3.3bis``."""
    options: tuple[str, ...] = ()
    """The options within which it stands, the widest first: ``("Option 2", "Option 1")``."""
    begins: str = ""
    """The option that begins with it; the last of ``options``."""

    @property
    def source(self) -> str:
        """Its characters."""
        return f"{self.lead}{self.prose.render()}{self.tail}"

    @property
    def no_text(self) -> bool:
        """Whether an option says that there be no text: ``Option 2: No text``, with a remark behind it or none."""
        words = "".join(piece.text for piece in self.prose.pieces if piece.kind in {"words", "link"})
        return bool(self.options and _NO_TEXT.fullmatch(words.replace(self.begins, "", 1)))

    @property
    def position(self) -> bool:
        """Whether a footnote says what somebody wants, so that it is more than a reference."""
        return self.kind == "note" and bool(_POSITION.search(self.prose.render()))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the file where brackets do not match."""

    line: int
    column: int
    """Characters from the beginning of the line, from 1."""
    what: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file of bracketed prose."""

    blocks: tuple[Block, ...]
    labels: frozenset[str] = frozenset()
    """Of its definitions of links."""

    def render(self) -> str:
        """The file, character for character as it was."""
        return "".join(block.source for block in self.blocks)

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The paragraphs of the text, without headings, notes and what is not text."""
        return tuple(block for block in self.blocks if block.kind == "paragraph")

    @property
    def recoveries(self) -> tuple[Place, ...]:
        """Where brackets do not match, in the order of the file, and how each was read.

        A bracket that is opened in one paragraph and closed in a later one of the same article is named at both.
        """
        places: list[Place] = []
        opened: list[int] = []
        for block in self.blocks:
            if block.kind == "heading":
                opened = []
            for place, what in zip(_places(block), block.prose.recoveries, strict=True):
                if what.open:
                    opened.append(len(places))
                elif what.stray and opened:
                    other = opened.pop()
                    begun = places[other]
                    place = replace(place, what=f"{place.what}; it may close the one opened in line {begun.line}")
                    places[other] = replace(
                        begun, what=f"{begun.what}; the one closed in line {place.line} may be meant"
                    )
                places.append(place)
        return tuple(places)


def read(source: str, *, parties: Collection[str] = ()) -> Document:
    """Read a file; any file can be read.

    ``parties`` are the names of delegations, which may stand before a colon as the holders of a bracket.
    """
    lines = _lines(source)
    labels = frozenset(found["label"] for line in lines if (found := _DEFINITION.match(line)))
    options = _Options()
    return Document(
        tuple(options.placed(_block(kind, text, line, labels, parties)) for kind, text, line in _cut(lines)), labels
    )


def _lines(source: str) -> list[str]:
    """Lines with their ends, at line feeds alone: other separators of Unicode belong to the words."""
    return re.findall(r"[^\n]*\n|[^\n]+", source)


def _cut(lines: list[str]) -> Iterator[tuple[BlockKind, str, int]]:
    """Blocks by kind, characters and first line."""
    start = _metadata(lines)
    if start:
        yield "markup", "".join(lines[:start]), 1
    waiting: list[str] = []
    first = start
    for number, line in enumerate(lines[start:], start):
        kind = _kind(line)
        if waiting and (kind is not None or _begins(line)):
            yield "paragraph" if not _NOTE.match(waiting[0]) else "note", "".join(waiting), first + 1
            waiting = []
        if kind in {None, "note"}:
            first = number if not waiting else first
            waiting.append(line)
        elif kind is not None:
            yield kind, line, number + 1
    if waiting:
        yield "paragraph" if not _NOTE.match(waiting[0]) else "note", "".join(waiting), first + 1


def _metadata(lines: list[str]) -> int:
    """How many lines of metadata there are at the beginning."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---":
        return 0
    return next((number + 1 for number in range(1, len(lines)) if lines[number].rstrip() in {"---", "..."}), 0)


def _kind(line: str) -> BlockKind | None:
    """What a line is by itself; None where it is part of a paragraph."""
    if not line.strip():
        return "space"
    if _HEADING.match(line):
        return "heading"
    if _DEFINITION.match(line) or _MARKUP.match(line):
        return "markup"
    return "note" if _NOTE.match(line) else None


def _begins(line: str) -> bool:
    """Whether a line begins a paragraph of its own, though no empty line stands before it."""
    position = _SPACES.match(line).end()  # type: ignore[union-attr]
    if _BULLET.match(line, position):
        return True
    position = _past(line, position)
    return bool(NUMBER.match(line, position) or OPTION.match(line, position))


def _past(line: str, position: int) -> int:
    """Past the marks that may stand before a number: of emphasis, of a bracket."""
    while found := (_STYLE.match(line, position) or _OPENING.match(line, position)):
        position = found.end()
    return position


def _block(kind: BlockKind, text: str, line: int, labels: frozenset[str], parties: Collection[str]) -> Block:
    if kind in {"space", "markup"}:
        return Block(kind, text, Prose((), ()), "", line)
    body = text.rstrip("\r\n")
    tail = text[len(body) :]
    if kind == "heading":
        found = _HEADING.match(body)
        assert found is not None
        number = ARTICLE.match(body, _past(body, found.end()))
        prose = parse(body[found.end() :], labels=labels, parties=parties)
        return Block(kind, found[0], prose, tail, line, len(found["marks"]), label=number["label"] if number else "")
    if kind == "note":
        found = _NOTE.match(body)
        assert found is not None
        return Block(kind, found[0], parse(body[found.end() :], labels=labels, parties=parties), tail, line)
    return _paragraph(body, tail, line, labels, parties)


def _paragraph(body: str, tail: str, line: int, labels: frozenset[str], parties: Collection[str]) -> Block:
    spaces = _SPACES.match(body)
    assert spaces is not None
    indent = len(spaces[0].expandtabs(4))
    bullet = _BULLET.match(body, spaces.end())
    start = bullet.end() if bullet else spaces.end()
    option = OPTION.match(body, _past(body, start))
    label, begins = "", ""
    if option:
        begins = option["label"]
        after = AFTER_OPTION.match(body, option.end())
        number = NUMBER.match(body, _past(body, after.end() if after else option.end()))
        label = number["label"] if number else ""
    else:
        number = NUMBER.match(body, _past(body, start)) or ARTICLE.match(body, _past(body, start))
        if number:
            label = number["label"].replace("\\", "")  # 1\. is how Markdown keeps a number from being counted anew
            if number.start() == start:  # the number stands before the words; within a bracket it is one of them
                start = number.end()
                start += len(body[start:]) - len(body[start:].lstrip(" \t\u3000"))
    prose = parse(body[start:], labels=labels, parties=parties)
    return Block("paragraph", body[:start], prose, tail, line, indent=indent, label=label, begins=begins)


class _Options:
    """Which options are open, as one reads on."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, int]] = []
        """Label, number and indent."""

    def placed(self, block: Block) -> Block:
        """The block with the options within which it stands."""
        from dataclasses import replace

        if block.kind == "heading":
            self._open = []
            return block
        if block.kind != "paragraph":
            return block
        if block.begins:
            self._begin(block.begins, block.indent)
        else:
            while self._open and block.indent + 1 < self._open[-1][2]:
                self._open.pop()
        return replace(block, options=tuple(label for label, _, _ in self._open))

    def _begin(self, label: str, indent: int) -> None:
        """Open an option: the next of a series that is open, or the first of one within the last."""
        family, number = ordinal(label)
        for place in range(len(self._open) - 1, -1, -1):
            other, before = ordinal(self._open[place][0])
            if other == family and number == before + 1:
                self._open = self._open[:place]
                break
        else:
            while self._open and indent <= self._open[-1][2] and ordinal(self._open[-1][0])[0] == family:
                self._open.pop()
        self._open.append((label, number, indent))


def ordinal(label: str) -> tuple[str, int]:
    """The family of an option's label, and which it is in it."""
    from tracktwo.text.numbering import han

    found = OPTION.match(f"{label}:")
    number = found["number"] if found else label
    if number.isdigit():
        return "digits", int(number)
    if set(number) <= set("IVX"):
        return "roman", _roman(number)
    if number.isascii():
        return "letters", ord(number[-1]) - ord("A") + 1
    return "han", han(number)


def _roman(number: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for here, after in zip(number, [*number[1:], ""], strict=True):
        total += -values[here] if after and values[here] < values[after] else values[here]
    return total


def _places(block: Block) -> Iterator[Place]:
    text = f"{block.lead}{block.prose.render()}" if block.prose.recoveries else ""
    line, begins = block.line, 0
    for recovery in block.prose.recoveries:  # in the order of their places
        at = recovery.start + len(block.lead)
        while (end := text.find("\n", begins, at)) >= 0:
            line, begins = line + 1, end + 1
        yield Place(line, at - begins + 1, recovery.what)
