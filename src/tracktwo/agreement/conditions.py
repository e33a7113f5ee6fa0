"""What must hold of those who accept: thresholds, and what is built from them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The weights of those who accept reach a least sum; weights are at least 0, who is not named weighs none."""

    weights: tuple[tuple[str, Fraction], ...]
    least: Fraction


@dataclass(frozen=True, slots=True)
class Every:
    """Every part holds; with no parts it always does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; with no parts it never does."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = AtLeast | Every | Some
"""Monotone: whoever joins those who accept never makes it fail."""


def holds(condition: Condition, accepting: AbstractSet[str]) -> bool:
    """Whether the condition holds when exactly these delegations accept."""
    match condition:
        case AtLeast(weights, least):
            return sum((weight for name, weight in weights if name in accepting), Fraction(0)) >= least
        case Every(parts):
            return all(holds(part, accepting) for part in parts)
        case Some(parts):
            return any(holds(part, accepting) for part in parts)


def everybody(delegations: AbstractSet[str]) -> Condition:
    """Each of them accepts."""
    return Every(tuple(AtLeast(((each, Fraction(1)),), Fraction(1)) for each in sorted(delegations)))
