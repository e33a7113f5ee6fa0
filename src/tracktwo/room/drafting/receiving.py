"""Files that come in: a text in one language or both, and whose changes and comments a Word file holds.

Nothing that a file holds is dropped unseen: changes by whoever is no delegation are asked about, and so are words that
differ from the draft though no change is marked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tracktwo.room.drafting.spelling import body, says, settled, source, words
from tracktwo.room.drafting.stored import Names, Whole
from tracktwo.text import files, word
from tracktwo.text.alignment import paragraphs as aligned
from tracktwo.text.drafts import LANGUAGES, Provision
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Comment, Language, Marked, Paragraph, Run
from tracktwo.text.showing import INDENT

MOST = 3 << 20
"""Bytes that a file may have, said in advance."""
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Hand:
    """Whoever changed or remarked upon something in a Word file."""

    name: str
    organisation: str | None
    """The delegation of that name; None where there is none."""
    changes: tuple[Paragraph, ...]
    """The paragraphs in which it changes something."""
    comments: tuple[Comment, ...]

    @property
    def field(self) -> str:
        """What the question about it is called in a form."""
        return f"hand-{hashlib.sha256(self.name.encode()).hexdigest()[:16]}"


def opened(content: bytes) -> Marked | str:
    """What a file holds: marked paragraphs, where it is Word, or characters. TextError where it is neither."""
    if len(content) > MOST:
        raise TextError(f"The file has more than {MOST >> 20} MiB, more than a text needs; take the pictures out.")
    if not content.strip():
        raise TextError("The file is empty; choose the file again.")
    if content.startswith((_ZIP, b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        return word.read(content, authors=()).document
    text = files.decoded(content)
    if any(each < " " and each not in "\t\n\r\f" for each in text):
        raise TextError("This is no text in UTF-8, UTF-16 or GB 18030. Save it as plain text, or as Word (.docx).")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def kept(found: Marked) -> str:
    """A Word file as a form keeps it between two steps: its words, changes and comments, and nothing else."""
    return base64.b64encode(word.write(found)).decode("ascii")


def again(kept: str) -> Marked:
    """What :func:`kept` kept. TextError where a form sent something else."""
    try:
        content = base64.b64decode(kept, validate=True)
    except (ValueError, binascii.Error):
        content = b""
    if not content:
        raise TextError("The file is empty; choose the file again.")
    return word.read(content, authors=()).document


def hands(found: Marked, names: Names) -> tuple[Hand, ...]:
    """Whoever changed or remarked upon something in a Word file, in the order met."""
    delegation = {name: each for each, called in names.items() for name in called}
    changes: dict[str, list[Paragraph]] = {}
    comments: dict[str, dict[Comment, None]] = {}
    for paragraph in _paragraphs(found):
        authors = dict.fromkeys(each for run in paragraph.runs for each in _authors(run))
        for author in authors:
            changes.setdefault(author, []).append(paragraph)
        for run in paragraph.runs:
            for comment in run.comments:
                comments.setdefault(comment.author, {})[comment] = None
    return tuple(
        Hand(each, delegation.get(each), tuple(changes.get(each, ())), tuple(comments.get(each, ())))
        for each in dict.fromkeys([*changes, *comments])
    )


def _authors(run: Run) -> Iterator[str]:
    if run.change:
        yield run.author
    if run.withdrawn:
        yield run.withdrawn


def _paragraphs(found: Marked) -> Iterator[Paragraph]:
    for row in found.rows:
        for of in found.languages:
            if (paragraph := row[of]) is not None:
                yield paragraph


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph of a Word file and the provision that it is."""

    row: int
    """Its place in the file, from 0."""
    of: Language
    paragraph: Paragraph
    provision: Provision | None
    """None where it is new."""


def matches(found: Marked, base: Whole | None) -> list[Match]:
    """Every paragraph of a file, with the provision of a draft that it is."""
    made = []
    for of in found.languages:
        there = [(place, row[of]) for place, row in enumerate(found.rows)]
        mine = [(place, paragraph) for place, paragraph in there if paragraph is not None]
        there_ = known(base, of)
        old = [(each, paragraph) for each, paragraph in mine if paragraph.before.strip()]
        pairs = aligned([each for _, each in there_], [paragraph.before for _, paragraph in old])
        provision = {
            old[pair.after][0]: there_[pair.before][0]
            for pair in pairs
            if pair.before is not None and pair.after is not None
        }
        made += [Match(place, of, paragraph, provision.get(place)) for place, paragraph in mine]
    return sorted(made, key=lambda each: (each.row, LANGUAGES.index(each.of)))


def known(base: Whole | None, of: Language) -> list[tuple[Provision, str]]:
    """The provisions of a draft in one language, each with what it shows."""
    if base is None:
        return []
    rows = base.draft.provisions
    labels = base.draft.labels
    return [(each, says(each.lead(of), each[of] or "", labels)) for each in rows if each[of] is not None]


def texts(found: Marked, base: Whole | None, accepted: Collection[str]) -> dict[Language, str]:
    """The file as a draft's source in each of its languages, with the changes of some accepted."""
    labels = base.draft.labels if base else frozenset()
    made: dict[Language, list[str]] = {of: [] for of in found.languages}
    for match in matches(found, base):
        runs = settled(match.paragraph, accepted)
        if not words(runs).strip():
            continue
        if match.provision is not None:
            inside = body(match.provision, match.of, words(runs), runs, labels)
            made[match.of].append(f"{match.provision.lead(match.of)}{inside}")
        else:
            made[match.of].append(_fresh(match.paragraph, runs))
    return {of: "\n\n".join(parts) + "\n" for of, parts in made.items() if parts}


def _fresh(paragraph: Paragraph, runs: Sequence[Run]) -> str:
    """A paragraph that is in no draft yet, with the marks of what it is."""
    written = source([replace(run, strong=False) for run in runs] if paragraph.kind in {"heading", "title"} else runs)
    if paragraph.kind == "title":
        return f"# {written}"
    if paragraph.kind == "heading":
        return f"{'#' * max(1, min(paragraph.level, 6))} {written}"
    return f"{' ' * (INDENT * paragraph.level)}{written}"
