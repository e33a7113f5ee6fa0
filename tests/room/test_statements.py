"""Statements before they are voted on: drawn from concerns or written, changed and removed while a draft."""

from __future__ import annotations

from typing import Any

import pytest
from room.raised import TEXT, given, put
from room.talks import Talks

from tracktwo.room.access import Absent, Refused
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.models import Concern, Sounding, Statement
from tracktwo.room.concerns.wording import worded

TITLE = {"en": "First sounding", "zh": "首次征询"}


def a_draft(talks: Talks, **more: Any) -> Sounding:
    return acts.make_sounding(talks.viewer("mediator"), acts.Plan(TITLE, **more))


def written(talks: Talks, draft: Sounding, *texts: str) -> list[Statement]:
    bodies = [worded({"en": text, "zh": ""}, "en") for text in texts]
    return [acts.add_statement(talks.viewer("secretariat"), draft.id, body) for body in bodies]


def numbers(draft: Sounding) -> dict[str, int]:
    return {each.body["en"]: each.number for each in Statement.objects.filter(sounding=draft)}


# soundings


def test_the_secretariat_begins_a_sounding(talks: Talks) -> None:
    sent = {"title_en": "First", "title_zh": "一", "audience": "room", "heads_see": "on"}
    answer = talks.client("secretariat").post("/statements/new", sent)
    row = Sounding.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/statements/{row.id}")
    assert (row.state, row.voters, row.shown_open, row.heads_see) == ("draft", "seat", False, True)


def test_who_votes_is_what_the_rules_say(talks: Talks) -> None:
    talks.process.rules = talks.process.rules | {"voters": "delegation"}
    talks.process.save()
    assert a_draft(talks).voters == "delegation"
    assert a_draft(talks, audience="wide").voters == "seat"


def test_only_the_mediator_consults_beyond_the_table(talks: Talks) -> None:
    assert a_draft(talks, audience="wide").audience == "wide"
    with pytest.raises(Refused):
        acts.make_sounding(talks.viewer("secretariat"), acts.Plan(TITLE, audience="wide"))
    sent = {"title_en": "Wide", "title_zh": "", "audience": "wide"}
    assert talks.client("secretariat").post("/statements/new", sent).status_code == 422


def test_the_secretariat_leaves_a_draft_for_beyond_the_table_as_it_is(talks: Talks) -> None:
    row = a_draft(talks, audience="wide")
    viewer, client = talks.viewer("secretariat"), talks.client("secretariat")
    assert client.get(f"/statements/{row.id}/settings").status_code == 409
    assert "Give it up" not in client.get(f"/statements/{row.id}").content.decode()
    with pytest.raises(Refused):
        acts.change_sounding(viewer, row.id, acts.Plan(TITLE))
    with pytest.raises(Refused):
        acts.discard_sounding(viewer, row.id)
    assert Sounding.objects.get().audience == "wide"


@pytest.mark.parametrize(
    "bad", [{"title_en": ""}, {"title_en": "x" * 121}, {"audience": "press"}, {"title_en": "a\u2066"}]
)
def test_a_bad_sounding_is_told(talks: Talks, bad: dict[str, str]) -> None:
    sent = {"title_en": "First", "title_zh": "", "audience": "room", **bad}
    assert talks.client("mediator").post("/statements/new", sent).status_code == 422
    assert Sounding.objects.count() == 0


def test_a_draft_is_seen_by_who_makes_and_translates_it(talks: Talks) -> None:
    row = a_draft(talks)
    seeing = set()
    for name in talks.seats:
        answer = talks.client(name).get(f"/statements/{row.id}")
        assert answer.status_code in {200, 404}
        if answer.status_code == 200:
            seeing.add(name)
    assert seeing == {"mediator", "chair", "secretariat", *(name for name in talks.seats if name.endswith("linguist"))}


@pytest.mark.parametrize("name", ["quill head", "chair", "observer"])
def test_who_makes_no_soundings_finds_no_form(talks: Talks, name: str) -> None:
    row = a_draft(talks)
    client = talks.client(name)
    for path in ("/statements/new", f"/statements/{row.id}/write", f"/statements/{row.id}/settings"):
        assert client.get(path).content == client.get("/nowhere").content
    with pytest.raises(Absent):
        acts.discard_sounding(talks.viewer(name), row.id)


def test_a_draft_is_changed_and_given_up(talks: Talks) -> None:
    row = a_draft(talks)
    written(talks, row, "One.")
    client = talks.client("mediator")
    sent = {"title_en": "Second", "title_zh": "二", "audience": "room", "shown_open": "on"}
    assert client.post(f"/statements/{row.id}/settings", sent).status_code == 303
    row.refresh_from_db()
    assert (row.title["en"], row.shown_open) == ("Second", True)
    assert client.post(f"/statements/{row.id}/discard").status_code == 303
    assert Sounding.objects.count() == Statement.objects.count() == 0


def test_the_list_tells_drafts_open_and_closed_apart(talks: Talks) -> None:
    draft, opened = a_draft(talks), a_draft(talks)
    Sounding.objects.filter(pk=opened.pk).update(state="open", opened_on="2026-03-02")
    page = talks.client("quill delegate").get("/statements").content.decode()
    assert f"/statements/{opened.id}/vote" in page
    assert str(draft.id) not in page
    assert f"/statements/{opened.id}/vote" not in talks.client("observer").get("/statements").content.decode()
    assert str(draft.id) in talks.client("secretariat").get("/statements").content.decode()


def test_an_empty_list_says_who_can_begin(talks: Talks) -> None:
    page = talks.client("quill delegate", language="zh").get("/statements").content.decode()
    assert "调解人或秘书处可新建征询" in page


# statements


def test_a_statement_is_drawn_from_a_concern(talks: Talks) -> None:
    concern, draft = put(talks), a_draft(talks)
    client = talks.client("secretariat")
    assert "First sounding" in client.get(f"/concerns/{concern.id}/statement").content.decode()
    sent = {"sounding": str(draft.id), "text_en": "We share this.", "text_zh": "我们同此关切。", "original": "en"}
    assert client.post(f"/concerns/{concern.id}/statement", sent).status_code == 303
    row = Statement.objects.get()
    assert (row.concern, row.number, row.body["translation"]) == (concern, 0, "given")
    assert "We share this." in client.get(f"/concerns/{concern.id}").content.decode()
    assert "We share this." not in talks.client("quill head").get(f"/concerns/{concern.id}").content.decode()


def test_a_statement_names_nobody_who_raised_its_concern(talks: Talks) -> None:
    concern, draft = put(talks), a_draft(talks)
    row = acts.add_statement(talks.viewer("mediator"), draft.id, worded(TEXT, "en"), concern.id)
    assert {"seat", "organisation"} & {field.name for field in Statement._meta.fields} == set()
    assert set(row.body) == {"en", "zh", "original", "translation"}


def test_no_statement_is_drawn_from_what_is_not_before_the_room(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "mediator"))
    concern, draft = Concern.objects.get(), a_draft(talks)
    with pytest.raises(Refused):
        acts.add_statement(talks.viewer("mediator"), draft.id, worded(TEXT, "en"), concern.id)
    assert talks.client("mediator").get(f"/concerns/{concern.id}/statement").status_code == 409
    assert talks.client("secretariat").get(f"/concerns/{concern.id}/statement").status_code == 404


def test_a_concern_without_a_draft_to_put_it_in_says_so(talks: Talks) -> None:
    page = talks.client("mediator").get(f"/concerns/{put(talks).id}/statement").content.decode()
    assert "Begin a sounding first" in page


def test_a_wrong_draft_is_absent(talks: Talks) -> None:
    concern = put(talks)
    for wrong in ("", "nonsense", str(concern.id)):
        sent = {"sounding": wrong, "text_en": "We.", "text_zh": "", "original": "en"}
        assert talks.client("mediator").post(f"/concerns/{concern.id}/statement", sent).status_code == 404
    assert Statement.objects.count() == 0


def test_statements_are_numbered_one_after_another(talks: Talks) -> None:
    draft = a_draft(talks)
    rows = written(talks, draft, "a", "b", "c", "d")
    assert numbers(draft) == {"a": 0, "b": 1, "c": 2, "d": 3}
    answer = talks.client("mediator").post(f"/statements/{draft.id}/edit/{rows[1].id}/remove")
    assert answer.status_code == 303
    assert numbers(draft) == {"a": 0, "c": 1, "d": 2}
    written(talks, draft, "e")
    assert numbers(draft)["e"] == 3


def test_a_statement_is_changed_and_keeps_a_translation_of_the_same_words(talks: Talks) -> None:
    draft = a_draft(talks)
    (row,) = written(talks, draft, "One.")
    acts.translate(talks.viewer("quill linguist"), "statements", row.id, "一。")
    client = talks.client("secretariat")
    sent = {"text_en": "One.", "text_zh": "一。", "original": "en"}
    assert client.post(f"/statements/{draft.id}/edit/{row.id}", sent).status_code == 303
    row.refresh_from_db()
    assert row.body["translation"] == "draft"
    assert client.post(f"/statements/{draft.id}/edit/{row.id}", sent | {"text_en": "Two."}).status_code == 303
    row.refresh_from_db()
    assert (row.body["en"], row.body["translation"]) == ("Two.", "given")


@pytest.mark.parametrize("bad", [{"text_en": ""}, {"text_en": "x" * 281}, {"text_en": "a\u200fb"}, {"original": "fr"}])
def test_a_bad_statement_is_told_and_nothing_is_lost(talks: Talks, bad: dict[str, str]) -> None:
    draft = a_draft(talks)
    sent = {"text_en": "Kept.", "text_zh": "", "original": "en", **bad}
    assert talks.client("mediator").post(f"/statements/{draft.id}/write", sent).status_code == 422
    assert Statement.objects.count() == 0


def test_a_draft_says_which_statements_lack_a_language(talks: Talks) -> None:
    draft = a_draft(talks)
    written(talks, draft, "One.", "Two.")
    page = talks.client("mediator").get(f"/statements/{draft.id}").content.decode()
    assert "2 statements are there in one language alone" in page


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_changes_once_voting_began(talks: Talks, state: str) -> None:
    draft = a_draft(talks)
    (row,) = written(talks, draft, "One.")
    Sounding.objects.update(state=state)
    mediator = talks.viewer("mediator")
    for attempt in (
        lambda: acts.add_statement(mediator, draft.id, worded(TEXT, "en")),
        lambda: acts.change_statement(mediator, row.id, worded(TEXT, "en")),
        lambda: acts.remove_statement(mediator, row.id),
        lambda: acts.discard_sounding(mediator, draft.id),
        lambda: acts.change_sounding(mediator, draft.id, acts.Plan(TITLE)),
    ):
        with pytest.raises(Refused, match="Voting has begun"):
            attempt()
    assert talks.client("mediator").get(f"/statements/{draft.id}/write").status_code == 409
    assert numbers(draft) == {"One.": 0}


def test_a_statement_of_another_draft_is_absent(talks: Talks) -> None:
    first, second = a_draft(talks), a_draft(talks)
    (row,) = written(talks, first, "One.")
    client = talks.client("mediator")
    assert client.get(f"/statements/{second.id}/edit/{row.id}").content == client.get("/nowhere").content
    assert client.post(f"/statements/{second.id}/edit/{row.id}/remove").status_code == 404


def test_markup_in_a_title_is_shown_as_written(talks: Talks) -> None:
    acts.make_sounding(talks.viewer("mediator"), acts.Plan({"en": "<b>Bold</b> & so", "zh": ""}))
    concern = put(talks)
    for path in ("/statements", f"/concerns/{concern.id}/statement"):
        page = talks.client("mediator").get(path).content.decode()
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; so" in page
        assert "<b>Bold" not in page
