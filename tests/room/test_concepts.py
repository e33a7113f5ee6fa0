"""A text of concepts: proposed by a delegation, echoed by another, or lapsed at the end of a turn."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks
from room.tongues import begun, issued, page, status

from tracktwo.room.access import Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting import concept_acts as acts
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.models import Proposal, Text

TITLE = {"en": "A shared register", "zh": "共同登记册"}
BODY = {"en": "Incidents are entered in one register.", "zh": "事故登记于同一登记册。"}


@pytest.fixture
def text(talks: Talks) -> Text:
    made = begun(talks, "conceptual")
    return acts.open_concepts(talks.viewer("chair"), made.pk)


def propose(talks: Talks, text: Text, name: str = "quill delegate", body: dict[str, str] | None = None) -> Proposal:
    return acts.propose(talks.viewer(name), text.pk, TITLE, body or BODY)


def echo(talks: Talks, text: Text, concept: Proposal, name: str = "cloudberry head") -> None:
    acts.echo(talks.viewer(name), text.pk, concept.pk)


def state(concept: Proposal) -> str:
    return str(Proposal.objects.get(pk=concept.pk).state)


def echoes(concept: Proposal) -> list[str]:
    return list(Proposal.objects.get(pk=concept.pk).content["echoes"])


def seen(talks: Talks, name: str, text: Text, **more: Any) -> str:
    return page(talks, name, f"/texts/{text.pk}", **more)


def test_a_text_of_concepts_is_before_the_body_once_the_chair_opens_it(talks: Talks) -> None:
    text = begun(talks, "conceptual")
    assert status(talks, "quill head", f"/texts/{text.pk}") == 404
    with pytest.raises(Absent):
        propose(talks, text)
    for name in ("quill head", "secretariat", "observer"):
        assert status(talks, name, f"/texts/{text.pk}/concepts/open", {}) == 404
    assert "Put it before the body" in seen(talks, "mediator", text)
    assert status(talks, "mediator", f"/texts/{text.pk}/concepts/open", {}) == 303
    assert "Concepts of a few sentences will stand here" in seen(talks, "quill head", text)
    with pytest.raises(Refused, match="already"):
        acts.open_concepts(talks.viewer("mediator"), text.pk)


def test_a_concept_stands_in_its_delegations_name_in_both_languages(talks: Talks, text: Text) -> None:
    sent = {"title_en": TITLE["en"], "title_zh": "", "body_en": "", "body_zh": BODY["zh"]}
    response = talks.client("quill delegate").post(f"/texts/{text.pk}/concepts/new", sent)
    assert (response.status_code, response["Location"]) == (303, f"/texts/{text.pk}")
    for name in ("cloudberry linguist", "secretariat"):
        found = seen(talks, name, text)
        assert "A shared register" in found
        assert BODY["zh"] in found
        assert "Proposed by Quill Laboratory" in found
    assert "提出方：羽笔实验室" in seen(talks, "cloudberry head", text, language="zh")


def test_observers_do_not_see_who_proposes_what(talks: Talks, text: Text) -> None:
    before = seen(talks, "observer", text)
    echo(talks, text, propose(talks, text))
    assert seen(talks, "observer", text) == before


@pytest.mark.parametrize("name", ["mediator", "chair", "quill expert", "quill counsel", "quill linguist", "observer"])
def test_only_heads_alternates_and_delegates_propose(talks: Talks, text: Text, name: str) -> None:
    assert status(talks, name, f"/texts/{text.pk}/concepts/new") == 404
    assert status(talks, name, f"/texts/{text.pk}/concepts/new", {"title_en": "x", "body_en": "y"}) == 404
    with pytest.raises(Absent):
        propose(talks, text, name)
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"title_en": "x"}, {"body_en": "x"}, {"title_en": "x" * 121, "body_en": "y"},
        {"title_en": "x", "body_zh": "字" * 4001}, {"title_en": "a\u202eb", "body_en": "y"},
    ],
)  # fmt: skip
def test_what_is_no_concept_is_refused(talks: Talks, text: Text, sent: dict[str, str]) -> None:
    assert status(talks, "quill head", f"/texts/{text.pk}/concepts/new", sent) == 422
    assert Proposal.objects.count() == 0


def test_markup_is_shown_as_it_was_typed(talks: Talks, text: Text) -> None:
    propose(talks, text, body={"en": "<b>x</b>", "zh": ""})
    assert "&lt;b&gt;x&lt;/b&gt;" in seen(talks, "chair", text)


def test_a_form_that_is_sent_twice_proposes_once(talks: Talks, text: Text) -> None:
    client, sent = talks.client("quill head"), {"title_en": "x", "body_en": "y"}
    for _ in range(2):
        assert client.post(f"/texts/{text.pk}/concepts/new", sent).status_code == 303
    assert Proposal.objects.count() == 1


def test_another_delegation_echoes_it_and_takes_that_back(talks: Talks, text: Text) -> None:
    concept = propose(talks, text)
    address = f"/texts/{text.pk}/concepts/{concept.pk}"
    assert status(talks, "cloudberry alternate", f"{address}/echo", {}) == 303
    assert echoes(concept) == [str(talks.organisations["cloudberry"].pk)]
    assert "echoed by Cloudberry Academy" in seen(talks, "quill head", text)
    assert status(talks, "cloudberry head", f"{address}/echo", {}) == 409
    assert status(talks, "cloudberry head", f"{address}/take-back", {}) == 303
    assert echoes(concept) == []
    with pytest.raises(Refused, match="does not echo"):
        acts.take_back(talks.viewer("cloudberry head"), text.pk, concept.pk)


@pytest.mark.parametrize("name", ["quill head", "quill alternate"])
def test_the_own_delegation_does_not_echo_its_concept(talks: Talks, text: Text, name: str) -> None:
    concept = propose(talks, text)
    before = StagedLeaf.objects.count()
    with pytest.raises(Refused, match="Your own delegation"):
        echo(talks, text, concept, name)
    assert (echoes(concept), StagedLeaf.objects.count()) == ([], before)


@pytest.mark.parametrize("name", ["cloudberry delegate", "cloudberry linguist", "mediator", "chair", "observer"])
def test_only_heads_and_alternates_echo(talks: Talks, text: Text, name: str) -> None:
    concept = propose(talks, text)
    for last in ("echo", "take-back"):
        assert status(talks, name, f"/texts/{text.pk}/concepts/{concept.pk}/{last}", {}) == 404
    with pytest.raises(Absent):
        echo(talks, text, concept, name)
    assert echoes(concept) == []


def test_its_delegation_withdraws_it_and_nobody_else(talks: Talks, text: Text) -> None:
    concept = propose(talks, text)
    address = f"/texts/{text.pk}/concepts/{concept.pk}/withdraw"
    assert status(talks, "cloudberry head", address, {}) == 409
    assert status(talks, "mediator", address, {}) == 404
    assert state(concept) == "tabled"
    assert status(talks, "quill alternate", address, {}) == 303
    assert state(concept) == "withdrawn"
    with pytest.raises(Refused, match="The state of this concept"):
        echo(talks, text, concept)
    assert "Withdrawn" in seen(talks, "chair", text)


def test_at_the_end_of_a_turn_what_nobody_echoed_lapses_and_stays_readable(talks: Talks, text: Text) -> None:
    echoed, alone = propose(talks, text), propose(talks, text, "lantern head", {"en": "Nobody wants this.", "zh": ""})
    echo(talks, text, echoed)
    found = seen(talks, "chair", text)
    assert "1 concept that no other delegation echoes would lapse." in found
    shown = [str(each.pk) for each in (echoed, alone)]
    assert talks.client("chair").post(f"/texts/{text.pk}/concepts/lapse", {"shown": shown}).status_code == 303
    assert (state(echoed), state(alone)) == ("tabled", "lapsed")
    after = seen(talks, "quill delegate", text)
    assert "Lapsed: no other delegation echoed them" in after
    assert "Nobody wants this." in after
    with pytest.raises(Refused, match="The state of this concept"):
        echo(talks, text, alone)


def test_what_was_proposed_since_the_chair_looked_has_its_turn(talks: Talks, text: Text) -> None:
    first, second = propose(talks, text), propose(talks, text, "lantern head")
    assert acts.lapse(talks.viewer("chair"), text.pk, [str(first.pk), "nonsense"]) == 1
    assert (state(first), state(second)) == ("lapsed", "tabled")
    with pytest.raises(Refused, match="none lapses"):
        acts.lapse(talks.viewer("chair"), text.pk, [])


def test_the_echo_of_a_delegation_that_is_suspended_does_not_count(talks: Talks, text: Text) -> None:
    concept = propose(talks, text)
    echo(talks, text, concept)
    organisation = talks.organisations["cloudberry"]
    organisation.status = "suspended"
    organisation.save()
    assert "echoed by Cloudberry" not in seen(talks, "quill head", text)
    with pytest.raises(Absent):
        echo(talks, text, concept)
    assert acts.lapse(talks.viewer("chair"), text.pk, [str(concept.pk)]) == 1


@pytest.mark.parametrize("name", ["secretariat", "quill head", "observer"])
def test_only_who_drafts_ends_a_turn(talks: Talks, text: Text, name: str) -> None:
    concept = propose(talks, text)
    assert status(talks, name, f"/texts/{text.pk}/concepts/lapse", {"shown": str(concept.pk)}) == 404
    assert state(concept) == "tabled"


def test_a_closed_text_takes_no_concepts(talks: Talks, text: Text) -> None:
    concept = propose(talks, text)
    Text.objects.filter(pk=text.pk).update(state="closed")
    for do in (lambda: propose(talks, text), lambda: echo(talks, text, concept)):
        with pytest.raises(Refused, match="closed"):
            do()
    assert "<form method" not in seen(talks, "cloudberry head", text).split("<main")[1]


def test_a_text_of_another_mode_has_no_concepts(talks: Talks) -> None:
    text = issued(talks)
    with pytest.raises(Absent):
        propose(talks, text)
    assert status(talks, "quill head", f"/texts/{text.pk}/concepts/new") == 404


def test_what_was_typed_stays_where_the_text_was_closed_meanwhile(talks: Talks, text: Text) -> None:
    Text.objects.filter(pk=text.pk).update(state="closed")
    sent = {"title_en": "What I typed", "body_en": "x"}
    response = talks.client("quill head").post(f"/texts/{text.pk}/concepts/new", sent)
    assert response.status_code == 409
    assert "What I typed" in response.content.decode()


def test_a_text_of_concepts_is_not_drafted(talks: Talks, text: Text) -> None:
    response = talks.client("mediator").get(f"/texts/{text.pk}/desk")
    assert (response.status_code, response["Location"]) == (303, f"/texts/{text.pk}")
    with pytest.raises(Refused, match="no drafts"):
        issuing.write_first(talks.viewer("mediator"), text.pk, "1. Words.\n", None)
