"""Pages of the leak plan: what is said if the talks become known, and the freeze of all releases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.disclosure import plan_acts as acts
from tracktwo.room.disclosure.forms import Planned, Seen
from tracktwo.room.doors import door, viewer
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import language

PLAN = "/plan"
TAKING_PART = (Organisation.Status.PARTICIPATING, Organisation.Status.JOINED_LATER)


@door("plan.read")
def read(request: HttpRequest) -> HttpResponse:
    """The holding lines, who agreed to each, and the press line of the rules."""
    who = viewer(request)
    return render(request, "disclosure/plan.html", {"lines": _lines(who), "press_line": who.rules.press_line})


@door("plan.edit", "GET", "POST")
def write(request: HttpRequest) -> HttpResponse:
    """Write a holding line."""
    form = Planned(request.POST if request.method == "POST" else None)
    if form.is_valid():
        acts.write(viewer(request), form.cleaned_data)
        return _to_plan()
    return render(request, "disclosure/plan_line.html", {"form": form}, status=_status(request))


@door("plan.edit", "GET", "POST")
def change(request: HttpRequest, line: object) -> HttpResponse:
    """Change a holding line."""
    who = viewer(request)
    found = one(visible(who).holding_lines(), line)
    initial = {"occasion": found.occasion, "line": found.line, "speaker": found.speaker}
    form = Planned(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        acts.write(who, form.cleaned_data, line)
        return _to_plan()
    return render(request, "disclosure/plan_line.html", {"form": form, "line": found}, status=_status(request))


@door("plan.edit", "POST")
def remove(request: HttpRequest, line: object) -> HttpResponse:
    """Take a line out of the plan."""
    acts.remove(viewer(request), line)
    return _to_plan()


@door("plan.agree", "POST")
def agree(request: HttpRequest, line: object) -> HttpResponse:
    """Agree to a line as it was read."""
    form = Seen(request.POST)
    acts.agree(viewer(request), line, form.cleaned_data["seen"] if form.is_valid() else "")
    return _to_plan()


@door("plan.agree", "POST")
def take_back(request: HttpRequest, line: object) -> HttpResponse:
    """Take an agreement back."""
    acts.agree(viewer(request), line, "", agreed=False)
    return _to_plan()


@door("freeze.begin", "GET", "POST")
def freeze(request: HttpRequest) -> HttpResponse:
    """Say what stops, then stop it."""
    if request.method == "POST":
        acts.freeze(viewer(request))
        return _to_plan()
    return render(request, "disclosure/freeze.html")


@door("freeze.end", "GET", "POST")
def thaw(request: HttpRequest) -> HttpResponse:
    """Say what goes on, then let it."""
    if request.method == "POST":
        acts.thaw(viewer(request))
        return _to_plan()
    return render(request, "disclosure/thaw.html")


def _lines(who: Viewer) -> list[dict[str, Any]]:
    table = [each for each in visible(who).organisations() if each.side and each.status in TAKING_PART]
    table.sort(key=lambda each: (each.side.mark, each.id))
    own = str(who.organisation.id) if who.organisation else None
    rows = sorted(visible(who).holding_lines(), key=lambda each: (each.occasion[language()], each.id))
    return [
        {
            "line": each,
            "agreed": [organisation for organisation in table if str(organisation.id) in each.agreed["by"]],
            "own": own in each.agreed["by"],
            "seen": acts.digest(each),
        }
        for each in rows
    ]


def _to_plan() -> HttpResponse:
    return HttpResponseRedirect(PLAN, status=303)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
