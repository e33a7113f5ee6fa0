"""The positions board: what was said on every provision, as far as each seat may see it."""

from __future__ import annotations

import re

import pytest
from room.talks import DELEGATIONS, Talks
from room.tongues import issued, page, provision, status

from tracktwo.room.drafting import position_acts
from tracktwo.room.drafting.models import Text
from tracktwo.room.people.models import Organisation

NO_NOTE = {"en": "", "zh": ""}


@pytest.fixture
def text(talks: Talks) -> Text:
    return issued(talks)


def take(talks: Talks, text: Text, name: str, words: str, value: str, note: dict[str, str] = NO_NOTE) -> None:
    position_acts.take(talks.viewer(f"{name} head"), text.pk, provision(talks, text, words), value, note, 1)


def cells(html: str, label: str) -> list[str]:
    """The marks in the row of a provision, from the left."""
    row = re.search(rf'<tr><th scope="row"><a[^>]*>{label}</a>.*?</tr>', html, re.S)
    assert row is not None
    return re.findall(r'<i class="stand ([\w-]+)', row[0])


def columns(html: str) -> list[str]:
    head = re.search("<thead>.*?</thead>", html, re.S)
    assert head is not None
    return re.findall(r"</span>([^<]+)</span>\s*</th>", head[0])


def test_every_delegation_has_a_column_and_what_it_said_stands_in_it(talks: Talks, text: Text) -> None:
    take(talks, text, "quill", "should report", "support")
    take(talks, text, "sandglass", "should report", "object", {"en": "Thirty days is too short.", "zh": "三十天太短。"})
    html = page(talks, "mediator", f"/texts/{text.pk}/positions")
    names = [words["en"] for _, words in DELEGATIONS.values()]
    assert sorted(columns(html)) == sorted(names)
    marks = dict(zip(columns(html), cells(html, "2"), strict=True))
    assert marks == {
        "Quill Laboratory": "support", "Lantern School": "none", "Cloudberry Academy": "none",
        "Sandglass Laboratory": "object",
    }  # fmt: skip
    assert cells(html, "1") == ["none"] * 4
    assert "Thirty days is too short." in html
    assert "三十天太短。" in html


def test_the_first_sentence_counts_objections_and_what_nobody_spoke_of(talks: Talks, text: Text) -> None:
    address = f"/texts/{text.pk}/positions"
    assert "Nobody objects to a provision of draft 1. On 3 provisions nothing is recorded." in page(
        talks, "chair", address
    )
    take(talks, text, "quill", "should report", "object")
    take(talks, text, "quill", "shall test", "ad-referendum")
    assert "Somebody objects to 1 provision of draft 1. On 1 provision nothing is recorded." in page(
        talks, "chair", address
    )


@pytest.mark.parametrize(
    ("which", "labels"),
    [("all", ["1", "2", "3"]), ("stated", ["1", "2"]), ("contested", ["2"]), ("²", ["1", "2", "3"])],
)
def test_what_is_shown_can_be_narrowed(talks: Talks, text: Text, which: str, labels: list[str]) -> None:
    take(talks, text, "quill", "shall test", "support")
    take(talks, text, "lantern", "should report", "ad-referendum")
    html = page(talks, "quill delegate", f"/texts/{text.pk}/positions?show={which}")
    assert re.findall(r'<tr><th scope="row"><a[^>]*>([^<]+)</a>', html) == labels


@pytest.mark.parametrize("name", ["observer", "liaison", "operator"])
def test_who_may_not_see_positions_finds_no_board(talks: Talks, text: Text, name: str) -> None:
    assert status(talks, name, f"/texts/{text.pk}/positions") == 404


def test_a_delegation_that_left_has_no_column(talks: Talks, text: Text) -> None:
    take(talks, text, "quill", "should report", "object")
    Organisation.objects.filter(pk=talks.organisations["quill"].pk).update(status="withdrew")
    html = page(talks, "mediator", f"/texts/{text.pk}/positions")
    assert sorted(columns(html)) == ["Cloudberry Academy", "Lantern School", "Sandglass Laboratory"]
    assert set(cells(html, "2")) == {"none"}


def test_in_a_one_text_the_page_says_that_no_positions_are_taken(talks: Talks) -> None:
    text = issued(talks, "one-text")
    html = page(talks, "quill head", f"/texts/{text.pk}/positions")
    assert "no positions are taken on the way" in html
    assert "<table" not in html


def test_a_note_is_shown_as_it_was_written(talks: Talks, text: Text) -> None:
    take(talks, text, "quill", "should report", "object", {"en": "<b>No</b>", "zh": ""})
    html = page(talks, "lantern head", f"/texts/{text.pk}/positions")
    assert "&lt;b&gt;No&lt;/b&gt;" in html


def test_another_draft_begins_an_empty_board(talks: Talks, text: Text) -> None:
    from room.tongues import EN, ZH, issue

    take(talks, text, "quill", "should report", "object")
    issue(talks, text, EN.replace("30 days", "40 days"), ZH.replace("30天", "40天"))
    html = page(talks, "mediator", f"/texts/{text.pk}/positions")
    assert set(cells(html, "2")) == {"none"}
