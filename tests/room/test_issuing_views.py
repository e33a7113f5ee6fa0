"""Issuing a draft to all at the same moment, the ledger that says so, receipts and waivers."""

from __future__ import annotations

import hashlib
import re

import pytest
from room.talks import DELEGATIONS, Talks
from room.texts_laid import EN, begun_text, issued, laid, second

from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.models import Draft
from tracktwo.room.drafting.stored import whole
from tracktwo.room.people.models import Organisation, Process


def test_issuing_is_asked_about_and_says_to_whom_it_goes(talks: Talks) -> None:
    text = begun_text(talks)
    draft = laid(talks, text)
    client = talks.client("chair")
    asked = client.post(f"/texts/{text.pk}/desk/issue").content.decode()
    assert "It goes to all 4 delegations at the same moment, in both languages." in asked
    for _, name in DELEGATIONS.values():
        assert name["en"] in asked
    assert whole(draft).hash in asked
    assert not Draft.objects.filter(state="issued").exists()
    answer = client.post(f"/texts/{text.pk}/desk/issue", {"sure": "yes", "seen": whole(draft).hash})
    assert (answer.status_code, answer["Location"]) == (303, f"/texts/{text.pk}/ledger#draft-1")
    assert Draft.objects.get(state="issued").number == 1


def test_what_was_changed_meanwhile_is_not_issued_unseen(talks: Talks) -> None:
    text = begun_text(talks)
    seen = whole(laid(talks, text)).hash
    laid(talks, text, EN.replace("safety", "security"), None)
    answer = talks.client("chair").post(f"/texts/{text.pk}/desk/issue", {"sure": "yes", "seen": seen})
    assert answer.status_code == 409
    assert "Nothing was issued" in answer.content.decode()
    assert not Draft.objects.filter(state="issued").exists()


def test_nothing_is_issued_without_a_working_draft_or_while_releases_are_frozen(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("mediator")
    assert client.post(f"/texts/{text.pk}/desk/issue").status_code == 409
    seen = whole(laid(talks, text)).hash
    Process.objects.update(frozen=True)
    answer = client.post(f"/texts/{text.pk}/desk/issue", {"sure": "yes", "seen": seen})
    assert answer.status_code == 409
    assert "All releases are frozen" in answer.content.decode()


def test_the_ledger_says_what_was_made_available_when_and_to_whom(talks: Talks) -> None:
    Organisation.objects.filter(pk=talks.organisations["lantern"].pk).update(status="suspended")
    _, last = second(talks)
    said = talks.client("observer").get(f"/texts/{last.text_id}/ledger").content.decode()
    assert said.index("Draft 2") < said.index("Draft 1")
    assert last.ledger["hash"] in said
    for of in ("en", "zh"):
        assert hashlib.sha256(whole(last).draft.text(of).encode()).hexdigest() in said
    assert "Cloudberry Academy, Quill Laboratory, Sandglass Laboratory" in said
    assert "Lantern" not in said
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\dZ">\d+ \w+ \d{4}, \d\d:\d\d UTC</time>', said)
    assert "It does not prove that anybody read them" in said
    assert "Receipt confirmed by" not in said
    assert "/files/" not in said  # an observer takes none
    assert (
        "本记录不能证明任何人已经阅读"
        in talks.client("quill head", language="zh").get(f"/texts/{last.text_id}/ledger").content.decode()
    )


def test_an_empty_ledger_says_what_will_be_there(talks: Talks) -> None:
    text = begun_text(talks)
    said = talks.client("chair").get(f"/texts/{text.pk}/ledger").content.decode()
    assert "Each draft that is issued will stand here" in said


@pytest.mark.parametrize("name", ["quill head", "quill alternate"])
def test_a_head_confirms_receipt_once_and_who_drafts_sees_it(talks: Talks, name: str) -> None:
    draft = issued(talks)
    path = f"/texts/{draft.text_id}"
    client = talks.client(name)
    assert "We have it" in client.get(f"{path}/ledger").content.decode()
    for more in ({}, {"again": "1"}):
        assert client.post(f"{path}/receipt", {"number": "1"} | more).status_code == 303
    draft.refresh_from_db()
    assert draft.ledger["receipts"] == [str(talks.organisations["quill"].pk)]
    own = client.get(f"{path}/ledger").content.decode()
    assert "Your delegation has confirmed" in own
    assert "We have it" not in own
    editor = talks.client("chair").get(f"{path}/ledger").content.decode()
    assert re.search(
        r"Receipt confirmed by</dt><dd>Quill Laboratory; not by Cloudberry Academy, Lantern School, Sand", editor
    )
    other = talks.client("cloudberry head").get(f"{path}/ledger").content.decode()
    assert "Your delegation has confirmed" not in other
    assert "Receipt confirmed by" not in other


def test_one_delegations_receipt_changes_no_byte_of_what_others_read(talks: Talks) -> None:
    draft = issued(talks)
    path = f"/texts/{draft.text_id}/ledger"
    readers = [talks.client(each) for each in ("cloudberry head", "quill linguist", "observer", "secretariat")]
    before = [each.get(path).content for each in readers]
    talks.client("sandglass head").post(f"/texts/{draft.text_id}/receipt", {"number": "1"})
    assert [each.get(path).content for each in readers] == before


@pytest.mark.parametrize(
    "name", ["quill delegate", "quill counsel", "quill linguist", "mediator", "observer", "liaison"]
)
def test_nobody_else_confirms_or_waives(talks: Talks, name: str) -> None:
    draft = issued(talks)
    client = talks.client(name)
    nowhere = client.get("/no-such-place").content
    assert client.post(f"/texts/{draft.text_id}/receipt", {"number": "1"}).content == nowhere
    assert client.post(f"/texts/{draft.text_id}/waive").content == nowhere


@pytest.mark.parametrize("number", ["²", "99999999999999999999", "", "0", "2", "x", "-1", "1.0", "９", "9" * 30])
def test_a_draft_that_is_not_there_is_not_confirmed(talks: Talks, number: str) -> None:
    draft = issued(talks)
    client = talks.client("quill head")
    answer = client.post(f"/texts/{draft.text_id}/receipt", {"number": number})
    assert (answer.status_code, answer.content) == (404, client.get("/no-such-place").content)


def test_one_language_is_issued_once_every_head_has_waived(talks: Talks) -> None:
    text = begun_text(talks)
    laid(talks, text, zh=None)
    chair, head = talks.client("chair"), talks.client("quill head")
    nowhere = head.get("/no-such-place").content
    assert "Ask heads of delegation to waive it" in chair.get(f"/texts/{text.pk}/desk").content.decode()
    assert head.get(f"/texts/{text.pk}/ledger").content == nowhere
    seen = whole(Draft.objects.get()).hash
    early = chair.post(f"/texts/{text.pk}/desk/issue", {"sure": "yes", "seen": seen})
    assert early.status_code == 409
    assert "not every head of delegation has waived" in early.content.decode()
    assert chair.post(f"/texts/{text.pk}/desk/ask").status_code == 303
    assert "You are asked to waive a language" in head.get("/texts").content.decode()
    assert "Waive it for draft 1" in head.get(f"/texts/{text.pk}/ledger").content.decode()
    delegate = talks.client("quill delegate")
    assert delegate.get(f"/texts/{text.pk}/ledger").content == delegate.get("/no-such-place").content
    assert "Frontier text" not in delegate.get("/texts").content.decode()
    for each in DELEGATIONS:
        assert talks.client(f"{each} head").post(f"/texts/{text.pk}/waive").status_code == 303
    assert "Your delegation has waived it" in head.get(f"/texts/{text.pk}/ledger").content.decode()
    assert (
        "4 delegations have" in chair.get(f"/texts/{text.pk}/desk").content.decode()
        or "Issue draft 1" in chair.get(f"/texts/{text.pk}/desk").content.decode()
    )
    confirm = chair.post(f"/texts/{text.pk}/desk/issue", {"look": "1"}).content.decode()
    assert "in one language" in confirm
    assert chair.post(f"/texts/{text.pk}/desk/issue", {"sure": "yes", "seen": seen}).status_code == 303
    said = delegate.get(f"/texts/{text.pk}/ledger").content.decode()
    assert "One language missing, waived by" in said
    assert "SHA-256, Chinese" not in said


def test_no_waiver_is_asked_for_what_is_complete_or_given_unasked(talks: Talks) -> None:
    draft = issued(talks)
    issuing.consolidate(talks.viewer("chair"), draft.text_id)
    asked = talks.client("chair").post(f"/texts/{draft.text_id}/desk/ask")
    assert asked.status_code == 409
    assert "nothing need be waived" in asked.content.decode()
    given = talks.client("quill head").post(f"/texts/{draft.text_id}/waive")
    assert given.status_code == 409
    assert "No waiver is asked for now" in given.content.decode()


def test_a_waiver_is_over_once_more_is_missing_and_stays_while_less_is(talks: Talks) -> None:
    text = begun_text(talks)
    laid(talks, text, EN + "\n4. Alone.\n\n5. Alone too.\n")
    issuing.ask_waiver(talks.viewer("chair"), text.pk)
    issuing.waive(talks.viewer("quill head"), text.pk)
    mine = [str(talks.organisations["quill"].pk)]
    laid(talks, text, EN + "\n4. Alone.\n")
    assert Draft.objects.get().waiver == {"asked": True, "by": mine}
    laid(talks, text, EN + "\n4. Alone.\n\n5. Another one, which nobody has waived.\n")
    assert Draft.objects.get().waiver == {"asked": False, "by": []}
