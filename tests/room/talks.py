"""Fictional talks for tests, and people who are signed in to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from tracktwo.room.access import Viewer
from tracktwo.room.keys import current
from tracktwo.room.people.models import Account, Circle, Organisation, Process, Role, Round, Seat, Side
from tracktwo.room.people.rules import Rules
from tracktwo.room.sessions import SessionStore

SIDES = {"A": {"en": "Alder side", "zh": "桤木方"}, "B": {"en": "Beech side", "zh": "榉木方"}}
DELEGATIONS = {
    "quill": ("A", {"en": "Quill Laboratory", "zh": "羽笔实验室"}),
    "lantern": ("A", {"en": "Lantern School", "zh": "灯火学院"}),
    "cloudberry": ("B", {"en": "Cloudberry Academy", "zh": "云莓科学院"}),
    "sandglass": ("B", {"en": "Sandglass Laboratory", "zh": "沙漏实验室"}),
}
STAFF = (Role.MEDIATOR, Role.CHAIR, Role.SECRETARIAT, Role.OBSERVER, Role.CUSTODIAN, Role.DEPOSITARY, Role.AUDITOR,
         Role.OPERATOR)  # fmt: skip
AT_TABLE = (Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.EXPERT, Role.COUNSEL, Role.LINGUIST)


@dataclass
class Talks:
    """A process, with each seat under a name: "mediator", "quill head", "liaison", …"""

    process: Process
    organisations: dict[str, Organisation] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        """Whoever holds the seat, today."""
        seat = Seat.objects.select_related("process", "organisation__side", "account").get(pk=self.seats[name].pk)
        assert seat.account is not None
        return Viewer(seat.account, seat, timezone.localdate())

    def client(self, name: str, *, language: str = "en") -> Client:
        """A browser in which that seat is signed in."""
        return signed_in(self.seats[name], language=language)


def signed_in(seat: Seat, *, language: str = "en") -> Client:
    """A browser in which a seat is signed in."""
    account = seat.account
    assert account is not None
    if account.language != language:
        account.language = language
        account.save(update_fields=["language"])
    session = SessionStore()
    session.update({"account": str(account.id), "generation": account.generation, "seat": str(seat.id)})
    session["fresh"] = timezone.now().timestamp()
    session.create()
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.cookies["room"] = session.session_key
    return client


def account(name: str) -> Account:
    """An account that signs in under a name (see people/signing.py for the real way)."""
    return Account.objects.create(name_mark=current().mark("account", name.encode()), password="!")


def seated(process: Process, name: str, role: str, organisation: Organisation | None = None, **more: Any) -> Seat:
    """A seat that somebody has taken."""
    return Seat.objects.create(
        **{
            "process": process,
            "organisation": organisation,
            "role": role,
            "account": account(f"{process.id} {name}"),
            "name": {"en": name.title(), "zh": f"{name}（中）"},
            "state": Seat.State.ACTIVE,
            "begins": date(2026, 1, 1),
            **more,
        }
    )


def begun(name: str = "Talks", **rules: Any) -> Talks:
    """Talks with two sides, two delegations on each, six seats in each delegation, and all other roles."""
    process = Process.objects.create(
        name={"en": f"{name} on frontier systems", "zh": f"{name}前沿系统对话"},
        code_name={"en": "Heron", "zh": "白鹭"},
        mandate={"en": "To find common ground.", "zh": "寻求共同点。"},
        custody={"en": "On the mediator's laptop.", "zh": "在调解人的笔记本电脑上。"},
        rules=Rules(**rules).data(),
    )
    talks = Talks(process)
    sides = {mark: Side.objects.create(process=process, mark=mark, name=words) for mark, words in SIDES.items()}
    Round.objects.create(
        process=process,
        number=1,
        title={"en": "First round", "zh": "第一轮"},
        place={"en": "", "zh": ""},
        begins=date(2026, 3, 2),
        ends=date(2026, 3, 4),
        state="open",
    )
    for key, (side, words) in DELEGATIONS.items():
        organisation = Organisation.objects.create(process=process, side=sides[side], name=words)
        talks.organisations[key] = organisation
        for role in AT_TABLE:
            talks.seats[f"{key} {role}"] = seated(process, f"{key} {role}", role, organisation)
    for role in STAFF:
        talks.seats[str(role)] = seated(process, str(role), role)
    outside = {"supporter": (Circle.SUPPORTERS, Role.LIAISON), "briefed": (Circle.BRIEFED, Role.BRIEFED)}
    for key, (circle, role) in outside.items():
        organisation = Organisation.objects.create(
            process=process, circle=circle, name={"en": f"{key} body", "zh": f"{key}机构"}
        )
        talks.organisations[key] = organisation
        talks.seats[str(role)] = seated(process, str(role), role, organisation)
    return talks
