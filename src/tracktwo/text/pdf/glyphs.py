"""Whether the fonts hold every character of a document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language, Marked, Paragraph
from tracktwo.text.pdf.fonts import covered

LAID_OUT = frozenset("\t\n\r")
"""Not set but laid out: spaces and ends of lines."""

_LANGUAGES: dict[Language, str] = {"en": "English", "zh": "Chinese"}
_AROUND = 12
"""How many characters before a missing one are quoted."""


def refuse_missing(document: Marked) -> None:
    """Raise TextError at the first character of a document that no font holds, with its code point and its place."""
    known = covered() | LAID_OUT
    for text, place in _texts(document):
        if not known.issuperset(text):
            at = next(at for at, character in enumerate(text) if character not in known)
            where = f"{place}{_after(text[:at])}"
            raise TextError(f"The fonts have no {_named(text[at])}, which stands {where}. Replace it, or leave it out.")


def _texts(document: Marked) -> Iterator[tuple[str, str]]:
    """Every text that is set, with its place in words."""
    yield document.title, "in the title of the document"
    for number, row in enumerate(document.rows, 1):
        for language in document.languages:
            if paragraph := row[language]:
                yield from _of_paragraph(paragraph, f"in the {_LANGUAGES[language]} of paragraph {number}")


def _of_paragraph(paragraph: Paragraph, place: str) -> Iterator[tuple[str, str]]:
    yield "".join(run.text for run in paragraph.runs), place
    for run in paragraph.runs:
        yield run.author, f"in the name of whoever changed words {place}"
        for comment in run.comments:
            yield comment.author, f"in the name of whoever commented {place}"
            yield comment.text, f"in a comment {place}"


def _named(character: str) -> str:
    """A character as it looks, if it can be seen, with its code point and its name in Unicode."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    seen = f"“{character}” " if character.isprintable() and not unicodedata.category(character).startswith("M") else ""
    return f"{seen}({code}{' ' if name else ''}{name})" if seen else f"{code}{' ' if name else ''}{name}"


def _after(before: str) -> str:
    """The characters just before a place, as a quotation."""
    quoted = " ".join(before[-_AROUND:].split())
    return f" after “{quoted}”" if quoted else ", at its beginning"
