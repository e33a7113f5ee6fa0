"""Consulting people beyond the table: who holds a link has one ballot; who holds none may, where that is allowed.

A link holds 128 random bits and nothing else; of it the room keeps a keyed hash alone. Votes without a link of one's
own are marked as not verified and analysed apart: the address is made for the browser that asks, and signed, so that
it leads back to one ballot, but nothing keeps anybody from asking twice.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.concerns import writer
from tracktwo.room.concerns.models import Sounding, Statement, Token
from tracktwo.room.concerns.voting import Progress, ballot_of, paper
from tracktwo.room.concerns.voting_acts import FROZEN, value_of
from tracktwo.room.keys import current
from tracktwo.room.people.models import Process
from tracktwo.room.words import say

MOST = 20_000
"""Links that are made at once."""
TOKEN, SIGNED = 16, 48
"""Bytes in a link of one's own, and in one that was made for whoever asked."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody beyond the table: a sounding, and a ballot in it."""

    sounding: Sounding
    voter: UUID
    verified: bool

    @property
    def ballot(self) -> UUID:
        """The key of the ballot."""
        return ballot_of(self.sounding.pk, self.voter)


def copy_to_wide(viewer: Viewer, sounding: Sounding) -> Sounding:
    """A draft for people beyond the table with the same statements, under identifiers of their own."""
    with act(viewer, "wide.edit") as leaf:
        source: Sounding = one(visible(viewer).soundings().filter(audience="room"), sounding.pk)
        copy = Sounding.objects.create(process=viewer.process, audience="wide", title=source.title)
        standing = source.statements.filter(withdrawn=False).order_by("id")
        rows = [Statement(sounding=copy, number=n, body=each.body) for n, each in enumerate(standing)]
        Statement.objects.bulk_create(rows)
        leaf.commits("sounding", copy.pk, {"audience": "wide", "statements": [str(each.pk) for each in rows]})
    return copy


def make_tokens(viewer: Viewer, sounding: Sounding, count: int) -> list[str]:
    """So many new links to one ballot each; what is returned is kept nowhere."""
    if not 1 <= count <= MOST:
        raise ValueError(f"from 1 to {MOST}")
    with act(viewer, "wide.edit") as leaf:
        found = _open_or_draft(viewer, sounding)
        made = [secrets.token_bytes(TOKEN) for _ in range(count)]
        rows = [Token(id=mark(each), sounding=found) for each in made]
        Token.objects.bulk_create(rows, batch_size=5000)
        leaf.commits("tokens", found.pk, {"made": count})
    return [_text(each) for each in made]


def allow_unverified(viewer: Viewer, sounding: Sounding, *, allowed: bool) -> None:
    """Take votes without a link of one's own too, or take them no longer; before voting begins."""
    with act(viewer, "wide.edit") as leaf:
        found = _open_or_draft(viewer, sounding)
        if found.state != Sounding.State.DRAFT and found.unverified != allowed:
            raise Refused(say("This is settled before voting begins.", "此项须在表态开始前确定。"))
        found.unverified = allowed
        found.save(update_fields=["unverified"])
        leaf.commits("sounding", found.pk, {"unverified": allowed})


def vote(guest: Guest, statement: UUID, choice: str) -> tuple[Progress, int]:
    """A vote of somebody beyond the table; how far they have come, and the statement's number, once it is durable."""
    if stopped(guest):
        raise Refused(FROZEN)
    found = paper(guest.sounding.pk)
    if statement not in found.numbers:
        raise Absent
    number = found.numbers[statement]
    cast = writer.Vote(
        guest.ballot,
        guest.sounding.pk,
        number,
        value_of(choice),
        guest.sounding.opened_on,
        token=guest.voter if guest.verified else None,
    )
    return Progress(guest.ballot, writer.cast(cast), found.withdrawn), number


def guest(text: str) -> Guest | None:
    """Whoever holds a link; None where it is no link of ours."""
    given = _bytes(text)
    if len(given) == TOKEN:
        return _holder(given)
    if len(given) == SIGNED:
        return _asker(given)
    return None


def stopped(guest: Guest) -> bool:
    """Whether a freeze keeps the consultation from taking votes."""
    return Process.objects.filter(pk=guest.sounding.process_id, frozen=True).exists()


def begun(sounding: UUID) -> str | None:
    """A link for whoever asks without one; None where such votes are not taken."""
    if not takes_unverified(sounding):
        return None
    drawn = sounding.bytes + secrets.token_bytes(TOKEN)
    return _text(drawn + _signature(drawn))


def takes_unverified(sounding: UUID) -> bool:
    """Whether anybody may vote there now."""
    rows = Sounding.objects.filter(pk=sounding, audience="wide", unverified=True, state=Sounding.State.OPEN)
    return rows.filter(process__frozen=False).exists()


def mark(token: bytes) -> UUID:
    """What the room keeps of a token."""
    return current().mark("token", token)


def tokens_of(viewer: Viewer, sounding: Sounding) -> int:
    """How many links were made."""
    return Token.objects.filter(sounding=sounding).count() if viewer.may("wide.edit") else 0


def _holder(token: bytes) -> Guest | None:
    row = Token.objects.select_related("sounding").filter(pk=mark(token)).first()
    return None if row is None else Guest(row.sounding, row.pk, verified=True)


def _asker(given: bytes) -> Guest | None:
    drawn, signature = given[: 2 * TOKEN], given[2 * TOKEN :]
    if not hmac.compare_digest(signature, _signature(drawn)):
        return None
    found = Sounding.objects.filter(pk=UUID(bytes=drawn[:TOKEN]), audience="wide", unverified=True).first()
    return None if found is None else Guest(found, current().mark("asker", drawn), verified=False)


def _signature(drawn: bytes) -> bytes:
    return current().mark("asked", drawn).bytes


def _open_or_draft(viewer: Viewer, sounding: Sounding) -> Sounding:
    found: Sounding = one(visible(viewer).soundings().select_for_update().filter(audience="wide"), sounding.pk)
    if found.state == Sounding.State.CLOSED:
        raise Refused(writer.ENDED)
    if Process.objects.get(pk=found.process_id).frozen:
        raise Refused(FROZEN)
    return found


def _text(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """What a link holds, if it is written as we write it; nothing otherwise."""
    if len(text) not in {22, 64} or not text.isascii():
        return b""
    try:
        given = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
    return given if _text(given) == text else b""
