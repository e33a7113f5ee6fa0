"""Writing a draft as Akoma Ntoso."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from tracktwo.text.akoma.expression import Expression
from tracktwo.text.akoma.inline import Element, Inline, append
from tracktwo.text.akoma.metadata import write_metadata, write_references
from tracktwo.text.akoma.names import CONTAINERS, NAMESPACE, OWN, Ids, own, tag
from tracktwo.text.akoma.structure import Part, tree
from tracktwo.text.errors import TextError

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"\s")
_TARGET = re.compile(r"[ ]{0,3}\[(?P<label>[^\]\[^]+)\]:[ \t]*<?(?P<url>[^>\s]+)")


def write(expression: Expression) -> bytes:
    """One draft in one language as a file of Akoma Ntoso, a ``statement``, UTF-8.

    Every character of the draft is in it: the words, with the marks of their brackets, as what its elements contain,
    in their order; the marks of lists, of emphasis and of structure in attributes. It says nothing of persons, machines
    or the time at which it was written: the same draft gives the same bytes.

    TextError where the draft holds a character that no XML can, or stands too deep within itself.
    """
    _check(expression)
    return etree.tostring(_Writer(expression).root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _check(expression: Expression) -> None:
    """Raise TextError for what could not be written, or would be lost."""
    named = {"title": expression.work.title, "author": expression.work.author}
    lines = expression.document.render().split("\n")
    named |= {f"line {number}": line for number, line in enumerate(lines, 1)}
    for place, text in named.items():
        if found := _FORBIDDEN.search(text):
            raise TextError(
                f"In the {place}, the character in place {found.start() + 1}, U+{ord(found[0]):04X}, cannot stand in "
                f"XML. Take it out, or send the draft as Markdown."
            )
    for given, count in Counter(expression.provisions.values()).items():
        if count > 1 or not given or _SPACE.search(given) or _FORBIDDEN.search(given):
            raise TextError(f"{given!r} is not one provision's id: it stands {count} times, or holds a space.")
    blocks = {block.line: block for block in expression.document.blocks}
    for line in expression.provisions:
        if line not in blocks or blocks[line].kind not in {"paragraph", "heading"}:
            raise TextError(f"Line {line} has the id of a provision, but no provision begins there.")
    for line, bracket in expression.states:
        if line not in blocks or not 0 <= bracket < len(blocks[line].prose.brackets):
            raise TextError(f"There is no bracket {bracket} in line {line}, whose state is given.")


class _Writer:
    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self.tree = tree(expression.document)
        self.ids = Ids()
        self.holders: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        """Ids of the notes that were written, by label."""
        self.markers: Counter[str] = Counter()
        self.links = {
            found["label"].casefold(): found["url"]
            for block in expression.document.blocks
            if block.kind == "markup" and (found := _TARGET.match(block.source))
        }
        self.root = etree.Element(tag("akomaNtoso"), nsmap={None: NAMESPACE, "t": OWN})
        statement = _child(self.root, "statement", name="draft", contains="singleVersion")
        meta = _child(statement, "meta")
        body = _child(statement, "mainBody")
        if self.tree.before:
            body.set(own("before"), self.tree.before)
        for part in self.tree.parts:
            self._part(body, part, "")
        if not self.tree.parts:
            etree.SubElement(body, tag("p"))
        write_metadata(meta, expression)
        write_references(meta, expression, self.holders)

    def _part(self, parent: Element, part: Part, within: str) -> None:
        """A provision and those within it."""
        eid = self.ids.of(part.kind, part.number, within)
        element = _child(parent, "hcontainer" if part.kind in CONTAINERS else part.kind)
        if part.kind in CONTAINERS:
            element.set("name", part.kind)
        element.set("eId", eid)
        block = part.block
        if block.line in self.expression.provisions:
            element.set("GUID", self.expression.provisions[block.line])
        if block.begins:
            element.set(own("option"), block.begins)
        if part.kind == "note":
            paragraph = etree.SubElement(_child(element, "content", eId=f"{eid}__content"), tag("p"))
            self._footnote(paragraph, part, f"{eid}__authorialNote_1")
        else:
            self._words(element, part, eid)
        for inner in part.parts:
            self._part(element, inner, eid)

    def _words(self, element: Element, part: Part, eid: str) -> None:
        """The number and the words of a provision."""
        block = part.block
        inline = self._inline(part, eid)
        lead = block.lead
        if block.label and block.label in lead:
            append(etree.SubElement(element, tag("num")), block.label)
        elif length := _number(part):
            number = etree.SubElement(element, tag("num"), {own("line"): str(block.line)})
            _set(number, "lead", lead)
            inline.write(number, eid, length)
            lead = ""
        if block.kind == "heading":
            words = etree.SubElement(element, tag("heading"), {"eId": f"{eid}__heading"})
        else:
            name = "intro" if part.parts else "content"
            words = etree.SubElement(_child(element, name, eId=f"{eid}__{name}"), tag("p"))
        words.set(own("line"), str(block.line))
        _set(words, "lead", lead)
        inline.write(words, eid)
        _set(words, "after", f"{block.tail}{part.after}")

    def _inline(self, part: Part, eid: str) -> Inline:
        line = part.block.line
        return Inline(
            part.block.prose,
            line,
            note=lambda parent, label: self._note(parent, label, eid),
            links=self.links,
            organisation=lambda name: self.holders.setdefault(name, f"holder_{len(self.holders) + 1}"),
            state=lambda number: self.expression.states.get((line, number), "open"),
        )

    def _note(self, parent: Element, label: str, eid: str) -> bool:
        """A footnote where it is first referred to, and a reference where it is again."""
        if label not in self.tree.notes:
            return False
        if label in self.shown:
            attributes = {"href": f"#{self.shown[label]}", "marker": label}
            etree.SubElement(parent, tag("noteRef"), attributes)
            return True
        self.markers[eid] += 1
        self.shown[label] = f"{eid}__authorialNote_{self.markers[eid]}"
        self._footnote(parent, self.tree.notes[label], self.shown[label])
        return True

    def _footnote(self, parent: Element, part: Part, eid: str) -> None:
        attributes = {"eId": eid, "marker": part.number, "placement": "bottom"}
        if part.number not in self.tree.notes or self.tree.notes[part.number] is not part:
            attributes[own("referred")] = "false"
        note = etree.SubElement(parent, tag("authorialNote"), attributes)
        words = etree.SubElement(note, tag("p"), {own("line"): str(part.block.line)})
        _set(words, "lead", part.block.lead)
        self._inline(part, eid).write(words, eid)
        _set(words, "after", f"{part.block.tail}{part.after}")


def _number(part: Part) -> int:
    """How many characters of a provision's words are its number, if it stands before all brackets."""
    label = part.block.begins or part.block.label
    if not label:
        return 0
    before, length = 0, 0
    for piece in part.block.prose.pieces:
        if piece.kind == "style" and not length:
            before += len(piece.text)
            continue
        if piece.kind == "words" and piece.within is None and piece.text.startswith(label):
            length = len(label) + (piece.text[len(label) : len(label) + 1] in {":", "：", "."})
        break
    return before + length if length else 0


def _child(parent: Element, name: str, /, **attributes: str) -> Element:
    """An element that holds elements alone, on a line of its own."""
    element = etree.SubElement(parent, tag(name), attributes)
    element.tail = "\n"
    return element


def _set(element: Element, name: str, value: str) -> None:
    if value:
        element.set(own(name), value)
