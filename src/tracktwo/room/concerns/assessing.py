"""How each side sees a concern: rows that name nobody, shown anew only once enough people on every side moved."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from tracktwo.room import keys
from tracktwo.room.access import VOTING, Refused, Viewer
from tracktwo.room.acts import act
from tracktwo.room.concerns.models import Assessment, Concern, Scope
from tracktwo.room.concerns.outcomes import before_the_room
from tracktwo.room.people.models import Circle, Organisation, Process, Seat, Side
from tracktwo.room.words import Words, say

SEVERITY: tuple[Words, ...] = (
    say("Negligible", "轻微"),
    say("Limited", "有限"),
    say("Serious", "严重"),
    say("Very serious", "非常严重"),
    say("Catastrophic", "灾难性"),
)
LIKELIHOOD: tuple[Words, ...] = (
    say("Very unlikely", "极不可能"),
    say("Unlikely", "不太可能"),
    say("Possible", "有可能"),
    say("Likely", "很可能"),
    say("Almost certain", "几乎必然"),
)
"""What 1 to 5 mean."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How one side sees a concern: medians, from 1 to 5 in halves."""

    side: Side
    severity: float
    likelihood: float


def key(concern: UUID, seat: UUID) -> UUID:
    """Under what a seat's assessment of a concern is kept."""
    return keys.current().mark("assessment", concern.bytes, seat.bytes)


def own(viewer: Viewer, concern: Concern) -> Assessment | None:
    """What the viewer thinks of a concern, if the viewer said so."""
    return Assessment.objects.filter(pk=key(concern.id, viewer.seat.id)).first()


def seen(concern: Concern, sides: list[Side]) -> list[Seen]:
    """How the sides see it, as last shown; empty while there are not enough answers."""
    shown: dict[str, Any] = (concern.shown or {}).get("sides", {})
    found = [(side, shown[str(side.id)]) for side in sides if str(side.id) in shown]
    return [Seen(side, each["severity"], each["likelihood"]) for side, each in found]


def assess(viewer: Viewer, concern: object, severity: int, likelihood: int) -> None:
    """Say how severe and how likely a concern is, or change that; the record says that somebody did."""
    with act(viewer, "concern.assess", attributed=False) as leaf:
        row = before_the_room(viewer, concern)
        if row.scope != Scope.ROOM or row.withdrawn:
            raise Refused(say("It is withdrawn; concerns before the room can be assessed.",
                              "此项关切已撤回；仅可评估提交全体且未撤回的关切。"))  # fmt: skip
        values = {"concern": row, "severity": severity, "likelihood": likelihood}
        Assessment.objects.update_or_create(id=key(row.id, viewer.seat.id), defaults=values)
        newly = renewed(row, viewer.process, viewer.rules.k)
        frozen = Process.objects.filter(pk=viewer.process.pk, frozen=True).exists()
        if newly is not None and not frozen:  # a freeze keeps what is shown as it is
            row.shown = newly
            row.save(update_fields=["shown"])
        leaf.commits("assessment", row.id)


def renewed(concern: Concern, process: Process, k: int) -> dict[str, Any] | None:
    """What is to be shown from now on; None while fewer than ``k`` on some side have assessed or changed since."""
    voters = _voters(process)
    sides = _sides(process)
    of_side = {key(concern.id, seat): side for seat, side in voters if side in sides}
    rows = {row.id: row for row in Assessment.objects.filter(concern=concern) if row.id in of_side}
    basis = {mark.hex: _hashed(row) for mark, row in rows.items()}
    before = (concern.shown or {}).get("basis", {})
    moved = [side for mark, side in of_side.items() if mark in rows and before.get(mark.hex) != basis[mark.hex]]
    if not sides or any(moved.count(side) < k for side in sides):
        return None
    shown = {}
    for side in sides:
        those = [row for mark, row in rows.items() if of_side[mark] == side]
        shown[str(side)] = {
            "severity": median(row.severity for row in those),
            "likelihood": median(row.likelihood for row in those),
        }
    return {"sides": shown, "basis": basis}


def _hashed(row: Assessment) -> str:
    return keys.current().mark("assessed", row.id.bytes, bytes([row.severity, row.likelihood])).hex


def _sides(process: Process) -> set[UUID]:
    """The sides at the table, each of which must be large enough."""
    rows = Organisation.objects.filter(process=process, circle=Circle.DELEGATIONS, side__isnull=False)
    return set(rows.exclude(status=Organisation.Status.WITHDREW).values_list("side_id", flat=True))


def _voters(process: Process) -> list[tuple[UUID, UUID]]:
    """Each voting seat that is taken, with its side."""
    rows = Seat.objects.filter(process=process, state=Seat.State.ACTIVE, role__in=[*VOTING])
    rows = rows.filter(organisation__circle=Circle.DELEGATIONS, organisation__side__isnull=False)
    return list(rows.values_list("id", "organisation__side_id"))
