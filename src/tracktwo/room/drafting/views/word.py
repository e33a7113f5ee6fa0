"""A delegation's Word file: its changes are shown, then tabled as proposals. Nothing is kept in between."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import receiving, requested
from tracktwo.room.drafting.briefly import briefly
from tracktwo.room.drafting.desk_forms import BODY, WordForm
from tracktwo.room.drafting.models import Draft, Mode, Proposal, Text
from tracktwo.room.drafting.proposing import Given, propose
from tracktwo.room.drafting.receiving import MOST, Hand
from tracktwo.room.drafting.redlines import between, pieces, tongue
from tracktwo.room.drafting.refusals import said
from tracktwo.room.drafting.requested import UNMARKED, Change
from tracktwo.room.drafting.stored import Whole, names_of, whole
from tracktwo.room.drafting.table import own
from tracktwo.room.people.views.pages import see
from tracktwo.room.words import Words, language, say
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Marked, Paragraph

OURS, LEFT = "ours", "leave"
SHOWN = 40
UNSAID = "hand-unmarked"
"""What the question about changes without a mark is called in the form."""


@door("text.propose", "GET", "POST")
def word(request: HttpRequest, text: UUID) -> HttpResponse:
    """A Word file based on an issued draft: its changes become proposals of the own delegation."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    own(who)
    drafts = {each.number: each for each in visible(who).drafts().filter(text=row, state=Draft.State.ISSUED)}
    if row.mode != Mode.BRACKETED or row.state != Text.State.OPEN or not drafts:
        raise Refused(
            say("Changes are proposed once a draft of a bracketed text is issued, and as long as the text is open.",
                "带方括号的案文印发草案之后、结束之前，方可提出修改。")
        )  # fmt: skip
    if request.method == "POST" and "kept" in request.POST:
        return _again(request, who, row, drafts)
    numbers = sorted(drafts)
    form = WordForm(*((request.POST, request.FILES) if request.method == "POST" else ()), numbers=numbers,
                    initial={"on": str(numbers[-1])})  # fmt: skip
    if form.is_bound and form.is_valid():
        return _show(request, who, row, drafts[int(form.cleaned_data["on"])], form.cleaned_data["file"], {})
    return _form(request, row, form)


def _form(request: HttpRequest, row: Text, form: WordForm) -> HttpResponse:
    context = {"form": form, "text": row, "most": MOST >> 20}
    return render(request, "drafting/word.html", context, status=422 if form.is_bound else 200)


def _again(request: HttpRequest, who: Viewer, row: Text, drafts: Mapping[int, Draft]) -> HttpResponse:
    """The second form: its answers, and, once all are given and were seen, what is tabled."""
    on = request.POST.get("on", "")
    draft = drafts.get(int(on)) if on.isascii() and on.isdigit() and len(on) < 6 else None
    if draft is None:
        raise Absent
    try:
        found = receiving.again(request.POST["kept"])
    except TextError as error:
        form = WordForm({"on": on}, numbers=sorted(drafts))
        form.errors.clear()
        form.add_error(None, str(said(error)))
        return _form(request, row, form)
    return _show(request, who, row, draft, found, request.POST)


def _show(
    request: HttpRequest, who: Viewer, row: Text, draft: Draft, found: Marked, sent: Mapping[str, str]
) -> HttpResponse:
    """Whose changes they are, and what would be tabled; tabled where that was confirmed."""
    names = names_of(row)
    read = whole(draft, names)
    mine = names.get(str(own(who).pk), frozenset())
    hands = receiving.hands(found, names)
    strange = [each for each in hands if each.name not in mine]
    unmarked = requested.unmarked(found, read)
    fields = {each.field: each.name for each in strange} | ({UNSAID: UNMARKED} if unmarked else {})
    answers = {name: sent.get(field, "") for field, name in fields.items()}
    accepted = {each.name for each in hands if each.name in mine} | {
        name for name, answer in answers.items() if answer == OURS
    }
    asked = requested.asked(found, read, accepted)
    before = _tabled(who, draft)
    fresh = [each for each in asked if _content(each) not in before]
    settled = all(answer in (OURS, LEFT) for answer in answers.values())
    seen = hashlib.sha256(repr([each.key for each in fresh]).encode()).hexdigest()
    met = sent.get("met", "").split()
    chosen = [each for each in fresh if each.key not in met or sent.get(f"take-{each.key}") == "yes"]
    page: dict[str, Any] = {
        "text": row, "draft": draft, "kept": receiving.kept(found), "seen": seen, "settled": settled,
        "met": " ".join(each.key for each in fresh),
        "rows": [_row(each, read, each in chosen) for each in fresh],
        "repeated": len(asked) - len(fresh), "nothing": not fresh and settled,
        "questions": [_question(each, answers[each.name]) for each in strange],
        "unmarked": _unsaid(unmarked, answers.get(UNMARKED, "")) if unmarked else None,
    }  # fmt: skip
    if sent.get("step") == "table":
        return _table(request, who, row, draft, page, chosen, sent)
    return render(request, "drafting/word_shown.html", page)


def _table(
    request: HttpRequest, who: Viewer, row: Text, draft: Draft, page: dict[str, Any], chosen: list[Change],
    sent: Mapping[str, str],
) -> HttpResponse:  # fmt: skip
    """Table what was confirmed, if it is what was shown."""
    if not page["settled"]:
        wrong = say("Say for each author whether the changes are yours. Nothing was tabled yet.",
                    "请先逐一说明修改属于哪一方。尚未提交任何提案。")  # fmt: skip
        return render(request, "drafting/word_shown.html", page | {"wrong": wrong}, status=422)
    if sent.get("seen") != page["seen"]:
        wrong = say("With these answers other changes would be tabled than those you saw. Look at them below, then "
                    "table them.", "按照这些回答，拟提交的修改与您刚才看到的不同。请查看后再提交。")  # fmt: skip
        return render(request, "drafting/word_shown.html", page | {"wrong": wrong}, status=422)
    if not chosen:
        wrong = say("Choose one change at least.", "请至少选择一项修改。")
        return render(request, "drafting/word_shown.html", page | {"wrong": wrong}, status=422)
    done, failed = 0, []
    for each in chosen:
        try:
            propose(who, row.pk, draft.number, Given(each.action, each.provision, each.en, each.zh, each.after,
                                                     each.label, {of: each.why[of] for of in LANGUAGES}))  # fmt: skip
            done += 1
        except TextError as error:
            failed.append((each, said(error)))
    if not failed:
        return see(f"/texts/{row.pk}/proposals")
    wrong = say("{n} change was tabled; those below were not, and each says why.",
                "已提交{n}项；以下各项未提交，并注明原因。",
                "{n} changes were tabled; those below were not, and each says why.", n=done)  # fmt: skip
    why = {each.key: words for each, words in failed}
    page["rows"] = [each | {"why_not": why[each["key"]]} for each in page["rows"] if each["key"] in why]
    return render(request, "drafting/word_shown.html", page | {"wrong": wrong}, status=422)


def _tabled(who: Viewer, draft: Draft) -> list[tuple[Any, ...]]:
    """What the own delegation has proposed on that draft already."""
    rows = visible(who).proposals().filter(draft=draft, organisation=who.organisation, state=Proposal.State.TABLED)
    return [tuple(each.content[name] for name in ("action", "provision", "en", "zh", "after")) for each in rows]


def _content(change: Change) -> tuple[Any, ...]:
    return change.action, change.provision, change.en, change.zh, change.after


ACTIONS: dict[str, Words] = {
    "MOD": say("Change the words", "修改文字"),
    "ADD": say("Add a provision", "增加条款"),
    "SUP": say("Suppress the provision", "删除条款"),
    "MOVE": say("Move the provision", "移动条款"),
}


def _row(change: Change, read: Whole, taken: bool) -> dict[str, Any]:
    order = LANGUAGES if language() == "en" else LANGUAGES[::-1]
    on = read.passages.get(change.provision or change.after or "")
    too_long = max(len(change.en or ""), len(change.zh or "")) > BODY
    return {
        "key": change.key,
        "action": change.action,
        "words": ACTIONS[change.action],
        "on": briefly(on) if on else say("at the beginning", "置于开头"),
        "behind": briefly(read.passages[change.after]) if change.action == "MOVE" and change.after else None,
        "sides": [(of, between(*change.shown[of])) for of in order if of in change.shown],
        "why": change.why,
        "mixed": change.mixed,
        "long": too_long,
        "taken": taken,
    }


def _unsaid(unmarked: tuple[Paragraph, ...], answer: str) -> dict[str, Any]:
    changes = [(tongue(each), pieces(each)) for each in unmarked[:SHOWN]]
    return {"field": UNSAID, "answer": answer, "changes": changes, "more": max(0, len(unmarked) - SHOWN)}


def _question(hand: Hand, answer: str) -> dict[str, Any]:
    return {
        "hand": hand,
        "answer": answer,
        "changes": [(tongue(each), pieces(each, hand.name)) for each in hand.changes[:SHOWN]],
        "more": max(0, len(hand.changes) - SHOWN),
    }
