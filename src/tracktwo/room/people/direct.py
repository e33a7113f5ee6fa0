"""The demonstration: anybody may take any seat of talks that are fictional. Absent everywhere else."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tracktwo.room.access import Absent
from tracktwo.room.people.models import Role, Seat
from tracktwo.room.people.names import ROLES
from tracktwo.room.people.signing import enter
from tracktwo.room.words import language


def sign_in_directly(request: HttpRequest, seat: Seat) -> None:
    """Sign in without a secret; Absent but in the demonstration."""
    if not settings.DEMO or seat.account is None:
        raise Absent
    seat.account.language = language()
    seat.account.save(update_fields=["language"])
    enter(request, seat.account, timezone.localdate(), seat=seat)


def demo_seat(given: str) -> Seat:
    """A seat that may be taken in the demonstration."""
    for seat in _demo_seats():
        if str(seat.id) == given:
            return seat
    raise Absent


def demo_groups() -> list[tuple[Any, list[tuple[Any, list[dict[str, Any]]]]]]:
    """The seats of the demonstration by side and organisation; those of no side stand under None."""
    return [
        (side, [(organisation, [{"seat": seat, "role": ROLES[seat.role]} for seat in seats])
                for organisation, seats in groupby(members, key=lambda seat: seat.organisation)])
        for side, members in groupby(_demo_seats(), key=_side)
    ]  # fmt: skip


def _side(seat: Seat) -> Any:
    return seat.organisation.side if seat.organisation else None


def _demo_seats() -> list[Seat]:
    if not settings.DEMO:
        raise Absent
    today = timezone.localdate()
    rows = Seat.objects.exclude(account=None).select_related("account", "process", "organisation__side")
    place = {role: number for number, role in enumerate(Role.values)}

    def order(seat: Seat) -> Any:
        side, organisation = _side(seat), seat.organisation
        return (side.mark if side else "", organisation.name["en"] if organisation else "", place[seat.role],
                seat.name["en"])  # fmt: skip

    return sorted((seat for seat in rows if seat.active_on(today)), key=order)
