"""What is confidential is nowhere to be read: not in the database, its logs, its backups, or what is logged."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from room import kept

from tracktwo.room.keys import Keys
from tracktwo.room.keys import write as write_keys

FILES = {"room.sqlite3", "room.sqlite3-wal", "room.sqlite3-shm", "backup.sqlite3", "vacuumed.sqlite3", "log"}
LOGGED = "what was asked for"


@dataclass(frozen=True)
class Left:
    """What a room that was worked in left on the disk, and the words that were written into it."""

    files: dict[str, bytes]
    words: dict[str, str]

    def places(self) -> dict[str, set[str]]:
        """For each word, the files in which it can be read, in whatever form."""
        return {
            place: {name for name, content in self.files.items() if any(each in content for each in forms(word))}
            for place, word in self.words.items()
        }


def left(place: Path, *control: str) -> Left:
    """Work in a room in a process of its own, and take all that it wrote."""
    folder = place / "room"
    place.mkdir()
    write_keys(place / "keys", Keys.new(), None)
    script = Path(__file__).with_name("marked.py")
    run = subprocess.run(
        [sys.executable, str(script), str(folder), str(place / "keys"), *control],
        env=kept.environment(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    files = {each.name: each.read_bytes() for each in folder.iterdir()} | {"log": run.stderr}
    return Left(files, json.loads(run.stdout))


def forms(word: str) -> Iterator[bytes]:
    """The ways in which a word may stand in a file."""
    for part in (word[:16], word[16:]):  # the letters, and the Chinese characters, by themselves
        for text in (part.encode(), part.encode("utf-16-le"), part.encode("utf-16-be"), part.encode("gb18030")):
            yield text
            yield text.hex().encode()
            yield text.hex().upper().encode()
            yield from encoded(text)
        yield json.dumps(part)[1:-1].encode()
        yield quote(part).encode()


def encoded(text: bytes) -> Iterator[bytes]:
    """What is the same in base64 wherever a text begins, in both alphabets."""
    for shift in range(3):
        inner = b64encode(b"\0" * shift + text)[4 if shift else 0 : -4]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def test_nothing_sealed_can_be_read_anywhere(tmp_path: Path) -> None:
    room = left(tmp_path / "sealed")
    assert set(room.files) >= FILES
    assert len(room.files["room.sqlite3-wal"]) > 100_000
    assert b"ERROR ValueError" in room.files["log"]
    assert {place: files for place, files in room.places().items() if files} == {}


def test_the_control_that_seals_nothing_is_read_everywhere(tmp_path: Path) -> None:
    places = left(tmp_path / "unsealed", "unsealed").places()
    assert places.pop(LOGGED) == set()  # what is logged has no words, sealed or not
    assert {place for place, files in places.items() if not {"backup.sqlite3", "vacuumed.sqlite3"} <= files} == set()
    assert {place for place, files in places.items() if not files & {"room.sqlite3", "room.sqlite3-wal"}} == set()


def test_a_word_is_found_in_whatever_form_it_stands() -> None:
    word = "Zirbel0123456789雪松石竹雪松石竹雪松石竹"
    assert min(map(len, forms(word))) >= 12  # none of them is there by chance
    in_base64 = b64encode(f"..{word}".encode()).decode()
    for content in (word, json.dumps(word), quote(word), word.encode("utf-16").hex(), in_base64):
        assert any(each in f"<{content}>".encode() for each in forms(word)), content
