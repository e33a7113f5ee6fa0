"""Readings: what a text would say if its brackets were lifted or dropped, and with one option chosen of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tracktwo.text.brackets import Fate, resolved
from tracktwo.text.documents import AFTER_OPTION, OPTION, Block, Document, ordinal
from tracktwo.text.errors import TextError
from tracktwo.text.parsing import parse
from tracktwo.text.spacing import joined

Places = Mapping[tuple[int, int], Fate]
"""What becomes of single brackets: by the first line of their paragraph, and their number in it, from 0."""


def reading(
    document: Document,
    every: Fate | None = None,
    *,
    single: Places | None = None,
    options: Collection[int] = (),
    parties: Collection[str] = (),
) -> str:
    """The text of a file with ``every`` bracket lifted or dropped, or, with None, as it was negotiated.

    ``single`` decides of some brackets otherwise. ``options`` are the lines in which options begin that are chosen:
    the others of their series fall. A paragraph of which nothing stays falls with its number. What closes no bracket
    stays in the text as negotiated, and goes from the others.

    Raises:
        TextError: where there is no such bracket, no option begins in a line, or two of one series are chosen.

    """
    wanted = single or {}
    _require(document, wanted)
    fallen, chosen = _choice(document, frozenset(options))
    parts: list[str] = []
    gap = False
    for place, block in enumerate(document.blocks):
        if place in fallen or (gap and block.kind == "space"):
            gap = gap or place in fallen
            continue
        said = _said(block, every, wanted, place in chosen, document.labels, parties)
        gap = said is None
        parts.append(said or "")
    return "".join(parts)


def _said(
    block: Block, every: Fate | None, single: Places, chosen: bool, labels: Collection[str], parties: Collection[str]
) -> str | None:
    """A block as it reads; None where nothing of it stays."""
    if block.kind in {"space", "markup"}:
        return block.source
    body = block.prose.render()
    fates = {
        bracket.number: fate
        for bracket in block.prose.brackets
        if (fate := single.get((block.line, bracket.number), every)) is not None
    }
    after = resolved(body, fates, labels=labels, parties=parties)
    if every is not None:
        after = _without_strays(after, labels)
    if chosen:
        after = _without_option(after)
    if after != body and not any(character.isalnum() for character in after):
        return None
    return f"{block.lead}{after}{block.tail}"


def _without_strays(body: str, labels: Collection[str]) -> str:
    result = ""
    for piece in parse(body, labels=labels).pieces:
        if piece.kind != "stray":
            result = f"{result}{piece.text}"
    return result if result == body else joined(result, "")


def _without_option(body: str) -> str:
    """The words behind ``Option 1:``, with the marks of emphasis around it gone in pairs."""
    start = len(body) - len(body.lstrip("*_[［ "))
    found = OPTION.match(body, start)
    if found is None:
        return body
    after = AFTER_OPTION.match(body, found.end())
    kept = body[:start].replace("*", "").replace("_", "")
    return f"{kept}{body[after.end() if after else found.end() :]}"


@dataclass(frozen=True, slots=True)
class Option:
    """One option: where it begins, and the blocks that belong to it."""

    series: int
    line: int
    blocks: tuple[int, ...]


def series(document: Document) -> tuple[Option, ...]:
    """The options of a file; those between which one is chosen have the same number of series."""
    found: list[tuple[int, int, list[int]]] = []
    open_: list[int] = []
    count = 0
    last: dict[int, int] = {}
    for place, block in enumerate(document.blocks):
        if block.kind in {"space", "markup", "note"}:
            continue
        depth = len(block.options)
        if block.begins:
            before = last.get(depth)
            family, number = ordinal(block.begins)
            same = before is not None and ordinal(document.blocks[found[before][2][0]].begins) == (family, number - 1)
            count += not same
            open_ = [*open_[: depth - 1], len(found)]
            last = {level: which for level, which in last.items() if level < depth} | {depth: len(found)}
            found.append((found[before][0] if same and before is not None else count, block.line, []))
        else:
            open_ = open_[:depth]
            last = {level: which for level, which in last.items() if level <= depth}
        for which in open_:
            found[which][2].append(place)
    return tuple(Option(number, line, tuple(blocks)) for number, line, blocks in found)


def _choice(document: Document, lines: frozenset[int]) -> tuple[set[int], set[int]]:
    """The blocks that fall with options that were not chosen, and those with which a chosen one begins."""
    if not lines:
        return set(), set()
    options = series(document)
    beginning = {option.line: option for option in options}
    for line in sorted(lines - set(beginning)):
        raise TextError(f"No option begins in line {line}. `tracktwo text parse` shows the lines in which they begin.")
    taken: dict[int, int] = {}
    for line in sorted(lines):
        other = taken.setdefault(beginning[line].series, line)
        if other != line:
            raise TextError(f"The options in lines {other} and {line} exclude each other. Choose one of them.")
    fallen = {
        place
        for option in options
        if option.series in taken and option.line not in lines
        for place in option.blocks
    }  # fmt: skip
    return fallen, {beginning[line].blocks[0] for line in lines}


def _require(document: Document, single: Places) -> None:
    lines = {block.line: len(block.prose.brackets) for block in document.blocks}
    for line, number in single:
        if number not in range(lines.get(line, 0)):
            raise TextError(f"There is no bracket {number + 1} in the paragraph that begins in line {line}.")
