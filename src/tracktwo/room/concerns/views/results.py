"""The page of results: the last snapshot, or why there is none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, one, visible
from tracktwo.room.concerns import results, snapshots, voting
from tracktwo.room.concerns.models import Sounding
from tracktwo.room.doors import door, viewer
from tracktwo.room.words import language


@door("results.read", "GET")
def results_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """What all sides share, what divides them, what cannot be said."""
    found: Sounding = one(visible(viewer(request)).soundings(), sounding)
    today = viewer(request).today
    if found.state == Sounding.State.CLOSED and snapshots.missing(found):
        snapshots.settle_soon(found, today)
    snapshots.refresh(found, today)
    polls = found.state == Sounding.State.OPEN and found.shown_open and found.audience == "room"
    context = shown(request, found) | {
        "polls": polls,
        "finished": voting.finished(viewer(request), found),
        "base": f"/statements/{found.pk}/results",
        "k": viewer(request).rules.k,
    }
    if request.headers.get("HX-Request") == "true" and request.GET.get("shown") == context["mark"]:
        return HttpResponse(status=204)
    return render(request, "concerns/results.html", context)


def shown(request: HttpRequest, sounding: Sounding) -> dict[str, Any]:
    """The results of the part that was asked for, with their sentence, as far as they may be shown now."""
    parts = snapshots.parts(sounding)
    part, page = request.GET.get("part", parts[0]), page_of(request)
    if part not in parts:
        raise Absent
    allowed = sounding.state == Sounding.State.CLOSED or (sounding.shown_open and sounding.audience == "room")
    context = {"sounding": sounding, "part": part, "parts": parts, "page": page, "allowed": allowed, "mark": ""}
    snapshot = snapshots.latest(sounding, part) if allowed else None
    if snapshot is None:
        return context
    last = results.pages(snapshot)
    if page > last:
        raise Absent
    return context | {
        "mark": str(snapshot),
        "sentence": results.sentence(snapshot, language()),
        "body": results.body(snapshot, language(), page, part),
        "pages": range(1, last + 1) if last > 1 else (),
    }


def page_of(request: HttpRequest) -> int:
    """The page of the table that was asked for; Absent where it is none."""
    given = request.GET.get("page", "1")
    if not given.isascii() or not given.isdigit() or len(given) > 4 or int(given) < 1:
        raise Absent
    return int(given)
