"""Raising a concern, and what waits to be put to the room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.concerns import acts
from tracktwo.room.concerns.forms import RaiseForm
from tracktwo.room.concerns.raising import has_counsel
from tracktwo.room.concerns.shown import inbox
from tracktwo.room.doors import door, viewer


@door("concern.raise", "GET", "POST")
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Raise a concern."""
    who = viewer(request)
    form = RaiseForm(who, request.POST) if request.method == "POST" else RaiseForm(who)
    if form.is_bound and form.is_valid():
        given = form.given()
        acts.raise_concern(who, given)
        return HttpResponseRedirect("/concerns/sent" if given.to == "nobody" else _where(given.to), status=303)
    context = {"form": form, "counsel": has_counsel(who.organisation, who.today)}
    return render(request, "concerns/raise.html", context, status=422 if form.errors else 200)


def _where(to: str) -> str:
    return "/concerns/waiting" if to in {"seat", "organisation"} else "/concerns"


@door("concern.raise")
def sent(request: HttpRequest) -> HttpResponse:
    """What happens now to a concern that was raised without a name."""
    return render(request, "concerns/sent.html", {"others": viewer(request).rules.batch - 1})


@door("concern.read")
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, as far as the viewer sees it."""
    return render(request, "concerns/waiting.html", {"inbox": inbox(viewer(request))})


@door("concern.raise", "POST")
def take_back(request: HttpRequest, given: UUID) -> HttpResponse:
    """Take back what waits."""
    acts.take_back(viewer(request), given)
    return HttpResponseRedirect("/concerns/waiting", status=303)


@door("concern.release", "POST")
def release(request: HttpRequest) -> HttpResponse:
    """Put what waits to the room."""
    acts.release(viewer(request))
    return HttpResponseRedirect("/concerns", status=303)
