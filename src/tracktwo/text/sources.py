"""Sources: the paragraphs of two files, one in each language, and the provisions that they make."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tracktwo.text.documents import Block, read
from tracktwo.text.marked import Language


@dataclass(frozen=True, slots=True)
class Row:
    """A provision by its characters alone; what it is follows from them and from its place."""

    id: str
    """Empty where it is new."""
    origin: Language
    en: tuple[str, str] | None
    """What stands before its body, and its body; None where it is not there in English."""
    zh: tuple[str, str] | None

    def __getitem__(self, language: Language) -> tuple[str, str] | None:
        """Its characters in one language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Source:
    """One file."""

    blocks: tuple[Block, ...] = ()
    """Its headings, paragraphs and notes."""
    links: tuple[str, ...] = ()
    """Its lines that say where links lead."""
    ids: tuple[str, ...] = ()
    """Of the provisions that its blocks are known to be; empty where one is new."""

    @classmethod
    def of(cls, text: str | None, parties: Collection[str] = ()) -> Source:
        """A file without ids; nothing, where there is none."""
        document = read(text or "", parties=parties)
        blocks = tuple(block for block in document.blocks if block.kind not in {"space", "markup"})
        markup = (block.source.strip() for block in document.blocks if block.kind == "markup")
        return cls(blocks, tuple(line for line in markup if line.startswith("[")), ("",) * len(blocks))

    @property
    def bodies(self) -> list[str]:
        """What stands in its blocks, without numbers."""
        return [block.prose.render() for block in self.blocks]

    def known(self, ids: Mapping[int, str]) -> Source:
        """The file with the ids of some blocks, by their places from 0."""
        return replace(self, ids=tuple(ids.get(place, "") for place in range(len(self.blocks))))

    def part(self, place: int | None) -> tuple[str, str] | None:
        """The characters of a block before its body, and its body."""
        if place is None:
            return None
        return self.blocks[place].lead, self.blocks[place].prose.render()


def rows(
    en: Source, zh: Source, pairs: Mapping[int, int], *, base: Language, before: Sequence[str], origin: Language
) -> list[Row]:
    """The provisions of two files of which some blocks are paired, by place.

    They stand in the order of the ``base`` language; what is in the other alone follows what it follows there, or, of
    provisions that were there already, in the order ``before``. ``origin`` is the language of those that are new in
    both.
    """
    back = {j: i for i, j in pairs.items()}
    was = {identity: place for place, identity in enumerate(before)}
    first, second, across = (en, zh, pairs) if base == "en" else (zh, en, back)
    items: list[tuple[int | None, int | None]] = [(i, across.get(i)) for i in range(len(first.blocks))]
    taken = set(across.values())
    for j in range(len(second.blocks)):
        if j in taken:
            continue
        at = next((n + 1 for n, item in enumerate(items) if j and item[1] == j - 1), 0)
        while at < len(items) and _earlier(items[at], j, first, second, was):
            at += 1
        items.insert(at, (None, j))
    found = []
    for item in items:
        left, right = item if base == "en" else (item[1], item[0])
        identity = (left is not None and en.ids[left]) or (right is not None and zh.ids[right]) or ""
        alone: Language = "zh" if left is None else "en"
        found.append(Row(identity, origin if None not in item else alone, en.part(left), zh.part(right)))
    return found


def _earlier(
    item: tuple[int | None, int | None], j: int, first: Source, second: Source, was: Mapping[str, int]
) -> bool:
    """Whether a provision that is in the base language alone stood before another that is in the other alone."""
    i, other = item
    if i is None or other is not None:
        return False
    return was.get(first.ids[i], len(was)) < was.get(second.ids[j], -1)
