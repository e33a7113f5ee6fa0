"""A long table of votes: one row a vote, as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np

from tracktwo.opinion.reading import scan
from tracktwo.opinion.reading.ballots import Ballots
from tracktwo.opinion.reading.identifiers import Integers, Labelled, Numbering
from tracktwo.opinion.reading.moments import Moments
from tracktwo.opinion.reading.records import Progress, chunks, header, ragged
from tracktwo.opinion.reading.sources import Source, shown
from tracktwo.opinion.votes import InputError

NAMES: Mapping[str, tuple[str, ...]] = {
    "participant": (
        *("participant-id", "participant", "voter-id", "voter", "person-id", "person", "user-id", "user"),
        *("delegate-id", "delegate", "respondent-id", "respondent", "pid"),
    ),
    "statement": (
        *("statement-id", "statement", "comment-id", "comment", "item-id", "item", "question-id", "question", "tid"),
    ),
    "vote": ("vote", "value", "answer", "response", "choice", "opinion"),
    "timestamp": ("timestamp", "time", "modified", "created", "created-at", "voted-at"),
}
"""What the columns are called where the caller does not name them, first choice first; case, spaces and
underscores do not matter."""

SCAN_FROM = 8 << 20
"""Bytes from which a plain table is read by Polars' streaming scan."""


def plain(name: str) -> str:
    """A column's name in small letters with dashes."""
    return name.strip().lower().replace("_", "-").replace(" ", "-")


def locate(names: Sequence[str], *, name: str, columns: Mapping[str, str] | None = None) -> dict[str, int]:
    """Where participant, statement, vote and (if there is one) timestamp stand among the columns.

    ``columns`` names some of them; ``{"timestamp": ""}`` reads the table as one without times. InputError where one
    is missing or there twice.
    """
    given = dict(columns or {})
    for role in given.keys() - NAMES.keys():
        raise InputError(f"{shown(role)} is no column of votes; name participant, statement, vote or timestamp.")
    found: dict[str, int] = {}
    for role, usual in NAMES.items():
        if role == "timestamp" and given.get(role) == "":
            continue
        wanted = (given[role],) if role in given else usual
        place = next((p for n in wanted for p in [_column(names, n, name)] if p is not None), None)
        if place is not None:
            found[role] = place
        elif role != "timestamp" or role in given:
            raise InputError(_missing(names, role, wanted, name, named=role in given))
    for role, place in found.items():
        if list(found.values()).count(place) > 1:
            raise InputError(f"{name}: column {shown(names[place])} cannot be the {role} and something else as well.")
    return found


def _column(names: Sequence[str], wanted: str, name: str) -> int | None:
    """Where a column stands, by its exact name or else by its plain one."""
    for form in (str, plain):
        places = [j for j, own in enumerate(names) if form(own) == form(wanted)]
        if len(places) > 1:
            raise InputError(f"{name}, row 1: two columns are called {shown(names[places[0]])}; rename one of them.")
        if places:
            return places[0]
    return None


def _missing(names: Sequence[str], role: str, wanted: Sequence[str], name: str, *, named: bool) -> str:
    listed = ", ".join(shown(n, length=30) for n in names[:8]) + (", …" if len(names) > 8 else "")
    if named:
        return f"{name}, row 1: no column {shown(wanted[0])} for the {role}; its columns are {listed}."
    return (
        f"{name}, row 1: no column for the {role} ({', '.join(wanted[:4])}, …); its columns are {listed}. "
        f"Say which one holds the {role}."
    )


def read_table(
    source: Source, *, columns: Mapping[str, str] | None = None, progress: Progress | None = None
) -> Ballots:
    """The votes of a long CSV table, its fields parted by commas, semicolons or tabs.

    InputError where a column is missing or a row cannot be read.
    """
    delimiter, names = _delimiter(source, columns)
    found = locate(names, name=source.name, columns=columns)
    if delimiter == "," and source.size >= SCAN_FROM:
        ballots = scan.scan_table(source, names=names, found=found)
        if ballots is not None:
            return ballots
    return _read(source, delimiter, names, found, progress)


def _delimiter(source: Source, columns: Mapping[str, str] | None) -> tuple[str, list[str]]:
    """The character between fields, and the header: the first with which the columns are found, else the comma."""
    names = header(source)
    for delimiter in ",;\t":
        try:
            tried = names if delimiter == "," else header(source, delimiter=delimiter)
            locate(tried, name=source.name, columns=columns)
        except InputError:
            continue
        return delimiter, tried
    return ",", names


def _read(
    source: Source, delimiter: str, names: Sequence[str], found: Mapping[str, int], progress: Progress | None
) -> Ballots:
    roles = ("participant", "statement", "vote")
    numbering = {role: Numbering() for role in roles}
    codes: dict[str, list[Integers]] = {role: [] for role in roles}
    rows: list[Integers] = []
    moments = Moments(source.name, names[found["timestamp"]]) if "timestamp" in found else None
    for first, records in chunks(source, delimiter=delimiter, progress=progress):
        kept, numbers = _filled(source, first, records, len(names), max(found.values()))
        rows.append(numbers)
        for role in roles:
            codes[role].append(numbering[role].codes(map(itemgetter(found[role]), kept)))
        if moments is not None:
            moments.add(list(map(itemgetter(found["timestamp"]), kept)), numbers)
    participants, statements, votes = (Labelled(np.concatenate(codes[role]), list(numbering[role])) for role in roles)
    return Ballots(
        source.name,
        participants,
        statements,
        votes,
        times=moments.times() if moments is not None else None,
        rows=np.concatenate(rows),
        columns=(names[found["participant"]], names[found["statement"]], names[found["vote"]]),
    )


def _filled(
    source: Source, first: int, records: list[list[str]], width: int, needed: int
) -> tuple[list[list[str]], Integers]:
    """The records that hold anything, without the header, and their rows."""
    numbers = np.arange(first, first + len(records))
    if first == 1:
        records, numbers = records[1:], numbers[1:]
    if set(map(len, records)) <= {width} and all(map(any, records)):
        return records, numbers
    filled = [any(record) for record in records]
    for row, record in zip(numbers, records, strict=True):
        if any(record) and not needed < len(record) <= width:
            raise InputError(ragged(source, int(row), record, width))
    return [record for record, some in zip(records, filled, strict=True) if some], numbers[np.array(filled, dtype=bool)]
