"""Marking: which of many equal ways to mark a change a person would choose.

What two rows of tokens keep is a list of runs that stand in both. Whatever lies between two runs is a change: tokens of
the one that are deleted, tokens of the other that are inserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple
from unicodedata import category

from tracktwo.text.words import BREAKS

STOPS = frozenset(".;:?!。；：？！")
"""Marks that end a sentence or a part of one; a change ends there too."""
LINKS = frozenset(("and", "or", "nor", ",", ";", *"和与及或并且、，；"))
"""What a phrase is added with or taken out with."""
HAN = 3
"""How many letters of a word one Han character counts for."""
NUMBER = 6
"""How many letters a number counts for at least: it is seldom kept by chance."""


class Kept(NamedTuple):
    """Tokens that stand in both rows: where they begin in each, and how many."""

    before: int
    after: int
    size: int

    @property
    def end(self) -> tuple[int, int]:
        """Where what follows begins in each."""
        return self.before + self.size, self.after + self.size


def extended(before: Sequence[str], after: Sequence[str], kept: Sequence[Kept]) -> list[Kept]:
    """The runs, with whatever is equal right after and right before each; runs that meet are one."""
    runs = [Kept(0, 0, 0)]
    for following in (*kept, Kept(len(before), len(after), 0)):
        i, j = runs[-1].end
        room = min(following.before - i, following.after - j)
        later = 0
        while later < room and before[i + later] == after[j + later]:
            later += 1
        earlier = 0
        while later + earlier < room and before[following.before - 1 - earlier] == after[following.after - 1 - earlier]:
            earlier += 1
        runs[-1], run = _to_later(runs[-1], later), _from_earlier(following, earlier)
        if runs[-1].end == run[:2]:
            runs[-1] = _to_later(runs[-1], run.size)
        else:
            runs.append(run)
    return [run for run in runs if run.size]


def joined(before: Sequence[str], after: Sequence[str], kept: Sequence[Kept]) -> list[Kept]:
    """Two insertions, or two deletions, made one where what is kept between them is the end of the second too.

    With what is inserted in brackets, “a [b] c [d c] e” says the same as “a [b c d] c e”. (The mirror image does not
    come up in what the search finds.)
    """
    runs = _with_ends(before, after, kept)
    k = 1
    while k < len(runs) - 1:
        previous, run, following = runs[k - 1 : k + 2]
        first, second = _change(before, after, previous, run), _change(before, after, run, following)
        if first and second and first.row is second.row and second.slack_left(run.size) == run.size:
            runs[k : k + 2] = [_from_earlier(following, run.size)]
            k = max(1, k - 1)
        else:
            k += 1
    return [run for run in runs if run.size]


def without_chance(before: Sequence[str], after: Sequence[str], kept: Sequence[Kept]) -> list[Kept]:
    """What is kept, less what is kept by chance between two changes.

    Letters are counted (a Han character as three): what is kept by chance is outweighed twice by either change, and
    four times by all that is deleted and by all that is inserted. A single Han character is outweighed by Han
    characters alone, one in either change and two in all. A bracket, the end of a line and the end of a sentence are
    never kept by chance.
    """
    weight = {token: _weight(token) for token in {*before, *after}}
    sums = [
        [list(accumulate((weight[token][part] for token in row), initial=0)) for part in range(3)]
        for row in (before, after)
    ]

    def weighed(side: int, start: int, end: int) -> _Weight:
        return _Weight(*(total[end] - total[start] for total in sums[side]))

    runs = _with_ends(before, after, kept)
    k = 1
    while k < len(runs) - 1:
        previous, run, following = runs[k - 1 : k + 2]
        changes = [
            [weighed(side, one.end[side], other[side]) for side in (0, 1)]
            for one, other in ((previous, run), (run, following))
        ]
        if _by_chance(weighed(0, run.before, run.end[0]), changes):
            del runs[k]
            k = max(1, k - 1)
        else:
            k += 1
    return [run for run in runs if run.size]


def placed(before: Sequence[str], after: Sequence[str], kept: Sequence[Kept]) -> list[Kept]:
    """Each insertion or deletion where a person would read it, of all places where it says the same."""
    runs = _with_ends(before, after, extended(before, after, kept))
    for k in range(1, len(runs)):
        previous, following = runs[k - 1 : k + 1]
        change = _change(before, after, previous, following)
        if change:
            # a run between two changes keeps a token, or they would become one
            free = k + 1 == len(runs) or following.end == runs[k + 1][:2]
            left = change.slack_left(previous.size - (previous[:2] != (0, 0)))
            right = change.slack_right(following.size - (not free))
            shift = max(range(-left, right + 1), key=change.readings(left, right).__getitem__)
            runs[k - 1], runs[k] = _to_later(previous, shift), _from_earlier(following, -shift)
    return [run for run in runs if run.size]


@dataclass(frozen=True, slots=True)
class _Change:
    """An insertion that deletes nothing, or a deletion that inserts nothing: ``row[start:end]``."""

    row: Sequence[str]
    start: int
    end: int

    def slack_left(self, most: int) -> int:
        """By how many tokens it can begin earlier and say the same."""
        k = 0
        while k < most and self.row[self.end - 1 - k] == self.row[self.start - 1 - k]:
            k += 1
        return k

    def slack_right(self, most: int) -> int:
        """By how many tokens it can begin later and say the same."""
        k = 0
        while k < most and self.row[self.start + k] == self.row[self.end + k]:
            k += 1
        return k

    def readings(self, left: int, right: int) -> dict[int, tuple[int, ...]]:
        """How well it reads at each place, by how far that is to the right of where it is."""
        inside = self.row[self.start : self.end]
        lines, sentences = not BREAKS.isdisjoint(inside), not STOPS.isdisjoint(inside)
        depth = 0
        found: dict[int, tuple[int, ...]] = {}
        for shift in range(-left, right + 1):
            start, end = self.start + shift, self.end + shift
            first, last = self._word(start, 1, end), self._word(end - 1, -1, start - 1)
            earlier = self._word(start - 1, -1, -1)
            found[shift] = (
                -depth,
                lines and (start == 0 or self.row[start - 1] in BREAKS),
                sentences and (earlier == "" or earlier in STOPS or earlier in BREAKS),
                first in LINKS or last in LINKS,
                self.row[end - 1].isspace() - self.row[start].isspace(),
                shift,
            )
            depth += _opening(self.row[start])
        return found

    def _word(self, at: int, step: int, stop: int) -> str:
        """The first token that is not a space, from a place on."""
        while at != stop and self.row[at].isspace() and self.row[at] not in BREAKS:
            at += step
        return "" if at == stop else self.row[at]


def _change(before: Sequence[str], after: Sequence[str], run: Kept, following: Kept) -> _Change | None:
    i, j = run.end
    if (i == following.before) == (j == following.after):
        return None
    return _Change(after, j, following.after) if i == following.before else _Change(before, i, following.before)


def _with_ends(before: Sequence[str], after: Sequence[str], kept: Sequence[Kept]) -> list[Kept]:
    return [Kept(0, 0, 0), *kept, Kept(len(before), len(after), 0)]


def _from_earlier(run: Kept, tokens: int) -> Kept:
    return Kept(run.before - tokens, run.after - tokens, run.size + tokens)


def _to_later(run: Kept, tokens: int) -> Kept:
    return Kept(run.before, run.after, run.size + tokens)


class _Weight(NamedTuple):
    firm: int
    """Tokens that are never kept by chance."""
    letters: int
    han: int


def _by_chance(own: _Weight, changes: list[list[_Weight]]) -> bool:
    """Whether what weighs that is outweighed by the changes before and after it: what each deletes and inserts."""
    if own.firm or not all(max(weight.letters for weight in change) for change in changes):
        return False
    alone = own.han == 1 and own.letters == HAN
    needed = 0.5 if alone else own.letters
    sizes = [[weight.han if alone else weight.letters for weight in change] for change in changes]
    return min(map(max, sizes)) >= 2 * needed and min(map(sum, zip(*sizes, strict=True))) >= 4 * needed


def _weight(token: str) -> _Weight:
    if token in STOPS or token in BREAKS or _opening(token):
        return _Weight(1, 0, 0)
    if token.isspace():
        return _Weight(0, 0, 0)
    if token.isalnum() and category(token[0]) == "Lo":
        return _Weight(0, HAN * len(token), len(token))
    return _Weight(0, max(len(token), NUMBER if any(map(str.isdigit, token)) else 0), 0)


def _opening(token: str) -> int:
    """1 for a mark that opens, -1 for one that closes."""
    return {"Ps": 1, "Pe": -1}.get(category(token[0]), 0)
