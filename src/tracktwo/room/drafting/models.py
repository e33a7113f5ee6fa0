"""Texts and what is done with them. All words are sealed; a draft that was issued is never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import CASCADE, PROTECT, CharField, DateField, ForeignKey, PositiveSmallIntegerField

from tracktwo.room.fields import Identified, Sealed
from tracktwo.room.people.models import Organisation, Process, Seat


class Mode(models.TextChoices):
    """How a text is negotiated (DOMAIN, States)."""

    ONE_TEXT = "one-text"
    BRACKETED = "bracketed"
    CONCEPTUAL = "conceptual"


class Text(Identified):
    """One text before the body."""

    class State(models.TextChoices):
        """Whether it is before the body."""

        PREPARING = "preparing"
        OPEN = "open"
        CLOSED = "closed"

    process = ForeignKey(Process, CASCADE, related_name="texts")
    mode = CharField(max_length=10, choices=Mode.choices, default=Mode.BRACKETED)
    state = CharField(max_length=9, choices=State.choices, default=State.PREPARING)
    title = Sealed()
    """{"en", "zh"}."""
    terms = Sealed(least=4096)
    """The term table of the instrument: [[en, …], [zh, …], note] for each row; empty until one was confirmed."""

    class Meta:
        app_label = "room"


class Draft(Identified):
    """A revision of a text: one that is being written, which those who draft see alone, or one that was issued."""

    class State(models.TextChoices):
        """Whether it was made available."""

        WORKING = "working"
        ISSUED = "issued"

    text = ForeignKey(Text, CASCADE, related_name="drafts")
    number = PositiveSmallIntegerField()
    state = CharField(max_length=7, choices=State.choices, default=State.WORKING)
    content = Sealed(least=4096)
    """What :func:`tracktwo.room.drafting.stored.content` makes of a draft of the library."""
    waiver = Sealed(least=1024)
    """{"asked": whether heads were asked to waive the other language, "by": [organisation]}."""
    ledger = Sealed(null=True, least=4096)
    """Once issued: {"hash", "files": {language: SHA-256 of the file}, "moment": UTC to the minute, "to": [{"id", "en",
    "zh"}], "waived": [organisation], "receipts": [organisation]}."""
    issued_on = DateField(null=True)
    asked = CharField(max_length=6, default="")
    """Of a one-text: whether all were asked for a yes or no to this draft ("asked"), and it was closed ("closed")."""

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="a_number_a_draft")]


class Standing(models.Model):
    """How a provision of an issued draft stands; the key is a keyed hash of both, so that it tells no words."""

    id = models.UUIDField(primary_key=True)
    draft = ForeignKey(Draft, CASCADE, related_name="standings")
    state = Sealed(least=1024)
    """{"provision", "light", "brackets", "concordance"}: see standings.py."""

    class Meta:
        app_label = "room"


class Group(Identified):
    """A contact group, which works on some provisions and reports back."""

    text = ForeignKey(Text, CASCADE, related_name="groups")
    facilitator = ForeignKey(Seat, PROTECT, related_name="facilitated")
    members = models.ManyToManyField(Seat, related_name="groups", through="Member")
    name = Sealed()
    """{"en", "zh"}."""
    brief = Sealed(least=1024)
    """{"provisions": [id], "report": {"en", "zh"} or null}."""
    reported = models.BooleanField(default=False)

    class Meta:
        app_label = "room"


class Member(Identified):
    """A seat in a contact group."""

    group = ForeignKey(Group, CASCADE, related_name="list")
    seat = ForeignKey(Seat, CASCADE, related_name="memberships")

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["group", "seat"], name="once_in_a_group")]


class Proposal(Identified):
    """What a delegation asks for: on a provision of an issued draft, or, in a conceptual text, as a concept."""

    class State(models.TextChoices):
        """What became of it."""

        TABLED = "tabled"
        TAKEN = "taken"
        BRACKETED = "bracketed"
        LEFT = "left"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"

    text = ForeignKey(Text, CASCADE, related_name="proposals")
    draft = ForeignKey(Draft, CASCADE, null=True, related_name="proposals")
    """The draft that it is on; none for a concept."""
    group = ForeignKey(Group, CASCADE, null=True, related_name="proposals")
    """The contact group within which it is made, until that reports back."""
    organisation = ForeignKey(Organisation, PROTECT, related_name="proposals")
    state = CharField(max_length=9, choices=State.choices, default=State.TABLED)
    content = Sealed(least=4096)
    """Of one on a draft {"action", "provision", "en", "zh", "after", "label", "why": {"en", "zh"}, "reported": group's
    name or null}; of a concept {"title": {"en", "zh"}, "body": {"en", "zh"}, "echoes": [organisation]}."""

    class Meta:
        app_label = "room"


class Criticism(Identified):
    """What a delegation tells the mediator about a one-text, in private."""

    draft = ForeignKey(Draft, CASCADE, related_name="criticisms")
    organisation = ForeignKey(Organisation, PROTECT, related_name="criticisms")
    seat = ForeignKey(Seat, PROTECT, related_name="criticisms")
    content = Sealed(least=4096)
    """{"provision": id or null, "text"}."""
    withdrawn = models.BooleanField(default=False)

    class Meta:
        app_label = "room"


class Position(models.Model):
    """What a delegation says of a provision or of a whole draft; the key is a keyed hash of all three."""

    id = models.UUIDField(primary_key=True)
    draft = ForeignKey(Draft, CASCADE, related_name="positions")
    organisation = ForeignKey(Organisation, PROTECT, related_name="positions")
    content = Sealed(least=1024)
    """{"provision": id or null for the whole, "value": one of positions.VALUES, "note": {"en", "zh"}}."""

    class Meta:
        app_label = "room"
