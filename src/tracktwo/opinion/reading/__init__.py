"""Foreign votes in: exports of Polis, its JSON, long tables; from a file, a folder, a zip archive or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tracktwo.opinion.reading.ballots import last_votes
from tracktwo.opinion.reading.sources import Files, Source, archive, file, folder, printable
from tracktwo.opinion.reading.statements import read_statements
from tracktwo.opinion.reading.table import read_table
from tracktwo.opinion.votes import InputError, Statement, Votes

__all__ = ["read", "require_analysable"]

TABLES = {".csv", ".tsv", ".parquet"}
STANDARD_INPUT = "standard input"


def read(
    source: str | Path | BinaryIO,
    *,
    columns: Mapping[str, str] | None = None,
    statements: str | Path | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Votes:
    """The last vote of each person on each statement, the same whatever the order of the rows.

    ``source`` is an export of Polis (folder or zip), a folder or zip of its JSON files, a long table (CSV or Parquet),
    ``-`` for standard input or a binary stream (CSV, Parquet or zip, told apart by their first bytes). ``columns``
    names the columns of a long table, ``{"participant": "who", "statement": …, "vote": …, "timestamp": …}``, where
    they have none of the usual names. ``statements`` is a table like Polis' ``comments.csv``. ``progress`` is called
    with a word and a share from 0 to 1.

    A person's last vote in time counts; earlier ones are counted in ``revotes``. An empty vote is refused, not taken
    for a pass. Statements that are described but not voted on are kept. Nothing is ever unpacked to disk.

    Raises InputError with one sentence that names the file, the row as a spreadsheet counts it, and the column.
    """
    described: Sequence[Statement] = read_statements(file(Path(statements))) if statements is not None else ()
    if not isinstance(source, str | Path):
        return _read_source(_stream(source), columns, described, progress)
    if source == "-":
        return _read_source(Source(STANDARD_INPUT, data=_standard_input()), columns, described, progress)
    path = Path(source)
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if is_folder:
        return _read_files(folder(path), columns, described, progress)
    return _read_source(file(path), columns, described, progress)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError(f"{STANDARD_INPUT} is closed; pipe the votes in, or name their file.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(f"{STANDARD_INPUT} cannot be read: {error.strerror}.") from None


def _stream(stream: BinaryIO) -> Source:
    data = stream.read()
    if not isinstance(data, bytes):
        raise InputError("The votes are to be read from a stream of bytes; open the file in binary mode.")
    name = getattr(stream, "name", None)
    return Source(printable(name) if isinstance(name, str) and name != "<stdin>" else STANDARD_INPUT, data=data)


def _read_source(
    source: Source,
    columns: Mapping[str, str] | None,
    statements: Sequence[Statement],
    progress: Callable[[str, float], None] | None,
) -> Votes:
    head = source.head(4)
    if head[:2] == b"PK" and head[2:] in {b"\x03\x04", b"\x05\x06"}:
        return _read_files(archive(source), columns, statements, progress)
    if head == b"PAR1":
        from tracktwo.opinion.reading.parquet import read_parquet

        return last_votes(read_parquet(source, columns=columns), statements=statements)
    if not head:
        raise InputError(f"{source.name} is empty.")
    if source.name.lower().endswith(".json"):
        raise InputError(f"{source.name}: give the folder that holds votes.json, not one of its files.")
    return last_votes(read_table(source, columns=columns, progress=progress), statements=statements)


def _read_files(
    files: Files,
    columns: Mapping[str, str] | None,
    statements: Sequence[Statement],
    progress: Callable[[str, float], None] | None,
) -> Votes:
    from tracktwo.opinion.reading import polis_blobs, polis_export

    if polis_blobs.is_blobs(files):
        return polis_blobs.read_blobs(files, statements=statements)
    if polis_export.is_export(files):
        return polis_export.read_export(files, columns=columns, statements=statements, progress=progress)
    tables = [
        source for name, source in files.files.items() if Path(name).suffix.lower() in {".csv", ".tsv", ".parquet"}
    ]
    if len(tables) == 1:
        return _read_source(tables[0], columns, statements, progress)
    raise InputError(f"{files.name} holds neither votes.csv nor votes.json, nor a single table; give the file itself.")


def require_analysable(votes: Votes) -> None:
    """Raise InputError where there is nothing to compare: one participant, one statement, or every vote the same."""
    voted = np.unique(votes.columns)
    if not len(votes.codes):
        raise InputError("There are no votes.")
    if votes.n < 2:
        raise InputError("Only one participant voted; at least two are needed.")
    if len(voted) < 2:
        raise InputError("Only one statement was voted on; at least two are needed.")
    if len(np.unique(votes.values)) < 2:
        raise InputError("Every vote is the same; there is nothing to tell apart.")
