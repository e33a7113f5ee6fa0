"""A server is killed again and again while people vote and raise concerns: what was acknowledged is there."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from room import kept
from room.hatch import AUTHOR, STATEMENTS, VOTERS

from tracktwo.room.house import House
from tracktwo.room.keys import Keys
from tracktwo.room.keys import write as write_keys
from tracktwo.room.serving import free_port

KILLS = int(os.environ.get("TRACKTWO_KILLS", "50"))
SENT = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
CHOICES = ("disagree", "pass", "agree")


@dataclass
class Room:
    """A room that is served by one process after the other."""

    home: House
    keys: Keys
    hatch: subprocess.Popen[str]
    holds: dict[str, Any]
    acknowledged: kept.Acknowledged = field(default_factory=kept.Acknowledged)
    wrong: list[str] = field(default_factory=list)
    """Answers that were neither an acknowledgement nor an end."""
    turns: int = 0

    def open(self) -> tuple[int, int]:
        """Serve it: the port, and the process."""
        port = free_port()
        assert self.hatch.stdin is not None
        assert self.hatch.stdout is not None
        self.hatch.stdin.write(f"{port}\n")
        self.hatch.stdin.flush()
        return port, int(self.hatch.stdout.readline())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room with open statements."""
    home, keys = House(tmp_path / "room").prepared(), Keys.new()
    write_keys(tmp_path / "keys", keys, None)
    script = Path(__file__).with_name("hatch.py")
    hatch = subprocess.Popen(
        [sys.executable, str(script), str(home.folder), str(tmp_path / "keys")],
        env=kept.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with hatch:
        assert hatch.stdout is not None
        yield Room(home, keys, hatch, json.loads(hatch.stdout.readline()))


@contextmanager
def seated(port: int, seat: str) -> Iterator[tuple[http.client.HTTPConnection, dict[str, str]]]:
    """A connection of somebody who sat down, as soon as there is an answer, and the headers of what is sent."""
    until = time.monotonic() + 30
    while True:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            try:
                connection.connect()
            except ConnectionRefusedError:
                assert time.monotonic() < until
                time.sleep(0.01)
                continue
            connection.request("POST", "/demo-sign-in", urlencode({"seat": seat}), SENT)
            answer = connection.getresponse()
            answer.read()
            yield connection, SENT | {"Cookie": answer.headers["Set-Cookie"].split(";")[0].strip()}
            return


def casting(room: Room, port: int, name: str) -> None:
    """Vote, one after the other, until the server is gone."""
    seat, sounding = room.holds["seats"][name], room.holds["sounding"]
    ballot = room.keys.mark("ballot", UUID(sounding).bytes, UUID(seat).bytes).hex
    chance = Random(f"{name} {room.turns}")
    with until_gone(), seated(port, seat) as (connection, head):
        while True:
            number, value = chance.randrange(STATEMENTS), chance.randrange(3)
            form = urlencode({"statement": room.holds["statements"][number], "choice": CHOICES[value]})
            room.acknowledged.pending.setdefault((ballot, number), set()).add(value)
            connection.request("POST", f"/statements/{sounding}/vote", form, head | {"HX-Request": "true"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                room.wrong.append(f"vote: {answer.status}")
                return
            room.acknowledged.votes[ballot, number] = value
            room.acknowledged.pending[ballot, number] = set()


def raising(room: Room, port: int) -> None:
    """Raise concerns, one after the other, until the server is gone."""
    with until_gone(), seated(port, room.holds["seats"][AUTHOR]) as (connection, head):
        for n in range(10**6):
            text = f"Concern {n} of turn {room.turns}"
            form = {"theme": room.holds["theme"], "text_en": text, "original": "en", "to": "mediator"}
            connection.request("POST", "/concerns/raise", urlencode(form), head)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 303:
                room.wrong.append(f"concern: {answer.status}")
                return
            room.acknowledged.concerns.add(text)
            time.sleep(0.05)  # the register is not what is loaded here


@contextmanager
def until_gone() -> Iterator[None]:
    """The server was killed: what was sent last was not acknowledged."""
    try:
        yield
    except (OSError, http.client.HTTPException):
        return


def kill(process: int) -> None:
    """Kill the process and its worker, which keeps a group of its own, at a moment."""
    children = Path(f"/proc/{process}/task/{process}/children")
    workers = children.read_text().split() if children.exists() else []
    for each in [*map(int, workers), process]:
        os.kill(each, signal.SIGKILL)


def free(home: House) -> bool:
    """Whether the lock is free, or is as soon as the kernel has swept up after the process."""
    for _ in range(100):
        try:
            with home.locked():
                return True
        except Exception:
            time.sleep(0.02)
    return False


def found(room: Room, place: Path, read: Callable[[Path], kept.Kept]) -> kept.Kept:
    """What a copy of the files says, which are left as the crash left them."""
    for ending in ("", "-wal"):
        source = room.home.folder / f"room.sqlite3{ending}"
        if source.exists():
            shutil.copy(source, place / source.name)
        else:
            (place / source.name).unlink(missing_ok=True)
    (place / "room.sqlite3-shm").unlink(missing_ok=True)
    return read(place / "room.sqlite3")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed")
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(room: Room, tmp_path: Path) -> None:
    chance, read, place = Random(50), kept.reader(room.keys.identity), tmp_path / "copy"
    place.mkdir()
    voted = 0
    for room.turns in range(KILLS):
        port, process = room.open()
        works = [threading.Thread(target=casting, args=(room, port, name)) for name in VOTERS]
        works.append(threading.Thread(target=raising, args=(room, port)))
        before = len(room.acknowledged.concerns)
        for work in works:
            work.start()
        until = time.monotonic() + 60
        while len(room.acknowledged.concerns) == before and not room.wrong and time.monotonic() < until:
            time.sleep(0.005)  # it answers
        time.sleep(chance.uniform(0, 0.4))
        kill(process)
        for work in works:
            work.join(60)
        assert not any(work.is_alive() for work in works)
        assert room.wrong == []
        assert free(room.home)
        after = found(room, place, read)
        assert (after.lost(room.acknowledged), after.halves, after.integrity) == (0, 0, "ok")
        voted += sum(choice != kept.NOT_YET for ballot in after.ballots.values() for choice in ballot)
    assert len(room.acknowledged.concerns) >= KILLS
    assert voted >= KILLS * len(VOTERS)
