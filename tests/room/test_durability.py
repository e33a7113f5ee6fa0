"""What was acknowledged is there after a power cut."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from room import disk, kept
from room.workload import ROUNDS, STATEMENTS, VOTERS

from tracktwo.room.keys import Keys
from tracktwo.room.keys import write as write_keys

CUTS = int(os.environ.get("TRACKTWO_CUTS", "1200"))
"""Power cuts; the control has a quarter as many."""
FLUSH_US = "300"


@dataclass(frozen=True)
class Traced:
    """A room that was worked in on a watched disk."""

    folder: Path
    trace: Path
    identity: str


def worked(place: Path, synchronous: str) -> Traced:
    """A room in which delegates raise concerns and vote, with its own settings but for ``synchronous``."""
    folder, keys = place / "room", Keys.new()
    folder.mkdir(parents=True)
    write_keys(place / "keys", keys, None)
    watched = {
        "LD_PRELOAD": str(disk.shim(place)),
        "DISK_FOLDER": str(folder),
        "DISK_TRACE": str(place / "trace"),
        "DISK_FLUSH_US": FLUSH_US,
    }
    script = str(Path(__file__).with_name("workload.py"))
    subprocess.run(
        [sys.executable, script, str(folder), str(place / "keys"), synchronous],
        env=kept.environment(**watched),
        check=True,
        timeout=120,
    )
    return Traced(folder, place / "trace", keys.identity)


@dataclass
class Verdict:
    """What came of many cuts."""

    cuts: int = 0
    losing: int = 0
    """Cuts after which something acknowledged was missing."""
    halves: int = 0
    """Cuts after which half an act was there."""
    broken: list[str] = field(default_factory=list)
    checkpoints: int = 0
    """Times that the database itself was flushed."""


def cut(room: Traced, place: Path, cuts: int) -> Verdict:
    """Cut the power at so many moments of the work, open what is on the disk, and look for what was acknowledged."""
    chance, verdict, read = Random(7), Verdict(), kept.reader(room.identity)
    events = list(disk.trace(room.trace))
    begun = next(i for i, event in enumerate(events) if event.data.startswith(b'{"begun"'))
    moments = Counter(chance.randint(begun + 1, len(events)) for _ in range(cuts))
    held, acknowledged = disk.Disk(str(room.folder)), kept.Acknowledged()
    diary, database = str(room.folder / "acknowledged"), str(room.folder / "room.sqlite3")
    for index in range(len(events) + 1):
        for _ in range(moments[index]):
            _restored(place, held.after(chance))
            _judge(verdict, read(place / "room.sqlite3"), acknowledged)
        if index < len(events):
            held.happen(events[index])
            file = held.opened.get(events[index].file)
            verdict.checkpoints += index > begun and events[index].kind == "D" and file is held.present[database]
            if events[index].kind == "W" and file is held.present.get(diary):
                _note(acknowledged, events[index].data)
    assert len(acknowledged.concerns) == len(VOTERS) * ROUNDS
    assert len(acknowledged.votes) == len(VOTERS) * STATEMENTS
    return verdict


def _note(acknowledged: kept.Acknowledged, line: bytes) -> None:
    said = json.loads(line)
    if "concern" in said:
        acknowledged.concerns.add(said["concern"])
    if "vote" in said:
        ballot, number, value = said["vote"]
        acknowledged.votes[ballot, number] = value


def _restored(place: Path, files: dict[str, bytearray]) -> None:
    for old in place.iterdir():
        old.unlink()
    for name, content in files.items():
        if "room.sqlite3" in name:
            (place / Path(name).name).write_bytes(content)


def _judge(verdict: Verdict, found: kept.Kept, acknowledged: kept.Acknowledged) -> None:
    verdict.cuts += 1
    verdict.losing += found.lost(acknowledged) > 0
    verdict.halves += found.halves > 0
    if found.integrity != "ok":
        verdict.broken.append(found.integrity)


def test_no_acknowledged_act_is_lost_when_the_power_is_cut(tmp_path: Path) -> None:
    room = worked(tmp_path / "full", "FULL")
    (tmp_path / "after").mkdir()
    verdict = cut(room, tmp_path / "after", CUTS)
    assert (verdict.cuts, verdict.losing, verdict.halves, verdict.broken) == (CUTS, 0, 0, [])
    assert verdict.checkpoints >= 2


def test_the_control_that_flushes_less_loses_acts(tmp_path: Path) -> None:
    room = worked(tmp_path / "normal", "NORMAL")
    (tmp_path / "after").mkdir()
    verdict = cut(room, tmp_path / "after", CUTS // 4)
    assert verdict.losing > CUTS // 8
