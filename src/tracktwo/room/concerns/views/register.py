"""The register and a concern's own page: what worries people here, how the sides see it, what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.forms import AssessForm, OutcomeForm, ThemeForm
from tracktwo.room.concerns.models import Concern
from tracktwo.room.concerns.shown import apart, page, register
from tracktwo.room.doors import door, viewer


@door("concern.read")
def concerns(request: HttpRequest) -> HttpResponse:
    """The register by theme, or one theme of it."""
    who = viewer(request)
    wanted = request.GET.get("theme")
    theme = one(visible(who).themes(), wanted) if wanted is not None else None
    themes = register(who, theme)
    context = {
        "register": themes,
        "apart": [] if theme else apart(who),
        "theme": theme,
        "themes": visible(who).themes(),
        "count": sum(len(rows) for _, rows in themes),
    }
    return render(request, "concerns/register.html", context)


@door("concern.read")
def concern(request: HttpRequest, given: UUID) -> HttpResponse:
    """One concern."""
    return _page(request, viewer(request), given)


@door("concern.assess", "POST")
def assess(request: HttpRequest, given: UUID) -> HttpResponse:
    """Say how severe and how likely a concern is."""
    who, form = viewer(request), AssessForm(request.POST)
    if not form.is_valid():
        return _page(request, who, given, assessing=form)
    acts.assess(who, given, form.cleaned_data["severity"], form.cleaned_data["likelihood"])
    return _to(given)


@door("concern.edit", "POST")
def add_outcome(request: HttpRequest, given: UUID) -> HttpResponse:
    """Enter what became of a concern."""
    who, form = viewer(request), OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, who, given, outcome=form)
    acts.add_outcome(who, given, form.cleaned_data["kind"], form.cleaned_data["text"])
    return _to(given)


@door("concern.edit", "POST")
def remove_outcome(request: HttpRequest, given: UUID, outcome: UUID) -> HttpResponse:
    """Take out what was entered by mistake."""
    acts.remove_outcome(viewer(request), given, outcome)
    return _to(given)


@door("concern.raise", "POST")
def withdraw(request: HttpRequest, given: UUID) -> HttpResponse:
    """Withdraw a concern of one's own."""
    acts.withdraw(viewer(request), given)
    return _to(given)


@door("concern.edit", "GET", "POST")
def themes(request: HttpRequest) -> HttpResponse:
    """The themes; adding one."""
    who, form = viewer(request), ThemeForm(request.POST or None)
    if request.method == "POST":
        form = ThemeForm(request.POST)
        if form.is_valid():
            acts.add_theme(who, form.cleaned_data["name"])
            return HttpResponseRedirect("/concerns/themes", status=303)
    context = {"themes": visible(who).themes(), "form": form}
    return render(request, "concerns/themes.html", context, status=422 if form.errors else 200)


@door("concern.edit", "GET", "POST")
def theme(request: HttpRequest, given: UUID) -> HttpResponse:
    """Call a theme something else."""
    who = viewer(request)
    row = one(visible(who).themes(), given)
    form = ThemeForm(request.POST) if request.method == "POST" else ThemeForm(initial={"name": row.name})
    if form.is_bound and form.is_valid():
        acts.rename_theme(who, given, form.cleaned_data["name"])
        return HttpResponseRedirect("/concerns/themes", status=303)
    return render(request, "concerns/theme.html", {"theme": row, "form": form}, status=422 if form.errors else 200)


@door("concern.edit", "POST")
def move_theme(request: HttpRequest, given: UUID) -> HttpResponse:
    """Move a theme up or down."""
    acts.move_theme(viewer(request), given, -1 if request.POST.get("up") else 1)
    return HttpResponseRedirect("/concerns/themes", status=303)


def _to(given: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"/concerns/{given}", status=303)


def _page(request: HttpRequest, who: Viewer, given: UUID, **forms: Any) -> HttpResponse:
    row: Concern = one(visible(who).concerns(), given)
    found = page(who, row)
    mine = {"severity": found.mine.severity, "likelihood": found.mine.likelihood} if found.mine else {}
    context = {
        "page": found,
        "entry": found.entry,
        "concern": row,
        "assessing": forms.get("assessing") or AssessForm(initial=mine),
        "outcome": forms.get("outcome") or OutcomeForm(),
    }
    return render(request, "concerns/concern.html", context, status=422 if forms else 200)
