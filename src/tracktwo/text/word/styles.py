"""What the styles of a Word file make of a paragraph and of words: kind, level, emphasis."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from lxml import etree

from tracktwo.text.marked import Kind
from tracktwo.text.word.properties import language, switch, value, whole
from tracktwo.text.word.vocabulary import LEVEL, w

DEEPEST = 40
"""Levels of indentation; beyond is off the page."""
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


@dataclass(frozen=True, slots=True)
class Form:
    """What properties say of words; None where they say nothing."""

    strong: bool | None = None
    slanted: bool | None = None
    dotted: bool | None = None
    """Emphasis in East Asian writing."""

    def over(self, base: Form) -> Form:
        """What it says, and where it says nothing, what its base says."""
        return Form(
            base.strong if self.strong is None else self.strong,
            base.slanted if self.slanted is None else self.slanted,
            base.dotted if self.dotted is None else self.dotted,
        )


class Styles:
    """The styles of a document, each read once together with what it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._looks: dict[str, Look] = {}
        self._forms: dict[str, Form] = {}
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
        identity = self._default if named is None else named
        if identity not in self._looks:
            for name, style, base in self._new(identity, self._looks):
                look = _named(value(style, "name") or "").over(_said(style.find(w("pPr"))))
                self._looks[name] = look.over(self._looks.get(base, Look()))
        styled = self._looks.get(identity, Look())
        return styled if properties is None else _said(properties).over(styled)

    def form(self, properties: etree._Element | None) -> Form:
        """What words look like by their own properties and their style for words."""
        if properties is None:
            return Form()
        identity = value(properties, "rStyle")
        if identity is None:
            return _formed(properties)
        if identity not in self._forms:
            for name, style, base in self._new(identity, self._forms):
                self._forms[name] = _formed(style.find(w("rPr"))).over(self._forms.get(base, Form()))
        return _formed(properties).over(self._forms.get(identity, Form()))

    def _new(self, identity: str, known: Container[str]) -> list[tuple[str, etree._Element, str]]:
        """(id, style, id of its base) of a style and those it is based on, as far as not known, bases first."""
        chain: dict[str, tuple[str, etree._Element, str]] = {}
        while identity in self._styles and identity not in known and identity not in chain:
            style = self._styles[identity]
            base = value(style, "basedOn") or ""
            chain[identity] = identity, style, base
            identity = base
        return list(chain.values())[::-1]


def _formed(properties: etree._Element | None) -> Form:
    """What properties of words say themselves."""
    return Form(switch(properties, "b"), switch(properties, "i"), switch(properties, "em"))


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
