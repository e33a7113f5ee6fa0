"""What stands in an article that was opened: a bracket with all that concerns it, or the provision's own panel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tracktwo.room.access import Absent
from tracktwo.room.drafting import articles, markup, parts
from tracktwo.room.drafting.bracket_acts import CONFIRMED, FATES, JOINED, unsure
from tracktwo.room.drafting.found import after, facts
from tracktwo.room.drafting.models import Mode
from tracktwo.room.drafting.page_forms import AssignForm, CallForm, NarrowForm, PositionForm
from tracktwo.room.drafting.position_acts import VALUES
from tracktwo.room.drafting.shown import KINDS, STANCES, Party, Sheet
from tracktwo.room.drafting.standings import LIGHTS, STATES, UNDECIDED, BracketStanding
from tracktwo.room.drafting.stored import Passage
from tracktwo.room.words import TAGS, Language, Words
from tracktwo.text.holding import holding
from tracktwo.text.prose import Bracket

LONGEST = 280
"""Characters of a paragraph up to which a reading shows all of it; of a longer one the sentence that changes."""
_END = re.compile(r"[.;:?!]\s+|[。；：？！]")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a bracket, why, and what they said."""

    party: Party
    stance: Words
    said: Words | None
    words: dict[str, str]
    """Of one who would narrow it: the words."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What another holder said, for this seat to say the same."""

    fate: str
    said: Words
    words: dict[str, str]
    names: list[Party]


def bracket(sheet: Sheet, provision: str, key: str, forms: dict[str, Form] | None = None, notice: Words | None = None
            ) -> SafeString:  # fmt: skip
    """The panel of a bracket; ``forms`` are those that were sent and could not be taken."""
    passage = sheet.whole.passages[provision]
    if key not in facts(sheet.kept(provision)).keys:
        raise Absent
    standing = dict(sheet.brackets(provision))[key]
    here = f"{parts.address(sheet, provision)}/brackets/{key}"
    found = {tongue: passage.bracket(key, tongue) for tongue in sheet.order if tongue in passage.blocks}
    brackets = {tongue: each for tongue, each in found.items() if each is not None}
    undecided = standing.state in UNDECIDED
    mine = sheet.own in (standing.holders or {})
    context: dict[str, Any] = {
        "sheet": sheet, "here": here, "provision": provision, "notice": notice, "close": _close(sheet, provision),
        "state": STATES[standing.state], "standing": standing, "undecided": undecided, "mine": mine,
        "named": any(each != JOINED for each in (standing.holders or {}).values()),
        "kinds": [KINDS[standing.kind]] if standing.kind else list(
            dict.fromkeys(KINDS[each.kind] for each in brackets.values())),
        "unsure": not standing.kind and unsure(passage, key),
        "confirms": [(kind, words) for kind, words in CONFIRMED.items() if kind == "optional" or
                     any(len(each.beside) > 1 for each in brackets.values())] if unsure(passage, key) else [],
        "holders": _holders(sheet, standing), "options": _options(sheet, passage, brackets, key),
        "readings": _readings(sheet, provision, brackets, standing.kind == "alternatives") if undecided else [],
        "words": _tongues(sheet, standing.words or {}),
        "takes": sheet.takes and undecided, "chairs": sheet.chairs and sheet.text.mode == Mode.BRACKETED,
        "joins": _joins(sheet, standing) if mine and undecided else [],
        "said": sheet.own in standing.said, "fates": [(name, FATES[name]) for name in ("lifted", "dropped", "parked")],
        "call": _call(sheet, standing),
    }  # fmt: skip
    given = forms or {}
    if sheet.takes and mine and undecided:
        context["narrow"] = given.get("narrow") or NarrowForm(provision, inside(passage, brackets))
        context["narrowing"] = "narrow" in given
    if context["chairs"] and undecided:
        rest = [(each.id, each.name) for each in sheet.called(sheet.parties) if each.id not in (standing.holders or {})]
        context["ask"] = given.get("call") or CallForm(provision, sheet.viewer.today)
        context["asking"] = "call" in given
        context["assign"] = (given.get("assign") or AssignForm(provision, rest)) if rest else None
        context["assigning"] = "assign" in given
    return SafeString(render_to_string("drafting/bracket.html", context))


def inside(passage: Passage, brackets: dict[Language, Bracket]) -> dict[str, str]:
    """The words in a bracket, without its holders' names, in each language in which it is there."""
    found = {}
    for tongue, each in brackets.items():
        prose = passage.blocks[tongue].prose
        held = holding(prose, each)
        found[str(tongue)] = prose.render()[held.start : held.end].strip()
    return found


def _close(sheet: Sheet, provision: str) -> SafeString:
    return SafeString(articles.closing(sheet, provision))


def _holders(sheet: Sheet, standing: BracketStanding) -> list[Holder] | None:
    """None where the seat does not see them."""
    if not sheet.sees_holders:
        return None
    found = []
    for party in sheet.called(standing.holders or {}):
        said = standing.said.get(party.id)
        words = {name: each for name, each in (said or {}).items() if name != "fate"}
        stance = STANCES[(standing.holders or {})[party.id]]
        found.append(Holder(party, stance, FATES[said["fate"]] if said else None, words))
    return found


def _joins(sheet: Sheet, standing: BracketStanding) -> list[Joined]:
    """What others who hold it said, each once."""
    found: dict[str, list[str]] = {}
    mine = standing.said.get(sheet.own)
    by_words = {}
    for organisation, said in sorted(standing.said.items()):
        if organisation != sheet.own and said != mine:
            found.setdefault(repr(sorted(said.items())), []).append(organisation)
            by_words[repr(sorted(said.items()))] = said
    return [
        Joined(
            said["fate"], FATES[said["fate"]], {k: v for k, v in said.items() if k != "fate"}, sheet.called(found[key])
        )
        for key, said in by_words.items()
    ]


def _call(sheet: Sheet, standing: BracketStanding) -> dict[str, Any] | None:
    """The chair's question, as the seat sees it."""
    if standing.call is None:
        return None
    fine = sheet.called(standing.call["fine"]) if sheet.sees_holders else []
    return {
        "fate": FATES[standing.call["fate"]], "until": date.fromisoformat(standing.call["until"]), "fine": fine,
        "answered": sheet.own in standing.call["fine"],
    }  # fmt: skip


def _options(
    sheet: Sheet, passage: Passage, brackets: dict[Language, Bracket], key: str
) -> list[tuple[Language, list[tuple[str, str, bool]]]]:
    """The brackets side by side with it, by language: the address of each, its words, whether it is the one opened."""
    found = []
    for tongue, each in brackets.items():
        keys, prose = passage.keys(tongue), passage.blocks[tongue].prose
        rows = [
            (f"{parts.address(sheet, passage.provision.id)}/brackets/{keys[number]}",
             prose.content(prose.brackets[number]), keys[number] == key)
            for number in each.beside
        ]  # fmt: skip
        if len(rows) > 1:
            found.append((TAGS[tongue], rows))
    return found  # type: ignore[return-value]


def _readings(
    sheet: Sheet, provision: str, brackets: dict[Language, Bracket], alternatives: bool
) -> list[tuple[str, list[tuple[str, SafeString]]]]:
    """What the words would be if it were lifted, the others falling if it is one of several, and if dropped."""
    kept, labels = sheet.kept(provision), sheet.whole.passages[provision].labels
    found = []
    for fate in ("lifted", "dropped"):
        sides = []
        for tongue, each in brackets.items():
            chosen = fate == "lifted" and alternatives
            fates = dict(sheet.fates(provision, tongue)) | dict.fromkeys(each.beside if chosen else (), "dropped")
            fates[each.number] = fate
            body = after(kept, tongue, tuple(sorted(fates.items())))
            before = kept.passage.blocks[tongue].prose.render()
            sides.append((TAGS[tongue], SafeString(markup.plain(sentence(before, body), labels))))
        found.append((fate, sides))
    return found


def sentence(before: str, body: str) -> str:
    """The sentence of a body in which it differs from another; all of it where it is short."""
    if len(body) <= LONGEST:
        return body
    at = next((place for place, (a, b) in enumerate(zip(before, body, strict=False)) if a != b), len(body))
    ends = [found.end() for found in _END.finditer(body)]
    start = max((end for end in ends if end <= at), default=0)
    stop = min((end for end in ends if end > at), default=len(body))
    return f"{'… ' if start else ''}{body[start:stop].strip()}{' …' if stop < len(body) else ''}"


def _tongues(sheet: Sheet, words: dict[str, str]) -> list[tuple[str, str]]:
    return [(TAGS[each], words[each]) for each in sheet.order if words.get(each)]


def panel(
    sheet: Sheet, provision: str, form: Form | None = None, notice: Words | None = None, typed: Sequence[str] = ()
) -> SafeString:
    """The panel of a provision: positions with their notes, the own one, the light; ``typed`` is what has no place."""
    rows = sheet.positions.get(provision, [])
    mine = next((each for each in rows if str(each.organisation_id) == sheet.own), None)
    if form is None and sheet.takes:
        form = PositionForm(provision, initial=mine.content if mine else None)
    standing = sheet.standing(provision)
    by = {str(each.organisation_id): each for each in rows}
    context = {
        "sheet": sheet, "here": parts.address(sheet, provision), "provision": provision, "notice": notice,
        "close": _close(sheet, provision), "form": form, "mine": mine, "typed": typed,
        "notes": [(each, VALUES[by[each.id].content["value"]], by[each.id].content["note"])
                  for each in sheet.called(by) if any(by[each.id].content["note"].values())],
        "lights": [(name, words) for name, words in LIGHTS.items() if name != standing.light],
        "light": standing.light, "said": LIGHTS[standing.light], "undecided": sheet.undecided(provision),
        "paragraph": sheet.whole.passages[provision].provision.kind == "paragraph",
    }  # fmt: skip
    return SafeString(render_to_string("drafting/panel.html", context))


def proposing(sheet: Sheet, provision: str, form: Form, notice: Words | None = None) -> SafeString:
    """The panel in which a change is proposed."""
    context = {
        "sheet": sheet, "here": parts.address(sheet, provision), "provision": provision, "form": form,
        "notice": notice, "close": _close(sheet, provision),
    }  # fmt: skip
    return SafeString(render_to_string("drafting/propose.html", context))
