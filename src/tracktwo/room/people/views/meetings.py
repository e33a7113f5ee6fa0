"""When delegations meet: rounds, meetings, and the pages on which they are entered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.people import meeting_acts as acts
from tracktwo.room.people import stops
from tracktwo.room.people.inputs import Rows
from tracktwo.room.people.meeting_forms import ActionItem, AgendaItem, ListForm, MeetingForm, PaperForm
from tracktwo.room.people.models import Circle, Meeting, Seat
from tracktwo.room.people.names import ROLES, ROUND_STATES, ranked, standing
from tracktwo.room.people.rules import AXES, FORMATS
from tracktwo.room.people.views.pages import confirm, fill, see, sent
from tracktwo.room.words import say

MEETINGS = "/meetings"


def _format(meeting: Meeting) -> Any:
    return FORMATS.get(meeting.format, meeting.format)


def _address(meeting: Any) -> str:
    return f"{MEETINGS}/{meeting.id}"


@door("meeting.read")
def meetings(request: HttpRequest) -> HttpResponse:
    """The rounds, and in each the meetings to which the seat is invited."""
    who = viewer(request)
    seen = visible(who)
    listed = [{"meeting": each, "format": _format(each)} for each in seen.meetings()]
    rounds = [
        {
            "round": each,
            "state": ROUND_STATES[each.state],
            "meetings": [row for row in listed if row["meeting"].round_id == each.id],
        }
        for each in seen.rounds()
    ]
    coming = [row for row in listed if row["meeting"].day >= who.today and not row["meeting"].offline]
    return render(request, "people/meetings.html", {"rounds": rounds, "coming": len(coming), "any": bool(listed)})


@door("meeting.edit", "GET", "POST")
def edit(request: HttpRequest, identifier: object = None) -> HttpResponse:
    """Plan, enter or change a meeting."""
    who = viewer(request)
    seen = visible(who)
    found = one(seen.meetings(), identifier) if identifier else None
    rounds = list(seen.rounds())
    names = ("format", "title", "day", "hour", "offline")
    first = {name: getattr(found, name) for name in names} if found else {}
    opened = [each for each in rounds if each.state != "closed"]
    first["round"] = str(found.round_id if found else opened[0].id if opened else "")
    form = MeetingForm(sent(request), initial=first, rounds=rounds, today=who.today)
    return fill(
        request,
        form,
        lambda given: acts.save_meeting(who, given, identifier),
        _address,
        heading=say("A meeting", "会议信息"),
        back=_address(found) if found else MEETINGS,
        warning=None if rounds else say("Plan a round first: a meeting belongs to one.", "请先安排轮次，再安排会议。"),
    )


@door("meeting.read")
def meeting(request: HttpRequest, identifier: object) -> HttpResponse:
    """A meeting: its agenda, who is invited, its papers, what follows, and what its format allows."""
    who = viewer(request)
    seen = visible(who)
    found = one(seen.meetings(), identifier)
    allowed = who.rules.formats.get(found.format)
    axes = [{"question": words, "yes": getattr(allowed, name)} for name, words in AXES.items()] if allowed else []
    page = {
        "meeting": found,
        "format": _format(found),
        "items": found.agenda["items"],
        "invited": _by_organisation(list(seen.invited(found))),
        "papers": sorted(seen.papers().filter(meeting=found), key=lambda paper: paper.title.get("en", "")),
        "actions": _actions(who, found),
        "axes": axes,
        "report_back": allowed.report_back if allowed else False,
        "clearances": stops.clearances(who, found),
        "unclearable": stops.unclearable(who, found) if who.may("meeting.stop") else None,
        "mark": stops.agenda_mark(found),
        "stoppable": stops.stoppable(who, found),
    }
    return render(request, "people/meeting.html", page)


def _by_organisation(seats: list[Seat]) -> list[dict[str, Any]]:
    """Seats under their organisations, the mediator's people first."""
    organisations = sorted({seat.organisation for seat in seats if seat.organisation}, key=ranked)
    return [
        {
            "organisation": each,
            "seats": [
                {"seat": seat, "role": ROLES[seat.role]}
                for seat in sorted(seats, key=standing)
                if seat.organisation == each
            ],
        }
        for each in [None, *organisations]
        if each or any(seat.organisation is None for seat in seats)
    ]


def _actions(who: Viewer, found: Meeting) -> list[dict[str, Any]]:
    owners = {str(each.id): each.name for each in visible(who).owners(found)}
    return [
        item | {"by": owners.get(item["owner"]), "due_day": date.fromisoformat(item["due"]) if item["due"] else None}
        for item in found.actions["items"]
    ]


@door("meeting.edit", "GET", "POST")
def agenda(request: HttpRequest, identifier: object) -> HttpResponse:
    """Write the agenda."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    rows = Rows(AgendaItem, "item", data=sent(request), initial=[{"text": item} for item in found.agenda["items"]])
    return fill(
        request,
        rows,
        lambda given: acts.save_agenda(who, identifier, [row["text"] for row in given]),
        _address,
        heading=say("Agenda", "议程"),
        back=_address(found),
        template="people/rows.html",
        lead=say("Items left empty are left out. Counsel who cleared the agenda clear it again once it changes.",
                 "留空的项目不予列入。议程改动后，已核准的法律顾问须重新核准。"),
    )  # fmt: skip


@door("meeting.edit", "GET", "POST")
def actions(request: HttpRequest, identifier: object) -> HttpResponse:
    """Write what is to be done afterwards."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    at_table = visible(who).organisations().filter(circle=Circle.DELEGATIONS)
    owners = [(str(each.id), " · ".join(filter(None, each.name.values()))) for each in sorted(at_table, key=ranked)]
    first = [{"text": item} | item for item in found.actions["items"]]
    rows = Rows(ActionItem, "action", data=sent(request), initial=first, owners=owners)
    return fill(
        request,
        rows,
        lambda given: acts.save_actions(who, identifier, [_action(row) for row in given]),
        _address,
        heading=say("What is to be done", "待办事项"),
        back=_address(found),
        template="people/rows.html",
        lead=say("Items left empty are left out.", "留空的项目不予列入。"),
    )


def _action(row: dict[str, Any]) -> dict[str, Any]:
    due = row["due"].isoformat() if row["due"] else None
    return row["text"] | {"owner": row["owner"] or None, "due": due, "done": row["done"]}


@door("meeting.edit", "GET", "POST")
def invite(request: HttpRequest, identifier: object) -> HttpResponse:
    """Draw up the list of who is invited."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    seats = stops.invitable(who)
    organisations = sorted({str(seat.organisation_id) for seat in seats if seat.organisation_id})
    form = ListForm(sent(request), organisations=organisations, seats=[str(seat.id) for seat in seats])
    chosen = request.POST.getlist("seats") if form.is_bound else [str(s.id) for s in visible(who).invited(found)]
    return fill(
        request,
        form,
        lambda given: acts.save_list(who, identifier, given["organisations"], given["seats"]),
        _address,
        heading=say("Who is invited", "受邀名单"),
        back=_address(found),
        template="people/list.html",
        groups=_by_organisation(seats),
        chosen=set(chosen),
        meeting=found,
    )


@door("meeting.edit", "GET", "POST")
def edit_paper(request: HttpRequest, identifier: object, paper: object = None) -> HttpResponse:
    """Lay a paper before the meeting, or change it."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    row = one(visible(who).papers().filter(meeting=found), paper) if paper else None
    form = PaperForm(sent(request), initial={"title": row.title, "body": row.body} if row else {})
    return fill(
        request,
        form,
        lambda given: acts.save_paper(who, identifier, given, paper),
        lambda _: _address(found),
        heading=say("A paper", "会议文件"),
        back=_address(found),
    )


@door("meeting.read")
def read_paper(request: HttpRequest, identifier: object, paper: object) -> HttpResponse:
    """A paper, in both languages."""
    found = one(visible(viewer(request)).meetings(), identifier)
    row = one(visible(viewer(request)).papers().filter(meeting=found), paper)
    return render(request, "people/paper.html", {"meeting": found, "paper": row})


@door("meeting.edit", "GET", "POST")
def remove_paper(request: HttpRequest, identifier: object, paper: object) -> HttpResponse:
    """Take a paper away."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    row = one(visible(who).papers().filter(meeting=found), paper)
    return confirm(
        request,
        lambda: acts.remove_paper(who, identifier, paper),
        _address(found),
        about=row.title,
        heading=say("Take this paper away?", "是否撤下此文件？"),
        lead=say("What others have read cannot be unsaid.", "他人已阅知的内容无法收回。"),
        button=say("Take it away", "撤下"),
    )


@door("meeting.stop", "POST")
def clear(request: HttpRequest, identifier: object) -> HttpResponse:
    """Clear the agenda for the own delegation."""
    return see(_address(stops.clear_agenda(viewer(request), identifier, request.POST.get("read", ""))))


@door("meeting.stop", "GET", "POST")
def stop(request: HttpRequest, identifier: object) -> HttpResponse:
    """Stop the meeting."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    return confirm(
        request,
        lambda: stops.stop(who, identifier),
        _address(found),
        about=found.title,
        heading=say("Stop this meeting?", "是否中止此会议？"),
        lead=say("Everybody who is invited sees that counsel stopped it, not whose. Only a mediator lets it go on.",
                 "所有受邀者均会看到会议已由法律顾问中止，但不显示是哪一方。只有调解人可恢复会议。"),
        button=say("Stop the meeting", "中止会议"),
    )  # fmt: skip


@door("meeting.resume", "GET", "POST")
def resume(request: HttpRequest, identifier: object) -> HttpResponse:
    """Let a stopped meeting go on."""
    who = viewer(request)
    found = one(visible(who).meetings(), identifier)
    return confirm(
        request,
        lambda: stops.resume(who, identifier),
        _address(found),
        about=found.title,
        heading=say("Let this meeting go on?", "是否恢复此会议？"),
        lead=say("The mark that counsel stopped it is taken away.", "“已由法律顾问中止”的标记将被取消。"),
        button=say("Let it go on", "恢复会议"),
    )
