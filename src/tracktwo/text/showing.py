"""A document as it is shown in a file: marked paragraphs, without the marks of structure and emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracktwo.text.documents import Block, Document
from tracktwo.text.marked import Paragraph, Run
from tracktwo.text.progress import HAN

_BULLETS = re.compile(r"\A(?:[-*+•·▪–—>][ \t]*)+")
_LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]")
_BREAK = re.compile(r"(?P<before>.?)[ \t]*\r?\n[ \t]*(?P<after>(?=(?P<next>.?)))", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A mark that Markdown takes for itself because of what stands before it."""
_WIDE = re.compile(f"[{HAN}，。；：、！？）］】》]")
INDENT = 4
"""Columns that make a paragraph one step deeper."""


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """Its headings, paragraphs and notes, each with its number as part of its words."""
    return tuple(paragraph(block) for block in document.blocks if block.kind not in {"space", "markup"})


def paragraph(block: Block) -> Paragraph:
    """A heading, a paragraph or a note as it is shown."""
    runs = tuple(_merged(_runs(block)))
    if block.kind == "heading":
        return Paragraph(runs, "heading", block.level)
    return Paragraph(runs, "note" if block.kind == "note" else "paragraph", block.indent // INDENT)


def _runs(block: Block) -> Iterator[Run]:
    lead = "" if block.kind == "heading" else _BULLETS.sub("", block.lead.strip())
    if lead:
        yield Run(_ESCAPED.sub(r"\1", f"{lead} "))
    strong = emphasis = False
    for piece in block.prose.pieces:
        if piece.kind == "style":
            strong ^= len(piece.text) >= 2
            emphasis ^= len(piece.text) in {1, 3}
            continue
        found = _LINK.match(piece.text) if piece.kind == "link" else None
        text = _ESCAPED.sub(r"\1", found["words"] if found else piece.text)
        if text:
            yield Run(_in_one_line(text), strong=strong, emphasis=emphasis)


def _in_one_line(text: str) -> str:
    """Words that were broken into lines, in one: with a space between, but for Han characters."""

    def instead(found: re.Match[str]) -> str:
        wide = _WIDE.match(found["before"]) and _WIDE.match(found["next"])
        return f"{found['before']}{'' if wide else ' '}"

    return _BREAK.sub(instead, text)


def _merged(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours that are marked alike, as one."""
    last: Run | None = None
    for run in runs:
        if last is not None and (last.strong, last.emphasis) == (run.strong, run.emphasis):
            last = Run(last.text + run.text, strong=run.strong, emphasis=run.emphasis)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
