"""What the owner of a room does from the command line: create it, and let its mediator in again.

Each function is a command, run within the lock or by the running room (control.py), and gives plain values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from tracktwo.room.acts import Leaf, stage
from tracktwo.room.concerns.themes import first_themes
from tracktwo.room.house import HouseError
from tracktwo.room.people.invitation_acts import renewed
from tracktwo.room.people.models import Process, Role, Seat
from tracktwo.room.people.rules import Rules

LONGEST = 200


def create(*, name_en: str, name_zh: str, code_name_en: str, code_name_zh: str, mediator: str) -> dict[str, str]:
    """Create the process and its first mediator; the path and the code of the mediator's invitation."""
    given = (name_en, name_zh, code_name_en, code_name_zh, mediator)
    if not all(text.strip() and len(text) <= LONGEST and text.isprintable() for text in given):
        raise HouseError(f"Every name is a line of 1 to {LONGEST} visible characters.")
    today = timezone.localdate()
    with transaction.atomic(durable=True):
        if Process.objects.exists():
            raise HouseError("This room has its process already. tracktwo admin invite lets its mediator in again.")
        process = Process.objects.create(
            name={"en": name_en, "zh": name_zh},
            code_name={"en": code_name_en, "zh": code_name_zh},
            mandate={"en": "", "zh": ""},
            custody={"en": "", "zh": ""},
            rules=Rules().data(),
        )
        first_themes(process)
        seat = Seat.objects.create(
            process=process, role=Role.MEDIATOR, name={"en": mediator, "zh": mediator}, begins=today
        )
        leaf = Leaf("process.create", str(process.id), today)
        leaf.commits("process", process.id, {"name": process.name})
        link = renewed(seat, leaf)
        stage(leaf)
    return {"path": link.path, "code": link.code}


def invite() -> dict[str, str]:
    """A new mediator's seat beside those there are, and its invitation: for a mediator who lost the way to sign in.

    The seats there are stay as they are; whoever sits down revokes the lost one. The record says that it was the owner
    of the machine who did it, and every delegation sees the new seat.
    """
    today = timezone.localdate()
    with transaction.atomic(durable=True):
        process = Process.objects.first()
        if process is None:
            raise HouseError("There is no process yet. tracktwo admin create makes one.")
        seats = Seat.objects.filter(process=process, role=Role.MEDIATOR)
        seat = seats.filter(state=Seat.State.PENDING).first()
        if seat is None:
            name = seats[0].name if seats else {"en": "Mediator", "zh": "调解人"}
            seat = Seat.objects.create(process=process, role=Role.MEDIATOR, name=name, begins=today)
        leaf = Leaf("mediator.invite", str(process.id), today)
        link = renewed(seat, leaf)
        stage(leaf)
    return {"path": link.path, "code": link.code}


COMMANDS: dict[str, Callable[..., Any]] = {"create": create, "invite": invite}
