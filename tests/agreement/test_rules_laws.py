"""Laws that every rule keeps, whatever it is joined from."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rule_making import forms, plainly, rules, stand, tables

from tracktwo.agreement.conditions import holds
from tracktwo.agreement.errors import AgreementError
from tracktwo.agreement.rules import (
    Consensus,
    Majority,
    Unanimity,
    condition,
    decide,
    parse_rule,
    rule_data,
    unmeetable,
    wording,
)
from tracktwo.agreement.sentences import Sentence


@given(rules, tables())
def test_a_rule_decides_as_its_words_say(rule, table):
    stands, asked = table
    assert decide(rule, stands, asked).adopted == plainly(rule, stands, asked)


@given(rules, tables(least=1), st.data())
def test_an_objection_never_helps(rule, table, data):
    stands, asked = table
    here = [each for each in stands if each.present]
    if not here:
        return
    turned = data.draw(st.sampled_from(here))
    after = [replace(each, position="object") if each is turned else each for each in stands]
    assert decide(rule, stands, asked).adopted or not decide(rule, after, asked).adopted


@given(rules, tables(least=1), st.data())
def test_acceptance_of_who_is_present_and_takes_part_never_hurts(rule, table, data):
    stands, asked = table
    here = [each for each in stands if each.present and each.position != "not-participating"]
    if not here:
        return
    turned = data.draw(st.sampled_from(here))
    after = [replace(each, position="no-objection") if each is turned else each for each in stands]
    assert decide(rule, after, asked).adopted or not decide(rule, stands, asked).adopted


@given(rules, tables(most=5), st.data())
def test_the_condition_holds_where_the_rule_adopts(rule, table, data):
    stands, asked = table
    accepting = data.draw(st.sets(st.sampled_from([each.id for each in stands]))) if stands else set()
    after = [replace(each, position="no-objection" if each.id in accepting else "object") for each in stands]
    assert holds(condition(rule, stands), accepting) == decide(rule, after, asked).adopted


@given(rules, tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_stands_never_matters(rule, table, random):
    stands, asked = table
    mixed = random.sample(stands, len(stands))
    assert decide(rule, mixed, asked) == decide(rule, stands, asked)
    assert condition(rule, mixed) == condition(rule, stands)
    assert unmeetable(rule, mixed) == unmeetable(rule, stands)


@given(rules)
def test_a_rule_written_is_the_rule_read(rule):
    data = rule_data(rule)
    assert parse_rule(data) == rule
    assert parse_rule(yaml.safe_load(yaml.safe_dump(data, allow_unicode=True))) == rule


@given(rules, tables(least=1))
def test_a_rule_that_cannot_be_met_never_is_and_one_always_met_is_over_every_objection(rule, table):
    stands, asked = table
    said = unmeetable(rule, stands)
    if said is None:
        everybody = [replace(each, present=True, position="support") for each in stands]
        assert decide(rule, everybody).adopted
        assert not decide(rule, [replace(each, present=True, position="object") for each in stands]).adopted
    elif "never" in said.en:
        assert "永远无法满足" in said.zh
        assert not decide(rule, stands, asked).adopted
    else:
        assert "始终" in said.zh
        assert decide(rule, [replace(each, present=True) for each in stands], asked).adopted


@given(rules, tables())
def test_what_is_said_is_whole_and_names_nobody_where_it_should_not(rule, table):
    stands, asked = table
    named = [replace(each, name=type(each.name)(f"Name-{each.id}", f"名称{each.id}")) for each in stands]
    verdict = decide(rule, named, asked)
    said = [verdict.reason, verdict.reason_without_names, *(each.said for each in verdict.tallies), *wording(rule)]
    hidden = [verdict.reason_without_names, *(each.said for each in verdict.tallies), *wording(rule)]
    for change in verdict.changes:
        said += [change.sentence, change.sentence_without_names]
        hidden.append(change.sentence_without_names)
    for sentence in hidden:
        assert "Name-" not in sentence.en
        assert "名称" not in sentence.zh
    for sentence in said:
        assert "{" not in sentence.en + sentence.zh
        assert "  " not in sentence.en
        assert not sentence.en.endswith(": .")


@given(rules)
def test_nobody_adopts_nothing(rule):
    verdict = decide(rule, [])
    assert verdict.reason == Sentence("Not adopted: there is no delegation at the table.", "未通过：没有任何与会方。")
    assert not holds(condition(rule, []), set())
    assert unmeetable(rule, []).en == "This rule can never be met: there is no delegation at the table."


@given(forms, tables(least=1))
def test_two_stands_with_one_id_are_refused(rule, table):
    stands, asked = table
    with pytest.raises(AgreementError, match=r"^The delegation 'a' has two stands; give one for each delegation\.$"):
        decide(rule, [*stands, stands[0]], asked)
    with pytest.raises(AgreementError):
        condition(rule, [*stands, stands[0]])
    with pytest.raises(AgreementError):
        unmeetable(rule, [*stands, stands[0]])


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(AgreementError, match="The weight of the delegation 'a' is below 0"):
        decide(Consensus(), [stand("a", weight=-1)])
    with pytest.raises(AgreementError, match="'b' was asked but has no stand"):
        decide(Consensus(), [stand("a")], asked=["b"])
    with pytest.raises(AgreementError, match="position 'abstain'; known are support, no-objection"):
        decide(Consensus(), [stand("a", position="abstain")])


@pytest.mark.parametrize(
    "rule", [Consensus(), Unanimity(), Majority(parse_rule({"form": "majority", "at-least": "2/3"}).threshold)]
)
def test_nothing_on_record_is_no_consent(rule):
    assert not decide(rule, [stand(name) for name in "abc"]).adopted
