"""Pages of confidences: the own register, one of them with every use made of it, and the mediator's register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.disclosure import confidence_acts as acts
from tracktwo.room.disclosure.forms import Giving, Instructed, Sharing, Use
from tracktwo.room.disclosure.instructions import LABELS, MEANINGS, widest
from tracktwo.room.disclosure.models import Confidence, Instruction
from tracktwo.room.doors import door, viewer

REGISTER = "/confidences"


@door("confidence.read")
def register(request: HttpRequest) -> HttpResponse:
    """The own and those shared by the delegation; for the mediator all, by organisation."""
    who = viewer(request)
    rows = sorted(
        visible(who).confidences().prefetch_related("uses"), key=lambda each: (each.state, each.given_on, each.id)
    )
    if who.may("confidence.use"):
        return render(request, "disclosure/confidences_all.html", {"groups": _by_organisation(rows, who)})
    mine = [_shown(each, who) for each in rows if each.author_id == who.seat.pk]
    shared = [_shown(each, who) for each in rows if each.author_id != who.seat.pk]
    return render(
        request, "disclosure/confidences.html", {"mine": mine, "shared": shared, "may_share": acts.may_share(who)}
    )


@door("confidence.give", "GET", "POST")
def give(request: HttpRequest) -> HttpResponse:
    """Tell the mediator something."""
    who = viewer(request)
    form = Giving(request.POST if request.method == "POST" else None, may_share=acts.may_share(who))
    if form.is_valid():
        return _to(acts.give(who, form.cleaned_data))
    meanings = [(LABELS[each], MEANINGS[each]) for each in Instruction.values]
    context = {"form": form, "meanings": meanings, "may_share": acts.may_share(who)}
    return render(request, "disclosure/confidence_give.html", context, status=_status(request))


@door("confidence.read")
def read(request: HttpRequest, confidence: object) -> HttpResponse:
    """One confidence, with every use made of it."""
    return _page(request, confidence)


@door("confidence.give", "POST")
def instruct(request: HttpRequest, confidence: object) -> HttpResponse:
    """Change the release instruction."""
    who = viewer(request)
    one(visible(who).confidences(), confidence)
    form = Instructed(request.POST)
    if not form.is_valid():
        return _page(request, confidence, instructed=form)
    return _to(acts.instruct(who, confidence, form.cleaned_data))


@door("confidence.give", "POST")
def share(request: HttpRequest, confidence: object) -> HttpResponse:
    """Let the own delegation read it, or no longer."""
    who = viewer(request)
    one(visible(who).confidences(), confidence)
    form = Sharing(request.POST)
    if not form.is_valid():
        return _page(request, confidence, sharing=form)
    return _to(acts.share(who, confidence, form.cleaned_data["shared"] == "yes"))


@door("confidence.give", "POST")
def withdraw(request: HttpRequest, confidence: object) -> HttpResponse:
    """No use from now on."""
    return _to(acts.withdraw(viewer(request), confidence))


@door("confidence.use", "POST")
def use(request: HttpRequest, confidence: object) -> HttpResponse:
    """Enter a use before it is made."""
    who = viewer(request)
    found = one(visible(who).confidences(), confidence)
    form = Use(request.POST, conditional=found.instruction == Instruction.CONDITIONAL)
    if not form.is_valid():
        return _page(request, confidence, use=form)
    given = form.cleaned_data
    try:
        acts.use(who, confidence, given["kind"], given["text"], given.get("met", False))
    except Refused as refused:  # what was typed stays
        form.add_error("kind", str(refused.words))
        return _page(request, confidence, use=form)
    return _to(found)


def _page(request: HttpRequest, identifier: object, **bound: Any) -> HttpResponse:
    who = viewer(request)
    found: Confidence = one(visible(who).confidences(), identifier)
    standing = found.state == Confidence.State.STANDING
    initial = {"instruction": found.instruction, **{key: found.body[key] for key in ("condition", "then")}}
    context = {
        **_shown(found, who),
        "uses": [_used(each) for each in found.uses.order_by("on", "kind", "id")],
        "instructed": bound.get("instructed") or Instructed(initial=initial),
        "sharing": bound.get("sharing"),
        "may_share": acts.may_share(who),
        "may_use": who.may("confidence.use") and standing,
        "use": bound.get("use") or Use(conditional=found.instruction == Instruction.CONDITIONAL),
        "meaning": MEANINGS[widest(found.instruction, found.body)],
    }
    return render(request, "disclosure/confidence.html", context, status=422 if bound else 200)


def _shown(confidence: Confidence, who: Viewer) -> dict[str, Any]:
    then = confidence.body["then"]
    return {
        "confidence": confidence,
        "instruction": LABELS[confidence.instruction],
        "then": LABELS[then] if then else None,
        "own": confidence.author_id == who.seat.pk,
        "n": confidence.uses.count(),
    }


def _used(made: Any) -> dict[str, Any]:
    return {"made": made, "kind": LABELS[made.kind], "note": made.note}


def _by_organisation(rows: list[Confidence], who: Viewer) -> list[tuple[Any, list[dict[str, Any]]]]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for each in rows:
        groups.setdefault(each.author.organisation, []).append(_shown(each, who))
    return sorted(groups.items(), key=lambda group: _place(group[0]))


def _place(organisation: Any) -> tuple[str, str]:
    """At the table by side, then those outside it."""
    if organisation is None:
        return "~~", ""
    return organisation.side.mark if organisation.side else "~", str(organisation.id)


def _to(confidence: Confidence) -> HttpResponse:
    return HttpResponseRedirect(f"{REGISTER}/{confidence.id}", status=303)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
