"""Claim: 1,000 votes a second acknowledged and durable, p99 under 60 ms, on SQLite; 600 where a flush takes 3 ms.

It is voted in two ways. By the act: as many threads as there are voters each call what a vote comes to (right, ballot,
commit) and wait until it is durable; what is left out are the server and the page. By HTTP: votes go to a room that
runs as ``tracktwo serve`` runs it, in a process of its own, from voters who are each signed in on a seat of their own
and wait for each answer before they vote again, as the page does: a vote is sent as a form and answered with the way
to the next card, or sent by htmx and answered with the card.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks.measuring import ROOT, table, verdict

FAST, P99, SLOW = 1000, 0.060, 600
FLUSH = 3000
"""Microseconds that a flush of the slow disk takes."""
VOTERS, STATEMENTS = 24, 120
WARM, SECONDS, RUNS = 2.0, 5.0, 5
SHIM = ROOT / "tests" / "room" / "disk.c"


@dataclass
class Measured:
    """What one run came to."""

    rate: float
    taken: list[float] = field(repr=False)
    worked: float = 0.0
    """Processor time of the server for each vote."""

    def percentile(self, q: float) -> float:
        """The time within which so many percent of the votes were acknowledged."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(q / 100 * len(self.taken)))]


def main() -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="tracktwo-load-") as name:
        place = Path(name)
        shim = _shim(place)
        disks: list[tuple[str, dict[str, str], int]] = [("this disk", {}, FAST)]
        if shim:
            disks.append(("3 ms to flush", _slow(shim), SLOW))
        for disk, more, limit in disks:
            for way, runs in (("the act", _acts), ("HTTP, a form", _forms), ("HTTP, the next card", _cards)):
                rows.append(_row(f"{way}, {disk}", runs(place / f"{len(rows)}", more), limit))
    flush = _flush_seconds()
    table(
        f"Votes of {VOTERS} voters on {STATEMENTS} statements; this disk flushes in {1000 * flush:.1f} ms",
        ("by", "votes/s", "of its limit", "p50", "p99", "of its limit", "processor/vote"),
        rows,
    )
    if shim is None:
        print("There is no C compiler here, or no LD_PRELOAD: the slow disk was not measured.")


def _row(what: str, runs: list[Measured], limit: int) -> tuple[Any, ...]:
    rate, p99 = median(run.rate for run in runs), median(run.percentile(99) for run in runs)
    return (
        what,
        f"{rate:.0f}",
        verdict(round(rate), limit, at_least=True),
        f"{1000 * median(run.percentile(50) for run in runs):.0f} ms",
        f"{1000 * p99:.0f} ms",
        verdict(round(1000 * p99), 1000 * P99) if limit == FAST else "",
        f"{1e6 * median(run.worked for run in runs):.0f} µs",
    )


def _acts(folder: Path, more: dict[str, str]) -> list[Measured]:
    """So many runs in one process."""
    room = _python("furnish", str(folder))
    runs = json.loads(_python("act", str(folder), room, **more))
    return [Measured(**run) for run in runs]


def _forms(folder: Path, more: dict[str, str]) -> list[Measured]:
    return _runs(folder, more, paged=False)


def _cards(folder: Path, more: dict[str, str]) -> list[Measured]:
    return _runs(folder, more, paged=True)


def _runs(folder: Path, more: dict[str, str], paged: bool) -> list[Measured]:
    """So many runs against one server."""
    room = json.loads(_python("furnish", str(folder)))
    with serving(folder, more) as (port, pid):
        voters = [_signed_in(port, seat) for seat in room["seats"]]
        load(port, pid, voters, room, paged=paged, seconds=WARM)
        return [load(port, pid, voters, room, paged=paged, seconds=SECONDS) for _ in range(RUNS)]


# the room


def furnish(folder: str) -> None:
    """Make a room with so many voters on seats of their own, and one open sounding; print their identifiers."""
    from datetime import date

    from tracktwo.room import keys
    from tracktwo.room.house import House, migrated, opened

    home, made = House(Path(folder)).prepared(), keys.Keys.new()
    keys.write(home.keys, made, None)
    keys.install(made)
    with home.locked():
        opened(home)
        migrated()
        print(json.dumps(_talks(date.today())))


def _talks(today: Any) -> dict[str, Any]:
    from tracktwo.room.concerns.models import Sounding, Statement
    from tracktwo.room.people.models import Account, Organisation, Process, Seat, Side
    from tracktwo.room.people.rules import Rules

    def named(text: str) -> dict[str, str]:
        return {"en": text, "zh": f"{text}（中）"}

    process = Process.objects.create(
        name=named("Talks"), code_name=named("Heron"), mandate=named(""), custody=named(""), rules=Rules().data()
    )
    sides = [Side.objects.create(process=process, mark=mark, name=named(mark)) for mark in "AB"]
    organisations = [
        Organisation.objects.create(process=process, side=sides[i % 2], name=named(f"D{i}")) for i in range(8)
    ]
    seats = []
    for i in range(VOTERS):
        account = Account.objects.create(name_mark=f"{i:032x}", password="!", language=("en", "zh")[i % 2])
        seats.append(
            Seat.objects.create(
                process=process, organisation=organisations[i % 8], account=account, role="delegate",
                name=named(f"Delegate {i}"), state=Seat.State.ACTIVE, begins=today,
            )
        )  # fmt: skip
    sounding = Sounding.objects.create(process=process, title=named("S"), state="open", opened_on=today)
    statements = [
        Statement.objects.create(
            sounding=sounding, number=n, body=named(f"Systems of kind {n} are tested by both sides.")
        )
        for n in range(STATEMENTS)
    ]
    return {
        "seats": [str(seat.pk) for seat in seats],
        "sounding": str(sounding.pk),
        "statements": [str(each.pk) for each in statements],
    }


def serve(folder: str, port: str) -> None:
    """Serve it, as ``tracktwo serve`` does; anybody may take any seat."""
    from tracktwo.room import keys
    from tracktwo.room.house import House
    from tracktwo.room.serving import serve as serving_

    home = House(Path(folder))
    serving_(home, keys.read(home.keys.read_bytes()), port=int(port), demo=True)


@contextmanager
def serving(folder: Path, more: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A server: its port, and the process that works."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load", "serve", str(folder), str(port)],
        cwd=ROOT,
        env=_environment(**more),
    )
    try:
        _wait(port, process)
        yield port, _worker(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            _asked(port, b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        except OSError:
            if process.poll() is not None:
                sys.exit("The server did not start.")
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not answer.")


def _worker(parent: int) -> int:
    """The child that answers, which has worked most; the process itself where the system does not tell."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    found = [int(each) for each in children.read_text().split()] if children.exists() else []
    return max(found, key=_processor, default=parent)


def _signed_in(port: int, seat: str) -> str:
    """The cookie of a voter who took a seat."""
    body = urlencode({"seat": seat}).encode()
    head = (
        f"POST /demo-sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{_FORM}Content-Length: {len(body)}\r\n"
    )
    answer = _asked(port, head.encode() + b"\r\n" + body)
    found = re.search(rb"[Ss]et-[Cc]ookie:\s*(room=\w+)", answer)
    if found is None:
        sys.exit(f"A voter could not sign in: {answer.splitlines()[0].decode()}")
    return found[1].decode()


_FORM = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def _asked(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


# the load


def act(folder: str, furnished: str) -> None:
    """Vote by the act, from threads of one process; print what the runs came to."""
    from dataclasses import asdict

    from tracktwo.room import keys
    from tracktwo.room.house import House, opened

    home, room = House(Path(folder)), json.loads(furnished)
    keys.install(keys.read(home.keys.read_bytes()))
    with home.locked():
        opened(home)
        _voted(room, WARM)
        print(json.dumps([asdict(_voted(room, SECONDS)) for _ in range(RUNS)]))


def _voted(room: dict[str, Any], seconds: float) -> Measured:
    from django.db import connection
    from django.utils import timezone

    from tracktwo.room.access import Viewer
    from tracktwo.room.concerns.voting_acts import vote
    from tracktwo.room.people.models import Seat

    sounding, statements = UUID(room["sounding"]), [UUID(each) for each in room["statements"]]
    taken: list[float] = []
    began, worked = time.perf_counter(), time.process_time()

    def voter(start: int, pk: str) -> None:
        seat = Seat.objects.select_related("account", "process", "organisation").get(pk=pk)
        turn = start
        while (sent := time.perf_counter()) < began + seconds:
            choice = ("agree", "disagree", "pass")[(turn // len(statements) + turn) % 3]
            vote(Viewer(seat.account, seat, timezone.localdate()), sounding, statements[turn % len(statements)], choice)
            taken.append(time.perf_counter() - sent)
            turn += 1
        connection.close()

    threads = [Thread(target=voter, args=(7 * i, seat)) for i, seat in enumerate(room["seats"])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    lasted = time.perf_counter() - began
    return Measured(len(taken) / lasted, taken, (time.process_time() - worked) / max(1, len(taken)))


class Voter:
    """One connection that is kept open, one vote at a time."""

    def __init__(self, port: int, cookie: str, room: dict[str, Any], start: int, paged: bool) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.setblocking(False)
        self.path = f"/statements/{room['sounding']}/vote"
        self.head = f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n{_FORM}"
        if paged:
            self.head += "HX-Request: true\r\n"
        self.statements, self.turn = room["statements"], start
        self.wanted = b"HTTP/1.1 200" if paged else b"HTTP/1.1 303"
        self.received, self.sent = b"", 0.0

    def vote(self) -> None:
        """Send the next vote, never the same twice in a row."""
        choice = ("agree", "disagree", "pass")[(self.turn // len(self.statements) + self.turn) % 3]
        body = f"statement={self.statements[self.turn % len(self.statements)]}&choice={choice}"
        self.turn += 1
        self.sent = time.perf_counter()
        self.connection.send(f"{self.head}Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def answered(self) -> bool:
        """Take what has come; whether the answer is whole."""
        self.received += self.connection.recv(65536)
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return False
        found = re.search(rb"\r\ncontent-length: (\d+)", self.received[:end], re.IGNORECASE)
        if len(self.received) < end + 4 + int(found[1] if found else 0):
            return False
        if not self.received.startswith(self.wanted):
            sys.exit(f"A vote was answered with {self.received[:200]!r}")
        self.received = b""
        return True


def load(port: int, pid: int, cookies: list[str], room: dict[str, Any], *, paged: bool, seconds: float) -> Measured:
    """Vote from all of them for so many seconds."""
    voters = [Voter(port, cookie, room, 7 * i, paged) for i, cookie in enumerate(cookies)]
    waiting, taken = selectors.DefaultSelector(), []
    for voter in voters:
        waiting.register(voter.connection, selectors.EVENT_READ, voter)
        voter.vote()
    began, worked = time.perf_counter(), _processor(pid)
    until = began + seconds
    while (now := time.perf_counter()) < until:
        for key, _ in waiting.select(1.0):
            if key.data.answered():
                taken.append(time.perf_counter() - key.data.sent)
                key.data.vote()
    measured = Measured(len(taken) / (now - began), taken, (_processor(pid) - worked) / max(1, len(taken)))
    for voter in voters:
        voter.connection.close()
    waiting.close()
    return measured


def _processor(pid: int) -> float:
    """Seconds that the processors worked for a process; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# besides


def _shim(place: Path) -> Path | None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = place / "disk.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(made), str(SHIM), "-ldl"], check=True)
    return made


def _slow(shim: Path | None) -> dict[str, str]:
    return {"LD_PRELOAD": str(shim), "DISK_FLUSH_US": str(FLUSH)}


def _flush_seconds() -> float:
    with tempfile.TemporaryFile() as file:
        taken = []
        for _ in range(200):
            file.write(b"\0" * 8192)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno()) if hasattr(os, "fdatasync") else os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | more


def _python(*arguments: str, **more: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", *arguments],
        cwd=ROOT,
        env=_environment(**more),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout


if __name__ == "__main__":
    {"furnish": furnish, "serve": serve, "act": act}[sys.argv[1]](*sys.argv[2:])
