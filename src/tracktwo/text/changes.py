"""What changed between two files, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from tracktwo.text.comparing import Edit, diff, paragraphs
from tracktwo.text.documents import Block, Document
from tracktwo.text.progress import count


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that is not as it was."""

    before: int | None
    """Its first line in the file before; None where it is new."""
    after: int | None
    """Its first line in the file after; None where it is gone."""
    moved: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The paragraphs that changed, and how much."""

    paragraphs: tuple[Change, ...]

    @property
    def inserted(self) -> int:
        """Words that are new; each Han character is one."""
        return self._words("insert")

    @property
    def deleted(self) -> int:
        """Words that are gone; each Han character is one."""
        return self._words("delete")

    def _words(self, kind: str) -> int:
        return sum(count(edit.text) for change in self.paragraphs for edit in change.edits if edit.kind == kind)


def changes(before: Document, after: Document) -> Changes:
    """The paragraphs, headings and notes that changed, in the order of the file after."""
    old, new = _said(before), _said(after)
    found = []
    for pair in paragraphs([text for _, text in old], [text for _, text in new]):
        left = old[pair.before] if pair.before is not None else None
        right = new[pair.after] if pair.after is not None else None
        was, now = left[1] if left else "", right[1] if right else ""
        if was != now or pair.moved:
            places = (left[0] if left else None, right[0] if right else None)
            found.append(Change(*places, pair.moved, diff(was, now)))
    return Changes(tuple(found))


def _said(document: Document) -> list[tuple[int, str]]:
    return [(block.line, _text(block)) for block in document.blocks if block.kind not in {"space", "markup"}]


def _text(block: Block) -> str:
    return f"{block.lead.lstrip()}{block.prose.render()}"
