"""What ``tracktwo doctor`` looks at: whether this machine can keep what a room promises."""

from __future__ import annotations

import os
import sqlite3
import stat
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from tracktwo.room.house import House

FIXED = (3, 51, 3)
"""SQLite from which two connections may checkpoint and commit at once without harm."""
MADE = date(2026, 1, 1)
"""A clock before this day is wrong."""
FONTS = ("NotoSansCJK", "NotoSerifCJK", "PingFang", "msyh", "simsun", "SourceHanSans", "wqy", "STHeiti", "Songti")
FONT_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``well`` is None where it is only worth knowing."""

    well: bool | None
    what: str

    def __str__(self) -> str:
        return f"{'note' if self.well is None else 'ok' if self.well else 'MEND'}  {self.what}"


def findings(home: House) -> Iterator[Finding]:
    """Everything that is looked at, in order; nothing is changed, and nothing leaves the machine."""
    yield Finding(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}")
    yield from _passes()
    yield from _sqlite()
    yield from _durability(home)
    yield from _permissions(home)
    yield from _clock()
    yield from _fonts()
    yield from _leaving()


def _passes() -> Iterator[Finding]:
    from tracktwo.opinion import passes

    how = "compiled" if passes.compiled else "in NumPy: no C compiler was found; large consultations take longer"
    yield Finding(True if passes.compiled else None, f"passes over votes: {how}")


def _sqlite() -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= FIXED:
        yield Finding(True, f"SQLite {version}")
    else:
        yield Finding(
            None,
            f"SQLite {version}: before 3.51.3 two processes that write one file can damage it."
            " The room writes from one process, under a lock; open its file with nothing else while it runs.",
        )


def _durability(home: House) -> Iterator[Finding]:
    folder = home.folder if home.folder.is_dir() else Path(tempfile.gettempdir())
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield from _flushed(Path(place))
    except OSError as error:
        yield Finding(False, f"{folder} cannot be written: {error.strerror}. Choose another folder with --home.")


def _flushed(place: Path) -> Iterator[Finding]:
    database = sqlite3.connect(place / "probe.sqlite3", isolation_level=None)
    mode = database.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    database.execute("PRAGMA synchronous=FULL")
    full = database.execute("PRAGMA synchronous").fetchone()[0] == 2
    database.execute("PRAGMA secure_delete=ON")
    secure = database.execute("PRAGMA secure_delete").fetchone()[0] == 1
    database.close()
    kept = mode == "wal" and full
    yield Finding(kept, "every acknowledged act is flushed to the disk (WAL, synchronous FULL)" if kept else
                  f"this file system keeps no write-ahead log (journal mode {mode}): use a local disk")  # fmt: skip
    yield Finding(secure, "what is deleted is overwritten (secure_delete)")
    times = []
    with (place / "probe").open("wb") as file:
        for _ in range(20):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    took = 1000 * statistics.median(times)
    if took < 0.02:
        yield Finding(None, "the disk says that it flushed before it can have: a power cut may lose what was written")
    else:
        yield Finding(True, f"the disk flushes in {took:.1f} ms")


def _permissions(home: House) -> Iterator[Finding]:
    if not home.folder.is_dir():
        yield Finding(None, f"{home.folder}: no room yet; tracktwo admin create makes one")
        return
    if os.name == "nt":
        yield Finding(None, f"{home.folder}: see that only your own account may open this folder")
        return
    for path in (home.folder, home.database, home.keys, home.socket):
        if path.exists():
            closed = not stat.S_IMODE(path.stat().st_mode) & 0o077
            how = "only its owner can open it" if closed else "others can open it; chmod go= it"
            yield Finding(closed, f"{path}: {how}")


def _clock() -> Iterator[Finding]:
    today = date.today()
    yield Finding(today >= MADE, f"the clock says {today.isoformat()} in {time.tzname[0]}; compare it with another")


def _fonts() -> Iterator[Finding]:
    for folder in FONT_FOLDERS:
        for path in Path(folder).expanduser().rglob("*.[to]t[cf]") if Path(folder).expanduser().is_dir() else ():
            if any(name.lower() in path.name.lower() for name in FONTS):
                yield Finding(True, f"a Chinese font for prints from this machine: {path.name}")
                return
    yield Finding(None, "no Chinese font was found here; browsers elsewhere use their own (Debian: fonts-noto-cjk)")


def _leaving() -> Iterator[Finding]:
    url = os.environ.get("DATABASE_URL", "")
    host = urlsplit(url).hostname if url else None
    if host and not _here(host):
        yield Finding(None, f"DATABASE_URL names another machine ({host}): what is written leaves this one, sealed")
    else:
        yield Finding(True, "the database is on this machine")
    proxies = sorted(name for name in os.environ if name.lower() in {"http_proxy", "https_proxy", "all_proxy"})
    told = f" ({', '.join(proxies)} set, and not used)" if proxies else ""
    yield Finding(True, f"the room asks nothing of the network, and its pages name no other address{told}")


def _here(host: str) -> bool:
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
