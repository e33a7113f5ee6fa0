"""Who is at the table, and the pages on which that is entered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.people import roster_acts as acts
from tracktwo.room.people import standing_acts as standing_acts
from tracktwo.room.people.models import Circle, Organisation, Seat
from tracktwo.room.people.names import CAPACITY, CIRCLE_ROLES, CIRCLES, ROLES, SEAT_STATES, STATUS, STYLED
from tracktwo.room.people.names import ranked as rank
from tracktwo.room.people.names import standing as rank_seat
from tracktwo.room.people.roster_forms import OrganisationForm, SeatForm, SideForm, organisation_data
from tracktwo.room.people.signing import fresh_door
from tracktwo.room.people.views.pages import confirm, fill, sent
from tracktwo.room.words import say

ROSTER = "/people"


def _roster(_written: Any) -> str:
    return ROSTER


def told(seat: Seat) -> dict[str, Any]:
    """A seat as its row shows it."""
    return {
        "seat": seat,
        "role": ROLES[seat.role],
        "capacity": CAPACITY.get(seat.capacity, "") if seat.organisation_id else "",
        "state": SEAT_STATES[seat.state],
        "taken": seat.state == Seat.State.ACTIVE,
    }


def registered(organisation: Organisation, seats: list[Seat]) -> dict[str, Any]:
    """An organisation and its people as the roster shows them."""
    theirs = sorted((seat for seat in seats if seat.organisation_id == organisation.id), key=rank_seat)
    return {
        "organisation": organisation,
        "styled": STYLED.get(organisation.styled, STYLED["party"]),
        "status": STATUS[organisation.status],
        "present": organisation.status in standing_acts.PRESENT,
        "seats": [told(seat) for seat in theirs],
        "takes_seats": bool(CIRCLE_ROLES[organisation.circle]),
    }


@door("roster.read")
def roster(request: HttpRequest) -> HttpResponse:
    """The delegations by side, the mediator's people, and for who keeps the circles those outside the table."""
    seen = visible(viewer(request))
    seats = list(seen.seats())
    organisations = [registered(each, seats) for each in sorted(seen.organisations(), key=rank)]
    at_table = [row for row in organisations if row["organisation"].circle == Circle.DELEGATIONS]
    sides = [
        {"side": side, "delegations": [row for row in at_table if row["organisation"].side_id == side.id]}
        for side in seen.sides()
    ]
    outside = [
        {
            "key": circle,
            "circle": words,
            "organisations": [row for row in organisations if row["organisation"].circle == circle],
        }
        for circle, words in CIRCLES.items()
        if circle != Circle.DELEGATIONS
    ]
    people = [told(seat) for seat in sorted(seats, key=rank_seat) if seat.organisation_id is None]
    page = {
        "sides": sides,
        "unsided": [row for row in at_table if row["organisation"].side_id is None],
        "outside": [each for each in outside if each["organisations"]],
        "people": people,
        "delegations": len(at_table),
    }
    return render(request, "people/roster.html", page)


@door("roster.edit", "GET", "POST")
@fresh_door
def side(request: HttpRequest, identifier: object = None) -> HttpResponse:
    """Add or change a side."""
    who = viewer(request)
    first = {}
    if identifier is not None:
        found = one(visible(who).sides(), identifier)
        first = {"mark": found.mark, "name": found.name}
    form = SideForm(sent(request), initial=first)
    heading = say("A side", "一方的信息")
    return fill(
        request, form, lambda given: acts.save_side(who, given, identifier), _roster, heading=heading, back=ROSTER
    )


@door("roster.edit", "GET", "POST")
@fresh_door
def organisation(request: HttpRequest, identifier: object = None) -> HttpResponse:
    """Add or change an organisation."""
    who = viewer(request)
    seen, row = visible(who), None
    first: dict[str, Any] = {"circle": Circle.DELEGATIONS, "styled": "party"}
    if identifier is not None:
        found = one(seen.organisations(), identifier)
        first, row = organisation_data(found), registered(found, [])
    form = OrganisationForm(sent(request), initial=first, sides=list(seen.sides()), joining=identifier is None)
    return fill(
        request,
        form,
        lambda given: acts.save_organisation(who, given, identifier),
        _roster,
        heading=say("An organisation", "单位信息"),
        back=ROSTER,
        template="people/organisation.html",
        row=row,
    )


@door("roster.edit", "GET", "POST")
@fresh_door
def new_seat(request: HttpRequest) -> HttpResponse:
    """Add a seat to the organisation that the address names, or to the mediator's people."""
    who, named = viewer(request), request.GET.get("organisation")
    whose = one(visible(who).organisations(), named) if named else None
    roles = acts.roles_for(who, whose)
    if not roles:
        raise Refused(say("Only those at the table, supporters and those who are briefed have seats.",
                          "只有与会方、支持方和获通报者设有席位。"))  # fmt: skip
    first = {"begins": who.today, "capacity": "policy"}
    form = SeatForm(sent(request), initial=first, roles=roles, capacities=whose is not None)
    return fill(
        request,
        form,
        lambda given: acts.save_seat(who, given, organisation=whose),
        _roster,
        heading=say("A seat", "席位信息"),
        back=ROSTER,
        lead=say("The seat waits until somebody is invited to it.", "席位在发出邀请并就席之前保持空缺。"),
    )


@door("roster.edit", "GET", "POST")
@fresh_door
def seat(request: HttpRequest, identifier: object) -> HttpResponse:
    """Change a seat; invite to it, suspend, revoke or restore it."""
    who = viewer(request)
    found = one(visible(who).seats(), identifier)
    acts.require_steering(who, found)
    names = ("name", "role", "capacity", "begins", "ends")
    form = SeatForm(
        sent(request),
        initial={name: getattr(found, name) for name in names},
        roles=acts.roles_for(who, found.organisation),
        capacities=found.organisation_id is not None,
    )
    return fill(
        request,
        form,
        lambda given: acts.save_seat(who, given, identifier=identifier),
        _roster,
        heading=say("A seat", "席位信息"),
        back=ROSTER,
        template="people/seat.html",
        row=told(found),
        held=found.state in {Seat.State.ACTIVE, Seat.State.PENDING},
    )


STANDINGS = {
    "suspend": (
        standing_acts.suspend,
        say("Suspend this delegation?", "是否暂停该与会方的参与？"),
        say("Its seats keep their home page and nothing else. What it told in confidence is frozen: it is not used "
            "until the suspension is lifted.",
            "其席位仅保留首页。其保密告知即行冻结，恢复参与前不得使用。"),
        say("Suspend", "暂停参与"),
    ),
    "withdraw": (
        standing_acts.withdraw,
        say("Enter that this delegation withdrew?", "是否登记该与会方退出？"),
        say("Its seats keep their home page and nothing else, and open invitations to them are void. What it told in "
            "confidence is frozen and stays so, even if it comes back. What others have read cannot be unsaid.",
            "其席位仅保留首页，尚未使用的邀请一律作废。其保密告知即行冻结，日后重新加入亦不解冻。他方已阅知的内容无法收回。"),
        say("Enter the withdrawal", "登记退出"),
    ),
    "readmit": (
        standing_acts.readmit,
        say("Let this delegation take part again?", "是否恢复该与会方的参与？"),
        say("Its seats have their rights again. If it was suspended, what it told in confidence may be used again as "
            "it instructed.",
            "其席位恢复各项权利。如系暂停后恢复，其保密告知可按其指示继续使用。"),
        say("Take part again", "恢复参与"),
    ),
}  # fmt: skip
HOLDINGS = {
    "suspend": (
        standing_acts.suspend_seat,
        say("Suspend this seat?", "是否暂停该席位？"),
        say("Whoever holds it is signed out and finds nothing here until the seat is restored.",
            "席位持有人的登录即行终止，恢复前看不到任何内容。"),
        say("Suspend", "暂停席位"),
    ),
    "revoke": (
        standing_acts.revoke_seat,
        say("Revoke this seat?", "是否撤销该席位？"),
        say("Whoever holds it is signed out, and open invitations to it are void. What the person has read cannot be "
            "unsaid.",
            "席位持有人的登录即行终止，尚未使用的邀请一律作废。其已阅知的内容无法收回。"),
        say("Revoke", "撤销席位"),
    ),
    "restore": (
        standing_acts.restore_seat,
        say("Restore this seat?", "是否恢复该席位？"),
        say("Whoever held it can sign in again.", "原席位持有人可再次登录。"),
        say("Restore", "恢复席位"),
    ),
}  # fmt: skip


@door("roster.edit", "GET", "POST")
@fresh_door
def stand(request: HttpRequest, identifier: object, how: str) -> HttpResponse:
    """Suspend a delegation, enter its withdrawal, or let it take part again."""
    who = viewer(request)
    found = one(visible(who).organisations().filter(circle=Circle.DELEGATIONS), identifier)
    return _confirmed(request, who, found, STANDINGS[how])


@door("roster.edit", "GET", "POST")
@fresh_door
def hold(request: HttpRequest, identifier: object, how: str) -> HttpResponse:
    """Suspend, revoke or restore a seat."""
    who = viewer(request)
    found = one(visible(who).seats(), identifier)
    acts.require_steering(who, found)
    return _confirmed(request, who, found, HOLDINGS[how])


def _confirmed(request: HttpRequest, who: Viewer, found: Any, how: tuple[Any, ...]) -> HttpResponse:
    do, heading, lead, button = how
    return confirm(
        request, lambda: do(who, found.id), ROSTER, heading=heading, lead=lead, button=button, about=found.name
    )
