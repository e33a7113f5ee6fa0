"""A rule as a condition over those who accept, for the package finder and for blind rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor, lcm

from tracktwo.agreement.conditions import AtLeast, Condition, Every, Some
from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.forms import Rule
from tracktwo.agreement.rules.parts import All, Part, Tree, tree
from tracktwo.agreement.rules.standing import objecting, ordered

_NOBODY: frozenset[str] = frozenset()


def condition(rule: Rule, stands: Sequence[Stand]) -> Condition:
    """What must hold of the set of delegations that do not object when all others do.

    Attendance, sides, weights and key actors are those of the stands, their positions are not looked at. Who is absent
    counts as the rule reads it: where nothing in writing counts, it makes no difference whether an absent delegation is
    among those who accept. AgreementError as for :func:`decide`.
    """
    opposed = tuple(objecting(stand) for stand in ordered(stands))
    return _compiled(tree(rule, opposed), opposed)


def _compiled(tree: Tree, opposed: Sequence[Stand]) -> Condition:
    if isinstance(tree, Part):
        return _part(tree, opposed)
    parts = tuple(dict.fromkeys(_compiled(part, opposed) for part in tree.parts))
    if isinstance(tree, All):
        kept = tuple(part for part in parts if part != Every(()) and not _weaker(part, parts))
        return kept[0] if len(kept) == 1 else Every(kept)
    kept = tuple(part for part in parts if part != Some(()))
    return kept[0] if len(kept) == 1 else Some(kept)


def _weaker(part: Condition, parts: Sequence[Condition]) -> bool:
    """Whether another part asks more of the same."""
    return isinstance(part, AtLeast) and any(
        isinstance(other, AtLeast) and other.weights == part.weights and other.least > part.least for other in parts
    )


def _part(part: Part, opposed: Sequence[Stand]) -> Condition:
    """The part as a sum over those who accept; one that does not depend on them always or never holds."""
    weights = []
    for stand in opposed:
        accepts = replace(stand, position="no-objection")
        gain = (part.unit(accepts, _NOBODY) - part.unit(stand, _NOBODY)) * part.weight(stand)
        if gain:
            weights.append((stand.id, gain))
    least = part.bound - part.value(opposed, _NOBODY)
    if part.strict:
        scale = lcm(*(gain.denominator for _, gain in weights))
        weights = [(name, gain * scale) for name, gain in weights]
        least = Fraction(floor(least * scale) + 1)
    if least <= 0:
        return Every(())
    if sum(gain for _, gain in weights) < least:
        return Some(())
    return AtLeast(tuple(weights), least)
