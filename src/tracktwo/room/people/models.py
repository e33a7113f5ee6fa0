"""Processes, the people in them, and the meetings they hold. Names and words are sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import CASCADE, PROTECT, CharField, DateField, ForeignKey

from tracktwo.room.fields import Identified, Sealed

if TYPE_CHECKING:
    from datetime import date


class Circle(models.TextChoices):
    """The five circles of the domain, and what stands outside them."""

    DELEGATIONS = "delegations"
    SUPPORTERS = "supporters"
    BRIEFED = "briefed"
    ABSENT = "not-participating"
    PUBLIC = "public"


class Role(models.TextChoices):
    """What a seat does in a process (DOMAIN, Roles)."""

    MEDIATOR = "mediator"
    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    HEAD = "head"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    EXPERT = "expert"
    COUNSEL = "counsel"
    LINGUIST = "linguist"
    OBSERVER = "observer"
    LIAISON = "liaison"
    BRIEFED = "briefed"
    CUSTODIAN = "custodian"
    DEPOSITARY = "depositary"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Process(Identified):
    """One set of talks."""

    name = Sealed()
    """{"en", "zh"}: what the talks are called among those who are in them."""
    code_name = Sealed()
    """{"en", "zh"}: what they are called where somebody may look over a shoulder."""
    mandate = Sealed()
    """{"en", "zh"}."""
    custody = Sealed()
    """{"en", "zh"}: where the server stands, under whose law, who holds keys, what is kept until when."""
    rules = Sealed(least=4096)
    """The rules of procedure as data; see rules.py."""
    frozen = models.BooleanField(default=False)
    """Whether all releases are frozen by the leak plan."""

    class Meta:
        app_label = "room"


class Side(Identified):
    """One of the sides that delegations belong to; ``mark`` is a letter, so that none comes first but by alphabet."""

    process = ForeignKey(Process, CASCADE, related_name="sides")
    mark = CharField(max_length=1)
    name = Sealed()

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["process", "mark"], name="a_mark_a_side")]


class Organisation(Identified):
    """A delegation at the table, or an organisation of one of the other circles."""

    class Status(models.TextChoices):
        """Where a delegation stands towards the talks."""

        PARTICIPATING = "participating"
        SUSPENDED = "suspended"
        WITHDREW = "withdrew"
        JOINED_LATER = "joined-later"

    process = ForeignKey(Process, CASCADE, related_name="organisations")
    circle = CharField(max_length=20, choices=Circle.choices, default=Circle.DELEGATIONS)
    side = ForeignKey(Side, PROTECT, null=True, blank=True, related_name="organisations")
    name = Sealed()
    styled = CharField(max_length=12, default="party")
    """How it wants to be called in Chinese: party 与会方, delegation 代表团, group 专家组."""
    reason = Sealed(null=True)
    """{"en", "zh"}: why a briefed organisation stays away, if it said so."""
    status = CharField(max_length=16, choices=Status.choices, default=Status.PARTICIPATING)
    since = DateField(null=True)

    class Meta:
        app_label = "room"


class Account(Identified):
    """Somebody who can sign in. The name signed in with is kept as a keyed hash."""

    name_mark = models.UUIDField(unique=True)
    password = CharField(max_length=200)
    second_factor = Sealed(null=True)
    """{"secret": base32}. The last code used is kept in memory (factors.py): here it would tell the last sign-in."""
    recovery = Sealed(null=True)
    """{"codes": [hash of each code not yet used]}."""
    language = CharField(max_length=2, default="en")
    generation = models.PositiveIntegerField(default=0)
    """Raised to sign out everywhere."""

    class Meta:
        app_label = "room"


class Passkey(Identified):
    """A passkey of an account (WebAuthn)."""

    account = ForeignKey(Account, CASCADE, related_name="passkeys")
    credential_mark = models.UUIDField(unique=True)
    credential = Sealed(least=1024)
    """{"id": base64url, "key": base64url, "count": signatures seen, "name": what its owner calls it}."""

    class Meta:
        app_label = "room"


class Seat(Identified):
    """A person in a process, in one role, from a date to a date."""

    class State(models.TextChoices):
        """Whether the seat is taken."""

        PENDING = "pending"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        REVOKED = "revoked"

    process = ForeignKey(Process, CASCADE, related_name="seats")
    organisation = ForeignKey(Organisation, PROTECT, null=True, related_name="seats")
    account = ForeignKey(Account, PROTECT, null=True, related_name="seats")
    role = CharField(max_length=12, choices=Role.choices)
    capacity = CharField(max_length=10, default="policy")
    """scientist or policy."""
    name = Sealed()
    """{"en", "zh"}: the person's name, in its own order."""
    state = CharField(max_length=10, choices=State.choices, default=State.PENDING)
    begins = DateField()
    ends = DateField(null=True)

    class Meta:
        app_label = "room"

    def active_on(self, day: date) -> bool:
        """Whether the seat may act on a day."""
        return self.state == self.State.ACTIVE and self.begins <= day and (self.ends is None or day <= self.ends)


class Invitation(Identified):
    """A link that seats a person once, with a code given by another way."""

    seat = ForeignKey(Seat, CASCADE, related_name="invitations")
    token_mark = models.UUIDField(unique=True)
    code = Sealed()
    """{"hash": of the code}."""
    expires = models.DateTimeField()
    used = models.BooleanField(default=False)

    class Meta:
        app_label = "room"


class Round(Identified):
    """A time and a place at which delegations meet."""

    process = ForeignKey(Process, CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    title = Sealed()
    place = Sealed()
    begins = DateField()
    ends = DateField()
    state = CharField(max_length=8, default="planned", choices=[(s, s) for s in ("planned", "open", "closed")])

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="a_number_a_round")]


class Meeting(Identified):
    """One sitting in one format."""

    round = ForeignKey(Round, CASCADE, related_name="meetings")
    format = CharField(max_length=12)
    """One of rules.FORMATS."""
    title = Sealed()
    day = DateField()
    hour = models.TimeField(null=True)
    offline = models.BooleanField(default=False)
    """Whether it was held without the room, and entered later."""
    stopped = models.BooleanField(default=False)
    """Whether counsel stopped it."""
    agenda = Sealed(least=1024)
    """{"items": [{"en", "zh"}], "cleared": [organisation ids whose counsel cleared it]}."""
    actions = Sealed(least=1024)
    """{"items": [{"en", "zh", "owner": organisation id or null, "due": date or null, "done": bool}]}."""
    invited = models.ManyToManyField(Seat, related_name="meetings", through="Invited")

    class Meta:
        app_label = "room"


class Invited(Identified):
    """A seat on the list of a meeting."""

    meeting = ForeignKey(Meeting, CASCADE, related_name="list")
    seat = ForeignKey(Seat, CASCADE, related_name="lists")

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="once_on_the_list")]


class Paper(Identified):
    """A paper before a meeting."""

    meeting = ForeignKey(Meeting, CASCADE, related_name="papers")
    title = Sealed()
    body = Sealed(least=1024)
    """{"en", "zh"}."""

    class Meta:
        app_label = "room"
