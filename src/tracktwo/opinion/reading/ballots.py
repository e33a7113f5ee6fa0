"""Votes as they were cast, one row each, and what remains of them: the last vote of each person on each statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.reading.identifiers import LONGEST, Integers, Labelled, in_order, ranks
from tracktwo.opinion.reading.sources import shown
from tracktwo.opinion.votes import InputError, Statement, Votes


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """N votes in the order of their source."""

    name: str
    """What a message calls the source."""
    participants: Labelled
    """(N,) ids."""
    statements: Labelled
    """(N,) ids."""
    votes: Labelled
    """(N,) as written."""
    times: Integers | None = None
    """(N,)"""
    rows: Integers | None = None
    """(N,) row of each vote; None where votes stand in unbroken rows from 2."""
    columns: tuple[str, str, str] = ("participant", "statement", "vote")
    """Names of the columns in the source; the last is "" where each statement has a column."""
    unit: str = "row"
    agree: int = 1
    """The number that means agreement."""

    def place(self, position: int, column: str = "") -> str:
        """Where a vote stands, for a sentence."""
        row = position + 2 if self.rows is None else int(self.rows[position])
        return f"{self.name}, {self.unit} {row}" + (f", column {shown(column)}" if column else "")


def last_votes(
    ballots: Ballots, *, statements: Sequence[Statement] = (), title: Mapping[str, str] | None = None
) -> Votes:
    """The last vote of each person on each statement; the statements are those described and those voted on.

    InputError where there are no votes, an id is empty or holds control characters, a vote is none, or two different
    votes of a person on a statement cannot be told apart in time.
    """
    if not len(ballots.votes.codes):
        raise InputError(f"{ballots.name} holds no votes.")
    _refuse_bad_ids(ballots, ballots.participants, "participant", ballots.columns[0], longest=LONGEST)
    _refuse_bad_ids(ballots, ballots.statements, "statement", ballots.columns[1], longest=131_072)
    values = _values(ballots)
    participants, place = ranks(ballots.participants)
    person = ballots.participants.renumbered(place)
    described, column = _columns(ballots, statements)
    packed = person * len(described)
    packed += column
    packed <<= 2
    packed += values
    packed += 1
    kept, revotes = _last(ballots, packed)
    starts = np.arange(len(participants) + 1) * (4 * len(described))
    indptr = np.searchsorted(kept, starts)
    codes = kept - np.repeat(starts[:-1], np.diff(indptr))
    return Votes(
        participants,
        described,
        indptr.astype(np.int64),
        codes.astype(np.uint16) if len(described) <= 16_383 else codes.astype(np.uint32),
        first_vote=_first(ballots, person, len(participants)),
        revotes=revotes,
        title=dict(title or {}),
    )


def _refuse_bad_ids(ballots: Ballots, ids: Labelled, what: str, column: str, *, longest: int) -> None:
    if isinstance(ids.labels, np.ndarray):
        return
    for label, text in enumerate(ids.labels):
        text = text.strip()
        if text and text.isprintable() and len(text) <= longest:
            continue
        place = ballots.place(ids.first(label), column)
        if not text:
            raise InputError(f"{place}: the {what} is empty; give every vote its {what}.")
        if len(text) > longest:
            raise InputError(f"{place}: an id of {len(text):,} characters; {longest} are the most.")
        if any(ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 for c in text):
            raise InputError(f"{place}: the id {shown(text)} holds control characters; remove them.")


def _values(ballots: Ballots) -> NDArray[np.int8]:
    """(N,) −1, 0 or 1 with agreement as 1."""
    labels = ballots.votes.labels
    numbers = np.zeros(len(labels), dtype=np.int8)
    for label, text in enumerate(labels):
        try:
            number = float(text)
        except ValueError:
            number = np.nan
        if number not in (-1, 0, 1):
            first = ballots.votes.first(label)
            column = ballots.columns[2] or str(ballots.statements.labels[ballots.statements.codes[first]])
            place = ballots.place(first, column)
            if not str(text).strip():
                raise InputError(f"{place}: the vote is empty; write 0 for a pass and leave out a row without a vote.")
            raise InputError(
                f"{place}: the vote {shown(text)} is none of {ballots.agree:+d} (agree), 0 (pass) and "
                f"{-ballots.agree:+d} (disagree)."
            )
        numbers[label] = int(number) * ballots.agree
    return numbers[ballots.votes.codes]


def _columns(ballots: Ballots, statements: Sequence[Statement]) -> tuple[tuple[Statement, ...], Integers]:
    """All statements, ascending by id, and (N,) which of them each vote is on."""
    described = {statement.id: statement for statement in statements}
    voted = [str(label).strip() for label in ballots.statements.labels]
    ordered = in_order([*described, *voted])
    place = {label: j for j, label in enumerate(ordered)}
    column = np.array([place[label] for label in voted], dtype=np.int64)
    return tuple(described.get(j) or Statement(j) for j in ordered), ballots.statements.renumbered(column)


def _last(ballots: Ballots, packed: Integers) -> tuple[Integers, int]:
    """The distinct votes, ascending, that no later vote replaces, and how many were replaced."""
    ordered = np.sort(packed)
    pair = ordered >> 2
    again = pair[1:] == pair[:-1]
    if not again.any():
        return ordered, 0
    repeated = np.append(again, False)
    repeated[1:] |= again
    chosen = _among(packed >> 2, np.unique(pair[repeated]))
    times = np.zeros(len(chosen), dtype=np.int64) if ballots.times is None else ballots.times[chosen]
    cast = packed[chosen]
    order = np.lexsort((cast, times, cast >> 2))
    cast, times = cast[order], times[order]
    fresh = np.append(True, (cast[1:] != cast[:-1]) | (times[1:] != times[:-1]))
    cast, times = cast[fresh], times[fresh]
    final = np.append((cast[1:] >> 2) != (cast[:-1] >> 2), True)
    rival = final[1:] & ~final[:-1] & (times[1:] == times[:-1])
    if rival.any():
        first = int(np.argmax(rival))
        _refuse_rivals(ballots, packed, int(cast[first]), int(times[first]))
    return np.sort(np.concatenate([ordered[~repeated], cast[final]])), int(len(cast) - final.sum())


def _among(values: Integers, wanted: Integers) -> Integers:
    """Where the values lie that are among some, ascending; a table of their last bits is asked first."""
    bits = (1 << max(16, min(24, 8 + len(wanted).bit_length()))) - 1
    table = np.zeros(bits + 1, dtype=bool)
    table[wanted & bits] = True
    candidates = np.flatnonzero(table[values & bits])
    place = np.minimum(np.searchsorted(wanted, values[candidates]), len(wanted) - 1)
    return np.compress(wanted[place] == values[candidates], candidates)


def _refuse_rivals(ballots: Ballots, packed: Integers, vote: int, time: int) -> None:
    """Say which two votes of one person on one statement contradict each other."""
    same = packed >> 2 == vote >> 2
    if ballots.times is not None:
        same &= ballots.times == time
    first = int(np.argmax(same & (packed == vote)))
    other = int(np.argmax(same & (packed != vote)))
    first, other = sorted((first, other))
    row = ballots.place(other).rsplit(" ", 1)[1]
    who, what = (
        shown(str(column.labels[column.codes[first]]).strip()) for column in (ballots.participants, ballots.statements)
    )
    when = "no times" if ballots.times is None else "the same time"
    raise InputError(
        f"{ballots.place(first)} and {ballots.unit} {row}: participant {who} votes differently on statement {what} "
        f"with {when}; keep one of the votes, or give the time of each."
    )


def _first(ballots: Ballots, person: Integers, people: int) -> Integers | None:
    if ballots.times is None:
        return None
    first = np.full(people, np.iinfo(np.int64).max)
    np.minimum.at(first, person, ballots.times)
    return first


def with_recorded(votes: Votes, name: str, by_participant: Mapping[str, int]) -> Votes:
    """The same votes with a number that the source had computed for each participant; −1 where it has none."""
    numbers = [by_participant.get(str(participant), -1) for participant in votes.participants.tolist()]
    return replace(votes, recorded={**votes.recorded, name: np.array(numbers, dtype=np.int64)})
