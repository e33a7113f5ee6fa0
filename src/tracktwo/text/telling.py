"""What a text holds, said on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tracktwo.text.changes import Changes
from tracktwo.text.comparing import Edit
from tracktwo.text.documents import Block, Document
from tracktwo.text.progress import Progress

SHOWN = 60
"""Characters of a paragraph or a bracket that a line shows."""
_STANCES = {"proposes": "proposed by", "deletes": "to be deleted by", "reserves": "reserved by"}


def outline(document: Document) -> str:
    """A line a provision, a line a bracket below it, and where brackets do not match."""
    lines = [line for block in document.blocks if block.kind not in {"space", "markup"} for line in _block(block)]
    lines += [f"line {each.line}, column {each.column}: {each.what}" for each in document.recoveries]
    return "\n".join([*lines, ""])


def figures(progress: Progress) -> str:
    """The figures, a line each, and where brackets do not match."""
    share = progress.bracketed_share
    lines = [
        f"{progress.words:,} words in {progress.provisions:,} provisions",
        f"{share:.0%} of the words stand in brackets" if share else "no words stand in brackets",
        f"{progress.open_marks:,} opening and {progress.close_marks:,} closing marks, {progress.max_depth} deep",
        f"{progress.option_marks:,} marks of options",
        f"{len(progress.recoveries):,} places where brackets do not match",
        *(f"  line {each.line}, column {each.column}: {each.what}" for each in progress.recoveries),
    ]
    return "\n".join([*lines, ""])


def redline(found: Changes) -> str:
    """A line of counts, then each paragraph that changed: ``[-deleted-]{+inserted+}``, as word-diffs are written."""
    if not found.paragraphs:
        return "Nothing changed.\n"
    count = len(found.paragraphs)
    lines = [f"{count:,} paragraph{'s' * (count != 1)} changed: {found.inserted:,} words in, {found.deleted:,} out"]
    for change in found.paragraphs:
        place = " → ".join("·" if line is None else str(line) for line in (change.before, change.after))
        moved = " (moved)" if change.moved else ""
        lines.append(f"\n{place}{moved}: {''.join(map(_edit, change.edits))}")
    return "\n".join([*lines, ""])


def _edit(edit: Edit) -> str:
    before, after = {"insert": ("{+", "+}"), "delete": ("[-", "-]"), "keep": ("", "")}[edit.kind]
    return f"{before}{edit.text}{after}"


def _block(block: Block) -> Iterator[str]:
    text = block.prose.render()
    within = f" ({' > '.join(block.options)})" if block.options else ""
    yield f"{block.line}: {block.label + ' ' if block.label else ''}{_short(text)}{within}"
    for bracket in block.prose.brackets:
        stances = Counter(holder.stance for holder in bracket.holders)
        held = "; ".join(
            f"{_STANCES[stance]} {', '.join(each.name for each in bracket.holders if each.stance == stance)}"
            for stance in stances
        )
        beside = f", {len(bracket.beside)} side by side" if bracket.beside else ""
        told = f"{bracket.kind}{beside}{', ' + held if held else ''}"
        yield f"{'  ' * bracket.depth}{_short(text[bracket.start : bracket.end])} {told}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
