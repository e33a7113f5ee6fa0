"""Raise concerns and vote from many threads in a room of its own, and write down what was acknowledged.

``python workload.py FOLDER KEYS SYNCHRONOUS``, run by test_durability.py under a disk that is watched.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tracktwo.room import keys
from tracktwo.room.house import House, migrated, opened

ROUNDS, STATEMENTS = 24, 40
VOTERS = ("quill head", "lantern delegate", "cloudberry expert", "sandglass alternate")


def main(folder: str, keys_path: str, synchronous: str) -> None:
    """Open the room as it is opened in earnest, but for ``synchronous``, and work in it."""
    keys.install(keys.read(Path(keys_path).read_bytes()))
    home = House(Path(folder))
    opened(home)
    _synchronous(synchronous)
    migrated()
    diary = os.open(home.folder / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def acknowledged(**what: object) -> None:
        os.write(diary, json.dumps(what).encode() + b"\n")

    works = _works(acknowledged)
    acknowledged(begun=True)
    threads = [threading.Thread(target=_finishing, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _synchronous(wanted: str) -> None:
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", f"synchronous={wanted}")


def _works(acknowledged: Callable[..., None]) -> list[Callable[[], None]]:
    from room.talks import begun

    from tracktwo.room.concerns.models import Sounding, Statement, Theme

    talks = begun()
    theme = Theme.objects.create(process=talks.process, name={"en": "Misuse", "zh": "滥用"})
    sounding = Sounding.objects.create(process=talks.process, title={"en": "S", "zh": "观"}, state="open")
    statements = [
        Statement.objects.create(sounding=sounding, number=number, body={"en": f"Statement {number}", "zh": ""})
        for number in range(STATEMENTS)
    ]
    raising = [_raising(talks.viewer(name), str(theme.pk), acknowledged) for name in VOTERS]
    return raising + [_voting(talks.viewer(name), sounding, statements, acknowledged) for name in VOTERS]


def _raising(viewer, theme, acknowledged):  # type: ignore[no-untyped-def]
    from tracktwo.room.concerns.raising import Given, raise_concern

    def work() -> None:
        for turn in range(ROUNDS):
            text = f"{viewer.seat.name['en']} {turn}"
            to = ("mediator", "delegation", "nobody", "seat")[turn % 4]
            raise_concern(viewer, Given(theme, {"en": text, "zh": ""}, [], to))
            acknowledged(concern=text)

    return work


def _voting(viewer, sounding, statements, acknowledged):  # type: ignore[no-untyped-def]
    from tracktwo.room.concerns.voting import ballot_of
    from tracktwo.room.concerns.voting_acts import vote

    def work() -> None:
        ballot = ballot_of(sounding.pk, viewer.seat.pk).hex
        for statement in statements:
            choice = ("disagree", "pass", "agree")[statement.number % 3]
            vote(viewer, sounding.pk, statement.pk, choice)
            acknowledged(vote=[ballot, statement.number, statement.number % 3])

    return work


def _finishing(work: Callable[[], None]) -> None:
    from django.db import connection

    try:
        work()
    finally:
        connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
