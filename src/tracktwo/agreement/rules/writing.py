"""A rule as data, for YAML and JSON."""

from __future__ import annotations

from fractions import Fraction

from tracktwo.agreement.rules.forms import (
    KINDS,
    AllOf,
    AnyOf,
    Consensus,
    DoubleMajority,
    KeyActors,
    Majority,
    Meaning,
    Rule,
    SufficientConsensus,
    Threshold,
    Unanimity,
)


def rule_data(rule: Rule) -> dict[str, object]:
    """What :func:`parse_rule` makes the same rule of; nothing is left to defaults but what is empty."""
    data = _form(rule)
    if rule.quorum is not None:
        data["quorum"] = _limits(rule.quorum)
    if not isinstance(rule, AllOf | AnyOf):
        data["meaning"] = _meaning(rule.meaning)
    return data


def _form(rule: Rule) -> dict[str, object]:
    match rule:
        case Unanimity():
            return {"form": "unanimity"}
        case Consensus(minus, without):
            return {"form": "consensus", "minus": minus} | ({"without": list(without)} if without else {})
        case SufficientConsensus(each_side, sides, overall):
            data: dict[str, object] = {"form": "sufficient-consensus", "each-side": _threshold(each_side)}
            data |= {"sides": list(sides)} if sides else {}
            return data | ({"overall": [_threshold(each) for each in overall]} if overall else {})
        case DoubleMajority():
            return _double(rule)
        case KeyActors(others, overall_threshold, actors):
            data = {"form": "key-actors"}
            data |= {"actors": list(actors)} if actors else {}
            data |= {} if others is None else {"others": _threshold(others)}
            return data | ({} if overall_threshold is None else {"overall": _threshold(overall_threshold)})
        case Majority(threshold):
            return {"form": "majority"} | _threshold(threshold)
        case AllOf(rules):
            return {"form": "all-of", "rules": [rule_data(each) for each in rules]}
        case AnyOf(rules):
            return {"form": "any-of", "rules": [rule_data(each) for each in rules]}


def _double(rule: DoubleMajority) -> dict[str, object]:
    data: dict[str, object] = {"form": "double-majority"}
    for name, threshold in (("count", rule.count), ("weight", rule.weight)):
        data[name] = _limits(threshold) | {"of": threshold.of}
    if rule.blocking is not None:
        blocking = rule.blocking
        least: dict[str, object] = (
            {"members": blocking.members} if blocking.over is None else {"over": written(blocking.over)}
        )
        data["blocking-minority"] = least | ({"plus": blocking.plus} if blocking.plus else {})
    return data


def _threshold(threshold: Threshold) -> dict[str, object]:
    return _limits(threshold) | {"of": threshold.of, "by": threshold.by}


def _limits(threshold: Threshold) -> dict[str, object]:
    data: dict[str, object] = {}
    if threshold.share is not None:
        data["more-than" if threshold.more_than else "at-least"] = written(threshold.share)
    if threshold.number is not None:
        whole = threshold.number.denominator == 1
        data["number"] = threshold.number.numerator if whole else str(threshold.number)
    return data


def _meaning(meaning: Meaning) -> dict[str, object]:
    return {**{kind: meaning.of(kind) for kind in KINDS}, "in-writing": "yes" if meaning.in_writing else "no"}


def written(share: Fraction) -> str:
    """A share as it is written: 2/3, 55 %, 7/12."""
    percent = share * 100
    if share.denominator > 9 and percent.denominator == 1:
        return f"{percent} %"
    return f"{share.numerator}/{share.denominator}"
