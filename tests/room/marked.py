"""Write words that can be recognised into every part of a room, and leave its files as a crash would.

For test_plaintext.py: ``python marked.py FOLDER KEYS [unsealed]`` says on one line of JSON which words; ``unsealed`` is
the control, in which what is confidential is written as it stands.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import sqlite3
import sys
from pathlib import Path
from typing import Any

from tracktwo.room import keys
from tracktwo.room.house import House, migrated, opened


class Words:
    """Words that stand nowhere else, by the place where they are written."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}

    def text(self, place: str) -> str:
        """One more, with letters and Chinese characters."""
        # many characters, so that none of its forms is there by chance
        chosen = "".join(chr(0x4E00 + secrets.randbelow(20000)) for _ in range(12))
        self.made[place] = f"Zirbel{secrets.token_hex(5)}{chosen}"
        return self.made[place]

    def both(self, place: str) -> dict[str, str]:
        """One in each language."""
        return {"en": self.text(f"{place} en"), "zh": self.text(f"{place} zh")}


def main(folder: str, keys_path: str, *control: str) -> None:
    """Write them."""
    keys.install(keys.read(Path(keys_path).read_bytes()))
    home = House(Path(folder)).prepared()
    opened(home)
    if control:
        _unseal()
    migrated()
    words = Words()
    _write(words)
    _err(words)
    source = sqlite3.connect(home.database)
    with sqlite3.connect(home.folder / "backup.sqlite3") as target:
        source.backup(target)
    source.execute("VACUUM INTO ?", [str(home.folder / "vacuumed.sqlite3")])
    print(json.dumps(words.made), flush=True)
    os._exit(0)  # with its log of writes still there


def _unseal() -> None:
    from tracktwo.room import fields

    fields.seal = lambda value, **_: json.dumps(value).encode()
    fields.unseal = lambda envelope: json.loads(bytes(envelope))


def _write(words: Words) -> None:
    from room import marked_texts
    from room.talks import begun

    from tracktwo.room.concerns.models import Theme
    from tracktwo.room.people.models import Account, Meeting, Paper, Round, Seat

    talks = begun()
    talks.process.name, talks.process.code_name = words.both("name of the talks"), words.both("code name")
    talks.process.mandate, talks.process.custody = words.both("mandate"), words.both("custody")
    talks.process.save()
    Seat.objects.filter(pk=talks.seats["quill head"].pk).update(name=words.both("name of a person"))
    account = Account.objects.get(pk=talks.seats["quill head"].account_id)
    account.second_factor = {"secret": words.text("second factor")}
    account.save()
    theme = Theme.objects.create(process=talks.process, name=words.both("theme"))
    round_ = Round.objects.first()
    assert round_ is not None
    meeting = Meeting.objects.create(
        round=round_, format="plenary", title=words.both("meeting"), day=round_.begins,
        agenda={"items": [words.both("agenda")], "cleared": []}, actions={"items": [words.both("what follows")]},
    )  # fmt: skip
    Paper.objects.create(meeting=meeting, title=words.both("paper"), body=words.both("words of a paper"))
    _concerns(words, talks, str(theme.pk))
    _disclosure(words, talks)
    marked_texts.write(words, talks)


def _concerns(words: Words, talks: Any, theme: str) -> None:
    from tracktwo.room.concerns.models import Sounding, Statement, Waiting
    from tracktwo.room.concerns.raising import Given, raise_concern
    from tracktwo.room.concerns.voting_acts import open_sounding, vote
    from tracktwo.room.disclosure import hold_acts

    for to in ("mediator", "delegation", "nobody", "organisation", "seat"):
        given = Given(theme, words.both(f"concern to {to}"), [words.both(f"evidence to {to}")], to)
        raise_concern(talks.viewer("quill head"), given)
    waiting = Waiting.objects.first()
    assert waiting is not None
    hold_acts.place(talks.viewer("quill counsel"), waiting.pk, words.text("reason of a hold"))
    sounding = Sounding.objects.create(process=talks.process, title=words.both("sounding"))
    statement = Statement.objects.create(sounding=sounding, number=0, body=words.both("statement"))
    open_sounding(talks.viewer("mediator"), sounding)
    vote(talks.viewer("quill head"), sounding.pk, statement.pk, "agree")


def _disclosure(words: Words, talks: Any) -> None:
    from tracktwo.room.disclosure import confidence_acts, plan_acts

    given = {"text": words.text("confidence"), "condition": words.text("condition"), "then": "inform", "shared": True}
    confidence = confidence_acts.give(talks.viewer("quill head"), given | {"instruction": "conditional"})
    confidence_acts.use(talks.viewer("mediator"), confidence.pk, "inform", words.text("use"), True)
    lines = {"occasion": words.both("occasion"), "line": words.both("holding line"), "speaker": words.both("speaker")}
    plan_acts.write(talks.viewer("mediator"), lines)


def _err(words: Words) -> None:
    """What goes wrong is logged, to the standard error."""
    from django.test import Client

    asked = words.text("what was asked for")
    Client(headers={"host": f"{asked.encode().hex()}.example"}).get(f"/{asked}?{asked}")
    try:
        raise ValueError(asked)
    except ValueError:
        logging.getLogger("django.request").exception("%s", asked, extra={"asked": asked})


if __name__ == "__main__":
    main(*sys.argv[1:])
