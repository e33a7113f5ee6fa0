"""The stories of a Word file (its body, notes, headers, boxes) as passages, with every word in them.

python-docx leaves inserted and deleted words out of the text of a paragraph; here all of XML is walked. What is not
known is gone into, so that words in it are not lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from tracktwo.text.marked import Change, Comment, Run
from tracktwo.text.word.lists import Lists
from tracktwo.text.word.passages import Block, Passage, State, Table, join_runs
from tracktwo.text.word.properties import language, switch
from tracktwo.text.word.refusing import Package
from tracktwo.text.word.remarks import Remarks
from tracktwo.text.word.styles import Styles
from tracktwo.text.word.vocabulary import COMPATIBILITY, DRAWING, MATHEMATICS, WORD, w

_CHANGES: dict[str, Change] = {"ins": "insert", "moveTo": "insert", "del": "delete", "moveFrom": "delete"}
_INLINE = frozenset({"r", "hyperlink", "fldSimple", "smartTag", "t", "delText", "bdo", "dir"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = frozenset({"instrText", "delInstrText", "fldChar", "sectPr", "tblGrid", "annotationRef", "footnoteRef"})
_PAGE_FIELD = re.compile(r"\s*(?:NUM|SECTION)?PAGES?\b", re.IGNORECASE)
_OTHER_WORDS = frozenset({f"{{{MATHEMATICS}}}t", f"{{{DRAWING}}}t"})
"""Words of formulas and of shapes."""
_HEX = re.compile(r"[0-9A-Fa-f]{4,6}")


def _local(element: etree._Element) -> str:
    """The name of an element without its namespace where that is WordprocessingML, the whole name elsewhere."""
    return str(element.tag).removeprefix(f"{{{WORD}}}")


class Stories:
    """A Word file while it is read: what its parts share."""

    def __init__(self, package: Package) -> None:
        self.styles = Styles(next(iter(package.of_kind("styles")), None))
        self.lists = Lists(next(iter(package.of_kind("numbering")), None))
        self.comments: dict[str, Comment] = {}
        self.placed: set[str] = set()
        """Comments that hang on words, by id."""
        self.labels: dict[tuple[str, str], str] = {}
        """Of notes that were met, by kind and id."""
        self.counted: Counter[str] = Counter()
        self.notes: dict[tuple[str, str], etree._Element] = {
            (kind, note.get(w("id"), "")): note
            for kind in ("footnote", "endnote")
            for root in package.of_kind(f"{kind}s")
            for note in root.findall(w(kind))
        }
        for root in package.of_kind("comments"):
            for comment in root.findall(w("comment")):
                lines = [
                    "".join(run.text for run in block.runs if run.change != "delete" and not run.withdrawn)
                    for block in flat(self.story(comment))
                ]
                self.comments[comment.get(w("id"), "")] = Comment(comment.get(w("author"), ""), "\n".join(lines))

    def story(self, root: etree._Element) -> list[Block]:
        """The blocks of a part, a note, a box."""
        return list(_Story(self).blocks(root, State()))


def flat(blocks: Iterable[Block]) -> Iterator[Passage]:
    """The passages of blocks in order, those of tables by row and cell, without what hangs on them."""
    for block in blocks:
        if isinstance(block, Passage):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from flat(cell)


def _branch(element: etree._Element) -> list[etree._Element]:
    """Of several forms of the same content, the first with words in it."""
    for branch in element:
        if any(words.text for words in branch.iter(w("t"), w("delText"))):
            return [branch]
    return list(element)[:1]


_FORMS = f"{{{COMPATIBILITY}}}AlternateContent"


class _Story:
    """One story while it is walked."""

    def __init__(self, file: Stories) -> None:
        self._file = file
        self._remarks = Remarks(file.comments, file.placed)

    def blocks(self, container: Iterable[etree._Element], state: State) -> Iterator[Block]:
        """Paragraphs and tables."""
        for element in container:
            name = _local(element)
            if name == "p":
                yield self._passage(element, element, state)
            elif name == "tbl":
                yield self._table(element, state)
            elif name in _INLINE or name.startswith(f"{{{MATHEMATICS}}}"):
                yield self._passage(None, [element], state)
            elif name == "commentRangeStart":
                self._remarks.begin(element)
            elif name == "commentRangeEnd":
                if runs := self._remarks.end(element):
                    yield Passage(runs=runs)
            elif name == _FORMS:
                yield from self.blocks(_branch(element), state)
            elif name not in _SKIPPED and not name.endswith("Pr"):
                yield from self.blocks(element, _within(state, name, element))

    def _table(self, table: etree._Element, state: State) -> Table:
        first = next(table.iter(w("tr")), None)
        headed = first is not None and bool(switch(first.find(w("trPr")), "tblHeader"))
        return Table(list(self._rows(table, state)), headed)

    def _rows(self, container: Iterable[etree._Element], state: State) -> Iterator[list[list[Block]]]:
        for element in container:
            name = _local(element)
            if name == "tr":
                yield list(self._cells(element, _property_change(state, element.find(w("trPr")), "ins", "del")))
            elif name == "p" or name in _INLINE:
                yield [list(self.blocks([element], state))]
            elif name not in _SKIPPED and not name.endswith("Pr"):
                yield from self._rows(_branch(element) if name == _FORMS else element, _within(state, name, element))

    def _cells(self, container: Iterable[etree._Element], state: State) -> Iterator[list[Block]]:
        for element in container:
            name = _local(element)
            if name == "tc":
                changed = _property_change(state, element.find(w("tcPr")), "cellIns", "cellDel")
                yield list(self.blocks(element, changed))
            elif name in {"p", "tbl"} or name in _INLINE:
                yield list(self.blocks([element], state))
            elif name not in _SKIPPED and not name.endswith("Pr"):
                yield from self._cells(_branch(element) if name == _FORMS else element, _within(state, name, element))

    def _passage(self, paragraph: etree._Element | None, content: Iterable[etree._Element], state: State) -> Passage:
        properties = None if paragraph is None else paragraph.find(w("pPr"))
        look = self._file.styles.look(properties)
        line = Passage(look.kind or ("heading" if look.heading else "paragraph"))
        if line.kind == "heading":
            line.level = look.heading or 0
        elif line.kind != "title":
            line.level = look.indentation or 0
        number = self._file.lists.number(look)
        if properties is not None:
            line.end = _property_change(State(), properties.find(w("rPr")), *_CHANGES)
        self._inline(content, state, line)
        line.runs = join_runs(line.runs)
        if number is not None and line.runs:
            if line.kind in {"paragraph", "note"}:
                line.level = number[1]
            line.lead(_alike(line.runs).run(number[0]))
        return line

    def _inline(self, container: Iterable[etree._Element], state: State, line: Passage) -> None:
        """The runs of a paragraph and what they stand in."""
        for element in container:
            name = _local(element)
            if name == "r":
                self._run(element, state, line)
            elif name == "commentRangeStart":
                self._remarks.begin(element)
            elif name == "commentRangeEnd":
                line.runs += self._remarks.end(element)
            elif name in {"t", "delText"} or name == f"{{{MATHEMATICS}}}r":
                self._content([element], state, line, None)
            elif name == _FORMS:
                self._inline(_branch(element), state, line)
            elif name in {"p", "tbl"}:  # where no paragraph can be
                line.after.extend(self.blocks([element], state))
            elif name not in _SKIPPED and not name.endswith("Pr"):
                if name == "fldSimple" and _PAGE_FIELD.match(element.get(w("instr"), "")):
                    line.page_number = True
                self._inline(element, _within(state, name, element), line)

    def _run(self, run: etree._Element, state: State, line: Passage) -> None:
        self._content(run, state, line, run.find(w("rPr")))

    def _content(
        self, container: Iterable[etree._Element], state: State, line: Passage, properties: etree._Element | None
    ) -> None:
        """What a run holds: words, signs, references, drawings."""
        texts: list[str] = []
        for element in container:
            name = _local(element)
            if name in {"t", "delText"}:
                texts.append("".join(str(text) for text in element.itertext()))
            elif name in _SIGNS:
                texts.append(_SIGNS[name])
            elif name == "sym":
                texts.append(_symbol(element))
            elif name in {"instrText", "delInstrText"}:
                line.page_number |= bool(_PAGE_FIELD.match(element.text or ""))
            elif name not in _SKIPPED and not name.endswith("Pr"):
                self._emit("".join(texts), state, line, properties)
                texts = []
                self._held(element, name, state, line, properties)
        self._emit("".join(texts), state, line, properties)

    def _held(
        self, element: etree._Element, name: str, state: State, line: Passage, properties: etree._Element | None
    ) -> None:
        """Anything in a run but words and signs."""
        if name in {"footnoteReference", "endnoteReference"}:
            self._note(element, name.removesuffix("Reference"), state, line)
        elif name == "commentReference":
            line.runs += self._remarks.refer(element)
        elif name == _FORMS:
            self._content(_branch(element), state, line, properties)
        elif name == "txbxContent":
            line.after.extend(_Story(self._file).blocks(element, state))
        elif name in {"p", "tbl"}:
            line.after.extend(self.blocks([element], state))
        elif name == "r":
            self._run(element, state, line)
        elif name == "rt":  # a reading above words
            self._emit("(", state, line, properties)
            self._content(element, state, line, properties)
            self._emit(")", state, line, properties)
        elif name in _OTHER_WORDS:
            self._emit("".join(str(text) for text in element.itertext()), state, line, properties)
        else:
            self._content(element, _within(state, name, element), line, properties)

    def _emit(self, text: str, state: State, line: Passage, properties: etree._Element | None) -> None:
        if not text:
            return
        form = self._file.styles.form(properties)
        line.runs.append(state.run(text, bool(form.strong), bool(form.slanted or form.dotted), self._remarks.over))
        line.weigh(text, language(properties))
        self._remarks.cover()

    def _note(self, reference: etree._Element, kind: str, state: State, line: Passage) -> None:
        """The mark of a footnote, in the words and before the note, as Markdown has it."""
        key = (kind, reference.get(w("id"), ""))
        if key not in self._file.notes:
            return
        new = key not in self._file.labels
        if new:
            self._file.counted[kind] += 1
            self._file.labels[key] = f"[^{'e' if kind == 'endnote' else ''}{self._file.counted[kind]}]"
        label = self._file.labels[key]
        self._emit(label, state, line, None)
        if new:
            blocks = list(_Story(self._file).blocks(self._file.notes[key], state))
            passages = list(flat(blocks))
            for passage in passages:
                passage.kind, passage.level = "note", 0
            if passages:
                if passages[0].runs:
                    first = passages[0].runs[0]
                    passages[0].runs[0] = replace(first, text=first.text.lstrip(" "))
                passages[0].lead(state.run(f"{label}: "))
            line.after.extend(blocks)


def _within(state: State, name: str, element: etree._Element) -> State:
    """The state of what an element holds."""
    return state.then(_CHANGES[name], element.get(w("author"), "")) if name in _CHANGES else state


def _property_change(state: State, properties: etree._Element | None, *names: str) -> State:
    """The state that properties (of a row, a cell, the end of a paragraph) tell by an empty mark."""
    for element in () if properties is None else properties:
        name = _local(element)
        if name in names:
            change: Change = "insert" if name in {"ins", "moveTo", "cellIns"} else "delete"
            state = state.then(change, element.get(w("author"), ""))
    return state


def _alike(runs: list[Run]) -> State:
    """The state of all runs if it is one; unchanged otherwise."""
    states = {(run.change, run.author, run.withdrawn) for run in runs}
    return State(*states.pop()) if len(states) == 1 else State()


def _symbol(element: etree._Element) -> str:
    """A sign named by its number in a font."""
    number = element.get(w("char"), "")
    code = int(number, 16) if _HEX.fullmatch(number) else 0xFFFD
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
