"""Translation: a linguist writes what is missing, and a linguist of another side reviews it."""

from __future__ import annotations

import pytest
from room.raised import given, put
from room.talks import Talks

from tracktwo.room.access import Absent, Refused
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.models import Concern, Sounding
from tracktwo.room.concerns.translating import digest
from tracktwo.room.concerns.wording import worded

ENGLISH = {"en": "Only English.", "zh": ""}


def body(row: Concern) -> dict[str, str]:
    return Concern.objects.get(pk=row.pk).body


def reviewed(talks: Talks, name: str, row: Concern) -> None:
    acts.review(talks.viewer(name), "concerns", row.id, digest(body(row)))


def test_what_is_in_one_language_is_listed_for_linguists(talks: Talks) -> None:
    row = put(talks, text=ENGLISH)
    assert body(row)["translation"] == "needed"
    page = talks.client("cloudberry linguist").get("/translations").content.decode()
    assert "Only English." in page
    assert "1 text is to be translated, 0 to be reviewed by another side." in page
    assert "Translation needed" in talks.client("observer").get("/concerns").content.decode()


def test_a_linguist_writes_and_one_of_another_side_reviews(talks: Talks) -> None:
    row = put(talks, text=ENGLISH)
    writer, other = talks.client("quill linguist"), talks.client("cloudberry linguist", language="zh")
    assert writer.post(f"/translations/concerns/{row.id}", {"text": "仅有英文。"}).status_code == 303
    assert (body(row)["zh"], body(row)["translation"]) == ("仅有英文。", "draft")
    assert "译文为草稿" in talks.client("observer", language="zh").get("/concerns").content.decode()
    page = other.get(f"/translations/concerns/{row.id}").content.decode()
    assert "两种语言是否一致" in page
    sent = {"read": digest(body(row))}
    assert other.post(f"/translations/concerns/{row.id}/review", sent).status_code == 303
    assert body(row)["translation"] == "reviewed"
    assert "Translation reviewed" in talks.client("observer").get(f"/concerns/{row.id}").content.decode()


@pytest.mark.parametrize("name", ["quill linguist", "lantern linguist"])
def test_the_own_side_does_not_review_its_draft(talks: Talks, name: str) -> None:
    row = put(talks, text=ENGLISH)
    acts.translate(talks.viewer("quill linguist"), "concerns", row.id, "仅有英文。")
    page = talks.client(name).get(f"/translations/concerns/{row.id}").content.decode()
    assert "Draft of your own side" in page
    assert "Quill Laboratory" not in page
    with pytest.raises(Refused, match="Your own side"):
        reviewed(talks, name, row)


def test_the_mediator_reviews_a_linguists_draft_and_not_the_mediators_own(talks: Talks) -> None:
    first, second = put(talks, text=ENGLISH), put(talks, text=ENGLISH)
    acts.translate(talks.viewer("quill linguist"), "concerns", first.id, "仅有英文。")
    reviewed(talks, "mediator", first)
    acts.translate(talks.viewer("mediator"), "concerns", second.id, "仅有英文。")
    with pytest.raises(Refused):
        reviewed(talks, "mediator", second)
    reviewed(talks, "quill linguist", second)
    assert body(second)["translation"] == "reviewed"


def test_words_that_changed_since_they_were_read_are_not_reviewed(talks: Talks) -> None:
    row = put(talks, text=ENGLISH)
    acts.translate(talks.viewer("quill linguist"), "concerns", row.id, "仅有英文。")
    read = digest(body(row))
    acts.translate(talks.viewer("quill linguist"), "concerns", row.id, "只有英文。")
    with pytest.raises(Refused, match="changed since"):
        acts.review(talks.viewer("cloudberry linguist"), "concerns", row.id, read)


def test_a_changed_translation_is_a_draft_again(talks: Talks) -> None:
    row = put(talks, text=ENGLISH)
    acts.translate(talks.viewer("quill linguist"), "concerns", row.id, "仅有英文。")
    reviewed(talks, "cloudberry linguist", row)
    acts.translate(talks.viewer("cloudberry linguist"), "concerns", row.id, "只有英文。")
    assert body(row)["translation"] == "draft"
    with pytest.raises(Refused):
        reviewed(talks, "sandglass linguist", row)


def test_what_its_author_wrote_in_both_languages_is_not_translated(talks: Talks) -> None:
    row = put(talks)
    with pytest.raises(Refused):
        acts.translate(talks.viewer("quill linguist"), "concerns", row.id, "x")
    page = talks.client("quill linguist").get(f"/translations/concerns/{row.id}").content.decode()
    assert "nothing is to be translated here" in page


def test_nothing_is_reviewed_before_it_is_translated(talks: Talks) -> None:
    row = put(talks, text=ENGLISH)
    with pytest.raises(Refused):
        reviewed(talks, "quill linguist", row)


def test_what_is_not_before_the_room_is_not_translated(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "mediator", ENGLISH))
    row = Concern.objects.get()
    for name in ("mediator", "quill linguist"):
        client = talks.client(name)
        assert client.get(f"/translations/concerns/{row.id}").content == client.get("/nowhere").content


@pytest.mark.parametrize("name", ["quill head", "secretariat", "observer"])
def test_who_does_not_translate_finds_nothing(talks: Talks, name: str) -> None:
    row = put(talks, text=ENGLISH)
    client = talks.client(name)
    for path in ("/translations", f"/translations/concerns/{row.id}"):
        assert client.get(path).content == client.get("/nowhere").content
    with pytest.raises(Absent):
        acts.translate(talks.viewer(name), "concerns", row.id, "x")


def test_a_kind_that_is_none_is_absent(talks: Talks) -> None:
    row = put(talks, text=ENGLISH)
    client = talks.client("quill linguist")
    assert client.get(f"/translations/seats/{row.id}").content == client.get("/nowhere").content


@pytest.mark.parametrize("text", ["", "字" * 2001, "a\u202eb", "a\x00b"])
def test_a_bad_translation_is_told(talks: Talks, text: str) -> None:
    row = put(talks, text=ENGLISH)
    assert talks.client("quill linguist").post(f"/translations/concerns/{row.id}", {"text": text}).status_code == 422
    assert body(row)["translation"] == "needed"


def test_statements_of_a_draft_are_translated_until_voting_opens(talks: Talks) -> None:
    mediator = talks.viewer("mediator")
    draft = acts.make_sounding(mediator, acts.Plan({"en": "First", "zh": "一"}))
    row = acts.add_statement(mediator, draft.id, worded(ENGLISH, "en"))
    client = talks.client("quill linguist")
    assert "Only English." in client.get("/translations").content.decode()
    assert client.post(f"/translations/statements/{row.id}", {"text": "仅有英文。"}).status_code == 303
    row.refresh_from_db()
    assert row.body["zh"] == "仅有英文。"
    Sounding.objects.update(state="open")
    with pytest.raises(Refused, match="Voting has begun"):
        acts.translate(talks.viewer("quill linguist"), "statements", row.id, "x")


def test_nothing_to_translate_is_said(talks: Talks) -> None:
    assert "Nothing is wanting now" in talks.client("quill linguist").get("/translations").content.decode()
