"""Reading back a draft that was written as Akoma Ntoso here, character for character."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from lxml import etree

from tracktwo.text import documents
from tracktwo.text.akoma.expression import BRACKET_STATES, BracketState, Expression, Work
from tracktwo.text.akoma.names import LANGUAGES, own, tag
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language

_ELSEWHERE = (
    "This file of Akoma Ntoso was not written by tracktwo, or was changed since: {}. Import it as Word or Markdown."
)


def read(content: bytes, *, parties: Collection[str] = ()) -> Expression:
    """The draft that a file holds, as it was before it was written.

    Files of others do not say where each character of a draft stood, so that they are refused rather than guessed at.
    ``parties`` are the names of delegations that may stand before a colon as holders, as when the draft was first read.
    TextError where the file is no XML, declares entities, or is not ours.
    """
    root = _parsed(content)
    body = root.find(f"{tag('statement')}/{tag('mainBody')}")
    meta = root.find(f"{tag('statement')}/{tag('meta')}")
    if root.tag != tag("akomaNtoso") or body is None or meta is None:
        raise TextError(_ELSEWHERE.format("it holds no statement"))
    carriers = [element for element in body.iter() if isinstance(element.tag, str) and element.get(own("line"))]
    try:
        carriers.sort(key=_line)
        source = body.get(own("before"), "") + "".join(_source(element) for element in carriers)
        return _expression(meta, body, documents.read(source, parties=parties))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, TextError):
            raise
        raise TextError(_ELSEWHERE.format("what it says of the draft cannot be read")) from None


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TextError(f"The file is no XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise TextError("The file declares a document type, which Akoma Ntoso does not need; it is not read.")
    return root


def _line(element: Any) -> int:
    return int(element.get(own("line")))


def _source(carrier: Any) -> str:
    return f"{carrier.get(own('lead'), '')}{_inner(carrier)}{carrier.get(own('after'), '')}"


def _inner(element: Any) -> str:
    """The characters that an element stands for."""
    return (element.text or "") + "".join(f"{_whole(child)}{child.tail or ''}" for child in element)


def _whole(element: Any) -> str:
    if not isinstance(element.tag, str):  # a comment of somebody who looked at the file
        return ""
    if element.tag in {tag("authorialNote"), tag("noteRef")}:
        return "" if element.get(own("referred")) == "false" else f"[^{element.get('marker')}]"
    if element.tag == tag("a"):
        return element.get(own("source"), "")  # type: ignore[no-any-return]
    return f"{element.get(own('open'), '')}{_inner(element)}{element.get(own('close'), '')}"


def _expression(meta: Any, body: Any, document: documents.Document) -> Expression:
    identification = meta.find(tag("identification"))
    work, expression = (identification.find(tag(name)) for name in ("FRBRWork", "FRBRExpression"))
    codes: dict[str, Language] = {code: language for language, code in LANGUAGES.items()}
    author = next(each for each in meta.find(tag("references")) if each.get("eId") == "author")
    return Expression(
        work=Work(
            name=work.find(tag("FRBRname")).get("value"),
            title=expression.find(tag("FRBRalias")).get("value"),
            begun=date.fromisoformat(work.find(tag("FRBRdate")).get("date")),
            author=author.get("showAs"),
            country=work.find(tag("FRBRcountry")).get("value"),
        ),
        number=int(expression.find(tag("FRBRversionNumber")).get("value")),
        issued=date.fromisoformat(expression.find(tag("FRBRdate")).get("date")),
        language=codes[expression.find(tag("FRBRlanguage")).get("language")],
        document=document,
        languages=tuple(codes[each.get("language")] for each in meta.find(tag("proprietary"))),
        states=dict(_states(body)),
        provisions={_first_line(part): part.get("GUID") for part in body.iter() if part.get("GUID")},
    )


def _states(body: Any) -> list[tuple[tuple[int, int], BracketState]]:
    """Of the brackets that are not open."""
    found: list[tuple[tuple[int, int], BracketState]] = []
    for element in body.iter():
        state = element.get(own("state"))
        if state in BRACKET_STATES and state != "open":
            carrier = next(each for each in element.iterancestors() if each.get(own("line")))
            found.append(((_line(carrier), int(element.get(own("number"))) - 1), state))
    return found


def _first_line(part: Any) -> int:
    return next(_line(element) for element in part.iter() if element.get(own("line")))
