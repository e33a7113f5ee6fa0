"""Where a delegation stands towards the talks, and whether a seat is held: suspended, withdrawn, revoked, restored."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from tracktwo.room import sessions
from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.disclosure.confidence_acts import freeze_of, thaw_of
from tracktwo.room.people.models import Circle, Invitation, Organisation, Seat
from tracktwo.room.people.roster_acts import entered, mediated_after, require_one_head, require_steering
from tracktwo.room.words import Words, say

STATUS = Organisation.Status
PRESENT = {STATUS.PARTICIPATING, STATUS.JOINED_LATER}
AWAY = say("Only a delegation at the table that takes part can be suspended or withdraw.",
           "只有正在与会的与会方才能暂停或退出。")  # fmt: skip


def suspend(viewer: Viewer, identifier: object) -> Organisation:
    """Suspend a delegation's participation: its seats keep their home page, its confidences are frozen."""
    return _stand(viewer, identifier, STATUS.SUSPENDED, PRESENT, AWAY)


def withdraw(viewer: Viewer, identifier: object) -> Organisation:
    """Enter that a delegation withdrew: as suspended, and nobody is invited any more."""
    return _stand(viewer, identifier, STATUS.WITHDREW, {*PRESENT, STATUS.SUSPENDED}, AWAY)


def readmit(viewer: Viewer, identifier: object) -> Organisation:
    """Lift a suspension, which thaws its confidences; or take back who withdrew, whose confidences stay frozen."""
    words = say("The delegation takes part already.", "该与会方已在与会。")
    return _stand(viewer, identifier, None, {STATUS.SUSPENDED, STATUS.WITHDREW}, words)


def _stand(viewer: Viewer, identifier: object, status: str | None, before: set[str], otherwise: Words) -> Organisation:
    with act(viewer, "roster.edit") as leaf:
        organisation = one(visible(viewer).organisations().filter(circle=Circle.DELEGATIONS), identifier)
        if organisation.status not in before:
            raise Refused(otherwise)
        was, organisation.status = organisation.status, status or STATUS.PARTICIPATING
        if was == STATUS.WITHDREW:
            organisation.status = STATUS.JOINED_LATER
        organisation.since = viewer.today
        organisation.save(update_fields=["status", "since"])
        if status is not None:
            freeze_of(organisation)
        elif was == STATUS.SUSPENDED:
            thaw_of(organisation)
        if status == STATUS.WITHDREW:
            Invitation.objects.filter(seat__organisation=organisation, used=False).delete()
        leaf.commits("organisation", organisation.id, entered(organisation))
    return organisation


def suspend_seat(viewer: Viewer, identifier: object) -> Seat:
    """Suspend a seat; who holds it is signed out."""
    return _hold(viewer, identifier, Seat.State.SUSPENDED, {Seat.State.ACTIVE})


def revoke_seat(viewer: Viewer, identifier: object) -> Seat:
    """Revoke a seat; who holds it is signed out, and open invitations to it are void."""
    return _hold(viewer, identifier, Seat.State.REVOKED, {*Seat.State} - {Seat.State.REVOKED})


def restore_seat(viewer: Viewer, identifier: object) -> Seat:
    """Give a seat back to who held it; where nobody did, it waits to be taken."""
    return _hold(viewer, identifier, None, {Seat.State.SUSPENDED, Seat.State.REVOKED})


def _hold(viewer: Viewer, identifier: object, state: str | None, before: set[str]) -> Seat:
    with act(viewer, "roster.edit") as leaf:
        seat: Seat = one(visible(viewer).seats(), identifier)
        require_steering(viewer, seat)
        if seat.state not in before:
            raise Refused(
                say("The seat is already so, or nobody has taken it yet.", "该席位已处于此状态，或尚无人就席。")
            )
        seat.state = state or (Seat.State.ACTIVE if seat.account_id else Seat.State.PENDING)
        if not mediated_after(viewer, seat):
            raise Refused(
                say("At least one mediator stays. Seat another first.", "至少须有一位调解人。请先增设另一位。")
            )
        try:
            require_one_head(seat)
        except ValidationError as error:
            raise Refused(error.message) from None
        seat.save(update_fields=["state"])
        if state == Seat.State.REVOKED:
            Invitation.objects.filter(seat=seat, used=False).delete()
        leaf.commits("seat", seat.id, {"state": seat.state})
    if state is not None and seat.account_id:
        sessions.end_all(str(seat.account_id))
    return seat
