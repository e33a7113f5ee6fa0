"""Counterparts: which paragraph of the English file is which of the Chinese.

The two languages share no words that could tell, but numbers, headings, options and their order. A pair is made only of
what agrees in all of these: a provision that stands alone is seen and can be paired by a person, a wrong pair is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from tracktwo.text.alignment import heaviest
from tracktwo.text.documents import Block, ordinal
from tracktwo.text.numbering import normal

NOTED, NUMBERED, COUNTED, ORDERED = 8.0, 8.0, 6.0, 4.0
"""What a pair is worth: notes of one label; one number; the same place in two ways of counting, such as (a) and （一）;
neither with a number. How alike they are otherwise adds at most 1."""
CERTAIN = 100.0
"""What a pair is worth that is known, so that others are found between such pairs."""
MANY = 250_000
"""Where more pairs could be made under one heading than these …"""
BAND = 60
"""… how far a counterpart may stand from the place that would be its own in proportion."""
_SIGNS = re.compile(r"\d+|[A-Z]{2,}|[\[\]［］]|\[\^[^\]\[\s]+\]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def counterparts(
    en: Sequence[Block],
    zh: Sequence[Block],
    *,
    known: Collection[tuple[int, int]] = (),
    may: Callable[[int, int], bool] = lambda i, j: True,
) -> dict[int, int]:
    """From places in the English file to those in the Chinese one, counted from 0.

    ``known`` are pairs that are certain, in any order; ``may`` says of two places whether they can be one. The pairs
    that are found keep the order of both files.
    """
    pairs = dict(known)
    signs = [[Counter(_SIGNS.findall(block.prose.render())) for block in side] for side in (en, zh)]

    def add(worth: Callable[[Block, Block], float], rows: Sequence[int], columns: Sequence[int]) -> None:
        here = set(columns)
        certain = [(i, pairs[i], CERTAIN) for i in rows if pairs.get(i) in here]
        free = [i for i in rows if i not in pairs], [j for j in columns if j not in taken]
        matches = (
            (i, j, value + _alike(signs[0][i], signs[1][j]))
            for i, j in _candidates(*free)
            if (value := worth(en[i], zh[j])) and may(i, j)
        )
        pairs.update(heaviest([*certain, *matches]))

    taken = set(pairs.values())
    add(_of_headings, *([n for n, block in enumerate(side) if block.kind == "heading"] for side in (en, zh)))
    under = _under(en), _under(zh)
    for i, rows in under[0].items():
        j = pairs.get(i, None if i >= 0 else -1)
        if j is not None:
            add(_of_paragraphs, rows, under[1].get(j, []))
    return pairs


def _under(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """The blocks under each heading, by its place; -1 before the first."""
    sections: dict[int, list[int]] = {-1: []}
    heading = -1
    for place, block in enumerate(blocks):
        if block.kind == "heading":
            heading = place
            sections[heading] = []
        else:
            sections[heading].append(place)
    return sections


def _candidates(rows: Sequence[int], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    many = len(rows) * len(columns) > MANY
    for row, i in enumerate(rows):
        middle = row * len(columns) // len(rows)
        yield from ((i, j) for j in (columns[max(0, middle - BAND) : middle + BAND] if many else columns))


def _of_headings(a: Block, b: Block) -> float:
    """What a pair of headings is worth; 0 if it is none."""
    if a.label or b.label:
        return NUMBERED if normal(a.label) == normal(b.label) else 0
    return ORDERED if a.level == b.level else 0


def _of_paragraphs(a: Block, b: Block) -> float:
    """What a pair of paragraphs is worth by its numbers; 0 if it is none."""
    if a.kind != b.kind or bool(a.begins) != bool(b.begins) or _options(a) != _options(b):
        return 0
    if a.kind == "note":
        return NOTED if a.lead.strip() == b.lead.strip() else 0
    if not a.label and not b.label:
        return ORDERED
    if not a.label or not b.label:
        return 0
    left, right = normal(a.label), normal(b.label)
    if left == right:
        return NUMBERED
    return COUNTED if _counts(left) & _counts(right) else 0


def _options(block: Block) -> tuple[int, ...]:
    return tuple(ordinal(option)[1] for option in block.options)


def _counts(number: str) -> set[int]:
    """The places that a number may mean: (i) is the first in Roman figures and the ninth among letters."""
    if number.isdigit():
        return {int(number)}
    found = {ord(number) - ord("a") + 1} if re.fullmatch("[a-z]", number) else set()
    if number and set(number) <= set(_ROMAN):
        values = [_ROMAN[figure] for figure in number]
        found.add(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))
    return found


def _alike(left: Counter[str], right: Counter[str]) -> float:
    """How much of the figures, abbreviations, brackets and notes is common, from 0 to 1."""
    size = left.total() + right.total()
    return 2 * (left & right).total() / size if size else 1.0
