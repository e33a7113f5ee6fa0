"""Reasons, warnings and the wording of rules, as people read them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rule_cases import council, table
from rule_making import stand

from tracktwo.agreement.rules import decide, parse_rule, unmeetable, wording
from tracktwo.agreement.sentences import Sentence

HALF = {"more-than": "1/2"}
CONTRADICTORY = {
    "form": "all-of",
    "rules": [{"form": "consensus", "quorum": {"number": 2}}, {"form": "consensus", "quorum": {"number": 5}}],
}


def named(short):
    """A table whose delegations are called Quill, Aster, Birch, Cedar, Dill in their order."""
    names = [("Quill", "羽笔"), ("Aster", "紫菀"), ("Birch", "白桦"), ("Cedar", "雪松"), ("Dill", "莳萝")]
    here = table(short)
    return [
        replace(each, name=Sentence(*names[index])) if index < len(names) else each
        for index, each in enumerate(here.stands)
    ], here.asked


@pytest.mark.parametrize(
    ("rule", "short", "english", "hidden", "chinese"),
    [
        (
            {"form": "consensus"},
            "1- 4+",
            "Not adopted: Quill objects, which stands in the way under this rule.",
            "Not adopted: 1 delegation objects, which stands in the way under this rule.",
            "未通过：羽笔反对，依本规则即不能通过。",
        ),
        (
            {"form": "consensus"},
            "2- 1. 2+",
            "Not adopted: Quill and Aster object and Birch has no position on record, which stands in the "
            "way under this "
            "rule.",
            "Not adopted: 2 delegations object and 1 delegation has no position on record, which stands in "
            "the way under "
            "this rule.",
            "未通过：羽笔和紫菀反对，白桦无记录，依本规则即不能通过。",
        ),
        (
            {"form": "consensus"},
            "3+ 1~ 1!",
            "Adopted: no delegation objects (3 delegations accept, 1 delegation stands aside and 1 "
            "delegation says nothing "
            "though asked).",
            "Adopted: no delegation objects (3 delegations accept, 1 delegation stands aside and 1 "
            "delegation says nothing "
            "though asked).",
            "通过：没有与会方反对（3个与会方接受，1个与会方不阻拦，1个与会方经征询未作表示）。",
        ),
        (
            {"form": "consensus", "minus": 1},
            "1- 4+",
            "Adopted: Quill objects, which this rule allows (no more than 1).",
            "Adopted: 1 delegation objects, which this rule allows (no more than 1).",
            "通过：羽笔反对，为本规则所允许（至多1个）。",
        ),
        (
            {"form": "consensus", "minus": 1},
            "2- 3+",
            "Not adopted: Quill and Aster object, where this rule allows no more than 1.",
            "Not adopted: 2 delegations object, where this rule allows no more than 1.",
            "未通过：羽笔和紫菀反对，本规则至多允许1个。",
        ),
        (
            {"form": "majority", "at-least": "2/3", "quorum": HALF},
            "3+ 2- 4x",
            "Not adopted: 3 of the 5 delegations present and voting accept the text, where at least two thirds must.",
            "Not adopted: 3 of the 5 delegations present and voting accept the text, where at least two thirds must.",
            "未通过：出席并参加表决的与会方（5个）中3个接受案文，规则要求至少三分之二。",
        ),
        (
            {"form": "majority", "at-least": "2/3", "quorum": HALF},
            "3+ 4x",
            "Not adopted: 3 of 7 delegations are present, where the quorum is more than half.",
            "Not adopted: 3 of 7 delegations are present, where the quorum is more than half.",
            "未通过：7个与会方中3个出席，法定人数为超过半数。",
        ),
        (
            {"form": "key-actors", "others": {"at-least": "1/2"}},
            "1-* 1+* 3+",
            "Not adopted: Quill objects among the key actors, which stands in the way under this rule.",
            "Not adopted: 1 delegation objects among the key actors, which stands in the way under this rule.",
            "未通过：关键行为方羽笔反对，依本规则即不能通过。",
        ),
        (
            {"form": "sufficient-consensus", "each-side": {"at-least": "2/3"}},
            "2+@A 1+@B 2~@B",
            "Not adopted: 1 of all 3 delegations on side B accepts the text, where at least two thirds must.",
            "Not adopted: 1 of all 3 delegations on side B accepts the text, where at least two thirds must.",
            "未通过：B方全体与会方（3个）中1个接受案文，规则要求至少三分之二。",
        ),
        (
            {"form": "any-of", "rules": [{"form": "consensus"}, {"form": "majority", "at-least": "2/3"}]},
            "1- 4+",
            "Adopted: way 2, 4 of the 5 delegations present and voting accept the text, where at least two "
            "thirds must.",
            "Adopted: way 2, 4 of the 5 delegations present and voting accept the text, where at least two "
            "thirds must.",
            "通过：途径2，出席并参加表决的与会方（5个）中4个接受案文，规则要求至少三分之二。",
        ),
    ],
)
def test_a_reason_says_which_part_decided_with_its_counts(rule, short, english, hidden, chinese):
    stands, asked = named(short)
    verdict = decide(parse_rule(rule), stands, asked)
    assert verdict.reason == Sentence(english, chinese)
    assert verdict.reason_without_names.en == hidden


def test_a_reason_gives_weights():
    rule = parse_rule(
        {"form": "double-majority", "count": {"at-least": "55 %", "number": 15}, "weight": {"at-least": "65 %"}}
    )
    verdict = decide(rule, council("DE FR IT").stands)
    assert verdict.reason.en == (
        "Not adopted: those who accept the text have a weight of 237.3 out of 448.9 for all delegations, "
        "where at least "
        "65 % is needed."
    )
    assert [(tally.met, tally.by) for tally in verdict.tallies] == [(True, "count"), (True, "count"), (False, "weight")]
    assert verdict.tallies[2].yes == Fraction("237.3")
    assert verdict.tallies[2].no == Fraction("211.6")
    assert verdict.tallies[2].base == Fraction("448.9")


@pytest.mark.parametrize(
    ("rule", "short", "said"),
    [
        ({"form": "majority", "at-least": "110 %"}, "3+", "3 of the 3 delegations present and voting accept "
         "the text, where at least 110 % must"),
        ({"form": "majority", "more-than": "100 %"}, "3+", "where more than 100 % must"),
        ({"form": "majority", "number": 9}, "8+", "8 delegations accept the text, where at least 9 must"),
        ({"form": "consensus", "minus": -1}, "3+", "the number of objections that the rule allows is below 0 (-1)"),
        ({"form": "consensus", "quorum": {"number": 4}}, "3+", "3 of 3 delegations are present, where the "
         "quorum is at least 4"),
        ({"form": "sufficient-consensus", "each-side": HALF}, "3+@A", "fewer than two sides are at the table"),
        ({"form": "sufficient-consensus", "each-side": HALF, "sides": ["A", "B"]}, "3+@A", "there is no "
         "delegation on side B"),
        ({"form": "key-actors", "others": HALF, "actors": ["quill"]}, "3+", "quill, a key actor of the "
         "rule, is not at the table"),
        ({"form": "key-actors", "others": HALF}, "3+", "no delegation is named as a key actor"),
        ({"form": "key-actors", "others": HALF}, "3+*", "there is no delegation among the other delegations"),
        ({"form": "majority", "at-least": "1/2", "by": "weight", "of": "members"}, "3+", "nobody who "
         "accepts the text has a weight"),
        (CONTRADICTORY, "3+", "3 of 3 delegations are present, where the quorum is at least 5"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_rule_that_can_never_be_met_is_said_when_it_is_written(rule, short, said):
    found = unmeetable(parse_rule(rule), table(short).stands)
    assert found.en.startswith(
        "This rule can never be met: even with every delegation present and accepting the text, "
    )
    assert said in found.en
    assert found.zh.startswith("本规则永远无法满足：")


@pytest.mark.parametrize(
    ("rule", "short"),
    [
        ({"form": "consensus", "minus": 3}, "3+"),
        ({"form": "majority", "number": 0}, "3+"),
        ({"form": "any-of", "rules": [{"form": "unanimity"}, {"form": "consensus", "minus": 9}]}, "9+"),
        ({"form": "consensus", "without": ["d000", "d001"]}, "2+"),
    ],
)
def test_a_rule_that_is_always_met_is_said_too(rule, short):
    found = unmeetable(parse_rule(rule), table(short).stands)
    assert found.en == "This rule is always met, even if every delegation is present and objects: it decides nothing."
    assert found.zh.endswith("不起任何作用。")


def test_a_rule_that_can_decide_has_no_warning():
    assert unmeetable(parse_rule({"form": "consensus", "minus": 2}), table("3x").stands) is None


def test_positions_do_not_matter_to_the_warning():
    rule = parse_rule({"form": "unanimity"})
    assert unmeetable(rule, table("3n").stands) is None
    assert unmeetable(rule, table("3x-").stands) is None


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        (
            {"form": "consensus"},
            "A text is adopted by consensus: no delegation present objects to it.",
            "案文以协商一致方式通过，即出席的与会方均不反对。",
        ),
        (
            {"form": "consensus", "minus": 2, "without": ["quill"]},
            "A text is adopted by consensus minus 2: no more than 2 of the delegations present object to it.",
            "案文以协商一致减2的方式通过，即出席的与会方中反对者不超过2个。",
        ),
        (
            {"form": "majority", "at-least": "2/3"},
            "A text is adopted if it is accepted by at least two thirds of the delegations present and voting.",
            "案文经出席并参加表决的与会方中的至少三分之二接受，即获通过。",
        ),
        (
            {"form": "sufficient-consensus", "each-side": HALF, "overall": {"at-least": "60 %"}},
            "A text is adopted by sufficient consensus if it is accepted on each side by more than half of "
            "its delegations, "
            "and over all sides by at least three fifths of all delegations.",
            "案文经每一方全体与会方中的超过半数接受，且各方合计经全体与会方中的至少五分之三接受，即以充分共识获得通过。",
        ),
        (
            {"form": "double-majority", "count": {"at-least": "55 %", "number": 15}, "weight": {"at-least": "65 %"}},
            "A text is adopted if it is accepted by at least 55 % of all delegations (no fewer than 15), "
            "which together have "
            "at least 65 % of the weight of all delegations.",
            "案文经全体与会方中的至少55%（不少于15个）接受，且接受者的权重合计占全体与会方权重的至少65%，即获通过。",
        ),
        (
            {"form": "key-actors", "others": HALF},
            "A text is adopted if no key actor objects to it and it is accepted by more than half of all "
            "other delegations.",
            "关键行为方均不反对，且经全体其他与会方中的超过半数接受，案文即获通过。",
        ),
        (
            {"form": "unanimity", "quorum": {"number": 9}},
            "A text is adopted unanimously: every participating delegation accepts it.",
            "案文须经一致同意通过，即参加决定的每一与会方均接受。",
        ),
    ],
)
def test_a_rule_is_worded_as_rules_of_procedure_are(rule, english, chinese):
    said = wording(parse_rule(rule))
    assert said[0].en == "To accept a text is to support it or not to object to it."
    assert said[1] == Sentence(english, chinese)


def test_the_wording_says_what_each_kind_of_silence_means():
    said = " ".join(each.en for each in wording(parse_rule({"form": "consensus", "quorum": {"number": 9}})))
    assert "No decision is taken unless at least 9 delegations are present." in said
    assert "A delegation that is present without a position on record counts as objecting." in said
    assert (
        "A delegation that is absent, stands aside, says nothing though asked, reserves its position ad "
        "referendum or does "
        "not participate counts neither as accepting nor as objecting." in said
    )
    assert "The position that an absent delegation left in writing does not count." in said


def test_alternatives_are_lettered():
    rule = {"form": "any-of", "rules": [{"form": "consensus"}, {"form": "majority", "at-least": "3/4"}]}
    said = wording(parse_rule(rule))
    assert said[1].en == (
        "A text is adopted if one of the following holds; each is tried only where the one before it fails."
    )
    assert said[2].en.startswith("(a) A text is adopted by consensus")
    assert said[2].zh.startswith("（一）案文以协商一致方式通过")
    assert any(
        each.en.startswith("(b) A text is adopted if it is accepted by at least three quarters") for each in said
    )


def test_a_weight_of_a_third_is_said_exactly():
    rule = parse_rule({"form": "majority", "at-least": "1/2", "by": "weight", "of": "members"})
    verdict = decide(rule, [stand("a", position="support", weight=Fraction(1, 3)), stand("b", weight=Fraction(5, 3))])
    assert "a weight of 1/3 out of 2 for all delegations, where at least half is needed" in verdict.reason.en
