"""Identifiers: numbers where all of them are integers, text otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
LONGEST = 255
"""Characters of a participant's id."""

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,18}")


def is_integer(text: str) -> bool:
    """Whether the text is an integer of 64 bits in the one form that an integer has ("01" and "+1" are text)."""
    return _INTEGER.fullmatch(text) is not None and -(2**63) <= int(text) < 2**63


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A column of N values as positions in a list of distinct labels (in any order)."""

    codes: Integers
    """(N,)"""
    labels: list[str] | Integers

    @classmethod
    def of_integers(cls, values: Integers) -> Labelled:
        """From (N,) integers."""
        low, high = (int(values.min()), int(values.max())) if len(values) else (0, -1)
        if high - low > 4 * len(values) + 1_000_000:
            labels, codes = np.unique(values, return_inverse=True)
            return cls(codes.astype(np.int64), labels)
        seen = np.zeros(high - low + 1, dtype=bool)
        offsets = values - low if low else values
        seen[offsets] = True
        labels = np.flatnonzero(seen) + low
        return cls(offsets if seen.all() else (np.cumsum(seen) - 1)[offsets], labels)

    @classmethod
    def of(cls, values: Iterable[str]) -> Labelled:
        """From N texts."""
        numbers = Numbering()
        return cls(numbers.codes(values), list(numbers))

    def renumbered(self, places: Integers) -> Integers:
        """(N,) the place that each value's label has been given."""
        return self.codes if np.array_equal(places, np.arange(len(places))) else places[self.codes]

    def first(self, label: int) -> int:
        """Where a label, given by its position among the labels, first occurs."""
        return int(np.argmax(self.codes == label))


class Numbering(dict[str, int]):
    """Numbers given to texts in the order in which they first come."""

    def __missing__(self, text: str) -> int:
        """The next number."""
        number = self[text] = len(self)
        return number

    def codes(self, values: Iterable[str]) -> Integers:
        """The number of each text."""
        return np.fromiter(map(self.__getitem__, values), dtype=np.int64)


def in_order(labels: Sequence[str]) -> list[str]:
    """Distinct ids, ascending: as numbers where every one is an integer, by code point otherwise."""
    distinct = set(labels)
    return sorted(distinct, key=int) if all(map(is_integer, distinct)) else sorted(distinct)


def ranks(column: Labelled) -> tuple[NDArray[Any], Integers]:
    """Distinct ids without space around them, ascending, and the place of each label there.

    The ids are int64 where every one is an integer, text otherwise.
    """
    labels = column.labels
    if isinstance(labels, np.ndarray):
        return labels, np.arange(len(labels))
    cleaned = [label.strip() for label in labels]
    ordered = in_order(cleaned)
    place = {label: i for i, label in enumerate(ordered)}
    kind = np.int64 if all(map(is_integer, ordered)) else np.str_
    return np.array(ordered, dtype=kind), np.array([place[label] for label in cleaned], dtype=np.int64)
