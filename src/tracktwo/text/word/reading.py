"""A Word file read back: every word of it, who inserted, deleted or remarked what, and in which language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language, Marked, Paragraph, Row, Run
from tracktwo.text.word.passages import Block, Passage, Table, joined, majority, spoken
from tracktwo.text.word.refusing import Package, opened
from tracktwo.text.word.stories import Stories, flat
from tracktwo.text.word.vocabulary import LANGUAGE_NAMES

BOTH = 0.2
"""Share of the words that a second language must have for a file without a table of two to be in two."""
_LANGUAGES = {name: tag for tag, name in LANGUAGE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Read:
    """What a Word file holds."""

    document: Marked
    unknown: tuple[str, ...]
    """Authors of changes and comments that are none of those expected, as the file names them, in order."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """What stands side by side."""

    en: Passage | None
    zh: Passage | None


def read(content: bytes, *, authors: Collection[str]) -> Read:
    """The marked document in a Word file (.docx); ``authors`` are the delegations whose changes are expected.

    - Insertions, deletions and comments of anybody else are kept with the author as written, and the author is in
      ``unknown``, to be asked about. Moved words are a deletion and an insertion. An insertion that somebody deletes
      is ``withdrawn``. Where the end of a paragraph was inserted or deleted, both readings come out as in Word.
      Changes of form alone are not read: words stand as they look now.
    - A table of two columns in two languages gives rows; that of our own files tells the languages in its first row,
      another by the tags or script of its words. All other words are paragraphs in order, in one language, or each
      in its own where a fifth of the words or more are in the second one.
    - The numbers of lists, which Word counts, become words. Footnotes follow their paragraph as notes, marked
      ``[^1]`` as in Markdown; words of boxes follow theirs. The first line at the head of pages is the title; other
      words at their heads and feet are notes at the end, but for page numbers. Comments on no words stand on an
      empty run. Empty paragraphs are left out, pictures are not read, links are read as their words.

    TextError for a file that is refused, see :mod:`tracktwo.text.word.refusing`.
    """
    package = opened(content)
    try:
        document = _document(package)
    except RecursionError:
        raise TextError("The Word file is nested too deep; copy the words to a new one.") from None
    known = set(authors)
    return Read(document, tuple(author for author in dict.fromkeys(_authors(document)) if author not in known))


def _authors(document: Marked) -> Iterator[str]:
    for row in document.rows:
        for paragraph in (row[language] for language in document.languages):
            for run in paragraph.runs if paragraph else ():
                if run.change:
                    yield run.author
                if run.withdrawn:
                    yield run.withdrawn
                yield from (comment.author for comment in run.comments)


def _document(package: Package) -> Marked:
    stories = Stories(package)
    blocks = stories.story(package.document)
    entries = list(_entries(blocks))
    title, furniture = _furniture(stories, package)
    entries += furniture
    lost = tuple(comment for identity, comment in stories.comments.items() if identity not in stories.placed)
    if lost:
        entries.append(Passage("note", runs=[Run("", comments=lost)]))
    languages = _languages(entries, blocks, stories.styles.language or "en")
    return Marked(tuple(_row(entry, languages) for entry in entries), languages, title)


def _entries(blocks: Sequence[Block]) -> Iterator[Passage | _Pair]:
    """Passages with words in order, side by side where a table has them so, what hangs on them after them."""
    together: list[Passage] = []
    for block in blocks:
        if isinstance(block, Passage):
            together.append(block)
            continue
        yield from _apart(together)
        together = []
        columns = _columns(block)
        for row in _without_names(block) if columns else block.rows:
            if columns and len(row) == 2:
                yield from _side_by_side(row, columns)
            else:
                for cell in row:
                    yield from _entries(cell)
    yield from _apart(together)


def _apart(together: Sequence[Passage]) -> Iterator[Passage | _Pair]:
    for passage in joined(together):
        if passage.runs:
            yield passage
        yield from _entries(passage.after)


def _side_by_side(row: list[list[Block]], columns: tuple[Language, Language]) -> Iterator[_Pair]:
    cells = [[passage for entry in _entries(cell) for passage in _passages(entry)] for cell in row]
    for pair in zip_longest(*cells):
        of = dict(zip(columns, pair, strict=True))
        yield _Pair(of["en"], of["zh"])


def _passages(entry: Passage | _Pair) -> list[Passage]:
    if isinstance(entry, Passage):
        return [entry]
    return [passage for passage in (entry.en, entry.zh) if passage is not None]


def _columns(table: Table) -> tuple[Language, Language] | None:
    """The languages of a table's two columns; None unless it has two, in two languages."""
    widths = {len(row) for row in table.rows}
    if 2 not in widths or widths - {1, 2}:
        return None
    if names := _names(table):
        return names
    left, right = (
        majority([passage for row in table.rows if len(row) == 2 for passage in flat(row[column])]) for column in (0, 1)
    )
    return (left, right) if left and right and left != right else None


def _names(table: Table) -> tuple[Language, Language] | None:
    """The languages that the repeated row of one of our own tables names."""
    if not table.headed or len(table.rows[0]) != 2:
        return None
    runs = [[run for passage in flat(cell) for run in passage.runs] for cell in table.rows[0]]
    left, right = (_LANGUAGES.get("".join(run.text for run in cell if run.change != "insert")) for cell in runs)
    return (left, right) if left and right and left != right else None


def _without_names(table: Table) -> list[list[list[Block]]]:
    """The rows but the one with the names of languages, which stays if somebody changed it or remarked on it."""
    cells = [passage for cell in table.rows[0] for passage in flat(cell)]
    ours = _names(table) and not any(run.change or run.comments for passage in cells for run in passage.runs)
    return table.rows[1:] if ours else table.rows


def _furniture(stories: Stories, package: Package) -> tuple[str, list[Passage]]:
    """The first line at the head of pages, and the other words at their heads and feet, each once."""
    title = ""
    others: dict[tuple[Run, ...], Passage] = {}
    for kind in ("header", "footer"):
        for root in package.of_kind(kind):
            passages = [each for entry in _entries(stories.story(root)) for each in _passages(entry)]
            for passage in passages:
                marked = any(run.change or run.comments for run in passage.runs)
                text = "".join(run.text for run in passage.runs)
                if kind == "header" and not (title or marked or passage.page_number):
                    title = text
                elif marked or not (text == title or passage.page_number):
                    passage.kind, passage.level = "note", 0
                    others.setdefault(tuple(passage.runs), passage)
    return title, list(others.values())


def _languages(entries: Sequence[Passage | _Pair], blocks: Sequence[Block], usual: Language) -> tuple[Language, ...]:
    """Those of the first table in two languages; else that of most words, and the other if it has its share."""
    if columns := next(_all_columns(blocks), None):
        return columns
    words: Counter[Language] = Counter()
    for passage in (passage for entry in entries for passage in _passages(entry)):
        if tongue := majority([passage]):
            words[tongue] += spoken([passage]).total()
    if not words:
        return (usual,)
    (main, _), *others = words.most_common()
    return (main, *(other for other, count in others if count >= BOTH * words.total()))


def _all_columns(blocks: Sequence[Block]) -> Iterator[tuple[Language, Language]]:
    for block in blocks:
        if isinstance(block, Table):
            if columns := _columns(block):
                yield columns
            for row in block.rows:
                for cell in row:
                    yield from _all_columns(cell)


def _row(entry: Passage | _Pair, languages: tuple[Language, ...]) -> Row:
    if isinstance(entry, _Pair):
        return Row(_paragraph(entry.en), _paragraph(entry.zh))
    tongue = (majority([entry]) if len(languages) == 2 else None) or languages[0]
    return Row(_paragraph(entry)) if tongue == "en" else Row(zh=_paragraph(entry))


def _paragraph(passage: Passage | None) -> Paragraph | None:
    return None if passage is None else Paragraph(tuple(passage.runs), passage.kind, passage.level)
