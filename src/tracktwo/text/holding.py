"""Where a bracket says who holds it, and where its own words begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracktwo.text.holders import holders
from tracktwo.text.parsing import EDGE
from tracktwo.text.prose import Bracket, Prose, Stance

_COLON = re.compile(r"[:：]")
_DASHES = re.compile(r"\s*[–—-]+")
_STYLE = re.compile(r"\s*([*_]*)")


@dataclass(frozen=True, slots=True)
class Holding:
    """The parts of a bracket, in characters from the beginning of the paragraph."""

    start: int
    """Where its words begin, after the holders' names and the colon."""
    end: int
    """Where its words end, before the dash and the names of those who reserve."""
    names: tuple[tuple[Stance, tuple[tuple[int, int], ...]], ...] = ()
    """Where each holder's name begins and ends, by stance, in their order."""
    whole: bool = False
    """Whether it only names who would delete, and has no words: ``[delete: A]``."""

    def last(self, stance: Stance) -> tuple[int, int] | None:
        """Where the last name of a stance stands; None where there is none."""
        return next((places[-1] for each, places in self.names if each == stance), None)


def holding(prose: Prose, bracket: Bracket, body: str | None = None) -> Holding:
    """The parts of a bracket; ``body`` is its paragraph, where that is at hand."""
    start, end = bracket.inner
    stances = dict.fromkeys(holder.stance for holder in bracket.holders)
    if not stances:
        return Holding(start, end)
    body = prose.render() if body is None else body
    if "deletes" in stances:
        return Holding(end, end, (("deletes", _names(body, bracket, "deletes", _after_colon(body, start, end))),), True)
    begins, ends = start, end
    names: list[tuple[Stance, tuple[tuple[int, int], ...]]] = []
    if "proposes" in stances:
        begins = _words(body, start, end)
        names.append(("proposes", _names(body, bracket, "proposes", start)))
    if "reserves" in stances:
        ends = _dash(body, begins, end, bracket)
        names.append(("reserves", _names(body, bracket, "reserves", ends)))
    return Holding(begins, ends, tuple(names))


def _after_colon(body: str, start: int, end: int) -> int:
    found = _COLON.search(body, start, end)
    return found.end() if found else start


def _words(body: str, start: int, end: int) -> int:
    """Where the words begin: after the colon, emphasis of the names that ends there, and spaces."""
    colon = _after_colon(body, start, end)
    opened = _STYLE.match(body, start)
    emphasis = opened[1] if opened else ""
    position = colon
    if emphasis and body[start : colon - 1].rstrip()[-1:] not in {"*", "_"} and body.startswith(emphasis, colon):
        position += len(emphasis)
    while position < end and body[position] in " \t\u3000":
        position += 1
    return position


def _dash(body: str, start: int, end: int, bracket: Bracket) -> int:
    """Where the dash stands after which those who reserve are named."""
    reserving = tuple(holder.name for holder in bracket.holders if holder.stance == "reserves")
    for found in reversed(list(_DASHES.finditer(body, max(start, end - EDGE), end))):
        named = holders("", body[found.start() : end], reserving)
        if tuple(holder.name for holder in named) == reserving:
            return found.start()
    return end


def _names(body: str, bracket: Bracket, stance: Stance, position: int) -> tuple[tuple[int, int], ...]:
    places = []
    for holder in bracket.holders:
        if holder.stance == stance:
            at = body.index(holder.name, position)
            position = at + len(holder.name)
            places.append((at, position))
    return tuple(places)
