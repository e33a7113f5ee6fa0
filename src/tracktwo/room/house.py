"""Where a room lives: a folder that only its owner opens, with one writing process under one lock."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout


class HouseError(Exception):
    """The room cannot be opened; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class House:
    """The folder of a room and what lies in it."""

    folder: Path

    @property
    def database(self) -> Path:
        """The file of SQLite, where ``DATABASE_URL`` names no other database."""
        return self.folder / "room.sqlite3"

    @property
    def keys(self) -> Path:
        """Where the keys lie unless they are kept on other media."""
        return self.folder / "keys.age"

    @property
    def socket(self) -> Path:
        """Where the running room takes commands of its owner."""
        return self.folder / "room.sock"

    def prepared(self) -> House:
        """The folder, made if need be, closed to everybody but its owner."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name != "nt":
                self.folder.chmod(0o700)
        except OSError as error:
            raise HouseError(f"{self.folder} cannot be used: {error.strerror}.") from None
        return self

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the writing process; HouseError where another holds it."""
        lock = FileLock(self.folder / "room.lock", mode=0o600, is_singleton=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise HouseError(f"The room in {self.folder} is already open in another process.") from None
        try:
            yield
        finally:
            lock.release()


def house(folder: Path | None = None) -> House:
    """The room in a folder: the one given, that of ``TRACKTWO_HOME``, or the usual one of this system."""
    if folder is None:
        named = os.environ.get("TRACKTWO_HOME")
        folder = Path(named) if named else _usual()
    return House(folder.expanduser().absolute())


def _usual() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~")) / "tracktwo"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/tracktwo")
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "tracktwo"


def opened(home: House) -> None:
    """Set up Django for this room; its keys must be installed. Files made from here on are their owner's alone."""
    os.umask(0o077)
    os.environ["TRACKTWO_HOME"] = str(home.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracktwo.room.settings")
    import django

    django.setup()


def migrated() -> None:
    """Bring the tables up to date; within the lock."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
