"""The risk register, and the statements that are voted on. What is unattributed names nobody and no time."""

from __future__ import annotations

from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, BinaryField, CharField, DateField, ForeignKey

from tracktwo.room.fields import Identified, Sealed
from tracktwo.room.people.models import Organisation, Process, Seat


class Scope(models.TextChoices):
    """To whom a concern is raised: three compartments, not a ladder."""

    ROOM = "room"
    DELEGATION = "delegation"
    MEDIATOR = "mediator"


class Theme(Identified):
    """A subject that concerns are ordered by."""

    process = ForeignKey(Process, CASCADE, related_name="themes")
    name = Sealed()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "room"


class Waiting(Identified):
    """A concern on its way to the room: sealed whole, until it is put there with others, shuffled."""

    process = ForeignKey(Process, CASCADE, related_name="waiting")
    content = Sealed(least=32768)  # what the longest entries come to, so that all have one size
    """{"theme", "body", "evidence", "by": "seat" | "organisation" | "nobody", "seat", "organisation", "marks"}; where
    it is by nobody, "seat" is null and "organisation" is there for that organisation's counsel alone, if it has one."""

    class Meta:
        app_label = "room"


class Concern(Identified):
    """A risk that was raised."""

    process = ForeignKey(Process, CASCADE, related_name="concerns")
    theme = ForeignKey(Theme, PROTECT, related_name="concerns")
    scope = CharField(max_length=10, choices=Scope.choices)
    seat = ForeignKey(Seat, SET_NULL, null=True, related_name="concerns")
    """Who raised it, where that is to be known."""
    organisation = ForeignKey(Organisation, SET_NULL, null=True, related_name="concerns")
    body = Sealed(least=16384)  # whatever is written, so that habits of length do not name who wrote
    """{"en", "zh", "original": "en" | "zh", "translation": "given" | "needed" | "draft" | "reviewed"}, once translated
    "translated_by" (an organisation, or "" for the mediator), and "marks"."""
    evidence = Sealed(least=16384)
    """[{"en", "zh"}]."""
    outcomes = Sealed(least=1024)
    """[{"kind": "statement" | "clause" | "test" | "closed", "en", "zh"}]: what became of it."""
    raised_on = DateField(null=True)
    """The day of the round in which it was put to the room; none where it is unattributed."""
    withdrawn = models.BooleanField(default=False)
    shown = Sealed(null=True, least=4096)
    """How the sides see it as it was last shown: {"sides": {side: {"severity", "likelihood"}}, "basis": {assessment:
    keyed hash of its values}}, from which changes are counted."""

    class Meta:
        app_label = "room"


class Assessment(models.Model):
    """How one voter sees a concern; the key is a keyed hash of both, so that it names nobody."""

    id = models.UUIDField(primary_key=True)
    concern = ForeignKey(Concern, CASCADE, related_name="assessments")
    severity = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "room"


class Sounding(Identified):
    """Statements put to the votes of an audience: the room, or many people beyond the table."""

    class State(models.TextChoices):
        """Statements change in a draft, votes while it is open."""

        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"

    process = ForeignKey(Process, CASCADE, related_name="soundings")
    audience = CharField(max_length=4, choices=[("room", "room"), ("wide", "wide")], default="room")
    title = Sealed()
    state = CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    voters = CharField(max_length=10, choices=[("seat", "seat"), ("delegation", "delegation")], default="seat")
    shown_open = models.BooleanField(default=False)
    """Whether results are shown before it is closed."""
    heads_see = models.BooleanField(default=False)
    """Whether heads see how far their delegates have come; said before the first vote."""
    unverified = models.BooleanField(default=False)
    """Whether a wide one also takes votes without a token, marked and analysed apart."""
    opened_on = DateField(null=True)
    closed_on = DateField(null=True)

    class Meta:
        app_label = "room"


class Statement(Identified):
    """A sentence put to the vote."""

    sounding = ForeignKey(Sounding, CASCADE, related_name="statements")
    concern = ForeignKey(Concern, SET_NULL, null=True, related_name="statements")
    number = models.PositiveSmallIntegerField()
    """Its place in every ballot, from 0, drawn at random when the sounding opens."""
    body = Sealed(least=1024)
    """{"en", "zh", "original", "translation", "translated_by"} as a concern's."""
    withdrawn = models.BooleanField(default=False)

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["sounding", "number"], name="a_number_a_statement")]


class Ballot(models.Model):
    """All choices of one voter; the key is a keyed hash of voter and sounding, made without the database."""

    id = models.UUIDField(primary_key=True)
    sounding = ForeignKey(Sounding, CASCADE, related_name="ballots")
    choices = BinaryField()
    """A byte a statement in the order of their numbers: 0 disagree, 1 pass, 2 agree, 255 not yet."""
    verified = models.BooleanField(default=True)

    class Meta:
        app_label = "room"


class Snapshot(Identified):
    """Results as they were shown: the published document, and the ballots it was made of."""

    sounding = ForeignKey(Sounding, CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    part = CharField(max_length=10, default="verified")
    """verified or unverified."""
    document = Sealed(least=4096)
    basis = Sealed(least=4096)
    """{ballot key in hex: eight bytes of a keyed hash of its choices}, from which changes are counted."""

    class Meta:
        app_label = "room"
        constraints = [models.UniqueConstraint(fields=["sounding", "part", "number"], name="a_number_a_snapshot")]


class Token(models.Model):
    """A right to one ballot in a wide sounding; the key is a keyed hash of the token."""

    id = models.UUIDField(primary_key=True)
    sounding = ForeignKey(Sounding, CASCADE, related_name="tokens")

    class Meta:
        app_label = "room"
