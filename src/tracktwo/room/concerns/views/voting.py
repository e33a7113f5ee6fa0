"""Pages of voting: one card at a time, one's own votes, opening and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from tracktwo.room.access import Absent, Refused, identifier, one, visible
from tracktwo.room.concerns import voting
from tracktwo.room.concerns.models import Sounding
from tracktwo.room.concerns.voting import NAMES, Progress
from tracktwo.room.concerns.voting_acts import (
    NOT_DRAFT,
    NOT_OPEN,
    Unconfirmed,
    close_sounding,
    in_one_language,
    open_sounding,
    vote,
)
from tracktwo.room.concerns.writer import ENDED
from tracktwo.room.doors import door, viewer
from tracktwo.room.remembered import Remembered
from tracktwo.room.words import language

CARD = SimpleLazyObject(lambda: get_template("concerns/card.html"))


@door("vote.cast", "GET", "POST")
def vote_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """The next statement, or one that was asked for; a vote, and what comes after it."""
    if request.method == "POST":
        return _voted(request, sounding)
    found = _open(request, sounding)
    own = voting.own(viewer(request), found)
    wanted = number_of(found.pk, request.GET.get("card"), own)
    last = number_of(found.pk, request.GET.get("last"), own)
    context = card(found.pk, own, wanted=wanted, last=last)
    context |= {"sounding": found, "finished": voting.finished_of_delegation(viewer(request), found)}
    return render(request, "concerns/vote.html", context)


def _voted(request: HttpRequest, sounding: UUID) -> HttpResponse:
    own, number = vote(
        viewer(request), sounding, identifier(request.POST.get("statement")), request.POST.get("choice", "")
    )
    return after_vote(request, sounding, own, number)


def after_vote(request: HttpRequest, sounding: UUID, own: Progress, number: int) -> HttpResponse:
    """The next card where the page swaps it in, else the way to it; back to the list where the vote came from there."""
    if request.POST.get("from") == "list":
        return HttpResponseRedirect(f"votes#s{number + 1}", status=303)
    undone = request.POST.get("choice") == "undo"
    if request.META.get("HTTP_HX_REQUEST") == "true":
        context = card(sounding, own, wanted=number if undone else None, last=None if undone else number)
        return HttpResponse(CARD.render(context))
    query = f"card={number + 1}" if undone else f"last={number + 1}"
    return HttpResponseRedirect(f"vote?{query}", status=303)


def card(sounding: UUID, own: Progress, *, wanted: int | None, last: int | None) -> dict[str, Any]:
    """What a card shows: the statement, how many are left, and what may be undone."""
    number = own.next() if wanted is None else wanted
    chosen = None if number is None else NAMES.get(own.choices[number])
    undone = last is not None and own.choices[last] in NAMES
    return {
        "put": None if number is None else _part("concerns/card_put.html", sounding, number, chosen),
        "undo": _part("concerns/card_undo.html", sounding, last) if last is not None and undone else "",
        "chosen": chosen,
        "left": own.left,
        "asked": own.asked,
        "done": own.asked - own.left,
        "begun": own.begun,
    }


_parts: Remembered[SafeString] = Remembered(16_384, seconds=1)


def _part(template: str, sounding: UUID, number: int, chosen: str | None = None) -> SafeString:
    """A part of a card that is the same for all who see it in one language, remembered: it is most of the card."""

    def made() -> SafeString:
        statement, body = voting.paper(sounding).bodies[number]
        return render_to_string(template, {"statement": statement, "body": body, "chosen": chosen})

    return _parts.get((template, language(), sounding, number, chosen), made)


def number_of(sounding: UUID, given: str | None, own: Progress) -> int | None:
    """The number in the address of a page, as it is shown there: from 1. None where there is none."""
    if not given or not given.isascii() or not given.isdigit() or len(given) > 5:
        return None
    number = int(given) - 1
    return number if 0 <= number < len(own.choices) and number not in own.withdrawn else None


@door("vote.cast", "GET")
def votes_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """One's own votes, each of which can be changed."""
    found = _open(request, sounding)
    own = voting.own(viewer(request), found)
    context = listed(found.pk, own)
    return render(request, "concerns/votes.html", context | {"sounding": found})


def listed(sounding: UUID, own: Progress) -> dict[str, Any]:
    """What the list of one's own votes shows."""
    rows = [(each, NAMES.get(own.choices[each.number])) for each in voting.statements(sounding)]
    return {"rows": rows, "left": own.left, "asked": own.asked}


@door("sounding.open", "GET", "POST")
def open_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """What opening means, and opening."""
    found = _visible(request, sounding)
    if request.method == "POST":
        try:
            open_sounding(viewer(request), found, confirmed=request.POST.get("confirmed") == "yes")
        except Unconfirmed as not_yet:
            return _opening(request, found, not_yet, status=422)
        return HttpResponseRedirect(f"/statements/{found.pk}", status=303)
    if found.state != Sounding.State.DRAFT:
        raise Refused(NOT_DRAFT)
    return _opening(request, found, None, status=200)


def _opening(request: HttpRequest, sounding: Sounding, wrong: Unconfirmed | None, *, status: int) -> HttpResponse:
    context = {
        "sounding": sounding,
        "count": sounding.statements.filter(withdrawn=False).count(),
        "missing": in_one_language(sounding),
        "wrong": wrong.words if wrong else None,
        "k": viewer(request).rules.k,
    }
    return render(request, "concerns/opening.html", context, status=status)


@door("sounding.open", "GET", "POST")
def close_page(request: HttpRequest, sounding: UUID) -> HttpResponse:
    """What closing means, and closing."""
    found = _visible(request, sounding)
    if request.method == "POST":
        close_sounding(viewer(request), found)
        return HttpResponseRedirect(f"/statements/{found.pk}/results", status=303)
    if found.state != Sounding.State.OPEN:
        raise Refused(NOT_OPEN)
    context = {"sounding": found, "finished": voting.finished(viewer(request), found)}
    return render(request, "concerns/closing.html", context)


def _visible(request: HttpRequest, sounding: UUID) -> Sounding:
    found: Sounding = one(visible(viewer(request)).soundings(), sounding)
    if found.audience == "wide" and not viewer(request).may("wide.edit"):
        raise Absent
    return found


def _open(request: HttpRequest, sounding: UUID) -> Sounding:
    """A sounding of the room that is open to votes."""
    found: Sounding = one(visible(viewer(request)).soundings().filter(audience="room"), sounding)
    if found.state == Sounding.State.DRAFT:
        raise Absent
    if found.state != Sounding.State.OPEN:
        raise Refused(ENDED)
    return found
