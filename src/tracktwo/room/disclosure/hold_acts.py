"""Acts of counsel: holding back what the own delegation is about to send, and letting it go."""

from __future__ import annotations

from typing import Any

from tracktwo.room.access import Absent, Refused, Viewer, identifier, visible
from tracktwo.room.acts import act
from tracktwo.room.concerns.models import Waiting
from tracktwo.room.disclosure.models import Hold, mark_of
from tracktwo.room.words import say


def outgoing(viewer: Viewer) -> list[Any]:
    """What the own delegation is about to send, as its counsel sees it."""
    own = viewer.organisation
    if own is None or not viewer.may("hold.place"):
        return []
    return [row for row in visible(viewer).waiting() if row.content["organisation"] == str(own.id)]


def place(viewer: Viewer, item: object, reason: str) -> Hold:
    """Hold an item back, with a reason; its counsel alone reads the reason."""
    with act(viewer, "hold.place") as leaf:
        row = _item(viewer, item)
        found = visible(viewer).holds().select_for_update(of=("self",)).filter(item=mark_of(row.id)).first()
        if found is not None and not found.released:
            raise Refused(say("This is held already. Release it first.", "本件已被暂缓。请先予放行。"))
        hold = found or Hold(organisation=viewer.organisation, item=mark_of(row.id))
        hold.reason, hold.released = {"text": reason}, False
        hold.save()
        leaf.commits("hold", hold.id, {"reason": hold.reason, "released": False})  # the item may be unattributed
    return hold


def release(viewer: Viewer, item: object) -> Hold:
    """Let an item go with the next that are put to the room."""
    with act(viewer, "hold.place") as leaf:
        row = _item(viewer, item)
        hold: Hold | None = visible(viewer).holds().filter(item=mark_of(row.id), released=False).first()
        if hold is None:
            raise Refused(say("This is not held.", "本件未被暂缓。"))
        hold.released = True
        hold.save(update_fields=["released"])
        leaf.commits("hold", hold.id, {"reason": hold.reason, "released": True})
    return hold


def _item(viewer: Viewer, given: object) -> Waiting:
    """The item among the delegation's outgoing ones, kept from being sent until the act is over."""
    sought = identifier(given)
    if sought not in {row.id for row in outgoing(viewer)}:
        raise Absent
    found = Waiting.objects.select_for_update().filter(pk=sought).first()
    if found is None:
        raise Absent
    return found
