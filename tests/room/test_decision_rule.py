"""The decision rule is written by the mediator, read by the room, and refused where it could never be met."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks

from tracktwo.agreement.rules import rule_data
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.people.deciding import rule_of
from tracktwo.room.people.models import Process
from tracktwo.room.people.rules import DECISIONS, Rules, rules

HERE = "/rules/decision"
COMBINED = """form: any-of
rules:
  - form: consensus
  - form: majority
    at-least: 2/3
"""


def form(decision: str = "consensus", **more: str) -> dict[str, str]:
    return {"decision": decision, "minus": "", "share": "", "weight_share": "", "written": "", **more}


def kept(talks: Talks) -> Rules:
    return rules(Process.objects.get(pk=talks.process.pk).rules)


def named(talks: Talks, kind: str, *names: str, value: str = "on") -> dict[str, str]:
    return {f"{kind}-{talks.organisations[name].pk}": value for name in names}


def every(talks: Talks, decision: str) -> dict[str, str]:
    return {
        "unanimity": form("unanimity"),
        "consensus": form("consensus"),
        "consensus-minus": form("consensus-minus", minus="1"),
        "sufficient": form("sufficient", share="50 %"),
        "double": form("double", share="1/2", weight_share="55%")
        | named(talks, "weight", "quill", "sandglass", value="40.5"),
        "key-actors": form("key-actors", share="1/2", **named(talks, "key", "quill", "cloudberry")),
        "supermajority": form("supermajority", share="2/3"),
        "written": form("written", written=COMBINED),
    }[decision]  # fmt: skip


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_rule_can_be_written_and_is_read_in_words(talks: Talks, decision: str) -> None:
    client = talks.client("mediator")
    assert client.post(HERE, every(talks, decision)).status_code == 303
    assert kept(talks).decision == decision
    assert StagedLeaf.objects.count() == 1
    for language in ("en", "zh"):
        page = talks.client("quill delegate", language=language).get("/rules").content.decode()
        assert DECISIONS[decision].said(language) in page
        assert {"en": "To accept a text is to support it", "zh": "即为接受案文"}[language] in page
    assert rule_data(rule_of(kept(talks)))["form"] != ""


def test_key_actors_and_weights_are_shown_with_the_rule_that_uses_them(talks: Talks) -> None:
    client = talks.client("mediator")
    client.post(HERE, every(talks, "key-actors"))
    page = client.get("/rules").content.decode()
    assert page.count("key actor</dd>") == 2
    client.post(HERE, every(talks, "double"))
    page = client.get("/rules").content.decode()
    assert (page.count("key actor</dd>"), page.count("weight 81/2")) == (0, 2)


def test_the_editor_begins_with_the_rule_as_it_is(talks: Talks) -> None:
    client = talks.client("mediator")
    client.post(HERE, every(talks, "key-actors"))
    page = client.get(HERE).content.decode()
    assert page.count(" checked") == 2
    assert 'value="1/2"' in page


def test_other_rules_stay_as_they_are(talks: Talks) -> None:
    client = talks.client("mediator")
    before = kept(talks)
    client.post(HERE, every(talks, "supermajority"))
    after = kept(talks)
    assert (after.k, after.formats, after.press_line) == (before.k, before.formats, before.press_line)
    client.post("/rules/edit", {"k": "6", "voters": "seat", "batch": "3", "languages": ["en", "zh"]})
    assert (kept(talks).k, kept(talks).decision, kept(talks).share) == (6, "supermajority", "2/3")


@pytest.mark.parametrize("name", ["chair", "secretariat", "quill head", "observer"])
def test_only_the_mediator_changes_it(talks: Talks, name: str) -> None:
    client = talks.client(name)
    assert client.get(HERE).status_code == 404
    assert client.post(HERE, form("unanimity")).status_code == 404
    assert kept(talks).decision == "consensus"


WRONG: list[tuple[dict[str, str], str]] = [
    ({"decision": "lot"}, "not one of the available choices"),
    ({"decision": "consensus-minus"}, "how many may object: 1 or more"),
    ({"decision": "consensus-minus", "minus": "many"}, "whole number"),
    ({"minus": "3"}, "does not use this"),
    ({"decision": "supermajority"}, "which share must accept"),
    ({"decision": "supermajority", "share": "most"}, "cannot be read"),
    ({"decision": "supermajority", "share": "120 %"}, "can never be met"),
    ({"decision": "supermajority", "share": "2/0"}, "cannot be read"),
    ({"decision": "double", "share": "1/2"}, "share of the weights"),
    ({"decision": "double", "share": "1/2", "weight_share": "1/2"}, "can never be met"),
    ({"decision": "key-actors", "share": "1/2"}, "at least one key actor"),
    ({"decision": "written"}, "Write the rule out"),
    ({"decision": "written", "written": "form: lot"}, "cannot be read"),
    ({"decision": "written", "written": "a: [b"}, "cannot be read"),
    ({"decision": "written", "written": "!!python/object:os.system {}"}, "cannot be read"),
    ({"decision": "written", "written": "form: majority\nnumber: 9"}, "can never be met"),
    ({"decision": "written", "written": "form: consensus\nminus: 9"}, "always met"),
    ({"share": "2/3"}, "does not use this"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_changes(talks: Talks, wrong: dict[str, str], said: str) -> None:
    answer = talks.client("mediator").post(HERE, form() | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    for value in wrong.values():
        assert value.split("\n")[0].replace('"', "&quot;") in page
    assert (kept(talks).decision, StagedLeaf.objects.count()) == ("consensus", 0)


def test_a_rule_names_and_weighs_nobody_that_it_does_not_use(talks: Talks) -> None:
    client = talks.client("mediator")
    sent: dict[str, Any] = form() | named(talks, "key", "quill")
    assert "names no key actors" in client.post(HERE, sent).content.decode()
    sent = form() | named(talks, "weight", "quill", value="3")
    assert "weighs nobody" in client.post(HERE, sent).content.decode()
    sent = every(talks, "double") | named(talks, "weight", "quill", value="-3")
    assert client.post(HERE, sent).status_code == 422


def test_in_chinese_a_rule_that_cannot_be_met_is_said_in_chinese(talks: Talks) -> None:
    answer = talks.client("mediator", language="zh").post(HERE, form("written", written="form: majority\nnumber: 9"))
    assert "永远无法满足" in answer.content.decode()
