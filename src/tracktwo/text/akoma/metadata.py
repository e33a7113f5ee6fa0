"""What a file of Akoma Ntoso says of the draft that it holds: work, expression, manifestation, and who is named in it.

Source: OASIS, Akoma Ntoso Version 1.0 Part 2, identification; the levels are those of FRBR.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from lxml import etree

from tracktwo.text.akoma.expression import Expression
from tracktwo.text.akoma.names import LANGUAGES, address, draft_address, own, tag

Element = Any


def write_metadata(meta: Element, expression: Expression) -> None:
    """Write the identification."""
    work, number = expression.work, expression.number
    identification = _child(meta, "identification", source="#author")
    level = _level(identification, "FRBRWork", address(work), work.begun.isoformat())
    etree.SubElement(level, tag("FRBRcountry"), {"value": work.country})
    etree.SubElement(level, tag("FRBRsubtype"), {"value": "draft"})
    etree.SubElement(level, tag("FRBRname"), {"value": work.name})
    here = draft_address(work, expression.language, number)
    level = _level(identification, "FRBRExpression", here, expression.issued.isoformat(), work.title)
    etree.SubElement(level, tag("FRBRversionNumber"), {"value": str(number)})
    etree.SubElement(level, tag("FRBRlanguage"), {"language": LANGUAGES[expression.language]})
    level = _level(identification, "FRBRManifestation", f"{here}.xml", expression.issued.isoformat())
    etree.SubElement(level, tag("FRBRformat"), {"value": "application/akn+xml"})


def write_references(meta: Element, expression: Expression, holders: Mapping[str, str]) -> None:
    """Write whom the file names: the body that drafts, the holders of brackets by name and id; and its other languages.

    The languages stand in our own element, for the standard links an expression to one that it translates alone.
    """
    listed = _child(meta, "references", source="#author")
    for name, eid in ((expression.work.author, "author"), *holders.items()):
        _organisation(listed, name, eid)
    ours = _child(meta, "proprietary", source="#author")
    for language in expression.languages:
        href = draft_address(expression.work, language, expression.number)
        etree.SubElement(ours, own("expression"), {"language": LANGUAGES[language], "href": href})


def _organisation(parent: Element, name: str, eid: str) -> None:
    attributes = {"eId": eid, "href": f"/akn/ontology/organization/{quote(name, safe='')}", "showAs": name}
    etree.SubElement(parent, tag("TLCOrganization"), attributes).tail = "\n"


def _level(parent: Element, name: str, iri: str, day: str, title: str = "") -> Element:
    """One level of identification with what each of them has."""
    level = _child(parent, name)
    etree.SubElement(level, tag("FRBRthis"), {"value": f"{iri}/!main" if not iri.endswith(".xml") else iri})
    etree.SubElement(level, tag("FRBRuri"), {"value": iri})
    if title:
        etree.SubElement(level, tag("FRBRalias"), {"name": "title", "value": title})
    etree.SubElement(level, tag("FRBRdate"), {"date": day, "name": "draft" if title else "issue"})
    etree.SubElement(level, tag("FRBRauthor"), {"href": "#author"})
    return level


def _child(parent: Element, name: str, /, **attributes: str) -> Element:
    element = etree.SubElement(parent, tag(name), attributes)
    element.tail = "\n"
    return element
