"""A marked document as the plain values that the template sets."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tracktwo.text.marked import Marked, Paragraph
from tracktwo.text.marks import SAID, Marks, Stretch, leading_title, opening

UNTITLED = {"en": "Text", "zh": "案文"}
"""What a document is called that has neither title nor heading; a tagged PDF must be called something."""
LONGEST_RUNNING = 60
"""How many characters of the title stand at the head of each page, in one line even of Chinese."""


def layout(document: Marked) -> dict[str, Any]:
    """What booklet.typ reads as JSON: title, languages, rows, delegations by letter, notes by number."""
    marks = Marks.of(document)
    rows: list[dict[str, Any]] = []
    outline = 0
    for row in document.rows:
        shown: dict[str, Any] = {}
        for language in document.languages:
            if (paragraph := row[language]) is not None:
                if paragraph.kind == "heading":
                    # a tagged PDF may not skip a level on the way down, a negotiated text does
                    outline = min(paragraph.level, outline + 1)
                shown[language] = _paragraph(paragraph, marks, outline)
        rows.append(shown)
    title = _title(document)
    return {
        "title": title,
        "head": leading_title(document),
        "running": title if len(title) <= LONGEST_RUNNING else f"{title[: LONGEST_RUNNING - 1].rstrip()}…",
        "languages": list(document.languages),
        "said": {language: asdict(SAID[language]) for language in ("en", "zh")},
        "rows": rows,
        "opening": opening(document),
        "changed": marks.changed,
        "delegations": [{"letter": letter, "name": name} for name, letter in marks.letters.items()],
        "notes": [{"number": number, "author": note.author, "text": note.text} for note, number in marks.notes.items()],
    }


def _title(document: Marked) -> str:
    if document.title:
        return document.title
    shown = [row[language] for row in document.rows for language in document.languages]
    heads = (paragraph.after for paragraph in shown if paragraph and paragraph.kind in ("title", "heading"))
    return next(filter(None, heads), UNTITLED[document.languages[0]])


def _paragraph(paragraph: Paragraph, marks: Marks, outline: int) -> dict[str, Any]:
    return {
        "kind": paragraph.kind,
        "level": paragraph.level,
        "outline": outline,
        "runs": [_run(stretch) for stretch in marks.stretches(paragraph)],
    }


def _run(stretch: Stretch) -> dict[str, Any]:
    run = stretch.run
    return {
        "text": _lines(stretch.text),
        "space": _lines(stretch.space),
        "change": run.change,
        "strong": run.strong,
        "emphasis": run.emphasis,
        "letter": stretch.letter,
        "notes": list(stretch.notes),
    }


def _lines(text: str) -> str:
    """The text with one sign for the end of a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
