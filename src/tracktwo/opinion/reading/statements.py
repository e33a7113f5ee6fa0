"""The statements of a conversation, from a table such as Polis' ``comments.csv``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tracktwo.opinion.reading.records import table
from tracktwo.opinion.reading.sources import Source, shown
from tracktwo.opinion.reading.table import NAMES, plain
from tracktwo.opinion.votes import InputError, Statement

BODIES = ("comment-body", "statement-body", "text", "body", "txt", "sentence")
MODERATED = ("moderated", "mod")
META = ("is-meta", "meta")
TRUE = {"true", "t", "1", "yes", "y"}
FALSE = {"false", "f", "0", "no", "n", ""}


def clean(text: str) -> str:
    """A foreign sentence as data: lone surrogates and control characters (but newline and tab) become U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text).strip()


def language(tag: str) -> str:
    """A language tag in its usual case: ``zh-hans-CN`` becomes ``zh-Hans-CN`` (BCP 47, section 2.1.1)."""
    first, *more = tag.replace("_", "-").split("-")
    return "-".join(
        [first.lower(), *(p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in more)]
    )


def translations(names: Sequence[str], base: str) -> dict[str, int]:
    """Language tag to column: ``base`` itself is "", ``base-en`` is "en"."""
    found: dict[str, int] = {}
    for j, name in enumerate(names):
        fitting = re.fullmatch(re.escape(base) + r"(?:-([a-z]{2,3}(?:-[a-z0-9]{2,8})*))?", plain(name))
        if fitting:
            found.setdefault(language(fitting[1] or ""), j)
    return found


def texts(record: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Language tag to text, empty ones left out."""
    written = {tag: clean(record[j]) for tag, j in columns.items() if j < len(record)}
    return {tag: text for tag, text in written.items() if text}


def moderation(text: str, place: str) -> int:
    """−1, 0 or 1; an empty text is 0. InputError otherwise."""
    try:
        number = float(text or 0)
    except ValueError:
        number = 2.0
    if number not in (-1, 0, 1):
        raise InputError(f"{place}: {shown(text)} is none of −1 (moderated out), 0 (undecided) and 1 (moderated in).")
    return int(number)


def truth(text: str, place: str) -> bool:
    """True or false as tables write them; InputError otherwise."""
    if text.lower() not in TRUE | FALSE:
        raise InputError(f"{place}: {shown(text)} is neither true nor false.")
    return text.lower() in TRUE


def read_statements(source: Source) -> list[Statement]:
    """The statements, in the order of the file.

    Columns: the id (``comment-id``, ``statement-id``, …); the sentence as ``comment-body``, or ``comment-body-en`` and
    so on with a BCP 47 tag for each language; optionally ``moderated`` and ``is-meta``. Counts of votes are not read:
    Polis counts re-votes in them too. InputError names row and column.
    """
    names, records = table(source)
    own = {plain(name): j for j, name in reversed(list(enumerate(names)))}
    bodies = next((found for found in (translations(names, body) for body in BODIES) if found), {})
    usual = [name for name in (*NAMES["statement"], "id") if own.get(name, -1) not in {-1, *bodies.values()}]
    if not usual:
        raise InputError(f"{source.name}, row 1: no column for the id of the statement ({NAMES['statement'][0]}, …).")
    columns = {
        "id": own[usual[0]],
        "moderated": next((own[name] for name in MODERATED if name in own), -1),
        "meta": next((own[name] for name in META if name in own), -1),
    }
    found: dict[str, tuple[int, Statement]] = {}
    for row, record in records:
        cells = {role: record[j].strip() if 0 <= j < len(record) else "" for role, j in columns.items()}
        place = {role: f"{source.name}, row {row}, column {shown(names[j])}" for role, j in columns.items()}
        if not cells["id"]:
            raise InputError(f"{place['id']}: the statement has no id.")
        statement = Statement(
            cells["id"],
            texts(record, bodies),
            moderation(cells["moderated"], place["moderated"]),
            truth(cells["meta"], place["meta"]),
        )
        before = found.setdefault(statement.id, (row, statement))
        if before[1] != statement:
            raise InputError(f"{place['id']}: statement {shown(statement.id)} stands in row {before[0]} differently.")
    return [statement for _, statement in found.values()]
