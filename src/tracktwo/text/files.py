"""Drafts as files: which characters their bytes are, and the formats they are written in."""

from __future__ import annotations

import codecs
from pathlib import Path

from tracktwo.text.documents import Document
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Marked, Row
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


def marked(document: Document, title: str = "") -> Marked:
    """A document in one language, as a file shows it: English, or Chinese where most of its letters are Han."""
    shown = paragraphs(document)
    words = "".join(run.text for each in shown for run in each.runs)
    chinese = 2 * sum("\u3400" <= character <= "\u9fff" for character in words) > sum(map(str.isalpha, words))
    rows = tuple(Row(zh=each) if chinese else Row(en=each) for each in shown)
    return Marked(rows, ("zh",) if chinese else ("en",), title)


def written(document: Marked, path: Path) -> bytes:
    """A marked document in the format that the ending of a path names.

    Raises:
        TextError: where it names none, or the document cannot be written so.

    """
    if path.suffix == ".docx":
        from tracktwo.text import word

        return word.write(document)
    if path.suffix == ".pdf":
        from tracktwo.text import pdf

        return pdf.write(document)
    if path.suffix == ".md":
        from tracktwo.text import markdown

        return markdown.write(document).encode()
    raise TextError(f"{path}: the ending must be .docx, .pdf or .md, which says in what format to write.")


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
