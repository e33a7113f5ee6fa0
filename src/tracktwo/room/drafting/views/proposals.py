"""Proposals from the text: made, listed, withdrawn, confirmed on a later draft, decided."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import opened, proposed, proposing
from tracktwo.room.drafting.models import Draft, Proposal
from tracktwo.room.drafting.page_forms import AddForm, ProposeForm
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.drafting.refusals import said
from tracktwo.room.drafting.sending import back, send
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.standings import passage
from tracktwo.room.words import Words, say
from tracktwo.text.errors import TextError


@door("text.propose", "GET", "POST")
def propose(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """Propose a change to a provision, from its words."""
    who = viewer(request)
    sheet = Sheet.latest(who, text)
    read = _read(who, sheet, request.POST.get("on"))
    form = ProposeForm(
        passage(read.whole, provision), _places(read), *([request.POST] if request.method == "POST" else [])
    )
    notice: Words | None = None if sheet.proposes else _not_now(sheet)
    status = 200
    if request.method == "POST":
        made, notice = _made(who, text, read.draft, form)
        if made is not None:
            return _where(sheet, made)
        status = 409 if notice else 422
    if provision not in sheet.whole.passages:  # gone from the latest draft: shown as the draft had it that was read
        return send(request, read, provision, opened.proposing(read, provision, form, notice), status=status)
    return send(request, sheet, provision, opened.proposing(read, provision, form, notice), status=status)


@door("text.propose", "GET", "POST")
def add(request: HttpRequest, text: UUID) -> HttpResponse:
    """Propose a provision that is not there yet."""
    who = viewer(request)
    sheet = Sheet.latest(who, text)
    read = _read(who, sheet, request.POST.get("on"))
    sent = [request.POST] if request.method == "POST" else []
    after = request.GET.get("after", "")
    form = AddForm(_places(read), *sent, initial={"after": after} if after in read.whole.passages else None)
    notice: Words | None = None if sheet.proposes else _not_now(sheet)
    status = 200
    if request.method == "POST":
        made, notice = _made(who, text, read.draft, form)
        if made is not None:
            return _where(sheet, made)
        status = 409 if notice else 422
    context = {"sheet": read, "text": sheet.text, "form": form, "notice": notice}
    return render(request, "drafting/add.html", context, status=status)


def _read(who: Viewer, sheet: Sheet, on: str | None) -> Sheet:
    """The draft that the seat read when it wrote: what is proposed is kept on that one."""
    if on in (None, "", str(sheet.draft.number)):
        return sheet
    if not str(on).isascii() or not str(on).isdigit() or len(str(on)) > 5:
        raise Absent
    rows = visible(who).drafts().filter(text=sheet.text, state=Draft.State.ISSUED, number=int(str(on)))
    found = rows.first()
    if found is None:
        raise Absent
    return Sheet.of(who, found)


def _places(sheet: Sheet) -> list[tuple[str, str]]:
    return [(each, sheet.label(each)) for each in sheet.whole.passages]


def _not_now(sheet: Sheet) -> Words:
    return say("Nothing can be proposed in this text now.", "本案文目前不能提出修改。")


def _made(who: Viewer, text: UUID, draft: Draft, form: Form) -> tuple[Proposal | None, Words | None]:
    """The proposal that a form gives; None, with the reason in the form or in words, where it cannot be made."""
    if not form.is_valid():
        return None, None
    given: Given = form.given()  # type: ignore[attr-defined]
    try:
        return proposing.propose(who, text, draft.number, given), None
    except TextError as error:
        form.add_error(None, ValidationError(said(error)))  # type: ignore[arg-type]
        return None, None
    except Refused as refused:
        return None, refused.words


def _where(sheet: Sheet, row: Proposal) -> HttpResponse:
    """To the provision under which a proposal stands; to the list, where the latest draft has none."""
    content = row.content
    place = content["after"] if content["action"] == "ADD" else content["provision"]
    if place in sheet.whole.passages:
        return back(f"/texts/{sheet.text.pk}/provisions/{place}", place, f"x-{row.pk}")
    return HttpResponseRedirect(f"/texts/{sheet.text.pk}/proposals#x-{row.pk}", status=303)


@door("position.read")
def proposals(request: HttpRequest, text: UUID) -> HttpResponse:
    """All proposals on a text, by the provision that they are on."""
    return _listing(request, Sheet.latest(viewer(request), text))


def _listing(request: HttpRequest, sheet: Sheet, notice: Words | None = None, status: int = 200) -> HttpResponse:
    rows = []
    for place in (None, *sheet.whole.passages):
        if place in sheet.proposals:
            name = (
                sheet.label(place)
                if place
                else say("At the beginning, or on what is gone", "置于开头，或所针对的条款已不存在")
            )
            html = proposed.proposals(sheet, place, listed=True)
            rows.append((place, name, SafeString(html)))
    over = visible(sheet.viewer).proposals().filter(text=sheet.text, group=None, draft__isnull=False)
    away = [each for each in over if each.state in {Proposal.State.WITHDRAWN, Proposal.State.LAPSED}]
    states = [each.row.state for each in sheet.tabled]
    context = {
        "sheet": sheet, "text": sheet.text, "rows": rows, "notice": notice, "tabled": states.count("tabled"),
        "decided": len(states) - states.count("tabled"), "away": sheet.called({str(e.organisation_id) for e in away}),
        "withdrawn": len(away),
    }  # fmt: skip
    return render(request, "drafting/proposals.html", context, status=status)


@door("text.propose", "POST")
def withdraw(request: HttpRequest, text: UUID, proposal: UUID) -> HttpResponse:
    """Withdraw a proposal of the own delegation."""
    return _done(request, text, proposal, lambda who: proposing.withdraw(who, text, proposal))


@door("text.propose", "POST")
def confirm(request: HttpRequest, text: UUID, proposal: UUID) -> HttpResponse:
    """Carry a proposal of the own delegation over to the latest draft."""
    return _done(request, text, proposal, lambda who: proposing.confirm(who, text, proposal))


@door("text.edit", "POST")
def decide(request: HttpRequest, text: UUID, proposal: UUID) -> HttpResponse:
    """What the chair takes into the next draft."""
    how = request.POST.get("how", "")
    return _done(request, text, proposal, lambda who: proposing.decide(who, text, proposal, how))


def _done(request: HttpRequest, text: UUID, proposal: UUID, act: object) -> HttpResponse:
    """Do it, and go back to where the proposal stands; where it is refused, say so there."""
    who = viewer(request)
    listed = request.POST.get("from") == "list"
    one(visible(who).proposals().filter(text=text, group=None, draft__isnull=False), proposal)
    try:
        row: Proposal = act(who)  # type: ignore[operator]
    except Refused as refused:
        sheet = Sheet.latest(who, text)
        found: Proposal = one(visible(who).proposals().filter(text=sheet.text, draft__isnull=False), proposal)
        content = found.content
        place = content["after"] if content["action"] == "ADD" else content["provision"]
        if listed or place not in sheet.whole.passages:
            return _listing(request, sheet, refused.words, 409)
        return send(request, sheet, place, opened.panel(sheet, place, None, refused.words), status=409)
    if listed:
        return HttpResponseRedirect(f"/texts/{text}/proposals#x-{row.pk}", status=303)
    return _where(Sheet.latest(who, text), row)
