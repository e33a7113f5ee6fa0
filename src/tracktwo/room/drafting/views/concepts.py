"""A text of concepts: each a few sentences, which another delegation echoes or which lapses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import concept_acts as acts
from tracktwo.room.drafting.models import Mode, Proposal, Text
from tracktwo.room.drafting.seen import AWAY
from tracktwo.room.drafting.tongue_forms import ConceptForm, refusing, status_of
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import say

SECTIONS = (
    (Proposal.State.TABLED, say("Before the body", "待审议")),
    (Proposal.State.LAPSED, say("Lapsed: no other delegation echoed them", "已失效（无其他与会方呼应）")),
    (Proposal.State.WITHDRAWN, say("Withdrawn", "已撤回")),
)


def listing(request: HttpRequest, text: Text) -> HttpResponse:
    """The page of a text of concepts."""
    who = viewer(request)
    table = {str(each.pk): each for each in visible(who).organisations().exclude(status__in=AWAY)}
    rows = [_row(who, each, table) for each in visible(who).proposals().filter(text=text, draft=None)]
    sections = [(words, [each for each in rows if each["row"].state == state]) for state, words in SECTIONS]
    tabled = [each for each in rows if each["row"].state == Proposal.State.TABLED]
    context = {
        "text": text, "sections": [each for each in sections if each[1]], "tabled": tabled,
        "echoed": sum(bool(each["echoes"]) for each in tabled),
        "unechoed": sum(not each["echoes"] for each in tabled),
        "open": text.state == Text.State.OPEN, "preparing": text.state == Text.State.PREPARING,
    }  # fmt: skip
    return render(request, "drafting/concepts.html", context)


@door("text.propose", "GET", "POST")
def new(request: HttpRequest, text: UUID) -> HttpResponse:
    """Propose a concept."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    if row.mode != Mode.CONCEPTUAL:
        raise Absent
    form = ConceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acts.propose(who, text, form.cleaned_data["title"], form.cleaned_data["body"])
        except Refused as refused:
            refusing(form, refused)
        else:
            return _to(text)
    context = {"text": row, "form": form, "open": row.state == Text.State.OPEN}
    return render(request, "drafting/concept_new.html", context, status=status_of(form))


@door("text.edit", "POST")
def begin(request: HttpRequest, text: UUID) -> HttpResponse:
    """Put the text before the body."""
    acts.open_concepts(viewer(request), text)
    return _to(text)


@door("position.take", "POST")
def echo(request: HttpRequest, text: UUID, proposal: UUID) -> HttpResponse:
    """Echo another delegation's concept."""
    acts.echo(viewer(request), text, proposal)
    return _to(text)


@door("position.take", "POST")
def take_back(request: HttpRequest, text: UUID, proposal: UUID) -> HttpResponse:
    """Take the own echo back."""
    acts.take_back(viewer(request), text, proposal)
    return _to(text)


@door("text.propose", "POST")
def withdraw(request: HttpRequest, text: UUID, proposal: UUID) -> HttpResponse:
    """Withdraw a concept of the own delegation."""
    acts.withdraw(viewer(request), text, proposal)
    return _to(text)


@door("text.edit", "POST")
def lapse(request: HttpRequest, text: UUID) -> HttpResponse:
    """End a turn."""
    acts.lapse(viewer(request), text, request.POST.getlist("shown"))
    return _to(text)


def _row(who: Viewer, row: Proposal, table: dict[str, Organisation]) -> dict[str, Any]:
    given = acts.echoes(row, table)
    mine = str(who.organisation.pk) if who.organisation else ""
    return {
        "row": row,
        "echoes": sorted(
            (table[each] for each in given), key=lambda each: (each.side.mark if each.side else "", each.pk)
        ),
        "own": str(row.organisation_id) == mine,
        "echoed": mine in given,
    }


def _to(text: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"/texts/{text}", status=303)
