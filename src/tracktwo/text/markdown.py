"""A marked document as Markdown: CommonMark with the tables and footnotes of GitHub.

Insertions are ``<ins>`` and deletions ``<del>``, each followed by the letter of its delegation, which a line at the
head explains; comments are footnotes. Words are escaped only where Markdown would take them for something else, so that
the brackets of a negotiated text stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracktwo.text.marked import Comment, Language, Marked, Paragraph, Row
from tracktwo.text.marks import SAID, Marks, Stretch, leading_title, opening

_TAGS = {"insert": "ins", "delete": "del"}
_INLINE = re.compile(r"[\\`*~<$]|_(?<![^\W_]_)|_(?![^\W_])|&(?=[#\w]|$)|\^(?<=\[\^)|\A\^")
"""Signs that may begin something else than themselves: an underscore does not within a word."""
_OF_LINKS = re.compile(r"(?<=\])\(")
_OF_BLOCKS = re.compile(r"\A(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+#>=]))")
_LABEL = re.compile(r"(?<=\]):")
_LINES = re.compile(r"\r\n|\r|\n")


def write(document: Marked) -> str:
    """A marked document as Markdown, a provision a paragraph, or in two languages a row of a table.

    What Markdown has no form for is shown by another: a deeper paragraph as a quotation, in a table by spaces; in a
    table a heading by bold letters. Spaces at either end of a paragraph are left out.
    """
    marks = Marks.of(document)
    head = [_heading(1, _linked(_escaped(title)))] if (title := leading_title(document)) else []
    body = [_table(document, marks)] if len(document.languages) > 1 else _blocks(document, marks)
    return "\n\n".join([*head, *body, *map(_footnote, marks.notes.items())]) + "\n"


def _blocks(document: Marked, marks: Marks) -> Iterable[str]:
    language = document.languages[0]
    blocks = [_block(row[language], marks) for row in document.rows]
    if marks.changed:
        blocks.insert(opening(document), _legend(marks, language))
    return filter(None, blocks)


def _block(paragraph: Paragraph | None, marks: Marks) -> str:
    """A paragraph; empty where it shows nothing."""
    if paragraph is None or not (words := _words(paragraph, marks)):
        return ""
    if paragraph.kind in ("title", "heading"):
        return _heading(1 if paragraph.kind == "title" else min(max(paragraph.level, 1), 6), words)
    return "> " * paragraph.level + _begun(words)


def _heading(level: int, words: str) -> str:
    """A heading, whose last sign is not taken for its end."""
    last = re.sub(r"#\Z", r"\#", words)
    return f"{'#' * level} {last}"


def _begun(words: str) -> str:
    """Words at the beginning of a block, which is a paragraph and nothing else."""
    words = _OF_BLOCKS.sub(lambda found: f"{found[0]}\\", words)
    return _LABEL.sub(r"\\:", words) if words.startswith("[") else words


def _table(document: Marked, marks: Marks) -> str:
    rows = [[_shown(row, language, marks) for language in document.languages] for row in document.rows]
    if marks.changed:
        rows.insert(opening(document), [_cell(_legend(marks, language)) for language in document.languages])
    head = [[SAID[language].name for language in document.languages], ["---" for _ in document.languages]]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows])


def _shown(row: Row, language: Language, marks: Marks) -> str:
    if (paragraph := row[language]) is None:
        return ""
    words = _cell(_words(paragraph, marks))
    if words and paragraph.kind in ("title", "heading"):
        return f"<strong>{words}</strong>"
    return "&emsp;" * paragraph.level + words


def _cell(words: str) -> str:
    """Words in a table, whose lines have a sign of their own."""
    return words.replace("|", "&#124;")


def _legend(marks: Marks, language: Language) -> str:
    said = SAID[language]
    named = said.comma.join(f"<sup>{letter}</sup> {_escaped(name)}" for name, letter in marks.letters.items())
    return f"{said.changes}{said.colon if named else ''}{named}{said.stop}"


def _footnote(numbered: tuple[Comment, int]) -> str:
    comment, number = numbered
    words = _linked(_escaped(comment.text))
    said = f"<strong>{_escaped(comment.author)}</strong>: {words}" if comment.author else _begun(words)
    return f"[^{number}]: {said}"


def _words(paragraph: Paragraph, marks: Marks) -> str:
    """The words of a paragraph with their marks, in one line."""
    written = ""
    for stretch in marks.stretches(paragraph):
        written += _stretch(stretch, written[-1:])
    return _linked(written).strip(" \t")


def _linked(words: str) -> str:
    """Words in which no brackets begin a link or a picture."""
    return _OF_LINKS.sub(lambda found: f"\\{found[0]}", words)


def _stretch(stretch: Stretch, before: str) -> str:
    run = stretch.run
    words = _styled(_escaped(stretch.text), stretch, before) if stretch.text else ""
    if run.change and words:
        words = f"<{_TAGS[run.change]}>{words}</{_TAGS[run.change]}>"
    letter = f"<sup>{stretch.letter}</sup>" if stretch.letter else ""
    return f"{words}{letter}{''.join(f'[^{number}]' for number in stretch.notes)}{stretch.space}"


def _styled(words: str, stretch: Stretch, before: str) -> str:
    """Escaped words in the style of their run: by stars where they are surely read so, else by tags."""
    run, text = stretch.run, stretch.text
    stars = "*" * (run.emphasis + 2 * run.strong)
    if text[0].isalnum() and text[-1].isalnum() and before != "*":
        return f"{stars}{words}{stars}"
    words = f"<em>{words}</em>" if run.emphasis else words
    return f"<strong>{words}</strong>" if run.strong else words


def _escaped(text: str) -> str:
    """Words that stand for themselves anywhere in a line, in one line."""
    return _LINES.sub("<br>", _INLINE.sub(lambda found: f"\\{found[0]}", text))
