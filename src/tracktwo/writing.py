"""Files written whole or not at all, and JSON that is the same bytes for the same content."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def json_text(document: dict[str, Any]) -> str:
    """The document as indented UTF-8 JSON with a closing newline; NaN and infinities are refused."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_whole(path: Path, text: str) -> None:
    """Write the text beside ``path`` and move it there, so that a reader never sees half of it; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
