"""The rules of procedure: read by the room, changed by the mediator, bound while people vote."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks

from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns.models import Sounding
from tracktwo.room.people.models import Process
from tracktwo.room.people.rules import AXES, FORMATS, Rules, rules


def form(**more: Any) -> dict[str, Any]:
    return {"k": "5", "voters": "seat", "batch": "3", "languages": ["en", "zh"],
            "press_line_en": "We do not comment.", "press_line_zh": "不予置评。", "plenary-content": "on",
            "plenary-notes": "on", "caucus-report_back": "on", **more}  # fmt: skip


def kept(talks: Talks) -> Rules:
    return rules(Process.objects.get(pk=talks.process.pk).rules)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_room_reads_every_format_and_axis_in_words(talks: Talks, language: Any) -> None:
    page = talks.client("quill delegate", language=language).get("/rules").content.decode()
    for words in [*AXES.values(), *FORMATS.values()]:
        assert words.said(language) in page
    assert "/rules/edit" not in page


@pytest.mark.parametrize("name", ["liaison", "briefed", "operator", "auditor"])
def test_the_rules_are_absent_outside_the_room(talks: Talks, name: str) -> None:
    assert talks.client(name).get("/rules").status_code == 404


@pytest.mark.parametrize("name", ["chair", "secretariat", "quill head", "observer", "operator"])
def test_only_the_mediator_changes_them(talks: Talks, name: str) -> None:
    client = talks.client(name)
    nothing = client.get("/no-such-place").content
    for response in (client.get("/rules/edit"), client.post("/rules/edit", form(k="1"))):
        assert (response.status_code, response.content) == (404, nothing)
    assert (kept(talks).k, StagedLeaf.objects.count()) == (5, 0)


def test_the_editor_begins_with_the_rules_as_they_are(talks: Talks) -> None:
    page = talks.client("mediator").get("/rules/edit").content.decode()
    assert page.count(" checked") == 2 + 5 * 2  # both languages; content and notes in five formats
    assert "readers may work out" in page


def test_rules_are_changed_and_shown(talks: Talks) -> None:
    client = talks.client("mediator")
    sent = form(k="4", by_delegation="on", controlled_data="on")
    assert client.post("/rules/edit", sent).status_code == 303
    found = kept(talks)
    assert (found.k, found.by_delegation) == (4, True)
    assert found.controlled_data
    plenary, caucus = found.formats["plenary"], found.formats["caucus"]
    assert (plenary.content, plenary.speaker, plenary.notes, plenary.report_back) == (True, False, True, False)
    assert (caucus.content, caucus.notes, caucus.report_back) == (False, False, True)
    page = client.get("/rules").content.decode()
    assert "4 is less than 5" in page
    assert "不予置评。" in page
    assert StagedLeaf.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"k": "0"}, "greater than or equal to 1"),
        ({"k": "51"}, "less than or equal to 50"),
        ({"k": ""}, "required"),
        ({"k": "many"}, "whole number"),
        ({"voters": "crowd"}, "not one of the available choices"),
        ({"batch": "1"}, "greater than or equal to 2"),
        ({"languages": []}, "required"),
        ({"languages": ["fr"]}, "not one of the available choices"),
        ({"press_line_zh": ""}, "in both languages, or leave both empty"),
        ({"press_line_en": "x" * 1001}, "error"),
        ({"press_line_en": "a\u202eb"}, "U+202E"),
    ],
)
def test_rules_with_something_wrong_are_not_kept(talks: Talks, wrong: dict[str, Any], said: str) -> None:
    response = talks.client("mediator").post("/rules/edit", form(by_delegation="on") | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not kept(talks).by_delegation


def test_errors_are_said_in_chinese_too(talks: Talks) -> None:
    page = talks.client("mediator", language="zh").post("/rules/edit", form(press_line_zh="")).content.decode()
    assert "对外口径须两种语言齐备" in page


@pytest.mark.parametrize("change", [{"k": "6"}, {"voters": "delegation"}, {"by_delegation": "on"}])
def test_what_was_said_before_the_first_vote_holds_while_voting_is_open(talks: Talks, change: dict[str, str]) -> None:
    sounding = Sounding.objects.create(process=talks.process, title={"en": "S", "zh": ""}, state="open")
    client = talks.client("mediator")
    before = kept(talks)
    response = client.post("/rules/edit", form(**change))
    assert response.status_code == 409
    assert "once voting is closed" in response.content.decode()
    assert (kept(talks), StagedLeaf.objects.count()) == (before, 0)
    assert client.post("/rules/edit", form(batch="4")).status_code == 303
    sounding.state = "closed"
    sounding.save()
    assert client.post("/rules/edit", form(**change)).status_code == 303
