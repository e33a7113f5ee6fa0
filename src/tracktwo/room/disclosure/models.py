"""What is told in confidence, what counsel holds back, and what is said if something leaks."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import CASCADE, CharField, DateField, ForeignKey

from tracktwo.room.fields import Identified, Sealed
from tracktwo.room.keys import current
from tracktwo.room.people.models import Organisation, Process, Seat


class Instruction(models.TextChoices):
    """What the mediator may do with a confidence."""

    NEVER = "never"
    INFORM = "inform"
    TEST = "test"
    UNATTRIBUTED = "unattributed"
    ATTRIBUTED = "attributed"
    CONDITIONAL = "conditional"


class Confidence(Identified):
    """What a seat tells the mediator alone."""

    class State(models.TextChoices):
        """Frozen with its delegation; withdrawn by its author."""

        STANDING = "standing"
        FROZEN = "frozen"
        WITHDRAWN = "withdrawn"

    process = ForeignKey(Process, CASCADE, related_name="confidences")
    author = ForeignKey(Seat, CASCADE, related_name="confidences")
    shared = models.BooleanField(default=False)
    """Whether its author lets the own delegation read it."""
    instruction = CharField(max_length=12, choices=Instruction.choices)
    body = Sealed(least=4096)
    """{"text", "condition", "then"}: what may be done once a condition is met."""
    state = CharField(max_length=10, choices=State.choices, default=State.STANDING)
    given_on = DateField()

    class Meta:
        app_label = "room"


class ConfidenceUse(Identified):
    """A use that the mediator made of a confidence; its owners see every one."""

    confidence = ForeignKey(Confidence, CASCADE, related_name="uses")
    kind = CharField(max_length=12, choices=Instruction.choices)
    note = Sealed()
    """{"text"}."""
    on = DateField()

    class Meta:
        app_label = "room"


def mark_of(waiting: UUID) -> UUID:
    """What stands for an item on its way in the holds; without the keys nobody finds the item by it."""
    return current().mark("hold", waiting.bytes)


class Hold(Identified):
    """Counsel's hold on an outgoing item of the own delegation."""

    organisation = ForeignKey(Organisation, CASCADE, related_name="holds")
    item = models.UUIDField()
    """:func:`mark_of` a concern on its way to the room: an unattributed one must not stand beside an organisation."""
    reason = Sealed()
    """{"text"}."""
    released = models.BooleanField(default=False)

    class Meta:
        app_label = "room"


class HoldingLine(Identified):
    """What is said if the talks become known, in both languages, and who may say it."""

    process = ForeignKey(Process, CASCADE, related_name="holding_lines")
    occasion = Sealed()
    line = Sealed(least=1024)
    speaker = Sealed()
    """{"en", "zh"}."""
    agreed = Sealed()
    """{"by": [organisation ids that agreed to this line]}."""

    class Meta:
        app_label = "room"
