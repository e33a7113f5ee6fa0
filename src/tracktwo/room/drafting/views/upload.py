"""Laying a text on the desk: pasted or in files, and the question whose tracked changes are taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Refused, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.at_work import Desk
from tracktwo.room.drafting.desk_forms import UploadForm
from tracktwo.room.drafting.incoming import Incoming, accepted
from tracktwo.room.drafting.models import Mode, Text
from tracktwo.room.drafting.receiving import MOST, Hand
from tracktwo.room.drafting.redlines import pieces, tongue
from tracktwo.room.drafting.refusals import said
from tracktwo.room.drafting.table import named
from tracktwo.room.drafting.texts import CLOSED
from tracktwo.room.people.views.pages import see
from tracktwo.text.errors import TextError

SHOWN = 40
"""Changes of one author that are shown on the page."""


@door("text.edit", "GET", "POST")
def upload(request: HttpRequest, text: UUID) -> HttpResponse:
    """Words for the working draft."""
    found = Desk.of(viewer(request), text)
    if found.text.state == Text.State.CLOSED:
        raise Refused(CLOSED)
    if found.text.mode == Mode.CONCEPTUAL:
        return see(f"/texts/{text}")  # it has no drafts
    if request.method == "POST" and request.POST.get("step") == "hands":
        return _settle(request, found)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            given = Incoming.of(form.cleaned_data)
            hands = given.hands(found.names)
            if hands:
                return _ask(request, found, given, hands)
            return _write(found, given, set())
        except (ValidationError, TextError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(said(error)))
    context = {"form": form, "desk": found, "text": found.text, "most": MOST >> 20}
    return render(request, "drafting/upload.html", context, status=422 if form.is_bound else 200)


def _write(found: Desk, given: Incoming, taken: set[str]) -> HttpResponse:
    texts = given.texts(found.base, taken)
    issuing.write_first(found.viewer, found.text.pk, texts.get("en"), texts.get("zh"), given.origin)
    return see(f"/texts/{found.text.pk}/desk")


def _settle(request: HttpRequest, found: Desk) -> HttpResponse:
    """The answers to whose changes are taken."""
    try:
        given = Incoming.again(request.POST)
        hands = given.hands(found.names)
        taken = accepted(request.POST, hands)
        if taken is None:
            return _ask(request, found, given, hands, request.POST, status=422)
        return _write(found, given, taken)
    except (ValidationError, TextError) as error:
        form = UploadForm(request.POST.copy())
        form.errors.clear()
        form.add_error(None, error if isinstance(error, ValidationError) else str(said(error)))
        context = {"form": form, "desk": found, "text": found.text, "most": MOST >> 20}
        return render(request, "drafting/upload.html", context, status=422)


def _ask(request: HttpRequest, found: Desk, given: Incoming, hands: list[Hand], sent: Any = None,
         status: int = 200) -> HttpResponse:  # fmt: skip
    sent = sent or {}
    parties = {str(each.pk): named(each) for each in visible(found.viewer).organisations()}
    rows = [
        {
            "hand": each,
            "party": parties.get(each.organisation or ""),
            "answer": sent.get(each.field, ""),
            "changes": [(tongue(one), pieces(one, each.name)) for one in each.changes[:SHOWN]],
            "more": max(0, len(each.changes) - SHOWN),
            "open": status == 422 and bool(each.changes) and not sent.get(each.field),
        }
        for each in hands
    ]
    context = {"rows": rows, "hidden": given.hidden, "desk": found, "text": found.text,
               "wrong": any(each["open"] for each in rows)}  # fmt: skip
    return render(request, "drafting/hands.html", context, status=status)
