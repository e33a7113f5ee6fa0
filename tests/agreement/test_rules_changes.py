"""The smallest changes are the smallest, against every set of delegations tried."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from rule_cases import council, table
from rule_making import forms, plainly, rules, stand, tables

from tracktwo.agreement.rules import DoubleMajority, decide, parse_rule
from tracktwo.agreement.rules.searching import MOST


def parts(rule):
    for each in getattr(rule, "rules", ()):
        yield from parts(each)
    yield rule


def free(rule, stands, adopted):
    """Who may be expected to move; see the docstring of changes."""
    fixed = any(
        isinstance(part, DoubleMajority) and part.blocking is not None and part.weight.of == "participating"
        for part in parts(rule)
    )
    return [
        each
        for each in stands
        if (each.position != "not-participating" or (each.present and not fixed))
        and not (adopted and each.position == "object")
    ]


def moved(stands, chosen, adopted):
    """The stands after these have moved to the other end."""
    changed = {"position": "object"} if adopted else {"position": "no-objection", "present": True}
    return [replace(each, **changed) if each.id in chosen else each for each in stands]


def smallest_sets(rule, stands, asked, adopted):
    """Every smallest set of delegations that turns the verdict by moving, by trying them all."""
    names = [each.id for each in free(rule, stands, adopted)]
    for size in range(1, len(names) + 1):
        found = [
            set(chosen)
            for chosen in combinations(names, size)
            if plainly(rule, moved(stands, chosen, adopted), asked) != adopted
        ]
        if found:
            return found
    return []


def choices(change):
    """Every choice that a change leaves."""
    picks = [combinations(pool.ids, pool.number) for pool in change.pools]
    for chosen in product(*picks):
        yield {name for names in chosen for name in names}


def told(change, weights):
    """The choices that a change says will do."""
    for chosen in choices(change):
        weight = sum(weights[name] for name in chosen)
        enough = change.weight is not None and weight >= change.weight
        if change.any_choice or (enough and not (change.exceed and weight == change.weight)):
            yield chosen


def check(rule, stands, asked):
    verdict = decide(rule, stands, asked)
    found = smallest_sets(rule, stands, asked, verdict.adopted)
    assert bool(verdict.changes) == bool(found)
    weights = {each.id: each.weight for each in stands}
    covered = []
    for change in verdict.changes:
        assert change.to == ("object" if verdict.adopted else "accept")
        assert change.number == len(found[0]) == len(change.example) == sum(pool.number for pool in change.pools)
        assert set(change.example) in found
        assert set(change.example) in list(choices(change))
        if change.any_choice or change.weight is not None:
            assert all(chosen in found for chosen in told(change, weights))
            covered += told(change, weights)
        else:
            covered += choices(change)
    if len(verdict.changes) < MOST:
        assert all(chosen in covered for chosen in found)


@given(rules, tables(most=6))
def test_the_changes_are_the_smallest_of_all(rule, table):
    check(rule, *table)


@given(forms, tables(most=7, least=4))
def test_the_changes_of_each_form_are_the_smallest(rule, table):
    check(rule, *table)


def said(text, short, names=()):
    here = table(short) if isinstance(short, str) else short
    stands = [
        replace(each, id=name.lower(), name=type(each.name)(name, name)) if name else each
        for each, name in zip(here.stands, [*names, *[""] * len(here.stands)], strict=False)
    ]
    verdict = decide(parse_rule(text), stands)
    return [change.sentence.en for change in verdict.changes], [
        change.sentence_without_names.en for change in verdict.changes
    ]


SUFFICIENT = {"form": "sufficient-consensus", "each-side": {"at-least": "2/3"}}
VOTING = {"form": "majority", "at-least": "2/3"}
DOUBLE = {"form": "double-majority", "count": {"more-than": "1/2"}, "weight": {"at-least": "60 %"}}


@pytest.mark.parametrize(
    ("rule", "stands", "names", "change", "hidden"),
    [
        (
            {"form": "consensus"},
            "1- 3+",
            ["Quill"],
            "The text would be adopted if Quill no longer objected.",
            "The text would be adopted if there were one more non-objection.",
        ),
        (
            {"form": "consensus"},
            "1- 1. 1- 3+",
            ["Quill", "Aster", "Birch"],
            "The text would be adopted if Birch and Quill no longer objected and Aster did not object.",
            "The text would be adopted if there were three more non-objections.",
        ),
        (
            {"form": "consensus", "minus": 1},
            "2- 3+",
            ["Quill", "Aster"],
            "The text would be adopted if there were one more non-objection (Aster and Quill).",
            "The text would be adopted if there were one more non-objection.",
        ),
        (
            {"form": "consensus"},
            "4+",
            [],
            "The text would not be adopted if there were one more objection.",
            "The text would not be adopted if there were one more objection.",
        ),
        (
            SUFFICIENT,
            "6+@A 2+@B 7-@B",
            [],
            "The text would be adopted if there were four more non-objections from side B.",
            "The text would be adopted if there were four more non-objections from side B.",
        ),
        (
            SUFFICIENT,
            "1+@A 2-@A 3+@B 3-@B",
            ["Quill", "Aster", "Birch"],
            "The text would be adopted if there were one more non-objection from side A (Aster and Birch) and there "
            "were one more non-objection from side B (D006, D007 and D008).",
            "The text would be adopted if there were one more non-objection from side A and there were one more "
            "non-objection from side B.",
        ),
        (
            VOTING,
            "10+ 9- 3~",
            [],
            "The text would be adopted if there were three more non-objections from those that object.",
            "The text would be adopted if there were three more non-objections from those that object.",
        ),
        (
            VOTING | {"quorum": {"at-least": "2/3"}},
            "4+ 1~ 4x",
            [],
            "The text would be adopted if there were one more non-objection from those that are absent (D005, D006, "
            "D007 and D008).",
            "The text would be adopted if there were one more non-objection from those that are absent.",
        ),
        (
            {"form": "unanimity"},
            "3+ 1x",
            ["", "", "", "Quill"],
            "The text would be adopted if Quill came and did not object.",
            "The text would be adopted if there were one more non-objection.",
        ),
        (
            DOUBLE,
            "3+:10 1-:40 2-:15",
            [],
            "The text would be adopted if there were one more non-objection (D003, D004 and D005), together with a "
            "weight of at least 30.",
            "The text would be adopted if there were one more non-objection, together with a weight of at least 30.",
        ),
        (
            {"form": "key-actors", "others": {"more-than": "1/2"}},
            "1-* 1+* 2+ 2-",
            ["Quill"],
            "The text would be adopted if there were one more non-objection from others (D004 and D005) and Quill no "
            "longer objected.",
            "The text would be adopted if there were one more non-objection from others and there were one more "
            "non-objection from key actors.",
        ),
    ],
)
def test_a_change_is_said_as_a_mediator_would(rule, stands, names, change, hidden):
    here = said(rule, stands, names)
    assert here == ([change], [hidden])


def test_what_nothing_can_change_has_no_changes():
    assert decide(parse_rule({"form": "majority", "number": 5}), [stand("a"), stand("b")]).changes == ()
    assert decide(parse_rule({"form": "consensus", "minus": 3}), [stand("a", position="support")]).changes == ()


def test_one_of_four_that_block_is_enough_in_the_council_and_four_of_any_to_fail():
    rule = parse_rule(
        {
            "form": "double-majority",
            "count": {"at-least": "55 %"},
            "weight": {"at-least": "65 %"},
            "blocking-minority": {"members": 4},
        }
    )
    [change] = decide(rule, council("DE FR IT MT").stands).changes
    assert change.number == 1
    assert change.any_choice
    assert change.pools[0].ids == ("DE", "FR", "IT", "MT")
    verdict = decide(rule, council().stands)
    assert verdict.adopted
    assert {change.number for change in verdict.changes} == {4}


def test_forty_delegations_under_a_joined_rule_are_no_matter():
    draw = random.Random(7)
    rule = parse_rule(
        {
            "form": "any-of",
            "quorum": {"more-than": "1/2"},
            "rules": [
                {"form": "consensus"},
                {
                    "form": "all-of",
                    "rules": [
                        {
                            "form": "sufficient-consensus",
                            "each-side": {"at-least": "3/5", "of": "voting"},
                            "overall": [{"at-least": "2/3"}, {"at-least": "2/3", "by": "weight"}],
                        },
                        {"form": "key-actors", "others": {"more-than": "1/2", "of": "present"}},
                    ],
                },
            ],
        }
    )
    for _ in range(5):
        stands = [
            stand(
                f"d{number:02}",
                position=draw.choice(["support", "object", "stand-aside", "no-objection", "no-record"]),
                present=draw.random() < 0.8,
                side=draw.choice("ABC"),
                weight=Fraction(draw.randint(1, 400), 7),
                key=draw.random() < 0.2,
            )
            for number in range(40)
        ]
        verdict = decide(rule, stands)
        for change in verdict.changes:
            after = moved(stands, change.example, verdict.adopted)
            assert plainly(rule, after) != verdict.adopted
