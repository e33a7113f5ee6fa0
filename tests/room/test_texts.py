"""The list of texts, beginning one, its settings."""

from __future__ import annotations

import pytest
from room.talks import Talks
from room.texts_laid import EN, begun_text, issued, laid

from tracktwo.room.drafting import concept_acts, issuing
from tracktwo.room.drafting.models import Text

NEW = {"title_en": "Frontier text", "title_zh": "前沿案文", "mode": "bracketed"}


def test_an_empty_list_says_who_begins_a_text(talks: Talks) -> None:
    assert "You can begin one" in talks.client("mediator").get("/texts").content.decode()
    said = talks.client("quill head").get("/texts").content.decode()
    assert "The mediator or the chair begins one" in said
    assert "/texts/new" not in said
    assert "由调解人或主席新建案文" in talks.client("quill head", language="zh").get("/texts").content.decode()


@pytest.mark.parametrize("name", ["mediator", "chair"])
def test_who_drafts_begins_a_text(talks: Talks, name: str) -> None:
    answer = talks.client(name).post("/texts/new", NEW)
    row = Text.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/texts/{row.pk}/desk")
    assert (row.mode, row.state, row.title) == ("bracketed", "preparing", {"en": "Frontier text", "zh": "前沿案文"})


@pytest.mark.parametrize("name", ["quill head", "secretariat", "observer", "quill linguist", "liaison", "auditor"])
def test_nobody_else_does(talks: Talks, name: str) -> None:
    client = talks.client(name)
    nowhere = client.get("/no-such-place")
    for answer in (client.get("/texts/new"), client.post("/texts/new", NEW)):
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert not Text.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title_en": "", "title_zh": ""}, "Write it in one language at least"),
        ({"title_en": "x" * 201}, "at most 200 are taken"),
        ({"title_en": "a\u202eb"}, "U+202E"),
        ({"mode": "shouting"}, "Choose one of these"),
        ({"mode": ""}, "Choose one"),
    ],
)
def test_a_text_without_name_or_mode_is_not_begun_and_what_was_typed_stays(
    talks: Talks, given: dict[str, str], said: str
) -> None:
    answer = talks.client("mediator").post("/texts/new", NEW | given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "前沿案文" in answer.content.decode() or "title_zh" in given
    assert not Text.objects.exists()


def test_a_text_is_seen_once_its_first_draft_is_issued(talks: Talks) -> None:
    text = begun_text(talks)
    laid(talks, text)
    reader = talks.client("cloudberry delegate")
    assert "Frontier text" not in reader.get("/texts").content.decode()
    assert reader.get(f"/texts/{text.pk}/ledger").status_code == 404
    issuing.issue(talks.viewer("mediator"), text.pk)
    said = reader.get("/texts").content.decode()
    assert "Frontier text" in said
    assert "Draft 1, issued on" in said
    assert "3 brackets are open" in said
    assert "0 proposals are before the body" in said
    assert "Rolling text" in said


def test_an_observer_reads_no_count_of_proposals(talks: Talks) -> None:
    issued(talks)
    said = talks.client("observer").get("/texts").content.decode()
    assert "brackets are open" in said
    assert "before the body<" not in said.replace("Before the body", "")
    assert "/files" not in said


def test_the_mode_is_changed_only_while_the_text_is_being_prepared(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("chair")
    given = NEW | {"mode": "one-text", "title_en": "Renamed"}
    assert client.post(f"/texts/{text.pk}/settings", given).status_code == 303
    text.refresh_from_db()
    assert (text.mode, text.title["en"]) == ("one-text", "Renamed")
    issued(talks, text)
    said = client.get(f"/texts/{text.pk}/settings").content.decode()
    assert "not changed once it is before the body" in said
    assert 'name="mode"' not in said
    assert client.post(f"/texts/{text.pk}/settings", given | {"mode": "bracketed"}).status_code == 303
    text.refresh_from_db()
    assert text.mode == "one-text"


def test_a_text_is_closed_after_a_question_and_then_nothing_is_written(talks: Talks) -> None:
    text = issued(talks).text
    client = talks.client("mediator")
    asked = client.post(f"/texts/{text.pk}/settings", {"act": "close"})
    assert asked.status_code == 200
    assert "It cannot be opened again" in asked.content.decode()
    text.refresh_from_db()
    assert text.state == "open"
    assert client.post(f"/texts/{text.pk}/settings", {"act": "close", "sure": "yes"}).status_code == 303
    text.refresh_from_db()
    assert text.state == "closed"
    for path, given in (("settings", NEW), ("desk/consolidate", {})):
        answer = client.post(f"/texts/{text.pk}/{path}", given)
        assert answer.status_code == 409
        assert "is closed" in answer.content.decode()
    for answer in (
        client.get(f"/texts/{text.pk}/desk/upload"),
        client.post(f"/texts/{text.pk}/desk/upload", {"en": EN, "origin": "en"}),
    ):
        assert answer.status_code == 409


def test_settings_are_nobody_elses(talks: Talks) -> None:
    text = issued(talks).text
    client = talks.client("quill head")
    nowhere = client.get("/no-such-place").content
    assert client.get(f"/texts/{text.pk}/settings").content == nowhere
    assert client.post(f"/texts/{text.pk}/settings", {"act": "close", "sure": "yes"}).content == nowhere
    text.refresh_from_db()
    assert text.state == "open"


def test_a_text_of_other_talks_is_not_there(talks: Talks) -> None:
    from room.talks import begun

    other = begun("Others")
    text = issued(other).text
    client = talks.client("mediator")
    nowhere = client.get("/no-such-place").content
    for path in ("settings", "desk", "ledger", "compare", "files", "desk/upload", "files/draft-1.docx"):
        assert client.get(f"/texts/{text.pk}/{path}").content == nowhere


def test_a_text_of_concepts_is_listed_with_them_and_without_a_desk(talks: Talks) -> None:
    text = begun_text(talks, "conceptual")
    client = talks.client("mediator")
    for when in ("before", "after"):
        said = client.get("/texts").content.decode()
        assert f'href="/texts/{text.pk}"' in said
        assert f"/texts/{text.pk}/desk" not in said
        assert "No draft was issued" not in said
        assert ("0 concepts are before the body" in said) == (when == "after")
        if when == "before":
            concept_acts.open_concepts(talks.viewer("chair"), text.pk)
    assert client.get(f"/texts/{text.pk}/desk/upload").status_code == 303
    assert client.get(f"/texts/{text.pk}").status_code == 200
