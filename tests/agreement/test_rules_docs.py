"""The page on decision rules is true: its rules are read and worded, its code runs, its defaults are the code's."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
import yaml

from tracktwo.agreement.rules import parse_rule, rule_data, wording
from tracktwo.agreement.rules.forms import CONSENTED, KINDS, UNOBJECTED, VOTED
from tracktwo.agreement.rules.reading import DEEPEST, FORMS, MOST

PAGE = Path(__file__).parents[2] / "docs" / "decision-rules.md"
TEXT = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_a_rule(example):
    rule = parse_rule(yaml.safe_load(example))
    assert parse_rule(rule_data(rule)) == rule
    assert len(wording(rule)) > 2


def test_every_form_and_field_has_an_example():
    assert {yaml.safe_load(example)["form"] for example in EXAMPLES} == set(FORMS)
    for field in {field for fields in FORMS.values() for field in fields} | {"quorum", "meaning", *KINDS}:
        assert re.search(rf"\b{field}\b", TEXT), field


def test_the_code_runs():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 15
    assert failed == 0


def test_the_table_of_defaults_is_that_of_the_code():
    for kind in KINDS:
        row = " | ".join(meaning.of(kind).replace("-", " ") for meaning in (CONSENTED, UNOBJECTED, VOTED))
        assert f"| `{kind}` | {row} |\n" in TEXT
    written = " | ".join("yes" if meaning.in_writing else "no" for meaning in (CONSENTED, UNOBJECTED, VOTED))
    assert f"| `in-writing` | {written} |\n" in TEXT


def test_the_limits_are_those_of_the_code():
    assert f"A rule joins at most {MOST}, at most {DEEPEST} deep." in TEXT
