"""The linking game of SECURITY: eight delegations act in a secret order, and what the disk then holds is copied out.

``python linking.py FOLDER KIND ROUNDS`` plays in a process of its own and writes, for every round, what the attacker
finds in the file and its log (``exhibits``), and apart from it who raised what (``truth``). KIND is ``room``, or one of
two controls that an ordinary program would have written: ``numbered`` (rows numbered and dated as they come) and
``hidden`` (random identifiers, and the row number that SQLite keeps unasked).
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

DELEGATIONS, GAME = 8, 10
"""Delegations, and rounds after which a fresh copy of the room is played in, so that files stay small."""
Exhibit = dict[str, list[dict[str, Any]]]


def main(folder: str, kind: str, rounds: str) -> None:
    """Play."""
    play = _room(Path(folder)) if kind == "room" else _ordinary(Path(folder), numbered=kind == "numbered")
    found = [play(turn) for turn in range(int(rounds))]
    (Path(folder) / "exhibits").write_text(json.dumps([exhibit for exhibit, _ in found]))
    (Path(folder) / "truth").write_text(json.dumps([truth for _, truth in found]))


def text(delegation: int) -> str:
    """What a delegation writes: each has its own habit of length, and no two texts are the same."""
    return f"{uuid.uuid4().hex[:12]} " + "word " * (40 * delegation + random.randrange(20))


def order() -> list[int]:
    """Who acts when in a round."""
    return random.SystemRandom().sample(range(DELEGATIONS), DELEGATIONS)


def exhibit(database: Path, tables: dict[str, str], known: set[str]) -> Exhibit:
    """All that is to be seen of the rows that were not known before: what they say, and where and how they lie."""
    files = [database.read_bytes(), Path(f"{database}-wal").read_bytes()]
    shown: Exhibit = {}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for table, query in tables.items():
            rows = connection.execute(query).fetchall()
            shown[table] = [
                _row(place, row, files) for place, row in enumerate(rows) if _key(row) not in known
            ]  # fmt: skip
            known |= {_key(row) for row in rows}
    connection.close()
    return shown


def _key(row: Any) -> str:
    return str(row[2])


def _row(place: int, row: Any, files: list[bytes]) -> dict[str, Any]:
    """A row (identifier, organisation, mark that is found in the raw bytes, size, time if there is one)."""
    identifier, organisation, mark, size, moment = row
    disk, log = ((each.find(mark.encode()), each.rfind(mark.encode())) for each in files)
    number = identifier if isinstance(identifier, int) else int(identifier, 16)
    return {
        "mark": mark,
        "organisation": organisation,
        "identifier": number,
        "selected": place,
        "size": size,
        "time": moment,
        "first on disk": disk[0],
        "last on disk": disk[1],
        "first in log": log[0],
        "last in log": log[1],
    }


def _room(folder: Path) -> Callable[[int], tuple[Exhibit, dict[str, int]]]:
    from tracktwo.room import keys
    from tracktwo.room.house import House, migrated, opened

    keys.install(keys.Keys.new())
    opened(House(folder))
    migrated()
    viewers, mediator, theme = _eight()
    from django.db import connection

    connection.close()
    template, database, known = folder / "template", folder / "room.sqlite3", set[str]()
    shutil.copy(database, template)
    tables = {
        "concern": "SELECT id, organisation_id, id, length(body) + length(evidence) + length(outcomes), 0"
        " FROM room_concern",
        "confidence": "SELECT c.id, s.organisation_id, c.id, length(body), 0 FROM room_confidence c"
        " JOIN room_seat s ON s.id = c.author_id",
    }
    bodies: dict[str, int] = {}

    def play(turn: int) -> tuple[Exhibit, dict[str, int]]:
        if turn % GAME == 0:
            connection.close()
            for each in folder.glob("room.sqlite3*"):
                each.unlink()
            shutil.copy(template, database)
            known.clear()
        for number in order():
            _act(viewers[number], number, theme, bodies)
        return exhibit_of(mediator)

    def exhibit_of(mediator: Any) -> tuple[Exhibit, dict[str, int]]:
        from tracktwo.room.concerns.models import Concern
        from tracktwo.room.concerns.raising import release

        release(mediator)
        unattributed = Concern.objects.filter(organisation=None)
        truth = {row.id.hex: bodies[row.body["en"]] for row in unattributed if row.id.hex not in known}
        organisations = {viewer.organisation.id.hex: number for number, viewer in enumerate(viewers)}
        return _numbered(exhibit(database, tables, known), organisations), truth

    return play


def _numbered(shown: Exhibit, organisations: dict[str, int]) -> Exhibit:
    for rows in shown.values():
        for row in rows:
            row["organisation"] = organisations.get(row["organisation"])
    return shown


def _eight() -> tuple[list[Any], Any, str]:
    """Eight delegates of as many delegations, the mediator, and a theme."""
    from room.talks import begun, seated

    from tracktwo.room.concerns.models import Theme
    from tracktwo.room.people.models import Organisation, Side

    talks = begun()
    sides = list(Side.objects.filter(process=talks.process).order_by("mark"))
    for number in range(4, DELEGATIONS):
        organisation = Organisation.objects.create(
            process=talks.process, side=sides[number % 2], name={"en": f"Delegation {number}", "zh": f"第{number}方"}
        )
        talks.seats[f"{number} delegate"] = seated(talks.process, f"{number} delegate", "delegate", organisation)
    theme = Theme.objects.create(process=talks.process, name={"en": "Misuse", "zh": "滥用"})
    delegates = [name for name in talks.seats if name.endswith(" delegate")]
    return [talks.viewer(name) for name in delegates], talks.viewer("mediator"), str(theme.pk)


def _act(viewer: Any, number: int, theme: str, bodies: dict[str, int]) -> None:
    """One delegation's turn: attributed acts close around the unattributed one, which is all an attacker could wish."""
    from tracktwo.room.concerns.raising import Given, raise_concern
    from tracktwo.room.concerns.wording import worded
    from tracktwo.room.disclosure.confidence_acts import give

    told = {"text": text(number), "instruction": "never", "condition": "", "then": "", "shared": False}
    give(viewer, told)
    for to in ("nobody", "seat", "delegation"):
        said = text(number)
        bodies[said] = number
        raise_concern(viewer, Given(theme, worded({"en": said, "zh": ""}, "en"), [], to))


def _ordinary(folder: Path, *, numbered: bool) -> Callable[[int], tuple[Exhibit, dict[str, int]]]:
    query = "SELECT id, organisation, mark, length(body), made FROM {}"
    tables = {table: query.format(table) for table in ("concern", "confidence")}
    known: set[str] = set()
    connection = None

    def write(table: str, organisation: int | None, number: int) -> str:
        mark = uuid.uuid4().hex
        row = (None if numbered else mark, organisation, mark, text(number), time.time_ns() if numbered else 0)
        connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", row)
        return mark

    def play(turn: int) -> tuple[Exhibit, dict[str, int]]:
        nonlocal connection
        database = folder / f"ordinary{turn // GAME}.sqlite3"
        if turn % GAME == 0:
            connection = _ordinary_file(database, numbered)
        truth = {}
        for number in order():
            write("confidence", number, number)
            truth[write("concern", None, number)] = number
            write("concern", number, number)
            write("concern", number, number)
        return exhibit(database, tables, known), truth

    return play


def _ordinary_file(database: Path, numbered: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    kind = "INTEGER PRIMARY KEY AUTOINCREMENT" if numbered else "TEXT PRIMARY KEY"
    for table in ("concern", "confidence"):
        connection.execute(
            f"CREATE TABLE {table} (id {kind}, organisation INTEGER, mark TEXT, body TEXT, made INTEGER)"
        )
    return connection


if __name__ == "__main__":
    main(*sys.argv[1:])
