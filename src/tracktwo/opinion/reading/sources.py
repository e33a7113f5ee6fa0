"""Where foreign bytes come from: a file, bytes in memory, a folder or a zip archive (never unpacked to disk)."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from tracktwo.opinion.votes import InputError

MEBIBYTE = 1 << 20
ENTRIES = 10_000
"""Files that an archive may hold."""
UNPACKED = 4096 * MEBIBYTE
"""Bytes that an archive may unpack to."""
UNSUSPICIOUS = 32 * MEBIBYTE
RATIO = 250
"""How many times its packed size a file above ``UNSUSPICIOUS`` may unpack to; votes reach about 20."""


def shown(value: object, *, length: int = 60) -> str:
    """A foreign value as it may stand in a sentence: quoted, on one line, without control characters, cut short."""
    text = printable(str(value))
    return f'"{text[: length - 1]}…"' if len(text) > length else f'"{text}"'


def printable(text: str) -> str:
    """The text with U+FFFD for every character that has no face of its own: line ends, controls, marks of direction."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with the name that a message calls them by; they lie in a file or in memory."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def open(self) -> BinaryIO:
        """A stream from the beginning; InputError where the file cannot be opened."""
        if self.path is None:
            return io.BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise InputError(f"{self.name} cannot be opened: {error.strerror or error}.") from None

    def head(self, length: int) -> bytes:
        """The first bytes."""
        if self.path is None:
            return self.data[:length]
        with self.open() as stream:
            return stream.read(length)

    def read(self) -> bytes:
        """All bytes."""
        if self.path is None:
            return self.data
        with self.open() as stream:
            return stream.read()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data) if self.path is None else self.path.stat().st_size


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one folder, by name; ``name`` is what a message calls the folder."""

    name: str
    files: dict[str, Source]

    def find(self, ending: str, *, but: str | None = None) -> Source | None:
        """The file called ``ending``, or else the one whose name ends so after a dash or underscore.

        Polis names a download by date and conversation (``2025-08-29-0002-7btrabcujr-votes.csv``). Names that match
        the pattern ``but`` are passed over. InputError where several fit.
        """
        if ending in self.files:
            return self.files[ending]
        fitting = [n for n in self.files if n.lower().endswith((f"-{ending}", f"_{ending}")) or n.lower() == ending]
        fitting = sorted(n for n in fitting if but is None or not re.search(but, n, re.IGNORECASE))
        if len(fitting) > 1:
            listed = " and ".join(shown(n) for n in fitting[:2])
            raise InputError(f"{self.name} holds more than one {ending} ({listed}); keep one conversation in it.")
        return self.files[fitting[0]] if fitting else None


def file(path: Path, *, name: str | None = None) -> Source:
    """A file as a source; a pipe is read to its end. InputError where there is none."""
    name = printable(name or str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode):
            return Source(name, data=path.read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name} cannot be read: {reason}.") from None
    if not stat.S_ISREG(mode):
        raise InputError(f"{name} is not a file.")
    return Source(name, path)


def folder(path: Path) -> Files:
    """The files directly in a folder; InputError where a link leads out of it."""
    name, files = printable(str(path)), {}
    try:
        home = path.resolve()
        for entry in sorted(path.iterdir()):
            if entry.is_symlink() and home not in entry.resolve().parents:
                raise InputError(
                    f"{printable(str(entry))} is a link that leads out of its folder; put the file itself there."
                )
            if entry.is_file() and not entry.name.startswith("."):
                files[entry.name] = Source(printable(str(entry)), entry)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        raise InputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    return Files(name, files)


def archive(source: Source) -> Files:
    """The files of a zip archive, at its top or in its only folder, unpacked in memory.

    InputError where it is damaged or encrypted, where a path or link leaves the folder, where it unpacks to more than
    votes could (a zip bomb), or where files lie in more than one folder.
    """
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as packed:
            entries = _entries(source, packed)
            return Files(source.name, {path.name: _unpacked(source, packed, entries[path]) for path in entries})
    except InputError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds on foreign bytes
        reason = str(error) or type(error).__name__
        raise InputError(f"{source.name} is a damaged zip archive ({shown(reason)}); make it again.") from None


def _entries(source: Source, packed: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    entries: dict[PurePosixPath, zipfile.ZipInfo] = {}
    infos = packed.infolist()
    if len(infos) > ENTRIES or sum(info.file_size for info in infos) > UNPACKED:
        raise InputError(f"{source.name} unpacks to more than an export of votes could; it is refused as a zip bomb.")
    for info in infos:
        _refuse_unsafe(source, info)
        path = PurePosixPath(info.filename)
        if info.is_dir() or any(part.startswith((".", "__MACOSX")) for part in path.parts):
            continue
        if path in entries:
            raise InputError(f"{source.name} holds {shown(info.filename)} twice; make it again.")
        entries[path] = info
    if any(str(path) == "xl/workbook.xml" for path in entries):
        raise InputError(f'{source.name} is an Excel workbook; save the sheet as "CSV UTF-8" and give that.')
    tables = [path for path in entries if path.suffix.lower() in {".csv", ".json", ".parquet", ".tsv"}]
    folders = sorted({str(path.parent) for path in tables})
    if len(folders) > 1:
        raise InputError(
            f"{source.name} holds tables in more than one folder ({shown(folders[0])} and {shown(folders[1])}); "
            "pack one conversation at a time."
        )
    return {path: entries[path] for path in tables}


def _refuse_unsafe(source: Source, info: zipfile.ZipInfo) -> None:
    entry = f"{source.name}, entry {shown(info.filename)}"
    original = info.orig_filename
    if original.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", original) or ".." in re.split(r"[/\\]", original):
        raise InputError(f"{entry}: the path leaves the archive's folder; make the archive again.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError(f"{entry}: it is a link; pack the file itself.")
    if info.flag_bits & 1:
        raise InputError(f"{entry}: it is encrypted; unpack it and give the folder.")
    if info.file_size > UNSUSPICIOUS and info.file_size > RATIO * max(1, info.compress_size):
        raise InputError(f"{entry}: it unpacks to {info.file_size:,} bytes; it is refused as a zip bomb.")


def _unpacked(source: Source, packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Source:
    """The bytes of an entry; never more than it declares."""
    with packed.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise InputError(f"{source.name}, entry {shown(info.filename)}: its size is not the one declared.")
    return Source(printable(f"{source.name}/{info.filename}"), data=data)
