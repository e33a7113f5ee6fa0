"""What one file of Akoma Ntoso holds: a draft in one language, and what it is a draft of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from tracktwo.text.documents import Document
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language

BracketState = Literal["open", "narrowed", "lifted", "dropped", "merged", "parked"]
BRACKET_STATES: tuple[BracketState, ...] = get_args(BracketState)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_COUNTRY = re.compile(r"[a-z]{2}(-[A-Za-z0-9]+)?")


@dataclass(frozen=True, slots=True)
class Work:
    """The text that is negotiated, whatever the draft and the language."""

    name: str
    """In its address: Latin letters, digits, hyphens and points, such as ``frontier-safety``."""
    title: str
    begun: date
    """When its first draft was issued."""
    author: str
    """The body that drafts it; never a person."""
    country: str = "zz"
    """The jurisdiction in its address, two small letters; ``zz`` is nobody's (ISO 3166 leaves it to users)."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise TextError(
                f"{self.name!r} cannot stand in the address of a text; take Latin letters, digits, hyphens and points."
            )
        if not _COUNTRY.fullmatch(self.country):
            raise TextError(f"{self.country!r} is no jurisdiction of an address; take two small letters, such as zz.")


@dataclass(frozen=True, slots=True)
class Expression:
    """One draft in one language."""

    work: Work
    number: int
    """Of the draft, from 1."""
    issued: date
    """When the draft was issued."""
    language: Language
    document: Document
    languages: tuple[Language, ...] = ("en", "zh")
    """In which languages the draft exists; none of them is a translation of another."""
    states: Mapping[tuple[int, int], BracketState] = field(default_factory=dict)
    """Of brackets, by the first line of their paragraph and their number in it; open where nothing is said."""
    provisions: Mapping[int, str] = field(default_factory=dict)
    """The lasting ids of provisions, by the first line of their paragraph."""
