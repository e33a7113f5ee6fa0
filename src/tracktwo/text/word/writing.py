"""A marked document as a Word file with true tracked changes and comments, and nothing about who made it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Change, Comment, Language, Marked, Paragraph, Row, Run
from tracktwo.text.word import furniture
from tracktwo.text.word.vocabulary import (
    LANGUAGE_NAMES,
    LANGUAGE_TAGS,
    LEVEL,
    RELATIONS,
    WORD,
    XML_SPACE,
    r,
    w,
)

_PAGE = (11906, 16838)
"""A4, in twentieths of a point."""
_MARGIN = 1134
_COLUMN = (_PAGE[0] - 2 * _MARGIN) // 2
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write: controls, half characters, U+FFFE and U+FFFF."""
_BREAKS = re.compile("(\r\n|[\t\n\r])")
_MARKS: dict[Change, str] = {"insert": "ins", "delete": "del"}


def write(document: Marked) -> bytes:
    """The document as a Word file (.docx): paragraphs in one language, a table of two equal columns in two.

    Insertions, deletions and comments carry their delegation and no date. A heading, the title and a note are styles;
    the title of the document stands at the head of each page. The file holds no properties, no dates, no rsids and no
    template, and is the same bytes for the same document (where zlib is the same). Edits made in it are tracked.

    A tab is a tab, a line end within a paragraph (also a carriage return) a line break. Rows without words in the
    languages shown are left out. TextError for a character that XML cannot hold, or if no language is named.
    """
    if not document.languages or len(set(document.languages)) != len(document.languages):
        raise TextError("A Word file needs a language, or two different ones; name them.")
    body = _Body()
    main = body.document(document)
    parts = {"document": main, "styles": furniture.styles(document.languages[0]).encode()}
    parts["settings"] = furniture.settings().encode()
    parts["fontTable"] = furniture.fonts().encode()
    parts["footer"] = furniture.footer().encode()
    if document.title:
        parts["header"] = _header(document.title)
    if body.comments:
        parts["comments"] = _comments(body.comments)
    names = tuple(parts)
    return _packed(
        {
            "[Content_Types].xml": furniture.types(names).encode(),
            "_rels/.rels": furniture.package_relations().encode(),
            "word/_rels/document.xml.rels": furniture.document_relations(names).encode(),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive in the order given, each part of the first of January 1980."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return stream.getvalue()


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """A new last child, its attributes of the same vocabulary."""
    return etree.SubElement(parent, w(name), {w(key): value for key, value in attributes.items()})


def _possible(text: str) -> str:
    """The text; TextError if XML cannot hold it."""
    if found := _IMPOSSIBLE.search(text):
        near = _IMPOSSIBLE.sub("\ufffd", text[max(0, found.start() - 20) : found.end() + 20])
        raise TextError(
            f"The character U+{ord(found[0]):04X} near “{near}” cannot stand in a Word file; take it out of the text."
        )
    return text


def _words(run: etree._Element, text: str, element: str = "t") -> None:
    """Text with its tabs and line ends, as children of a run."""
    for piece in _BREAKS.split(_possible(text)):
        if piece == "\t":
            _child(run, "tab")
        elif piece in {"\n", "\r", "\r\n"}:
            _child(run, "br")
        elif piece:
            words = _child(run, element)
            words.set(XML_SPACE, "preserve")
            words.text = piece


def _header(title: str) -> bytes:
    root = etree.Element(w("hdr"), nsmap={"w": WORD})
    paragraph = _child(root, "p")
    _child(_child(paragraph, "pPr"), "pStyle", val="Header")
    _words(_child(paragraph, "r"), title)
    return _serialised(root)


def _comments(comments: list[Comment]) -> bytes:
    root = etree.Element(w("comments"), nsmap={"w": WORD})
    for number, comment in enumerate(comments):
        entry = _child(root, "comment", id=str(number), author=_possible(comment.author))
        for line in re.split("\r\n|[\n\r]", comment.text):
            _words(_child(_child(entry, "p"), "r"), line)
    return _serialised(root)


class _Body:
    """The main part while it is written: counts changes, collects comments."""

    def __init__(self) -> None:
        self.comments: list[Comment] = []
        self._changes = 0

    def document(self, document: Marked) -> bytes:
        root = etree.Element(w("document"), nsmap={"w": WORD, "r": RELATIONS})
        body = _child(root, "body")
        rows = [row for row in document.rows if any(_filled(row[language]) for language in document.languages)]
        if len(document.languages) == 1:
            self._paragraphs(body, rows, document.languages[0])
        else:
            self._table(body, rows, document.languages)
        section = _child(body, "sectPr")
        if document.title:
            _child(section, "headerReference", type="default").set(r("id"), "header")
        _child(section, "footerReference", type="default").set(r("id"), "footer")
        _child(section, "pgSz", w=str(_PAGE[0]), h=str(_PAGE[1]))
        sides = dict.fromkeys(("top", "right", "bottom", "left"), str(_MARGIN))
        _child(section, "pgMar", **sides, header="567", footer="567", gutter="0")
        return _serialised(root)

    def _paragraphs(self, body: etree._Element, rows: list[Row], language: Language) -> None:
        for number, row in enumerate(rows, start=1):
            # the mark of the last paragraph cannot be refused: there is nothing to join it to
            self._paragraph(body, row[language], language, marked=number < len(rows))

    def _table(self, body: etree._Element, rows: list[Row], languages: tuple[Language, ...]) -> None:
        table = _child(body, "tbl")
        properties = _child(table, "tblPr")
        _child(properties, "tblW", w=str(_COLUMN * len(languages)), type="dxa")
        borders = _child(properties, "tblBorders")
        for side in ("top", "bottom", "insideH", "insideV"):
            _child(borders, side, val="single", sz="4", space="0", color="A6A6A6")
        _child(properties, "tblLayout", type="fixed")
        grid = _child(table, "tblGrid")
        for _ in languages:
            _child(grid, "gridCol", w=str(_COLUMN))
        names = {language: Paragraph((Run(LANGUAGE_NAMES[language], strong=True),)) for language in languages}
        self._row(table, Row(**names), languages, header=True)
        for row in rows:
            self._row(table, row, languages)
        _child(body, "p")  # Word wants a paragraph after a table

    def _row(self, table: etree._Element, row: Row, languages: tuple[Language, ...], header: bool = False) -> None:
        line = _child(table, "tr")
        paragraphs = [paragraph for language in languages if (paragraph := row[language]) is not None]
        whole = _whole_change([run for paragraph in paragraphs for run in paragraph.runs])
        if header or whole:
            properties = _child(line, "trPr")
            if header:
                _child(properties, "cantSplit")
                _child(properties, "tblHeader")
            if whole:
                self._mark(properties, whole)
        for language in languages:
            cell = _child(line, "tc")
            _child(_child(cell, "tcPr"), "tcW", w=str(_COLUMN), type="dxa")
            self._paragraph(cell, row[language], language, marked=False)

    def _paragraph(self, parent: etree._Element, paragraph: Paragraph | None, language: Language, marked: bool) -> None:
        element = _child(parent, "p")
        if paragraph is None:
            return
        properties = _child(element, "pPr")
        if style := _style(paragraph):
            _child(properties, "pStyle", val=style)
        if paragraph.level and paragraph.kind in {"paragraph", "note"}:
            _child(properties, "ind", left=str(LEVEL * paragraph.level))
        if marked and (whole := _whole_change(paragraph.runs)):
            self._mark(_child(properties, "rPr"), whole)
        if not len(properties):
            element.remove(properties)
        self._runs(element, paragraph.runs, language)

    def _runs(self, paragraph: etree._Element, runs: tuple[Run, ...], language: Language) -> None:
        """The runs, those of one change in one mark, between the beginnings and ends of comments."""
        open_comments: list[tuple[int, Comment]] = []
        parent, within = paragraph, None
        for run in runs:
            kept = _kept([comment for _, comment in open_comments], run.comments)
            if len(kept) < len(open_comments) or len(kept) < len(run.comments):
                self._end_comments(paragraph, [one for i, one in enumerate(open_comments) if i not in kept])
                open_comments = [open_comments[i] for i in kept]
                open_comments += self._begin_comments(paragraph, run.comments[len(kept) :])
                within = None
            if run.text:
                steps = tuple(_steps(run))
                if within != steps:
                    parent, within = self._change(paragraph, steps), steps
                self._run(parent, run, language)
        self._end_comments(paragraph, open_comments)

    def _run(self, parent: etree._Element, run: Run, language: Language) -> None:
        element = _child(parent, "r")
        properties = _child(element, "rPr")
        if run.strong:
            _child(properties, "b")
        if run.emphasis and language != "zh":
            _child(properties, "i")
        tag = LANGUAGE_TAGS[language]
        if run.emphasis and language == "zh":  # Chinese is dotted, not slanted
            _child(properties, "em", val="underDot")
        _child(properties, "lang", val=tag, eastAsia=tag)
        _words(element, run.text, "delText" if any(change == "delete" for change, _ in _steps(run)) else "t")

    def _change(self, parent: etree._Element, steps: tuple[tuple[Change, str], ...]) -> etree._Element:
        """Where words belong that were changed so: in new marks, one in the other."""
        for change, author in steps:
            parent = self._step(parent, change, author)
        return parent

    def _mark(self, properties: etree._Element, run: Run) -> None:
        """The same for the end of a paragraph or for a row, whose marks stand one after the other."""
        for change, author in _steps(run):
            self._step(properties, change, author)

    def _step(self, parent: etree._Element, change: Change, author: str) -> etree._Element:
        self._changes += 1
        return _child(parent, _MARKS[change], id=str(self._changes), author=_possible(author))

    def _begin_comments(self, paragraph: etree._Element, comments: tuple[Comment, ...]) -> list[tuple[int, Comment]]:
        begun = list(enumerate(comments, start=len(self.comments)))
        for number, comment in begun:
            self.comments.append(comment)
            _child(paragraph, "commentRangeStart", id=str(number))
        return begun

    def _end_comments(self, paragraph: etree._Element, comments: list[tuple[int, Comment]]) -> None:
        for number, _ in comments:
            _child(paragraph, "commentRangeEnd", id=str(number))
            _child(_child(paragraph, "r"), "commentReference", id=str(number))


def _filled(paragraph: Paragraph | None) -> bool:
    return paragraph is not None and any(run.text or run.comments for run in paragraph.runs)


def _style(paragraph: Paragraph) -> str | None:
    if paragraph.kind == "heading":
        return f"Heading{min(max(paragraph.level, 1), 6)}"
    return {"title": "Title", "note": "Note"}.get(paragraph.kind)


def _steps(run: Run) -> Iterator[tuple[Change, str]]:
    """Who did what to the words, first things first."""
    if run.change:
        yield run.change, run.author
    if run.change == "insert" and run.withdrawn:
        yield "delete", run.withdrawn


def _whole_change(runs: tuple[Run, ...] | list[Run]) -> Run | None:
    """A run that stands for all, if all are inserted or all deleted, so that no empty paragraph stays behind."""
    changes = {(run.change, bool(run.withdrawn)) for run in runs if run.text}
    return next((run for run in runs if run.text and run.change), None) if len(changes) == 1 else None


def _kept(comments: list[Comment], wanted: tuple[Comment, ...]) -> list[int]:
    """Which of the open comments go on: as many as make a beginning of those wanted, in their order."""
    kept: list[int] = []
    for index, comment in enumerate(comments):
        if len(kept) < len(wanted) and comment == wanted[len(kept)]:
            kept.append(index)
    return kept
