"""Contact groups: who works on what, what is proposed within, and what goes back to the room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import TABLE, Absent, Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import group_acts as acts
from tracktwo.room.drafting.briefly import briefly
from tracktwo.room.drafting.models import Group, Mode, Proposal, Text
from tracktwo.room.drafting.proposing import ACTIONS, DECISIONS, propose, withdraw
from tracktwo.room.drafting.redlines import between
from tracktwo.room.drafting.refusals import said
from tracktwo.room.drafting.standings import latest, passage, standings
from tracktwo.room.drafting.stored import Whole, whole
from tracktwo.room.drafting.tongue_forms import GroupForm, ReportForm, WithinForm, refusing, status_of
from tracktwo.room.drafting.views.concordance import newest
from tracktwo.room.people.models import Role, Seat
from tracktwo.room.people.names import ROLES
from tracktwo.room.words import LANGUAGES, TAGS, Words, language, say
from tracktwo.text.errors import TextError

ORDER = [*Role]
GONE = say("A provision that is no longer in the text", "案文中已不存在的条款")


@door("position.read")
def groups(request: HttpRequest, text: UUID) -> HttpResponse:
    """Who works on what; what came of it."""
    who = viewer(request)
    row = _bracketed(who, text)
    draft = newest(who, row)
    read = whole(draft) if draft else None
    rows = [_group(who, each, read) for each in visible(who).groups().filter(text=row)]
    context = {
        "text": row, "draft": draft, "working": [each for each in rows if not each["group"].reported],
        "done": [each for each in rows if each["group"].reported], "open": row.state == Text.State.OPEN,
    }  # fmt: skip
    return render(request, "drafting/groups.html", context)


@door("text.edit", "GET", "POST")
def new(request: HttpRequest, text: UUID) -> HttpResponse:
    """Set up a group."""
    who = viewer(request)
    row = _bracketed(who, text)
    read = whole(latest(who, text))
    form = GroupForm(
        [(str(each.pk), _seat(each)) for each in _by_delegation(acts.seats_of(who, acts.FACILITATES))],
        [(str(each.pk), _seat(each)) for each in _by_delegation(acts.seats_of(who, TABLE))],
        [(each, briefly(found)) for each, found in read.passages.items()],
        request.POST if request.method == "POST" else None,
    )
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        try:
            made = acts.set_up(who, text, found["name"], found["facilitator"], found["members"], found["provisions"])
        except Refused as refused:
            refusing(form, refused)
        else:
            return _to(text, made.pk)
    context = {"text": row, "form": form, "open": row.state == Text.State.OPEN}
    return render(request, "drafting/group_new.html", context, status=status_of(form))


@door("position.read")
def group(request: HttpRequest, text: UUID, group: UUID) -> HttpResponse:
    """A group; for those inside, what is proposed within it."""
    who = viewer(request)
    text_row, row = _both(who, text, group)
    draft = latest(who, text)
    read = whole(draft)
    within = acts.inside(who, row)
    rows = visible(who).proposals().filter(group=row) if within else []
    context = _group(who, row, read) | {
        "text": text_row, "draft": draft, "inside": within,
        "proposals": [_proposal(who, each, draft.number) for each in rows],
        "proposes": within and acts.member(who, row) and who.may("text.propose") and _works(text_row, row),
        "reports": (who.may("text.edit") or row.facilitator_id == who.seat.pk) and _works(text_row, row),
        "works": _works(text_row, row),
    }  # fmt: skip
    return render(request, "drafting/group.html", context)


@door("text.propose", "GET", "POST")
def propose_within(request: HttpRequest, text: UUID, group: UUID) -> HttpResponse:
    """Propose within a group, on one of its provisions."""
    who = viewer(request)
    text_row, row = _both(who, text, group)
    if not acts.member(who, row):
        raise Absent
    draft = latest(who, text)
    named = request.POST.get("provision") or request.GET.get("provision", "")
    here = passage(whole(draft), named)
    if named not in row.brief["provisions"]:
        raise Absent
    form = WithinForm(here, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            propose(who, text, request.POST.get("on"), form.given(named), row)
        except TextError as error:
            form.add_error("words", said(error))  # type: ignore[arg-type]
        except Refused as refused:
            refusing(form, refused)
        else:
            return _to(text, group)
    context = {
        "text": text_row, "group": row, "draft": draft, "form": form, "provision": named, "words": briefly(here),
        "on": request.POST.get("on", draft.number), "works": _works(text_row, row),
    }  # fmt: skip
    return render(request, "drafting/group_propose.html", context, status=status_of(form))


@door("text.propose", "POST")
def withdraw_within(request: HttpRequest, text: UUID, group: UUID, proposal: UUID) -> HttpResponse:
    """Withdraw a proposal of the own delegation within a group."""
    who = viewer(request)
    _, row = _both(who, text, group)
    found = one(visible(who).proposals().filter(group=row), proposal)
    if row.reported:
        raise Refused(acts.REPORTED)
    withdraw(who, text, found.pk)
    return _to(text, group)


@door("group.report", "GET", "POST")
def report(request: HttpRequest, text: UUID, group: UUID) -> HttpResponse:
    """Report back."""
    who = viewer(request)
    text_row, row = _both(who, text, group)
    if not acts.inside(who, row):
        raise Absent
    draft = latest(who, text)
    read = whole(draft)
    rows = [_proposal(who, each, draft.number) for each in acts.tabled(who, row)]
    free = acts.agreeable(read, standings(who, draft), row)
    form = ReportForm(
        [(str(each["row"].pk), each["words"]) for each in rows],
        [(each, briefly(read.passages[each])) for each in free],
        request.POST if request.method == "POST" else None,
    )
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        try:
            acts.report(who, text, group, found["report"], found.get("chosen", []), found.get("agreed", []))
        except Refused as refused:
            refusing(form, refused)
        else:
            return _to(text, group)
    reports = who.may("text.edit") or row.facilitator_id == who.seat.pk
    context = {"text": text_row, "group": row, "form": form, "reports": reports, "works": _works(text_row, row)}
    return render(request, "drafting/group_report.html", context, status=status_of(form))


def _bracketed(who: Viewer, text: UUID) -> Text:
    row: Text = one(visible(who).texts(), text)
    if row.mode != Mode.BRACKETED:
        raise Absent
    return row


def _both(who: Viewer, text: UUID, group: UUID) -> tuple[Text, Group]:
    row = _bracketed(who, text)
    return row, one(visible(who).groups().filter(text=row), group)


def _works(text: Text, group: Group) -> bool:
    return text.state == Text.State.OPEN and not group.reported


def _group(who: Viewer, row: Group, read: Whole | None) -> dict[str, Any]:
    passages = read.passages if read else {}
    members = row.members.filter(state=Seat.State.ACTIVE).select_related("organisation__side")
    return {
        "group": row,
        "facilitator": _seat(row.facilitator),
        "members": [(each, _seat(each)) for each in _by_delegation(members)],
        "provisions": [
            (each, briefly(passages[each])) if each in passages else ("", GONE) for each in row.brief["provisions"]
        ],
        "mine": acts.inside(who, row),
    }


def _proposal(who: Viewer, row: Proposal, latest: int) -> dict[str, Any]:
    given = row.content
    assert row.draft is not None
    passages = whole(row.draft).passages
    on = passages.get(given["provision"] or given["after"])
    own = who.organisation is not None and row.organisation_id == who.organisation.pk
    where = briefly(on) if on else say("the beginning", "开头")
    words = say("{what} · {where} · {by}", "{what} · {where} · {by}", what=ACTIONS[given["action"]], where=where,
                by=_named(row.organisation.name))  # fmt: skip
    changed = [
        (TAGS[each], between(on.provision[each] or "" if on and given["action"] != "ADD" else "", given[each]))
        for each in (LANGUAGES if language() == "en" else LANGUAGES[::-1]) if given[each]
    ]  # fmt: skip
    return {
        "changed": changed, "row": row, "action": ACTIONS[given["action"]], "where": where, "words": words, "own": own,
        "state": DECISIONS[row.state], "old": row.draft.number if row.draft.number != latest else 0,
    }  # fmt: skip


def _by_delegation(rows: Any) -> list[Seat]:
    def key(seat: Seat) -> tuple[Any, ...]:
        organisation = seat.organisation
        side = organisation.side.mark if organisation is not None and organisation.side is not None else ""
        return side, str(organisation.pk) if organisation is not None else "", ORDER.index(seat.role), seat.pk

    return sorted(rows, key=key)


def _seat(seat: Seat) -> Words:
    name, role = _named(seat.name), ROLES[seat.role]
    if seat.organisation is None:
        return say("{name} ({role})", "{name}（{role}）", name=name, role=role)
    of = _named(seat.organisation.name)
    return say("{name} ({role}, {of})", "{name}（{of}，{role}）", name=name, role=role, of=of)


def _named(name: dict[str, str]) -> Words:
    return say(name.get("en") or name.get("zh", ""), name.get("zh") or name.get("en", ""))


def _to(text: UUID, group: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"/texts/{text}/groups/{group}", status=303)
