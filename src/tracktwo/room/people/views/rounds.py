"""Rounds: planned, opened, closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tracktwo.room.access import one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.people import meeting_acts as acts
from tracktwo.room.people.meeting_forms import RoundForm
from tracktwo.room.people.views.pages import confirm, fill, sent
from tracktwo.room.words import say

MEETINGS = "/meetings"


@door("meeting.edit", "GET", "POST")
def round_(request: HttpRequest, identifier: object = None) -> HttpResponse:
    """Plan or change a round."""
    who = viewer(request)
    rounds = visible(who).rounds()
    found = one(rounds, identifier) if identifier else None
    names = ("number", "title", "place", "begins", "ends")
    first = {name: getattr(found, name) for name in names} if found else {"number": rounds.count() + 1}
    form = RoundForm(sent(request), initial=first)
    return fill(
        request,
        form,
        lambda given: acts.save_round(who, given, identifier),
        lambda _: MEETINGS,
        heading=say("A round", "轮次信息"),
        back=MEETINGS,
    )


@door("meeting.edit", "GET", "POST")
def open_round(request: HttpRequest, identifier: object) -> HttpResponse:
    """Open a round."""
    who = viewer(request)
    found = one(visible(who).rounds(), identifier)
    return confirm(
        request,
        lambda: acts.open_round(who, identifier),
        MEETINGS,
        about=found.title,
        heading=say("Open this round?", "是否开启本轮？"),
        lead=say("One round is open at a time.", "同一时间只有一轮进行。"),
        button=say("Open the round", "开启本轮"),
    )


@door("meeting.edit", "GET", "POST")
def close_round(request: HttpRequest, identifier: object) -> HttpResponse:
    """Close a round."""
    who = viewer(request)
    found = one(visible(who).rounds(), identifier)
    return confirm(
        request,
        lambda: acts.close_round(who, identifier),
        MEETINGS,
        about=found.title,
        heading=say("Close this round?", "是否结束本轮？"),
        lead=say("It is not opened again. A meeting held without the room can still be entered.",
                 "结束后不再开启。未使用本系统举行的会议仍可补录。"),
        button=say("Close the round", "结束本轮"),
    )  # fmt: skip
