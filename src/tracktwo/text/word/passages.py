"""Paragraphs as a Word file has them: with a mark at their end that can itself be inserted or deleted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracktwo.text.marked import Change, Comment, Kind, Language, Run

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")


@dataclass(frozen=True, slots=True)
class State:
    """What became of words: nothing, or an insertion or deletion and its author."""

    change: Change | None = None
    author: str = ""
    withdrawn: str = ""

    def then(self, change: Change, author: str) -> State:
        """The state of words within a mark of change that is within this one.

        An insertion and a deletion make, in either order, an insertion that was withdrawn.
        """
        if self.change is None or (self.change == "delete" == change):
            return State(change, author)
        if change == "delete":
            return replace(self, withdrawn=author or self.withdrawn or "?")
        return State("insert", author, (self.author or "?") if self.change == "delete" else self.withdrawn)

    def run(self, text: str, strong: bool = False, emphasis: bool = False, comments: tuple[Comment, ...] = ()) -> Run:
        """Words in this state."""
        return Run(text, self.change, self.author, strong, emphasis, comments, self.withdrawn)


@dataclass(slots=True)
class Passage:
    """A paragraph."""

    kind: Kind = "paragraph"
    level: int = 0
    runs: list[Run] = field(default_factory=list)
    """Words that are marked alike in as few runs as can be; without words only where a comment hangs."""
    end: State = field(default_factory=State)
    """What became of the mark at its end: an inserted one divides what was one paragraph, a deleted one joins two."""
    said: Counter[Language] = field(default_factory=Counter)
    """Words whose language the file tells, by language."""
    seen: Counter[Language] = field(default_factory=Counter)
    """Han characters and Latin words of which it does not."""
    after: list[Block] = field(default_factory=list)
    """What hangs on it: footnotes, the words of drawings."""
    page_number: bool = False
    """Whether it shows the number of the page."""

    def weigh(self, text: str, language: Language | None) -> None:
        """Count words for their language."""
        han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
        if language is not None:
            self.said[language] += max(han + latin, 1)
        elif han or latin:
            self.seen.update({"zh": han, "en": latin})

    def lead(self, run: Run) -> None:
        """Put words before the others."""
        self.runs = join_runs([run, *self.runs])


@dataclass(slots=True)
class Table:
    """Rows of cells of blocks."""

    rows: list[list[list[Block]]]
    headed: bool
    """Whether the first row is repeated on each page."""


Block = Passage | Table


def spoken(passages: Sequence[Passage]) -> Counter[Language]:
    """Words by language: those of which the file tells it if there are any, else by script."""
    said: Counter[Language] = sum((passage.said for passage in passages), Counter())
    return said or sum((passage.seen for passage in passages), Counter())


def majority(passages: Sequence[Passage]) -> Language | None:
    """The language of most words; None where there are none."""
    words = spoken(passages)
    return "zh" if words["zh"] > words["en"] else "en" if words["en"] else None


def joined(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, where an end was changed, as one or as two, so that both readings come out right.

    Words of two passages that one reading has in one paragraph are in one passage, the changed end a line end in it.
    Where at most one of them has words in that reading, as with a whole new paragraph, they stay apart.
    """
    joints = _joints(passages, "insert") | _joints(passages, "delete")
    result: list[list[Passage]] = []
    for index, passage in enumerate(passages):
        if index and index - 1 in joints:
            result[-1].append(passage)
        else:
            result.append([passage])
    return [each[0] if len(each) == 1 else _one(each) for each in result]


def _joints(passages: Sequence[Passage], change: Change) -> set[int]:
    """Ends which the reading without them must not have, by the passage they end."""
    joints: set[int] = set()
    begin = 0
    for index, passage in enumerate(passages):
        gone = passage.end.change == change or bool(passage.end.withdrawn)
        if gone and index + 1 < len(passages):
            continue
        filled = [i for i in range(begin, index + 1) if _has_words(passages[i], change)]
        if len(filled) > 1:
            joints.update(range(filled[0], filled[-1]))
        begin = index + 1
    return joints


def _has_words(passage: Passage, change: Change) -> bool:
    """Whether words stand in the reading that a change does not."""
    return any(run.text and run.change != change and not run.withdrawn for run in passage.runs)


def _one(passages: Sequence[Passage]) -> Passage:
    first = passages[0]
    runs: list[Run] = []
    for passage in passages:
        runs += passage.runs
        if passage is not passages[-1]:
            runs.append(passage.end.run("\n"))
    return Passage(
        first.kind,
        first.level,
        join_runs(runs),
        passages[-1].end,
        sum((passage.said for passage in passages), Counter()),
        sum((passage.seen for passage in passages), Counter()),
        [block for passage in passages for block in passage.after],
        any(passage.page_number for passage in passages),
    )


def join_runs(runs: Sequence[Run]) -> list[Run]:
    """The runs, neighbours that are marked alike as one; without words only where a comment hangs."""
    groups: list[tuple[Run, list[str]]] = []
    for run in runs:
        if not run.text and not run.comments:
            continue
        if groups and _marks(run) == _marks(groups[-1][0]):
            groups[-1][1].append(run.text)
        else:
            groups.append((run, [run.text]))
    return [replace(run, text="".join(texts)) if len(texts) > 1 else run for run, texts in groups]


def _marks(run: Run) -> tuple[object, ...]:
    return run.change, run.author, run.withdrawn, run.strong, run.emphasis, run.comments
