"""Rules as they were published decide as they do."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import PUBLISHED, council, table

from tracktwo.agreement.rules import decide, parse_rule, rule_data, unmeetable, wording

CASES = [
    pytest.param(published.rule, stands, adopted, id=f"{published.source.partition(':')[0]}: {what}")
    for published in PUBLISHED
    for what, stands, adopted in published.decisions
]


@pytest.mark.parametrize(("text", "stands", "adopted"), CASES)
def test_a_published_rule_decides_as_it_does(text, stands, adopted):
    here = table(stands) if isinstance(stands, str) else stands
    verdict = decide(parse_rule(yaml.safe_load(text)), here.stands, here.asked)
    assert verdict.adopted == adopted, verdict.reason.en
    assert verdict.reason.en.startswith("Adopted: " if adopted else "Not adopted: ")


def test_there_are_enough_of_them():
    assert len(CASES) >= 120
    assert {adopted for *_, adopted in (case.values for case in CASES)} == {True, False}


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.source)
def test_a_published_rule_is_the_same_when_it_is_written_and_read_and_has_words(published):
    rule = parse_rule(yaml.safe_load(published.rule))
    assert parse_rule(rule_data(rule)) == rule
    assert parse_rule(yaml.safe_load(yaml.safe_dump(rule_data(rule)))) == rule
    for sentence in wording(rule):
        assert sentence.en.endswith(".")
        assert sentence.zh.endswith("。")


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.source)
def test_a_published_rule_can_be_met_and_can_fail(published):
    rule = parse_rule(yaml.safe_load(published.rule))
    for _, stands, adopted in published.decisions:
        here = table(stands) if isinstance(stands, str) else stands
        if adopted:
            assert unmeetable(rule, here.stands) is None


@settings(max_examples=25)
@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_the_order_of_the_stands_changes_nothing(case, random):
    text, stands, _ = case.values
    here = table(stands) if isinstance(stands, str) else stands
    rule = parse_rule(yaml.safe_load(text))
    mixed = list(here.stands)
    random.shuffle(mixed)
    assert decide(rule, mixed, here.asked) == decide(rule, here.stands, here.asked)


def test_the_population_of_the_union_is_about_right():
    whole = sum(each.weight for each in council().stands)
    assert 440 < whole < 455
    assert sum(each.weight for each in council().stands if each.id in ["DE", "FR", "IT"]) > whole * 35 / 100
