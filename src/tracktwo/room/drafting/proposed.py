"""What delegations say of a provision, in HTML: their positions, and their proposals as redlines."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tracktwo.room.drafting.markup import redline
from tracktwo.room.drafting.models import Mode, Position, Proposal
from tracktwo.room.drafting.parts import party
from tracktwo.room.drafting.position_acts import VALUES
from tracktwo.room.drafting.proposing import DECISIONS, Tabled
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.stored import whole
from tracktwo.room.words import TAGS, Words, say


def positions(sheet: Sheet, provision: str | None) -> str:
    """Who can live with it, as far as delegations have said."""
    rows = sheet.positions.get(provision)
    if not rows or not sheet.live:
        return ""
    return f'<ul class="positions" aria-label="{say("Positions", "立场")}">{"".join(_stances(sheet, rows))}</ul>'


def _stances(sheet: Sheet, rows: list[Position]) -> Iterable[str]:
    by_value: dict[str, list[str]] = {}
    for row in rows:
        by_value.setdefault(row.content["value"], []).append(str(row.organisation_id))
    for value, said in VALUES.items():
        if value in by_value:
            names = "".join(map(party, sheet.called(by_value[value])))
            yield f'<li><b class="value {value}">{said}</b> {names}</li>'


def proposals(sheet: Sheet, place: str | None, *, listed: bool = False) -> str:
    """The proposals that stand under a provision, or at the beginning; ``listed`` where they stand in the list."""
    rows = sheet.proposals.get(place)
    return "".join(proposal(sheet, each, listed) for each in rows) if rows else ""


_ON = say("on draft {number}", "针对第{number}号草案")
_TOWARDS = {
    "changed": say("The provision was changed since. Confirm the proposal on draft {number}, or withdraw it.",
                   "该条款此后已有变更。请在第{number}号草案上确认此提案，或将其撤回。"),
    "moved": say("The provision was moved since. Confirm the proposal on draft {number}, or withdraw it.",
                 "该条款此后已移动。请在第{number}号草案上确认此提案，或将其撤回。"),
    "unchanged": say("The provision is as it was. Confirm the proposal on draft {number}, or withdraw it.",
                     "该条款未有变更。请在第{number}号草案上确认此提案，或将其撤回。"),
    "gone": say("What it is on is gone from draft {number}. Withdraw it, and propose anew what you want now.",
                "所针对的条款在第{number}号草案中已不存在。请撤回，并就现有条款另行提案。"),
}  # fmt: skip
_TOUCHES: dict[str, Words] = {
    "words": say("It changes the same words as the proposal of {name}. Both stand; "
                 "they cannot both be taken as they are.",
                 "与{name}的提案修改了相同文字。两项提案均予保留，但不能按原样同时采纳。"),
    "provision": say("{name} also proposes a change here; both can be taken together.",
                     "{name}也就此条款提出修改；两项提案可同时采纳。"),
    "deleted": say("One deletes what the other needs: see the proposal of {name}. Both stand.",
                   "其一拟删除另一提案所依据的内容：见{name}的提案。两项提案均予保留。"),
    "place": say("It and the proposal of {name} put the same provision at different places. Both stand.",
                 "与{name}的提案对同一条款的位置主张不同。两项提案均予保留。"),
    "order": say("{name} proposes something at the same place; which comes first is not said. Both stand.",
                 "{name}在同一位置提出增补，先后次序未定。两项提案均予保留。"),
    "unchanged": say("{name} proposes otherwise here: one asks that it stay as it is. Both stand.",
                     "{name}就此主张不同：其一要求保持原文。两项提案均予保留。"),
}  # fmt: skip
_SAID_OF: dict[str, Words] = {
    "SUP": say("Suppress this provision.", "删除本条款。"),
    "NOC": say("Leave this provision as it is.", "本条款不作改动。"),
    "MOVE": say("Move this provision: it is to stand after {label}.", "移动本条款：置于{label}之后。"),
    "FIRST": say("Move this provision to the beginning.", "将本条款移至开头。"),
    "ADD": say("Add a provision here.", "在此增加条款。"),
}
_BUTTONS = {
    "taken": say("Take it", "采纳"),
    "bracketed": say("In brackets", "置于方括号内"),
    "left": say("Leave it out", "不纳入"),
    "tabled": say("Undecided again", "恢复待审议"),
}
_WITHDRAW, _CONFIRM = say("Withdraw the proposal", "撤回提案"), say("Confirm it", "确认提案")


def proposal(sheet: Sheet, each: Tabled, listed: bool = False) -> str:
    """A proposal as a redline, with its delegation, its state, what it touches, and what this seat may do with it."""
    row = each.row
    content, mine = row.content, str(row.organisation_id) == sheet.own
    by = sheet.parties.get(str(row.organisation_id))
    older = row.draft_id != sheet.draft.pk
    head = (
        f'<p class="meta">{party(by) if by else ""}<b>{escape(content["action"])}</b>'
        f'<span class="tag{_tone(row)}">{DECISIONS[row.state]}</span>'
        f"{f'<span>{_ON.with_(number=row.draft.number)}</span>' if older and row.draft else ''}</p>"
    )
    told = [str(_TOUCHES[c.reason].with_(name=_name(sheet, other))) for other, c in each.collisions]
    if older and mine and row.state == Proposal.State.TABLED:
        told.append(str(_TOWARDS[each.towards.state].with_(number=sheet.draft.number)))
    notes = "".join(f'<p class="note">{escape(one)}</p>' for one in dict.fromkeys(told))
    return (
        f'<section class="proposal" id="x-{row.pk}" aria-label="{escape(content["action"])}'
        f'{f" · {escape(by.name)}" if by else ""}">{head}{_asks(sheet, each)}{_why(sheet, content["why"])}{notes}'
        f"{_acts(sheet, each, mine, older, _LISTED if listed else '')}</section>"
    )


def _tone(row: Proposal) -> str:
    return {"taken": " accent", "bracketed": " accent", "left": ""}.get(row.state, "")


def _name(sheet: Sheet, other: Proposal) -> str:
    found = sheet.parties.get(str(other.organisation_id))
    return found.name if found else ""


def _asks(sheet: Sheet, each: Tabled) -> str:
    """What it asks: a redline in each language that it changes."""
    content = each.row.content
    action = content["action"]
    if action in {"SUP", "NOC", "MOVE"}:
        key = "FIRST" if action == "MOVE" and content["after"] is None else action
        after = content["after"]
        label = sheet.label(after) if after in sheet.whole.passages else "·"
        return f"<p>{escape(str(_SAID_OF[key].with_(label=label)))}</p>"
    before = _before(sheet, each)
    sides = "".join(
        f'<p class="w" lang="{TAGS[tongue]}">{_number(content)}{redline(before.get(tongue) or "", content[tongue])}</p>'
        for tongue in sheet.order
        if content[tongue] is not None
    )
    first = f"<p>{_SAID_OF['ADD']}</p>" if action == "ADD" else ""
    return f'{first}<div class="two redline">{sides}</div>'


def _number(content: dict[str, object]) -> str:
    label = content.get("label") if content["action"] == "ADD" else ""
    return f'<span class="no">{escape(str(label))}</span> ' if label else ""


def _before(sheet: Sheet, each: Tabled) -> dict[str, str | None]:
    """The bodies that it changes, as they stand in the draft that it is on."""
    provision = each.row.content["provision"]
    if provision is None:
        return {}
    if each.row.draft_id == sheet.draft.pk:
        given = sheet.whole.passages[provision].provision
        return {"en": given.en, "zh": given.zh}
    was = whole(each.row.draft, sheet.names).passages[provision].provision
    return {"en": was.en, "zh": was.zh}


def _why(sheet: Sheet, why: dict[str, str]) -> str:
    rows = "".join(f'<p lang="{TAGS[tongue]}">{escape(why[tongue])}</p>' for tongue in sheet.order if why.get(tongue))
    return f'<div class="why">{rows}</div>' if rows else ""


_LISTED = '<input type="hidden" name="from" value="list">'


def _acts(sheet: Sheet, each: Tabled, mine: bool, older: bool, listed: str) -> str:
    row, here = each.row, f"/texts/{sheet.text.pk}/proposals/{each.row.pk}"
    found = []
    if mine and sheet.proposes and row.state == Proposal.State.TABLED:
        if older and each.towards.proposal is not None:
            found.append(f'<form method="post" action="{here}/confirm">{listed}<button>{_CONFIRM}</button></form>')
        button = f'<button class="quiet">{_WITHDRAW}</button>'
        found.append(f'<form method="post" action="{here}/withdraw">{listed}{button}</form>')
    if sheet.chairs and sheet.text.mode == Mode.BRACKETED:
        wanted = [how for how in _BUTTONS if how != row.state and not (older and how in {"taken", "bracketed"})]
        buttons = "".join(f'<button class="quiet" name="how" value="{how}">{_BUTTONS[how]}</button>' for how in wanted)
        found.append(f'<form method="post" action="{here}/decide">{listed}{buttons}</form>')
    return f'<div class="actions">{"".join(found)}</div>' if found else ""
