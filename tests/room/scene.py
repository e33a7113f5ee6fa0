"""A room with one of everything: seats of every kind, and objects in every relation to them, each with its readers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from room.oracle import CHAIR, KEEPERS, MEDIATOR, ROOM, SPEAKERS, STAFF, TABLE
from room.scene_desk import desks
from room.scene_page import pages
from room.scene_tongues import tongues
from room.talks import Talks, account, begun, seated, signed_in

from tracktwo.room.concerns.models import Concern, Sounding, Statement, Theme, Waiting
from tracktwo.room.concerns.snapshots import settle
from tracktwo.room.disclosure.models import Confidence, Hold, HoldingLine, mark_of
from tracktwo.room.people.models import Invited, Meeting, Organisation, Paper, Passkey, Role, Round, Seat, Side

TEXT = {"en": "Words", "zh": "文字", "original": "en", "translation": "given"}
BOTH = {"en": "Words", "zh": "文字"}


@dataclass(frozen=True)
class Subject:
    """Somebody who asks. ``role`` is None for whom nothing but the sign-in is open."""

    name: str
    client: Client
    role: str | None = None
    organisation: str = ""
    home: bool = True
    """Whether the seat is of the talks that the objects are of."""
    away: bool = False
    """Whether its delegation is suspended or withdrew."""
    seat: object = None

    def __str__(self) -> str:
        return self.name if self.home else f"{self.name} of other talks"


Readers = Callable[[Subject], bool]


@dataclass(frozen=True)
class Thing:
    """An object: what stands for it in an address, and who sees it."""

    label: str
    ids: dict[str, str]
    readers: Readers


@dataclass
class Scene:
    """Subjects and things; things by what an address asks for."""

    subjects: list[Subject] = field(default_factory=list)
    things: dict[str, list[Thing]] = field(default_factory=dict)

    def add(self, sort: str, label: str, readers: Readers, /, **ids: object) -> None:
        named = {name: str(each) for name, each in ids.items()}
        self.things.setdefault(sort, []).append(Thing(f"{sort}: {label}", named, readers))


def nobody(_: Subject) -> bool:
    return False


def those(roles: set[str]) -> Readers:
    return lambda one: one.home and one.role in roles


def strangers(roles: set[str]) -> Readers:
    return lambda one: not one.home and one.role in roles


def scene() -> Scene:
    """Everything, in talks and in other talks beside them."""
    talks, other, made = begun(), begun("Other"), Scene()
    made.subjects = [*_seated(talks), *_unseated(talks, other)]
    for kind in (_people, _meetings, _register, _soundings, _disclosure, desks, tongues, pages):
        kind(made, talks, those)
        kind(made, other, strangers)
    return made


def _seated(talks: Talks) -> list[Subject]:
    out = talks.organisations["sandglass"]
    out.status = Organisation.Status.SUSPENDED
    out.save()
    names = [name for name in talks.seats if " " not in name or name.startswith("quill ")]
    names += ["lantern head", "lantern counsel", "cloudberry delegate", "cloudberry counsel"]
    subjects = [_subject(talks, name) for name in names]
    return subjects + [_subject(talks, f"sandglass {role}", away=True) for role in ("head", "delegate", "counsel")]


def _subject(talks: Talks, name: str, **more: Any) -> Subject:
    seat = talks.seats[name]
    own = name.split()[0] if " " in name else ""
    return Subject(name, talks.client(name), str(seat.role), own, seat=seat.pk, **more)


def _unseated(talks: Talks, other: Talks) -> list[Subject]:
    quill, today = talks.organisations["quill"], timezone.localdate()
    kept = {
        "pending": {"state": Seat.State.PENDING},
        "revoked": {"state": Seat.State.REVOKED},
        "suspended": {"state": Seat.State.SUSPENDED},
        "later": {"begins": today + timedelta(days=3)},
        "ended": {"ends": today - timedelta(days=3)},
    }
    found = [
        Subject(
            f"{state} delegate", signed_in(seated(talks.process, f"{state} delegate", Role.DELEGATE, quill, **more))
        )
        for state, more in kept.items()
    ]
    left = seated(talks.process, "revoked mediator", Role.MEDIATOR, state=Seat.State.REVOKED)
    found.append(Subject("revoked mediator", signed_in(left)))
    found += [
        Subject(
            name, other.client(name), str(other.seats[name].role), name.split()[0] if " " in name else "", home=False
        )
        for name in ("mediator", "quill head", "cloudberry counsel")
    ]
    without = Seat(account=account("without a seat"), id=uuid.uuid4())
    found.append(Subject("account without a seat", signed_in(without)))
    return [*found, Subject("nobody", Client(headers={"sec-fetch-site": "same-origin"}))]


def _people(made: Scene, talks: Talks, of: Callable[[set[str]], Readers]) -> None:
    keepers = of(KEEPERS)
    side = Side.objects.filter(process=talks.process, mark="A").get()
    made.add("side", "a side", keepers, identifier=side.id)
    for name, organisation in talks.organisations.items():
        if name == "lantern":
            continue
        made.add("organisation", name, keepers, identifier=organisation.id)
        at_table = organisation.side_id is not None
        made.add("delegation", name, keepers if at_table else nobody, identifier=organisation.id)
    for name in ("quill delegate", "cloudberry head", "chair", "liaison"):
        made.add("seat", name, keepers, identifier=talks.seats[name].id)
    empty = seated(talks.process, "empty", Role.DELEGATE, talks.organisations["quill"], account=None,
                   state=Seat.State.PENDING)  # fmt: skip
    made.add("seat", "empty", keepers, identifier=empty.id)
    made.add("empty seat", "empty", keepers, identifier=empty.id)
    mine = of(ROOM | {"observer"})
    for name in ("quill delegate", "mediator"):
        key = Passkey.objects.create(account=talks.seats[name].account, credential_mark=uuid.uuid4(),
                                     credential={"id": "a", "key": "a", "count": 0, "name": "Key"})  # fmt: skip
        made.add("passkey", f"of {name}", lambda one, name=name: mine(one) and one.name == name, identifier=key.id)


def _meetings(made: Scene, talks: Talks, of: Callable[[set[str]], Readers]) -> None:
    keepers, room = of(KEEPERS), of(ROOM | {"observer"})
    current = Round.objects.get(process=talks.process)
    made.add("round", "the first", keepers, identifier=current.id)
    for label, invited in {"of quill": ("quill head", "quill counsel"), "of the observer": ("observer",)}.items():
        meeting = Meeting.objects.create(
            round=current, format="caucus", title=BOTH, day=date(2026, 3, 3), agenda={"items": [BOTH], "cleared": []},
            actions={"items": []},
        )  # fmt: skip
        paper = Paper.objects.create(meeting=meeting, title=BOTH, body=BOTH)
        for name in invited:
            Invited.objects.create(meeting=meeting, seat=talks.seats[name])

        def listed(one: Subject, invited: tuple[str, ...] = invited) -> bool:
            return keepers(one) or (room(one) and not one.away and one.name in invited)

        made.add("meeting", label, listed, identifier=meeting.id)
        made.add("kept meeting", label, keepers, identifier=meeting.id)
        made.add("resumed", label, lambda one, listed=listed: listed(one), identifier=meeting.id)
        made.add("paper", label, listed, identifier=meeting.id, paper=paper.id)
        made.add("paper", f"{label}, unknown", nobody, identifier=meeting.id, paper=uuid.uuid4())
    first, second = (thing.ids for thing in made.things["meeting"][-2:])
    strange = next(
        thing.ids["paper"] for thing in made.things["paper"] if thing.ids["identifier"] == second["identifier"]
    )
    made.add("paper", "of another meeting", nobody, identifier=first["identifier"], paper=strange)


def _register(made: Scene, talks: Talks, of: Callable[[set[str]], Readers]) -> None:
    theme = Theme.objects.create(process=talks.process, name=BOTH)
    made.add("theme", "a theme", of(KEEPERS), given=theme.id)
    room, mediator, speakers = of(ROOM | {"observer"}), of({MEDIATOR}), of(SPEAKERS)

    def concern(scope: str, name: str | None) -> Concern:
        seat = talks.seats[name] if name else None
        return Concern.objects.create(
            process=talks.process, theme=theme, scope=scope, seat=seat, body=TEXT, evidence=[], outcomes=[],
            organisation=seat.organisation if seat else None,
        )  # fmt: skip

    def delegation(own: str) -> Readers:
        return lambda one: speakers(one) and one.organisation == own

    def author(name: str) -> Readers:
        return lambda one: mediator(one) or (speakers(one) and one.name == name)

    found: list[tuple[str, Concern, Readers]] = [
        ("before the room", concern("room", "quill delegate"), room),
        ("unattributed", concern("room", None), room),
        ("within quill", concern("delegation", "quill delegate"), delegation("quill")),
        ("within cloudberry", concern("delegation", "cloudberry head"), delegation("cloudberry")),
        ("quill's to the mediator", concern("mediator", "quill delegate"), author("quill delegate")),
        ("cloudberry's to the mediator", concern("mediator", "cloudberry delegate"), author("cloudberry delegate")),
    ]
    for label, row, readers in found:
        made.add("concern", label, readers, given=row.id)
        refused = mediator if row.scope == "mediator" else nobody  # it is seen, and nothing becomes of it
        made.add("outcome", label, refused, given=row.id, outcome=uuid.uuid4())
        in_room = readers if row.scope == "room" else nobody
        made.add("translated", f"concern {label}", in_room, kind="concerns", given=row.id)
    made.add("translated", "of no kind", nobody, kind="anything", given=found[0][1].id)
    counsel = of({"counsel"})

    def passing(one: Subject) -> bool:
        return counsel(one) and one.organisation == "quill"

    for by, name in (("seat", "quill delegate"), ("organisation", "quill head"), ("nobody", "quill expert")):
        row = Waiting.objects.create(process=talks.process, content=_content(talks, str(theme.id), by, name))

        def sent(one: Subject, by: str = by, name: str = name) -> bool:
            if by == "nobody":
                return passing(one)
            return passing(one) or (speakers(one) and one.organisation == "quill" and by == "organisation") or (
                speakers(one) and one.name == name)  # fmt: skip

        made.add("waiting", by, sent, given=row.id)
        made.add("outgoing", by, passing, item=row.id)
    Hold.objects.create(organisation=talks.organisations["quill"], item=mark_of(row.id), reason={"text": "Held"})


def _content(talks: Talks, theme: str, by: str, name: str) -> dict[str, Any]:
    seat = talks.seats[name]
    return {
        "theme": theme,
        "body": TEXT,
        "evidence": [],
        "by": by,
        "marks": [],
        "seat": str(seat.id) if by == "seat" else None,
        "organisation": str(seat.organisation_id),
    }


def _soundings(made: Scene, talks: Talks, of: Callable[[set[str]], Readers]) -> None:
    room, staff, linguists = of(ROOM | {"observer"}), of(STAFF), of({"linguist"})
    mediator = of({MEDIATOR})
    day = date(2026, 3, 3)
    for audience, state in [(a, s) for a in ("room", "wide") for s in ("draft", "open", "closed")]:
        row = Sounding.objects.create(
            process=talks.process, audience=audience, title=BOTH, state=state,
            opened_on=None if state == "draft" else day, closed_on=day if state == "closed" else None,
        )  # fmt: skip
        statement = Statement.objects.create(sounding=row, number=0, body=TEXT)
        settle(row, day)
        label = f"{audience} {state}"
        before = audience == "room" and state != "draft"

        def seen(one: Subject, before: bool = before, audience: str = audience) -> bool:
            return staff(one) or (before and room(one)) or (audience == "room" and linguists(one))

        made.add("sounding", label, seen, given=row.id, sounding=row.id)
        made.add("asked", label, room if before else nobody, sounding=row.id)
        made.add("to put", label, of({MEDIATOR, CHAIR}) if audience == "room" else mediator, sounding=row.id)
        made.add("to copy", label, mediator if audience == "room" else nobody, sounding=row.id)
        made.add("beyond", label, mediator if audience == "wide" else nobody, sounding=row.id)
        made.add("link", label, nobody, sounding=row.id, handle="0" * 32)
        made.add("statement", label, seen, given=row.id, which=statement.id)
        refused = nobody if state == "draft" else seen  # it is seen, and nothing in it changes
        made.add("statement", f"{label}, unknown", refused, given=row.id, which=uuid.uuid4())
        made.add("translated", f"statement {label}", seen, kind="statements", given=statement.id)


def _disclosure(made: Scene, talks: Talks, of: Callable[[set[str]], Readers]) -> None:
    mediator, table, liaison = of({MEDIATOR}), of(TABLE), of({"liaison"})
    for name in ("quill delegate", "cloudberry delegate", "liaison"):
        for shared in (False, True):
            row = Confidence.objects.create(
                process=talks.process, author=talks.seats[name], shared=shared, instruction="test",
                body={"text": "Words", "condition": "", "then": ""}, given_on=date(2026, 3, 3),
            )  # fmt: skip

            def reads(one: Subject, name: str = name, shared: bool = shared) -> bool:
                own = one.organisation == name.split()[0] and table(one)
                return mediator(one) or (one.name == name and (table(one) or liaison(one))) or (shared and own)

            made.add("confidence", f"{name}{', shared' * shared}", reads, confidence=row.id)
    line = HoldingLine.objects.create(process=talks.process, occasion=BOTH, line=BOTH, speaker=BOTH, agreed={"by": []})
    made.add("line", "a line", of(ROOM), line=line.id)
