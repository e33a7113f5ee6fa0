"""Acts on a bracket: holding it, saying what is to become of it, and the chair's question whether anybody objects.

Only those who hold a bracket lift, drop, narrow or park it, and all of them must say the same; or the chair does, where
nobody at the table objects (DOMAIN). Any delegation may join those who hold one, and so object; but where nobody was
named as its holder, by the words or by the chair, those who joined do not settle it among themselves: then the chair
asks everybody. The draft itself stays as it was issued: what became of its brackets is carried out in the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracktwo.room.access import Absent, Refused, Viewer, visible
from tracktwo.room.drafting.models import Mode
from tracktwo.room.drafting.standings import STATES, UNDECIDED, BracketStanding, Touched, touching
from tracktwo.room.drafting.stored import Passage
from tracktwo.room.drafting.table import own, participating
from tracktwo.room.people.models import Circle
from tracktwo.room.words import say
from tracktwo.text.brackets import narrow
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language

FATES = {
    "lifted": say("Lift: the words stay", "取消方括号，保留文字"),
    "dropped": say("Drop: the words go", "删去方括号及其文字"),
    "narrowed": say("Narrow: other words in it", "缩小：改为其他文字"),
    "parked": say("Park it for now", "暂时搁置"),
}
CONFIRMED = {
    "alternatives": say("Alternatives: if one is lifted, the others fall", "备选案文：取其一，其余即予删去"),
    "optional": say("Each by itself: it may stay or go", "各自独立：可留可删"),
}
"""What a person may confirm that brackets are of which the words do not tell."""
CALLED = {"lifted", "dropped", "parked"}
"""What the chair may ask about."""
JOINED = "joined"
"""The stance of a delegation that holds a bracket because it said so, and was not named."""


@dataclass(slots=True)
class Held:
    """A bracket in the act that changes it."""

    touched: Touched
    key: str
    bracket: BracketStanding

    @property
    def holders(self) -> dict[str, str]:
        """Stance by organisation."""
        assert self.bracket.holders is not None
        return self.bracket.holders


def hold(viewer: Viewer, text: object, provision: str, bracket: str, on: object) -> None:
    """Hold a bracket with the own delegation. If the chair had asked whether anybody objects, somebody now does."""
    with _bracket(viewer, "position.take", text, provision, bracket, on) as held:
        mine = str(own(viewer).id)
        if mine in held.holders:
            raise Refused(say("Your delegation holds this bracket already.", "贵方已持有此方括号。"))
        held.holders[mine] = JOINED
        held.bracket.call = None
        held.bracket.said.clear()  # what was agreed among fewer is not agreed


def let_go(viewer: Viewer, text: object, provision: str, bracket: str, on: object) -> None:
    """Hold it no longer. What all the others have said the same is then done."""
    with _bracket(viewer, "position.take", text, provision, bracket, on) as held:
        mine = _mine(viewer, held)
        del held.holders[mine]
        held.bracket.said.pop(mine, None)
        _settle(viewer, held)


def say_fate(
    viewer: Viewer, text: object, provision: str, bracket: str, on: object, fate: str,
    words: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Say what is to become of a bracket that the own delegation holds; once all holders say the same, it is done."""
    with _bracket(viewer, "position.take", text, provision, bracket, on) as held:
        if fate not in FATES:
            raise Absent
        mine = _mine(viewer, held)
        held.bracket.said[mine] = {"fate": fate} | (_narrowed(held, words or {}) if fate == "narrowed" else {})
        _settle(viewer, held)


def take_back(viewer: Viewer, text: object, provision: str, bracket: str, on: object) -> None:
    """Take back what the own delegation said, as long as it is not done."""
    with _bracket(viewer, "position.take", text, provision, bracket, on) as held:
        held.bracket.said.pop(_mine(viewer, held), None)


def call(viewer: Viewer, text: object, provision: str, bracket: str, on: object, fate: str, until: date) -> None:
    """Ask all delegations whether anybody objects; the day after ``until`` silence is none."""
    with _bracket(viewer, "text.edit", text, provision, bracket, on) as held:
        if fate not in CALLED:
            raise Absent
        if held.bracket.call is not None:
            raise Refused(say("The delegations were asked about this bracket already.", "已就此方括号征询各方意见。"))
        if until < viewer.today:
            raise Refused(say("That day is over. Name today or a later day.", "该日期已过。请选择今天或以后的日期。"))
        held.bracket.call = {"fate": fate, "until": until.isoformat(), "fine": []}


def fine(viewer: Viewer, text: object, provision: str, bracket: str, on: object) -> None:
    """Say that the own delegation does not object."""
    with _bracket(viewer, "position.take", text, provision, bracket, on) as held:
        asked, mine = _call(held), str(own(viewer).id)
        if mine in held.holders:
            raise Refused(
                say("Your delegation holds this bracket. Let it go first, or say what is to become of it.",
                    "贵方持有此方括号。请先放弃持有，或说明拟如何处理。")
            )  # fmt: skip
        asked["fine"] = sorted({*asked["fine"], mine})


def conclude(viewer: Viewer, text: object, provision: str, bracket: str, on: object) -> None:
    """Do what was asked, where nobody objects: everybody said so, or the day is over and nobody holds it."""
    with _bracket(viewer, "text.edit", text, provision, bracket, on) as held:
        asked = _call(held)
        table = {str(each.id) for each in participating(viewer)}
        agreeing = {each for each, said in held.bracket.said.items() if said == {"fate": asked["fate"]}}
        if (table & held.holders.keys()) - agreeing:
            raise Refused(
                say("A delegation holds this bracket, and so objects. It can be done once its holders have said the "
                    "same or let it go.",
                    "有与会方持有此方括号，即为反对。待持有方表示同意或放弃持有后方可进行。")
            )  # fmt: skip
        if table - {*asked["fine"], *agreeing} and viewer.today <= date.fromisoformat(asked["until"]):
            raise Refused(
                say("Not every delegation has said that it does not object. It can be done from the day after the one "
                    "you named, or once all have said so.",
                    "尚有与会方未表示不反对。须待所定日期之后，或各方均表示不反对后，方可进行。")
            )  # fmt: skip
        held.bracket.state, held.bracket.call = asked["fate"], None
        _others_fall(held, table)


def reopen(viewer: Viewer, text: object, provision: str, bracket: str, on: object) -> None:
    """Open a bracket again that was settled in this draft."""
    with touching(viewer, "text.edit", text, provision, on) as touched:
        held = _held(touched, bracket)
        if held.bracket.state == "open":
            raise Refused(say("This bracket is open.", "此方括号仍为未决。"))
        held.bracket.state, held.bracket.words, held.bracket.call = "open", None, None
        held.bracket.said.clear()


def assign(
    viewer: Viewer, text: object, provision: str, bracket: str, on: object, organisations: Iterable[str]
) -> None:
    """Name delegations as holders of a bracket, as the chair heard it; each of them alone can let it go."""
    with _bracket(viewer, "text.edit", text, provision, bracket, on) as held:
        rows = visible(viewer).organisations().filter(circle=Circle.DELEGATIONS)
        known = {str(each.id) for each in rows}
        wanted = {*organisations}
        if wanted - known:
            raise Absent
        before = {each: stance for each, stance in held.holders.items() if stance != JOINED or each not in wanted}
        held.bracket.holders = dict.fromkeys(sorted(wanted), "reserves") | before
        held.bracket.call = None


def confirm(viewer: Viewer, text: object, provision: str, bracket: str, on: object, kind: str) -> None:
    """Confirm what brackets are of which the words do not tell: "alternatives", or each by itself "optional"."""
    with _bracket(viewer, "text.edit", text, provision, bracket, on) as held:
        together = _beside(held.touched, bracket)
        possible = unsure(held.touched.passage, bracket) and (kind == "optional" or len(together) > 1)
        if kind not in CONFIRMED or not possible:
            raise Absent
        for key in together:
            found = held.touched.standing.bracket(held.touched.passage, key)
            found.kind = kind
            held.touched.standing.brackets[key] = found


ACTS: dict[str, Callable[..., None]] = {
    "hold": hold, "let-go": let_go, "say": say_fate, "take-back": take_back, "call": call, "fine": fine,
    "conclude": conclude, "reopen": reopen, "assign": assign, "confirm": confirm,
}  # fmt: skip
"""By the last part of their addresses."""


def _bracket(
    viewer: Viewer, right: str, text: object, provision: str, bracket: str, on: object
) -> AbstractContextManager[Held]:
    return _undecided(touching(viewer, right, text, provision, on), bracket)


@contextmanager
def _undecided(touches: AbstractContextManager[Touched], bracket: str) -> Any:
    with touches as touched:
        held = _held(touched, bracket)
        if held.bracket.state not in UNDECIDED:
            raise Refused(
                say("This bracket is settled already: {state}. Nothing was changed. If that is a mistake, ask the chair"
                    " to open it again.",
                    "此方括号已处理完毕：{state}。未作任何变更。如有误，可请主席重新开启。",
                    state=STATES[held.bracket.state])
            )  # fmt: skip
        yield held


def _held(touched: Touched, bracket: str) -> Held:
    found = touched.standing.bracket(touched.passage, bracket)
    if touched.text.mode != Mode.BRACKETED:
        raise Refused(say("In this text brackets are the drafters’ own; delegations do not hold them.",
                          "本案文中的方括号由起草人自用，与会方不持有。"))  # fmt: skip
    touched.standing.brackets[bracket] = found
    return Held(touched, bracket, found)


def _mine(viewer: Viewer, held: Held) -> str:
    mine = str(own(viewer).id)
    if mine not in held.holders:
        raise Refused(
            say("Only the delegations that hold this bracket say what becomes of it; the chair can ask whether anybody "
                "objects.",
                "仅持有此方括号的与会方可决定如何处理；主席可征询有无反对意见。")
        )  # fmt: skip
    return mine


def _call(held: Held) -> dict[str, Any]:
    if held.bracket.call is None:
        raise Refused(
            say("Nobody is asked about this bracket now: the chair has not asked, or a delegation has objected.",
                "目前未就此方括号征询意见：主席尚未征询，或已有与会方反对。")
        )  # fmt: skip
    return held.bracket.call


def _narrowed(held: Held, words: Mapping[str, str]) -> dict[str, str]:
    """The words that a bracket is to hold instead, in each language in which it is there; Refused if they cannot."""
    passage = held.touched.passage
    given: dict[str, str] = {}
    for language in passage.blocks:
        bracket = passage.bracket(held.key, language)
        wanted = words.get(language, "").strip()
        if bracket is None:
            continue
        if not wanted:
            raise Refused(
                say("Say in both languages what is to stand in the bracket.", "请用两种语言写明方括号内的文字。")
            )
        _try(held, language, bracket.number, wanted)
        given[language] = wanted
    return given


def _try(held: Held, language: Language, number: int, words: str) -> None:
    passage = held.touched.passage
    try:
        narrow(passage.provision[language] or "", number, words, labels=passage.labels, parties=passage.parties)
    except TextError:
        raise Refused(
            say("These words open or close a bracket that is not theirs, or the bracket only names who would delete. "
                "Give words whose brackets match, or drop the bracket.",
                "所填文字中的方括号不成对，或此方括号仅列明主张删除者。请使方括号成对，或删去此方括号。")
        ) from None  # fmt: skip


def _settle(viewer: Viewer, held: Held) -> None:
    """Do what all holders at the table say, if they all say the same; what those who are away said is frozen."""
    bracket, table = held.bracket, {str(each.id) for each in participating(viewer)}
    holders = {each: stance for each, stance in held.holders.items() if each in table}
    said = [bracket.said.get(each) for each in holders]
    agreed = said[0] if said else None
    if agreed is None or any(each != agreed for each in said) or {*holders.values()} == {JOINED}:
        return
    bracket.state, bracket.call = agreed["fate"], None
    if bracket.state == "narrowed":
        bracket.words = {name: each for name, each in agreed.items() if name != "fate"}
        bracket.said.clear()
    _others_fall(held, table)


def _others_fall(held: Held, table: set[str]) -> None:
    """Where one of several alternatives is lifted, drop those that nobody else holds."""
    if held.bracket.state != "lifted" or held.bracket.kind != "alternatives":
        return
    for key in _beside(held.touched, held.key):
        other = held.touched.standing.bracket(held.touched.passage, key)
        if (
            key != held.key
            and other.state in UNDECIDED
            and not (other.holders or {}).keys() & table - held.holders.keys()
        ):
            other.state, other.call = "dropped", None
            held.touched.standing.brackets[key] = other


def _beside(touched: Touched, bracket: str) -> list[str]:
    """The keys of the brackets side by side with one, itself among them."""
    found = {bracket}
    for language in touched.passage.blocks:
        keys, there = touched.passage.keys(language), touched.passage.bracket(bracket, language)
        found |= {keys[number] for number in there.beside} if there else set()
    return sorted(found)


def unsure(passage: Passage, bracket: str) -> bool:
    """Whether the words do not tell what a bracket is."""
    found = (passage.bracket(bracket, language) for language in passage.blocks)
    return any(each is not None and each.kind == "unsure" for each in found)
