"""Packages: proposals that are tied to each other, and what can be taken of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracktwo.text.collisions import Collision
from tracktwo.text.errors import TextError
from tracktwo.text.proposals import Proposal, Tie


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why some proposals cannot be taken together."""

    proposals: tuple[str, ...]
    """The ids of those that would have to be added or left out."""
    what: str
    """In a sentence."""


def conflicts(
    proposals: Sequence[Proposal], chosen: Collection[str], *, collisions: Iterable[Collision] = ()
) -> tuple[Conflict, ...]:
    """Why a choice among proposals is inconsistent; nothing where it is not.

    Of proposals tied with “and”, all are taken or none; with “xor”, exactly one; with “or”, any of them, which may be
    none. Collisions that block exclude each other. TextError if something is chosen that is not proposed.
    """
    ids = [proposal.id for proposal in proposals]
    for name in chosen:
        if name not in ids:
            raise TextError(f"There is no proposal {name!r} among those from which was chosen.")
    found = []
    for (how, group), members in _groups(proposals).items():
        taken = [name for name in members if name in chosen]
        left = tuple(name for name in members if name not in chosen)
        if how == "and" and taken and left:
            found.append(Conflict(left, f"Package {group!r} is taken or left as a whole; {_listed(left)} is left out."))
        elif how == "xor" and len(taken) != 1:
            which = "none is" if not taken else f"{_listed(taken)} are"
            found.append(Conflict(members, f"Of package {group!r} exactly one is taken; {which} chosen."))
    for collision in collisions:
        if collision.blocks and collision.one in chosen and collision.other in chosen:
            found.append(Conflict((collision.one, collision.other), collision.what))
    return tuple(found)


def choices(proposals: Sequence[Proposal], *, collisions: Iterable[Collision] = ()) -> Iterator[tuple[str, ...]]:
    """Every consistent choice among proposals, one at a time as they are asked for, those with the first ones first.

    A choice is given up where its first part is already inconsistent; how long the next one takes is not bounded, as
    finding one of many overlapping “xor” groups is as hard as exact cover. TextError if a group is tied in two ways.
    """
    ids = [proposal.id for proposal in proposals]
    place = {name: at for at, name in enumerate(ids)}
    groups = [(how, tuple(place[name] for name in members)) for (how, _), members in _groups(proposals).items()]
    of_place = [[group for group in groups if group[0] != "or" and at in group[1]] for at in range(len(ids))]
    excluded: list[set[int]] = [set() for _ in ids]
    for collision in collisions:
        if collision.blocks and collision.one in place and collision.other in place:
            low, high = sorted((place[collision.one], place[collision.other]))
            excluded[high].add(low)
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        taken = waiting.pop()
        at = len(taken)
        if at == len(ids):
            yield tuple(name for name, is_in in zip(ids, taken, strict=True) if is_in)
            continue
        for is_in in (False, True):
            if is_in and any(taken[other] for other in excluded[at]):
                continue
            longer = (*taken, is_in)
            if all(_possible(how, members, longer) for how, members in of_place[at]):
                waiting.append(longer)


def _possible(how: str, members: tuple[int, ...], taken: Sequence[bool]) -> bool:
    """Whether a group can still be taken as it must, the first proposals being decided."""
    decided = Counter(taken[member] for member in members if member < len(taken))
    if how == "and":
        return not (decided[True] and decided[False])
    return decided[True] == 1 or (not decided[True] and decided[False] < len(members))


def _groups(proposals: Iterable[Proposal]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The ids of the proposals of each group, by how they are tied and its name."""
    how: dict[str, Tie] = {}
    groups: dict[tuple[str, str], tuple[str, ...]] = {}
    for proposal in proposals:
        for tie in dict.fromkeys(proposal.tied):
            before = how.setdefault(tie.group, tie)
            if before.how != tie.how:
                raise TextError(
                    f"Package {tie.group!r} is tied with “{before.how}” and with “{tie.how}”. Name two packages."
                )
            groups[tie.how, tie.group] = (*groups.get((tie.how, tie.group), ()), proposal.id)
    return groups


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
