"""Drafts as they are kept, and as the library knows them. A draft that was issued is read once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.people.models import Circle, Organisation
from tracktwo.text import drafts as library
from tracktwo.text.documents import Block
from tracktwo.text.drafts import LANGUAGES, Provision
from tracktwo.text.marked import Language
from tracktwo.text.pairing import BracketPair, paired
from tracktwo.text.prose import Bracket
from tracktwo.text.terms import DEFAULT, Term

Names = dict[str, frozenset[str]]
"""What each delegation is called in the text, by its identifier."""


def content(draft: library.Draft) -> dict[str, Any]:
    """A draft as JSON."""
    rows = [
        [p.id, p.kind, p.label, p.level, list(p.options), p.en, p.zh, p.origin, p.lead_en, p.lead_zh]
        for p in draft.provisions
    ]
    return {"links": list(draft.links), "provisions": rows}


def loaded(number: int, stored: dict[str, Any]) -> library.Draft:
    """The draft that :func:`content` wrote."""
    rows = tuple(Provision(*[*row[:4], tuple(row[4]), *row[5:]]) for row in stored["provisions"])
    return library.Draft(number, rows, tuple(stored["links"]))


@dataclass(frozen=True)
class Passage:
    """A provision with its bodies read."""

    provision: Provision
    blocks: dict[Language, Block]
    """Those that are there."""
    labels: frozenset[str]
    names: Names

    @cached_property
    def parties(self) -> frozenset[str]:
        """The names of all delegations."""
        return frozenset().union(*self.names.values())

    @cached_property
    def pairs(self) -> dict[str, BracketPair]:
        """The brackets of both languages by their keys: ``3-2`` is the fourth in English and the third in Chinese."""
        en, zh = (self.blocks[each].prose if each in self.blocks else None for each in LANGUAGES)
        if en is not None and zh is not None:
            found = paired(en, zh, names=[tuple(each) for each in self.names.values()])
        else:
            found = tuple(
                BracketPair(each.number if en else None, each.number if zh else None)
                for each in (en.brackets if en else zh.brackets if zh else ())
            )
        return {key(pair): pair for pair in found}

    def bracket(self, named: str, language: Language) -> Bracket | None:
        """The bracket of a key in one language, if it is there."""
        pair = self.pairs[named]
        number = pair.en if language == "en" else pair.zh
        return None if number is None else self.blocks[language].prose.brackets[number]

    def keys(self, language: Language) -> dict[int, str]:
        """The keys of the brackets in one language by their numbers."""
        found = {(pair.en if language == "en" else pair.zh): named for named, pair in self.pairs.items()}
        return {number: named for number, named in found.items() if number is not None}

    def written(self, named: str) -> dict[str, str]:
        """The delegations that the words themselves name as holders of a bracket, with their stance."""
        found: dict[str, str] = {}
        for language in LANGUAGES:
            bracket = self.bracket(named, language)
            for holder in bracket.holders if bracket else ():
                for organisation, names in self.names.items():
                    if holder.name in names:
                        found.setdefault(organisation, holder.stance)
        return found


@dataclass(frozen=True)
class Whole:
    """A draft with all its provisions read."""

    draft: library.Draft
    names: Names

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Its provisions by their ids, in order."""
        parties, labels = frozenset().union(*self.names.values()), self.draft.labels
        blocks: dict[str, dict[Language, Block]] = {each.id: {} for each in self.draft.provisions}
        for language in LANGUAGES:
            document = self.draft.document(language, parties=parties)
            lines = self.draft.lines(language)
            for block in document.blocks:
                if block.line in lines and block.kind != "space":
                    blocks[lines[block.line]][language] = block
        return {each.id: Passage(each, blocks[each.id], labels, self.names) for each in self.draft.provisions}

    @cached_property
    def hash(self) -> str:
        """Of the draft."""
        return self.draft.hash


def names_of(text: Text) -> Names:
    """What the delegations at the table are called, in both languages."""
    rows = Organisation.objects.filter(process=text.process_id, circle=Circle.DELEGATIONS)
    return {
        str(each.id): frozenset(filter(None, (each.name.get("en"), each.name.get("zh"))))
        for each in rows.order_by("id")
    }


def terms_of(text: Text) -> tuple[Term, ...]:
    """The term table of a text; until one was confirmed, the one that is proposed."""
    return tuple(Term(tuple(en), tuple(zh), note) for en, zh, note in text.terms) or DEFAULT


class _Kept:
    """The last drafts that were read; those that were issued never change."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._found: OrderedDict[tuple[UUID, str], Whole] = OrderedDict()

    def of(self, row: Draft, names: Names) -> Whole:
        asked = (row.pk, repr(names))
        with self._lock:
            if asked in self._found:
                self._found.move_to_end(asked)
                return self._found[asked]
        whole = Whole(loaded(row.number, row.content), names)
        if row.state == Draft.State.ISSUED:
            with self._lock:
                self._found[asked] = whole
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
        return whole


_kept = _Kept(8)


def whole(row: Draft, names: Names | None = None) -> Whole:
    """A draft, read. ``names`` are those of :func:`names_of`, where they are at hand."""
    return _kept.of(row, names_of(row.text) if names is None else names)


def key(pair: BracketPair) -> str:
    """What a bracket is called in an address."""
    return f"{'' if pair.en is None else pair.en}-{'' if pair.zh is None else pair.zh}"
