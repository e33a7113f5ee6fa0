"""Merging: several changes of the same words, where they can stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracktwo.text.comparing import diff

OPENING, CLOSING = "[［【", "]］】"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Some characters of a text, and what is to stand instead."""

    start: int
    end: int
    """The start, where something is inserted between two characters."""
    text: str
    gone: str = ""
    """The characters."""


def spans(old: str, new: str) -> tuple[Span, ...]:
    """What changes from one text to the other, as a person would mark it, in characters of the old one."""
    found: list[Span] = []
    position = 0
    for edit in diff(old, new):
        if edit.kind == "insert":
            before = found.pop() if found and found[-1].end == position else Span(position, position, "")
            found.append(Span(before.start, position, before.text + edit.text, before.gone))
            continue
        if edit.kind == "delete":
            found.append(Span(position, position + len(edit.text), "", edit.text))
        position += len(edit.text)
    return tuple(found)


def clashes(one: Sequence[Span], other: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """Where two changes of a text touch the same characters, or insert different words at the same place.

    Brackets that are put around words, or taken away, touch all the words between them. What both change alike does not
    clash.
    """
    found = {_place(a, b) for a in one for b in other if a != b and _touch(a, b)}
    for mine, theirs in ((one, other), (other, one)):
        new = [span for span in theirs if span not in mine]
        found.update(_place(span, span) for span in new for region in _bracketed(mine) if _within(span, region))
    return tuple(sorted(found))


def _touch(a: Span, b: Span) -> bool:
    if a.start == a.end and b.start == b.end:
        return a.start == b.start
    return a.start < b.end and b.start < a.end


def _place(a: Span, b: Span) -> tuple[int, int]:
    """What two spans that touch have in common; of an insertion within a deletion, the deletion."""
    start, end = max(a.start, b.start), min(a.end, b.end)
    return (start, end) if start < end else (min(a.start, b.start), max(a.end, b.end))


def _within(span: Span, region: tuple[int, int]) -> bool:
    if span.start == span.end:
        return region[0] <= span.start <= region[1]
    return span.start < region[1] and region[0] < span.end


def _bracketed(change: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """From where to where brackets come in or go that are opened by one span and closed by another."""
    waiting: list[int] = []
    for span in change:
        for text in (span.gone, span.text):
            opened: list[int] = []
            for character in text:
                if character in OPENING:
                    opened.append(span.start)
                elif character in CLOSING and opened:
                    opened.pop()
                elif character in CLOSING and waiting:
                    yield waiting.pop(), span.end
            waiting += opened


def merged(old: str, changes: Iterable[Sequence[Span]]) -> str:
    """The text with several changes that do not clash."""
    parts: list[str] = []
    position = 0
    for span in sorted({span for change in changes for span in change}):
        parts += [old[position : span.start], span.text]
        position = span.end
    return "".join([*parts, old[position:]])
