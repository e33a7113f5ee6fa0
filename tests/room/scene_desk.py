"""The list of texts, the desk, the ledger, comparing and files, for the scene."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from room.oracle import CHAIR, MEDIATOR, ROOM
from room.talks import Talks
from room.tongues import begun, issued, provision

from tracktwo.room.drafting import issuing

_TEXT = "texts/<uuid:text>"
KINDS = (
    (f"{_TEXT}/desk/provisions/", "worked on"), (f"{_TEXT}/desk/insert$", "in work"),
    (f"{_TEXT}/(settings|desk)", "on the desk"), (f"{_TEXT}/(ledger|compare)$", "entered"),
    (f"{_TEXT}/(waive|receipt)$", "received"), (f"{_TEXT}/files/", "file"), (f"{_TEXT}/files$", "filed"),
    (f"{_TEXT}/word$", "sent in"),
)  # fmt: skip
"""What the identifiers in an address stand for."""


def desks(made: Any, talks: Talks, of: Callable[[set[str]], Any]) -> None:
    """A text that was issued and is being written again, one without a draft, and a one-text."""
    everybody, room, editors = of(ROOM | {"observer"}), of(ROOM), of({MEDIATOR, CHAIR})
    heads, proposing = of({"head", "alternate"}), of({"head", "alternate", "delegate"})
    text, single, preparing = issued(talks), issued(talks, "one-text"), begun(talks)
    issuing.consolidate(talks.viewer("chair"), text.pk)
    place = provision(talks, text, "shall test")
    made.add("worked on", "a provision", editors, text=text.pk, provision=place)
    made.add("worked on", "no provision", _nobody, text=text.pk, provision="0" * 16)
    made.add("worked on", "without a working draft", _nobody, text=single.pk, provision=place)
    made.add("in work", "a working draft", editors, text=text.pk)
    made.add("in work", "no working draft", _nobody, text=single.pk)
    for label, row, before in (("bracketed", text, True), ("one-text", single, True), ("prepared", preparing, False)):
        made.add("on the desk", label, editors, text=row.pk)
        made.add("entered", label, everybody if before else editors, text=row.pk)
        made.add("received", label, heads if before else _nobody, text=row.pk)
        made.add("filed", label, room if before else editors, text=row.pk)
        made.add("file", label, room if before else _nobody, text=row.pk, name="draft-1-en.md")
        made.add("sent in", label, proposing if before else _nobody, text=row.pk)
    made.add("file", "of the working draft", _nobody, text=text.pk, name="draft-2.docx")
    made.add("file", "of no kind", _nobody, text=text.pk, name="draft-1.exe")


def _nobody(_: Any) -> bool:
    return False
