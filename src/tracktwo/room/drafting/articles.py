"""A provision as an article of the drafting page, in HTML.

Built by hand, for a text has hundreds of provisions; what is opened in one of them comes from templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString

from tracktwo.room.drafting.markup import Mark, lead, words
from tracktwo.room.drafting.parts import address, light
from tracktwo.room.drafting.proposed import positions, proposals
from tracktwo.room.drafting.shown import STAGES, Sheet
from tracktwo.room.drafting.standings import LIGHTS, STATES
from tracktwo.room.drafting.stored import Passage
from tracktwo.room.words import TAGS, Language, Words, say

_BRACKET = say("Bracket, {state}", "方括号，{state}")
_HELD = say("Bracket, {state}, held by {names}", "方括号，{state}，持有方：{names}")
_NOT_THERE: dict[Language, Words] = {
    "en": say("Not there in English yet.", "尚无英文本。"),
    "zh": say("Not there in Chinese yet.", "尚无中文本。"),
}
_PROPOSE = say("Propose a change", "提出修改")
_CRITICISE = say("Criticise in private", "私下提出批评意见")
_OPEN = say("Open {label}", "查看{label}")
_CLOSE = say("Close", "收起")


@dataclass(frozen=True)
class _Two:
    """What both languages of a provision are shown from; equal ones are shown alike."""

    draft: UUID
    provision: str
    order: tuple[Language, ...]
    address: str
    light: str
    stage: str
    marks: tuple[tuple[str, str, str, bool, str, str], ...]
    """Of each bracket: its key, state and label, whether it is opened, its new words in English and Chinese."""
    passage: Passage = field(compare=False)
    depth: int = 0


def article(sheet: Sheet, provision: str, panel: str = "", *, opened: str | None = None) -> str:
    """A provision. ``panel`` stands below its words; ``opened`` is the bracket that it is about."""
    passage = sheet.whole.passages[provision]
    given = passage.provision
    standing = sheet.standings.get(provision)
    shines = standing.light if standing else "open"
    two = _two(
        _Two(
            sheet.draft.pk, provision, sheet.order, address(sheet, provision) if sheet.live else "",
            shines if given.kind == "paragraph" else "", sheet.standing(provision).checked(passage).stage,
            tuple(_marks(sheet, provision, opened)), passage, depth(sheet),
        )
    )  # fmt: skip
    label = f' aria-label="{escape(sheet.label(provision))}"' if given.label else ""
    kind = f"provision {given.kind}{f' in{min(given.level, 4)}' if given.kind == 'paragraph' and given.level else ''}"
    return (
        f'<article id="p-{provision}" class="{kind}{" open" if panel else ""}"{label}>{two}'
        f"{proposals(sheet, provision)}{positions(sheet, provision)}"
        f"{'' if panel else _links(sheet, provision)}{panel}</article>\n"
    )


def _marks(sheet: Sheet, provision: str, opened: str | None) -> Iterable[tuple[str, str, str, bool, str, str]]:
    for key, bracket in sheet.brackets(provision):
        names: tuple[str, ...] = ()
        if sheet.sees_holders and bracket.holders:
            names = tuple(each.name for each in sheet.called(bracket.holders))
        new = bracket.words or {}
        label = _label(bracket.state, names, sheet.lang)
        yield key, bracket.state, label, key == opened, new.get("en", ""), new.get("zh", "")


@lru_cache(maxsize=4096)
def _label(state: str, names: tuple[str, ...], tongue: Language) -> str:
    between = ", " if tongue == "en" else "、"
    found = (
        _HELD.with_(state=STATES[state], names=between.join(names)) if names else _BRACKET.with_(state=STATES[state])
    )
    return found.said(tongue)


@lru_cache(maxsize=8192)
def _two(of: _Two) -> str:
    """Both languages, the reader's first, with its light and its concordance between them."""
    own, passage = of.order[0], of.passage
    sides = []
    for tongue in of.order:
        block = passage.blocks.get(tongue)
        if block is None:
            sides.append(f'<p class="w none">{_NOT_THERE[tongue].said(own)}</p>')
            continue
        numbers = {key: number for number, key in passage.keys(tongue).items()}
        href = f"{of.address}/brackets/" if of.address else ""
        marks = {
            numbers[key]: Mark(state, label if href else "", f"{href}{key}", en if tongue == "en" else zh, now)
            for key, state, label, now, en, zh in of.marks
            if key in numbers
        }
        level = max(2, min(passage.provision.level - of.depth, 4))
        tag = f"h{level}" if passage.provision.kind == "heading" else "p"
        said = words(block.prose, marks, "" if tongue == own else TAGS[own])
        sides.append(f'<{tag} class="w" lang="{TAGS[tongue]}">{lead(block)}{said}</{tag}>')
    shines = f"{light(of.light)}<span>{LIGHTS[of.light].said(own)}</span>" if of.light else ""
    middle = f'<p class="mid">{shines}<span class="stage {of.stage}">{STAGES[of.stage].said(own)}</span></p>'
    return f'<div class="two">{sides[0]}{middle}{sides[1]}</div>'


def depth(sheet: Sheet) -> int:
    """How many levels of headings the text leaves out at the top, so that its first stands right under the page's."""
    levels = [each.level for each in sheet.whole.draft.provisions if each.kind == "heading"]
    return min(levels, default=2) - 2


def _links(sheet: Sheet, provision: str) -> str:
    """What can be done from the closed article."""
    if not sheet.live:
        return ""
    here = address(sheet, provision)
    label = sheet.label(provision) if sheet.whole.passages[provision].provision.label else ""
    found = [f'<a href="{here}">{escape(str(_OPEN.with_(label=label)).strip())}</a>']
    if sheet.proposes:
        found.append(f'<a href="{here}/propose">{_PROPOSE}</a>')
    if sheet.criticises:
        found.append(
            f'<a href="/texts/{sheet.text.pk}/criticise?provision={provision}" hx-boost="false">{_CRITICISE}</a>'
        )
    return f'<p class="do">{"".join(found)}</p>'


def closing(sheet: Sheet, provision: str) -> str:
    """The way back from an opened article to the text."""
    return (
        f'<p class="do"><a href="/texts/{sheet.text.pk}#p-{provision}" hx-get="{address(sheet, provision)}?closed=1">'
        f"{_CLOSE}</a></p>"
    )


def whole(sheet: Sheet) -> SafeString:
    """All provisions, one below the other, after what is proposed for the beginning."""
    first = proposals(sheet, None)
    if first:
        first = f'<div class="first" hx-boost="false">{first}</div>'
    return SafeString(first + "".join(article(sheet, each) for each in sheet.whole.passages))
