"""The JSON of a text: what was read, and what was counted; documented in docs/json.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

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


def _block(block: Block) -> dict[str, Any]:
    return {
        "line": block.line,
        "kind": block.kind,
        "level": block.level,
        "indent": block.indent,
        "label": block.label,
        "options": list(block.options),
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
