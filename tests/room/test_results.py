"""What the page of results shows, to whom, when, and from what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from room.soundings import crowded, drafted, opened, votes
from room.talks import Talks

from tracktwo.room.concerns import results, snapshots
from tracktwo.room.concerns.models import Snapshot, Sounding
from tracktwo.room.concerns.voting_acts import close_sounding


def voted(talks: Talks, **more: Any) -> Sounding:
    """A sounding on which both sides agree about one statement of three and differ on another."""
    sounding = opened(talks, **more)
    for seat in crowded(talks, 4):
        values = [2, 2, 1] if seat.organisation.side.mark == "A" else [2, 0, 1]
        votes(sounding, seat, values)
    return sounding


def page(talks: Talks, sounding: Sounding, name: str = "quill delegate", language: str = "en") -> str:
    answer = talks.client(name, language=language).get(f"/statements/{sounding.pk}/results")
    assert answer.status_code == 200
    return answer.content.decode()


def test_results_are_hidden_from_everybody_until_closed(talks: Talks) -> None:
    sounding = voted(talks)
    for name in ("mediator", "chair", "secretariat", "quill head", "observer"):
        shown = page(talks, sounding, name)
        assert "once voting has ended" in shown
        assert "hx-get" not in shown
        assert 'class="lead"' not in shown
    assert Snapshot.objects.count() == 0


def test_after_closing_a_sentence_comes_first(talks: Talks) -> None:
    closed = close_sounding(talks.viewer("mediator"), voted(talks))
    shown = page(talks, closed)
    assert "On 1 of 3 statements every side agrees, with at least 95" in shown
    order = [shown.index(f'id="{name}"') for name in ("common", "divides", "map", "uncertain", "hidden", "statements")]
    assert order == sorted(order)
    assert "Alder side" in shown
    chinese = page(talks, closed, "cloudberry head", "zh")
    assert "在3条观点中，各方都同意的有1条" in chinese
    assert "榉木方" in chinese


def test_the_page_carries_no_style_and_no_script_of_its_own(talks: Talks) -> None:
    shown = page(talks, close_sounding(talks.viewer("mediator"), voted(talks)))
    assert not re.search(r"<style|\sstyle=|<script(?! src=)|\son\w+=", shown)


def test_no_delegation_is_shown_unless_the_rules_say_so(talks: Talks) -> None:
    closed = close_sounding(talks.viewer("mediator"), voted(talks))
    assert "Quill Laboratory" not in page(talks, closed, "observer")
    talks.process.rules |= {"by_delegation": True}
    talks.process.save()
    other = close_sounding(talks.viewer("mediator"), voted(talks))
    assert "Quill Laboratory" in page(talks, other, "observer")
    assert "Quill Laboratory" not in page(talks, closed, "observer")  # what was published stays as it was


def test_below_k_on_a_side_nothing_of_it_is_shown(talks: Talks) -> None:
    sounding = opened(talks)
    for name in ("quill", "lantern"):
        for role in ("head", "delegate", "expert"):
            votes(sounding, talks.seats[f"{name} {role}"], [2, 2, 2])
    for role in ("head", "delegate", "expert", "alternate"):
        votes(sounding, talks.seats[f"cloudberry {role}"], [0, 0, 0])
    closed = close_sounding(talks.viewer("mediator"), sounding)
    document = snapshots.stored(snapshots.latest(closed))["published"]
    assert [each["suppressed"] for each in document["camps"] if each["kind"] == "side"] == [True, True]
    shown = page(talks, closed)
    assert "fewer than 5 people" in shown
    assert "cannot be shown" in shown


def test_nobody_voted(talks: Talks) -> None:
    closed = close_sounding(talks.viewer("mediator"), opened(talks))
    assert "Nobody voted." in page(talks, closed)
    assert "无人表态。" in page(talks, closed, language="zh")


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9])
def test_a_few_voters_never_break_the_page(talks: Talks, count: int) -> None:
    sounding = opened(talks, 1)
    for seat in crowded(talks, 0)[:count]:
        votes(sounding, seat, [2])
    shown = page(talks, close_sounding(talks.viewer("mediator"), sounding))
    assert 'class="lead"' in shown


def test_an_open_page_polls_and_is_quiet_where_nothing_is_new(talks: Talks) -> None:
    sounding = voted(talks, shown_open=True)
    client = talks.client("quill delegate")
    shown = client.get(f"/statements/{sounding.pk}/results").content.decode()
    found = re.search(r'hx-get="([^"]+)" hx-trigger="every 30s"', shown)
    assert found is not None
    assert client.get(found[1], headers={"HX-Request": "true"}).status_code == 204
    for seat in crowded(talks, 0):
        votes(sounding, seat, [0])
    assert client.get(found[1], headers={"HX-Request": "true"}).status_code == 200
    assert Snapshot.objects.count() == 2


def test_before_k_have_voted_the_open_page_says_what_it_waits_for(talks: Talks) -> None:
    sounding = opened(talks, shown_open=True)
    assert "once at least 5 people on every side" in page(talks, sounding)


def test_what_others_do_below_k_changes_no_byte_of_the_page(talks: Talks) -> None:
    sounding = voted(talks, shown_open=True)
    before = {name: page(talks, sounding, name) for name in ("quill delegate", "observer", "chair", "mediator")}
    votes(sounding, talks.seats["lantern head"], [0, 0, 0])
    votes(sounding, talks.seats["sandglass expert"], [1, 2, 255])
    for name in ("quill delegate", "observer", "chair"):
        assert page(talks, sounding, name) == before[name]


@pytest.mark.parametrize("name", ["liaison", "briefed", "custodian", "depositary", "auditor", "operator"])
def test_who_is_not_in_the_room_finds_nothing(talks: Talks, name: str) -> None:
    closed = close_sounding(talks.viewer("mediator"), opened(talks))
    client = talks.client(name)
    assert client.get(f"/statements/{closed.pk}/results").content == client.get("/no-such-place").content


def test_a_draft_has_results_for_nobody_but_a_page_for_who_makes_it(talks: Talks) -> None:
    draft = drafted(talks)
    assert talks.client("quill head").get(f"/statements/{draft.pk}/results").status_code == 404
    assert "once the statements were put to the vote" in page(talks, draft, "mediator")


@pytest.mark.parametrize(
    "query", ["page=0", "page=2", "page=x", "page=-1", "page=²", "page=" + "9" * 5000, "part=unverified", "part=x"]
)
def test_pages_that_are_not_there(talks: Talks, query: str) -> None:
    closed = close_sounding(talks.viewer("mediator"), voted(talks))
    client = talks.client("quill head")
    answer = client.get(f"/statements/{closed.pk}/results?{query}")
    assert (answer.status_code, answer.content) == (404, client.get("/no-such-place").content)


def test_a_long_table_stands_on_pages_to_which_numbers_lead(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "ROWS", 2)
    for kept in (results.body, results.pages):
        kept.cache_clear()
    closed = close_sounding(talks.viewer("mediator"), voted(talks))
    client = talks.client("quill head")
    first = client.get(f"/statements/{closed.pk}/results").content.decode()
    second = client.get(f"/statements/{closed.pk}/results?page=2").content.decode()
    assert (first.count('role="rowheader"'), second.count('role="rowheader"')) == (2, 1)
    assert 'href="?part=verified&amp;page=2#s2"' in first
    assert 'id="s2"' in second
    for kept in (results.body, results.pages):
        kept.cache_clear()


def test_words_in_a_statement_are_shown_as_words(talks: Talks) -> None:
    sounding = drafted(talks)
    row = sounding.statements.first()
    row.body = {"en": "<script>alert(1)</script> {x} {{ y }}", "zh": "<b>粗</b>"}
    row.save()
    talks.client("mediator").post(f"/statements/{sounding.pk}/open")
    client = talks.client("quill head")
    assert "<script>alert" not in client.get(f"/statements/{sounding.pk}/votes").content.decode()
    closed = close_sounding(talks.viewer("mediator"), sounding)
    assert "<script>alert" not in page(talks, closed)


def test_a_closed_sounding_whose_results_are_missing_gets_them_when_it_is_looked_at(talks: Talks) -> None:
    closed = close_sounding(talks.viewer("mediator"), voted(talks))
    Snapshot.objects.all().delete()  # as after a crash between closing and counting
    assert 'class="lead"' in page(talks, closed)
    assert Snapshot.objects.count() == 1
