"""The positions board: who can live with what, as far as the seat that reads may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tracktwo.room.drafting.models import Position
from tracktwo.room.drafting.position_acts import VALUES
from tracktwo.room.drafting.shown import Party, Sheet
from tracktwo.room.drafting.standings import LIGHTS
from tracktwo.room.people.deciding import seated
from tracktwo.room.words import Words, say

NONE = say("no record", "无记录")
SHOWN: dict[str, Words] = {
    "all": say("All provisions", "所有条款"),
    "stated": say("Where something was said", "已有立场的条款"),
    "contested": say("Where somebody does not agree", "尚有异议的条款"),
}
AGAINST = frozenset(("object", "ad-referendum"))
"""Positions that something still has to be done about."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A delegation on a provision."""

    party: Party
    value: str
    """One of ``VALUES``; empty where nothing was said."""
    words: Words
    note: dict[str, str] | None
    """What it said with it; None where it said nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A provision, and every delegation on it, in the order of the columns."""

    provision: str
    label: str
    light: str
    light_words: Words
    brackets: int
    cells: tuple[Cell, ...]

    @property
    def said(self) -> frozenset[str]:
        """The positions that were taken on it."""
        return frozenset(each.value for each in self.cells if each.value)


@dataclass
class Board:
    """The positions on a draft."""

    sheet: Sheet

    @cached_property
    def parties(self) -> list[Party]:
        """The delegations at the table, by side."""
        return self.sheet.called([str(each.pk) for each in seated(self.sheet.viewer)])

    @cached_property
    def rows(self) -> list[Row]:
        """Every provision of the draft that can be agreed, in its order."""
        return [self._row(each) for each in self.sheet.provisions]

    def shown(self, which: str) -> Iterator[Row]:
        """Those rows that were asked for."""
        for row in self.rows:
            if which == "all" or (row.said & AGAINST if which == "contested" else row.said):
                yield row

    @property
    def silent(self) -> int:
        """On how many provisions nothing was said."""
        return sum(not row.said for row in self.rows)

    @property
    def objected(self) -> int:
        """To how many provisions somebody objects."""
        return sum("object" in row.said for row in self.rows)

    def _row(self, provision: str) -> Row:
        said = {str(each.organisation_id): each for each in self.sheet.positions.get(provision, [])}
        cells = tuple(_cell(party, said.get(party.id)) for party in self.parties)
        light = self.sheet.standing(provision).light
        return Row(provision, self.sheet.label(provision), light, LIGHTS[light], self.sheet.undecided(provision), cells)


def _cell(party: Party, position: Position | None) -> Cell:
    if position is None:
        return Cell(party, "", NONE, None)
    value, note = position.content["value"], position.content["note"]
    return Cell(party, value, VALUES[value], note if note and any(note.values()) else None)
