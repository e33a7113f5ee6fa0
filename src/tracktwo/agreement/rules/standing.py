"""What a delegation's stand counts as under a rule."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Literal

from tracktwo.agreement.errors import AgreementError
from tracktwo.agreement.positions import POSITIONS, Stand
from tracktwo.agreement.rules.forms import Base, Kind, Meaning, Reading

Standing = Literal["accepts", "objects"] | Kind


def standing(stand: Stand, meaning: Meaning, asked: AbstractSet[str] = frozenset()) -> Standing:
    """How the delegation stands; ``asked`` are the ids of those to whom the question was put."""
    if stand.position == "not-participating":
        return "not-participating"
    if not stand.present and not (meaning.in_writing and stand.position != "no-record"):
        return "absence"
    match stand.position:
        case "support" | "no-objection":
            return "accepts"
        case "object":
            return "objects"
        case "stand-aside":
            return "abstention"
        case "ad-referendum":
            return "ad-referendum"
        case _:
            return "silence" if stand.id in asked else "no-record"


def reading(stand: Stand, meaning: Meaning, asked: AbstractSet[str] = frozenset()) -> Reading:
    """Whether that is a yes, a no, or not counted."""
    match standing(stand, meaning, asked):
        case "accepts":
            return "yes"
        case "objects":
            return "no"
        case kind:
            return meaning.of(kind)


def stands_in(base: Base, stand: Stand, read: Reading) -> bool:
    """Whether the delegation belongs to what a share is of."""
    match base:
        case "members":
            return True
        case "participating":
            return stand.position != "not-participating"
        case "present":
            return stand.present or read != "not-counted"
        case "voting":
            return read != "not-counted"


def accepting(stand: Stand) -> Stand:
    """The same delegation, in the room and not objecting."""
    return replace(stand, position="no-objection", present=True)


def objecting(stand: Stand) -> Stand:
    """The same delegation, wherever it is, objecting."""
    return replace(stand, position="object")


def ordered(stands: Sequence[Stand]) -> tuple[Stand, ...]:
    """The stands by id; AgreementError if they cannot be counted."""
    seen: set[str] = set()
    for stand in stands:
        if stand.id in seen:
            raise AgreementError(f"The delegation {stand.id!r} has two stands; give one for each delegation.")
        if stand.weight < 0:
            raise AgreementError(f"The weight of the delegation {stand.id!r} is below 0; give 0 or more.")
        if stand.position not in POSITIONS:
            raise AgreementError(
                f"The delegation {stand.id!r} has the position {stand.position!r}; known are {', '.join(POSITIONS)}."
            )
        seen.add(stand.id)
    return tuple(sorted(stands, key=lambda stand: stand.id))
