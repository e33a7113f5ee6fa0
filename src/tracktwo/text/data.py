"""The JSON of a text: what was read, and what was counted; documented in docs/json.md."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tracktwo.text.changes import Changes
from tracktwo.text.documents import Block, Document
from tracktwo.text.progress import Progress


def parsed(document: Document) -> dict[str, Any]:
    """A document of the form ``tracktwo/text/1``."""
    return {
        "schema": "tracktwo/text/1",
        "blocks": [_block(block) for block in document.blocks if block.kind not in {"space", "markup"}],
        "recoveries": [asdict(place) for place in document.recoveries],
    }


def counted(progress: Progress) -> dict[str, Any]:
    """A document of the form ``tracktwo/text-progress/1``."""
    return {"schema": "tracktwo/text-progress/1"} | asdict(progress)


def said(text: str, every: str | None) -> dict[str, Any]:
    """A document of the form ``tracktwo/text-reading/1``."""
    return {"schema": "tracktwo/text-reading/1", "brackets": every or "negotiated", "text": text}


def changed(found: Changes) -> dict[str, Any]:
    """A document of the form ``tracktwo/text-comparison/1``."""
    return {
        "schema": "tracktwo/text-comparison/1",
        "inserted": found.inserted,
        "deleted": found.deleted,
        "paragraphs": [asdict(each) for each in found.paragraphs],
    }


def converted(files: Mapping[Path, bytes]) -> dict[str, Any]:
    """A document of the form ``tracktwo/text-conversion/1``."""
    return {
        "schema": "tracktwo/text-conversion/1",
        "files": [
            {"file": str(path), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in files.items()
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "line": block.line,
        "kind": block.kind,
        "level": block.level,
        "indent": block.indent,
        "label": block.label,
        "options": list(block.options),
        "no_text": block.no_text,
        "position": block.position,
        "text": block.prose.render(),
        "brackets": [
            {
                "number": bracket.number,
                "parent": bracket.parent,
                "depth": bracket.depth,
                "start": bracket.start,
                "end": bracket.end,
                "kind": bracket.kind,
                "closed": bool(bracket.closing),
                "beside": list(bracket.beside),
                "holders": [asdict(holder) for holder in bracket.holders],
            }
            for bracket in block.prose.brackets
        ],
    }
