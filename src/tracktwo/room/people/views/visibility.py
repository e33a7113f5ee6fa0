"""Who can see what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Visible
from tracktwo.room.doors import door
from tracktwo.room.people import sees


@door("visibility.read")
def visibility(request: HttpRequest) -> HttpResponse:
    """Rights by role, what each role sees, and what the server can be made to read."""
    page = {
        "tables": sees.tables(),
        "sees": [sees.SEES[name] for part in Visible.__mro__ for name in vars(part) if name in sees.SEES],
        "server": sees.SERVER,
        "promises": sees.PROMISES,
        "limits": sees.LIMITS,
    }
    return render(request, "people/visibility.html", page)
