"""A rule in words, as a mediator would write it into rules of procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracktwo.agreement.rules.forms import (
    KINDS,
    AllOf,
    AnyOf,
    Blocking,
    Consensus,
    DoubleMajority,
    KeyActors,
    Kind,
    Majority,
    Meaning,
    Reading,
    Rule,
    SufficientConsensus,
    Threshold,
    Unanimity,
)
from tracktwo.agreement.rules.parts import Group
from tracktwo.agreement.rules.phrases import asked_for, figure, plural, spoken, whom
from tracktwo.agreement.sentences import Sentence, listed

_EVERYBODY = Group("all", frozenset())
_OTHERS = Group("others", frozenset())
_KINDS: dict[Kind, Sentence] = {
    "absence": Sentence("is absent", "缺席"),
    "abstention": Sentence("stands aside", "不阻拦"),
    "silence": Sentence("says nothing though asked", "经征询未作表示"),
    "ad-referendum": Sentence("reserves its position ad referendum", "待核准"),
    "not-participating": Sentence("does not participate", "不参加"),
    "no-record": Sentence("is present without a position on record", "出席而无记录"),
}
_READINGS: dict[Reading, Sentence] = {
    "yes": Sentence("counts as accepting", "视为接受"),
    "no": Sentence("counts as objecting", "视为反对"),
    "not-counted": Sentence("counts neither as accepting nor as objecting", "既不视为接受，也不视为反对"),
}
_CHINESE = "一二三四五六七八九十"


def wording(rule: Rule) -> list[Sentence]:
    """The rule in sentences: when a text is adopted, the quorum, and what each kind of silence means."""
    return [
        Sentence("To accept a text is to support it or not to object to it.", "支持或不反对，即为接受案文。"),
        *_worded(rule),
    ]


def _worded(rule: Rule) -> Iterator[Sentence]:
    if isinstance(rule, AllOf | AnyOf):
        yield from _combined(rule)
        return
    yield from _adopted(rule)
    yield from _quorum(rule.quorum)
    yield from _meaning(rule.meaning)
    if any(threshold.share is not None and threshold.of != "voting" for threshold in _thresholds(rule)):
        yield Sentence(
            "Where a share is not of those voting, whoever counts neither way makes it harder to reach.",
            "凡不以参加表决者为基数的比例，既不视为接受也不视为反对的与会方仍计入基数。",
        )


def _combined(rule: AllOf | AnyOf) -> Iterator[Sentence]:
    if isinstance(rule, AnyOf):
        yield Sentence(
            "A text is adopted if one of the following holds; each is tried only where the one before it fails.",
            "符合下列任一情形，案文即获通过；前一情形未成立时，方适用后一情形。",
        )
    else:
        yield Sentence("A text is adopted if all of the following hold.", "同时符合下列各项，案文方获通过。")
    yield from _quorum(rule.quorum)
    for number, part in enumerate(rule.rules):
        letter, chinese = chr(ord("a") + number % 26), _CHINESE[number % 10]
        for sentence in _worded(part):
            yield Sentence(f"({letter}) {sentence.en}", f"（{chinese}）{sentence.zh}")


def _adopted(rule: Rule) -> Iterator[Sentence]:
    """When a text is adopted, of one form."""
    match rule:
        case Unanimity():
            yield Sentence(
                "A text is adopted unanimously: every participating delegation accepts it.",
                "案文须经一致同意通过，即参加决定的每一与会方均接受。",
            )
        case Consensus():
            yield from _consensus(rule)
        case SufficientConsensus(each_side, sides, overall):
            yield _sufficient(each_side, sides, overall)
        case DoubleMajority(count, weight, blocking):
            yield _double(count, weight)
            if blocking is not None:
                yield _blocking(blocking)
        case KeyActors():
            yield from _key_actors(rule)
        case Majority(threshold):
            yield _accepted(_by([threshold], _EVERYBODY))


def _accepted(by: Sentence) -> Sentence:
    return Sentence(f"A text is adopted if it is accepted by {by.en}.", f"案文经{by.zh}接受，即获通过。")


def _by(thresholds: Sequence[Threshold], group: Group) -> Sentence:
    """By whom it is accepted: at least two thirds of the delegations present and voting."""
    parts = []
    for threshold in thresholds:
        of, much = whom(group, threshold.of), asked_for(threshold)
        if threshold.by == "weight":
            weight = Sentence(f"with {much.en} of the weight of {of.en}", f"权重合计占{of.zh}{much.zh}")
            if threshold.share is None:
                weight = Sentence(f"with a weight of {much.en}", f"权重合计{much.zh}")
            parts.append(Sentence(f"delegations {weight.en}", f"{weight.zh}的与会方"))
        elif threshold.share is None:
            many = figure(threshold.number) if threshold.number is not None else "0"
            noun = "other delegations" if group.kind == "others" else "delegations"
            where = "其他" if group.kind == "others" else ""
            parts.append(Sentence(f"at least {many} {noun}", f"至少{many}个{where}与会方"))
        elif threshold.number is None:
            parts.append(Sentence(f"{much.en} of {of.en}", f"{of.zh}中的{much.zh}"))
        else:
            part, least = asked_for(replace(threshold, number=None)), figure(threshold.number)
            parts.append(
                Sentence(f"{part.en} of {of.en} (no fewer than {least})", f"{of.zh}中的{part.zh}（不少于{least}个）")
            )
    return listed(parts)


def _double(count: Threshold, weight: Threshold) -> Sentence:
    by, of, much = _by([count], _EVERYBODY), whom(_EVERYBODY, weight.of), asked_for(weight)
    if weight.share is None:
        return Sentence(
            f"A text is adopted if it is accepted by {by.en}, which together have a weight of {much.en}.",
            f"案文经{by.zh}接受，且接受者的权重合计{much.zh}，即获通过。",
        )
    return Sentence(
        f"A text is adopted if it is accepted by {by.en}, which together have {much.en} of the weight of {of.en}.",
        f"案文经{by.zh}接受，且接受者的权重合计占{of.zh}权重的{much.zh}，即获通过。",
    )


def _consensus(rule: Consensus) -> Iterator[Sentence]:
    if rule.minus:
        yield Sentence(
            f"A text is adopted by consensus minus {rule.minus}: no more than {rule.minus} of the delegations present "
            f"{plural(rule.minus, 'objects', 'object')} to it.",
            f"案文以协商一致减{rule.minus}的方式通过，即出席的与会方中反对者不超过{rule.minus}个。",
        )
    else:
        yield Sentence(
            "A text is adopted by consensus: no delegation present objects to it.",
            "案文以协商一致方式通过，即出席的与会方均不反对。",
        )
    if rule.without:
        yield Sentence(
            f"The consent of {_ids(rule.without).en} is not needed.", f"无须取得{_ids(rule.without).zh}的同意。"
        )


def _sufficient(each_side: Threshold, sides: tuple[str, ...], overall: tuple[Threshold, ...]) -> Sentence:
    among = (
        Sentence(f"each of the sides {_ids(sides).en}", f"{_ids(sides).zh}各方")
        if sides
        else Sentence("each side", "每一方")
    )
    by = _by([each_side], _EVERYBODY)
    english = by.en.replace("all delegations", "the delegations").replace("of the delegations", "of its delegations")
    english, chinese = f"on {among.en} by {english}", f"{among.zh}{by.zh}接受"
    if overall:
        whole = _by(overall, _EVERYBODY)
        english, chinese = f"{english}, and over all sides by {whole.en}", f"{chinese}，且各方合计经{whole.zh}接受"
    return Sentence(
        f"A text is adopted by sufficient consensus if it is accepted {english}.",
        f"案文经{chinese}，即以充分共识获得通过。",
    )


def _blocking(blocking: Blocking) -> Sentence:
    if blocking.over is None:
        least = Sentence(
            f"at least {blocking.members + blocking.plus} members", f"至少{blocking.members + blocking.plus}个成员"
        )
    else:
        share = spoken(blocking.over)
        least = Sentence(
            f"at least the fewest members that hold more than {share.en} of the weight",
            f"至少为权重合计超过{share.zh}所需的最少成员",
        )
        if blocking.plus:
            least = Sentence(f"{least.en}, plus {blocking.plus}", f"{least.zh}再加{blocking.plus}个")
    return Sentence(
        f"A minority that blocks must have {least.en}; otherwise the majority counts as reached.",
        f"阻止通过的少数须有{least.zh}，否则视为已达到多数。",
    )


def _key_actors(rule: KeyActors) -> Iterator[Sentence]:
    thresholds = [] if rule.others is None else [_by([rule.others], _OTHERS)]
    thresholds += [] if rule.overall is None else [_by([rule.overall], _EVERYBODY)]
    english, chinese = "A text is adopted if no key actor objects to it", "关键行为方均不反对"
    if thresholds:
        by = listed(thresholds)
        english, chinese = f"{english} and it is accepted by {by.en}", f"{chinese}，且经{by.zh}接受"
    yield Sentence(f"{english}.", f"{chinese}，案文即获通过。")
    if rule.actors:
        yield Sentence(f"The key actors are {_ids(rule.actors).en}.", f"关键行为方为{_ids(rule.actors).zh}。")
    else:
        yield Sentence("The key actors are those that all delegations named so.", "关键行为方由全体与会方指定。")


def _quorum(quorum: Threshold | None) -> Iterator[Sentence]:
    if quorum is not None:
        here = _by([quorum], _EVERYBODY)
        yield Sentence(f"No decision is taken unless {here.en} are present.", f"须有{here.zh}出席，方可作出决定。")


def _meaning(meaning: Meaning) -> Iterator[Sentence]:
    """What each kind of silence counts as, and whether a position in writing does."""
    for read, counts in _READINGS.items():
        kinds = [_KINDS[kind] for kind in KINDS if meaning.of(kind) == read]
        if kinds:
            *first, last = [each.en for each in kinds]
            english = f"{', '.join(first)} or {last}" if first else last
            chinese = "、".join(each.zh for each in kinds)
            yield Sentence(f"A delegation that {english} {counts.en}.", f"与会方{chinese}的，{counts.zh}。")
    if meaning.in_writing:
        yield Sentence(
            "The position that an absent delegation left in writing counts as if it were present.",
            "缺席的与会方事先以书面表明立场的，按出席计。",
        )
    else:
        yield Sentence(
            "The position that an absent delegation left in writing does not count.",
            "缺席的与会方事先以书面表明的立场不予计算。",
        )


def _ids(ids: Sequence[str]) -> Sentence:
    return listed([Sentence(each, each) for each in ids])


def _thresholds(rule: Rule) -> list[Threshold]:
    match rule:
        case SufficientConsensus():
            return [rule.each_side, *rule.overall]
        case DoubleMajority():
            return [rule.count, rule.weight]
        case KeyActors():
            return [each for each in (rule.others, rule.overall) if each is not None]
        case Majority():
            return [rule.threshold]
        case _:
            return []
