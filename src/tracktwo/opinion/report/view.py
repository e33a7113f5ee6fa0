"""A published document seen in one language: who is who, and which statement is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from tracktwo.opinion.report.markup import Html, element, join, text
from tracktwo.opinion.report.voice import Language, Voice

Record = Mapping[str, Any]
PLURAL = {"side": "sides", "delegation": "delegations", "group": "groups"}
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def tag(language: str) -> str | None:
    """The language as an attribute, or None where it is not named by a language tag."""
    return language if _TAG.fullmatch(language) else None


class View:
    """A document, and the language it is shown in."""

    def __init__(
        self, document: Record, lang: Language, *, most: int | None = None, rows: int | None = None, page: str = ""
    ) -> None:
        """Take the document as it is; ``lang`` is the reader's language.

        ``most`` is how long a list may become, ``rows`` how many statements of the table of all stand on one page;
        then ``page`` is the address of a page but for its number.
        """
        self.document = document
        self.voice = Voice(lang)
        self.most, self.rows, self.page = most, rows, page

    @cached_property
    def statements(self) -> dict[str, Record]:
        """Statements by id."""
        return {s["id"]: s for s in self.document["statements"]}

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where each statement stands in the table of all."""
        return {s["id"]: f"s{i}" for i, s in enumerate(self.document["statements"])}

    def where(self, identity: str) -> str:
        """The address of a statement's row in the table of all."""
        anchor = self.anchors[identity]
        paged = self.rows is not None and len(self.anchors) > self.rows
        return f"{self.page}{int(anchor[1:]) // (self.rows or 1) + 1}#{anchor}" if paged else f"#{anchor}"

    @cached_property
    def bilingual(self) -> bool:
        """Whether any statement is there in more than one language."""
        return any(len([t for t in s["text"].values() if t]) > 1 for s in self.document["statements"])

    @property
    def polis(self) -> bool:
        """Whether the numbers are those of the Polis method."""
        return bool(self.document["method"] == "polis")

    @property
    def settings(self) -> Record:
        """What was asked for."""
        settings: Record = self.document["settings"]
        return settings

    @cached_property
    def compared(self) -> str:
        """The kind of camp that common ground is common to: side, group or all."""
        return {"sides": "side", "groups": "group"}.get(self.document["compared"], "all")

    def camps(self, kind: str) -> list[Record]:
        """The camps of a kind, in order."""
        return [c for c in self.document["camps"] if c["kind"] == kind]

    def camp(self, kind: str, index: int) -> Record:
        """One camp."""
        return next(c for c in self.document["camps"] if c["kind"] == kind and c["index"] == index)

    def cells(self, statement: Record, kind: str) -> list[tuple[Record, Record]]:
        """Each camp of a kind with its votes on the statement."""
        if kind == "all":
            return [(self.camp("all", 0), everybody(statement))]
        by_id = {cell["id"]: cell for cell in statement[PLURAL[kind]]}
        return [(camp, by_id[camp["index"]]) for camp in self.camps(kind) if camp["index"] in by_id]

    def hue(self, camp: Record) -> str:
        """The class that gives the camp its colour."""
        if camp["kind"] == "delegation":
            return f"side-{(camp['side'] or 0) % 5}"
        return "all" if camp["kind"] == "all" else f"{camp['kind']}-{camp['index'] % 5}"

    def plain_name(self, camp: Record) -> str:
        """The camp's name as text."""
        named = self.voice.pick(camp["name"])
        return named[1] if named else self.voice(camp["kind"], letter=camp["letter"])

    def name(self, camp: Record) -> Html:
        """The camp's name, in its own direction and language."""
        named = self.voice.pick(camp["name"])
        if named is None:
            return text(self.voice(camp["kind"], letter=camp["letter"]))
        return element("bdi", named[1], lang=self.foreign(named[0]))

    def badge(self, camp: Record) -> Html:
        """The camp's letter in its shape: sides round, groups square, delegations long."""
        if camp["kind"] == "all":
            return element("span", "∗", class_="badge all", aria_hidden="true")
        classes = f"badge {camp['kind']} {self.hue(camp)}"
        return element("span", camp["letter"], class_=classes, aria_hidden="true")

    def labelled(self, camp: Record) -> Html:
        """Letter and name."""
        return element("span", self.badge(camp), self.name(camp), class_="camp")

    def foreign(self, language: str) -> str | None:
        """The language as an attribute where it is not the page's own."""
        return None if language == self.voice.lang else tag(language)

    def pair(self, statement: Record) -> Html:
        """The statement in the reader's language, then in the others."""
        first = self.voice.pick(statement["text"])
        if first is None:
            return element("div", element("p", self.voice("not-shown"), class_="quiet"), class_="pair alone")
        others = self.voice.others(statement["text"])
        said = [self.sentence("first", *first), *(self.sentence("second", *other) for other in others)]
        return element("div", *said, class_="pair" if others else "pair alone")

    def sentence(self, class_: str, language: str, words: str) -> Html:
        """A statement in one language, kept from disturbing what stands around it."""
        return element("p", element("bdi", words), class_=class_, lang=tag(language), dir="auto")

    def link(self, statement: Record) -> Html:
        """The statement's number, leading to its row in the table of all."""
        label = self.voice("statement-number", id=statement["id"])
        return element("a", statement["id"], class_="no", href=self.where(statement["id"]), aria_label=label)


def silent(document: Record) -> bool:
    """Whether nothing may be shown of any statement."""
    statements = [s for s in document["statements"] if s["included"]]
    return bool(statements) and all(s["agree"] is None for s in statements)


def everybody(statement: Record) -> Record:
    """The votes of everybody in the form of a camp's."""
    counts = {answer: statement[answer] for answer in ("agree", "disagree", "pass")}
    return {**counts, "id": 0, "share": statement["share"], "suppressed": statement["agree"] is None}


def section(view: View, name: str, title: str, *children: object, count: int | None = None) -> Html:
    """A part of the page under its heading."""
    heading = [element("span", title)]
    if count:
        heading.append(element("span", view.voice.number(count), class_="count"))
    return element(
        "section", element("h2", *heading, id=f"{name}-title"), *children, id=name, aria_labelledby=f"{name}-title"
    )


def terms(view: View, *pairs: tuple[str, str]) -> Html:
    """Words with what they mean here."""
    rows = [element("div", element("dt", word), element("dd", meaning)) for word, meaning in pairs]
    return element("dl", *rows, class_="terms")


def folded(view: View, entries: Iterable[Html], limit: int, total: int) -> Html:
    """A list of which the first ``limit`` of ``total`` entries are open and the rest unfold, up to ``view.most``."""
    made = list(islice(entries, view.most))
    first, rest = element("ol", *made[:limit], class_="entries"), made[limit:]
    parts = [first]
    if rest:
        summary = element("summary", view.voice("more", n=len(rest)))
        parts.append(element("details", summary, element("ol", *rest, class_="entries"), class_="rest"))
    if total > len(made):
        parts.append(element("p", view.voice("more-in-table", n=total - len(made)), class_="gloss"))
    return join(parts)
