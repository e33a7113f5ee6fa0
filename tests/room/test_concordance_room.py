"""Concordance: linguists of two sides find that both languages say the same, or that they do not."""

from __future__ import annotations

import pytest
from room.talks import Talks
from room.tongues import EN, ZH, issue, issued, page, provision, read, status

from tracktwo.room.access import Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting import concordance_acts as acts
from tracktwo.room.drafting.compared import comparison, digest
from tracktwo.room.drafting.models import Standing, Text
from tracktwo.room.drafting.standings import latest, standing
from tracktwo.room.drafting.stored import terms_of, whole
from tracktwo.text.concordance import State

FIRST = "Laboratories shall test"


def now(talks: Talks, text: Text, words: str = FIRST) -> State:
    who = talks.viewer("mediator")
    draft = latest(who, text.pk)
    named = provision(talks, text, words)
    return standing(who, draft, named).checked(whole(draft).passages[named])


def review(talks: Talks, name: str, text: Text, words: str = FIRST, on: object = 1) -> None:
    named = provision(talks, text, words)
    acts.review(talks.viewer(name), text.pk, named, on, digest(read(talks, text).passages[named]))


def note(talks: Talks, name: str, text: Text, reason: str = "English obliges, Chinese advises.") -> None:
    named = provision(talks, text, FIRST)
    acts.note(talks.viewer(name), text.pk, named, 1, digest(read(talks, text).passages[named]), reason)


def test_a_provision_is_concordant_once_two_sides_have_reviewed_it(talks: Talks) -> None:
    text = issued(talks)
    assert now(talks, text).stage == "draft"
    review(talks, "quill linguist", text)
    assert now(talks, text) == State(("A",), bodies=True)
    review(talks, "cloudberry linguist", text)
    assert now(talks, text).stage == "concordant"
    assert "In draft 1, 1 of 4 provisions is concordant." in page(talks, "quill head", f"/texts/{text.pk}/concordance")
    assert "其中1条两种语言一致" in page(talks, "chair", f"/texts/{text.pk}/concordance", language="zh")


@pytest.mark.parametrize("name", ["quill linguist", "lantern linguist"])
def test_the_second_review_is_another_sides(talks: Talks, name: str) -> None:
    text = issued(talks)
    review(talks, "quill linguist", text)
    before = StagedLeaf.objects.count()
    with pytest.raises(Refused, match="another side"):
        review(talks, name, text)
    assert now(talks, text).reviews == ("A",)
    assert StagedLeaf.objects.count() == before


def test_what_is_concordant_is_not_reviewed_again(talks: Talks) -> None:
    text = issued(talks)
    review(talks, "quill linguist", text)
    review(talks, "cloudberry linguist", text)
    with pytest.raises(Refused, match="concordant"):
        review(talks, "sandglass linguist", text)


def test_a_divergence_is_noted_with_its_reason_and_withdrawn_by_the_side_that_noted_it(talks: Talks) -> None:
    text = issued(talks)
    review(talks, "quill linguist", text)
    note(talks, "cloudberry linguist", text)
    assert now(talks, text).stage == "divergent"
    with pytest.raises(Refused, match="divergence is noted"):
        review(talks, "sandglass linguist", text)
    with pytest.raises(Refused, match="already"):
        note(talks, "quill linguist", text)
    named = provision(talks, text, FIRST)
    with pytest.raises(Refused, match="side that noted"):
        acts.withdraw(talks.viewer("quill linguist"), text.pk, named, 1)
    acts.withdraw(talks.viewer("sandglass linguist"), text.pk, named, 1)
    assert now(talks, text) == State(("A",), bodies=True)
    with pytest.raises(Refused, match="No divergence"):
        acts.withdraw(talks.viewer("sandglass linguist"), text.pk, named, 1)


def test_who_notes_a_divergence_takes_the_own_review_back(talks: Talks) -> None:
    text = issued(talks)
    review(talks, "quill linguist", text)
    note(talks, "lantern linguist", text)
    assert now(talks, text).reviews == ()


def test_a_divergence_without_a_reason_is_not_kept_and_the_page_says_so(talks: Talks) -> None:
    text = issued(talks)
    named = provision(talks, text, FIRST)
    posted = {"on": 1, "read": digest(read(talks, text).passages[named]), "reason": "  "}
    response = talks.client("quill linguist").post(f"/texts/{text.pk}/concordance/{named}/note", posted)
    assert response.status_code == 422
    assert Standing.objects.count() == 0
    long = talks.client("quill linguist").post(
        f"/texts/{text.pk}/concordance/{named}/note", posted | {"reason": "word " * 400}
    )
    assert long.status_code == 422
    assert "word word" in long.content.decode()


@pytest.mark.parametrize("reason", ["turned \u202e about", "a \x07 bell"])
def test_characters_that_deceive_are_refused(talks: Talks, reason: str) -> None:
    text = issued(talks)
    named = provision(talks, text, FIRST)
    posted = {"on": 1, "read": digest(read(talks, text).passages[named]), "reason": reason}
    assert status(talks, "quill linguist", f"/texts/{text.pk}/concordance/{named}/note", posted) == 422
    assert Standing.objects.count() == 0


def test_markup_in_a_reason_is_shown_as_it_was_typed(talks: Talks) -> None:
    text = issued(talks)
    note(talks, "quill linguist", text, "<b>bold</b>")
    seen = page(talks, "cloudberry linguist", f"/texts/{text.pk}/concordance")
    assert "&lt;b&gt;bold&lt;/b&gt;" in seen
    assert "<b>bold" not in seen


def test_a_stale_page_reviews_nothing_and_is_told(talks: Talks) -> None:
    text = issued(talks)
    issue(talks, text, EN.replace("each system", "every system"), ZH)
    named = provision(talks, text, "every system")
    client = talks.client("quill linguist")
    for posted in ({"on": 1, "read": "x"}, {"read": "x"}, {"on": "", "read": "x"}, {"on": "one"}):
        response = client.post(f"/texts/{text.pk}/concordance/{named}/review", posted)
        assert response.status_code == 409
        assert "Draft 2 was issued since" in response.content.decode()
    response = client.post(f"/texts/{text.pk}/concordance/{named}/review", {"on": 2, "read": "x"})
    assert "not the words that you read" in response.content.decode()
    assert Standing.objects.count() == 0


def test_a_change_of_either_body_reopens_what_was_concordant(talks: Talks) -> None:
    text = issued(talks)
    for name in ("quill linguist", "cloudberry linguist"):
        review(talks, name, text)
        review(talks, name, text, "may publish")
    issue(talks, text, EN, ZH.replace("每一系统", "各个系统"))
    assert now(talks, text).stage == "draft"
    assert now(talks, text, "may publish").stage == "concordant"


def test_what_is_there_in_one_language_cannot_be_reviewed(talks: Talks) -> None:
    text = issued(talks)
    issue(talks, text, EN + "\n4. Laboratories shall keep records.\n", None)
    assert now(talks, text, "keep records").stage == "untranslated"
    with pytest.raises(Refused, match="one language only"):
        review(talks, "quill linguist", text, "keep records", on=2)
    assert "in one language only" in page(talks, "observer", f"/texts/{text.pk}/concordance")


def test_nothing_is_reviewed_in_a_closed_text(talks: Talks) -> None:
    text = issued(talks)
    Text.objects.filter(pk=text.pk).update(state="closed")
    with pytest.raises(Refused, match="closed"):
        review(talks, "quill linguist", text)
    assert "<button>They say the same" not in page(talks, "quill linguist", f"/texts/{text.pk}/concordance")


@pytest.mark.parametrize("name", ["mediator", "chair", "quill head", "quill delegate", "quill counsel", "observer"])
def test_only_linguists_of_delegations_review(talks: Talks, name: str) -> None:
    text = issued(talks)
    named = provision(talks, text, FIRST)
    with pytest.raises(Absent):
        review(talks, name, text)
    for last in ("review", "note", "withdraw"):
        assert status(talks, name, f"/texts/{text.pk}/concordance/{named}/{last}", {"on": 1}) == 404
    assert status(talks, name, f"/texts/{text.pk}/concordance") == 200
    assert Standing.objects.count() == 0


@pytest.mark.parametrize("name", ["liaison", "briefed", "custodian", "depositary", "auditor", "operator"])
def test_outside_the_room_there_is_no_such_page(talks: Talks, name: str) -> None:
    text = issued(talks)
    assert status(talks, name, f"/texts/{text.pk}/concordance") == 404


def test_linguists_of_a_delegation_that_is_suspended_find_nothing(talks: Talks) -> None:
    text = issued(talks)
    organisation = talks.organisations["quill"]
    organisation.status = "suspended"
    organisation.save()
    with pytest.raises(Absent):
        review(talks, "quill linguist", text)


def test_observers_see_the_stage_and_not_which_side_found_it(talks: Talks) -> None:
    text = issued(talks)
    review(talks, "quill linguist", text, "may publish")
    note(talks, "cloudberry linguist", text, "A secret reason")
    seen = page(talks, "observer", f"/texts/{text.pk}/concordance")
    assert "divergence noted" in seen
    assert "reviewed by one side" in seen
    for hidden in ("A secret reason", "Alder side", "Beech side"):
        assert hidden not in seen
    assert "A secret reason" in page(talks, "quill delegate", f"/texts/{text.pk}/concordance")


def test_a_provision_that_is_not_there_is_absent(talks: Talks) -> None:
    text = issued(talks)
    assert status(talks, "quill linguist", f"/texts/{text.pk}/concordance/nothing/review", {"on": 1}) == 404
    assert status(talks, "quill linguist", f"/texts/{text.pk}/concordance?provision=nothing") == 404


def test_a_text_that_is_being_prepared_is_absent_but_for_who_drafts_it(talks: Talks) -> None:
    from room.tongues import begun

    text = begun(talks)
    assert status(talks, "quill linguist", f"/texts/{text.pk}/concordance") == 404
    assert "Once a draft is issued" in page(talks, "mediator", f"/texts/{text.pk}/concordance")


DIFFERENT = """1. Laboratories shall report within 30 days [to the chair] and shall publish.

2. Safety comes first.
"""
ANDERS = """1. 实验室应在60天内报告。

2. 安全第一。
"""


def test_what_differs_is_marked_in_place_and_said_in_the_readers_language(talks: Talks) -> None:
    text = issued(talks, en=DIFFERENT, zh=ANDERS)
    seen = page(talks, "quill linguist", f"/texts/{text.pk}/concordance")
    assert "<mark>[</mark>" in seen
    assert "<mark>30 days</mark>" in seen or "<mark>30</mark>" in seen
    assert "The bracket “[to the chair]” is there in English alone." in seen
    assert "English has 2 × shall, Chinese has 1 × 应" in seen
    other = page(talks, "quill linguist", f"/texts/{text.pk}/concordance", language="zh")
    assert "方括号“[to the chair]”仅见于英文本。" in other
    assert "英文有2 × shall，中文有1 × 应" in other
    assert 'waiting for my side <span class="figure">2</span>' in seen
    differing = page(talks, "quill linguist", f"/texts/{text.pk}/concordance?stage=differing")
    assert 'with differences <span class="figure">1</span>' in differing
    assert "Safety comes first" not in differing


def test_stages_are_filtered_and_a_review_leads_back_to_the_same_filter(talks: Talks) -> None:
    text = issued(talks)
    named = provision(talks, text, FIRST)
    client = talks.client("quill linguist")
    posted = {"on": 1, "read": digest(read(talks, text).passages[named])}
    response = client.post(f"/texts/{text.pk}/concordance/{named}/review?stage=mine&page=1&x=//evil", posted)
    assert response["Location"] == f"/texts/{text.pk}/concordance?stage=mine&page=1#p-{named}"
    mine = client.get(f"/texts/{text.pk}/concordance?stage=mine").content.decode()
    assert "Laboratories shall test" not in mine
    one = client.get(f"/texts/{text.pk}/concordance?stage=reviewed").content.decode()
    assert "Laboratories shall test" in one
    assert "may publish" not in one
    assert client.get(f"/texts/{text.pk}/concordance?stage=<x>&page=999999&row=x").status_code == 200


def test_five_hundred_provisions_are_compared_once(talks: Talks) -> None:
    en = "\n\n".join(f"{n}. Laboratories shall report [within {n} days] to the chair." for n in range(1, 501))
    zh = "\n\n".join(f"{n}. 实验室应[在{n}天内]向主席报告。" for n in range(1, 501))
    text = issued(talks, en=en, zh=zh)
    client = talks.client("quill linguist")
    assert client.get(f"/texts/{text.pk}/concordance?stage=differing").status_code == 200
    for stage in ("mine", "differing", ""):
        assert client.get(f"/texts/{text.pk}/concordance?stage={stage}").status_code == 200
    draft = latest(talks.viewer("mediator"), text.pk)
    assert comparison(draft, terms_of(text)) is comparison(draft, terms_of(text))


def test_a_note_that_comes_too_late_keeps_what_was_typed(talks: Talks) -> None:
    text = issued(talks)
    named = provision(talks, text, FIRST)
    posted = {"on": 1, "read": digest(read(talks, text).passages[named]), "reason": "My own reason"}
    note(talks, "quill linguist", text)
    late = talks.client("cloudberry linguist").post(f"/texts/{text.pk}/concordance/{named}/note", posted)
    assert late.status_code == 409
    assert "A divergence is noted for this provision already." in late.content.decode()
    assert "My own reason" in late.content.decode()
    issue(talks, text, EN.replace("publish a", "publish one"), ZH)
    stale = talks.client("sandglass linguist").post(f"/texts/{text.pk}/concordance/{named}/note", posted)
    assert stale.status_code == 409
    assert "Draft 2 was issued since" in stale.content.decode()
    assert "My own reason" in stale.content.decode()
