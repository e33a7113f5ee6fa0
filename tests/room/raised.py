"""Concerns that people of the fictional talks raise."""

from __future__ import annotations

from typing import Any

from room.talks import Talks

from tracktwo.room.concerns import acts
from tracktwo.room.concerns.models import Concern, Theme
from tracktwo.room.concerns.wording import worded
from tracktwo.room.people.models import Role, Seat

Text = dict[str, str]
TEXT = {"en": "Systems may act beyond instructions.", "zh": "系统可能超越指令行事。"}


def a_theme(talks: Talks) -> Theme:
    """The first of the talks' themes."""
    return Theme.objects.filter(process=talks.process).order_by("place").first() or acts.first_themes(talks.process)[0]


def given(
    talks: Talks, to: str = "seat", text: dict[str, str] | None = None, marks: tuple[str, ...] = ()
) -> acts.Given:
    return acts.Given(a_theme(talks).id, worded(text or TEXT, "en"), [{"en": "A paper.", "zh": ""}], to, marks)


def put(talks: Talks, name: str = "quill delegate", to: str = "seat", **more: Any) -> Concern:
    """A concern that was raised and put to the room."""
    before = set(Concern.objects.values_list("id", flat=True))
    acts.raise_concern(talks.viewer(name), given(talks, to, **more))
    acts.release(talks.viewer("mediator"))
    return Concern.objects.exclude(id__in=before).get()


def without_counsel(talks: Talks, delegation: str = "quill") -> None:
    """Leave a delegation without counsel."""
    Seat.objects.filter(organisation=talks.organisations[delegation], role=Role.COUNSEL).update(state="revoked")
