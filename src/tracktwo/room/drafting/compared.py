"""The two languages of a provision held against each other: what differs and what departs from the term table.

Only what can be told without understanding the words; whether they say the same is for linguists. A draft that was
issued never changes, so that each of its provisions is compared once for each term table.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from itertools import pairwise
from threading import Lock
from uuid import UUID

from django.utils.safestring import SafeString

from tracktwo.room.drafting.briefly import clipped
from tracktwo.room.drafting.models import Draft
from tracktwo.room.drafting.stored import Names, Passage, Whole, whole
from tracktwo.room.words import Words, say
from tracktwo.text.concordance import Difference, Place, differences
from tracktwo.text.documents import Block
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.marked import Language
from tracktwo.text.terms import Departure, Term, Use, departures

Span = tuple[int, int, int]
"""From where to where, in characters of the body, and the number of the remark."""
ALONE = {
    "bracket": (
        say("The bracket {en} is there in English alone.", "方括号{en}仅见于英文本。"),
        say("The bracket {zh} is there in Chinese alone.", "方括号{zh}仅见于中文本。"),
    ),
    "number": (
        say("{en} is there in English alone.", "{en}仅见于英文本。"),
        say("{zh} is there in Chinese alone.", "{zh}仅见于中文本。"),
    ),
    "label": (
        say("The number {en} is there in English alone.", "编号{en}仅见于英文本。"),
        say("The number {zh} is there in Chinese alone.", "编号{zh}仅见于中文本。"),
    ),
    "options": (
        say("The option {en} is there in English alone.", "备选案文{en}仅见于英文本。"),
        say("The option {zh} is there in Chinese alone.", "备选案文{zh}仅见于中文本。"),
    ),
}
BOTH = {
    "nesting": say(
        "The bracket {en} stands within another one than {zh} does.", "方括号{en}与{zh}所处的外层方括号不同。"
    ),
    "holders": say("The bracket {en} names other holders than {zh} does.", "方括号{en}与{zh}所列持有方不同。"),
    "blank": say("The blank is {en} in English and {zh} in Chinese.", "留空处英文为{en}，中文为{zh}。"),
    "number": say("English has {en} where Chinese has {zh}.", "英文为{en}，中文为{zh}。"),
    "label": say("The provision is numbered {en} in English and {zh} in Chinese.", "条款编号英文为{en}，中文为{zh}。"),
    "options": say("The option is {en} in English and {zh} in Chinese.", "备选案文英文为{en}，中文为{zh}。"),
}
"""What a difference is called."""
DEPARTS = say(
    "Term table: English has {en}, Chinese has {zh}; the table pairs {rows}.",
    "术语表：英文有{en}，中文有{zh}；表中对应关系为{rows}。",
)
NONE = say("none of them", "0处")
SHOWN = 48


@dataclass(frozen=True)
class Compared:
    """A provision with its two bodies compared, as far as anybody asks."""

    passage: Passage
    table: tuple[Term, ...]

    @cached_property
    def found(self) -> tuple[Difference, ...]:
        """What the two bodies do not say alike."""
        en, zh = (self.passage.blocks.get(each) for each in LANGUAGES)
        if en is None or zh is None:
            return ()
        names = [tuple(sorted(each)) for each in self.passage.names.values()]
        return differences(en, zh, table=self.table, names=names)

    @cached_property
    def departs(self) -> tuple[Departure, ...]:
        """Where they depart from the term table."""
        en, zh = (self.passage.blocks.get(each) for each in LANGUAGES)
        return () if en is None or zh is None else departures(en.prose, zh.prose, self.table)

    @property
    def count(self) -> int:
        """How many remarks there are."""
        return len(self.found) + len(self.departs)

    @property
    def remarks(self) -> list[Words]:
        """What differs, in words, by the numbers that stand in the bodies."""
        return [*map(_difference, self.found), *map(_departure, self.departs)]

    @cached_property
    def bodies(self) -> dict[Language, SafeString]:
        """The bodies that are there, with the numbers of the remarks in place."""
        return {each: _marked(block, self._spans(each, block)) for each, block in self.passage.blocks.items()}

    @cached_property
    def digest(self) -> str:
        """What tells these two bodies from others."""
        return digest(self.passage)

    def _spans(self, language: Language, block: Block) -> list[Span]:
        spans: list[Span] = []
        for number, each in enumerate(self.found, 1):
            place = each.en if language == "en" else each.zh
            if place is not None:
                spans += _of_place(each, place, block, number)
        for number, departure in enumerate(self.departs, len(self.found) + 1):
            spans += [(use.start, use.end, number) for use in departure.alone if use.language == language]
        return [each for each in spans if each[0] < each[1]]

    def departs_from(self, term: Term) -> bool:
        """Whether a row of the term table is among those departed from, by a word of its own that is left alone."""
        return any(
            use.word in (*term.en, *term.zh) for each in self.departs if term in each.terms for use in each.alone
        )


def digest(passage: Passage) -> str:
    """What tells the two bodies of a provision from others."""
    said = "\0".join("\1" if passage.provision[each] is None else str(passage.provision[each]) for each in LANGUAGES)
    return sha256(said.encode()).hexdigest()[:16]


class Comparison:
    """The provisions of one draft by one term table, each compared when it is asked about."""

    def __init__(self, read: Whole, table: tuple[Term, ...]) -> None:
        self.read, self.table = read, table
        self._found = {name: Compared(passage, table) for name, passage in read.passages.items()}

    def __getitem__(self, provision: str) -> Compared:
        """One provision."""
        return self._found[provision]

    def __iter__(self) -> Iterator[Compared]:
        return iter(self._found.values())


_lock, _most = Lock(), 8
_kept: OrderedDict[tuple[UUID, str, tuple[Term, ...]], Comparison] = OrderedDict()


def comparison(row: Draft, table: tuple[Term, ...], names: Names | None = None) -> Comparison:
    """A draft that was issued, compared."""
    read = whole(row, names)
    asked = (row.pk, repr(read.names), table)
    with _lock:
        if asked not in _kept:
            _kept[asked] = Comparison(read, table)
        _kept.move_to_end(asked)
        while len(_kept) > _most:
            _kept.popitem(last=False)
        return _kept[asked]


def _of_place(difference: Difference, place: Place, block: Block, number: int) -> list[Span]:
    """What is marked of it: of a bracket its own marks, of all else the whole."""
    if difference.kind in {"bracket", "nesting", "holders"}:
        for bracket in block.prose.brackets:
            if (bracket.start, bracket.end) == (place.start, place.end):
                start, end = bracket.inner
                return [(place.start, start, number), (end, place.end, 0)]
    return [(place.start, place.end, number)]


def _marked(block: Block, spans: Iterable[Span]) -> SafeString:
    """A body as HTML without its marks of emphasis; what is remarked on in <mark>, with its number."""
    found = sorted(spans)
    edges = sorted({edge for start, end, _ in found for edge in (start, end)})
    parts: list[str] = []
    position = 0
    for piece in block.prose.pieces:
        after = position + len(piece.text)
        cuts = [position, *(edge for edge in edges if position < edge < after), after]
        for start, end in pairwise(cuts):
            if piece.kind != "style":
                text = escape(piece.text[start - position : end - position])
                within = any(one <= start and end <= other for one, other, _ in found)
                parts.append(f"<mark>{text}</mark>" if within else text)
            numbers = [str(number) for _, other, number in found if other == end and number and start < end]
            if numbers:
                parts.append(f"<sup>{', '.join(numbers)}</sup>")
        position = after
    return SafeString("".join(parts))


def _difference(each: Difference) -> Words:
    en, zh = (clipped(place.text, SHOWN) if place else "" for place in (each.en, each.zh))
    if each.en is not None and each.zh is not None:
        return BOTH.get(each.kind, BOTH["number"]).with_(en=_quoted(en), zh=_quoted(zh))
    words = ALONE.get(each.kind, ALONE["bracket"])
    return words[0].with_(en=_quoted(en)) if each.en is not None else words[1].with_(zh=_quoted(zh))


def _quoted(text: str) -> Words:
    return say(f"“{text}”", f"“{text}”")


def _departure(each: Departure) -> Words:
    rows = say("; ".join(map(row_in_a_line, each.terms)), "；".join(map(row_in_a_line, each.terms)))
    return DEPARTS.with_(en=_counted(each.en), zh=_counted(each.zh), rows=rows)


def row_in_a_line(term: Term) -> str:
    """A row of the table: ``shall = 应 / 应当``."""
    return f"{' / '.join(term.en)} = {' / '.join(term.zh)}"


def _counted(uses: tuple[Use, ...]) -> Words:
    if not uses:
        return NONE
    counts: dict[str, int] = {}
    for use in uses:
        counts[use.word] = counts.get(use.word, 0) + 1
    said = [f"{count} × {word}" for word, count in counts.items()]
    return say(", ".join(said), "、".join(said))
