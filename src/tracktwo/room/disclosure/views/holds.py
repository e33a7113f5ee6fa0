"""Pages of counsel: what the own delegation is about to send, and what of it is held back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Absent, visible
from tracktwo.room.concerns.wording import MARKS
from tracktwo.room.disclosure import hold_acts as acts
from tracktwo.room.disclosure.forms import Reason
from tracktwo.room.disclosure.models import mark_of
from tracktwo.room.doors import door, viewer

REGISTER = "/holds"


@door("hold.place")
def register(request: HttpRequest) -> HttpResponse:
    """What is on its way to the room."""
    return render(request, "disclosure/holds.html", {"items": _items(request)})


@door("hold.place", "GET", "POST")
def place(request: HttpRequest, item: object) -> HttpResponse:
    """Hold an item back, with a reason."""
    found = next((each for each in _items(request) if each["id"] == item), None)
    if found is None:
        raise Absent
    form = Reason(request.POST if request.method == "POST" else None)
    if form.is_valid():
        acts.place(viewer(request), item, form.cleaned_data["reason"])
        return HttpResponseRedirect(REGISTER, status=303)
    status = 422 if request.method == "POST" else 200
    return render(request, "disclosure/hold.html", {"item": found, "form": form}, status=status)


@door("hold.place", "POST")
def release(request: HttpRequest, item: object) -> HttpResponse:
    """Let an item go."""
    acts.release(viewer(request), item)
    return HttpResponseRedirect(REGISTER, status=303)


def _items(request: HttpRequest) -> list[dict[str, Any]]:
    seen = visible(viewer(request))
    themes = {str(each.id): each.name for each in seen.themes()}
    holds = {each.item: each for each in seen.holds().filter(released=False)}
    return [
        {
            "id": row.id,
            "theme": themes.get(row.content["theme"]),
            "body": row.content["body"],
            "evidence": row.content.get("evidence") or [],
            "marks": [MARKS.get(mark, mark) for mark in row.content.get("marks") or []],
            "hold": holds.get(mark_of(row.id)),
        }
        for row in acts.outgoing(viewer(request))
    ]
