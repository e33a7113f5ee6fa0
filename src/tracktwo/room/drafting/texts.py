"""A text as an act finds it: locked, so that acts on it come one after the other, and the drafts of it."""

from __future__ import annotations

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.words import say

CLOSED = say("This text is closed: nothing more is changed in it.", "本案文已结束，不再作任何变更。")
DIGITS = 5
"""Of the number of a draft, at most."""


def locked(viewer: Viewer, text: object) -> Text:
    """The text, until the act is over; Absent where the seat does not see it."""
    row: Text = Text.objects.select_for_update().get(pk=one(visible(viewer).texts(), text).pk)
    return row


def unclosed(viewer: Viewer, text: object) -> Text:
    """The text, locked; Refused where it is closed."""
    row = locked(viewer, text)
    require_unclosed(row)
    return row


def require_unclosed(text: Text) -> None:
    """Refused where the text is closed: asked after whether there is what an act is about."""
    if text.state == Text.State.CLOSED:
        raise Refused(CLOSED)


def issued(viewer: Viewer, text: Text, number: object) -> Draft:
    """The draft of a text that was issued under a number, as it was sent; Absent where there is none."""
    sent = str(number)
    if not (sent.isascii() and sent.isdigit() and len(sent) <= DIGITS):
        raise Absent
    rows = visible(viewer).drafts().filter(text=text, state=Draft.State.ISSUED, number=int(sent))
    found: Draft | None = rows.first()
    if found is None:
        raise Absent
    return found
