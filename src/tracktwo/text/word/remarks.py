"""Which comments lie over the words of a story while it is walked."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Comment, Run
from tracktwo.text.word.vocabulary import w

OPEN = 200
"""Comments that may lie over the same words."""


class Remarks:
    """The comments that have begun and not ended, in the order they began."""

    def __init__(self, comments: Mapping[str, Comment], placed: set[str]) -> None:
        self._comments = comments
        self._placed = placed
        """Comments of the whole file that hang on something, by id."""
        self._open: list[str] = []
        self._fresh: set[str] = set()
        """Those that have begun, with no words since."""
        self.over: tuple[Comment, ...] = ()

    def begin(self, mark: etree._Element) -> None:
        """A comment begins; TextError if too many lie over one another."""
        identity = mark.get(w("id"), "")
        if identity in self._comments and identity not in self._open:
            if len(self._open) == OPEN:
                raise TextError(f"More than {OPEN} comments lie over the same words; settle some of them in Word.")
            self._open.append(identity)
            self._fresh.add(identity)
            self._change()

    def cover(self) -> None:
        """There are words now under all that have begun."""
        self._placed |= self._fresh
        self._fresh.clear()

    def end(self, mark: etree._Element) -> list[Run]:
        """A comment ends; a run without words for it where it lies on none."""
        identity = mark.get(w("id"), "")
        if identity not in self._open:
            return []
        hung = self._hung(identity, self.over) if identity in self._fresh else []
        self._open.remove(identity)
        self._change()
        return hung

    def refer(self, mark: etree._Element) -> list[Run]:
        """The place where the file shows a comment: after its words, or alone, which a run without words stands for."""
        identity = mark.get(w("id"), "")
        if identity in self._open:
            return self.end(mark)
        if identity in self._comments and identity not in self._placed:
            return self._hung(identity, (*self.over, self._comments[identity]))
        return []

    def _hung(self, identity: str, comments: tuple[Comment, ...]) -> list[Run]:
        self._fresh.discard(identity)
        self._placed.add(identity)
        return [Run("", comments=comments)]

    def _change(self) -> None:
        self.over = tuple(self._comments[each] for each in self._open)
