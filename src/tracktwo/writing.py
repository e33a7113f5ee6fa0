"""Files written whole or not at all, and JSON that is the same bytes for the same content."""

from __future__ import annotations

import errno
import json
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any


def json_text(document: dict[str, Any]) -> str:
    """The document as indented UTF-8 JSON with a closing newline; NaN and infinities are refused."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write all the files or none, so that a reader never sees half of one, or one without the others.

    Each is written beside its place, then all are moved there. Folders are made. A link is followed, what is no file
    (a pipe, ``/dev/null``) is written to. Raises OSError that names the file, with nothing left behind.
    """
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    path = Path()
    try:
        for path, content in files.items():
            place = Path(os.path.realpath(path))
            _make_folders(place.parent, made)
            _refuse_folder(place)
            beside = place.parent / f".tracktwo-{secrets.token_hex(8)}"
            if _replaceable(place):
                staged.append((beside, place))
                beside.write_bytes(content)
                beside.chmod(stat.S_IMODE(place.stat().st_mode) if place.exists() else _usual_mode())
        for path, content in files.items():
            if not _replaceable(path):
                path.write_bytes(content)
        for beside, path in staged:
            beside.replace(path)
    except BaseException as error:
        for beside, _ in staged:
            with suppress(OSError):
                beside.unlink()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror or str(error), str(path)) from None
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, and note which were made."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _replaceable(path: Path) -> bool:
    """Whether a file can be moved to the path: nothing is there, or a file."""
    return not path.exists() or path.is_file()


def _usual_mode() -> int:
    """What a new file may be read by, as the user has set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
