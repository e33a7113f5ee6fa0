"""A one-text: criticism in private, and at the end one yes or no."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import one_text_acts as acts
from tracktwo.room.drafting.briefly import briefly
from tracktwo.room.drafting.models import Criticism, Draft, Mode, Text
from tracktwo.room.drafting.seen import AWAY
from tracktwo.room.drafting.standings import latest
from tracktwo.room.drafting.stored import Whole, whole
from tracktwo.room.drafting.table import participating
from tracktwo.room.drafting.tongue_forms import AnswerForm, CriticiseForm, refusing, status_of
from tracktwo.room.drafting.views.concordance import newest
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import Words, language, say

GONE = say("A provision that is no longer in the text", "案文中已不存在的条款")
WHOLE = say("The whole draft", "整份草案")


@door("text.criticise", "GET", "POST")
def criticise(request: HttpRequest, text: UUID) -> HttpResponse:
    """Tell the mediator what is wrong with the draft."""
    who = viewer(request)
    row = _one_text(who, text)
    draft = latest(who, text)
    read = whole(draft)
    choices = [(each, briefly(passage)) for each, passage in read.passages.items()]
    on = request.POST.get("on", str(draft.number))
    if request.method == "POST" and on != str(draft.number):
        choices = _choices_then(who, row, on) or choices
    form = CriticiseForm(choices, request.POST if request.method == "POST" else None,
                         initial={"provision": request.GET.get("provision", "")})  # fmt: skip
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        try:
            acts.criticise(who, text, on, found["provision"] or None, found["words"])
        except Refused as refused:
            refusing(form, refused)
        else:
            return HttpResponseRedirect(f"/texts/{text}/criticisms", status=303)
    context = {"text": row, "draft": draft, "form": form, "on": on, "open": row.state == Text.State.OPEN}
    return render(request, "drafting/criticise.html", context, status=status_of(form))


@door("position.read")
def criticisms(request: HttpRequest, text: UUID) -> HttpResponse:
    """Criticism: the own delegation's; for the mediator all of it, by provision or by delegation."""
    who = viewer(request)
    if not (who.may("text.criticise") or who.may("text.hear")):
        raise Absent
    row = _one_text(who, text)
    draft = newest(who, row)
    rows = list(visible(who).criticisms().filter(draft__text=row))
    by = "delegation" if request.GET.get("by") == "delegation" and who.may("text.hear") else "provision"
    groups = _by_delegation(rows) if by == "delegation" else _by_provision(rows, whole(draft) if draft else None)
    context = {
        "text": row, "draft": draft, "by": by, "count": sum(not each.withdrawn for each in rows),
        "groups": [(words, [_row(who, each, draft) for each in found]) for words, found in groups],
        "open": row.state == Text.State.OPEN,
    }  # fmt: skip
    return render(request, "drafting/criticisms.html", context)


@door("text.criticise", "POST")
def withdraw(request: HttpRequest, text: UUID, criticism: UUID) -> HttpResponse:
    """Withdraw one's own."""
    acts.withdraw(viewer(request), text, criticism)
    return HttpResponseRedirect(f"/texts/{text}/criticisms", status=303)


@door("text.hear", "POST")
def ask(request: HttpRequest, text: UUID) -> HttpResponse:
    """Ask all for a yes or no."""
    acts.ask(viewer(request), text, request.POST.get("on"))
    return HttpResponseRedirect(f"/texts/{text}/answer", status=303)


@door("text.hear", "POST")
def close_asking(request: HttpRequest, text: UUID) -> HttpResponse:
    """End the asking."""
    acts.close_asking(viewer(request), text, request.POST.get("on"))
    return HttpResponseRedirect(f"/texts/{text}/answer", status=303)


@door("text.read", "GET", "POST")
def answer(request: HttpRequest, text: UUID) -> HttpResponse:
    """One yes or no: heads and alternates give it, the mediator sees who gave which, all see what came of it."""
    who = viewer(request)
    row = _one_text(who, text)
    if request.method == "POST" and not who.may("position.take"):
        raise Absent
    draft = latest(who, text)
    given = acts.answers(who, draft)
    mine = given.get(str(who.organisation.pk)) if who.organisation else None
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"value": mine})
    if form.is_bound and form.is_valid():
        acts.answer(who, text, request.POST.get("on"), form.cleaned_data["value"])
        return HttpResponseRedirect(f"/texts/{text}/answer", status=303)
    context = {
        "text": row, "draft": draft, "form": form, "mine": acts.ANSWERS.get(mine or ""),
        "outcome": acts.outcome(draft), "ended": _ended(who, row, draft), "open": row.state == Text.State.OPEN,
        "two": len(participating(who)) == 2, "table": _table(who, given) if who.may("text.hear") else None,
        "speaks": who.organisation is not None and who.may("position.read"),
    }  # fmt: skip
    return render(request, "drafting/answer.html", context, status=422 if form.errors else 200)


def _one_text(who: Viewer, text: UUID) -> Text:
    row: Text = one(visible(who).texts(), text)
    if row.mode != Mode.ONE_TEXT:
        raise Absent
    return row


def _choices_then(who: Viewer, row: Text, on: str) -> list[tuple[str, Words]]:
    """The provisions of the draft that the page showed, where another was issued meanwhile."""
    number = int(on) if on.isascii() and on.isdigit() and len(on) < 6 else 0
    draft = visible(who).drafts().filter(text=row, state=Draft.State.ISSUED, number=number).first()
    return [(each, briefly(passage)) for each, passage in whole(draft).passages.items()] if draft else []


def _by_provision(rows: list[Criticism], read: Whole | None) -> list[tuple[Words, list[Criticism]]]:
    passages = read.passages if read else {}
    found: list[tuple[Words, list[Criticism]]] = [(WHOLE, [each for each in rows if not each.content["provision"]])]
    for identity, passage in passages.items():
        found.append((briefly(passage), [each for each in rows if each.content["provision"] == identity]))
    gone = [each for each in rows if each.content["provision"] and each.content["provision"] not in passages]
    return [each for each in [*found, (GONE, gone)] if each[1]]


def _by_delegation(rows: list[Criticism]) -> list[tuple[Words, list[Criticism]]]:
    table = sorted({each.organisation for each in rows}, key=_by_name)
    return [(_called(each), [row for row in rows if row.organisation_id == each.pk]) for each in table]


def _by_name(organisation: Organisation) -> tuple[str, str]:
    name, own = organisation.name, language()
    return (organisation.side.mark if organisation.side else "", name.get(own) or next(iter(name.values())))


def _called(organisation: Organisation) -> Words:
    name = organisation.name
    return say(name.get("en") or name.get("zh", ""), name.get("zh") or name.get("en", ""))


def _row(who: Viewer, row: Criticism, draft: Draft | None) -> dict[str, Any]:
    passages = whole(row.draft).passages
    on = row.content["provision"]
    return {
        "row": row,
        "on": briefly(passages[on]) if on in passages else WHOLE,
        "old": draft is not None and row.draft_id != draft.pk,
        "mine": row.seat_id == who.seat.pk,
        "away": row.organisation.status in AWAY,
    }


def _table(who: Viewer, given: dict[str, str]) -> list[tuple[Organisation, Words | None]]:
    rows = sorted(participating(who), key=_by_name)
    return [(each, acts.ANSWERS.get(given.get(str(each.pk), ""))) for each in rows]


def _ended(who: Viewer, row: Text, draft: Draft) -> Words | None:
    """That the asking about the draft before this one came to nothing."""
    before = visible(who).drafts().filter(text=row, state=Draft.State.ISSUED, number__lt=draft.number)
    last = before.order_by("-number").first()
    if last is None or not last.asked or "accepted" in (last.ledger or {}):
        return None
    return acts.ENDED.with_(number=last.number)
