"""What the drafting page is made of: a draft as one seat sees it, with all that lies over it.

What never changes of an issued draft is found once (found.py); what may change is read for each request.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from tracktwo.room.access import Viewer, visible
from tracktwo.room.drafting.briefly import clipped
from tracktwo.room.drafting.found import Fates, Kept, counted, facts
from tracktwo.room.drafting.models import Draft, Mode, Position, Proposal, Text
from tracktwo.room.drafting.proposing import Tabled, tabled
from tracktwo.room.drafting.standings import UNDECIDED, BracketStanding, ProvisionStanding, latest, standings
from tracktwo.room.drafting.stored import Whole, names_of, whole
from tracktwo.room.people.models import Circle
from tracktwo.room.words import LANGUAGES, Language, Words, language, say

STAGES: dict[str, Words] = {
    "untranslated": say("one language", "仅一种语言"),
    "draft": say("not compared", "尚未核对"),
    "reviewed": say("one side reviewed", "一方已审校"),
    "concordant": say("concordant", "两文一致"),
    "divergent": say("divergence noted", "已注明不一致"),
}
"""How far both languages of a provision were compared (DOMAIN, Concordance)."""
KINDS: dict[str, Words] = {
    "optional": say("Words that may stay or go", "可留可删的文字"),
    "alternatives": say("One of several alternatives", "备选案文之一"),
    "placeholder": say("A blank to be filled", "待填空白"),
    "provision": say("A whole provision", "整个条款"),
    "unsure": say("Unsure", "尚不明确"),
}
STANCES: dict[str, Words] = {
    "proposes": say("proposes the words", "提出该文字"),
    "deletes": say("would delete them", "主张删除"),
    "reserves": say("holds the bracket", "持有方括号"),
    "joined": say("holds the bracket", "持有方括号"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A delegation as a page names it."""

    id: str
    name: str
    mark: str
    """Of its side; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the text is."""

    brackets: int
    """That are open."""
    share: int
    """Of the words that stand in them, in percent, rounded up: nothing is flattered."""
    provisions: int
    plenary: int
    group: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A bracket that waits for the seat that reads, and why."""

    provision: str
    key: str
    why: Words


@dataclass
class Sheet:
    """A draft as one seat sees it."""

    viewer: Viewer
    text: Text
    draft: Draft
    whole: Whole
    names: dict[str, frozenset[str]]
    live: bool
    """Whether it is the latest draft of a text that is open, so that something can be done on it."""

    @classmethod
    def latest(cls, viewer: Viewer, text: object) -> Sheet:
        """The draft of a text that was issued last; Absent where there is none."""
        return cls.of(viewer, latest(viewer, text), newest=True)

    @classmethod
    def of(cls, viewer: Viewer, draft: Draft, *, newest: bool = False) -> Sheet:
        """An issued draft."""
        names = names_of(draft.text)
        live = newest and draft.text.state == Text.State.OPEN
        return cls(viewer, draft.text, draft, whole(draft, names), names, live)

    # what the seat may see and do

    @cached_property
    def lang(self) -> Language:
        """The reader's language, which stands first."""
        return language()

    @cached_property
    def order(self) -> tuple[Language, ...]:
        """Both languages, the reader's first."""
        return LANGUAGES if self.lang == LANGUAGES[0] else LANGUAGES[::-1]

    @cached_property
    def sees_holders(self) -> bool:
        """Whether holders, proposals and positions are shown."""
        return self.viewer.may("position.read")

    @cached_property
    def own(self) -> str:
        """The delegation that the seat is of; empty where it is of none."""
        organisation = self.viewer.organisation
        return str(organisation.id) if organisation and organisation.circle == Circle.DELEGATIONS else ""

    @cached_property
    def bracketed(self) -> bool:
        """Whether delegations hold brackets and propose in it, and something may be done now."""
        return self.live and self.text.mode == Mode.BRACKETED

    @cached_property
    def takes(self) -> bool:
        """Whether the seat holds brackets and takes positions in it."""
        return self.bracketed and bool(self.own) and self.viewer.may("position.take")

    @cached_property
    def proposes(self) -> bool:
        """Whether the seat proposes in it."""
        return self.bracketed and bool(self.own) and self.viewer.may("text.propose")

    @cached_property
    def chairs(self) -> bool:
        """Whether the seat decides, asks and sets lights in it."""
        return self.live and self.viewer.may("text.edit")

    @cached_property
    def criticises(self) -> bool:
        """Whether the seat criticises it in private."""
        return self.live and self.text.mode == Mode.ONE_TEXT and self.viewer.may("text.criticise")

    @cached_property
    def parties(self) -> dict[str, Party]:
        """The delegations, as far as the seat may see them."""
        found = {}
        for each in visible(self.viewer).organisations().filter(circle=Circle.DELEGATIONS):
            name = each.name.get(self.lang) or next(iter(filter(None, each.name.values())), "")
            found[str(each.id)] = Party(str(each.id), name, each.side.mark if each.side else "")
        return found

    def called(self, organisations: Any) -> list[Party]:
        """Delegations by their names, as they are sorted."""
        found = (self.parties[each] for each in organisations if each in self.parties)
        return sorted(found, key=lambda each: (each.mark, each.name))

    # what lies over it

    @cached_property
    def standings(self) -> dict[str, ProvisionStanding]:
        """Those provisions that somebody touched."""
        return standings(self.viewer, self.draft)

    def standing(self, provision: str) -> ProvisionStanding:
        """How a provision stands."""
        return self.standings.get(provision) or ProvisionStanding(provision)

    @cached_property
    def _named(self) -> str:
        return repr(sorted((key, sorted(each)) for key, each in self.names.items()))

    def kept(self, provision: str) -> Kept:
        """A passage, as what is found of it is kept."""
        return Kept(self.draft.pk, provision, self._named, self.whole.passages[provision])

    def brackets(self, provision: str) -> Iterator[tuple[str, BracketStanding]]:
        """The brackets of a provision by their keys, with what became of them and who holds them."""
        known = facts(self.kept(provision))
        touched = self.standings.get(provision)
        for key in known.keys:
            found = touched.brackets.get(key) if touched else None
            if found is None:
                yield key, BracketStanding(holders=known.written[key])
                continue
            if found.holders is None:
                found.holders = known.written[key]
            yield key, found

    def fates(self, provision: str, tongue: Language) -> Fates:
        """Which brackets of a provision are lifted or dropped, in one language."""
        touched = self.standings.get(provision)
        if touched is None or not touched.brackets:
            return ()
        numbers = {key: number for number, key in self.whole.passages[provision].keys(tongue).items()}
        found = ((numbers[key], each.state) for key, each in touched.brackets.items() if key in numbers)
        return tuple(sorted((number, state) for number, state in found if state not in UNDECIDED))

    def undecided(self, provision: str) -> int:
        """How many brackets of a provision are open."""
        touched = self.standings.get(provision)
        keys = facts(self.kept(provision)).keys
        done = sum(each.state not in UNDECIDED for each in touched.brackets.values()) if touched else 0
        return len(keys) - done

    @cached_property
    def provisions(self) -> list[str]:
        """Those that can be agreed: all but headings and notes."""
        return [each.id for each in self.whole.draft.provisions if each.kind == "paragraph"]

    @cached_property
    def counts(self) -> Counts:
        """How far the text is, as it stands now."""
        inside = total = brackets = 0
        for provision, passage in self.whole.passages.items():
            tongue = self.lang if self.lang in passage.blocks else self.order[1]
            within, words = counted(self.kept(provision), tongue, self.fates(provision, tongue))
            inside, total, brackets = inside + within, total + words, brackets + self.undecided(provision)
        lights = [self.standings[each].light for each in self.provisions if each in self.standings]
        share = ceil(100 * inside / total) if total else 0
        return Counts(brackets, share, len(self.provisions), lights.count("plenary"), lights.count("group"))

    @cached_property
    def held(self) -> int:
        """How many open brackets the own delegation holds."""
        return sum(
            each.state in UNDECIDED and self.own in (each.holders or {})
            for provision in self.whole.passages
            for _, each in self.brackets(provision)
        )

    @cached_property
    def asked(self) -> list[Asked]:
        """The brackets that wait for this seat's delegation, or for the chair."""
        return [
            Asked(provision, key, why)
            for provision in self.standings
            if provision in self.whole.passages
            for key, each in self.brackets(provision)
            if (why := self._why(each)) is not None
        ]

    def _why(self, bracket: BracketStanding) -> Words | None:
        if bracket.state not in UNDECIDED or not self.bracketed:
            return None
        holders = bracket.holders or {}
        if self.chairs and bracket.call is not None:
            return say("your question is open", "征询尚未结束")
        if not self.takes:
            return None
        if self.own in holders and self.own not in bracket.said and bracket.said:
            return say("another holder has said what to do", "另一持有方已提出处理意见")
        if bracket.call is not None and self.own not in holders and self.own not in bracket.call["fine"]:
            return say("the chair asks whether you object", "主席征询贵方有无反对意见")
        return None

    # what was said of it

    @cached_property
    def tabled(self) -> list[Tabled]:
        """The proposals before the room."""
        if not self.live or self.text.mode != Mode.BRACKETED or not self.sees_holders:
            return []
        return tabled(self.viewer, self.text)

    @cached_property
    def proposals(self) -> dict[str | None, list[Tabled]]:
        """Those by the provision under which they are shown: the one that they are on, or behind which they add."""
        found: dict[str | None, list[Tabled]] = {}
        for each in self.tabled:
            given = each.row.content
            place = given["after"] if given["action"] == "ADD" else given["provision"]
            found.setdefault(place if place in self.whole.passages else None, []).append(each)
        for rows in found.values():
            rows.sort(key=lambda each: (each.row.state != Proposal.State.TABLED, str(each.row.pk)))
        return found

    @cached_property
    def positions(self) -> dict[str | None, list[Position]]:
        """Positions by provision; under None those on the whole draft."""
        found: dict[str | None, list[Position]] = {}
        if self.text.mode != Mode.BRACKETED:
            return found
        for row in visible(self.viewer).positions().filter(draft=self.draft).select_related(None):
            found.setdefault(row.content["provision"], []).append(row)
        return found

    def bracket_words(self, provision: str, key: str) -> str:
        """The first words in a bracket, in the reader's language where it is there."""
        passage = self.whole.passages[provision]
        for tongue in self.order:
            bracket = passage.bracket(key, tongue) if tongue in passage.blocks else None
            if bracket is not None:
                return clipped(passage.blocks[tongue].prose.content(bracket), 14 if tongue == "zh" else 28)
        return ""

    def label(self, provision: str) -> str:
        """What a provision is called: its number, or its first words."""
        found = self.whole.passages[provision].provision
        blocks = self.whole.passages[provision].blocks
        number = next((blocks[each].label for each in self.order if each in blocks and blocks[each].label), found.label)
        if number:
            return number.rstrip(".．、")
        body = next((each for each in (found[tongue] for tongue in self.order) if each), "")
        plain = " ".join(body.split())
        limit = 14 if plain[:1] >= "\u3400" else 28
        return plain if len(plain) <= limit else f"{plain[:limit].rstrip()}…"
