"""The sample room has texts far enough along that every page of theirs has something to show."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from room.talks import signed_in

from tracktwo.demo.room import furnish
from tracktwo.demo.texts import CHINESE_FIRST, read
from tracktwo.room.access import Viewer, visible
from tracktwo.room.drafting.models import Criticism, Draft, Group, Mode, Proposal, Text
from tracktwo.room.drafting.proposing import tabled
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.stored import terms_of, whole
from tracktwo.room.people.models import Process, Role, Seat
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.terms import departures


@dataclass
class Sample:
    """The sample room."""

    process: Process

    def seat(self, role: str, organisation: str | None = None) -> Seat:
        """A seat of a role, of the delegation whose English name begins so."""
        rows = Seat.objects.select_related("account", "organisation__side", "process").filter(role=role)
        found = [each for each in rows if organisation is None or each.organisation.name["en"].startswith(organisation)]
        return found[0]

    def viewer(self, role: str, organisation: str | None = None) -> Viewer:
        """Whoever holds it."""
        seat = self.seat(role, organisation)
        assert seat.account is not None
        return Viewer(seat.account, seat, timezone.localdate())

    def client(self, role: str, organisation: str | None = None, *, language: str = "en") -> Client:
        """A browser of theirs."""
        return signed_in(self.seat(role, organisation), language=language)

    def text(self, mode: str = Mode.BRACKETED) -> Text:
        """The text of a mode."""
        return Text.objects.get(process=self.process, mode=mode)

    def sheet(self) -> Sheet:
        """The latest draft full of brackets, as the mediator sees it."""
        return Sheet.latest(self.viewer(Role.MEDIATOR), self.text().pk)


@pytest.fixture
def sample(db: None) -> Sample:
    return Sample(furnish())


def test_three_texts_are_negotiated_each_in_its_own_mode(sample: Sample) -> None:
    assert sorted(Text.objects.values_list("mode", "state")) == [
        ("bracketed", "open"), ("conceptual", "open"), ("one-text", "open"),
    ]  # fmt: skip
    assert sorted(Draft.objects.values_list("text__mode", "number", "state")) == [
        ("bracketed", 1, "issued"), ("bracketed", 2, "issued"), ("one-text", 1, "issued"),
    ]  # fmt: skip


def test_the_text_is_whole_in_both_languages_and_two_provisions_are_of_chinese_origin(sample: Sample) -> None:
    for draft in Draft.objects.filter(text=sample.text()).select_related("text"):
        read = whole(draft)
        paragraphs = [each for each in read.draft.provisions if each.kind == "paragraph" and each.label]
        assert 18 <= len(paragraphs) <= 24
        assert all(each.en and each.zh for each in read.draft.provisions)
        assert sum(each.origin == "zh" for each in read.draft.provisions) == len(CHINESE_FIRST) == 2
        for passage in read.passages.values():
            assert not any(block.prose.recoveries for block in passage.blocks.values())
            assert all(pair.en is not None and pair.zh is not None for pair in passage.pairs.values()), (
                passage.provision
            )


def test_every_kind_of_bracket_is_there(sample: Sample) -> None:
    first = whole(Draft.objects.select_related("text").get(text=sample.text(), number=1))
    brackets = [
        each for passage in first.passages.values() if "en" in passage.blocks
        for each in passage.blocks["en"].prose.brackets
    ]  # fmt: skip
    assert 20 <= len(brackets) <= 30
    assert {"optional", "placeholder", "provision"} <= {each.kind for each in brackets}
    assert any(each.beside for each in brackets)
    assert any(each.parent is not None for each in brackets)
    assert sum(bool(each.holders) for each in brackets) == 2


def test_the_two_languages_use_the_words_of_the_term_table_alike(sample: Sample) -> None:
    text = sample.text()
    assert text.terms
    found = whole(Draft.objects.select_related("text").get(text=text, number=2))
    for passage in found.passages.values():
        en, zh = (passage.blocks[each].prose for each in LANGUAGES)
        assert not departures(en, zh, terms_of(text)), passage.provision


def test_something_of_everything_was_done_on_the_latest_draft(sample: Sample) -> None:
    sheet = sample.sheet()
    states = {each.state for provision in sheet.whole.passages for _, each in sheet.brackets(provision)}
    assert states == {"open", "lifted", "narrowed", "parked"}
    calls = [each.call for provision in sheet.whole.passages for _, each in sheet.brackets(provision) if each.call]
    assert len(calls) == 1
    assert (sheet.counts.plenary, sheet.counts.group) == (3, 2)
    stages = {sheet.standing(each).checked(sheet.whole.passages[each]).stage for each in sheet.provisions}
    assert stages == {"draft", "reviewed", "concordant", "divergent"}
    assert len(sheet.positions) == 2
    found = tabled(sheet.viewer, sheet.text)
    assert sum(bool(each.collisions) for each in found) >= 2
    older = [each for each in found if each.row.draft_id != sheet.draft.pk and each.row.state == "tabled"]
    assert [each.row.organisation.name["en"] for each in older] == ["Lantern School of Public Policy"]
    group = Group.objects.get()
    assert Proposal.objects.filter(group=group).count() == 1
    assert len(sheet.draft.ledger["receipts"]) == 2


def test_what_was_taken_and_settled_on_the_first_draft_stands_in_the_second(sample: Sample) -> None:
    first, second = (Draft.objects.select_related("text").get(text=sample.text(), number=number) for number in (1, 2))
    words = [whole(each).draft.text("en") for each in (first, second)]
    assert "[, and again after each substantial change]" in words[0]
    assert ", and again after each substantial change." in words[1]
    assert "[or customers]" in words[0]
    assert "or customers" not in words[1]
    assert "persuasion of many people at once" in words[1]
    assert "[Nine Bridges Institute of Governance: A test that one side wrote" in words[1]
    page = sample.client(Role.HEAD).get(f"/texts/{second.text_id}/compare").content.decode()
    assert "mark pictures, sound and film" in page or "pictures, sound and film" in page


def test_a_one_text_was_criticised_and_a_concept_echoed(sample: Sample) -> None:
    assert Criticism.objects.count() == 2
    assert len(visible(sample.viewer(Role.MEDIATOR)).criticisms()) == 2
    assert len(visible(sample.viewer(Role.HEAD, "Quill")).criticisms()) == 0
    concepts = Proposal.objects.filter(text=sample.text(Mode.CONCEPTUAL))
    assert sorted(len(each.content["echoes"]) for each in concepts) == [0, 0, 1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_the_texts_opens(sample: Sample, language: str) -> None:
    for role in (Role.MEDIATOR, Role.HEAD, Role.LINGUIST, Role.OBSERVER):
        client = sample.client(role, language=language)
        for text in Text.objects.all():
            assert client.get(f"/texts/{text.pk}").status_code == 200
        for page in ("", "/ledger", "/compare", "/drafts/1"):
            assert client.get(f"/texts/{sample.text().pk}{page}").status_code == 200
        assert client.get("/texts").status_code == 200
        assert client.get("/").status_code == 200


def test_the_words_of_the_sample_name_no_real_party_and_are_plain() -> None:
    for name in ("understanding", "contact-line"):
        assert "!" not in read(f"{name}-en")
        assert "！" not in read(f"{name}-zh")
        assert read(f"{name}-en").count("\n\n") == read(f"{name}-zh").count("\n\n")
