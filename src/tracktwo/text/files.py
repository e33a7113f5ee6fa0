"""Drafts as files: which characters their bytes are, and the formats they are written in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracktwo.text.documents import Document, read
from tracktwo.text.drafts import Draft, Provision
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language, Marked, Paragraph, Row
from tracktwo.text.showing import paragraphs

_ZIP = b"PK"


def source(content: bytes) -> str:
    """The text of a file of plain text, or of Word: there with every change accepted, a paragraph after another.

    Raises:
        TextError: where it is neither.

    """
    if not content.startswith(_ZIP):
        return decoded(content)
    from tracktwo.text import word

    rows = word.read(content, authors=()).document.rows
    shown = [each for row in rows for each in (row.en, row.zh) if each is not None]
    return "\n\n".join(f"{'#' * each.level + ' ' if each.kind == 'heading' else ''}{each.after}" for each in shown)


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of the draft in it."""

    title: str = ""
    number: int = 1
    """Of the draft."""
    issued: date | None = None
    body: str = ""
    """The body that drafts it."""


def language(document: Document) -> Language:
    """English, or Chinese where most of the letters are Han."""
    words = document.render()
    han = sum("\u3400" <= character <= "\u9fff" for character in words)
    return "zh" if 2 * han > sum(map(str.isalpha, words)) else "en"


def marked(document: Document, title: str = "") -> Marked:
    """A document in its language, as a file shows it."""
    of = language(document)
    rows = tuple(Row(zh=each) if of == "zh" else Row(en=each) for each in paragraphs(document))
    return Marked(rows, (of,), title)


def side_by_side(document: Document, other: Document, title: str = "") -> Marked:
    """A draft in both languages, provision by provision; that of the first document stands left.

    Raises:
        TextError: where both are in the same language.

    """
    of = language(document)
    if language(other) == of:
        raise TextError("Both files are in one language. Give the English and the Chinese of the same draft.")
    en, zh = (document, other) if of == "en" else (other, document)
    draft = Draft.first(en.render(), zh.render())
    rows = tuple(Row(_shown(each, "en"), _shown(each, "zh")) for each in draft.provisions)
    return Marked(rows, (of, language(other)), title)


def _shown(provision: Provision, of: Language) -> Paragraph | None:
    body = provision[of]
    if body is None:
        return None
    return next(iter(paragraphs(read(f"{provision.lead(of)}{body}"))), None)


def written(document: Document, path: Path, about: About, other: Document | None = None) -> bytes:
    """A document in the format that the ending of a path names, beside its other language if that is given.

    Raises:
        TextError: where it names none, or the document cannot be written so.

    """
    if path.suffix == ".xml":
        if other is not None:
            raise TextError("Akoma Ntoso has a file for each language. Convert them one at a time.")
        return _akoma(document, about)
    return _written(side_by_side(document, other, about.title) if other else marked(document, about.title), path)


def _akoma(document: Document, about: About) -> bytes:
    from tracktwo.text import akoma
    from tracktwo.text.akoma.expression import Expression, Work

    if not about.title or not about.body or about.issued is None:
        raise TextError("Akoma Ntoso names the text, its date and who drafts it: give --title, --date and --body.")
    name = re.sub(r"[^A-Za-z0-9]+", "-", about.title).strip("-").lower() or "text"
    of = language(document)
    work = Work(name, about.title, about.issued, about.body)
    return akoma.write(Expression(work, about.number, about.issued, of, document, (of,)))


def _written(document: Marked, path: Path) -> bytes:
    if path.suffix == ".docx":
        from tracktwo.text import word

        return word.write(document)
    if path.suffix == ".pdf":
        from tracktwo.text import pdf

        return pdf.write(document)
    if path.suffix == ".md":
        from tracktwo.text import markdown

        return markdown.write(document).encode()
    raise TextError(f"{path}: the ending must be .docx, .pdf, .md or .xml, which says in what format to write.")


def decoded(content: bytes) -> str:
    """The characters of a file of plain text: UTF-8, UTF-16 with its mark, or GB 18030, as older Chinese files are.

    Raises:
        TextError: where the bytes are none of these.

    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _tried(content, "utf-16")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TextError("This is no text in UTF-8, UTF-16 or GB 18030. Save it as plain text in UTF-8, or as Word (.docx).")


def _tried(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextError(f"Byte {error.start} of this file is not {encoding.upper()}. Save it in UTF-8.") from None
