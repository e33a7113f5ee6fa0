"""Marked paragraphs: what a file of the text shows, whatever the format it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
Change = Literal["insert", "delete"]
Kind = Literal["title", "heading", "paragraph", "note"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on some words, by a delegation (never by a person)."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are marked alike."""

    text: str
    change: Change | None = None
    author: str = ""
    """Whose insertion or deletion it is: a delegation; empty where nothing changes."""
    strong: bool = False
    emphasis: bool = False
    comments: tuple[Comment, ...] = ()
    """Remarks on these words; one on several runs stands at each of them."""
    withdrawn: str = ""
    """Of an insertion that a delegation takes out again before it is settled: that delegation. Such words stand in
    neither reading; they are kept so that whoever put them in sees what became of them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language, with its number, if it has one, as part of its words."""

    runs: tuple[Run, ...]
    kind: Kind = "paragraph"
    level: int = 0
    """Of a heading: 1 to 6. Of a paragraph: how deep it is indented, from 0."""

    @classmethod
    def of(cls, text: str, kind: Kind = "paragraph", level: int = 0) -> Paragraph:
        """Words without marks."""
        return cls((Run(text),) if text else (), kind, level)

    @property
    def before(self) -> str:
        """Its words if every change is refused."""
        return "".join(run.text for run in self.runs if run.change != "insert")

    @property
    def after(self) -> str:
        """Its words if every change is accepted."""
        return "".join(run.text for run in self.runs if run.change != "delete" and not run.withdrawn)


@dataclass(frozen=True, slots=True)
class Row:
    """A provision as a file shows it: in one language, or in both side by side."""

    en: Paragraph | None = None
    zh: Paragraph | None = None

    def __getitem__(self, language: Language) -> Paragraph | None:
        """The paragraph in one language; None where it is not there."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole document."""

    rows: tuple[Row, ...]
    languages: tuple[Language, ...] = ("en",)
    """Which languages it shows, that of the left column first."""
    title: str = ""
