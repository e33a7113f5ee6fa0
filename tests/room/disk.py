"""What a disk holds after the power was cut, from a trace of what was written to it (disk.c).

Sure is what was written to a file before a flush of it began that was done before the cut. Of what was written later
any part may be there: in any order, and each write whole, not at all, or torn at sectors of 512 bytes. Names are sure
once their folder was flushed; of later ones the first so many are there.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

SECTOR = 512
HEAD = struct.Struct("=6Q")


def shim(folder: Path) -> Path:
    """The library to preload; skips the test where it cannot be made."""
    compiler = shutil.which(os.environ.get("CC") or "cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux"):
        pytest.skip("LD_PRELOAD needs Linux")
    if compiler is None:
        pytest.skip("there is no C compiler for the watched disk")
    made = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"], check=True)
    return made


@dataclass(frozen=True, slots=True)
class Event:
    """One record of a trace."""

    kind: str
    thread: int
    file: int
    offset: int
    data: bytes


def trace(path: Path) -> Iterator[Event]:
    """The records of a trace."""
    with path.open("rb") as source:
        while head := source.read(HEAD.size):
            kind, thread, file, offset, length, _ = HEAD.unpack(head)
            yield Event(chr(kind), thread, file, offset, source.read(length))


@dataclass
class File:
    """What is surely on the disk of a file, and what may be."""

    sure: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and data of each write, or length and None where it was cut."""
    flushed: int = 0
    """How many changes are sure."""

    def flush(self, until: int) -> None:
        """Make sure of the changes before the ``until``-th."""
        count = max(0, until - self.flushed)
        for change in self.later[:count]:
            apply(self.sure, *change)
        del self.later[:count]
        self.flushed += count

    def after(self, chance: Random) -> bytearray:
        """The file after a cut."""
        found = bytearray(self.sure)
        likely, torn = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0)), chance.random() < 0.5
        for offset, data in self.later:
            if data is None or not torn:
                if chance.random() < likely:
                    apply(found, offset, data)
                continue
            for start, part in sectors(offset, data):
                if chance.random() < likely:
                    apply(found, start, part)
        return found


def sectors(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """A write in the pieces that a disk writes whole."""
    at = 0
    while at < len(data):
        length = SECTOR - (offset + at) % SECTOR
        yield offset + at, data[at : at + length]
        at += length


def apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """Make one change to a file."""
    if data is None:
        del content[offset:]
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    if data is not None:
        content[offset : offset + len(data)] = data


class Disk:
    """A disk to which the events of a trace happen, one after the other."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.opened: dict[int, str | File] = {}
        self.present: dict[str, File] = {}
        self.names: dict[str, File] = {}
        """Names that are sure."""
        self.renamed: list[tuple[str, File | None]] = []
        """Names made or taken away since."""
        self.flushing: dict[tuple[int, int], int] = {}

    def happen(self, event: Event) -> None:
        """One more event."""
        HAPPENS[event.kind](self, event)

    def after(self, chance: Random) -> dict[str, bytearray]:
        """The files after a cut here."""
        names: dict[str, File | None] = {**self.names}
        for name, file in self.renamed[: chance.randint(0, len(self.renamed))]:
            names[name] = file
        return {name: file.after(chance) for name, file in sorted(names.items()) if file is not None}

    def _opened(self, event: Event) -> None:
        name = event.data.decode()
        if name == self.folder:
            self.opened[event.file] = name
            return
        if event.offset or name not in self.present:
            self.present[name] = File()
            self.renamed.append((name, self.present[name]))
        self.opened[event.file] = self.present[name]

    def _unlinked(self, event: Event) -> None:
        self.present.pop(event.data.decode(), None)
        self.renamed.append((event.data.decode(), None))

    def _written(self, event: Event) -> None:
        self._file(event).later.append((event.offset, event.data))

    def _cut(self, event: Event) -> None:
        self._file(event).later.append((event.offset, None))

    def _flushing(self, event: Event) -> None:
        found = self.opened[event.file]
        until = len(self.renamed) if isinstance(found, str) else found.flushed + len(found.later)
        self.flushing[event.thread, event.file] = until

    def _flushed(self, event: Event) -> None:
        until, found = self.flushing.pop((event.thread, event.file)), self.opened[event.file]
        if isinstance(found, str):
            for name, file in self.renamed[:until]:
                if file is None:
                    self.names.pop(name, None)
                else:
                    self.names[name] = file
            del self.renamed[:until]
        else:
            found.flush(until)

    def _file(self, event: Event) -> File:
        found = self.opened[event.file]
        assert isinstance(found, File)
        return found


HAPPENS = {
    "O": Disk._opened,
    "U": Disk._unlinked,
    "W": Disk._written,
    "T": Disk._cut,
    "F": Disk._flushing,
    "D": Disk._flushed,
}
