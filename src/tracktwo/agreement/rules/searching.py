"""The fewest delegations that must move so that a rule's parts come out as wanted.

The tree of a rule is written as alternatives, each a list of parts that must all come out so (disjunctive normal form).
In an alternative the parts that do not yet are goals: what delegations bring, if they move, must add up to what is
lacking. Delegations that bring the same to every goal but for their weight play one *role*; in a role the heavier one
can always stand in for the lighter, so a smallest set may be taken to be the heaviest so many of each role. Sets are
tried by their size, and a branch is left as soon as the best that is left of it cannot reach some goal. The answer is
exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, islice
from math import ceil, floor, lcm

from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.parts import All, Part, Tree
from tracktwo.agreement.rules.telling import Heard

MOST = 8
"""Ways that are given, of those that are equally small."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A part that must change: what is lacking, and whether it must be exceeded."""

    part: Part
    lacking: Fraction
    exceed: bool


@dataclass(frozen=True, slots=True)
class Role:
    """Delegations that bring the same to every goal but for their weight, the one that brings most first."""

    brings: tuple[Fraction, ...]
    who: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """So many of each role, one of the smallest sets."""

    goals: tuple[Goal, ...]
    roles: tuple[Role, ...]
    numbers: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many delegations move."""
        return sum(self.numbers)

    def does(self, chosen: Sequence[Sequence[Stand]]) -> bool:
        """Whether the goals are reached with these of each role."""
        for index, goal in enumerate(self.goals):
            brought = sum(
                (
                    role.brings[index] * goal.part.weight(each)
                    for role, who in zip(self.roles, chosen, strict=True)
                    for each in who
                ),
                Fraction(0),
            )
            if brought < goal.lacking or (goal.exceed and brought == goal.lacking):
                return False
        return True


def alternatives(tree: Tree, wanted: bool, done: Callable[[Part], bool]) -> list[frozenset[Part]]:
    """The sets of parts that must all come to hold (wanted), or to fail, for the tree to; none that holds another.

    A part that is ``done`` is as wanted already, and stays so, as every move is to the same end.
    """
    if isinstance(tree, Part):
        return [frozenset()] if done(tree) else [frozenset([tree])]
    each = (alternatives(part, wanted, done) for part in tree.parts)
    if isinstance(tree, All) != wanted:
        return _least({choice for choices in each for choice in choices})
    joint = [frozenset[Part]()]
    for choices in each:
        joint = _least({one | other for one in joint for other in choices})
    return joint


def _least(sets: set[frozenset[Part]]) -> list[frozenset[Part]]:
    """Those that hold no other."""
    return [each for each in sets if not any(other < each for other in sets)]


def smallest(tree: Tree, heard: Heard, moved: Callable[[Stand], Stand], free: Sequence[Stand]) -> list[Way]:
    """The smallest ways to the other verdict when some of those ``free`` are ``moved``.

    Empty if there is none. At most :data:`MOST` of those of an alternative are given.
    """
    wanted = not heard.met(tree)
    known = tuple(heard.values)
    order = {part: index for index, part in enumerate(known)}
    sets = alternatives(tree, wanted, lambda part: heard.met(part) == wanted)
    searches = []
    for chosen in sorted(sorted(order[part] for part in parts) for parts in sets):
        goals, roles = _prepared([known[index] for index in chosen], heard, wanted, moved, free)
        searches.append(_Search(goals, roles, *_scaled(goals, roles)))
    for size in range(1, len(free) + 1):
        found = [way for search in searches for way in islice(search.ways(size), MOST)]
        if found:
            return found
    return []


def _prepared(
    parts: Sequence[Part], heard: Heard, wanted: bool, moved: Callable[[Stand], Stand], free: Sequence[Stand]
) -> tuple[tuple[Goal, ...], tuple[Role, ...]]:
    """The goals of an alternative and the roles in it of those who may move."""
    sign, asked = 1 if wanted else -1, heard.asked
    goals = [Goal(part, sign * (part.bound - heard.values[part]), exceed=part.strict == wanted) for part in parts]
    roles: dict[tuple[Fraction, ...], list[Stand]] = {}
    for each in free:
        then = moved(each)
        brings = tuple(sign * (goal.part.unit(then, asked) - goal.part.unit(each, asked)) for goal in goals)
        if any(unit > 0 and goal.part.weight(each) > 0 for unit, goal in zip(brings, goals, strict=True)):
            roles.setdefault(brings, []).append(each)
    weighty = any(goal.part.by == "weight" for goal in goals)
    cast = (
        Role(brings, tuple(sorted(who, key=lambda each: (-each.weight if weighty else 0, not each.present, each.id))))
        for brings, who in roles.items()
    )
    return tuple(goals), tuple(sorted(cast, key=lambda role: (not role.who[0].present, role.who[0].id)))


class _Search:
    """The search through one alternative, in whole numbers.

    ``lacking`` is what each goal lacks at least, ``gains`` what each delegation of each role brings to each goal.
    """

    def __init__(
        self, goals: tuple[Goal, ...], roles: tuple[Role, ...], lacking: list[int], gains: list[list[list[int]]]
    ) -> None:
        self.goals, self.roles, self.lacking = goals, roles, lacking
        self.sums = [[_added([row[g] for row in rows]) for g in range(len(goals))] for rows in gains]
        """What the first 0, 1, … of a role bring to a goal."""
        self.reach = [
            [_added(sorted((row[g] for rows in gains[j:] for row in rows), reverse=True)) for g in range(len(goals))]
            for j in range(len(roles) + 1)
        ]
        """What the best 0, 1, … of a role and those after it bring."""

    def ways(self, size: int) -> Iterator[Way]:
        """Every way with so many delegations, given that there is none with fewer."""
        for numbers in self._descend(0, size, self.lacking):
            yield Way(self.goals, self.roles, numbers)

    def _descend(self, j: int, left: int, lacking: list[int]) -> Iterator[tuple[int, ...]]:
        for need, best in zip(lacking, self.reach[j], strict=True):
            if need > best[min(left, len(best) - 1)]:
                return
        if j == len(self.roles):
            if left == 0:
                yield ()
            return
        for number in range(min(left, len(self.roles[j].who)), -1, -1):
            after = [need - sums[number] for need, sums in zip(lacking, self.sums[j], strict=True)]
            for rest in self._descend(j + 1, left - number, after):
                yield (number, *rest)


def _added(gains: Sequence[int]) -> list[int]:
    return list(accumulate(gains, initial=0))


def _scaled(goals: tuple[Goal, ...], roles: tuple[Role, ...]) -> tuple[list[int], list[list[list[int]]]]:
    """In whole numbers: what each goal lacks at least; and of each role, each delegation, what it brings to each."""
    exact = [
        [[unit * goal.part.weight(each) for unit, goal in zip(role.brings, goals, strict=True)] for each in role.who]
        for role in roles
    ]
    lacking, scales = [], []
    for g, goal in enumerate(goals):
        scale = lcm(*(row[g].denominator for rows in exact for row in rows))
        scaled = goal.lacking * scale
        lacking.append(floor(scaled) + 1 if goal.exceed else ceil(scaled))
        scales.append(scale)
    gains = [[[int(row[g] * scale) for g, scale in enumerate(scales)] for row in rows] for rows in exact]
    return lacking, gains
