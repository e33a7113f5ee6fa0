"""Taking a draft away as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import exporting
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.drafting.refusals import said
from tracktwo.room.words import Words
from tracktwo.text.errors import TextError


@door("text.take")
def files(request: HttpRequest, text: UUID) -> HttpResponse:
    """The files in which a draft may be taken away: of the last one, or of that named by ``?draft=``."""
    who = viewer(request)
    return _page(request, who, one(visible(who).texts(), text), request.GET.get("draft", ""))


def _page(request: HttpRequest, who: Viewer, row: Text, number: str, wrong: Words | None = None) -> HttpResponse:
    drafts = {str(each.number): each for each in _issued(who, row)}
    draft = drafts.get(number) if number else next(iter(drafts.values()), None)
    if number and draft is None:
        raise Absent
    kinds = [(each, each.name(draft.number)) for each in exporting.offered(who, draft)] if draft else []
    context = {"text": row, "draft": draft, "drafts": list(drafts.values()), "kinds": kinds, "wrong": wrong}
    return render(request, "drafting/files.html", context, status=422 if wrong else 200)


def _issued(who: Viewer, row: Text) -> list[Draft]:
    return list(visible(who).drafts().filter(text=row, state=Draft.State.ISSUED).order_by("-number"))


@door("text.take")
def taken(request: HttpRequest, text: UUID, name: str) -> HttpResponse:
    """A draft as a file, whose name says its number and nothing else."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    number, ending = exporting.named(name)
    draft = next((each for each in _issued(who, row) if each.number == number), None)
    if draft is None:
        raise Absent
    try:
        kind, content = exporting.taken(who, draft, ending)
    except TextError as error:
        return _page(request, who, row, str(number), said(error))
    response = HttpResponse(content, content_type=kind.type)
    response["Content-Disposition"] = f'attachment; filename="{kind.name(number)}"'
    return response
