"""The rail of the drafting page, and the sentence at its top: how far the text is, and what is asked of who reads."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from tracktwo.room.drafting.parts import address, light
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.standings import LIGHTS
from tracktwo.room.words import say

_OPEN_IN = say("{n} open bracket", "{n}处方括号未决", "{n} open brackets")


def rail(sheet: Sheet, provision: str, *, apart: bool = False) -> str:
    """A provision's line of the rail; ``apart`` where it is sent by itself, to take the place of the one shown."""
    given = sheet.whole.passages[provision].provision
    swap = ' hx-swap-oob="true"' if apart else ""
    left = sheet.undecided(provision)
    brackets = f'<b aria-hidden="true">{left}</b>' if left else ""
    if given.kind != "paragraph":
        name = escape(sheet.label(provision))
        return (
            f'<li id="r-{provision}" class="{given.kind}"{swap}><a href="#p-{provision}"><span>{name}</span>'
            f"{brackets}{_unseen(left)}</a></li>"
        )
    shines = sheet.standing(provision).light
    return (
        f'<li id="r-{provision}"{swap}><a href="#p-{provision}">{light(shines)}<span>'
        f"{escape(sheet.label(provision))}</span>{brackets}"
        f'<span class="unseen"> {LIGHTS[shines].said(sheet.lang)}</span>{_unseen(left)}</a></li>'
    )


def _unseen(left: int) -> str:
    return f'<span class="unseen">, {_OPEN_IN.with_(n=left)}</span>' if left else ""


_NONE = say("No bracket is open.", "已无未决方括号。")
_BRACKETS = say("{n} bracket is open; {share} % of the words stand in brackets.",
                "尚有{n}处方括号未决，括号内文字占全文的{share}%。",
                "{n} brackets are open; {share} % of the words stand in brackets.")  # fmt: skip
_AGREED = say("Agreed in plenary: {plenary} of {all} provisions; in a group: {group}.",
              "共{all}条条款：全体议定{plenary}条，组内议定{group}条。")  # fmt: skip


def stand(sheet: Sheet, *, apart: bool = False) -> SafeString:
    """How far the text is, in a sentence or two, and what is asked of this seat."""
    found, tongue = sheet.counts, sheet.lang
    swap = ' hx-swap-oob="true"' if apart else ""
    open_ = _BRACKETS.with_(n=found.brackets, share=found.share) if found.brackets else _NONE
    agreed = _AGREED.with_(all=found.provisions, plenary=found.plenary, group=found.group)
    between = " " if tongue == "en" else ""
    lead = f'<p class="lead">{open_.said(tongue)}{between}{agreed.said(tongue)}</p>'
    return SafeString(f'<div id="stand"{swap}>{lead}{_asked(sheet)}</div>')


_HELD_BY = say("Your delegation holds {n} open bracket.", "贵方持有{n}处未决方括号。",
               "Your delegation holds {n} open brackets.")  # fmt: skip
_HOLDS_NONE = say("Your delegation holds none of them.", "贵方未持有其中任何方括号。")
_WAITS = say("{n} waits for you:", "{n}处待您处理：", "{n} wait for you:")
_MORE = say("and {n} more", "另有{n}处")
SHOWN = 8
"""Brackets that wait for a seat, which the top of the page names."""


def _asked(sheet: Sheet) -> str:
    """What is asked of the seat: the brackets that its delegation holds, and those that wait for it."""
    parts = []
    if sheet.bracketed and sheet.own and sheet.sees_holders and sheet.counts.brackets:
        parts.append(str(_HELD_BY.with_(n=sheet.held) if sheet.held else _HOLDS_NONE))
    rows = sheet.asked
    if rows:
        parts.append(str(_WAITS.with_(n=len(rows))))
    if not parts:
        return ""
    between = " " if sheet.lang == "en" else ""
    links = []
    for each in rows[:SHOWN]:
        href = f"{address(sheet, each.provision)}/brackets/{each.key}"
        links.append(
            f'<li><a href="{href}" hx-get="{href}" hx-target="#p-{each.provision}" '
            f'hx-swap="outerHTML show:#p-{each.provision}:top">{escape(sheet.label(each.provision))} '
            f"[{escape(sheet.bracket_words(each.provision, each.key))}]</a> "
            f'<span class="quiet">{each.why}</span></li>'
        )
    if len(rows) > SHOWN:
        links.append(f'<li class="quiet">{_MORE.with_(n=len(rows) - SHOWN)}</li>')
    found = f'<ul class="asked">{"".join(links)}</ul>' if links else ""
    return f'<p class="asked">{between.join(parts)}</p>{found}'


def rails(sheet: Sheet) -> SafeString:
    """The rail."""
    return SafeString("".join(rail(sheet, each) for each in sheet.whole.passages))
