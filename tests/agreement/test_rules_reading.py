"""Rules are read from YAML and JSON, and what cannot be taken is said with its field."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.agreement.errors import AgreementError
from tracktwo.agreement.rules import (
    AllOf,
    AnyOf,
    Blocking,
    Consensus,
    KeyActors,
    Majority,
    Meaning,
    SufficientConsensus,
    Threshold,
    parse_rule,
    parse_rule_text,
    read_rule,
    rule_data,
)

HALF = {"more-than": "1/2"}


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("2/3", Fraction(2, 3)),
        (" 2 / 3 ", Fraction(2, 3)),
        ("55 %", Fraction(11, 20)),
        ("55%", Fraction(11, 20)),
        ("55％", Fraction(11, 20)),
        ("66.67 %", Fraction(6667, 10000)),
        (0.55, Fraction(11, 20)),
        ("0.55", Fraction(11, 20)),
        (".5", Fraction(1, 2)),
        (0.1, Fraction(1, 10)),
        ("1/1", Fraction(1)),
        ("110 %", Fraction(11, 10)),
        ("0 %", Fraction(0)),
    ],
)
def test_a_share_is_exact(written, share):
    assert parse_rule({"form": "majority", "at-least": written}).threshold.share == share


@given(st.integers(0, 300), st.integers(1, 300))
def test_any_share_is_written_as_it_is_read(over, under):
    rule = Majority(Threshold(Fraction(over, under)))
    assert parse_rule(rule_data(rule)) == rule


def test_a_file_of_yaml_or_json_is_read(tmp_path):
    (tmp_path / "rule.yaml").write_text("form: majority\nat-least: 0.55\nmeaning: {silence: no, in-writing: yes}\n")
    (tmp_path / "rule.json").write_text(json.dumps(rule_data(read_rule(tmp_path / "rule.yaml"))))
    expected = Majority(Threshold(Fraction(11, 20), of="voting"), Meaning(silence="no", in_writing=True))
    assert read_rule(tmp_path / "rule.yaml") == expected
    assert read_rule(str(tmp_path / "rule.json")) == expected


def test_decimals_of_a_file_are_taken_as_they_are_written(tmp_path):
    (tmp_path / "rule.yaml").write_text("form: majority\nat-least: 0.66666666666666666667\n")
    assert read_rule(tmp_path / "rule.yaml").threshold.share == Fraction(66666666666666666667, 10**20)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"form: consensus\nform: majority\n", "'form' is given twice"),
        (b"form: [\n", "line 2, column 1: this is no YAML"),
        (b"\xff\xfe", "this is no text in UTF-8 (byte 0); save it as such."),
        (b"form: all-of\nrules: [&a {form: consensus}, *a]\n", "an alias is not taken here, write it out"),
        (b"form: !!python/object:os.system x\n", "this is no YAML"),
        (b"form: 2024-99-99\n", "this is no YAML, or a number or date in it cannot be taken."),
        (b"", "rule must be a mapping with a form, such as form: consensus."),
        (
            b"form: majority\nat-least: .inf\n",
            "rule.at-least is '.inf'; it must be a share, such as 2/3, 55 % or 0.55.",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_is_named(tmp_path, content, said):
    path = tmp_path / "rule.yaml"
    path.write_bytes(content)
    with pytest.raises(AgreementError) as error:
        read_rule(path)
    assert str(error.value).startswith(f"{path}")
    assert all(part in str(error.value) for part in said.split("|"))
    assert str(error.value).count("\n") == 0


def nested(depth):
    data = {"form": "consensus"}
    for _ in range(depth):
        data = {"form": "any-of", "rules": [data]}
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "rule must be a mapping with a form, such as form: consensus."),
        ([1], "rule must be a mapping with a form, such as form: consensus."),
        ({}, "rule.form is None; it must be one of unanimity, consensus, sufficient-consensus, double-majority, "
             "key-actors, majority, all-of, any-of."),
        ({"form": ["consensus"]}, "rule.form is ['consensus']; it must be one of unanimity,"),
        ({"form": "consensus", "plus": 1}, "rule has the field 'plus', which is not known; known are form, "
         "quorum, meaning, "
                                           "minus, without."),
        ({"form": "consensus", "minus": "1"}, "rule.minus is '1'; it must be a whole number."),
        ({"form": "consensus", "minus": True}, "rule.minus is True; it must be a whole number."),
        ({"form": "consensus", "without": "a"}, "rule.without must be a list, such as [a, b], not 'a'."),
        ({"form": "consensus", "without": [1]}, "rule.without[0] is 1; it must be a text, in quotes if it "
         "looks like a number."),
        ({"form": "consensus", "without": ["a", "a"]}, "rule.without[1] repeats 'a'; name it once."),
        ({"form": "consensus", "meaning": []}, "rule.meaning must be a mapping with absence, abstention, silence,"),
        ({"form": "consensus", "meaning": {"silence": "perhaps"}}, "rule.meaning.silence is 'perhaps'; it "
         "must be one of yes, "
                                                                   "no, not-counted."),
        ({"form": "consensus", "meaning": {"objection": "no"}}, "rule.meaning has the field 'objection', "
         "which is not known"),
        ({"form": "consensus", "meaning": {"in-writing": "perhaps"}}, "rule.meaning.in-writing is "
         "'perhaps'; it must be one of yes, no."),
        ({"form": "consensus", "quorum": {"of": "voting"}}, "rule.quorum has the field 'of', which is not "
         "known; known are "
                                                             "at-least, more-than, number."),
        ({"form": "consensus", "quorum": {}}, "rule.quorum needs a threshold: at-least or more-than (a "
         "share), or number."),
        ({"form": "majority"}, "rule needs a threshold: at-least or more-than (a share), or number."),
        ({"form": "majority", "at-least": 2}, "rule.at-least is 2; write a share as 2/3, 55 % or 0.55, or, "
         "if so many "
                                              "delegations are meant, put it under number."),
        ({"form": "majority", "at-least": "half"}, "rule.at-least is 'half'; it must be a share, such as "
         "2/3, 55 % or 0.55."),
        ({"form": "majority", "at-least": "1/0"}, "rule.at-least is '1/0', which divides by 0;"),
        ({"form": "majority", "at-least": "-5 %"}, "rule.at-least is '-5 %'; it must be a share"),
        ({"form": "majority", "at-least": float("nan")}, "rule.at-least is nan; it must be a share"),
        ({"form": "majority", "at-least": True}, "rule.at-least is True; it must be a share"),
        ({"form": "majority", "at-least": "1/2", "more-than": "1/2"}, "rule has both at-least and "
         "more-than; keep one."),
        ({"form": "majority", "number": "9"}, "rule.number is '9'; it must be a whole number."),
        ({"form": "majority", "number": "x", "by": "weight"}, "rule.number is 'x'; it must be a number, "
         "such as 255 or 58.5."),
        ({"form": "majority", "at-least": "1/2", "of": "everybody"}, "rule.of is 'everybody'; it must be "
         "one of members, "
                                                                     "participating, present, voting."),
        ({"form": "sufficient-consensus"}, "rule.each-side is missing."),
        ({"form": "sufficient-consensus", "each-side": HALF, "overall": [HALF, {"at-least": "x"}]},
         "rule.overall[1].at-least is 'x'; it must be a share"),
        ({"form": "sufficient-consensus", "each-side": HALF, "overall": {"at-least": "x"}},
         "rule.overall.at-least is 'x'; it must be a share"),
        ({"form": "sufficient-consensus", "each-side": HALF, "overall": 3}, "rule.overall must be a list of "
         "at least one, not 3."),
        ({"form": "double-majority", "count": HALF}, "rule.weight is missing."),
        ({"form": "double-majority", "count": HALF | {"by": "weight"}, "weight": HALF},
         "rule.count has the field 'by', which is not known"),
        ({"form": "double-majority", "count": HALF, "weight": HALF, "blocking-minority": {}},
         "rule.blocking-minority must have either members, a number, or over, a share of the weight."),
        ({"form": "double-majority", "count": HALF, "weight": HALF | {"of": "voting"}, "blocking-minority": {"over":
         "35 %"}},
         "rule.blocking-minority.over needs a weight of members or participating, not voting"),
        ({"form": "key-actors"}, "rule needs a threshold beside the key actors: others (of the others) or "
         "overall (of all)."),
        ({"form": "all-of"}, "rule.rules is missing."),
        ({"form": "all-of", "rules": []}, "rule.rules must be a list of at least one, not []."),
        ({"form": "any-of", "rules": [{"form": "consensus"}, {"form": "all-of", "rules": [{"form": "x"}]}]},
         "rule.rules[1].rules[0].form is 'x'; it must be one of"),
        ({"form": "any-of", "rules": [{"form": "consensus"}], "meaning": {}}, "rule has the field "
         "'meaning', which is not known"),
        (nested(9), "rules lie more than 8 deep in each other; write it flatter."),
        ({"form": "any-of", "rules": [{"form": "consensus"}] * 17}, "The rule joins more than 16 rules; join fewer."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_taken_is_said_with_its_field(data, said):
    with pytest.raises(AgreementError) as error:
        parse_rule(data)
    assert said in str(error.value)
    assert str(error.value).endswith(".")
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("form", [AllOf, AnyOf])
def test_a_rule_that_joins_nothing_is_none(form):
    with pytest.raises(AgreementError, match="needs at least one"):
        form(())


def test_a_rule_that_repeats_itself_without_end_is_refused_at_once():
    part = {"form": "consensus"}
    for _ in range(8):
        part = {"form": "any-of", "rules": [part] * 50}
    with pytest.raises(AgreementError, match="joins more than 16 rules"):
        parse_rule(part)


def test_a_text_is_read_as_a_file_is():
    assert parse_rule_text("form: consensus\nminus: 1") == Consensus(1)
    with pytest.raises(AgreementError, match=r"^line 2, column 1: this is no YAML \("):
        parse_rule_text("form: [\n")
    with pytest.raises(AgreementError, match=r"^rule\.minus is 'x'"):
        parse_rule_text("{form: consensus, minus: x}")


def test_what_is_not_said_has_the_default_of_the_form():
    assert parse_rule({"form": "consensus"}).meaning == Meaning(no_record="no")
    assert parse_rule({"form": "majority", "at-least": "2/3"}).meaning == Meaning()
    assert parse_rule({"form": "majority", "at-least": "2/3"}).threshold.of == "voting"
    assert parse_rule({"form": "double-majority", "count": HALF, "weight": HALF}).weight == Threshold(
        Fraction(1, 2), more_than=True, of="members", by="weight"
    )
    unanimity = parse_rule({"form": "unanimity"}).meaning
    assert [unanimity.absence, unanimity.abstention, unanimity.silence, unanimity.not_participating] == [
        "no",
        "no",
        "no",
        "not-counted",
    ]
    assert unanimity.in_writing


def test_nothing_on_record_counts_as_consent_by_default_under_no_form():
    for data in (
        {"form": "unanimity"},
        {"form": "consensus"},
        {"form": "majority"} | HALF,
        {"form": "sufficient-consensus", "each-side": HALF},
        {"form": "double-majority", "count": HALF, "weight": HALF},
        {"form": "key-actors", "others": HALF},
    ):
        meaning = parse_rule(data).meaning
        assert "yes" not in (meaning.no_record, meaning.silence, meaning.absence)


def test_every_field_arrives():
    assert parse_rule(
        {
            "form": "all-of",
            "quorum": {"at-least": "1/2", "number": 9},
            "rules": [
                {
                    "form": "consensus",
                    "minus": 2,
                    "without": ["quill"],
                    "meaning": {"absence": True, "silence": "not counted"},
                },
                {"form": "sufficient-consensus", "each-side": HALF, "sides": ["A", "B"], "overall": HALF},
                {"form": "key-actors", "actors": ["k"], "overall": {"number": 9, "by": "count", "of": "present"}},
                {"form": "majority", "number": "58.5", "by": "weight"},
            ],
        }
    ) == AllOf(
        (
            Consensus(2, ("quill",), Meaning(absence="yes", no_record="no")),
            SufficientConsensus(
                Threshold(Fraction(1, 2), more_than=True), ("A", "B"), (Threshold(Fraction(1, 2), more_than=True),)
            ),
            KeyActors(None, Threshold(number=Fraction(9), of="present"), ("k",)),
            Majority(Threshold(number=Fraction(117, 2), of="voting", by="weight")),
        ),
        Threshold(Fraction(1, 2), number=Fraction(9)),
    )
    double = {"form": "double-majority", "count": HALF, "weight": HALF}
    assert parse_rule(double | {"blocking-minority": {"over": "35 %", "plus": 1}}).blocking == Blocking(
        over=Fraction(7, 20), plus=1
    )
