"""Decision rules: what a rule says of a text, given how every delegation stands.

Unanimity, consensus, consensus minus some, sufficient consensus, double majority, key actors, majorities of those
present and voting, and what is joined from them. A rule is data (:func:`parse_rule`); it decides (:func:`decide`), is
put into words (:func:`wording`), is compiled to a condition over those who accept (:func:`condition`) and is looked
through when it is written (:func:`unmeetable`).
"""

from __future__ import annotations

from tracktwo.agreement.rules.changing import Change, Pool
from tracktwo.agreement.rules.compiling import condition
from tracktwo.agreement.rules.deciding import Tally, Verdict, decide
from tracktwo.agreement.rules.forms import (
    AllOf,
    AnyOf,
    Blocking,
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
from tracktwo.agreement.rules.limits import unmeetable
from tracktwo.agreement.rules.reading import parse_rule, parse_rule_text, read_rule
from tracktwo.agreement.rules.wording import wording
from tracktwo.agreement.rules.writing import rule_data

__all__ = [
    "AllOf",
    "AnyOf",
    "Blocking",
    "Change",
    "Consensus",
    "DoubleMajority",
    "KeyActors",
    "Majority",
    "Meaning",
    "Pool",
    "Rule",
    "SufficientConsensus",
    "Tally",
    "Threshold",
    "Unanimity",
    "Verdict",
    "condition",
    "decide",
    "parse_rule",
    "parse_rule_text",
    "read_rule",
    "rule_data",
    "unmeetable",
    "wording",
]
