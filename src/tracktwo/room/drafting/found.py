"""What never changes of an issued draft, found once and kept: its words, its brackets, whom they name as holders."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from uuid import UUID

from tracktwo.room.drafting.stored import Passage
from tracktwo.text.brackets import resolved
from tracktwo.text.documents import Document
from tracktwo.text.marked import Language
from tracktwo.text.parsing import parse
from tracktwo.text.progress import shares


@dataclass(frozen=True)
class Kept:
    """A passage of an issued draft, told apart by what names it."""

    draft: UUID
    provision: str
    names: str
    passage: Passage = field(compare=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """What never changes of a passage of an issued draft."""

    keys: tuple[str, ...]
    """Of its brackets."""
    written: dict[str, dict[str, str]]
    """Whom the words name as holders, by those keys."""


@lru_cache(maxsize=8192)
def facts(of: Kept) -> Facts:
    """Found once."""
    keys = tuple(of.passage.pairs)
    return Facts(keys, {key: of.passage.written(key) for key in keys})


Fates = tuple[tuple[int, str], ...]
"""What became of the brackets of one language by their numbers, of those that are lifted or dropped."""


@lru_cache(maxsize=16384)
def counted(of: Kept, tongue: Language, fates: Fates) -> tuple[int, int]:
    """Words in brackets and all words of a passage in one language, once those brackets are lifted or dropped."""
    block = of.passage.blocks.get(tongue)
    if block is None:
        return 0, 0
    if fates:
        block = replace(block, prose=parse(after(of, tongue, fates), labels=of.passage.labels, parties=_parties(of)))
    return shares(Document((block,)))


@lru_cache(maxsize=4096)
def after(of: Kept, tongue: Language, fates: Fates) -> str:
    """The body of a passage in one language, once those brackets are lifted or dropped."""
    body = of.passage.blocks[tongue].prose.render()
    return resolved(body, dict(fates), labels=of.passage.labels, parties=_parties(of))  # type: ignore[arg-type]


def _parties(of: Kept) -> frozenset[str]:
    return frozenset().union(*of.passage.names.values())
