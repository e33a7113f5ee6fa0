"""Why a text was adopted or not: the parts that decided, with their counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.forms import Threshold
from tracktwo.agreement.rules.parts import NONE, All, Any, Part, Tree, leaves
from tracktwo.agreement.rules.phrases import STANDINGS, asked_for, clauses, figure, plural, stand, whom, within
from tracktwo.agreement.rules.standing import Standing, reading, standing, stands_in
from tracktwo.agreement.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """Those who decide, in the order of their ids, and to whom of them the question was put."""

    stands: tuple[Stand, ...]
    asked: AbstractSet[str]
    values: Mapping[Part, Fraction]
    """What each part of the rule adds up to."""

    def met(self, tree: Tree) -> bool:
        """Whether the tree holds."""
        if isinstance(tree, Part):
            return tree.reached(self.values[tree])
        return (all if isinstance(tree, All) else any)(map(self.met, tree.parts))

    def accepting(self, part: Part) -> list[Stand]:
        """Those of its group whom a part counts as accepting."""
        return [each for each in self._group(part) if reading(each, part.meaning, self.asked) == "yes"]

    def objecting(self, part: Part) -> list[Stand]:
        """Those whom it counts as objecting."""
        return [each for each in self._group(part) if reading(each, part.meaning, self.asked) == "no"]

    def base(self, part: Part) -> list[Stand]:
        """Those whom its share is of."""
        return [each for each in self._group(part) if stands_in(part.of, each, reading(each, part.meaning, self.asked))]

    def present(self) -> int:
        """How many are in the room."""
        return sum(each.present for each in self.stands)

    def standing(self, part: Part, each: Stand) -> Standing:
        """How a delegation stands under a part."""
        return standing(each, part.meaning, self.asked)

    def _group(self, part: Part) -> list[Stand]:
        return [each for each in self.stands if each.id in part.group.ids]


def hear(tree: Tree, stands: tuple[Stand, ...], asked: AbstractSet[str] = frozenset()) -> Heard:
    """Hear the delegations on every part of a rule."""
    parts = dict.fromkeys(leaves(tree))
    return Heard(stands, asked, {part: part.value(stands, asked) for part in parts})


def total(part: Part, stands: list[Stand]) -> Fraction:
    """How many they are, or what they weigh."""
    return sum((part.weight(each) for each in stands), NONE)


def reason(tree: Tree, heard: Heard, named: bool) -> Sentence:
    """One sentence: adopted or not, and the parts that decided."""
    why = because(tree, heard, named)
    if heard.met(tree):
        return Sentence(f"Adopted: {why.en}.", f"通过：{why.zh}。")
    return Sentence(f"Not adopted: {why.en}.", f"未通过：{why.zh}。")


def because(tree: Tree, heard: Heard, named: bool) -> Sentence:
    """The parts that decided, in a row."""
    told = list(dict.fromkeys(_deciding(tree, heard, named, heard.met(tree))))
    return Sentence("; ".join(each.en for each in told), "；".join(each.zh for each in told))


def _deciding(tree: Tree, heard: Heard, named: bool, adopted: bool) -> Iterator[Sentence]:
    """What is told of a tree that holds, or does not."""
    match tree:
        case Part():
            if told := statement(tree, heard, named):
                yield told
        case All(parts):
            deciding = [part for part in parts if heard.met(part) == adopted]
            for part in deciding:
                if not _follows(part, deciding):
                    yield from _deciding(part, heard, named, adopted)
        case Any(parts, ways):
            for number, part in enumerate(parts, 1):
                if heard.met(part) != adopted:
                    continue
                first, *others = [*_deciding(part, heard, named, adopted), Sentence("", "")]
                yield Sentence(f"way {number}, {first.en}", f"途径{number}，{first.zh}") if ways else first
                yield from others[:-1]
                if adopted:
                    return


def _follows(part: Tree, deciding: list[Tree]) -> bool:
    """Whether that nobody accepts goes without saying, as it is told how many must."""
    return (
        isinstance(part, Part)
        and part.what == "somebody"
        and bool(part.group.ids)
        and any(
            isinstance(other, Part) and other.what in ("share", "number") and other.group == part.group
            for other in deciding
        )
    )


def statement(part: Part, heard: Heard, named: bool) -> Sentence | None:
    """What one part counts and needs; None for one that goes without saying."""
    match part.what:
        case "share" if not part.group.ids:
            return None
        case "number" if not part.group.ids and not heard.met(part):
            return _nobody(part)
        case "share" if part.by == "weight":
            return _weight_share(part, heard)
        case "share":
            return _share(part, heard)
        case "number":
            return _number(part, heard)
        case "somebody":
            return None if heard.met(part) else _nobody(part)
        case "unopposed":
            return _unopposed(part, heard, named)
        case "quorum-share" | "quorum-number":
            return _quorum(part, heard)
        case "attended":
            return None if heard.met(part) else Sentence("no delegation is present", "没有与会方出席")
        case "blocking":
            return _blocking(part, heard)
        case "missing":
            return _missing(part, named)


def _share(part: Part, heard: Heard) -> Sentence:
    yes, of = len(heard.accepting(part)), whom(part.group, part.of, len(heard.base(part)))
    needed = asked_for(Threshold(part.share, part.strict))
    return Sentence(
        f"{yes} of {of.en} {plural(yes, 'accepts', 'accept')} the text, where {needed.en} must",
        f"{of.zh}中{yes}个接受案文，规则要求{needed.zh}",
    )


def _weight_share(part: Part, heard: Heard) -> Sentence:
    yes, base = figure(total(part, heard.accepting(part))), figure(total(part, heard.base(part)))
    of, needed = whom(part.group, part.of), asked_for(Threshold(part.share, part.strict))
    return Sentence(
        f"those who accept the text have a weight of {yes} out of {base} for {of.en}, where {needed.en} is needed",
        f"接受案文者的权重合计{yes}，{of.zh}的权重合计{base}，规则要求{needed.zh}",
    )


def _number(part: Part, heard: Heard) -> Sentence:
    yes, needed, where = total(part, heard.accepting(part)), figure(part.bound), within(part.group)
    if part.by == "weight":
        return Sentence(
            f"those who accept the text{where.en} have a weight of {figure(yes)}, where {needed} is needed",
            f"{where.zh}接受案文者的权重合计{figure(yes)}，规则要求至少{needed}",
        )
    accept = plural(yes, "delegation accepts", "delegations accept")
    return Sentence(
        f"{yes} {accept} the text{where.en}, where at least {needed} must",
        f"{where.zh}{yes}个与会方接受案文，规则要求至少{needed}个",
    )


def _nobody(part: Part) -> Sentence:
    where = within(part.group)
    if not part.group.ids:
        return Sentence(f"there is no delegation{where.en}", f"{where.zh}没有与会方")
    if part.by == "weight":
        return Sentence(f"nobody who accepts the text{where.en} has a weight", f"{where.zh}接受案文者均无权重")
    return Sentence(f"no delegation accepts the text{where.en}", f"{where.zh}没有与会方接受案文")


def _unopposed(part: Part, heard: Heard, named: bool) -> Sentence:
    where, allowed, against = within(part.group), -part.bound, heard.objecting(part)
    if allowed < 0:
        return Sentence(
            f"the number of objections that the rule allows is below 0 ({allowed})",
            f"规则所允许的反对数小于0（{allowed}）",
        )
    if not against:
        told = clauses(list(_standings(part, heard, [each for each in heard.stands if each.id in part.group.ids])))
        counted = Sentence(f" ({told.en})", f"（{told.zh}）") if told.en else told
        return Sentence(f"no delegation objects{where.en}{counted.en}", f"{where.zh}没有与会方反对{counted.zh}")
    said = clauses(list(_standings(part, heard, against, named)))
    if allowed <= 0:
        rule = Sentence("which stands in the way under this rule", "依本规则即不能通过")
    elif len(against) <= allowed:
        rule = Sentence(f"which this rule allows (no more than {allowed})", f"为本规则所允许（至多{allowed}个）")
    else:
        rule = Sentence(f"where this rule allows no more than {allowed}", f"本规则至多允许{allowed}个")
    return Sentence(f"{said.en}{where.en}, {rule.en}", f"{where.zh}{said.zh}，{rule.zh}")


def _standings(part: Part, heard: Heard, stands: list[Stand], named: bool = False) -> Iterator[Sentence]:
    """How they stand, a kind at a time, by name or by number."""
    for kind in STANDINGS:
        who = [each for each in stands if heard.standing(part, each) == kind]
        if who:
            yield stand(kind, [each.name for each in who] if named else len(who))


def _quorum(part: Part, heard: Heard) -> Sentence:
    here, everybody = heard.present(), len(heard.stands)
    share = part.what == "quorum-share"
    needed = asked_for(Threshold(part.share, part.strict) if share else Threshold(number=part.bound))
    return Sentence(
        f"{here} of {everybody} delegations {plural(here, 'is', 'are')} present, where the quorum is {needed.en}",
        f"{everybody}个与会方中{here}个出席，法定人数为{needed.zh}",
    )


def _blocking(part: Part, heard: Heard) -> Sentence:
    short, least = len(heard.base(part)) - len(heard.accepting(part)), 1 - part.bound
    do = plural(short, "delegation does", "delegations do")
    can = "cannot block" if short < least else "can block"
    return Sentence(
        f"{short} {do} not accept the text, which {can}, as a blocking minority has at least {least}",
        f"{short}个与会方不接受案文，{'不足以' if short < least else '足以'}阻止通过（阻止通过的少数至少为{least}个）",
    )


def _missing(part: Part, named: bool) -> Sentence:
    if part.group.kind == "all":
        return Sentence("there is no delegation at the table", "没有任何与会方")
    if part.group.kind == "side":
        return Sentence("fewer than two sides are at the table", "与会各方分属不足两方")
    if not part.missing:
        return Sentence("no delegation is named as a key actor", "未指定关键行为方")
    number = len(part.missing)
    if not named:
        are = plural(number, "key actor that the rule names is", "key actors that the rule names are")
        return Sentence(f"{number} {are} not at the table", f"规则所列关键行为方中有{number}个不在与会方之列")
    are = plural(number, "a key actor of the rule, is", "key actors of the rule, are")
    return Sentence(
        f"{', '.join(part.missing)}, {are} not at the table",
        f"规则所列关键行为方{'、'.join(part.missing)}不在与会方之列",
    )
