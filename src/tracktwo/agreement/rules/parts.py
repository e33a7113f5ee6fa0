"""A rule taken apart: sums of what delegations contribute, each against a bound, joined by all and any.

Each part is a linear test: the sum of a contribution of every delegation, times its weight where weights count, reaches
or exceeds a bound. A share q of a base is written as yes - q × base, so that leaving or entering the base needs no
division. What a delegation contributes never falls when it moves from objecting to not being counted to accepting: this
is why an objection never helps a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal, TypeAlias

from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.forms import (
    VOTED,
    AllOf,
    AnyOf,
    Base,
    Blocking,
    Consensus,
    DoubleMajority,
    KeyActors,
    Majority,
    Meaning,
    Measure,
    Rule,
    SufficientConsensus,
    Threshold,
    Unanimity,
)
from tracktwo.agreement.rules.standing import reading, stands_in

NONE = Fraction(0)
ONE = Fraction(1)
What = Literal[
    "share", "number", "somebody", "unopposed", "quorum-share", "quorum-number", "attended", "blocking", "missing"
]


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a part counts: everybody, a side, the key actors, or the others."""

    kind: Literal["all", "side", "key", "others"]
    ids: frozenset[str]
    side: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One test of a rule; it holds if the contributions of its group reach the bound, or exceed it if ``strict``."""

    what: What
    group: Group
    meaning: Meaning = VOTED
    bound: Fraction = NONE
    strict: bool = False
    share: Fraction = NONE
    of: Base = "members"
    by: Measure = "count"
    missing: tuple[str, ...] = ()
    """Of the part that nothing can meet: the ids of key actors, or the sides, that are not there."""

    def marks(self, stand: Stand, asked: AbstractSet[str]) -> tuple[int, int]:
        """What one delegation contributes, before its weight: the first, less the share times the second."""
        if stand.id not in self.group.ids:
            return 0, 0
        read = reading(stand, self.meaning, asked)
        match self.what:
            case "share":
                return read == "yes", stands_in(self.of, stand, read)
            case "number" | "somebody":
                return read == "yes", 0
            case "unopposed":
                return -(read == "no"), 0
            case "quorum-share":
                return stand.present, 1
            case "quorum-number":
                return stand.present, 0
            case "attended":
                return stand.present or read == "yes", 0
            case "blocking":
                return -(stands_in(self.of, stand, read) and read != "yes"), 0
            case "missing":
                return 0, 0

    def unit(self, stand: Stand, asked: AbstractSet[str]) -> Fraction:
        """What one delegation contributes, before its weight."""
        first, second = self.marks(stand, asked)
        return first - self.share * second

    def weight(self, stand: Stand) -> Fraction:
        """What its contribution is multiplied with."""
        return stand.weight if self.by == "weight" else ONE

    def value(self, stands: Sequence[Stand], asked: AbstractSet[str]) -> Fraction:
        """The sum over all delegations."""
        marks = [self.marks(stand, asked) for stand in stands]
        if self.by == "count":
            return sum(first for first, _ in marks) - self.share * sum(second for _, second in marks)
        weights = [stand.weight for stand in stands]
        firsts = sum((weight * first for weight, (first, _) in zip(weights, marks, strict=True) if first), NONE)
        return firsts - self.share * sum(
            (weight for weight, (_, second) in zip(weights, marks, strict=True) if second), NONE
        )

    def reached(self, value: Fraction) -> bool:
        """Whether the part holds with this sum."""
        return value > self.bound if self.strict else value >= self.bound


@dataclass(frozen=True, slots=True)
class All:
    """All of several."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of several; ``ways`` if a rule's author wrote them as alternatives."""

    parts: tuple[Tree, ...]
    ways: bool = False


Tree: TypeAlias = Part | All | Any


def met(tree: Tree, stands: Sequence[Stand], asked: AbstractSet[str] = frozenset()) -> bool:
    """Whether the tree holds."""
    if isinstance(tree, Part):
        return tree.reached(tree.value(stands, asked))
    return (all if isinstance(tree, All) else any)(met(part, stands, asked) for part in tree.parts)


def leaves(tree: Tree) -> Iterator[Part]:
    """Every part of the tree, in its order."""
    if isinstance(tree, Part):
        yield tree
        return
    for part in tree.parts:
        yield from leaves(part)


def tree(rule: Rule, stands: Sequence[Stand]) -> Tree:
    """The rule for these delegations; their order does not matter, of their positions only who participates does."""
    everybody = Group("all", frozenset(stand.id for stand in stands))
    if not stands:
        return Part("missing", everybody, bound=ONE)
    parts = [*_quorum(rule.quorum, everybody)]
    match rule:
        case Unanimity():
            parts += [
                Part("unopposed", everybody, rule.meaning),
                Part("somebody", everybody, rule.meaning, strict=True),
            ]
        case Consensus():
            asked_for = Group("all", everybody.ids - set(rule.without))
            parts += [
                Part("attended", everybody, rule.meaning, ONE),
                Part("unopposed", asked_for, rule.meaning, Fraction(-rule.minus)),
            ]
        case SufficientConsensus():
            parts += _sufficient(rule, stands, everybody)
        case DoubleMajority():
            parts += _double(rule, stands, everybody)
        case KeyActors():
            parts += _key_actors(rule, stands, everybody)
        case Majority():
            parts += _threshold(rule.threshold, everybody, rule.meaning)
        case AllOf():
            parts += [tree(each, stands) for each in rule.rules]
        case AnyOf():
            parts += [Any(tuple(tree(each, stands) for each in rule.rules), ways=True)]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _quorum(threshold: Threshold | None, everybody: Group) -> Iterator[Tree]:
    if threshold is not None and threshold.share is not None:
        yield Part("quorum-share", everybody, strict=threshold.more_than, share=threshold.share)
    if threshold is not None and threshold.number is not None:
        yield Part("quorum-number", everybody, bound=threshold.number)


def _threshold(threshold: Threshold, group: Group, meaning: Meaning) -> Iterator[Tree]:
    of, by = threshold.of, threshold.by
    if threshold.share is not None:
        yield Part("share", group, meaning, NONE, threshold.more_than, threshold.share, of, by)
        yield Part("somebody", group, meaning, strict=True, by=by)
    if threshold.number is not None:
        yield Part("number", group, meaning, threshold.number, by=by)


def _sufficient(rule: SufficientConsensus, stands: Sequence[Stand], everybody: Group) -> Iterator[Tree]:
    seated = {stand.side for stand in stands if stand.side}
    sides = sorted(rule.sides or seated)
    if len(sides) < 2:
        yield Part("missing", Group("side", frozenset()), bound=ONE)
    for side in sides:
        group = Group("side", frozenset(stand.id for stand in stands if stand.side == side), side)
        yield from _threshold(rule.each_side, group, rule.meaning)
    for threshold in rule.overall:
        yield from _threshold(threshold, everybody, rule.meaning)


def _double(rule: DoubleMajority, stands: Sequence[Stand], everybody: Group) -> Iterator[Tree]:
    both = (
        *_threshold(rule.count, everybody, rule.meaning),
        *_threshold(rule.weight, everybody, rule.meaning),
    )
    if rule.blocking is None:
        yield from both
        return
    least = blocking_minority(rule.blocking, rule.weight.of, stands)
    short = Part("blocking", everybody, rule.meaning, Fraction(1 - least), of=rule.weight.of)
    yield Any((All(both), All((short, Part("somebody", everybody, rule.meaning, strict=True)))))


def blocking_minority(blocking: Blocking, of: Base, stands: Sequence[Stand]) -> int:
    """How many members a minority needs to block; who votes does not change it, who participates may."""
    if blocking.over is None:
        return blocking.members + blocking.plus
    weights = sorted((each.weight for each in stands if stands_in(of, each, "yes")), reverse=True)
    needed = blocking.over * sum(weights, NONE)
    short = sum(reached <= needed for reached in accumulate(weights))
    return min(short + 1, len(weights)) + blocking.plus


def _key_actors(rule: KeyActors, stands: Sequence[Stand], everybody: Group) -> Iterator[Tree]:
    named = frozenset(rule.actors) or frozenset(stand.id for stand in stands if stand.key)
    away = tuple(sorted(named - everybody.ids))
    key = Group("key", named & everybody.ids)
    if away or not named:
        yield Part("missing", key, bound=ONE, missing=away)
    yield Part("attended", everybody, rule.meaning, ONE)
    yield Part("unopposed", key, rule.meaning)
    if rule.others is not None:
        yield from _threshold(rule.others, Group("others", everybody.ids - named), rule.meaning)
    if rule.overall is not None:
        yield from _threshold(rule.overall, everybody, rule.meaning)
