"""Something that is wanted of somebody, as the home page and the console list it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracktwo.room.people.models import Organisation
from tracktwo.room.words import Words, say


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that is wanted, where it is done, and of whom."""

    words: Words
    href: str
    whose: Words | None = None


def named(content: dict[str, str]) -> Words:
    """A content as words: in the reader's language, or in the one that there is."""
    return Words(content.get("en") or content.get("zh", ""), content.get("zh") or content.get("en", ""))


def of(role: Any, organisation: Organisation) -> Words:
    """A role in a delegation, as whose turn it is."""
    return say("{role}, {name}", "{name}{role}", role=role, name=named(organisation.name))
