"""The page "who can see what" is made from the policy, and leaves nothing of it out."""

from __future__ import annotations

import inspect
from html import unescape
from typing import Any

import pytest
from room.talks import Talks

from tracktwo.room.access import RIGHTS, Visible
from tracktwo.room.people import sees
from tracktwo.room.people.models import Role
from tracktwo.room.people.names import ROLES


def test_each_right_and_each_role_stands_once() -> None:
    found = [action for _, rows in sees.grouped() for action, _ in rows]
    assert sorted(found) == sorted(RIGHTS)
    assert sorted(role for _, roles in sees.COLUMNS for role in roles) == sorted(Role)
    assert set(ROLES) == set(Role)


def test_the_marks_are_those_of_the_policy() -> None:
    for table, (_, roles) in zip(sees.tables(), sees.COLUMNS, strict=True):
        for _, lines in table.groups:
            for line in lines:
                assert line.marks == tuple(role in RIGHTS[line.action].roles for role in roles)
                assert any(line.marks)
    shown = {line.action for table in sees.tables() for _, lines in table.groups for line in lines}
    assert shown == set(RIGHTS)


def test_every_way_through_the_gate_has_a_sentence() -> None:
    methods = {name for name, _ in inspect.getmembers(Visible, inspect.isfunction) if not name.startswith("_")}
    assert set(sees.SEES) == methods


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["mediator", "quill delegate", "liaison", "operator"])
def test_everybody_reads_the_whole_page_in_both_languages(talks: Talks, name: str, language: Any) -> None:
    page = unescape(talks.client(name, language=language).get("/visibility").content.decode())
    sentences = [*sees.SEES.values(), *sees.SERVER, *sees.PROMISES, *sees.LIMITS, *ROLES.values()]
    for words in [*sentences, *(right.words for right in RIGHTS.values())]:
        assert words.said(language) in page
    assert ("could be made to read this" if language == "en" else "有可能被用来读取") in page
    assert page.count("<h1>") == 1


def test_the_page_is_the_same_for_every_seat_but_for_its_header(talks: Talks) -> None:
    pages = [talks.client(name).get("/visibility").content.decode() for name in ("quill head", "operator")]
    assert len({page.split("<main")[1] for page in pages}) == 1


def test_it_names_neither_talks_nor_parties(talks: Talks) -> None:
    page = talks.client("mediator").get("/visibility").content.decode().split("<main")[1]
    assert not any(word in page for word in ("frontier systems", "Quill", "Alder"))
