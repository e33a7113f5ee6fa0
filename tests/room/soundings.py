"""Soundings for tests: statements put to the talks, and votes on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from room.talks import Talks, seated

from tracktwo.room.concerns import voting, writer
from tracktwo.room.concerns.models import Sounding, Statement
from tracktwo.room.concerns.voting_acts import open_sounding
from tracktwo.room.people.models import Seat


def drafted(talks: Talks, count: int = 3, **more: Any) -> Sounding:
    """A draft of so many statements."""
    title = {"en": "First sounding", "zh": "第一次征询"}
    sounding = Sounding.objects.create(process=talks.process, title=title, **more)
    for number in range(count):
        body = {
            "en": f"Sentence {number} is so",
            "zh": f"第{number}句如此",
            "original": "en",
            "translation": "reviewed",
        }
        Statement.objects.create(sounding=sounding, number=number, body=body)
    return sounding


def opened(talks: Talks, count: int = 3, **more: Any) -> Sounding:
    """The same, open to votes."""
    return open_sounding(talks.viewer("mediator"), drafted(talks, count, **more))


def crowded(talks: Talks, each: int) -> list[Seat]:
    """More delegates in every delegation: ``each`` beyond those who are there. All voters, delegation by delegation."""
    for key, organisation in talks.organisations.items():
        if organisation.side_id is not None:
            for number in range(each):
                name = f"{key} delegate {number}"
                if name not in talks.seats:
                    talks.seats[name] = seated(talks.process, name, "delegate", organisation)
    roles = {"head", "alternate", "delegate", "expert"}
    return [seat for seat in talks.seats.values() if seat.role in roles and seat.organisation.side_id]


def votes(sounding: Sounding, seat: Seat, values: Iterable[int]) -> None:
    """A seat's votes on the statements, in the order of their numbers."""
    ballot = voting.ballot_of_seat(sounding, seat)
    from django.utils import timezone

    for number, value in enumerate(values):
        writer.cast(writer.Vote(ballot, sounding.pk, number, value, timezone.localdate(), seat=seat.pk))
