"""Pages of a consultation beyond the table: the mediator's, and those of whoever holds a link."""

from __future__ import annotations

import csv
import io
import secrets
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, identifier, one, visible
from tracktwo.room.concerns import snapshots, voting, wide
from tracktwo.room.concerns.models import Sounding
from tracktwo.room.concerns.views.results import shown
from tracktwo.room.concerns.views.voting import after_vote, card, listed, number_of
from tracktwo.room.concerns.wide_forms import TokensForm
from tracktwo.room.doors import door, open_door, viewer

KEPT = "links"
"""Where a session keeps links until they are downloaded: in memory alone, and once."""


@door("wide.edit", "POST")
def copy_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """Copy a sounding of the room for people beyond it."""
    found: Sounding = one(visible(viewer(request)).soundings().filter(audience="room"), sounding)
    copy = wide.copy_to_wide(viewer(request), found)
    return HttpResponseRedirect(f"/statements/{copy.pk}/audience", status=303)


@door("wide.edit", "GET", "POST")
def audience_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """Who may vote: links to make, and whether votes without one are taken."""
    found: Sounding = one(visible(viewer(request)).soundings().filter(audience="wide"), sounding)
    if request.method == "POST" and "unverified" in request.POST:
        wide.allow_unverified(viewer(request), found, allowed=request.POST["unverified"] == "yes")
        return HttpResponseRedirect(f"/statements/{found.pk}/audience", status=303)
    form = TokensForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        links = wide.make_tokens(viewer(request), found, form.cleaned_data["count"])
        handle = secrets.token_hex(16)
        request.session[KEPT] = {handle: [request.build_absolute_uri(f"/w/{each}") for each in links]}
        return HttpResponseRedirect(f"/statements/{found.pk}/links/{handle}", status=303)
    context = {
        "sounding": found,
        "form": form,
        "made": wide.tokens_of(viewer(request), found),
        "address": request.build_absolute_uri(f"/w/open/{found.pk}"),
    }
    return render(request, "concerns/audience.html", context, status=422 if form.is_bound else 200)


@door("wide.edit", "GET")
def links_page(request: HttpRequest, sounding: UUID, handle: str) -> HttpResponse:
    """The links that were just made, to be kept by whoever made them: they are given once."""
    one(visible(viewer(request)).soundings().filter(audience="wide"), sounding)
    kept = request.session.get(KEPT, {})
    if handle not in kept:
        raise Absent
    if request.method == "GET":
        del request.session[KEPT]
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([["link"], *([each] for each in kept[handle])])
    return HttpResponse(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="links.csv"'},
    )


@open_door("it answers alike to every address that opens nothing", "GET", "POST")
def begin_page(request: HttpRequest, sounding: str) -> HttpResponse:
    """Voting without a link of one's own, where that is allowed."""
    given = _identifier(sounding)
    if given is None or not wide.takes_unverified(given):
        return _nothing(request)
    if request.method == "POST":
        link = wide.begun(given)
        return _nothing(request) if link is None else HttpResponseRedirect(f"/w/{link}", status=303)
    return render(request, "concerns/guest_begin.html")


@open_door("a link is the right to one ballot; every other address is answered alike", "GET")
def guest_page(request: HttpRequest, link: str) -> HttpResponse:
    """Where a link leads: to the cards."""
    return _nothing(request) if _guest(link) is None else HttpResponseRedirect(f"/w/{link}/vote", status=303)


@open_door("a link is the right to one ballot; every other address is answered alike", "GET", "POST")
def guest_vote_page(request: HttpRequest, link: str) -> HttpResponse:
    """One card at a time, for somebody beyond the table."""
    guest = _guest(link)
    if guest is None:
        return _nothing(request)
    sounding = guest.sounding.pk
    if request.method == "POST":
        try:
            own, number = wide.vote(guest, identifier(request.POST.get("statement")), request.POST.get("choice", ""))
        except (Absent, Refused):
            return _nothing(request)
        return after_vote(request, sounding, own, number)
    own = voting.progress(sounding, guest.ballot)
    wanted = number_of(sounding, request.GET.get("card"), own)
    last = number_of(sounding, request.GET.get("last"), own)
    context = card(sounding, own, wanted=wanted, last=last)
    return render(request, "concerns/guest_vote.html", context | {"guest": guest})


@open_door("a link is the right to one ballot; every other address is answered alike", "GET")
def guest_votes_page(request: HttpRequest, link: str) -> HttpResponse:
    """One's own votes, each of which can be changed."""
    guest = _guest(link)
    if guest is None:
        return _nothing(request)
    own = voting.progress(guest.sounding.pk, guest.ballot)
    return render(request, "concerns/guest_votes.html", listed(guest.sounding.pk, own))


@open_door("results are for whoever holds a link, once voting is closed", "GET")
def guest_results_page(request: HttpRequest, link: str) -> HttpResponse:
    """The results, for those who were asked."""
    guest = wide.guest(link)
    if guest is None or guest.sounding.state != Sounding.State.CLOSED or snapshots.missing(guest.sounding):
        return _nothing(request)
    try:
        context = shown(request, guest.sounding)
    except Absent:
        return _nothing(request)
    return render(request, "concerns/guest_results.html", context)


def _guest(link: str) -> wide.Guest | None:
    """Whoever may vote now by this link."""
    guest = wide.guest(link)
    open_now = guest is not None and guest.sounding.state == Sounding.State.OPEN
    return guest if guest is not None and open_now and not wide.stopped(guest) else None


def _identifier(given: str) -> UUID | None:
    try:
        return identifier(given)
    except Absent:
        return None


def _nothing(request: HttpRequest) -> HttpResponse:
    """Nothing is open here: the same to whoever holds an unknown link and to whoever comes late."""
    return render(request, "concerns/guest_nothing.html", status=404)
