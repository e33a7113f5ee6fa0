"""Invitations: a link that seats a person once, within 72 hours, with a code that is given by another way."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from tracktwo.room import sessions
from tracktwo.room.access import Refused, Viewer, one, visible
from tracktwo.room.acts import Leaf, act, stage
from tracktwo.room.keys import current
from tracktwo.room.people.brakes import delays, flood
from tracktwo.room.people.models import Account, Invitation, Seat
from tracktwo.room.people.roster_acts import require_steering
from tracktwo.room.words import Language, say

VALID = timedelta(hours=72)
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: nothing that is read or heard as another."""


class Void(Exception):
    """The invitation is used, expired or replaced."""


class NameTaken(Exception):
    """Somebody signs in with this name."""


class SeatedAlready(Exception):
    """The account has a seat in these talks."""


@dataclass(frozen=True, slots=True)
class Link:
    """What is told once: where to go, and the code."""

    path: str
    code: str


def invite(viewer: Viewer, seat: Seat, *, now: datetime | None = None) -> Link:
    """Invite somebody to a seat that is not taken; an earlier invitation to it is void."""
    with act(viewer, "roster.edit") as leaf:
        row = one(visible(viewer).seats(), seat.pk)
        require_steering(viewer, row)
        if row.state != Seat.State.PENDING:
            raise Refused(say("This seat is taken. Free it first, if its holder has lost access.",
                              "该席位已有人就席。如持有人已无法登录，请先腾出席位。"))  # fmt: skip
        return renewed(row, leaf, now=now)


def renewed(seat: Seat, leaf: Leaf, *, now: datetime | None = None) -> Link:
    """A new invitation to a seat in place of any before; within the act whose leaf is given."""
    token = secrets.token_urlsafe(32)
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    mark = token_mark(token)
    Invitation.objects.filter(seat=seat, used=False).delete()
    made = Invitation.objects.create(
        seat=seat, token_mark=mark, code={"hash": _code_mark(mark, code)}, expires=(now or timezone.now()) + VALID
    )
    leaf.commits("invitation", made.id, {"seat": str(seat.id)})
    return Link(f"/i/{token}", code)


def withdraw_invitation(viewer: Viewer, seat: Seat) -> None:
    """Make an open invitation void."""
    with act(viewer, "roster.edit") as leaf:
        row = one(visible(viewer).seats(), seat.pk)
        require_steering(viewer, row)
        visible(viewer).invitations().filter(seat=row).delete()
        leaf.commits("invitation-withdrawn", row.id)


def free(viewer: Viewer, seat: Seat) -> None:
    """Take a seat from an account whose holder lost access, so that the same person can be invited to it anew."""
    with act(viewer, "roster.edit") as leaf:
        row = one(visible(viewer).seats(), seat.pk)
        require_steering(viewer, row)
        if row.pk == viewer.seat.pk:
            raise Refused(say("You cannot free the seat you hold. Another mediator can.",
                              "您不能腾出本人的席位；可由另一位调解人办理。"))  # fmt: skip
        if row.state != Seat.State.ACTIVE or row.account is None:
            raise Refused(say("Nobody holds this seat.", "该席位无人持有。"))
        account, row.account, row.state = row.account, None, Seat.State.PENDING
        row.save(update_fields=["account", "state"])
        if not Seat.objects.filter(account=account).exists():
            account.delete()
        leaf.commits("seat", row.id, {"state": row.state})
    sessions.end_all(str(account.id))


def token_mark(token: str) -> UUID:
    """What an invitation is found by."""
    return current().mark("invitation", token.encode("utf-8", "replace"))


def _code_mark(mark: UUID, code: str) -> str:
    typed = unicodedata.normalize("NFKC", code).upper()
    return str(current().mark("invitation-code", mark.bytes, "".join(c for c in typed if c in LETTERS).encode()))


def opened(token: str, code: str, *, now: datetime | None = None) -> Invitation | None:
    """The invitation of a link and its code; None where either is wrong, or it is void. Wait where it is too early.

    A link that never was is answered, and slowed down, like one that is.
    """
    flood.take()
    mark = token_mark(token)
    given = _code_mark(mark, code[:64])

    def check() -> Invitation | None:
        found = _valid(now).filter(token_mark=mark).first()
        right = hmac.compare_digest(given, found.code["hash"] if found else str(UUID(int=0)))
        return found if right else None

    found = delays.attempt(f"invitation {mark}", check)
    if found is not None:
        delays.forget(f"invitation {mark}")
    return found


def _valid(now: datetime | None = None) -> Any:
    rows = Invitation.objects.filter(used=False, expires__gt=now or timezone.now(), seat__state=Seat.State.PENDING)
    return rows.select_related("seat__process", "seat__organisation")


def standing(identifier: object, *, now: datetime | None = None) -> Invitation:
    """An invitation whose code was given in this session; Void where it no longer stands."""
    found: Invitation | None = _valid(now).filter(pk=identifier).first()
    if found is None:
        raise Void
    return found


def name_is_free(mark: UUID) -> bool:
    """Whether nobody signs in with a name."""
    return not Account.objects.filter(name_mark=mark).exists()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a person chose on the way to the seat."""

    id: UUID
    name_mark: UUID
    password: str
    """Hashed."""
    secret: str
    recovery: list[str]
    """Marks."""
    language: Language


def accept(identifier: object, newcomer: Newcomer, *, now: datetime | None = None) -> tuple[Account, Seat]:
    """Take the seat with a new account: both, and that the invitation was used, are written at once, or nothing is."""
    try:
        with transaction.atomic(durable=True):
            account = Account.objects.create(
                id=newcomer.id,
                name_mark=newcomer.name_mark,
                password=newcomer.password,
                second_factor={"secret": newcomer.secret},
                recovery={"codes": newcomer.recovery},
                language=newcomer.language,
            )
            return account, _seated(identifier, account, now)
    except IntegrityError:
        raise NameTaken from None


def accept_with(identifier: object, account: Account, *, now: datetime | None = None) -> Seat:
    """Take the seat with an account that sits elsewhere; SeatedAlready where it has a seat in the same talks."""
    with transaction.atomic(durable=True):
        held = Seat.objects.filter(account=account).exclude(state=Seat.State.REVOKED)
        if held.filter(process__seats__invitations=identifier).exists():
            raise SeatedAlready
        return _seated(identifier, account, now)


def _seated(identifier: object, account: Account, now: datetime | None) -> Seat:
    found = _valid(now).select_for_update(of=("self",)).filter(pk=identifier).first()
    if found is None:
        raise Void
    seat: Seat = found.seat
    seat.account, seat.state = account, Seat.State.ACTIVE
    seat.save(update_fields=["account", "state"])
    found.used = True
    found.save(update_fields=["used"])
    leaf = Leaf("seat.accept", str(seat.process_id), timezone.localdate(now), str(seat.id))
    leaf.commits("seat", seat.id, {"state": seat.state})
    stage(leaf)
    return seat
