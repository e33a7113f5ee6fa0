"""The ledger: which words were made available to whom at what moment, what that proves; receipts and waivers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.desk_forms import TONGUES
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.people.views.pages import see
from tracktwo.text.drafts import LANGUAGES


@door("text.read")
def ledger(request: HttpRequest, text: UUID) -> HttpResponse:
    """Every draft that was issued, the last one first."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    drafts = visible(who).drafts().filter(text=row, state=Draft.State.ISSUED).order_by("-number")
    asked = issuing.waiver_asked(who, row)
    mine = _mine(who)
    context = {
        "text": row,
        "entries": [_entry(who, each) for each in drafts],
        "waiver": asked,
        "waived": bool(asked and mine in asked[1]),
        "may_waive": bool(asked and mine and who.may("position.take") and row.state != Text.State.CLOSED),
    }
    return render(request, "drafting/ledger.html", context)


def _mine(who: Viewer) -> str:
    return str(who.organisation.pk) if who.organisation else ""


def _entry(who: Viewer, draft: Draft) -> dict[str, Any]:
    entry = draft.ledger
    mine = _mine(who)
    day, hour = entry["moment"].rstrip("Z").split("T")
    names = {each["id"]: each for each in entry["to"]}
    keeps = who.may("text.edit")
    return {
        "draft": draft,
        "day": date.fromisoformat(day),
        "hour": hour,
        "moment": entry["moment"],
        "hash": entry["hash"],
        "files": [(of, TONGUES[of], entry["files"][of]) for of in LANGUAGES if of in entry["files"]],
        "to": entry["to"],
        "waived": [names.get(each, {"en": "—", "zh": "—"}) for each in entry["waived"]],
        "receipts": [names[each] for each in entry["receipts"] if each in names] if keeps else None,
        "without": [each for key, each in names.items() if key not in entry["receipts"]] if keeps else [],
        "own": mine in entry["receipts"],
        "confirms": mine in names and mine not in entry["receipts"] and who.may("position.take"),
        "served": mine in names,
    }


@door("position.take", "POST")
def receipt(request: HttpRequest, text: UUID) -> HttpResponse:
    """The own delegation has a draft."""
    number = request.POST.get("number", "")
    made = issuing.acknowledge(viewer(request), text, number)
    return see(f"/texts/{text}/ledger#draft-{made.number}")


@door("position.take", "POST")
def waive(request: HttpRequest, text: UUID) -> HttpResponse:
    """Waive the language that is missing in the next draft, for the own delegation."""
    issuing.waive(viewer(request), text)
    return see(f"/texts/{text}/ledger")
