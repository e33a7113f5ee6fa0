"""The home page and the console know of texts: how far they are, and what waits for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from room.drafted import Drafted, issued
from room.talks import DELEGATIONS, Talks
from room.texts_laid import begun_text, laid
from room.tongues import begun, issue
from room.tongues import issued as tongue

from tracktwo.room.concerns.models import Sounding, Statement
from tracktwo.room.drafting import (
    bracket_acts,
    concept_acts,
    concordance_acts,
    group_acts,
    issuing,
    one_text_acts,
    position_acts,
    proposing,
)
from tracktwo.room.drafting.compared import digest
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.drafting.stored import whole
from tracktwo.room.people import standing_acts
from tracktwo.room.people.wanted import awaited, wanted
from tracktwo.room.people.wishes import Wish

TITLE = "Common rules on frontier systems"
JOINT = "Joint text"


def asked(talks: Talks, name: str, language: Any = "en") -> list[str]:
    return [wish.words.said(language) for wish in wanted(talks.viewer(name))]


def others(talks: Talks, href: str) -> list[tuple[str, str]]:
    found = [each for each in awaited(talks.viewer("mediator")) if each.href.endswith(href)]
    return sorted((each.whose.said("en") if each.whose else "", each.words.said("en")) for each in found)


def acknowledged(found: Drafted) -> Drafted:
    """Nobody is asked for a receipt any more."""
    for each in DELEGATIONS:
        issuing.acknowledge(found.talks.viewer(f"{each} head"), found.text.pk, found.draft.number)
    return found


def mod(talks: Talks, found: Drafted, who: str = "quill head", label: str = "7") -> Any:
    given = Given("MOD", found.provision(label), en="This text binds nobody before all of it is adopted.")
    return proposing.propose(talks.viewer(who), found.text.pk, 1, given)


def home(talks: Talks, name: str, language: str = "en") -> str:
    return str(talks.client(name, language=language).get("/").content.decode())


# the step and the sentence


def test_the_step_says_how_many_provisions_are_agreed(talks: Talks) -> None:
    found = issued(talks)
    for name in ("quill head", "sandglass expert", "observer", "secretariat"):
        page = home(talks, name)
        assert '<li aria-current="step"><a href="/texts">One text</a>' in page
        assert "0 of 7 provisions agreed" in page
        assert f"Draft 1 of “{TITLE}” is before the body." in page
    position_acts.light(talks.viewer("mediator"), found.text.pk, found.provision("7"), "plenary", 1)
    assert "1 of 7 provisions agreed" in home(talks, "observer")
    page = home(talks, "quill head", "zh")
    assert "7条中议定1条" in page
    assert "《前沿系统共同规则》第1号草案正在审议。" in page


def test_a_text_that_is_agreed_in_a_group_is_not_agreed_yet(talks: Talks) -> None:
    found = issued(talks)
    position_acts.light(talks.viewer("mediator"), found.text.pk, found.provision("7"), "group", 1)
    assert "0 of 7 provisions agreed" in home(talks, "quill head")


def test_the_home_page_of_a_one_text_and_of_concepts_says_where_it_is(talks: Talks) -> None:
    text = tongue(talks, "one-text")
    assert "draft 1</span>" in home(talks, "quill head")
    issue(talks, text, en="1. Another text.\n", zh="1. 另一文本。\n")
    assert "draft 2</span>" in home(talks, "quill head")


def test_a_text_of_concepts_has_no_draft(talks: Talks) -> None:
    text = begun(talks, "conceptual")
    before = home(talks, "quill head")
    assert "being convened" in before
    concept_acts.open_concepts(talks.viewer("mediator"), text.pk)
    page = home(talks, "quill head")
    assert f"The text “{JOINT}” is before the body." in page
    assert '<li aria-current="step"><a href="/texts">One text</a></li>' in page


def test_several_texts_are_counted(talks: Talks) -> None:
    issued(talks)
    tongue(talks, "one-text")
    page = home(talks, "quill head")
    assert "2 texts are before the body." in page
    assert "0 of 7 provisions agreed" in page
    assert "现有2项案文正在审议。" in home(talks, "quill head", "zh")


def test_the_sentence_says_that_the_room_votes_at_the_same_time(talks: Talks) -> None:
    issued(talks)
    sounding = Sounding.objects.create(process=talks.process, title={"en": "First", "zh": ""}, state="open")
    body = {"en": "A", "zh": "", "original": "en", "translation": "needed"}
    Statement.objects.create(sounding=sounding, number=0, body=body)
    assert "is before the body; the room is voting on 1 statement." in home(talks, "quill head")
    Sounding.objects.update(state="closed")
    assert "is before the body." in home(talks, "quill head")


def test_a_text_that_is_prepared_changes_nothing_for_anybody(talks: Talks) -> None:
    names = ("quill head", "observer", "quill linguist", "liaison")
    clients = [talks.client(name) for name in names]
    before = [client.get("/").content for client in clients]
    laid(talks, begun_text(talks))
    assert [client.get("/").content for client in clients] == before


def test_a_text_that_is_closed_is_before_the_body_no_more(talks: Talks) -> None:
    found = issued(talks)
    mod(talks, found)
    issuing.settle_text(talks.viewer("mediator"), found.text.pk, found.text.title, "bracketed", close=True)
    assert "is before the body" not in home(talks, "quill head")
    for name in ("quill head", "mediator", "quill linguist"):
        assert asked(talks, name) == []
    assert awaited(talks.viewer("mediator")) == []


def test_who_is_outside_reads_the_same_bytes_whatever_happens_to_texts(talks: Talks) -> None:
    clients = [talks.client(name) for name in ("liaison", "briefed", "auditor", "custodian")]
    before = [client.get("/").content for client in clients]
    found = issued(talks)
    mod(talks, found)
    assert [client.get("/").content for client in clients] == before


# what waits for heads and alternates


def test_a_bracket_that_the_chair_asks_about_waits_for_who_has_not_answered(talks: Talks) -> None:
    found = acknowledged(issued(talks))
    assert asked(talks, "quill head") == []
    found.act("call", "mediator", "1", 2, fate="lifted", until=timezone.localdate())
    assert asked(talks, "quill head") == [f"1 bracket waits for your delegation: {TITLE}"]
    assert wanted(talks.viewer("quill alternate"))[0].href == found.at("1", 2)
    assert asked(talks, "quill delegate") == asked(talks, "observer") == asked(talks, "quill expert") == []
    found.act("fine", "quill head", "1", 2)
    assert asked(talks, "quill head") == asked(talks, "quill alternate") == []
    assert len(asked(talks, "lantern head")) == 1
    assert asked(talks, "lantern head", "zh") == ["有1处方括号待贵方处理：前沿系统共同规则"]


def test_a_bracket_waits_for_a_holder_once_another_holder_has_spoken(talks: Talks) -> None:
    found = acknowledged(issued(talks))
    for who in ("quill head", "cloudberry head"):
        found.act("hold", who, "4", 0)
        found.act("hold", who, "4", 1)
    assert asked(talks, "quill head") == []
    found.act("say", "cloudberry head", "4", 0, fate="dropped")
    assert asked(talks, "quill head") == [f"1 bracket waits for your delegation: {TITLE}"]
    found.act("say", "cloudberry head", "4", 1, fate="lifted")
    assert asked(talks, "quill head") == [f"2 brackets wait for your delegation: {TITLE}"]
    assert wanted(talks.viewer("quill head"))[0].href == found.address
    assert asked(talks, "cloudberry head") == asked(talks, "lantern head") == []


def test_a_waiver_waits_for_heads_and_nothing_else_of_that_text_is_seen(talks: Talks) -> None:
    text = begun_text(talks)
    laid(talks, text, zh=None)
    head = talks.client("quill head")
    nowhere = head.get("/no-such-place").content
    pages = ("", "/ledger", "/terms", "/concordance", "/groups", "/drafts/1", "/compare", "/files", "/files/en.md",
             "/desk", "/settings", "/word", "/proposals", "/provisions/x", "/add", "/criticise", "/answer")  # fmt: skip
    for page in pages:
        assert head.get(f"/texts/{text.pk}{page}").content == nowhere, page
    issuing.ask_waiver(talks.viewer("mediator"), text.pk)
    assert asked(talks, "quill head") == ["You are asked to waive a language for draft 1: Frontier text"]
    assert wanted(talks.viewer("quill head"))[0].href == f"/texts/{text.pk}/ledger#waiver"
    assert "Frontier text" in head.get("/texts").content.decode()
    for page in pages:
        said = head.get(f"/texts/{text.pk}{page}").content.decode()
        for words in ("cooperate", "report its tests", "Recalling", "This is to go", "before the body"):
            assert words not in said, page
    assert "No draft of this text was issued yet" in head.get(f"/texts/{text.pk}").content.decode()
    for name in ("quill delegate", "quill linguist", "observer", "secretariat"):
        assert asked(talks, name) == []
        assert talks.client(name).get(f"/texts/{text.pk}").status_code == 404
    assert "is before the body" not in home(talks, "quill head")
    assert len(others(talks, "/desk")) == 4
    issuing.waive(talks.viewer("quill head"), text.pk)
    assert asked(talks, "quill alternate") == []
    assert len(others(talks, "/desk")) == 3
    assert "Quill" not in str(others(talks, "/desk"))


def test_a_yes_or_no_waits_for_delegations_that_have_not_answered(talks: Talks) -> None:
    text = tongue(talks, "one-text")
    for each in DELEGATIONS:
        issuing.acknowledge(talks.viewer(f"{each} head"), text.pk, 1)
    assert asked(talks, "quill head") == []
    one_text_acts.ask(talks.viewer("mediator"), text.pk, 1)
    before = talks.client("lantern head").get("/").content
    assert asked(talks, "quill head") == [f"Your delegation is asked for a yes or no: {JOINT}"]
    assert asked(talks, "quill delegate") == []
    one_text_acts.answer(talks.viewer("quill head"), text.pk, 1, "no")
    assert asked(talks, "quill head") == asked(talks, "quill alternate") == []
    assert talks.client("lantern head").get("/").content == before  # others do not learn who answered
    assert [whose.split(", ")[1] for whose, _ in others(talks, "/answer")] == [
        "Cloudberry Academy", "Lantern School", "Sandglass Laboratory",
    ]  # fmt: skip


def test_a_draft_that_was_not_acknowledged_waits_last(talks: Talks) -> None:
    text = tongue(talks)
    found = Draft.objects.get(text=text)
    assert asked(talks, "quill head") == [f"Say that you have draft 1: {JOINT}"]
    assert len(others(talks, "/ledger")) == 4
    issuing.acknowledge(talks.viewer("quill alternate"), text.pk, found.number)
    assert asked(talks, "quill head") == []
    assert len(others(talks, "/ledger")) == 3


# what waits for authors, linguists, facilitators


def test_a_proposal_on_an_older_draft_waits_for_its_authors(talks: Talks) -> None:
    found = issued(talks)
    made = mod(talks, found, "quill delegate")
    assert asked(talks, "quill delegate") == []
    issued(talks, text=found.text, number=2)
    words = f"1 proposal of your delegation is on an older draft: {TITLE}"
    assert words in asked(talks, "quill delegate")
    assert words in asked(talks, "quill head")
    assert asked(talks, "quill expert") == asked(talks, "lantern delegate") == []
    assert others(talks, "/proposals")[-1] == (
        "Quill Laboratory", f"1 proposal on an older draft to be confirmed: {TITLE}",
    )  # fmt: skip
    proposing.confirm(talks.viewer("quill head"), found.text.pk, made.pk)
    assert asked(talks, "quill delegate") == []


def test_provisions_wait_for_the_linguists_of_each_side(talks: Talks) -> None:
    text = tongue(talks)
    words = f"4 provisions wait for your side’s review: {JOINT}"
    assert asked(talks, "quill linguist") == asked(talks, "sandglass linguist") == [words]
    assert asked(talks, "quill head") == [f"Say that you have draft 1: {JOINT}"]
    draft = Draft.objects.select_related("text").get(text=text)
    identity, passage = next(iter(whole(draft).passages.items()))
    concordance_acts.review(talks.viewer("quill linguist"), text.pk, identity, 1, digest(passage))
    assert asked(talks, "lantern linguist") == [words.replace("4", "3")]
    assert asked(talks, "sandglass linguist") == [words]
    assert others(talks, "/concordance") == [("linguists", f"4 provisions to be reviewed in both languages: {JOINT}")]
    concordance_acts.review(talks.viewer("sandglass linguist"), text.pk, identity, 1, digest(passage))
    assert others(talks, "/concordance") == [("linguists", f"3 provisions to be reviewed in both languages: {JOINT}")]


def test_a_facilitator_is_reminded_of_a_group_that_has_not_reported(talks: Talks) -> None:
    found = issued(talks)
    group = group_acts.set_up(
        talks.viewer("mediator"), found.text.pk, {"en": "Incidents", "zh": "事故"}, talks.seats["quill expert"].pk,
        [talks.seats["lantern head"].pk], [found.provision("3")],
    )  # fmt: skip
    assert asked(talks, "quill expert") == ["Your contact group has not reported back: Incidents"]
    assert asked(talks, "lantern delegate") == []
    assert others(talks, f"/groups/{group.pk}") == [("Quill Expert", "Contact group has not reported back: Incidents")]
    group_acts.report(talks.viewer("quill expert"), found.text.pk, group.pk, {"en": "Done.", "zh": ""}, [], [])
    assert asked(talks, "quill expert") == []


# what waits for the chair and the mediator


def test_proposals_and_questions_wait_for_the_chair(talks: Talks) -> None:
    found = acknowledged(issued(talks))
    made = mod(talks, found)
    words = f"1 proposal waits for a decision: {TITLE}"
    assert asked(talks, "chair") == asked(talks, "mediator") == [words]
    assert ("mediator", words) in others(talks, "/proposals")
    proposing.decide(talks.viewer("chair"), found.text.pk, made.pk, "left")
    assert asked(talks, "chair") == []
    found.act("call", "chair", "1", 2, fate="lifted", until=timezone.localdate())
    assert asked(talks, "chair") == []
    assert len(others(talks, found.address)) == 4
    for each in DELEGATIONS:
        found.act("fine", f"{each} head", "1", 2)
    assert asked(talks, "chair") == [f"1 question about a bracket can be concluded: {TITLE}"]
    assert others(talks, found.address) == []
    found.act("conclude", "chair", "1", 2)
    assert asked(talks, "chair") == []


def test_a_question_can_be_concluded_once_its_day_is_over(talks: Talks) -> None:
    found = acknowledged(issued(talks))
    found.act("call", "chair", "1", 2, fate="dropped", until=timezone.localdate())
    chair = talks.viewer("chair")
    later = type(chair)(chair.account, chair.seat, chair.today + timedelta(days=1))
    words = [each.words.said("en") for each in wanted(later)]
    assert words == [f"1 question about a bracket can be concluded: {TITLE}"]
    provision, key = found.provision("1"), found.key("1", 2)
    bracket_acts.conclude(later, found.text.pk, provision, key, 1)
    assert wanted(later) == []


def test_criticism_is_a_count_that_the_mediator_alone_reads(talks: Talks) -> None:
    text = tongue(talks, "one-text")
    clients = [talks.client(name) for name in ("chair", "lantern head", "quill delegate", "secretariat")]
    before = [client.get("/").content for client in clients]
    made = one_text_acts.criticise(talks.viewer("quill expert"), text.pk, 1, None, "Too short.")
    words = f"1 criticism of draft 1: {JOINT}"
    assert asked(talks, "mediator") == [words]
    assert [client.get("/").content for client in clients] == before
    assert ("mediator", words) in others(talks, "/criticisms")
    one_text_acts.withdraw(talks.viewer("quill expert"), text.pk, made.pk)
    assert asked(talks, "mediator") == []


# who is asked nothing


def test_a_delegation_that_is_suspended_is_asked_nothing(talks: Talks) -> None:
    found = issued(talks)
    found.act("call", "mediator", "1", 2, fate="lifted", until=timezone.localdate())
    assert len(asked(talks, "quill head")) == 1
    standing_acts.suspend(talks.viewer("mediator"), talks.organisations["quill"].id)
    assert asked(talks, "quill head") == []
    assert not any("Quill" in whose for whose, _ in others(talks, found.address))


def test_at_most_three_things_are_shown_the_most_urgent_first(talks: Talks) -> None:
    found = issued(talks)
    one = tongue(talks, "one-text")
    one_text_acts.ask(talks.viewer("mediator"), one.pk, 1)
    found.act("call", "mediator", "1", 2, fate="lifted", until=timezone.localdate())
    mod(talks, found)
    issued(talks, text=found.text, number=2)
    bracket_acts.call(
        talks.viewer("mediator"), found.text.pk, found.provision("1"), found.key("1", 2), 2, "lifted",
        timezone.localdate(),
    )  # fmt: skip
    assert asked(talks, "quill head") == [
        f"Your delegation is asked for a yes or no: {JOINT}",
        f"1 bracket waits for your delegation: {TITLE}",
        f"1 proposal of your delegation is on an older draft: {TITLE}",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_with_markup_or_braces_is_shown_as_it_was_typed(talks: Talks, language: str) -> None:
    found = issued(talks)
    Text.objects.filter(pk=found.text.pk).update(title={"en": "<b>{0} {x}</b>", "zh": "<b>{0} {x}</b>"})
    page = home(talks, "quill head", language)
    assert page.count("&lt;b&gt;{0} {x}&lt;/b&gt;") == 1
    assert "<b>" not in page


def test_everything_on_the_console_says_of_whom_it_is_wanted(talks: Talks) -> None:
    found = issued(talks)
    found.act("call", "mediator", "1", 2, fate="lifted", until=timezone.localdate())
    mod(talks, found)
    wishes: list[Wish] = awaited(talks.viewer("mediator"))
    assert wishes
    assert all(wish.whose is not None for wish in wishes)
    for language in ("en", "zh"):
        page = talks.client("mediator", language=language).get("/console").content.decode()
        assert "/proposals" in page
    assert awaited(talks.viewer("chair")) == awaited(talks.viewer("quill head")) == []
