"""The smallest changes that would turn a refusal into an adoption, and how near an adoption is to failing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.parts import Tree
from tracktwo.agreement.rules.phrases import clauses, counted, figure, plural
from tracktwo.agreement.rules.searching import MOST, Role, Way, smallest
from tracktwo.agreement.rules.standing import accepting, objecting
from tracktwo.agreement.rules.telling import Heard
from tracktwo.agreement.sentences import Sentence, listed

FEW = 5
"""Delegations of whom some must move are named up to so many."""
_NOW = {
    "object": (" from those that object", "目前反对的"),
    "absent": (" from those that are absent", "目前缺席的"),
    "accept": (" from those that accept", "目前接受的"),
    "neither": (" from those that neither accept nor object", "目前既未接受也未反对的"),
}
_GROUPS = {"key": (" from key actors", "关键行为方"), "others": (" from others", "其他与会方")}
_TURNS = [
    ("object", "no longer objected", "不再反对"),
    ("other", "did not object", "表示不反对"),
    ("absent", "came and did not object", "到场并表示不反对"),
]
"""What a delegation would do that objects now, that does not, and that is absent."""


@dataclass(frozen=True, slots=True)
class Pool:
    """So many of these delegations."""

    number: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One of the smallest changes: how many delegations would have to move, from which pools, to what.

    ``to`` is "accept" (be present and not object) for a text that was refused, "object" for one that was adopted; who
    could not be heard now, being absent where nothing in writing counts, is not expected to object. Any choice from the
    pools does, unless ``weight`` says what those chosen must at least weigh together (``exceed``: they must weigh more)
    or, where even that does not tell, ``any_choice`` is false. ``example`` is a choice that does.
    """

    to: Literal["accept", "object"]
    number: int
    pools: tuple[Pool, ...]
    any_choice: bool
    weight: Fraction | None
    exceed: bool
    example: tuple[str, ...]
    sentence: Sentence
    sentence_without_names: Sentence


def changes(tree: Tree, heard: Heard) -> tuple[Change, ...]:
    """The smallest changes to the other verdict, at most :data:`MOST`, all of one size; none if nothing would do.

    Who stays away and does not participate is not expected to begin; nor, where a blocking minority is counted among
    those who participate, is who sits in the room and does not.
    """
    to: Literal["accept", "object"] = "object" if heard.met(tree) else "accept"
    fixed = any(part.what == "blocking" and part.of == "participating" for part in heard.values)
    free = [each for each in heard.stands if each.position != "not-participating" or (each.present and not fixed)]
    if to == "accept":
        ways = smallest(tree, heard, accepting, free)
    else:
        ways = smallest(tree, heard, objecting, [each for each in free if each.position != "object"])
    told = [_told(way, to, heard.stands) for way in ways]
    return tuple(each for index, each in enumerate(told) if not _said_already(each, told, index))[:MOST]


def _said_already(change: Change, told: Sequence[Change], index: int) -> bool:
    """Whether another way says the same or more."""
    for other_index, other in enumerate(told):
        if other_index == index or not other.any_choice:
            continue
        same = len(other.pools) == len(change.pools) and all(
            mine.number == theirs.number and set(mine.ids) <= set(theirs.ids)
            for mine, theirs in zip(change.pools, other.pools, strict=True)
        )
        if same and (change.pools != other.pools or not change.any_choice or other_index < index):
            return True
    return False


def _told(way: Way, to: Literal["accept", "object"], stands: Sequence[Stand]) -> Change:
    heaviest = [role.who[:number] for role, number in zip(way.roles, way.numbers, strict=True)]
    lightest = [role.who[len(role.who) - number :] for role, number in zip(way.roles, way.numbers, strict=True)]
    any_choice = way.does(lightest)
    weight, exceed = (None, False) if any_choice else _least_weight(way)
    used = [(role, number) for role, number in zip(way.roles, way.numbers, strict=True) if number]
    example = tuple(sorted(each.id for who in heaviest for each in who))
    names = {each.id: each.name for each in stands}
    said = []
    for named in (True, False):
        parts = [_pool(way, role, number, to, named) for role, number in used]
        joined = clauses([part for pool in parts for part in pool])
        if weight is not None:
            more = Sentence("more than", "超过") if exceed else Sentence("at least", "至少")
            joined = Sentence(
                f"{joined.en}, together with a weight of {more.en} {figure(weight)}",
                f"{joined.zh}（权重合计{more.zh}{figure(weight)}）",
            )
        elif not any_choice and named:
            such = listed([names[each] for each in example])
            joined = Sentence(f"{joined.en}, for instance from {such.en}", f"{joined.zh}（例如{such.zh}）")
        elif not any_choice:
            joined = Sentence(f"{joined.en}, with enough weight", f"{joined.zh}（且权重足够）")
        said.append(_sentence(joined, to))
    pools = tuple(Pool(number, tuple(sorted(each.id for each in role.who))) for role, number in used)
    return Change(to, way.size, pools, any_choice, weight, exceed, example, *said)


def _sentence(joined: Sentence, to: Literal["accept", "object"]) -> Sentence:
    if to == "accept":
        return Sentence(f"The text would be adopted if {joined.en}.", f"如{joined.zh}，案文即获通过。")
    return Sentence(f"The text would not be adopted if {joined.en}.", f"如{joined.zh}，案文即不获通过。")


def _least_weight(way: Way) -> tuple[Fraction | None, bool]:
    """What those chosen must weigh together, where that alone decides."""
    weighty = [index for index, goal in enumerate(way.goals) if goal.part.by == "weight"]
    units = {role.brings[weighty[0]] for role, number in zip(way.roles, way.numbers, strict=True) if number}
    if len(weighty) != 1 or len(units) != 1:
        return None, False
    goal = way.goals[weighty[0]]
    return goal.lacking / units.pop(), goal.exceed


def _pool(way: Way, role: Role, number: int, to: Literal["accept", "object"], named: bool) -> Iterator[Sentence]:
    """What a role must do, all of it by name, or some of it."""
    who = sorted(role.who, key=lambda each: each.id)
    if named and number == len(who):
        yield from _by_name(who, to)
        return
    where = _where(way, role)
    whose = Sentence("", "")
    if named and len(who) <= FEW and (to == "accept" or len(way.roles) > 1):
        names = listed([each.name for each in who])
        whose = Sentence(f" ({names.en})", f"（{names.zh}）")
    what, chinese = ("non-objection", "不反对") if to == "accept" else ("objection", "反对")
    yield Sentence(
        f"there were {counted(number)} more {plural(number, what, what + 's')}{where.en}{whose.en}",
        f"{where.zh}{whose.zh}中再有{number}个{chinese}",
    )


def _by_name(who: Sequence[Stand], to: Literal["accept", "object"]) -> Iterator[Sentence]:
    """Of whom all must move: by name, put together by what they do now."""
    kinds = [("", "objected", "反对")] if to == "object" else _TURNS
    for kind, english, chinese in kinds:
        some = [each.name for each in who if to == "object" or _moves(each) == kind]
        if some:
            names = listed(some)
            yield Sentence(f"{names.en} {english}", f"{names.zh}{chinese}")


def _moves(each: Stand) -> str:
    if not each.present:
        return "absent"
    return "object" if each.position == "object" else "other"


def _where(way: Way, role: Role) -> Sentence:
    """What tells a role from the others that could move: its side, whether it is key, how it stands now."""
    rest = [each for other in way.roles if other is not role for each in other.who]
    brought = [goal.part for goal, unit in zip(way.goals, role.brings, strict=True) if unit > 0]
    kinds = {goal.part.group.kind for goal in way.goals}
    english, chinese, noun = "", "", "与会方"
    side = _shared(role.who, lambda each: each.side)
    if any(part.group.kind == "side" for part in brought) or ("side" in kinds and side and _differs(rest, side)):
        english, chinese = f" from side {side}", f"{side}方"
        rest = [each for each in rest if each.side == side]
    for kind, (told, said) in _GROUPS.items():
        ids = next((part.group.ids for part in brought if part.group.kind == kind), None)
        if ids is not None:
            english, noun = english + told, said
            rest = [each for each in rest if each.id in ids]
    now = _shared(role.who, _now)
    comes = now == "absent" and any(part.what in ("quorum-share", "quorum-number") for part in brought)
    if comes or (now and rest and all(_now(each) != now for each in rest)):
        return Sentence(english + _NOW[now][0], chinese + _NOW[now][1] + noun)
    return Sentence(english, chinese + noun)


def _differs(stands: Sequence[Stand], side: str) -> bool:
    return any(each.side != side for each in stands)


def _now(each: Stand) -> str:
    if not each.present:
        return "absent"
    return {"object": "object", "support": "accept", "no-objection": "accept"}.get(each.position, "neither")


def _shared(who: Sequence[Stand], of: Callable[[Stand], str]) -> str:
    """What they have in common, or nothing."""
    values = {of(each) for each in who}
    return values.pop() if len(values) == 1 else ""
