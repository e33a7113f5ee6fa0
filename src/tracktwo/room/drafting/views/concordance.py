"""Concordance: how far the two languages of the latest draft were reviewed, provision by provision; and its terms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import concordance_acts as acts
from tracktwo.room.drafting.briefly import numbered
from tracktwo.room.drafting.compared import Comparison, comparison, row_in_a_line
from tracktwo.room.drafting.concordance_acts import STAGES, side_of
from tracktwo.room.drafting.models import Draft, Mode, Text
from tracktwo.room.drafting.standings import ProvisionStanding, standings
from tracktwo.room.drafting.stored import terms_of
from tracktwo.room.drafting.tongue_forms import NoteForm, refusing, status_of
from tracktwo.room.words import Words, say
from tracktwo.text.concordance import State

FILTERS: dict[str, Words] = {
    "": say("all", "全部"),
    "mine": say("waiting for my side", "待己方审校"),
    **STAGES,
    "differing": say("with differences", "有差异"),
}
AT_ONCE = 40
"""Provisions on a page."""


@door("text.read")
def concordance(request: HttpRequest, text: UUID) -> HttpResponse:
    """Every provision with its stage, both bodies, and what differs between them."""
    return _page(request, text)


@door("concordance.write", "POST")
def review(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """Both languages say the same."""
    acts.review(viewer(request), text, provision, request.POST.get("on"), request.POST.get("read", ""))
    return _back(request, text, provision)


@door("concordance.write", "POST")
def note(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """They do not, and why."""
    form = NoteForm(request.POST, auto_id=f"id_{provision}_%s")
    if not form.is_valid():
        return _page(request, text, provision, form)
    reason = form.cleaned_data["reason"]
    try:
        acts.note(viewer(request), text, provision, request.POST.get("on"), request.POST.get("read", ""), reason)
    except Refused as refused:
        return _page(request, text, provision, refusing(form, refused))
    return _back(request, text, provision)


@door("concordance.write", "POST")
def withdraw(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """Take the note of a divergence back."""
    acts.withdraw(viewer(request), text, provision, request.POST.get("on"))
    return _back(request, text, provision)


def newest(who: Viewer, text: Text) -> Draft | None:
    """The draft of a text that was issued last, if one was."""
    found: Draft | None = visible(who).drafts().filter(text=text, state=Draft.State.ISSUED).order_by("-number").first()
    return found


def _page(request: HttpRequest, text: UUID, only: str = "", form: NoteForm | None = None) -> HttpResponse:
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    draft = newest(who, row)
    if row.mode == Mode.CONCEPTUAL:
        raise Absent
    if draft is None:
        return render(request, "drafting/concordance.html", {"text": row, "draft": None})
    compared = comparison(draft, terms_of(row))
    only = only or request.GET.get("provision", "")
    if only and only not in compared.read.passages:
        raise Absent
    rows = _rows(who, draft, compared)
    named = _asked(request, row)
    shown = [each for each in rows if each["compared"].passage.provision.id == only] if only else _chosen(rows, named)
    page, pages = _number(request.GET.get("page", ""), len(shown))
    part = shown[(page - 1) * AT_ONCE : page * AT_ONCE]
    writes = who.may("concordance.write") and row.state == Text.State.OPEN
    context = {
        "text": row, "draft": draft, "only": only, "named": named, "page": page, "pages": range(1, pages + 1),
        "rows": _details(who, part, form if only else None, writes), "shown": len(shown),
        "all": len(rows), "concordant": sum(each["stage"] == "concordant" for each in rows),
        "filters": _filters(who, rows, named["stage"]), "here": _here(only, named, page),
    }  # fmt: skip
    return render(request, "drafting/concordance.html", context, status=status_of(form) if form else 200)


def _rows(who: Viewer, draft: Draft, compared: Comparison) -> list[dict[str, Any]]:
    touched, side = standings(who, draft), side_of(who) if who.may("concordance.write") else ""
    found = []
    for each in compared:
        identity = each.passage.provision.id
        state = touched.get(identity, ProvisionStanding(identity)).checked(each.passage)
        found.append({"compared": each, "state": state, "stage": state.stage, "mine": _waits(state, side)})
    return found


def _waits(state: State, side: str) -> bool:
    return bool(side) and state.stage in {"draft", "reviewed"} and side not in state.reviews


def _asked(request: HttpRequest, row: Text) -> dict[str, Any]:
    """What the page is narrowed to: a stage, or a row of the term table."""
    stage, given = request.GET.get("stage", ""), request.GET.get("row", "")
    terms = terms_of(row)
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
    return {
        "stage": stage if stage in FILTERS else "",
        "row": number if 0 < number <= len(terms) else 0,
        "term": terms[number - 1] if 0 < number <= len(terms) else None,
        "row_words": row_in_a_line(terms[number - 1]) if 0 < number <= len(terms) else "",
    }


def _chosen(rows: list[dict[str, Any]], named: dict[str, Any]) -> list[dict[str, Any]]:
    if named["term"] is not None:
        return [each for each in rows if each["compared"].departs_from(named["term"])]
    return [each for each in rows if _fits(each, named["stage"])]


def _fits(row: dict[str, Any], stage: str) -> bool:
    if stage == "differing":
        return bool(row["compared"].count)
    return not stage or (bool(row["mine"]) if stage == "mine" else row["stage"] == stage)


def _filters(who: Viewer, rows: list[dict[str, Any]], stage: str) -> list[tuple[str, Words, int | None]]:
    """Those there are, with how many fit: not how many differ, which takes a while to find, until that is asked."""
    found: list[tuple[str, Words, int | None]] = []
    for name, words in FILTERS.items():
        if name != "mine" or who.may("concordance.write"):
            counted = name != "differing" or stage == name
            found.append((name, words, sum(_fits(each, name) for each in rows) if counted else None))
    return found


def _number(given: str, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // AT_ONCE))
    wanted = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    return min(max(wanted, 1), pages), pages


def _details(
    who: Viewer, rows: list[dict[str, Any]], form: NoteForm | None, writes: bool
) -> list[dict[str, Any]]:  # fmt: skip
    names = {each.mark: each.name for each in visible(who).sides()}  # observers see none, nor what the sides found
    return [_detail(each, names, side_of(who) if writes else "", form) for each in rows]


def _detail(row: dict[str, Any], names: dict[str, Any], side: str, form: NoteForm | None) -> dict[str, Any]:
    compared, state = row["compared"], row["state"]
    identity = compared.passage.provision.id
    notes = side and state.bodies and state.stage != "divergent"
    return row | {
        "id": identity,
        "label": str(numbered(compared.passage)),
        "words": STAGES[state.stage],
        "reviews": [(mark, names[mark]) for mark in state.reviews if mark in names],
        "noted": (state.noted_by, names[state.noted_by]) if state.noted_by in names else None,
        "may_review": side and row["mine"],
        "may_withdraw": side and state.stage == "divergent" and state.noted_by == side,
        "form": form or (NoteForm(auto_id=f"id_{identity}_%s") if notes else None),
        "wrong": form is not None,
    }


def _here(only: str, named: dict[str, Any], page: int) -> str:
    if only:
        return f"provision={only}"
    query = [f"row={named['row']}"] if named["row"] else [f"stage={named['stage']}"] if named["stage"] else []
    return "&".join([*query, *([f"page={page}"] if page > 1 else [])])


def _back(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """To the page that was open, which names a stage, a row or a provision, and a page of those."""
    kept = []
    for name in ("stage", "row", "provision", "page"):
        given = request.GET.get(name, "")
        if given.isascii() and given.isalnum() and len(given) <= 16:
            kept.append(f"{name}={given}")
    query = f"?{'&'.join(kept)}" if kept else ""
    return HttpResponseRedirect(f"/texts/{text}/concordance{query}#p-{provision}", status=303)
