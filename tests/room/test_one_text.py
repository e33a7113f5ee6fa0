"""A one-text: parties criticise in private, and at the end answer one yes or no that the mediator alone hears."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import DELEGATIONS, Talks
from room.tongues import EN, ZH, issue, issued, page, provision, status

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting import bracket_acts, issuing, position_acts, proposing
from tracktwo.room.drafting import one_text_acts as acts
from tracktwo.room.drafting.models import Criticism, Draft, Position, Proposal, Text
from tracktwo.room.drafting.standings import latest
from tracktwo.room.people.models import Process

HEADS = [f"{key} head" for key in DELEGATIONS]
OTHERS = ["chair", "secretariat", "observer", "cloudberry head", "lantern delegate", "quill linguist"]


@pytest.fixture
def text(talks: Talks) -> Text:
    return issued(talks, "one-text")


def criticise(
    talks: Talks, text: Text, name: str = "quill delegate", words: str = "Too vague.", **more: Any
) -> Criticism:
    return acts.criticise(talks.viewer(name), text.pk, more.get("on", 1), more.get("provision"), words)


def heard(talks: Talks, name: str, text: Text) -> str:
    response = talks.client(name).get(f"/texts/{text.pk}/criticisms")
    return response.content.decode() if response.status_code == 200 else ""


# criticism


@pytest.mark.parametrize("name", ["mediator", "quill head", "quill expert", "quill counsel"])
def test_criticism_is_seen_by_the_own_delegation_and_by_the_mediator(talks: Talks, text: Text, name: str) -> None:
    criticise(talks, text)
    assert "Too vague." in heard(talks, name, text)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_learns_of_it(talks: Talks, text: Text, name: str) -> None:
    before = heard(talks, name, text)
    address = f"/texts/{text.pk}/criticisms"
    code = status(talks, name, address)
    made = criticise(talks, text)
    assert heard(talks, name, text) == before
    assert status(talks, name, address) == code
    assert list(visible(talks.viewer(name)).criticisms()) == []
    assert status(talks, name, f"{address}/{made.pk}/withdraw", {}) == 404


@pytest.mark.parametrize(
    "name", ["mediator", "chair", "secretariat", "quill linguist", "observer", "liaison", "auditor"]
)
def test_only_delegations_without_their_linguists_criticise(talks: Talks, text: Text, name: str) -> None:
    with pytest.raises(Absent):
        criticise(talks, text, name)
    assert status(talks, name, f"/texts/{text.pk}/criticise") == 404
    assert status(talks, name, f"/texts/{text.pk}/criticise", {"on": 1, "words": "x"}) == 404
    assert Criticism.objects.count() == 0


def test_it_is_on_a_provision_or_on_the_whole_and_listed_by_either(talks: Talks, text: Text) -> None:
    named = provision(talks, text, "secretariat may")
    client = talks.client("quill delegate")
    assert "selected" in client.get(f"/texts/{text.pk}/criticise?provision={named}").content.decode()
    sent = {"on": 1, "provision": named, "words": "Who summarises?"}
    response = client.post(f"/texts/{text.pk}/criticise", sent)
    assert response["Location"] == f"/texts/{text.pk}/criticisms"
    criticise(talks, text, "cloudberry head", "The whole is unbalanced.")
    by_provision = page(talks, "mediator", f"/texts/{text.pk}/criticisms")
    assert by_provision.index("The whole draft") < by_provision.index("The secretariat may publish")
    by_delegation = page(talks, "mediator", f"/texts/{text.pk}/criticisms?by=delegation")
    assert by_delegation.index("Quill Laboratory") < by_delegation.index("Cloudberry Academy")
    assert "2 criticisms stand." in by_delegation


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"on": 1}, 422), ({"on": 1, "words": "x" * 4001}, 422), ({"on": 1, "words": "a \u202e b"}, 422),
        ({"on": 1, "words": "x", "provision": "nothing"}, 422), ({"on": "x", "words": "x"}, 404),
        ({"on": 7, "words": "x"}, 404), ({"on": "9" * 30, "words": "x"}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused(talks: Talks, text: Text, sent: dict[str, Any], code: int) -> None:
    assert status(talks, "quill delegate", f"/texts/{text.pk}/criticise", sent) == code
    assert Criticism.objects.count() == 0


def test_what_was_typed_stays_and_markup_is_shown_as_typed(talks: Talks, text: Text) -> None:
    client = talks.client("quill delegate")
    seen = client.post(f"/texts/{text.pk}/criticise", {"on": 1, "provision": "nothing", "words": "kept <b>"})
    assert "kept &lt;b&gt;" in seen.content.decode()
    criticise(talks, text, words="<i>x</i>")
    assert "&lt;i&gt;x&lt;/i&gt;" in heard(talks, "mediator", text)


def test_on_a_draft_that_is_not_the_latest_it_is_kept_and_told(talks: Talks, text: Text) -> None:
    named = provision(talks, text, "secretariat may")
    issue(
        talks,
        text,
        EN.replace("3. The secretariat may publish a summary.\n", ""),
        ZH.replace("3. 秘书处可公布摘要。\n", ""),
    )
    sent = {"on": 1, "provision": named, "words": "Who summarises?"}
    assert status(talks, "quill delegate", f"/texts/{text.pk}/criticise", sent) == 303
    assert Criticism.objects.get().draft.number == 1
    for name in ("quill head", "mediator"):
        seen = heard(talks, name, text)
        assert "This is on draft 1. Draft 2 was issued since" in seen
        assert "no longer in the text" in seen


def test_it_is_withdrawn_by_its_author_alone_and_said_to_be(talks: Talks, text: Text) -> None:
    made = criticise(talks, text)
    address = f"/texts/{text.pk}/criticisms/{made.pk}/withdraw"
    assert status(talks, "quill head", address, {}) == 409
    assert status(talks, "cloudberry head", address, {}) == 404
    assert not Criticism.objects.get().withdrawn
    assert status(talks, "quill delegate", address, {}) == 303
    assert "Withdrawn" in heard(talks, "mediator", text)
    with pytest.raises(Refused, match="already"):
        acts.withdraw(talks.viewer("quill delegate"), text.pk, made.pk)


def test_its_words_are_sealed(talks: Talks, text: Text) -> None:
    from django.db import connection

    criticise(talks, text, words="Zanzibar clause")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM room_criticism")
        assert b"Zanzibar" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("mode", ["bracketed"])
def test_in_another_mode_nothing_is_criticised_or_asked(talks: Talks, mode: str) -> None:
    text = issued(talks, mode)
    for last in ("criticise", "criticisms", "answer"):
        assert status(talks, "quill head", f"/texts/{text.pk}/{last}") == 404
    assert status(talks, "mediator", f"/texts/{text.pk}/ask", {"on": 1}) == 404
    with pytest.raises(Absent):
        criticise(talks, text)


def test_a_closed_text_hears_nothing_more(talks: Talks, text: Text) -> None:
    Text.objects.filter(pk=text.pk).update(state="closed")
    with pytest.raises(Refused, match="closed"):
        criticise(talks, text)
    with pytest.raises(Refused, match="closed"):
        acts.ask(talks.viewer("mediator"), text.pk, 1)


# what parties do not do here


def test_parties_neither_propose_hold_nor_take_positions(talks: Talks, text: Text) -> None:
    head, named = talks.viewer("quill head"), provision(talks, text, "within 30 days")
    with pytest.raises(Refused):
        proposing.propose(head, text.pk, 1, proposing.Given("SUP", named))
    with pytest.raises(Refused):
        bracket_acts.hold(head, text.pk, named, "0-0", 1)
    with pytest.raises(Refused):
        position_acts.take(head, text.pk, named, "support", {"en": "", "zh": ""}, 1)
    for write in (issuing.write_first, issuing.write_provision):
        with pytest.raises(Absent):
            write(head, text.pk, *(["x"] * (2 if write is issuing.write_first else 4)))
    assert (Proposal.objects.count(), Position.objects.count()) == (0, 0)


# one yes or no


def ask(talks: Talks, text: Text) -> None:
    acts.ask(talks.viewer("mediator"), text.pk, latest(talks.viewer("mediator"), text.pk).number)


def answer(talks: Talks, text: Text, name: str, value: str, on: int = 1) -> None:
    acts.answer(talks.viewer(name), text.pk, on, value)


def asked_page(talks: Talks, name: str, text: Text) -> str:
    return page(talks, name, f"/texts/{text.pk}/answer")


def test_a_draft_is_accepted_if_every_delegation_said_yes(talks: Talks, text: Text) -> None:
    ask(talks, text)
    for name in HEADS:
        assert status(talks, name, f"/texts/{text.pk}/answer", {"on": 1, "value": "yes"}) == 303
    assert status(talks, "mediator", f"/texts/{text.pk}/close-asking", {"on": 1}) == 303
    for name in ("mediator", "chair", "quill linguist", "cloudberry delegate", "observer"):
        assert "All delegations accepted draft 1." in asked_page(talks, name, text)


@pytest.mark.parametrize("last", ["no", ""])
def test_one_no_or_one_silence_is_enough_and_all_are_told_the_same(talks: Talks, last: str) -> None:
    text = issued(talks, "one-text")
    ask(talks, text)
    for name in HEADS[:-1]:
        answer(talks, text, name, "yes")
    if last:
        answer(talks, text, HEADS[-1], last)
    assert acts.close_asking(talks.viewer("mediator"), text.pk, 1) is False
    seen = asked_page(talks, "quill head", text)
    assert "Draft 1 was not accepted by all." in seen
    for hidden in ("Sandglass", "Cloudberry", "Lantern"):
        assert hidden not in seen
    assert "未获各方一致接受" in page(talks, "observer", f"/texts/{text.pk}/answer", language="zh")


def test_a_delegation_that_is_suspended_is_not_waited_for(talks: Talks, text: Text) -> None:
    ask(talks, text)
    for name in HEADS[:-1]:
        answer(talks, text, name, "yes")
    answer(talks, text, HEADS[-1], "no")
    organisation = talks.organisations["sandglass"]
    organisation.status = "suspended"
    organisation.save()
    assert acts.close_asking(talks.viewer("mediator"), text.pk, 1) is True


@pytest.mark.parametrize("name", [*OTHERS, "cloudberry alternate"])
def test_others_learn_nothing_of_an_answer_while_it_is_asked(talks: Talks, text: Text, name: str) -> None:
    ask(talks, text)
    own = name.startswith("quill")
    before = asked_page(talks, name, text)
    answer(talks, text, "quill head", "no")
    assert (asked_page(talks, name, text) == before) is not own
    if not own:
        assert list(visible(talks.viewer(name)).positions()) == []


def test_the_own_delegation_sees_its_answer_and_the_mediator_who_answered_what(talks: Talks, text: Text) -> None:
    ask(talks, text)
    answer(talks, text, "quill alternate", "no")
    assert "Your delegation’s answer: No." in asked_page(talks, "quill delegate", text)
    seen = asked_page(talks, "mediator", text)
    assert seen.count("none yet") == 3
    assert "Quill Laboratory</span></th><td>No</td>" in seen


def test_an_answer_is_changed_until_the_asking_is_closed(talks: Talks, text: Text) -> None:
    ask(talks, text)
    answer(talks, text, "quill head", "no")
    answer(talks, text, "quill alternate", "yes")
    assert Position.objects.get().content["value"] == "yes"
    acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    with pytest.raises(Refused, match="closed"):
        answer(talks, text, "quill head", "no")
    with pytest.raises(Refused, match="closed"):
        acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    assert Position.objects.get().content["value"] == "yes"


def test_each_draft_is_asked_about_once(talks: Talks, text: Text) -> None:
    with pytest.raises(Refused, match="Nobody is asked"):
        answer(talks, text, "quill head", "yes")
    with pytest.raises(Refused, match="Nobody is asked"):
        acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    ask(talks, text)
    acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    with pytest.raises(Refused, match="once"):
        ask(talks, text)


def test_a_new_draft_ends_an_asking_and_all_are_told(talks: Talks, text: Text) -> None:
    ask(talks, text)
    answer(talks, text, "quill head", "yes")
    issue(talks, text, EN.replace("each system", "every system"), ZH)
    assert Draft.objects.get(text=text, number=1).asked == "closed"
    for name in ("quill head", "cloudberry head", "observer"):
        assert "Another draft was issued before that was closed" in asked_page(talks, name, text)
    with pytest.raises(Refused, match="was issued since"):
        answer(talks, text, "quill head", "no", on=1)
    with pytest.raises(Refused, match="was issued since"):
        acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    with pytest.raises(Refused, match="Nobody is asked"):
        answer(talks, text, "quill head", "yes", on=2)


@pytest.mark.parametrize("name", ["mediator", "chair", "quill delegate", "quill expert", "quill linguist", "observer"])
def test_only_heads_and_alternates_answer(talks: Talks, text: Text, name: str) -> None:
    ask(talks, text)
    assert status(talks, name, f"/texts/{text.pk}/answer", {"on": 1, "value": "yes"}) == 404
    with pytest.raises(Absent):
        answer(talks, text, name, "yes")
    assert Position.objects.count() == 0


@pytest.mark.parametrize("name", ["chair", "secretariat", "quill head", "observer"])
def test_only_the_mediator_asks_and_closes(talks: Talks, text: Text, name: str) -> None:
    for last in ("ask", "close-asking"):
        assert status(talks, name, f"/texts/{text.pk}/{last}", {"on": 1}) == 404
    with pytest.raises(Absent):
        acts.ask(talks.viewer(name), text.pk, 1)
    assert Draft.objects.get(text=text).asked == ""


@pytest.mark.parametrize(
    ("sent", "code"), [({"on": 1}, 422), ({"on": 1, "value": "perhaps"}, 422), ({"value": "yes"}, 409)]
)
def test_an_answer_that_is_none_is_refused(talks: Talks, text: Text, sent: dict[str, Any], code: int) -> None:
    ask(talks, text)
    assert status(talks, "quill head", f"/texts/{text.pk}/answer", sent) == code
    assert Position.objects.count() == 0


def test_nothing_is_told_while_all_releases_are_frozen(talks: Talks, text: Text) -> None:
    ask(talks, text)
    before = StagedLeaf.objects.count()
    Process.objects.filter(pk=talks.process.pk).update(frozen=True)
    with pytest.raises(Refused, match="frozen"):
        acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    assert Draft.objects.get(text=text).asked == "asked"
    assert StagedLeaf.objects.count() == before


def test_with_two_delegations_the_page_says_beforehand_what_a_failure_tells(talks: Talks, text: Text) -> None:
    ask(talks, text)
    assert "Two delegations are at the table" not in asked_page(talks, "quill head", text)
    for key in ("lantern", "sandglass"):
        organisation = talks.organisations[key]
        organisation.status = "withdrew"
        organisation.save()
    for name in ("quill head", "cloudberry head"):
        assert "whoever said yes knows from that alone" in asked_page(talks, name, text)
    assert "在席与会方仅有两方" in page(talks, "quill head", f"/texts/{text.pk}/answer", language="zh")


def test_what_was_typed_stays_where_the_text_was_closed_meanwhile(talks: Talks, text: Text) -> None:
    Text.objects.filter(pk=text.pk).update(state="closed")
    sent = {"on": 1, "words": "What I typed"}
    response = talks.client("quill delegate").post(f"/texts/{text.pk}/criticise", sent)
    assert response.status_code == 409
    assert "What I typed" in response.content.decode()
    assert Criticism.objects.count() == 0


def test_the_page_of_the_text_says_that_all_are_asked_and_where_the_result_is(talks: Talks, text: Text) -> None:
    before = page(talks, "quill head", f"/texts/{text.pk}")
    assert "is asked for one yes or no to this draft" not in before
    ask(talks, text)
    assert "is asked for one yes or no to this draft" in page(talks, "quill head", f"/texts/{text.pk}")
    acts.close_asking(talks.viewer("mediator"), text.pk, 1)
    assert "What came of the question to all" in page(talks, "observer", f"/texts/{text.pk}")
