"""Names in Akoma Ntoso: namespaces, addresses of texts, and the ids of their parts.

Source: OASIS, Akoma Ntoso Naming Convention Version 1.0 (2019), chapters 4 and 5.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from tracktwo.text.akoma.expression import Work
from tracktwo.text.documents import OPTION
from tracktwo.text.marked import Language
from tracktwo.text.numbering import han, normal

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "https://tracktwo.org/ns/text/1"
"""Our own namespace: of attributes for brackets and options, and for what a reader of the file does not see."""
LANGUAGES: dict[Language, str] = {"en": "eng", "zh": "zho"}
"""ISO 639-2, as addresses have it."""

ElementKind = Literal[
    "part", "chapter", "section", "annex", "decision", "division", "article", "option", "paragraph", "point",
    "alinea", "note"
]  # fmt: skip
"""Hierarchical elements; annex, decision, option and note are an ``hcontainer`` of that name."""
CONTAINERS = frozenset({"annex", "decision", "option", "note"})
_SHORT = {
    "part": "part", "chapter": "chp", "section": "sec", "division": "dvs", "article": "art", "paragraph": "para",
    "alinea": "al"
}  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff〇①-⑳]")
_KIND = re.compile(r"(part|chapter|section|annex|decision|article|paragraph) (.+)", re.IGNORECASE)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_APART = re.compile(r"[\W_]+")


def tag(name: str) -> str:
    """The full name of an element of the standard."""
    return f"{{{NAMESPACE}}}{name}"


def own(name: str) -> str:
    """The full name of an attribute of ours."""
    return f"{{{OWN}}}{name}"


def address(work: Work) -> str:
    """The IRI of a work."""
    return f"/akn/{work.country}/statement/{work.begun.isoformat()}/{work.name}"


def draft_address(work: Work, language: Language, number: int) -> str:
    """The IRI of an expression of a work: the version is the draft, of which several may be issued on one day."""
    return f"{address(work)}/{LANGUAGES[language]}@draft-{number}"


def provision(label: str) -> tuple[ElementKind, str]:
    """What a paragraph or heading is by its number, and that number as an id has it: ``("paragraph", "3-3bis")``.

    The same number in both languages has the same id: 第三条 is article 3.
    """
    comparable = normal(label)
    if label.startswith("附件"):
        return "annex", str(han(label[2:])) if label[2:] else ""
    found = _KIND.fullmatch(comparable if _HAN.search(label) else label.strip())
    if found:
        kind = found[1].lower()
        return kind, _number(found[2])  # type: ignore[return-value]
    if not label:
        return "alinea", ""
    number = _number(comparable if _HAN.search(label) else label)
    bare = label.strip()
    point = bare.endswith("项") or re.match(r"[(（]", bare) or re.fullmatch(r"[a-z][)）]|[①-⑳]", bare)
    return ("point" if point else "paragraph"), number


def option(label: str) -> str:
    """The number of an option as an id has it: ``2``, ``II``, ``A``; 方案二 is 2."""
    found = OPTION.match(f"{label}:")
    number = found["number"] if found else label
    rest = label[found.end("number") :] if found else ""
    return _number(f"{han(number) if _HAN.search(number) else number}{rest}")


def _number(text: str) -> str:
    """A number without what separates its parts: punctuation within is a hyphen, at its ends it falls."""
    return _APART.sub("-", re.sub(r"\s+", "", _EDGES.sub("", text)))


class Ids:
    """The ids of the provisions of one file, none of them twice."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, kind: ElementKind, number: str, within: str) -> str:
        """The id of a provision by its kind and number, within that of the provision around it.

        One without a number is counted, and so are those that have the same: ``al_nn_1``, ``para_3_2``.
        """
        wanted = f"{within}__" * bool(within) + f"{_SHORT.get(kind, kind)}_{number or 'nn'}"
        while True:
            self._given[wanted] += 1
            count = self._given[wanted]
            if count == 1 and not wanted.endswith("_nn"):
                return wanted
            wanted = f"{wanted}_{count}"
