"""Counsel holds back what the own delegation is about to send, and sees nothing of what others send."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from room.talks import Talks

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.concerns.models import Theme, Waiting
from tracktwo.room.disclosure import hold_acts as acts
from tracktwo.room.disclosure.models import Hold


def waiting(talks: Talks, name: str = "quill delegate", by: str = "nobody", **more: Any) -> Waiting:
    theme, _ = Theme.objects.get_or_create(process=talks.process, place=1, defaults={"name": {"en": "T", "zh": "题"}})
    seat = talks.seats[name]
    content = {
        "theme": str(theme.id),
        "body": {"en": f"A concern of {name}", "zh": "", "original": "en", "translation": "needed"},
        "evidence": [],
        "by": by,
        "seat": str(seat.id) if by == "seat" else None,
        "organisation": str(seat.organisation_id),
        "marks": [],
    }
    return Waiting.objects.create(process=talks.process, content=content | more)


@pytest.mark.parametrize("by", ["nobody", "seat", "organisation"])
def test_counsel_sees_what_the_own_delegation_sends_without_its_author(talks: Talks, by: str) -> None:
    waiting(talks, by=by, body={"en": "Weights may leak", "zh": "", "original": "en", "translation": "needed"})
    page = talks.client("quill counsel").get("/holds").content.decode()
    assert "Weights may leak" in page
    assert "Quill Delegate" not in page


def test_counsel_of_another_delegation_sees_nothing_of_it(talks: Talks) -> None:
    row = waiting(talks)
    client = talks.client("lantern counsel")
    assert b"A concern of quill" not in client.get("/holds").content
    assert client.get(f"/holds/{row.id}").content == client.get(f"/holds/{uuid.uuid4()}").content
    for place in (f"/holds/{row.id}", f"/holds/{row.id}/release"):
        assert client.post(place, {"reason": "Ours now."}).status_code == 404
    assert Hold.objects.count() == 0


def test_what_is_held_stays_out_of_the_room_until_it_is_released(talks: Talks) -> None:
    row, client = waiting(talks, by="organisation"), talks.client("quill counsel")
    assert client.post(f"/holds/{row.id}", {"reason": "Names a customer."}).status_code == 303
    assert visible(talks.viewer("mediator")).waiting() == []
    assert b"Names a customer." in client.get("/holds").content
    assert client.post(f"/holds/{row.id}/release").status_code == 303
    assert [each.id for each in visible(talks.viewer("mediator")).waiting()] == [row.id]


def test_a_hold_can_be_placed_again(talks: Talks) -> None:
    row, counsel = waiting(talks), talks.viewer("quill counsel")
    acts.place(counsel, row.id, "First.")
    with pytest.raises(Refused):
        acts.place(counsel, row.id, "Twice.")
    acts.release(counsel, row.id)
    with pytest.raises(Refused):
        acts.release(counsel, row.id)
    assert acts.place(counsel, row.id, "Second.").reason == {"text": "Second."}
    assert Hold.objects.count() == 1


def test_both_marks_are_shown(talks: Talks) -> None:
    waiting(talks, marks=["sensitive", "controlled"])
    english = talks.client("quill counsel").get("/holds").content.decode()
    assert "Competitively sensitive" in english
    assert "Controlled technical data" in english
    assert "竞争性敏感信息" in talks.client("quill counsel", language="zh").get("/holds").content.decode()


@pytest.mark.parametrize("name", ["mediator", "chair", "quill head", "quill delegate", "liaison", "operator"])
def test_nobody_but_counsel_has_holds(talks: Talks, name: str) -> None:
    row = waiting(talks)
    client = talks.client(name)
    assert {client.get(place).status_code for place in ("/holds", f"/holds/{row.id}")} == {404}
    with pytest.raises(Absent):
        acts.place(talks.viewer(name), row.id, "No.")


@pytest.mark.parametrize("reason", ["", "x" * 1001, "a\u202eb", "\x07"])
def test_a_hold_without_a_reason_is_not_placed(talks: Talks, reason: str) -> None:
    row = waiting(talks)
    answer = talks.client("quill counsel").post(f"/holds/{row.id}", {"reason": reason})
    assert (answer.status_code, Hold.objects.count()) == (422, 0)


def test_the_mediator_never_reads_why_something_was_held(talks: Talks) -> None:
    row = waiting(talks)
    acts.place(talks.viewer("quill counsel"), row.id, "Names a customer.")
    client = talks.client("mediator")
    for place in ("/", "/concerns", "/confidences", "/plan"):
        assert b"Names a customer." not in client.get(place).content


def test_an_item_that_went_cannot_be_held(talks: Talks) -> None:
    row = waiting(talks)
    Waiting.objects.all().delete()
    assert talks.client("quill counsel").post(f"/holds/{row.id}", {"reason": "Late."}).status_code == 404
