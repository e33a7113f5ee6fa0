"""The export of a Polis conversation: votes, statements, groups and subject, each in a CSV file of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tracktwo.opinion.reading.ballots import Ballots, last_votes, with_recorded
from tracktwo.opinion.reading.identifiers import Labelled, is_integer
from tracktwo.opinion.reading.records import Progress, chunks, header, rows
from tracktwo.opinion.reading.sources import Files, Source, shown
from tracktwo.opinion.reading.statements import read_statements, texts, translations
from tracktwo.opinion.reading.table import plain, read_table
from tracktwo.opinion.votes import InputError, Statement, Votes

PARTICIPANTS = ("participants-votes.csv", "participant-votes.csv")
"""The table of people, as older and newer servers call it."""


def votes_file(files: Files) -> Source | None:
    """``votes.csv`` under any of its names."""
    return files.find("votes.csv", but=r"participants?[-_]votes\.csv$")


def people_file(files: Files) -> Source | None:
    """``participants-votes.csv`` under any of its names."""
    return next((found for name in PARTICIPANTS if (found := files.find(name)) is not None), None)


def is_export(files: Files) -> bool:
    """Whether the files are an export of Polis."""
    return votes_file(files) is not None or people_file(files) is not None


def read_export(
    files: Files,
    *,
    columns: Mapping[str, str] | None = None,
    statements: Sequence[Statement] = (),
    progress: Progress | None = None,
) -> Votes:
    """The votes of an export.

    Without ``votes.csv`` they are read from ``participants-votes.csv``, which has no times. The groups that the server
    had computed become ``recorded["group-id"]``, −1 where blank; people listed there who never voted are not added.
    ``statements`` take the place of ``comments.csv``.
    """
    cast, people = votes_file(files), people_file(files)
    if cast is not None:
        ballots = read_table(cast, columns=columns, progress=progress)
    elif people is not None:
        ballots = _wide(people)
    else:
        raise InputError(f"{files.name} holds no votes.csv.")
    comments, summary = files.find("comments.csv"), files.find("summary.csv")
    if not statements and comments is not None:
        statements = read_statements(comments)
    votes = last_votes(ballots, statements=statements, title=_title(summary) if summary else {})
    groups = _groups(people) if people is not None else None
    return votes if groups is None else with_recorded(votes, "group-id", groups)


def _title(source: Source) -> dict[str, str]:
    """The subject by language, from lines of a key and a value."""
    found: dict[str, str] = {}
    for _, records in chunks(source):
        for record in records:
            if len(record) > 1:
                for tag in translations(record[:1], "topic"):
                    found |= texts(record, {tag: 1})
    return found


def _participant(source: Source, names: Sequence[str]) -> int:
    own = [plain(name) for name in names]
    if own.count("participant") != 1:
        raise InputError(f'{source.name}, row 1: needs one column "participant".')
    return own.index("participant")


def _groups(source: Source) -> dict[str, int] | None:
    """Participant to the group that the server had computed; None where the file has no such column."""
    names = header(source)
    own = [plain(name) for name in names]
    if "group-id" not in own:
        return None
    who, which = _participant(source, names), own.index("group-id")
    found: dict[str, int] = {}
    for row, record in rows(source):
        if max(who, which) >= len(record) or not record[which].strip():
            continue
        group = record[which].strip().removesuffix(".0")
        if not is_integer(group):
            place = f"{source.name}, row {row}, column {shown(names[which])}"
            raise InputError(f"{place}: {shown(group)} is no number of a group.")
        if found.setdefault(record[who].strip(), int(group)) != int(group):
            raise InputError(f"{source.name}, row {row}: participant {shown(record[who])} is listed in two groups.")
    return found


def _wide(source: Source) -> Ballots:
    """The votes of a table with a row for each participant and a column for each statement, blank without a vote."""
    names = header(source)
    who = _participant(source, names)
    columns = [(j, name) for j, name in enumerate(names) if is_integer(name)]
    people: list[str] = []
    statements: list[str] = []
    votes: list[str] = []
    places: list[int] = []
    for row, record in rows(source):
        cells = [(name, record[j]) for j, name in columns if j < len(record) and record[j].strip()]
        people += [record[who]] * len(cells)
        statements += [name for name, _ in cells]
        votes += [vote for _, vote in cells]
        places += [row] * len(cells)
    return Ballots(
        source.name,
        Labelled.of(people),
        Labelled.of(statements),
        Labelled.of(votes),
        rows=np.array(places, dtype=np.int64),
        columns=(names[who], "", ""),
    )
