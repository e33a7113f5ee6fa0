"""Who sits at the table, as far as a text asks."""

from __future__ import annotations

from tracktwo.room.access import Absent, Viewer
from tracktwo.room.drafting.seen import AWAY
from tracktwo.room.people.models import Circle, Organisation
from tracktwo.room.words import Words, say


def participating(viewer: Viewer) -> list[Organisation]:
    """The delegations at the table, without those suspended or gone, by identifier."""
    rows = Organisation.objects.filter(process=viewer.process, circle=Circle.DELEGATIONS).exclude(status__in=AWAY)
    return list(rows.order_by("id"))


def own(viewer: Viewer) -> Organisation:
    """The delegation that a seat speaks for; Absent where it speaks for none."""
    if viewer.organisation is None or viewer.organisation.circle != Circle.DELEGATIONS:
        raise Absent
    return viewer.organisation


def named(organisation: Organisation) -> Words:
    """Its name in both languages."""
    name = organisation.name
    return say("{name}", "{name}", name=say(*(name.get(a) or name.get(b, "") for a, b in (("en", "zh"), ("zh", "en")))))
