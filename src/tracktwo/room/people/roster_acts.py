"""Who is at the table: sides, organisations and seats are entered and changed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.people.models import Circle, Organisation, Role, Seat, Side
from tracktwo.room.people.names import CIRCLE_ROLES
from tracktwo.room.words import say

GUARDED = {Role.MEDIATOR, Role.CHAIR}
"""Roles that only who may steer gives and takes: whoever keeps the roster does not make himself mediator."""


def roles_for(viewer: Viewer, organisation: Organisation | None) -> list[str]:
    """The roles that ``viewer`` may give there."""
    fitting = CIRCLE_ROLES[organisation.circle if organisation else None]
    return [role for role in fitting if role not in GUARDED or viewer.may("roster.steer")]


def require_steering(viewer: Viewer, seat: Seat) -> None:
    """Refused where the seat is a mediator's or the chair's, and the viewer is no mediator."""
    if seat.role in GUARDED and not viewer.may("roster.steer"):
        raise Refused(say("Only a mediator changes, invites or revokes the seats of mediators and of the chair.",
                          "调解人与主席的席位只能由调解人变更、邀请或撤销。"))  # fmt: skip


def save_side(viewer: Viewer, given: dict[str, Any], identifier: object = None) -> Side:
    """Add a side, or change one."""
    with act(viewer, "roster.edit") as leaf:
        sides = visible(viewer).sides()
        side = one(sides, identifier) if identifier else Side(process=viewer.process)
        if sides.filter(mark=given["mark"]).exclude(pk=side.pk).exists():
            raise ValidationError(say("Another side has this letter.", "该字母已由另一方使用。"))  # type: ignore[arg-type]
        side.mark, side.name = given["mark"], given["name"]
        side.save()
        leaf.commits("side", side.id, {"mark": side.mark, "name": side.name})
    return side


def save_organisation(viewer: Viewer, given: dict[str, Any], identifier: object = None) -> Organisation:
    """Add an organisation, or change one; its standing towards the talks has acts of its own (standing_acts)."""
    with act(viewer, "roster.edit") as leaf:
        new = identifier is None
        organisation = Organisation(process=viewer.process) if new else one(visible(viewer).organisations(), identifier)
        if not new and given["circle"] != organisation.circle:
            _require_no_seats(organisation)
        organisation.side = one(visible(viewer).sides(), given["side"]) if given["side"] else None
        organisation.name, organisation.circle = given["name"], given["circle"]
        organisation.styled, organisation.reason = given["styled"], given["reason"]
        organisation.since = given["since"]
        if new and given["joined"]:
            organisation.status = Organisation.Status.JOINED_LATER
        organisation.save()
        leaf.commits("organisation", organisation.id, entered(organisation))
    return organisation


def entered(organisation: Organisation) -> dict[str, Any]:
    """What the record commits to of an organisation."""
    return {
        "name": organisation.name,
        "circle": organisation.circle,
        "side": str(organisation.side_id or ""),
        "styled": organisation.styled,
        "status": organisation.status,
    }


def _require_no_seats(organisation: Organisation) -> None:
    if Seat.objects.filter(organisation=organisation).exists():
        words = say("It has seats, whose roles belong to its circle. Enter it anew in the other circle.",
                    "该单位已有席位，其角色与参与类别相应。请在另一类别中重新登记。")  # fmt: skip
        raise ValidationError(words)  # type: ignore[arg-type]


def save_seat(
    viewer: Viewer, given: dict[str, Any], *, organisation: Organisation | None = None, identifier: object = None
) -> Seat:
    """Add a seat, which nobody takes until somebody is invited; or change one."""
    with act(viewer, "roster.edit") as leaf:
        if identifier is None:
            whose = one(visible(viewer).organisations(), organisation.id) if organisation else None
            seat = Seat(process=viewer.process, organisation=whose)
        else:
            seat = one(visible(viewer).seats(), identifier)
            require_steering(viewer, seat)
        before = seat.role, seat.ends, seat.begins
        if given["role"] not in roles_for(viewer, seat.organisation):
            words = say("This role does not belong to this circle.", "该角色不属于此参与类别。")
            raise ValidationError(words)  # type: ignore[arg-type]
        for name in ("name", "role", "begins", "ends"):
            setattr(seat, name, given[name])
        seat.capacity = given.get("capacity", seat.capacity)
        require_one_head(seat)
        if (
            identifier is not None
            and before != (seat.role, seat.ends, seat.begins)
            and not mediated_after(viewer, seat)
        ):
            words = say("At least one mediator stays, without a last day.", "至少须有一位在任且无截止日期的调解人。")
            raise ValidationError(words)  # type: ignore[arg-type]
        seat.save()
        leaf.commits("seat", seat.id, {"name": seat.name, "role": seat.role, "capacity": seat.capacity,
                                       "begins": str(seat.begins), "ends": str(seat.ends or "")})  # fmt: skip
    return seat


def require_one_head(seat: Seat) -> None:
    """ValidationError where a delegation would have two heads on one day."""
    if seat.role != Role.HEAD or seat.state == Seat.State.REVOKED:
        return
    others = Seat.objects.filter(organisation=seat.organisation, role=Role.HEAD).exclude(pk=seat.pk)
    for other in others.exclude(state=Seat.State.REVOKED):
        if (other.ends is None or seat.begins <= other.ends) and (seat.ends is None or other.begins <= seat.ends):
            words = say("The delegation has a head in these days. Make one of the two an alternate, or let one "
                        "term end before the other begins.",
                        "该与会方在此期间已有团长。请将其中一位改为副团长，或使两人的任期不相重叠。")  # fmt: skip
            raise ValidationError(words)  # type: ignore[arg-type]


def mediated_after(viewer: Viewer, changed: Seat) -> bool:
    """Whether, with a seat as it is ``changed``, somebody still mediates, without a last day."""
    if changed.role == Role.MEDIATOR and changed.active_on(viewer.today) and changed.ends is None:
        return True
    others = Seat.objects.filter(process=viewer.process, role=Role.MEDIATOR, ends=None).exclude(pk=changed.pk)
    if any(other.active_on(viewer.today) for other in others):
        return True
    was = Seat.objects.filter(pk=changed.pk, role=Role.MEDIATOR, ends=None).first()
    return was is None or not was.active_on(viewer.today)


def at_table(organisation: Organisation | None) -> bool:
    """Whether somebody of that organisation sits at the table; the mediator's people do."""
    return organisation is None or organisation.circle == Circle.DELEGATIONS
