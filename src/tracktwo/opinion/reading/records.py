"""The records of a CSV file, with the row that a spreadsheet would show."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from tracktwo.opinion.reading.sources import MEBIBYTE, Source, shown
from tracktwo.opinion.votes import InputError

Progress = Callable[[str, float], None]

CHUNK = 65_536


def header(source: Source, *, delimiter: str = ",") -> list[str]:
    """The first record; InputError where there is none."""
    for _, records in chunks(source, delimiter=delimiter, length=1):
        if any(records[0]):
            return [name.strip() for name in records[0]]
        raise InputError(f"{source.name}, row 1: empty; the first row names the columns.")
    raise InputError(f"{source.name} is empty.")


def chunks(
    source: Source, *, delimiter: str = ",", length: int = CHUNK, progress: Progress | None = None
) -> Iterator[tuple[int, list[list[str]]]]:
    """Runs of records, each with the row of its first (the header is row 1).

    UTF-8 with or without a byte order mark. InputError names the row where the encoding, a quotation mark or the
    length of a field (131,072 characters) is wrong.
    """
    _refuse_binary(source)
    row = 1
    with source.open() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        while True:
            try:
                records = list(islice(reader, length))
            except UnicodeDecodeError:
                raise InputError(_encoding(source, delimiter)) from None
            except csv.Error as error:
                raise InputError(_broken(source, delimiter, str(error))) from None
            if not records:
                return
            yield row, records
            row += len(records)
            if progress is not None:
                progress("reading", raw.tell() / max(1, source.size))


def rows(source: Source, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Each record after the header that has anything in it, with its row.

    InputError where it has more fields than the header.
    """
    width = 0
    for first, records in chunks(source, delimiter=delimiter):
        for row, record in enumerate(records, first):
            if row == 1:
                width = len(record)
            elif any(record):
                if len(record) > width:
                    raise InputError(ragged(source, row, record, width))
                yield row, record


def table(source: Source) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and filled records of a small table, its fields parted by commas, semicolons or tabs."""
    names: list[str] = []
    for delimiter in ",;\t":
        names = header(source, delimiter=delimiter)
        if len(names) > 1:
            return names, list(rows(source, delimiter=delimiter))
    return header(source), list(rows(source))


def ragged(source: Source, row: int, record: Sequence[str], width: int) -> str:
    """The sentence for a record whose fields do not fit the header."""
    hint = "; put a field that has a comma in it between quotation marks" if len(record) > width else ""
    return f"{source.name}, row {row}: {len(record)} fields where the header has {width}{hint}."


def _refuse_binary(source: Source) -> None:
    head = source.head(MEBIBYTE)
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise InputError(f'{source.name} is encoded as UTF-16; save it as UTF-8 (in Excel, "CSV UTF-8").')
    if head[:2] == b"\x1f\x8b":
        raise InputError(f"{source.name} is packed with gzip; unpack it first.")
    if len(head) == MEBIBYTE and not re.search(rb"[\r\n]", head):
        raise InputError(f"{source.name}, row 1: longer than a megabyte; this is no CSV file.")


def _encoding(source: Source, delimiter: str) -> str:
    """The sentence that says where a file stops being UTF-8."""
    with source.open() as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        names: list[str] = []
        try:
            for row, record in enumerate(csv.reader(text, delimiter=delimiter), 1):
                names = names or record
                for j, field in enumerate(record):
                    if re.search("[\udc80-\udcff]", field):
                        column = f", column {shown(names[j])}" if row > 1 and j < len(names) else ""
                        return f'{source.name}, row {row}{column}: not UTF-8; save the file as UTF-8 ("CSV UTF-8").'
        except csv.Error:
            pass
    return f'{source.name} is not UTF-8; save the file as UTF-8 ("CSV UTF-8").'


def _broken(source: Source, delimiter: str, error: str) -> str:
    """The sentence that says where a file stops being CSV."""
    row = 1
    with source.open() as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        try:
            for _ in csv.reader(text, delimiter=delimiter, strict=True):
                row += 1
        except csv.Error:
            pass
    if "field limit" in error:
        what = "a field is longer than 131,072 characters, or a quotation mark is never closed"
    elif "end of data" in error:
        what = "a quotation mark is never closed"
    elif "expected after" in error:
        what = 'text follows a closing quotation mark; write a quotation mark within a field twice ("")'
    else:
        what = f"not CSV ({error})"
    return f"{source.name}, row {row}: {what}."
