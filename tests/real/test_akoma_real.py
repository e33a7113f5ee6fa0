"""The drafts of the Paris Agreement as Akoma Ntoso, valid against the published schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tracktwo.text import documents
from tracktwo.text.akoma import NAMESPACE, OWN, Expression, Work, read, write

WORK = Work("paris", "Paris Agreement", date(2015, 2, 13), "Secretariat")


@pytest.mark.parametrize(("name", "brackets"), [("23-oct-2015", 1025), ("12-dec-2015", 0)])
def test_a_draft_is_valid_has_every_bracket_and_comes_back_character_for_character(
    shared: Path, name, brackets
) -> None:
    source = (shared / "cop21" / f"{name}.md").read_text(encoding="utf-8")
    draft = Expression(WORK, 1, date(2015, 10, 23), "en", documents.read(source))
    content = write(draft)
    root = etree.fromstring(content)
    etree.XMLSchema(etree.parse(str(shared / "schemas" / "akomantoso30.xsd"))).assertValid(root)
    found = root.xpath("//*[@t:bracket]", namespaces={"t": OWN})
    assert len(found) == sum(len(block.prose.brackets) for block in draft.document.blocks) == brackets
    assert read(content) == draft
    assert read(content).document.render() == source
    assert root.xpath("count(//a:article)", namespaces={"a": NAMESPACE}) > 25
