"""The term table of a text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import term_acts as acts
from tracktwo.room.drafting.briefly import briefly
from tracktwo.room.drafting.compared import comparison
from tracktwo.room.drafting.models import Mode, Text
from tracktwo.room.drafting.stored import terms_of
from tracktwo.room.drafting.tongue_forms import ROWS, TableForm, TermForm
from tracktwo.room.drafting.views.concordance import newest
from tracktwo.room.words import Words, say
from tracktwo.text.terms import Term

SPARE, LISTED = 3, 12


@door("text.read", "GET", "POST")
def terms(request: HttpRequest, text: UUID) -> HttpResponse:
    """The table with how often the latest draft departs from it; who drafts confirms or changes it."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    if row.mode == Mode.CONCEPTUAL or (request.method == "POST" and not who.may("text.edit")):
        raise Absent
    edits = who.may("text.edit") and row.state != Text.State.CLOSED
    as_csv = bool(request.GET.get("csv")) and edits
    wrong: acts.Unreadable | None = None
    rows, form = _rows(terms_of(row)), TableForm(initial={"csv": acts.written(terms_of(row))})
    if request.method == "POST":
        rows, form, wrong = _sent(request, who, row, as_csv)
        if wrong is None and (form.is_valid() if as_csv else all(each.is_valid() for each in rows)):
            return HttpResponseRedirect(f"/texts/{text}/terms", status=303)
    context = {
        "text": row, "confirmed": acts.confirmed(row), "digest": request.POST.get("read") or acts.digest(row),
        "edits": edits, "as_csv": as_csv, "rows": rows, "form": form, "wrong": wrong, **_departures(who, row),
    }  # fmt: skip
    return render(request, "drafting/terms.html", context, status=422 if request.method == "POST" else 200)


def _rows(table: tuple[Term, ...]) -> list[TermForm]:
    given = [{"en": "; ".join(each.en), "zh": "; ".join(each.zh), "note": each.note} for each in table]
    return [TermForm(initial=each, prefix=str(n)) for n, each in enumerate([*given, *[{}] * SPARE], 1)]


def _sent(
    request: HttpRequest, who: Viewer, row: Text, as_csv: bool
) -> tuple[list[TermForm], TableForm, acts.Unreadable | None]:
    """What was sent, kept where it is a table; otherwise what is wrong with it."""
    count = request.POST.get("rows", "")
    most = min(int(count), ROWS) if count.isascii() and count.isdigit() and len(count) < 5 else 0
    rows = [TermForm(request.POST, prefix=str(n)) for n in range(1, most + 1)]
    form = TableForm(request.POST)
    if not (form.is_valid() if as_csv else all(each.is_valid() for each in rows)):
        return rows, form, None
    try:
        table = _table(rows, form, as_csv)
        acts.set_terms(who, row.pk, table, request.POST.get("read", ""))
    except acts.Unreadable as error:
        return rows, form, error
    except Refused as error:
        if error.words not in (acts.STALE, acts.EMPTY):
            raise
        return rows, form, acts.Unreadable(0, error.words)
    return rows, form, None


def _table(rows: list[TermForm], form: TableForm, as_csv: bool) -> tuple[Term, ...]:
    if as_csv:
        return acts.read(form.cleaned_data["csv"])
    return acts.read(acts.as_csv(each.row for each in rows), first=1)


def _departures(who: Viewer, row: Text) -> dict[str, Any]:
    """How often the latest draft departs from each row, and where."""
    draft = newest(who, row)
    table = terms_of(row)
    if draft is None:
        return {"draft": None, "table": [(n, each, 0) for n, each in enumerate(table, 1)], "where": []}
    departing = [each for each in comparison(draft, table) if each.departs]
    found = [(n, term, sum(each.departs_from(term) for each in departing)) for n, term in enumerate(table, 1)]
    where: list[tuple[str, Words]] = [(each.passage.provision.id, briefly(each.passage)) for each in departing]
    return {
        "draft": draft, "table": found, "where": where[:LISTED], "departing": len(where),
        "more": say("{n} more", "另有{n}条", n=len(where) - LISTED) if len(where) > LISTED else None,
    }  # fmt: skip
