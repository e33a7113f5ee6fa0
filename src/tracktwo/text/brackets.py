"""Brackets: what is done with one, on the body of a provision.

Each act gives the new body: the spaces beside what was removed are mended (:mod:`tracktwo.text.spacing`), every other
character is as it was. Brackets are named by their numbers in the body that is given
(:class:`tracktwo.text.prose.Bracket`); after an act they are counted anew.

``labels`` are those of the draft's definitions of links, ``parties`` the names of its delegations, as for
:func:`tracktwo.text.parsing.parse`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tracktwo.text.errors import TextError
from tracktwo.text.holding import holding
from tracktwo.text.parsing import parse
from tracktwo.text.prose import Bracket, Prose, Stance
from tracktwo.text.spacing import seam

State = Literal["open", "narrowed", "lifted", "dropped", "merged", "parked"]
"""What became of a bracket."""
Fate = Literal["lifted", "dropped"]
"""What an act may do to a bracket: its words stay without it, or fall with it."""
REACH = 1000
"""Characters on either side of what is removed that are looked at for the spaces to be mended."""


def lift(body: str, number: int, *, labels: Collection[str] = (), parties: Collection[str] = ()) -> str:
    """The body with the words of a bracket agreed: without its marks and the names of its holders.

    Of ``[delete: A]``, which has no words, nothing stays. TextError if there is no such bracket.
    """
    return resolved(body, {number: "lifted"}, labels=labels, parties=parties)


def drop(body: str, number: int, *, labels: Collection[str] = (), parties: Collection[str] = ()) -> str:
    """The body without a bracket and all that is in it. TextError if there is no such bracket."""
    return resolved(body, {number: "dropped"}, labels=labels, parties=parties)


def choose(
    body: str, numbers: Iterable[int], number: int, *, labels: Collection[str] = (), parties: Collection[str] = ()
) -> str:
    """The body with one of several brackets that stand side by side lifted, and the others dropped.

    TextError if there is no such bracket, or they do not stand side by side.
    """
    group = {*numbers, number}
    chosen = _bracket(parse(body, labels=labels, parties=parties), number)
    for other in sorted(group):
        if other != number and other not in chosen.beside:
            raise TextError(
                f"Bracket {other + 1} of this paragraph does not stand side by side with bracket {number + 1}, "
                "so that one cannot be chosen instead of the other. Lift or drop each by itself."
            )
    fates: dict[int, Fate] = {each: "lifted" if each == number else "dropped" for each in group}
    return resolved(body, fates, labels=labels, parties=parties)


def narrow(body: str, number: int, content: str, *, labels: Collection[str] = (), parties: Collection[str] = ()) -> str:
    """The body with other words in a bracket; the holders that are written in it stay.

    TextError if there is no such bracket, it has no words, or the new ones are none or would not stay within it.
    """
    prose = parse(body, labels=labels, parties=parties)
    bracket = _bracket(prose, number)
    held = holding(prose, bracket)
    if held.whole:
        raise TextError(f"Bracket {number + 1} only names who would delete; it has no words that could be narrowed.")
    if not content.strip():
        raise TextError(f"Bracket {number + 1} would be empty. Drop it instead.")
    narrowed = f"{body[: held.start]}{content}{body[held.end :]}"
    after = parse(narrowed, labels=labels, parties=parties)
    grown = len(narrowed) - len(body)
    within = [each for each in after.brackets if each.start == bracket.start]
    if not within or (within[0].end, within[0].closing) != (bracket.end + grown, bracket.closing):
        raise TextError(
            f"The words “{content}” open or close a bracket that is not theirs. Give words whose brackets match."
        )
    return narrowed


def hold(
    body: str, number: int, name: str, stance: Stance, *, labels: Collection[str] = (), parties: Collection[str] = ()
) -> str:
    """The body with one more holder named in a bracket, where it names holders of that stance; else as it is.

    TextError if there is no such bracket, or nobody is named.
    """
    prose = parse(body, labels=labels, parties=parties)
    bracket = _bracket(prose, number)
    held = holding(prose, bracket)
    last = held.last(stance)
    if not name.strip():
        raise TextError(f"Nobody is named who would hold bracket {number + 1}.")
    if last is None or any(each.name == name and each.stance == stance for each in bracket.holders):
        return body
    comma = "、" if "\u4e00" <= name[0] <= "\u9fff" else ", "
    return f"{body[: last[1]]}{comma}{name}{body[last[1] :]}"


def unhold(body: str, number: int, name: str, *, labels: Collection[str] = (), parties: Collection[str] = ()) -> str:
    """The body with a holder's name taken out of a bracket, where it is written there; else as it is.

    With the last name of a stance, what announced it goes (``[EU: text]`` becomes ``[text]``), and a bracket that held
    nothing else (``[delete: A]``) is dropped. TextError if there is no such bracket.
    """
    prose = parse(body, labels=labels, parties=parties)
    bracket = _bracket(prose, number)
    held = holding(prose, bracket)
    for stance, names in held.names:
        mine = next((place for place in names if body[slice(*place)] == name), None)
        if mine is None:
            continue
        if len(names) == 1:
            if held.whole:
                return drop(body, number, labels=labels, parties=parties)
            start, end = bracket.inner
            gone = (start, held.start) if stance == "proposes" else (held.end, end)
        else:
            at = names.index(mine)
            gone = (names[at - 1][1], mine[1]) if at else (mine[0], names[1][0])
        return body[: gone[0]] + body[gone[1] :]
    return body


def resolved(
    body: str, fates: Mapping[int, Fate], *, labels: Collection[str] = (), parties: Collection[str] = ()
) -> str:
    """The body with several brackets lifted or dropped at once: those that are dropped first, then the others.

    What stands in a bracket that is dropped falls, whatever its own fate. TextError if there is no such bracket.
    """
    prose = parse(body, labels=labels, parties=parties)
    for number in fates:
        _bracket(prose, number)
    opening = {bracket.start for bracket in prose.brackets}
    done: list[str] = []
    left, position = "", 0
    for each in _seams(_cuts(body, prose, fates)):
        left += body[position : each.start]
        done.append(left[:-REACH])
        left = left[-REACH:]
        apart = _apart(each, left.endswith(("]", "］", "】")), each.end in opening)
        stays, between, goes_on = seam(left, body[each.end : each.end + REACH], apart=apart)
        left, position = f"{left[:stays]}{between}", each.end + goes_on
    return "".join([*done, left, body[position:]])


@dataclass(frozen=True, slots=True)
class _Cut:
    """Characters that go, and why: an opening or closing mark, or a whole bracket."""

    start: int
    end: int
    what: Literal["open", "close", "whole"]


@dataclass(frozen=True, slots=True)
class _Seam:
    """Cuts without anything between them."""

    start: int
    end: int
    what: tuple[Literal["open", "close"], ...]
    """The marks among them; whole brackets leave no trace."""


def _cuts(body: str, prose: Prose, fates: Mapping[int, Fate]) -> Iterator[_Cut]:
    """What goes, in any order; nothing within what goes whole."""
    gone = 0
    for bracket in prose.brackets:
        fate = fates.get(bracket.number)
        if fate is None or bracket.end <= gone:
            continue
        held = holding(prose, bracket, body)
        if fate == "dropped" or held.whole:
            gone = bracket.end
            yield _Cut(bracket.start, bracket.end, "whole")
        else:
            yield _Cut(bracket.start, held.start, "open")
            if held.end < bracket.end:
                yield _Cut(held.end, bracket.end, "close")


def _seams(cuts: Iterable[_Cut]) -> Iterator[_Seam]:
    last: _Seam | None = None
    for cut in sorted(cuts, key=lambda each: each.start):
        marks: tuple[Literal["open", "close"], ...] = () if cut.what == "whole" else (cut.what,)
        if last is not None and last.end == cut.start:
            last = _Seam(last.start, cut.end, last.what + marks)
            continue
        if last is not None:
            yield last
        last = _Seam(cut.start, cut.end, marks)
    if last is not None:
        yield last


def _apart(at: _Seam, closed: bool, opens: bool) -> bool:
    """Whether ``][`` stood here, and is there no more."""
    marks = at.what
    if not marks:
        return False
    row = (*(("close",) if closed else ()), *marks, *(("open",) if opens else ()))
    return ("close", "open") in pairwise(row)


def _bracket(prose: Prose, number: int) -> Bracket:
    if not 0 <= number < len(prose.brackets):
        count = len(prose.brackets)
        there = f"it has {count}" if count else "it has none"
        raise TextError(
            f"There is no bracket {number + 1} in this paragraph; {there}. "
            "Someone may have lifted or dropped it: look at the latest draft."
        )
    return prose.brackets[number]


__all__ = ["Fate", "State", "choose", "drop", "hold", "lift", "narrow", "resolved", "unhold"]
