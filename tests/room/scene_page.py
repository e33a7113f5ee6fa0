"""The drafting page, its brackets, proposals, positions and lights, for the scene."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from room.oracle import CHAIR, MEDIATOR, ROOM
from room.talks import Talks
from room.tongues import begun, issued, provision, read

from tracktwo.room.drafting import bracket_acts, concept_acts, group_acts, proposing

BOTH = {"en": "Words", "zh": "文字"}
_TEXT = "texts/<uuid:text>"
_PROVISION = f"{_TEXT}/provisions/<str:provision>"
KINDS = (
    (f"{_TEXT}$", "page"), (f"{_TEXT}/drafts/", "draft"), (f"{_PROVISION}/brackets/", "bracket"),
    (f"{_PROVISION}/(position|propose)$", "provision"), (f"{_PROVISION}", "provision"),
    (f"{_TEXT}/(add|proposals|positions)$", "drafted"), (f"{_TEXT}/outlook$", "outlook"),
    (f"{_TEXT}/proposals/<uuid:proposal>", "tabled"),
)  # fmt: skip
"""What the identifiers in an address stand for."""


def pages(made: Any, talks: Talks, of: Callable[[set[str]], Any]) -> None:
    """A bracketed text that is held and proposed on, a one-text, one of concepts, and one that is being prepared."""
    everybody, room, editors = of(ROOM | {"observer"}), of(ROOM), of({MEDIATOR, CHAIR})
    rolling, single = issued(talks), issued(talks, "one-text")
    concepts, preparing = begun(talks, "conceptual"), begun(talks)
    concept_acts.open_concepts(talks.viewer("chair"), concepts.pk)
    for label, row, drafted in (
        ("bracketed", rolling, True), ("one-text", single, True), ("conceptual", concepts, False),
    ):  # fmt: skip
        made.add("page", label, everybody, text=row.pk)
        made.add("draft", label, everybody if drafted else _nobody, text=row.pk, number=1)
        made.add("draft", f"{label}, not issued", _nobody, text=row.pk, number=2)
        made.add("drafted", label, room if drafted else _nobody, text=row.pk)
        made.add("outlook", label, editors if label == "bracketed" else _nobody, text=row.pk)
        if drafted:
            _provisions(made, talks, row, label, everybody)
    made.add("page", "being prepared", editors, text=preparing.pk)
    made.add("draft", "being prepared", _nobody, text=preparing.pk, number=1)
    made.add("drafted", "being prepared", _nobody, text=preparing.pk)
    made.add("outlook", "being prepared", _nobody, text=preparing.pk)
    _proposed(made, talks, rolling, room)


def _provisions(made: Any, talks: Talks, row: Any, label: str, readers: Any) -> None:
    place = provision(talks, row, "should report")
    key = next(iter(read(talks, row).passages[place].pairs))
    if label == "bracketed":
        bracket_acts.hold(talks.viewer("quill head"), row.pk, place, key, 1)
    made.add("provision", label, readers, text=row.pk, provision=place)
    made.add("provision", f"{label}, none", _nobody, text=row.pk, provision="0" * 16)
    made.add("bracket", label, readers, text=row.pk, provision=place, bracket=key)
    made.add("bracket", f"{label}, none", _nobody, text=row.pk, provision=place, bracket="7-7")


def _proposed(made: Any, talks: Talks, row: Any, room: Any) -> None:
    """One before the room, and one in a contact group: there is no address for it but within."""
    place = provision(talks, row, "should report")
    given = proposing.Given("MOD", place, "Laboratories report at once what they find.")
    found = proposing.propose(talks.viewer("quill delegate"), row.pk, 1, given)
    group = group_acts.set_up(
        talks.viewer("chair"), row.pk, BOTH, talks.seats["lantern counsel"].pk, [talks.seats["quill delegate"].pk],
        [place],
    )  # fmt: skip
    inner = proposing.propose(talks.viewer("quill delegate"), row.pk, 1, given, group)
    made.add("tabled", "before the room", room, text=row.pk, proposal=found.pk)
    made.add("tabled", "within a group", _nobody, text=row.pk,
             proposal=inner.pk)  # fmt: skip


def _nobody(_: Any) -> bool:
    return False
