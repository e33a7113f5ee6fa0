"""What a provision says as it is shown, and the changes that are marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracktwo.text.comparing import diff
from tracktwo.text.documents import read
from tracktwo.text.marked import Comment, Paragraph, Run
from tracktwo.text.merging import Span, clashes, spans
from tracktwo.text.showing import paragraph


def shown(lead: str, body: str, labels: Iterable[str] = ()) -> Paragraph:
    """The characters of a provision as a paragraph without marks of structure and emphasis.

    ``labels`` are those of the links that are defined in the draft.
    """
    links = "".join(f"\n[{each}]: #" for each in sorted(labels))
    blocks = [each for each in read(f"{lead}{body}\n{links}").blocks if each.kind not in {"space", "markup"}]
    if not blocks:
        return Paragraph.of(body.strip())
    first = paragraph(blocks[0])
    more = [run for each in blocks[1:] for run in (Run(" "), *paragraph(each).runs)]
    return replace(first, runs=(*first.runs, *more))


@dataclass(slots=True)
class Redlined:
    """A paragraph, with what several delegations would change in it, as far as it can be marked together."""

    base: Paragraph
    placed: list[tuple[Span, str]]
    comments: dict[int, list[Comment]]
    """By the place of the character that each is on."""

    @classmethod
    def of(cls, base: Paragraph) -> Redlined:
        """Without changes."""
        return cls(base, [], {})

    def change(self, new: str, author: str) -> bool:
        """Mark what makes the words those; False, and nothing is marked, where others change the same words."""
        asked = spans(self.base.before, new)
        mine = [span for span, _ in self.placed]
        if clashes(mine, asked) or any(span in mine for span in asked):
            return False
        self.placed += [(span, author) for span in asked]
        return True

    def remark(self, author: str, words: str, place: int | None = None) -> None:
        """A remark where that author changes something first, or at the beginning."""
        own = [span.start for span, by in self.placed if by == author]
        at = place if place is not None else min(own, default=0)
        self.comments.setdefault(at, []).append(Comment(author, words))

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph with its marks."""
        return replace(self.base, runs=tuple(_marked(self.base.runs, sorted(self.placed), self.comments)))


def _marked(
    runs: Sequence[Run], placed: Sequence[tuple[Span, str]], comments: dict[int, list[Comment]]
) -> Iterator[Run]:
    """The runs, cut where something changes or is remarked upon."""
    cuts = {edge for span, _ in placed for edge in (span.start, span.end)} | set(comments)
    waiting, left = list(placed), dict(comments)
    at, until, behind = 0, 0, Run("")
    for piece in _cut(runs, cuts):
        while waiting and waiting[0][0].start == at:
            span, author = waiting.pop(0)
            inserted = Run(span.text, "insert", author)
            if span.start == span.end:
                yield replace(inserted, comments=tuple(left.pop(at, ())))
            else:
                until, behind = span.end, inserted
        noted = tuple(left.pop(at, ()))
        at += len(piece.text)
        if at <= until:
            yield replace(piece, change="delete", author=behind.author, comments=noted)
            if at == until and behind.text:
                yield behind
        else:
            yield replace(piece, comments=noted)
    for span, author in waiting:  # at the very end
        yield Run(span.text, "insert", author, comments=tuple(left.pop(span.start, ())))
    for rest in left.values():
        yield Run("", comments=tuple(rest))


def _cut(runs: Sequence[Run], cuts: set[int]) -> Iterator[Run]:
    start = 0
    for run in filter(lambda each: each.text, runs):
        edges = [0, *sorted(cut - start for cut in cuts if start < cut < start + len(run.text)), len(run.text)]
        for left, right in pairwise(edges):
            yield replace(run, text=run.text[left:right])
        start += len(run.text)


def between(before: str, after: str) -> list[tuple[str, str]]:
    """What changes from one text to the other, as pieces (kind, words) of a page; kind is keep, insert or delete."""
    return [(edit.kind, edit.text) for edit in diff(before, after)]


def tongue(paragraph: Paragraph) -> str:
    """The language in which most of a paragraph is, as HTML calls it."""
    words = "".join(run.text for run in paragraph.runs)
    return "zh-Hans" if 2 * sum("\u3400" <= each <= "\u9fff" for each in words) > sum(map(str.isalpha, words)) else "en"


def pieces(paragraph: Paragraph, author: str | None = None) -> list[tuple[str, str]]:
    """A marked paragraph as pieces of a page; of all but that author, if one is given, as if it were settled."""
    found: list[tuple[str, str]] = []
    for run in paragraph.runs:
        if not run.text:
            continue
        mine = author is None or run.author == author or run.withdrawn == author
        kind = ("delete" if run.withdrawn and run.author != author else run.change) if run.change and mine else "keep"
        if run.change == "delete" and not mine:
            continue
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + run.text)
        else:
            found.append((kind, run.text))
    return found
