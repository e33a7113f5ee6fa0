"""Soundings, and the statements of those that are drafts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Refused, one, visible
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.forms import SoundingForm, StatementForm
from tracktwo.room.concerns.models import Scope, Sounding
from tracktwo.room.concerns.outcomes import ROOM_ONLY
from tracktwo.room.concerns.soundings import STANDS, require_consulting
from tracktwo.room.concerns.wording import TRANSLATION
from tracktwo.room.doors import door, viewer
from tracktwo.room.words import Words, say

STATES: dict[str, Words] = {
    Sounding.State.DRAFT: say("Draft", "草稿"),
    Sounding.State.OPEN: say("Open", "表态中"),
    Sounding.State.CLOSED: say("Closed", "已结束"),
}
AUDIENCES: dict[str, Words] = {
    "room": say("The room", "全体与会者"),
    "wide": say("People beyond the table", "与会方以外的人士"),
}
VOTERS: dict[str, Words] = {
    "seat": say("Each person votes", "每席各自表态"),
    "delegation": say("Each delegation votes as one", "每一与会方作为整体表态"),
}


@door("sounding.read")
def soundings(request: HttpRequest) -> HttpResponse:
    """Soundings: those open, those closed, and for those who make them the drafts."""
    rows = [_row(each) for each in visible(viewer(request)).soundings()]
    rows.sort(key=lambda row: (str(row["sounding"].opened_on or ""), row["sounding"].id), reverse=True)
    groups = [
        (state, [row for row in rows if row["sounding"].state == state])
        for state in (Sounding.State.OPEN, Sounding.State.DRAFT, Sounding.State.CLOSED)
    ]
    context = {"groups": [(STATES[state], found) for state, found in groups if found]}
    return render(request, "concerns/soundings.html", context)


@door("sounding.edit", "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a sounding."""
    who = viewer(request)
    form = SoundingForm(who, request.POST) if request.method == "POST" else SoundingForm(who)
    if form.is_bound and form.is_valid():
        return _to(acts.make_sounding(who, form.plan()).id)
    context = {"form": form, "voters": VOTERS[who.rules.voters]}
    return render(request, "concerns/sounding_form.html", context, status=422 if form.errors else 200)


@door("sounding.read")
def sounding(request: HttpRequest, given: UUID) -> HttpResponse:
    """One sounding and its statements."""
    who = viewer(request)
    row: Sounding = one(visible(who).soundings(), given)
    statements = visible(who).statements().filter(sounding=row).select_related("concern")
    lacking = [each for each in statements if not (each.body["en"] and each.body["zh"])]
    seen = set(visible(who).concerns().values_list("id", flat=True))
    context = _row(row) | {
        "statements": [
            {"row": each, "translation": TRANSLATION[each.body["translation"]], "drawn": each.concern_id in seen}
            for each in statements
        ],
        "lacking": len(lacking),
        "draft": row.state == Sounding.State.DRAFT,
    }
    return render(request, "concerns/sounding.html", context)


@door("sounding.edit", "GET", "POST")
def settings(request: HttpRequest, given: UUID) -> HttpResponse:
    """Change how a draft is to be held."""
    who = viewer(request)
    row = _draft(request, given)
    require_consulting(who, row.audience)
    names = ("title", "audience", "shown_open", "heads_see")
    posted = request.POST if request.method == "POST" else None
    form = SoundingForm(who, posted, initial={name: getattr(row, name) for name in names})
    if form.is_bound and form.is_valid():
        return _to(acts.change_sounding(who, given, form.plan()).id)
    context = {"form": form, "voters": VOTERS[row.voters], "sounding": row}
    return render(request, "concerns/sounding_form.html", context, status=422 if form.errors else 200)


@door("sounding.edit", "POST")
def discard(request: HttpRequest, given: UUID) -> HttpResponse:
    """Give up a draft."""
    acts.discard_sounding(viewer(request), given)
    return HttpResponseRedirect("/statements", status=303)


@door("sounding.edit", "GET", "POST")
def write(request: HttpRequest, given: UUID) -> HttpResponse:
    """Write a statement in a draft."""
    row = _draft(request, given)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        acts.add_statement(viewer(request), given, form.body())
        return _to(row.id)
    return _form(request, form, {"sounding": row})


@door("sounding.edit", "GET", "POST")
def draw(request: HttpRequest, given: UUID) -> HttpResponse:
    """Draw a statement from a concern that is before the room."""
    who = viewer(request)
    concern = one(visible(who).concerns(), given)
    if concern.scope != Scope.ROOM:
        raise Refused(ROOM_ONLY)
    drafts = list(visible(who).soundings().filter(state=Sounding.State.DRAFT))
    form = StatementForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        draft = one(visible(who).soundings(), request.POST.get("sounding"))
        acts.add_statement(who, draft.id, form.body(), concern.id)
        return _to(draft.id)
    return _form(request, form, {"concern": concern, "drafts": drafts, "chosen": request.POST.get("sounding")})


@door("sounding.edit", "GET", "POST")
def statement(request: HttpRequest, given: UUID, which: UUID) -> HttpResponse:
    """Change the words of a statement in a draft."""
    who, row = viewer(request), _draft(request, given)
    found = one(visible(who).statements().filter(sounding=row), which)
    initial = {"text": found.body, "original": found.body["original"]}
    form = StatementForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        acts.change_statement(who, which, form.body())
        return _to(row.id)
    return _form(request, form, {"sounding": row, "statement": found})


@door("sounding.edit", "POST")
def remove(request: HttpRequest, given: UUID, which: UUID) -> HttpResponse:
    """Take a statement out of a draft."""
    who = viewer(request)
    found = one(visible(who).statements().filter(sounding=given), which)
    return _to(acts.remove_statement(who, found.id).id)


def _row(row: Sounding) -> dict[str, Any]:
    words = {"state": STATES[row.state], "audience": AUDIENCES[row.audience], "voters": VOTERS[row.voters]}
    return {"sounding": row, **words}


def _draft(request: HttpRequest, given: UUID) -> Sounding:
    row: Sounding = one(visible(viewer(request)).soundings(), given)
    if row.state != Sounding.State.DRAFT:
        raise Refused(STANDS)
    return row


def _form(request: HttpRequest, form: StatementForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "concerns/statement_form.html", {"form": form, **context}, status=status)


def _to(given: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"/statements/{given}", status=303)
