"""What pages show of the register: values made of rows that the viewer may see, and of nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tracktwo.room.access import Viewer, visible
from tracktwo.room.concerns.assessing import LIKELIHOOD, SEVERITY, Seen, own, seen
from tracktwo.room.concerns.models import Assessment, Concern, Scope, Theme
from tracktwo.room.concerns.outcomes import KINDS, may_withdraw
from tracktwo.room.concerns.raising import going
from tracktwo.room.concerns.raising import own as own_waiting
from tracktwo.room.concerns.wording import MARKS, TRANSLATION
from tracktwo.room.people.models import Organisation, Seat, Side
from tracktwo.room.words import Words, say

SCOPES: dict[str, Words] = {
    Scope.DELEGATION: say("For your delegation alone", "仅供本与会方"),
    Scope.MEDIATOR: say("For the mediator alone", "仅供调解人"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How the sides see one thing, as dots on one scale."""

    name: Words
    dots: list[tuple[str, str, str, Words]]
    """Per side: its mark, the class of its hue, that of its place, and what it says in words."""

    @property
    def label(self) -> Words:
        """All of it in words."""
        said = say("", "")
        for *_, words in self.dots:
            said = say("{rest}{one}. ", "{rest}{one}。", rest=said, one=words)
        return say("{name}. {said}", "{name}。{said}", name=self.name, said=said)


@dataclass(frozen=True, slots=True)
class Entry:
    """A concern as the register shows it."""

    concern: Concern
    scales: list[Scale]
    kinds: list[tuple[Words, dict[str, Any]]]
    """What became of it."""

    @property
    def translation(self) -> Words:
        """How its translation stands."""
        return TRANSLATION[self.concern.body["translation"]]

    @property
    def marks(self) -> list[Words]:
        """What it is marked as."""
        return [MARKS[mark] for mark in self.concern.body.get("marks", ())]

    @property
    def scope(self) -> Words | None:
        """For whom it is, if not for the room."""
        return SCOPES.get(self.concern.scope)


def sides(viewer: Viewer) -> list[Side]:
    """The sides, which everybody who reads concerns sees named."""
    return list(Side.objects.filter(process=viewer.process).order_by("mark"))


def entry(concern: Concern, among: list[Side]) -> Entry:
    """One row of the register."""
    found = seen(concern, among)
    kinds = [(KINDS[each["kind"]], each) for each in concern.outcomes]
    return Entry(concern, scales(found), kinds)


def scales(found: list[Seen]) -> list[Scale]:
    """Severity and likelihood as the sides see them; empty while there are not enough answers."""
    if not found:
        return []
    return [
        Scale(say("Severity", "严重性"), [_dot(each.side, each.severity, SEVERITY) for each in found]),
        Scale(say("Likelihood", "可能性"), [_dot(each.side, each.likelihood, LIKELIHOOD) for each in found]),
    ]


def _dot(side: Side, value: float, words: tuple[Words, ...]) -> tuple[str, str, str, Words]:
    low = words[int(value) - 1]
    said = say("Side {mark}: {value}, {low}", "{mark}方：{value}，{low}", mark=side.mark, value=f"{value:g}", low=low)
    if value != int(value):
        high = words[int(value)]
        said = say("Side {mark}: {value}, between {low} and {high}", "{mark}方：{value}，介于{low}与{high}之间",
                   mark=side.mark, value=f"{value:g}", low=low, high=high)  # fmt: skip
    return side.mark, f"side-{side.mark.lower()}", f"at-{value:g}".replace(".", "-"), said


def register(viewer: Viewer, theme: Theme | None = None) -> list[tuple[Theme, list[Entry]]]:
    """The concerns before the room by theme, and in a theme by their identifiers, which are nobody's order."""
    rows = visible(viewer).concerns().filter(scope=Scope.ROOM)
    among = sides(viewer)
    of_theme: dict[UUID, list[Entry]] = {}
    for row in rows:
        of_theme.setdefault(row.theme_id, []).append(entry(row, among))
    themes = [theme] if theme else visible(viewer).themes()
    return [(each, of_theme[each.id]) for each in themes if each.id in of_theme]


def apart(viewer: Viewer) -> list[Entry]:
    """What the viewer sees besides what is before the room."""
    rows = visible(viewer).concerns().exclude(scope=Scope.ROOM)
    return [entry(row, []) for row in rows]


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A concern that waits, as one viewer sees it."""

    id: UUID
    theme: Theme
    body: dict[str, Any]
    evidence: list[dict[str, str]]
    marks: list[Words]
    seat: Seat | None
    organisation: Organisation | None
    held: bool
    own: bool

    @property
    def translation(self) -> Words:
        """How its translation stands."""
        return TRANSLATION[self.body["translation"]]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits, as one viewer sees it."""

    items: list[OnItsWay] = field(default_factory=list)
    ready: int = 0
    """How many can be put to the room now."""
    missing: int = 0
    """How many unattributed ones are wanting for those that wait to go."""

    @property
    def mark(self) -> str:
        """What tells one state of the inbox from another, so that the same button pressed later is another act."""
        return hashlib.sha256("".join(str(each.id) for each in self.items).encode()).hexdigest()[:16]


def inbox(viewer: Viewer) -> Inbox:
    """What waits, in the order of random identifiers. Who raised what is by nobody is not in it."""
    rows, held = visible(viewer).waiting(), visible(viewer).held()
    themes = {str(each.id): each for each in visible(viewer).themes()}
    named = [row.content for row in rows if row.content["by"] != "nobody"]
    seats = Seat.objects.in_bulk([each["seat"] for each in named if each["seat"]])
    bodies = Organisation.objects.in_bulk([each["organisation"] for each in named if each["organisation"]])
    items = []
    for row in rows:
        content, known = row.content, row.content["by"] != "nobody"
        items.append(
            OnItsWay(
                id=row.id,
                theme=themes[content["theme"]],
                body=content["body"],
                evidence=content["evidence"],
                marks=[MARKS[mark] for mark in content["marks"]],
                seat=seats.get(UUID(content["seat"])) if known and content["seat"] else None,
                organisation=bodies.get(UUID(content["organisation"])) if known and content["organisation"] else None,
                held=row.id in held,
                own=own_waiting(viewer, content),
            )
        )
    if not viewer.may("concern.release"):
        return Inbox(items)
    ready, missing = going(viewer, rows)
    return Inbox(items, len(ready), missing)


@dataclass(frozen=True, slots=True)
class Page:
    """A concern on a page of its own."""

    entry: Entry
    statements: list[Any]
    mine: Assessment | None
    assessable: bool
    withdrawable: bool


def page(viewer: Viewer, concern: Concern) -> Page:
    """All that a viewer sees of one concern."""
    room = concern.scope == Scope.ROOM
    statements = visible(viewer).statements().filter(concern=concern).select_related("sounding")
    return Page(
        entry=entry(concern, sides(viewer) if room else []),
        statements=sorted(statements, key=lambda each: each.id),
        mine=own(viewer, concern) if viewer.may("concern.assess") else None,
        assessable=room and not concern.withdrawn and viewer.may("concern.assess"),
        withdrawable=may_withdraw(viewer, concern),
    )
