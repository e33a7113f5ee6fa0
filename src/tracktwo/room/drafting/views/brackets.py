"""A bracket opened in its provision, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from tracktwo.room.access import Absent, Refused
from tracktwo.room.doors import View, door, viewer
from tracktwo.room.drafting import bracket_acts, opened
from tracktwo.room.drafting.found import facts
from tracktwo.room.drafting.page_forms import AssignForm, CallForm, NarrowForm
from tracktwo.room.drafting.sending import back, gone, send
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.standings import passage
from tracktwo.room.words import Words


@door("text.read")
def bracket(request: HttpRequest, text: UUID, provision: str, bracket: str) -> HttpResponse:
    """A bracket: its kind, its holders, what was said of it, what the words would be, and what this seat may do."""
    sheet = Sheet.latest(viewer(request), text)
    passage(sheet.whole, provision)
    panel = opened.bracket(sheet, provision, bracket)
    return send(request, sheet, provision, panel, opened=bracket)


def _act(name: str, right: str) -> View:
    """The view of an act that needs nothing but the bracket, or what a form gives."""

    @door(right, "POST")
    def view(request: HttpRequest, text: UUID, provision: str, bracket: str) -> HttpResponse:
        who = viewer(request)
        sheet = Sheet.latest(who, text)
        if away := gone(request, sheet, provision, request.POST.get("on"), map(request.POST.get, ("en", "zh"))):
            return away
        if _same(request, sheet) and bracket not in facts(sheet.kept(provision)).keys:
            raise Absent
        form = _form(name, sheet, provision, bracket, request.POST)
        if form is not None and not form.is_valid():
            return _again(request, sheet, provision, bracket, {name: form}, None, 422)
        try:
            given = _given(name, form, request.POST)
            bracket_acts.ACTS[name](who, text, provision, bracket, request.POST.get("on"), **given)
        except Refused as refused:
            named = {"narrow" if name == "say" else name: form} if form is not None else {}
            return _again(request, Sheet.latest(who, text), provision, bracket, named, refused.words, 409)
        return back(f"/texts/{text}/provisions/{provision}/brackets/{bracket}", provision)

    view.__name__ = name
    view.__doc__ = bracket_acts.ACTS[name].__doc__
    return view


def _same(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether the seat read the latest draft, so that the bracket is the one that it means."""
    return request.POST.get("on", "") in {"", str(sheet.draft.number)}


def _form(name: str, sheet: Sheet, provision: str, bracket: str, sent: QueryDict) -> Form | None:
    """What an act is given, as a form; None where it is given nothing that is typed."""
    here = passage(sheet.whole, provision)
    if name == "call":
        return CallForm(provision, sheet.viewer.today, sent)
    if name == "assign":
        return AssignForm(provision, [(each.id, each.name) for each in sheet.called(sheet.parties)], sent)
    if name == "say" and sent.get("fate") == "narrowed":
        if bracket not in here.pairs:
            raise Absent
        found = {tongue: here.bracket(bracket, tongue) for tongue in here.blocks}
        there = opened.inside(here, {tongue: each for tongue, each in found.items() if each is not None})
        return NarrowForm(provision, there, sent)
    return None


def _given(name: str, form: Form | None, sent: QueryDict) -> dict[str, Any]:
    if name == "say":
        return {"fate": sent.get("fate", ""), "words": dict(form.cleaned_data) if form is not None else None}
    if name == "confirm":
        return {"kind": sent.get("kind", "")}
    return dict(form.cleaned_data) if form is not None else {}


def _again(
    request: HttpRequest, sheet: Sheet, provision: str, bracket: str, forms: dict[str, Any], notice: Words | None,
    status: int,
) -> HttpResponse:  # fmt: skip
    """The bracket with what could not be done, and what was typed; the provision, where the bracket is another now."""
    passage(sheet.whole, provision)
    if "say" in forms:
        forms = {"narrow": forms["say"]}
    if not _same(request, sheet) or bracket not in facts(sheet.kept(provision)).keys:
        typed = [each for form in forms.values() for each in form.data.getlist("en") + form.data.getlist("zh") if each]
        return send(request, sheet, provision, opened.panel(sheet, provision, None, notice, typed), status=status)
    panel = opened.bracket(sheet, provision, bracket, forms, notice)
    return send(request, sheet, provision, panel, opened=bracket, status=status)


hold = _act("hold", "position.take")
let_go = _act("let-go", "position.take")
say_fate = _act("say", "position.take")
take_back = _act("take-back", "position.take")
fine = _act("fine", "position.take")
call = _act("call", "text.edit")
conclude = _act("conclude", "text.edit")
reopen = _act("reopen", "text.edit")
assign = _act("assign", "text.edit")
confirm = _act("confirm", "text.edit")
