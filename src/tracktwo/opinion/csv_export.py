"""The public document of an analysis as CSV tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tracktwo.opinion.reading.statements import clean
from tracktwo.opinion.votes import InputError
from tracktwo.writing import write_together

Row = Mapping[str, Any]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")

PARTICIPANTS = ("id", "x", "y", "group", "confidence")
COUNTS = ("agree", "disagree", "pass", "share", "share-low", "share-high")
STATEMENTS = (
    *("id", "moderated", "meta", "included", *COUNTS, "consensus", "common-ground"),
    *(f"common-{way}-{part}" for way in ("agree", "disagree") for part in ("posterior", "estimate", "low", "high")),
    *("priority", "bridging", "bridging-low", "bridging-high", "bridging-factor", "slate"),
)
CAMPS = (
    *("statement", "kind", "camp", "letter", "size", *COUNTS),
    *("difference", "difference-p", "difference-q", "difference-found", "representative", "suppressed"),
)
SUPPRESSED = ("what", "reason", "kind", "camp", "letter", "statements")


def spreadsheet_safe(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    A text that begins, after any space, with =, +, −, @ or their full-width forms, or with a tab or a line break, gets
    an apostrophe before it; a plain number such as -1 stays as it is (OWASP, "CSV Injection").
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def write_tables(document: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write the tables of :func:`tables` into the folder, all or none; their paths.

    The folder is made if there is none; tables that an earlier analysis wrote are replaced, other files are left alone.
    Raises InputError, with nothing written, where the folder is a file or holds another file of one of these names.
    """
    written = tables(document, folder)
    try:
        write_together(written)
    except OSError as error:
        raise InputError(f"The tables cannot be written to {folder}: {error.strerror}.") from None
    return list(written)


def tables(document: Mapping[str, Any], folder: Path) -> dict[Path, bytes]:
    """participants.csv, statements.csv, camps.csv (a row for each statement and camp) and suppressed.csv of a folder.

    UTF-8 with a byte order mark, which Excel needs for Chinese. What the document leaves out is an empty cell.
    Raises InputError where the folder holds another file of one of these names.
    """
    languages = sorted({tag for statement in document["statements"] for tag in statement["text"]})
    content = {
        "participants.csv": _table(PARTICIPANTS, document["participants"]),
        "statements.csv": _table((*STATEMENTS, *_tagged("text", languages)), _statements(document)),
        "camps.csv": _table((*CAMPS, *_tagged("name", _name_languages(document))), _camps(document)),
        "suppressed.csv": _table(SUPPRESSED, _suppressed(document)),
    }
    for name in content:
        _refuse_foreign(folder / name)
    return {folder / name: rows for name, rows in content.items()}


def _refuse_foreign(path: Path) -> None:
    """Refuse to replace a table that is not one of these."""
    known = {"participants.csv": PARTICIPANTS, "statements.csv": STATEMENTS, "camps.csv": CAMPS}
    wanted = ",".join(known.get(path.name, SUPPRESSED))
    try:
        if not path.exists() or (path.is_file() and _head(path).startswith(b"\xef\xbb\xbf" + wanted.encode())):
            return
    except OSError as error:
        raise InputError(f"{path} cannot be replaced: {error.strerror}.") from None
    raise InputError(f"{path} is not a table that tracktwo wrote; choose another folder, it would be replaced.")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(map(_cell, columns))
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else spreadsheet_safe(clean(str(value)))


def _tagged(base: str, languages: Iterable[str]) -> list[str]:
    return [f"{base}-{tag}" if tag else base for tag in languages]


def _texts(base: str, texts: Mapping[str, str]) -> Row:
    return {f"{base}-{tag}" if tag else base: text for tag, text in texts.items()}


def _counts(counted: Mapping[str, Any]) -> Row:
    share = counted["share"] or {}
    return {
        **{name: counted[name] for name in ("agree", "disagree", "pass")},
        "share": share.get("estimate"),
        "share-low": share.get("low"),
        "share-high": share.get("high"),
    }


def _statements(document: Mapping[str, Any]) -> Iterator[Row]:
    common = {id_: way for way in ("agree", "disagree") for id_ in document["common_ground"][way]}
    slate = {id_: place for place, id_ in enumerate((document["slate"] or {"statements": ()})["statements"], 1)}
    for statement in document["statements"]:
        bridging = statement["bridging"] or {}
        yield {
            **{name: statement[name] for name in ("id", "moderated", "meta", "included", "consensus", "priority")},
            **_counts(statement),
            **_texts("text", statement["text"]),
            "common-ground": common.get(statement["id"]),
            **{
                f"common-{way}-{part}": (statement["common"][way] or {}).get(part)
                for way in ("agree", "disagree")
                for part in ("posterior", "estimate", "low", "high")
            },
            "bridging": bridging.get("intercept"),
            "bridging-low": bridging.get("low"),
            "bridging-high": bridging.get("high"),
            "bridging-factor": bridging.get("factor"),
            "slate": slate.get(statement["id"]),
        }


def _by_index(document: Mapping[str, Any]) -> dict[tuple[str, int], Mapping[str, Any]]:
    return {(camp["kind"], camp["index"]): camp for camp in document["camps"]}


def _name_languages(document: Mapping[str, Any]) -> list[str]:
    return sorted({tag for camp in document["camps"] for tag in camp["name"]})


def _camps(document: Mapping[str, Any]) -> Iterator[Row]:
    camps = _by_index(document)
    for statement in document["statements"]:
        for kind, cells in (("side", "sides"), ("delegation", "delegations"), ("group", "groups")):
            for cell in statement[cells]:
                camp = camps[kind, cell["id"]]
                difference = cell["difference"] or {}
                yield {
                    "statement": statement["id"],
                    "kind": kind,
                    "camp": cell["id"],
                    "letter": camp["letter"],
                    "size": camp["size"],
                    **_counts(cell),
                    "difference": difference.get("value"),
                    "difference-p": difference.get("p"),
                    "difference-q": difference.get("q"),
                    "difference-found": difference.get("found"),
                    "representative": cell["representative"],
                    "suppressed": cell["suppressed"],
                    **_texts("name", camp["name"]),
                }


def _suppressed(document: Mapping[str, Any]) -> Iterator[Row]:
    camps = _by_index(document)
    for entry in document["suppressed"]:
        camp = camps.get((entry["kind"], entry["camp"]), {})
        yield {
            **{name: entry[name] for name in ("what", "reason", "kind", "camp")},
            "letter": camp.get("letter"),
            "statements": " ".join(entry["statements"] or ()),
        }
