"""The draft of the Paris Agreement, as it went into the conference and as it came out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracktwo.text.documents import Document, read
from tracktwo.text.progress import progress


def document(shared: Path, name: str) -> tuple[str, Document]:
    place = shared / "cop21" / name
    if not place.exists():
        pytest.skip("the drafts of ../shared/data/cop21 are absent")
    source = place.read_bytes().decode()
    return source, read(source)


def test_the_draft_is_kept_and_counted(shared: Path) -> None:
    source, draft = document(shared, "23-oct-2015.md")
    assert draft.render() == source
    found = progress(draft)
    assert (found.words, found.open_marks, found.close_marks) == (16_929, 1_025, 1_026)
    assert (found.max_depth, found.option_marks) == (4, 143)
    assert 0.4 < found.bracketed_share < 0.5


def test_every_recovery_of_the_draft_is_listed(shared: Path) -> None:
    _, draft = document(shared, "23-oct-2015.md")
    for block in draft.blocks:
        opened = sum(piece.kind == "open" for piece in block.prose.pieces)
        closed = sum(piece.kind == "close" for piece in block.prose.pieces)
        strays = sum(piece.kind == "stray" for piece in block.prose.pieces)
        assert len(block.prose.recoveries) == opened - closed + strays
    unclosed = sum("is not closed" in each.what for each in draft.recoveries)
    strays = sum("closes no bracket" in each.what for each in draft.recoveries)
    assert strays - unclosed == 1_026 - 1_025
    assert len(draft.recoveries) == unclosed + strays == 51


def test_the_adopted_text_has_no_brackets(shared: Path) -> None:
    source, draft = document(shared, "12-dec-2015.md")
    assert draft.render() == source
    found = progress(draft)
    assert (found.open_marks, found.close_marks, found.recoveries, found.bracketed_share) == (0, 0, (), 0)
