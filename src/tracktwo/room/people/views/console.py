"""The mediator's console: who is here, and what waits for whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Viewer, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.people.models import Seat
from tracktwo.room.people.names import ROLES, ranked, standing
from tracktwo.room.people.wanted import awaited

POLLS = 80
"""The page asks who is here so often, every 20 seconds; then it rests, before a console left alone is signed out."""


def present(who: Viewer) -> dict[str, Any]:
    """Everybody who has taken a seat, in two states; nothing of it is ever written."""
    from tracktwo.room.people.presence import present_seats

    here = present_seats()
    taken = sorted(visible(who).seats().filter(state=Seat.State.ACTIVE), key=standing)
    seats = [seat for seat in taken if seat.active_on(who.today)]
    organisations = sorted({seat.organisation for seat in seats if seat.organisation}, key=ranked)
    groups = []
    for each in [None, *organisations]:
        theirs = [{"seat": seat, "role": ROLES[seat.role]} for seat in seats if seat.organisation == each]
        there = [row for row in theirs if str(row["seat"].id) in here]
        groups.append({"organisation": each, "here": there, "away": [row for row in theirs if row not in there]})
    return {"groups": groups, "here": sum(str(seat.id) in here for seat in seats), "seats": len(seats)}


@door("console.read")
def console(request: HttpRequest) -> HttpResponse:
    """Who is here, what waits for whom, and whether releases are frozen."""
    who = viewer(request)
    page = present(who) | {"wishes": awaited(who), "waiting": len(visible(who).waiting()), "poll": 1}
    return render(request, "people/console.html", page)


@door("console.read")
def present_section(request: HttpRequest) -> HttpResponse:
    """The section that says who is here, for the page to take in."""
    given = request.GET.get("poll", "")
    poll = int(given) + 1 if given.isascii() and given.isdigit() and len(given) < 4 else POLLS
    return render(request, "people/present.html", present(viewer(request)) | {"poll": poll if poll < POLLS else 0})
