"""The term table of a text: a proposal that who drafts confirms or changes; departures are counted over the draft."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks
from room.tongues import begun, issue, issued, page, status

from tracktwo.room.access import Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting import term_acts as acts
from tracktwo.room.drafting.models import Text
from tracktwo.room.drafting.stored import terms_of
from tracktwo.text.terms import DEFAULT, Term

ONE = (Term(("shall",), ("应",), "a note"),)


def fresh(text: Text) -> Text:
    return Text.objects.get(pk=text.pk)


def form(text: Text, *rows: tuple[str, str, str], read: str | None = None) -> dict[str, Any]:
    sent: dict[str, Any] = {"read": read or acts.digest(fresh(text)), "rows": len(rows)}
    for number, row in enumerate(rows, 1):
        sent |= {f"{number}-{name}": each for name, each in zip(("en", "zh", "note"), row, strict=True)}
    return sent


def test_the_table_is_a_proposal_until_it_is_confirmed(talks: Talks) -> None:
    text = issued(talks)
    assert terms_of(fresh(text)) == DEFAULT
    assert "is a proposal" in page(talks, "quill head", f"/texts/{text.pk}/terms")
    acts.set_terms(talks.viewer("chair"), text.pk, DEFAULT, acts.digest(fresh(text)))
    assert fresh(text).terms
    assert "is a proposal" not in page(talks, "quill head", f"/texts/{text.pk}/terms")


def test_it_is_changed_row_by_row_and_empty_rows_go(talks: Talks) -> None:
    text = issued(talks)
    sent = form(text, ("shall; must", "应；应当", "as agreed"), ("", "", ""), ("safety", "安全", ""))
    assert status(talks, "mediator", f"/texts/{text.pk}/terms", sent) == 303
    assert terms_of(fresh(text)) == (Term(("shall", "must"), ("应", "应当"), "as agreed"), Term(("safety",), ("安全",)))


def test_it_is_changed_as_csv(talks: Talks) -> None:
    text = issued(talks)
    sent = {"read": acts.digest(fresh(text)), "csv": 'en,zh,note\r\nshall,应,"of law, not of wish"\r\n'}
    assert status(talks, "mediator", f"/texts/{text.pk}/terms?csv=1", sent) == 303
    assert terms_of(fresh(text)) == (Term(("shall",), ("应",), "of law, not of wish"),)
    assert "of law, not of wish" in page(talks, "mediator", f"/texts/{text.pk}/terms?csv=1")


def test_what_is_written_is_read_again() -> None:
    assert acts.read(acts.written(DEFAULT)) == DEFAULT


@pytest.mark.parametrize(
    ("csv", "en", "zh"),
    [
        ("a,b\n", "The first row of the table is its header", "第一行须为表头"),
        ('en,zh,note\n"shall,应\n', "This is not CSV", "格式不是CSV"),
        ("en,zh,note\n,应,\n", "Row 2: there is nothing in English.", "第2行：未填英文"),
        ("en,zh,note\nshall,,\n", "Row 2: there is nothing in Chinese.", "第2行：未填中文"),
        ("en,zh,note\nshall,must,\n", "Row 2: what stands in Chinese is not", "中文一栏所填并非该语言"),
        ("en,zh,note\nshall,应,\n\nit's shall; shall,宜,\n", "Row 4: “shall” stands in row 2", "“shall”已列于第2行"),
        ("en,zh,note\nshall,应,a,b\n", "Row 2 does not have the three cells", "第2行不是en,zh,note三格"),
        ("en,zh,note\n", "Keep one row at least.", "请至少保留一行"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_taken_says_where_in_both_languages(talks: Talks, csv: str, en: str, zh: str) -> None:
    text = issued(talks)
    for language, words in (("en", en), ("zh", zh)):
        sent = {"read": acts.digest(fresh(text)), "csv": csv}
        response = talks.client("mediator", language=language).post(f"/texts/{text.pk}/terms?csv=1", sent)
        assert response.status_code == 422
        assert words in response.content.decode()
    assert not fresh(text).terms


def test_rows_are_counted_as_the_form_shows_them_and_what_was_typed_stays(talks: Talks) -> None:
    text = issued(talks)
    sent = form(text, ("shall", "应", ""), ("", "", ""), ("shall", "宜", "twice"))
    response = talks.client("mediator").post(f"/texts/{text.pk}/terms", sent)
    assert response.status_code == 422
    assert "Row 3: “shall” stands in row 1 already." in response.content.decode()
    assert 'value="twice"' in response.content.decode()


@pytest.mark.parametrize("cell", ["sh\u202eall", "x" * 201, "be\x07ll"])
def test_a_cell_that_cannot_be_taken_is_refused_with_its_reason(talks: Talks, cell: str) -> None:
    text = issued(talks)
    assert status(talks, "mediator", f"/texts/{text.pk}/terms", form(text, (cell, "应", ""))) == 422
    assert not fresh(text).terms


@pytest.mark.parametrize("rows", ["", "x", "-1", "99999999", None])
def test_a_form_that_did_not_arrive_whole_changes_nothing(talks: Talks, rows: str | None) -> None:
    text = issued(talks)
    sent = {"read": acts.digest(fresh(text))} | ({} if rows is None else {"rows": rows})
    assert status(talks, "mediator", f"/texts/{text.pk}/terms", sent) == 422
    assert not fresh(text).terms


def test_markup_in_a_cell_is_shown_as_it_was_typed(talks: Talks) -> None:
    text = issued(talks)
    status(talks, "mediator", f"/texts/{text.pk}/terms", form(text, ("shall", "应", "<script>x</script>")))
    assert "&lt;script&gt;" in page(talks, "quill head", f"/texts/{text.pk}/terms")


def test_who_opened_an_older_table_is_told_and_nothing_typed_is_lost(talks: Talks) -> None:
    text = issued(talks)
    old = acts.digest(fresh(text))
    acts.set_terms(talks.viewer("mediator"), text.pk, ONE, old)
    before = StagedLeaf.objects.count()
    response = talks.client("chair").post(f"/texts/{text.pk}/terms", form(text, ("may", "可", "mine"), read=old))
    assert response.status_code == 422
    assert "changed the table since" in response.content.decode()
    assert 'value="mine"' in response.content.decode()
    assert terms_of(fresh(text)) == ONE
    assert StagedLeaf.objects.count() == before


@pytest.mark.parametrize("name", ["secretariat", "quill head", "quill linguist", "observer"])
def test_only_who_drafts_the_text_changes_its_table(talks: Talks, name: str) -> None:
    text = issued(talks)
    assert status(talks, name, f"/texts/{text.pk}/terms") == 200
    assert status(talks, name, f"/texts/{text.pk}/terms", form(text, ("may", "可", ""))) == 404
    with pytest.raises(Absent):
        acts.set_terms(talks.viewer(name), text.pk, ONE, acts.digest(fresh(text)))
    assert "<form method" not in page(talks, name, f"/texts/{text.pk}/terms").split("<main")[1]


@pytest.mark.parametrize("name", ["liaison", "briefed", "auditor", "operator"])
def test_outside_the_room_there_is_no_table(talks: Talks, name: str) -> None:
    assert status(talks, name, f"/texts/{issued(talks).pk}/terms") == 404


def test_a_closed_text_keeps_its_table(talks: Talks) -> None:
    text = issued(talks)
    Text.objects.filter(pk=text.pk).update(state="closed")
    with pytest.raises(Refused, match="closed"):
        acts.set_terms(talks.viewer("mediator"), text.pk, ONE, acts.digest(fresh(text)))


def test_a_text_of_concepts_has_none(talks: Talks) -> None:
    text = begun(talks, "conceptual")
    assert status(talks, "mediator", f"/texts/{text.pk}/terms") == 404
    with pytest.raises(Refused):
        acts.set_terms(talks.viewer("mediator"), text.pk, ONE, acts.digest(fresh(text)))


def test_departures_are_counted_over_the_latest_draft_and_lead_to_the_provisions(talks: Talks) -> None:
    text = issued(talks, en="1. Laboratories shall report.\n", zh="1. 实验室宜报告。\n")
    seen = page(talks, "quill linguist", f"/texts/{text.pk}/terms")
    assert f'<a href="/texts/{text.pk}/concordance?row=1">1</a>' in seen
    found = page(talks, "quill linguist", f"/texts/{text.pk}/concordance?row=1")
    assert "shall = 应 / 应当" in found
    assert "<mark>shall</mark>" in found
    issue(talks, text, "1. Laboratories shall report.\n", "1. 实验室应报告。\n")
    assert "In draft 2, 0 provisions depart" not in page(talks, "quill linguist", f"/texts/{text.pk}/terms")
    acts.set_terms(talks.viewer("mediator"), text.pk, ONE, acts.digest(fresh(text)))
    assert "In draft 2, 0 provisions depart" in page(talks, "quill linguist", f"/texts/{text.pk}/terms")
