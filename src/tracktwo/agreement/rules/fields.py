"""Fields of a rule's data, each told by its path where it cannot be taken."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from tracktwo.agreement.errors import AgreementError

_NUMBER = r"\d{1,30}(?:\.\d{1,30})?"
_RATIO = re.compile(r"(\d{1,30})\s*/\s*(\d{1,30})")
_PERCENT = re.compile(rf"({_NUMBER})\s*[%％]")
_DECIMAL = re.compile(r"\d{0,30}\.\d{1,30}")
_Word = TypeVar("_Word", bound=str)


def shown(value: object) -> str:
    """A value as a sentence quotes it, cut short."""
    return reprlib.repr(value)


class Fields:
    """A mapping at a path, that knows which names it may have."""

    def __init__(self, data: object, path: str, known: tuple[str, ...]) -> None:
        if not isinstance(data, Mapping):
            raise AgreementError(f"{path} must be a mapping with {', '.join(known)}, not {data!r}.")
        for name in data:
            if name not in known:
                raise AgreementError(
                    f"{path} has the field {shown(name)}, which is not known; known are {', '.join(known)}."
                )
        self.data: Mapping[str, object] = data
        self.path = path

    def get(self, name: str, default: object = None) -> object:
        """A field, or the default where it is absent or empty."""
        value = self.data.get(name)
        return default if value is None else value

    def needed(self, name: str) -> object:
        """A field that must be there."""
        if self.get(name) is None:
            raise AgreementError(f"{self.path}.{name} is missing.")
        return self.data[name]

    def within(self, name: str, known: tuple[str, ...]) -> Fields:
        """The fields of a mapping in a field that must be there."""
        return Fields(self.needed(name), f"{self.path}.{name}", known)

    def one_of(self, name: str, words: tuple[_Word, ...], default: _Word) -> _Word:
        """One of some words; true and false are yes and no, spaces are hyphens."""
        value = self.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            value = "yes" if value else "no"
        written = "-".join(value.lower().split()) if isinstance(value, str) else value
        for word in words:
            if word == written:
                return word
        raise AgreementError(f"{self.path}.{name} is {shown(value)}; it must be one of {', '.join(words)}.")


def listing(value: object, path: str) -> list[object]:
    """A list that holds something."""
    if not isinstance(value, list | tuple) or not value:
        raise AgreementError(f"{path} must be a list of at least one, not {shown(value)}.")
    return list(value)


def texts(value: object, path: str) -> tuple[str, ...]:
    """A list of ids or sides, none of them twice."""
    if not isinstance(value, list | tuple):
        raise AgreementError(f"{path} must be a list, such as [a, b], not {shown(value)}.")
    for index, each in enumerate(value):
        if not isinstance(each, str) or not each:
            raise AgreementError(
                f"{path}[{index}] is {shown(each)}; it must be a text, in quotes if it looks like a number."
            )
        if each in value[:index]:
            raise AgreementError(f"{path}[{index}] repeats {shown(each)}; name it once.")
    return tuple(value)


def whole(value: object, path: str) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise AgreementError(f"{path} is {shown(value)}; it must be a whole number.")
    return value


def amount(value: object, path: str) -> Fraction:
    """A sum of weights: 255, "58.5" or "7/2"."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return _exact(value, path, "a number, such as 255 or 58.5")


def share(value: object, path: str) -> Fraction:
    """A share, exactly: "2/3", "55 %", 0.55."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise AgreementError(
            f"{path} is {shown(value)}; write a share as 2/3, 55 % or 0.55, "
            "or, if so many delegations are meant, put it under number."
        )
    return _exact(value, path, "a share, such as 2/3, 55 % or 0.55")


def _exact(value: object, path: str, such: str) -> Fraction:
    text = repr(value) if isinstance(value, float) else value
    if isinstance(text, str):
        text = text.strip()
        if found := _RATIO.fullmatch(text):
            if not int(found[2]):
                raise AgreementError(f"{path} is {text!r}, which divides by 0; it must be {such}.")
            return Fraction(int(found[1]), int(found[2]))
        if found := _PERCENT.fullmatch(text):
            return Fraction(found[1]) / 100
        if _DECIMAL.fullmatch(text):
            return Fraction(text)
    raise AgreementError(f"{path} is {shown(value)}; it must be {such}.")
