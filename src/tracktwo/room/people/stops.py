"""What counsel and the mediator say of a meeting: its agenda is cleared beforehand, it is stopped, it goes on."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from tracktwo.room.access import RIGHTS, Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.people.models import Circle, Meeting, Organisation, Role, Seat
from tracktwo.room.words import Words, say


def invitable(viewer: Viewer) -> list[Seat]:
    """The seats that can be on the list of a meeting: at the table, of the mediator's people, observers."""
    rows = visible(viewer).seats().filter(role__in=[*RIGHTS["meeting.read"].roles]).exclude(state=Seat.State.REVOKED)
    return [seat for seat in rows if seat.organisation is None or seat.organisation.circle == Circle.DELEGATIONS]


def agenda_mark(meeting: Meeting) -> str:
    """What tells one agenda from another, so that nobody clears what was changed while it was read."""
    text = json.dumps(meeting.agenda["items"], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def clear_agenda(viewer: Viewer, identifier: object, read: str) -> Meeting:
    """Clear an agenda for the own delegation, before the meeting; ``read`` is the mark of the one that was read."""
    with act(viewer, "meeting.stop") as leaf:
        meeting: Meeting = one(visible(viewer).meetings(), identifier)
        why = unclearable(viewer, meeting)
        if why is None and read != agenda_mark(meeting):
            why = say("The agenda was changed while you read it. Read it again, then clear it.",
                      "议程在您阅读期间已有改动。请重新阅读后再核准。")  # fmt: skip
        if why is not None:
            raise Refused(why)
        mine = str(viewer.seat.organisation_id)
        meeting.agenda = meeting.agenda | {"cleared": sorted({*meeting.agenda["cleared"], mine})}
        meeting.save(update_fields=["agenda"])
        leaf.commits("agenda-cleared", meeting.id, meeting.agenda["items"])
    return meeting


def unclearable(viewer: Viewer, meeting: Meeting) -> Words | None:
    """Why counsel cannot clear the agenda now; None where it can."""
    if meeting.offline or meeting.day < viewer.today:
        return say("The meeting was held. Counsel clears an agenda beforehand.",
                   "会议已举行。法律顾问须事先核准议程。")  # fmt: skip
    if not meeting.agenda["items"]:
        return say("There is nothing on the agenda yet.", "议程尚无内容。")
    if str(viewer.seat.organisation_id) in meeting.agenda["cleared"]:
        return say("The agenda is cleared for your delegation.", "本与会方已核准该议程。")
    return None


def stop(viewer: Viewer, identifier: object) -> Meeting:
    """Stop a meeting that is to come or is being held."""
    with act(viewer, "meeting.stop") as leaf:
        meeting: Meeting = one(visible(viewer).meetings(), identifier)
        if meeting.stopped:
            raise Refused(say("The meeting is stopped. Only a mediator lets it go on.",
                              "会议已中止。只有调解人可恢复会议。"))  # fmt: skip
        if not stoppable(viewer, meeting):
            raise Refused(say("The meeting was held. Counsel stops a meeting before or while it is held.",
                              "会议已举行。法律顾问可在会前或会中中止会议。"))  # fmt: skip
        meeting.stopped = True
        meeting.save(update_fields=["stopped"])
        leaf.commits("meeting", meeting.id, {"stopped": True})
    return meeting


def stoppable(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether the meeting is still to be held, or is held today."""
    return not meeting.stopped and not meeting.offline and meeting.day >= viewer.today


def resume(viewer: Viewer, identifier: object) -> Meeting:
    """Let a stopped meeting go on."""
    with act(viewer, "meeting.resume") as leaf:
        meeting: Meeting = one(visible(viewer).meetings(), identifier)
        if not meeting.stopped:
            raise Refused(say("The meeting is not stopped.", "会议未被中止。"))
        meeting.stopped = False
        meeting.save(update_fields=["stopped"])
        leaf.commits("meeting", meeting.id, {"stopped": False})
    return meeting


def clearances(viewer: Viewer, meeting: Meeting) -> list[dict[str, Any]]:
    """Whose counsel cleared the agenda: all for who plans meetings, the own delegation's for its people."""
    cleared = set(meeting.agenda["cleared"])
    if viewer.may("meeting.edit"):
        with_counsel = visible(viewer).invited(meeting).filter(role=Role.COUNSEL, state=Seat.State.ACTIVE)
        whose: list[Organisation] = [seat.organisation for seat in with_counsel if seat.organisation]
    else:
        whose = [viewer.organisation] if viewer.organisation else []
    found = {each.id: {"organisation": each, "cleared": str(each.id) in cleared} for each in whose}
    return [found[key] for key in sorted(found)]
