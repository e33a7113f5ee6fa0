"""The tree of provisions in a draft, from its headings, numbers, options and margins.

A file says little about what stands within what: a heading holds what follows it, an option its paragraphs, a number
those that are moved further to the right, and (a) stands within 1. on the same margin. Nothing more is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracktwo.text.akoma.names import ElementKind, option, provision
from tracktwo.text.documents import Block, Document
from tracktwo.text.errors import TextError

DEEPEST = 50
"""How deep provisions may stand within one another."""
_RANK: dict[ElementKind, int] = {"article": 0, "paragraph": 1, "alinea": 1, "point": 2}


@dataclass(slots=True)
class Part:
    """A provision with those within it."""

    kind: ElementKind
    number: str
    block: Block
    after: str = ""
    """The empty lines and marks that follow it in the file."""
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """A draft as provisions within provisions."""

    before: str = ""
    """The empty lines and marks before the first provision."""
    parts: list[Part] = field(default_factory=list)
    notes: dict[str, Part] = field(default_factory=dict)
    """Those footnotes that are referred to, by their label; they are shown there."""


def tree(document: Document) -> Tree:
    """The provisions of a draft; TextError where they stand deeper within one another than can be written."""
    made = Tree()
    referred = {
        piece.text[2:-1]
        for block in document.blocks
        if block.kind != "note"
        for piece in block.prose.pieces
        if piece.kind == "note"
    }
    stack: list[Part] = []
    last: Part | None = None
    for block in document.blocks:
        if block.kind in {"space", "markup"}:
            if last is None:
                made.before += block.source
            else:
                last.after += block.source
            continue
        last = _part(block)
        if last.kind == "note" and last.number in referred and last.number not in made.notes:
            made.notes[last.number] = last
            continue
        if last.kind != "note":
            _leave(stack, last)
        (stack[-1].parts if stack else made.parts).append(last)
        if last.kind != "note":
            stack.append(last)
        if len(stack) > DEEPEST:
            raise TextError(
                f"Line {block.line}: provisions stand {len(stack)} deep within one another; Akoma Ntoso is written up "
                f"to {DEEPEST}. Move them to the left."
            )
    return made


def _part(block: Block) -> Part:
    if block.kind == "note":
        return Part("note", block.lead[block.lead.index("^") + 1 : block.lead.index("]:")], block)
    if block.begins:
        return Part("option", option(block.begins), block)
    kind, number = provision(block.label)
    if block.kind == "heading" and kind in {"alinea", "paragraph", "point"}:
        kind = "division"
    return Part(kind, number, block)


def _leave(stack: list[Part], part: Part) -> None:
    """Leave the provisions within which the next does not stand."""
    if part.block.kind == "heading":
        while stack and not (stack[-1].block.kind == "heading" and stack[-1].block.level < part.block.level):
            stack.pop()
        return
    within = len(part.block.options) - (part.kind == "option")
    while sum(each.kind == "option" for each in stack) > within:
        stack.pop()
    while stack and not _holds(stack[-1], part):
        stack.pop()


def _holds(outer: Part, inner: Part) -> bool:
    if outer.block.kind == "heading":
        return True
    if outer.kind == "option":
        return len(inner.block.options) - (inner.kind == "option") >= len(outer.block.options)
    if outer.block.indent != inner.block.indent:
        return outer.block.indent < inner.block.indent
    return inner.kind in _RANK and outer.kind in _RANK and _RANK[outer.kind] < _RANK[inner.kind]
