"""The drafting page: a text as it stands, its older drafts, its readings, and a provision by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import scipy.optimize  # type: ignore[import-untyped]  # noqa: F401  (with the addresses, so that no reader waits for it)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import articles, calm, opened, position_acts, rail
from tracktwo.room.drafting.models import Draft, Mode, Text
from tracktwo.room.drafting.page_forms import PositionForm
from tracktwo.room.drafting.sending import back, gone, send
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.standings import passage
from tracktwo.room.words import Words, say

READINGS: dict[str, Words] = {
    "negotiated": say("As negotiated", "现行案文"),
    "lifted": say("If every bracket is lifted", "如取消所有方括号并保留文字"),
    "dropped": say("If every bracket is dropped", "如删去所有方括号及其文字"),
}


@door("text.read")
def text(request: HttpRequest, text: UUID) -> HttpResponse:
    """A text as it stands."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    if row.mode == Mode.CONCEPTUAL:
        from tracktwo.room.drafting.views import concepts

        return concepts.listing(request, row)
    try:
        sheet = Sheet.latest(who, row.pk)
    except Absent:
        return render(request, "drafting/unissued.html", {"text": row})
    return _page(request, sheet)


@door("text.read")
def draft(request: HttpRequest, text: UUID, number: int) -> HttpResponse:
    """A draft that was issued, to be read."""
    who = viewer(request)
    rows = visible(who).drafts().filter(text=one(visible(who).texts(), text), state=Draft.State.ISSUED)
    found = rows.filter(number=number).first()
    if found is None:
        raise Absent
    return _page(request, Sheet.of(who, found))


def _page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    wanted = request.GET.get("as", "")
    issued = visible(sheet.viewer).drafts().filter(text=sheet.text, state=Draft.State.ISSUED)
    context: dict[str, Any] = {
        "sheet": sheet, "text": sheet.text, "draft": sheet.draft, "drafts": list(issued.order_by("-number")),
        "readings": [(key, words, key == wanted) for key, words in READINGS.items()],
        "here": request.path, "stand": rail.stand(sheet), "bracketed": sheet.text.mode == Mode.BRACKETED,
    }  # fmt: skip
    if wanted in READINGS:
        every = None if wanted == "negotiated" else wanted
        context |= {"reading": READINGS[wanted], "calm": calm.calm(sheet, every)}  # type: ignore[arg-type]
        return render(request, "drafting/reading.html", context)
    context |= {"rail": rail.rails(sheet), "articles": articles.whole(sheet)}
    return render(request, "drafting/text.html", context)


@door("text.read")
def provision(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """A provision by itself: its positions and its light; closed again where that was asked for."""
    sheet = Sheet.latest(viewer(request), text)
    passage(sheet.whole, provision)
    closed = request.GET.get("closed") == "1" and request.headers.get("HX-Request") == "true"
    return send(request, sheet, provision, "" if closed else opened.panel(sheet, provision))


@door("position.take", "POST")
def position(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """State the own delegation's position on a provision."""
    who = viewer(request)
    sheet = Sheet.latest(who, text)
    typed = (request.POST.get("note_en", ""), request.POST.get("note_zh", ""))
    if away := gone(request, sheet, provision, request.POST.get("on"), typed):
        return away
    form = PositionForm(provision, request.POST)
    if not form.is_valid():
        return _again(request, who, text, provision, form, None, 422)
    found = form.cleaned_data
    try:
        position_acts.take(who, text, provision, found["value"], found["note"], request.POST.get("on"))
    except Refused as refused:
        return _again(request, who, text, provision, form, refused.words, 409)
    return back(f"/texts/{text}/provisions/{provision}", provision)


@door("text.edit", "POST")
def light(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """Set the light of a provision."""
    who = viewer(request)
    if away := gone(request, Sheet.latest(who, text), provision, request.POST.get("on")):
        return away
    try:
        position_acts.light(who, text, provision, request.POST.get("light", ""), request.POST.get("on"))
    except Refused as refused:
        return _again(request, who, text, provision, None, refused.words, 409)
    return back(f"/texts/{text}/provisions/{provision}", provision)


def _again(
    request: HttpRequest, who: Viewer, text: UUID, provision: str, form: Any, notice: Words | None, status: int
) -> HttpResponse:
    """The provision with what could not be done, and what was typed."""
    sheet = Sheet.latest(who, text)
    passage(sheet.whole, provision)
    return send(request, sheet, provision, opened.panel(sheet, provision, form, notice), status=status)
