"""How changes and comments are told apart on paper: a letter for each delegation, a number for each comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from tracktwo.text.marked import Comment, Language, Marked, Paragraph, Run


@dataclass(frozen=True, slots=True)
class Said:
    """What a document on paper says about itself in one language."""

    name: str
    """Of the language, in itself."""
    notes: str
    changes: str
    colon: str
    comma: str
    stop: str


SAID: dict[Language, Said] = {
    "en": Said("English", "Notes", "Words inserted are underlined, words deleted struck", ": ", ", ", "."),
    "zh": Said("中文", "注释", "加下划线者为增入，加删除线者为删去", "：", "，", "。"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run, with the marks that stand after its last word."""

    run: Run
    letter: str = ""
    """Whose change ends here; empty where none ends, or nobody is named."""
    notes: tuple[int, ...] = ()
    """The comments that end here."""

    @property
    def text(self) -> str:
        """The words before the marks: those of the run without the spaces at its end."""
        return self.run.text.rstrip(" ") or self.run.text

    @property
    def space(self) -> str:
        """The spaces after the marks."""
        return self.run.text[len(self.text) :]


@dataclass(frozen=True, slots=True)
class Marks:
    """The letters and numbers of a document, in the order in which it is read."""

    changed: bool
    """Whether anything is inserted or deleted."""
    letters: Mapping[str, str]
    """The letter of each delegation that changes something: a to z, then aa, ab and so on."""
    notes: Mapping[Comment, int]
    """The number of each comment, from 1; the same remark by the same delegation has one number wherever it stands."""

    @classmethod
    def of(cls, document: Marked) -> Marks:
        """The marks of the languages that a document shows."""
        runs = [_on_paper(run) for paragraph in _shown(document) for run in paragraph.runs]
        authors = dict.fromkeys(run.author for run in runs if run.change and run.author)
        comments = dict.fromkeys(comment for run in runs for comment in run.comments)
        return cls(
            any(run.change for run in runs),
            {author: _letter(number) for number, author in enumerate(authors)},
            {comment: number for number, comment in enumerate(comments, 1)},
        )

    def stretches(self, paragraph: Paragraph) -> Iterator[Stretch]:
        """The runs of a paragraph that show anything, with the marks after each.

        A letter stands where the changes of one delegation end, after a deletion and what it inserts instead; the
        number of a comment after the last of the words it is on.
        """
        runs = [_on_paper(run) for run in paragraph.runs if run.text or run.comments]
        for run, following in pairwise([*runs, Run("")]):
            ends = run.change and not (following.change and following.author == run.author)
            left = [comment for comment in run.comments if comment not in following.comments]
            yield Stretch(
                run,
                self.letters.get(run.author, "") if ends else "",
                tuple(dict.fromkeys(self.notes[comment] for comment in left)),
            )


def leading_title(document: Marked) -> str:
    """The title to stand at the head: that of the document, where none of its paragraphs is one; else empty."""
    heads = (paragraph.kind == "title" or paragraph.after == document.title for paragraph in _shown(document))
    return "" if any(heads) else document.title


def opening(document: Marked) -> int:
    """The first row that is not a title: before it stands what explains the marks."""
    titles = (all(p is None or p.kind == "title" for p in (row.en, row.zh)) for row in document.rows)
    return next((number for number, title in enumerate(titles) if not title), len(document.rows))


def _on_paper(run: Run) -> Run:
    """A run as paper has it: an insertion that another withdrew is a deletion by that one."""
    return replace(run, change="delete", author=run.withdrawn, withdrawn="") if run.withdrawn else run


def _shown(document: Marked) -> Iterable[Paragraph]:
    paragraphs = (row[language] for row in document.rows for language in document.languages)
    return (paragraph for paragraph in paragraphs if paragraph is not None)


def _letter(number: int) -> str:
    """A to z for 0 to 25, then aa to az, ba and so on."""
    before, at = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + at)
