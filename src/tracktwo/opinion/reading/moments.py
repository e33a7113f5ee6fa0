"""Times of votes as foreign tables write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import numpy as np

from tracktwo.opinion.reading.identifiers import Integers
from tracktwo.opinion.reading.sources import shown
from tracktwo.opinion.votes import InputError

MILLION = 10**6
_START = datetime(1970, 1, 1, tzinfo=UTC)


class Moments:
    """A column of times, gathered part by part.

    Integers stay as they are and ISO 8601 dates become seconds since 1970 (as UTC where they name no zone); if any has
    a fraction, all are multiplied by a million.
    """

    def __init__(self, name: str, column: str, *, unit: str = "row") -> None:
        self._name, self._column, self._unit = name, column, unit
        self._parts: list[Integers | list[Decimal | None]] = []
        self._empty: list[int] = []
        self._fractional: int | None = None
        self._count = 0

    def add(self, texts: Sequence[str], rows: Integers) -> None:
        """More times and their rows; InputError names the row of one that is none."""
        self._count += len(texts)
        try:
            self._parts.append(np.fromiter(map(int, texts), dtype=np.int64))
        except (ValueError, OverflowError):
            self._parts.append([self._moment(text.strip(), int(row)) for text, row in zip(texts, rows, strict=True)])

    def times(self) -> Integers | None:
        """(N,) integers, or None where every one is empty; InputError where some are."""
        if self._empty and len(self._empty) == self._count:
            return None
        if self._empty:
            place = self._place(self._empty[0])
            raise InputError(f"{place}: the time is empty; give every vote its time, or take the column out.")
        if self._fractional is None:
            return np.concatenate([np.array(part, dtype=np.int64) for part in self._parts])
        scaled = [int(Decimal(int(x) if isinstance(x, np.int64) else x or 0) * MILLION) for p in self._parts for x in p]
        if any(not -(2**63) <= x < 2**63 for x in scaled):
            raise InputError(f"{self._place(self._fractional)}: a fraction of a time so large; write whole numbers.")
        return np.array(scaled, dtype=np.int64)

    def _moment(self, text: str, row: int) -> Decimal | None:
        if not text:
            self._empty.append(row)
            return None
        try:
            moment = Decimal(text)
        except InvalidOperation:
            try:
                date = datetime.fromisoformat(text)
                since = (date if date.tzinfo else date.replace(tzinfo=UTC)) - _START
            except (ValueError, OverflowError):
                moment = Decimal("NaN")
            else:
                moment = Decimal(since.days * 86_400 + since.seconds) + Decimal(since.microseconds) / MILLION
        if not moment.is_finite() or moment.adjusted() > 18 or not -(2**63) <= moment < 2**63:
            raise InputError(
                f"{self._place(row)}: {shown(text)} is no time; write a number or a date such as 2026-03-01T09:30:00Z."
            )
        if self._fractional is None and moment != moment.to_integral_value():
            self._fractional = row
        return moment

    def _place(self, row: int) -> str:
        return f"{self._name}, {self._unit} {row}, column {shown(self._column)}"
