"""Where agreement stands: what the chair reads of a text, and nobody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from room.talks import DELEGATIONS, Talks
from room.tongues import issued, page, provision, status

from tracktwo.room.drafting import bracket_acts, position_acts
from tracktwo.room.drafting.models import Text
from tracktwo.room.people.models import Organisation, Process
from tracktwo.room.people.rules import rules

NO_NOTE = {"en": "", "zh": ""}


@pytest.fixture
def text(talks: Talks) -> Text:
    return issued(talks)


def take(talks: Talks, text: Text, words: str, value: str, *names: str) -> None:
    for name in names or DELEGATIONS:
        position_acts.take(talks.viewer(f"{name} head"), text.pk, provision(talks, text, words), value, NO_NOTE, 1)


def read(talks: Talks, text: Text, name: str = "chair", language: str = "en") -> str:
    return page(talks, name, f"/texts/{text.pk}/outlook", language=language)


def obstacles(html: str) -> dict[str, str]:
    """What stands in the way, by the number of the provision."""
    rows = re.findall(r"<li><h3><a[^>]*>([^<]+)</a></h3>(.*?)</li>", html, re.S)
    return {label: re.sub(r"<[^>]+>|\s+", " ", rest) for label, rest in rows}


def burdens(html: str) -> dict[str, list[int]]:
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html, re.S)
    return {
        re.sub("<[^>]+>", "", name).strip()[1:]: [int(each) for each in re.findall(r'number">(\d+)<', cells)]
        for name, cells in rows
    }


def test_what_everybody_accepts_and_has_no_bracket_could_be_agreed(talks: Talks, text: Text) -> None:
    assert "Of 3 provisions of draft 1, 0 are agreed in plenary or could be now." in read(talks, text)
    take(talks, text, "shall test", "no-objection")
    html = read(talks, text)
    assert "Of 3 provisions of draft 1, 1 is agreed in plenary or could be now." in html
    assert sorted(obstacles(html)) == ["2", "3"]


def test_an_open_bracket_stands_in_the_way_with_those_who_hold_it(talks: Talks, text: Text) -> None:
    take(talks, text, "should report", "support")
    place = provision(talks, text, "should report")
    from room.tongues import read as draft

    key = next(iter(draft(talks, text).passages[place].pairs))
    bracket_acts.hold(talks.viewer("sandglass head"), text.pk, place, key, 1)
    found = obstacles(read(talks, text))["2"]
    assert "1 open bracket" in found
    assert "Sandglass Laboratory" in found
    assert "Quill" not in found


def test_an_objection_is_named_and_what_would_change_it(talks: Talks, text: Text) -> None:
    take(talks, text, "shall test", "no-objection")
    take(talks, text, "shall test", "object", "sandglass")
    found = obstacles(read(talks, text))["1"]
    assert "Sandglass Laboratory" in found
    assert burdens(read(talks, text)) == {
        "Lantern School": [0, 0, 0, 2], "Quill Laboratory": [0, 0, 0, 2], "Cloudberry Academy": [0, 0, 0, 2],
        "Sandglass Laboratory": [0, 1, 0, 2],
    }  # fmt: skip


def test_the_rule_of_the_talks_decides(talks: Talks, text: Text) -> None:
    take(talks, text, "shall test", "no-objection")
    take(talks, text, "shall test", "object", "sandglass")
    process = Process.objects.get(pk=talks.process.pk)
    process.rules = replace(rules(process.rules), decision="consensus-minus", minus=1).data()
    process.save(update_fields=["rules"])
    assert "1" not in obstacles(read(talks, text))


def test_silence_is_not_consent(talks: Talks, text: Text) -> None:
    take(talks, text, "shall test", "no-objection", "quill", "lantern", "cloudberry")
    assert "1" in obstacles(read(talks, text))


def test_who_is_suspended_does_not_stand_in_the_way(talks: Talks, text: Text) -> None:
    take(talks, text, "shall test", "no-objection", "quill", "lantern", "cloudberry")
    Organisation.objects.filter(pk=talks.organisations["sandglass"].pk).update(status="suspended")
    html = read(talks, text)
    assert "1" not in obstacles(html)
    assert "Sandglass Laboratory" not in burdens(html)


def test_it_is_read_in_chinese(talks: Talks, text: Text) -> None:
    take(talks, text, "shall test", "object", "sandglass")
    html = read(talks, text, language="zh")
    assert "沙漏实验室" in obstacles(html)["1"]
    assert not re.search(r"[A-Za-z]{4,}", obstacles(html)["1"])


@pytest.mark.parametrize("name", ["quill head", "secretariat", "observer", "liaison"])
def test_it_is_absent_for_everybody_else(talks: Talks, text: Text, name: str) -> None:
    assert status(talks, name, f"/texts/{text.pk}/outlook") == 404


def test_a_one_text_has_none(talks: Talks) -> None:
    text = issued(talks, "one-text")
    assert status(talks, "mediator", f"/texts/{text.pk}/outlook") == 404
