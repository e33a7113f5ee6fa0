"""Votes on statements, held as compressed rows by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1


class InputError(ValueError):
    """Input that cannot be used; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence put to the room."""

    id: str
    text: Mapping[str, str] = field(default_factory=dict)
    """Language tag to sentence; the tag is "" where the source does not name the language."""
    moderated: int = 0
    """−1 moderated out, 0 undecided, 1 moderated in (as in a Polis export)."""
    meta: bool = False
    """A question about the person rather than the subject; outside the mathematics."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """The last vote of each of n people on each of m statements.

    A person's votes are ``codes[indptr[i]:indptr[i + 1]]``, ascending; a code is
    ``statement << 2 | vote + 1`` with the vote −1, 0 or 1, so that a code is also an index
    into a table with four rows a statement (the fourth is never used).
    """

    participants: NDArray[Any]
    """(n,) ids, unique and ascending: int64 where every id is an integer, text otherwise."""
    statements: tuple[Statement, ...]
    """(m,) ascending by id, as numbers where every id is an integer."""
    indptr: NDArray[np.int64]
    """(n + 1,) where each person's votes begin."""
    codes: NDArray[np.uint16] | NDArray[np.uint32]
    """(votes,) uint16, or uint32 above 16,383 statements."""
    first_vote: NDArray[np.int64] | None = None
    """(n,) time of each person's first vote, where the source has times; orders the people of the Polis method."""
    revotes: int = 0
    """Votes that a later vote of the same person on the same statement replaced."""
    title: Mapping[str, str] = field(default_factory=dict)
    """Language tag to the subject, where the source names one."""
    recorded: Mapping[str, Any] = field(default_factory=dict)
    """What the source itself had computed (``group-id`` of a Polis export), for comparison; never used here."""

    @property
    def n(self) -> int:
        """People."""
        return len(self.participants)

    @property
    def m(self) -> int:
        """Statements."""
        return len(self.statements)

    @property
    def columns(self) -> NDArray[np.int64]:
        """(votes,) statement of each vote."""
        return (self.codes >> 2).astype(np.int64)

    @property
    def values(self) -> NDArray[np.int8]:
        """(votes,) −1, 0 or 1."""
        return (self.codes & 3).astype(np.int8) - np.int8(1)

    @property
    def rows(self) -> NDArray[np.int64]:
        """(votes,) person of each vote."""
        return np.repeat(np.arange(self.n), np.diff(self.indptr))

    @property
    def moderated_out(self) -> NDArray[np.bool_]:
        """(m,) whether moderation took the statement out."""
        return np.array([s.moderated < 0 for s in self.statements], dtype=bool)

    @property
    def meta(self) -> NDArray[np.bool_]:
        """(m,) whether the statement is about the person."""
        return np.array([s.meta for s in self.statements], dtype=bool)

    def dense(self) -> NDArray[np.float64]:
        """(n, m) −1, 0, 1, and NaN where there is no vote."""
        matrix = np.full((self.n, self.m), np.nan)
        matrix[self.rows, self.columns] = self.values
        return matrix

    def subset(self, kept: NDArray[np.bool_]) -> Votes:
        """The same people and statements with only the votes where ``kept`` (votes,) is true."""
        sums = np.concatenate([[0], np.cumsum(kept)])
        return replace(self, codes=self.codes[kept], indptr=sums[self.indptr].astype(np.int64))

    def of_people(self, people: NDArray[np.int64]) -> Votes:
        """The votes of ``people`` alone, positions in ascending order."""
        counts = self.indptr[people + 1] - self.indptr[people]
        indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        picked = np.repeat(self.indptr[people] - indptr[:-1], counts) + np.arange(indptr[-1])
        first = None if self.first_vote is None else self.first_vote[people]
        return replace(
            self,
            participants=self.participants[people],
            indptr=indptr,
            codes=self.codes[picked],
            first_vote=first,
            recorded={},
        )

    @classmethod
    def of(
        cls,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        values: NDArray[np.int8],
        *,
        participants: NDArray[Any],
        statements: Sequence[Statement],
        **more: Any,
    ) -> Votes:
        """From one triple a vote: person and statement as positions, at most one vote of each pair, any order."""
        wide = columns.astype(np.int64) << 2 | (values.astype(np.int64) + 1)
        order = np.lexsort((wide, rows))
        narrow = len(statements) <= 16_383
        codes = wide[order].astype(np.uint16) if narrow else wide[order].astype(np.uint32)
        indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(participants)))])
        return cls(participants, tuple(statements), indptr.astype(np.int64), codes, **more)

    @classmethod
    def of_dense(cls, matrix: NDArray[np.float64], **more: Any) -> Votes:
        """From an (n, m) array of −1, 0, 1 and NaN; people and statements are numbered from 0."""
        rows, columns = np.nonzero(~np.isnan(matrix))
        return cls.of(
            rows,
            columns,
            matrix[rows, columns].astype(np.int8),
            participants=more.pop("participants", np.arange(matrix.shape[0])),
            statements=more.pop("statements", [Statement(str(j)) for j in range(matrix.shape[1])]),
            **more,
        )
