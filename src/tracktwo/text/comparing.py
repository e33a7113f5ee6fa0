"""Comparing: what changed between two versions of a text, marked as a person would have marked it.

Words are the unit in English, characters in Chinese (:mod:`tracktwo.text.words`). The longest common subsequence of
words comes from RapidFuzz (MIT licence, C++, releases every few months; the sequences may hold anything). Google's
diff-match-patch, the usual choice, was not taken: its repository is archived, it searches against the clock unless told
not to, and its clean-up sees characters where words are wanted. Spaces take no part in the search, so that equal spaces
between unequal words are not taken for something kept. What no library does is then done here, in this order:

- an insertion or deletion that repeats all that is kept beside it moves over it, so that two changes become one;
- what is kept between two replacements, and is too little to be more than chance, is replaced with them;
- an insertion or deletion that could stand in several places takes the one where a person would read it: whole
  brackets, whole lines and sentences, a conjunction or comma at its edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel

from tracktwo.text.alignment import Pair, heaviest, paragraphs
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Run
from tracktwo.text.marking import Kept, extended, joined, placed, without_chance
from tracktwo.text.words import BREAKS, tokens

__all__ = ["Edit", "Pair", "apply", "diff", "paragraphs", "redline", "reversed_", "tokens"]

Kind = Literal["keep", "insert", "delete"]

CELLS = 2**28
"""Words of one text times words of the other, between their common beginning and end, up to which the longest common
subsequence is found at once, in a bit each (32 MB); longer texts are first split at phrases that occur once in each."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Some characters, and what becomes of them."""

    kind: Kind
    text: str


def diff(a: str, b: str) -> tuple[Edit, ...]:
    """The edits that make b of a.

    No edit is empty, no two neighbours are of one kind, a deletion stands before the insertion that replaces it, and
    none begins or ends within a token.
    """
    before, after = tokens(a), tokens(b)
    kept = _kept(before, after)
    for better in (joined, without_chance, placed):
        kept = better(before, after, kept)
    return tuple(_edits(before, after, kept))


def apply(edits: Iterable[Edit], a: str) -> str:
    """The text after the edits.

    TextError where what they keep or delete is not what stands in a.
    """
    at, after = 0, []
    for edit in edits:
        if edit.kind != "insert":
            if not a.startswith(edit.text, at):
                raise TextError(
                    f"These changes are of another text: after {at} characters they expect “{edit.text[:40]}”, and "
                    f"“{a[at : at + 40]}” stands there. Compare the two versions again."
                )
            at += len(edit.text)
        if edit.kind != "delete":
            after.append(edit.text)
    if at < len(a):
        raise TextError(
            f"These changes are of another text: they end after {at} of {len(a)} characters. "
            "Compare the two versions again."
        )
    return "".join(after)


def reversed_(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that make a of b, from those that make b of a."""
    found: list[Edit] = []
    for edit in edits:
        if edit.kind == "insert" and found and found[-1].kind == "insert":
            found.insert(-1, Edit("delete", edit.text))
        else:
            found.append(Edit(OPPOSITES[edit.kind], edit.text))
    return tuple(found)


OPPOSITES: dict[Kind, Kind] = {"keep": "keep", "insert": "delete", "delete": "insert"}


def redline(a: str, b: str, *, author: str) -> tuple[Run, ...]:
    """The words of both versions, with the changes from a to b marked as the author's, a delegation."""
    return tuple(
        Run(edit.text) if edit.kind == "keep" else Run(edit.text, change=edit.kind, author=author)
        for edit in diff(a, b)
    )


def _edits(before: Sequence[str], after: Sequence[str], kept: Iterable[Kept]) -> Iterator[Edit]:
    i = j = 0
    for run in (*kept, Kept(len(before), len(after), 0)):
        parts: tuple[tuple[Kind, Sequence[str]], ...] = (
            ("delete", before[i : run.before]),
            ("insert", after[j : run.after]),
            ("keep", before[run.before : run.end[0]]),
        )
        yield from (Edit(kind, "".join(part)) for kind, part in parts if part)
        i, j = run.end


def _kept(before: Sequence[str], after: Sequence[str]) -> list[Kept]:
    """What the longest common subsequence of words keeps, and equal spaces beside it."""
    places = [[i for i, token in enumerate(row) if token in BREAKS or not token.isspace()] for row in (before, after)]
    number: dict[str, int] = {}
    words = [
        [number.setdefault(row[i], len(number)) for i in at] for row, at in zip((before, after), places, strict=True)
    ]
    equal = []
    for i, j, size in _common(*words):
        at, to = places[0][i : i + size], places[1][j : j + size]
        row = before[at[0] : at[-1] + 1]
        if row == after[to[0] : to[-1] + 1]:
            equal.append(Kept(at[0], to[0], len(row)))
        else:  # the spaces between differ
            equal += [Kept(*pair, 1) for pair in zip(at, to, strict=True)]
    return extended(before, after, equal)


def _common(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int, int]]:
    """Where the same words begin in each, in their order, and how many."""
    found: list[tuple[int, int, int]] = []
    parts = [(0, len(a), 0, len(b), True)]
    while parts:
        i, i_end, j, j_end, whole = parts.pop()
        start = _equal(a[i:i_end], b[j:j_end])
        end = _equal(a[i + start : i_end][::-1], b[j + start : j_end][::-1])
        found += [(i, j, start), (i_end - end, j_end - end, end)]
        i, i_end, j, j_end = i + start, i_end - end, j + start, j_end - end
        if (i_end - i) * (j_end - j) <= CELLS:
            blocks = Indel.editops(a[i:i_end], b[j:j_end]).as_matching_blocks()
            found += [(i + block.a, j + block.b, block.size) for block in blocks]
        else:
            cuts = (_once_in_each(a[i:i_end], b[j:j_end]) if whole else []) or [((i_end - i) // 2, (j_end - j) // 2)]
            at = [(i, j), *((i + p, j + q) for p, q in cuts), (i_end, j_end)]
            parts += [(p, p_end, q, q_end, False) for (p, q), (p_end, q_end) in pairwise(at)]
    return sorted(block for block in found if block[2])


def _equal(a: Sequence[int], b: Sequence[int]) -> int:
    """How many words are equal from the beginning."""
    return next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _once_in_each(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """Where four words in a row stand that occur once in each text, as many as come in one order."""
    fours = [list(zip(*(side[k:] for k in range(4)), strict=False)) for side in (a, b)]
    counts = [Counter(side) for side in fours]
    places = {four: j for j, four in enumerate(fours[1]) if counts[0][four] == counts[1][four] == 1}
    return heaviest((i, places[four], 1) for i, four in enumerate(fours[0]) if four in places)
