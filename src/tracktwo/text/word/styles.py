"""What the styles of a Word file make of a paragraph and of words: kind, level, emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tracktwo.text.marked import Kind
from tracktwo.text.word.properties import language, switch, value, whole
from tracktwo.text.word.vocabulary import LEVEL, w

DEEPEST = 40
"""Levels of indentation; beyond is off the page."""
SWITCHES = ("b", "i", "em")
_BASES = 20
"""Styles that one may be based on."""
_HEADING = re.compile(r"heading ([1-9])")
_NOTES = frozenset({"note", "footnote text", "endnote text"})


@dataclass(frozen=True, slots=True)
class Look:
    """What properties say; None where they say nothing."""

    kind: Kind | None = None
    heading: int | None = None
    """Level of a heading, by name or by outline; 0 where it is said to be none."""
    indentation: int | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, base: Look) -> Look:
        """What it says, and where it says nothing, what its base says."""
        return Look(
            self.kind or base.kind,
            base.heading if self.heading is None else self.heading,
            base.indentation if self.indentation is None else self.indentation,
            base.list_id if self.list_id is None else self.list_id,
            base.list_level if self.list_level is None else self.list_level,
        )


class Styles:
    """The styles of a document, each read once together with those it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._looks: dict[str, Look] = {}
        self._switches: dict[str, dict[str, bool]] = {}
        self.language = (
            None if root is None else language(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
        )
        """That of all words, if the file says the same of both scripts."""
        for style in () if root is None else root.iter(w("style")):
            identity = style.get(w("styleId"), "")
            self._styles.setdefault(identity, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") in {"1", "true", "on"}:
                self._default = self._default or identity

    def look(self, properties: etree._Element | None) -> Look:
        """What a paragraph is by its own properties and its style."""
        named = value(properties, "pStyle")
        identity = (self._default or "") if named is None else named
        if identity not in self._looks:
            look = Look()
            for style in self._chain(identity):
                look = look.over(_named(value(style, "name") or "").over(_said(style.find(w("pPr")))))
            self._looks[identity] = look
        return _said(properties).over(self._looks[identity])

    def switched(self, properties: etree._Element | None) -> dict[str, bool]:
        """Which of ``SWITCHES`` are on for words, by themselves or by their style for words."""
        named = value(properties, "rStyle") or ""
        if named not in self._switches:
            styles = [style.find(w("rPr")) for style in self._chain(named)] if named else []
            self._switches[named] = {
                name: next((on for style in styles if (on := switch(style, name)) is not None), False)
                for name in SWITCHES
            }
        own = {name: switch(properties, name) for name in SWITCHES}
        return {name: by_style if (on := own[name]) is None else on for name, by_style in self._switches[named].items()}

    def _chain(self, identity: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while identity in self._styles and identity not in seen and len(seen) < _BASES:
            seen.add(identity)
            yield self._styles[identity]
            identity = value(self._styles[identity], "basedOn") or ""


def _named(name: str) -> Look:
    """What a style is by its name, which is the same in every language of Word."""
    plain = name.strip().lower()
    heading = _HEADING.fullmatch(plain)
    if heading:
        return Look(heading=min(int(heading[1]), 6))
    return Look(kind="title" if plain == "title" else "note" if plain in _NOTES else None)


def _said(properties: etree._Element | None) -> Look:
    """What properties of a paragraph say themselves."""
    if properties is None:
        return Look()
    outline = whole(value(properties, "outlineLvl"))
    place, numbered = properties.find(w("ind")), properties.find(w("numPr"))
    left = None if place is None else whole(place.get(w("left"), place.get(w("start"))))
    return Look(
        heading=None if outline is None else min(outline + 1, 6) if 0 <= outline < 9 else 0,
        indentation=None if left is None else min(max(round(left / LEVEL), 0), DEEPEST),
        list_id=value(numbered, "numId"),
        list_level=whole(value(numbered, "ilvl")),
    )
