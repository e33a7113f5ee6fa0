"""The draft of the Paris Agreement of 23 October 2015: its ids, amendments, losses, and spaces at its brackets."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tracktwo.text.amending import Proposal, apply, collisions
from tracktwo.text.brackets import drop, resolved
from tracktwo.text.documents import Document, read
from tracktwo.text.drafts import Draft, revised
from tracktwo.text.parsing import parse
from tracktwo.text.streamlining import Table, lost


@pytest.fixture(scope="module")
def source(shared: Path) -> str:
    return (shared / "cop21" / "23-oct-2015.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def draft(source: str) -> Draft:
    return Draft.first(source)


def paragraphs(document: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(b.lead, b.prose.render(), b.options) for b in document.blocks if b.kind not in {"space", "markup"}]


def test_the_draft_has_every_provision_of_the_file_and_its_own_file_changes_none(source: str, draft: Draft) -> None:
    assert paragraphs(draft.document("en")) == paragraphs(read(source))
    assert len(draft.places) == len(draft.provisions) == 578
    assert revised(draft, en=source).provisions == draft.provisions
    assert lost(draft, draft, Table()) == ()


def test_a_file_beside_itself_is_paired_paragraph_by_paragraph(source: str) -> None:
    assert all(p.en == p.zh for p in Draft.first(source, source).provisions)


def test_a_bracket_that_is_dropped_anywhere_is_lost_there_alone(draft: Draft) -> None:
    found = [(p, parse(p.en or "", labels=draft.labels).brackets) for p in draft.provisions if p.kind == "paragraph"]
    for provision, brackets in [each for each in found if each[1]][::8]:
        body, bracket = provision.en or "", brackets[0]
        after = drop(body, bracket.number, labels=draft.labels)
        if not after.strip(" .;"):
            continue
        later = apply(draft, [Proposal("p", draft.hash, "MOD", provision.id, en=after)])
        losses = lost(draft, later, Table())
        assert losses
        assert {loss.provision for loss in losses} == {provision.id}


def test_amendments_of_different_provisions_do_not_collide(draft: Draft) -> None:
    chosen = [p for p in draft.provisions if p.kind == "paragraph" and " " in (p.en or "")][::20]
    proposals = [Proposal(f"p{n}", draft.hash, "MOD", p.id, en=f"[{p.en}]", by="Japan") for n, p in enumerate(chosen)]
    assert collisions(draft, proposals) == ()
    later = apply(draft, proposals)
    assert [p.id for p in later.provisions] == [p.id for p in draft.provisions]
    assert sum(a.en != b.en for a, b in zip(draft.provisions, later.provisions, strict=True)) == len(chosen) > 20


def test_no_spaces_are_doubled_or_left_before_a_comma_where_brackets_are_lifted(draft: Draft) -> None:
    for provision in draft.provisions:
        body = provision.en or ""
        brackets = parse(body, labels=draft.labels).brackets
        lifted = resolved(body, {each.number: "lifted" for each in brackets}, labels=draft.labels)
        assert not parse(lifted, labels=draft.labels).brackets
        doubled = {left + right for left, right in pairwise(lifted)} & {"  ", " ,", " ;", " ."}
        assert all(each in body for each in doubled), lifted
