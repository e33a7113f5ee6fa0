"""The two languages of a provision: how far they are checked, which bracket is which, and where they differ."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose_made_up import prose as made_up

from tracktwo.text.concordance import (
    BracketPair,
    Difference,
    State,
    changed,
    differences,
    noted,
    paired,
    reviewed,
    withdrawn,
)
from tracktwo.text.documents import Block, read
from tracktwo.text.errors import TextError
from tracktwo.text.pairing import ALONE, costs, same_party
from tracktwo.text.parsing import parse
from tracktwo.text.terms import DEFAULT

DRAFT = changed(State(), both=True)


def test_a_provision_goes_from_untranslated_to_concordant_by_a_review_of_each_side() -> None:
    assert State().stage == "untranslated"
    assert changed(State(), both=False).stage == "untranslated"
    assert DRAFT.stage == "draft"
    assert reviewed(DRAFT, "east").stage == "reviewed"
    assert reviewed(reviewed(DRAFT, "east"), "west").stage == "concordant"
    assert reviewed(reviewed(DRAFT, "west"), "east").reviews == ("west", "east")


@pytest.mark.parametrize("both", [True, False])
def test_changing_either_language_reopens_whatever_was_found(both) -> None:
    found = noted(reviewed(DRAFT, "east"), "west", "应 is weaker than shall.")
    for state in (DRAFT, reviewed(DRAFT, "east"), reviewed(reviewed(DRAFT, "east"), "west"), found):
        assert changed(state, both=both) == State(bodies=both)


def test_a_divergence_holds_until_a_language_changes_or_the_note_is_withdrawn_by_who_made_it() -> None:
    agreed = reviewed(reviewed(DRAFT, "east"), "west")
    found = noted(agreed, "west", " 安全 reads as security. ")
    assert (found.stage, found.divergence, found.reviews) == ("divergent", "安全 reads as security.", ("east",))
    assert withdrawn(found, "west") == reviewed(DRAFT, "east")
    assert changed(found, both=True).stage == "draft"


REFUSED: list[tuple[Callable[[], State], str]] = [
    (lambda: reviewed(State(), "east"), "one language only"),
    (lambda: noted(State(), "east", "because"), "one language only"),
    (lambda: reviewed(DRAFT, ""), "say whose"),
    (lambda: reviewed(reviewed(DRAFT, "east"), "east"), "next review is the other side's"),
    (lambda: reviewed(reviewed(reviewed(DRAFT, "east"), "west"), "east"), "it is concordant"),
    (lambda: reviewed(noted(DRAFT, "east", "May is not 应."), "west"), "May is not 应. Change one of them"),
    (lambda: noted(DRAFT, "east", "  "), "with its reason"),
    (lambda: noted(noted(DRAFT, "east", "Why."), "west", "Too."), "east has already noted"),
    (lambda: withdrawn(DRAFT, "east"), "No divergence"),
    (lambda: withdrawn(noted(DRAFT, "east", "Why."), "west"), "alone can withdraw"),
]


@pytest.mark.parametrize(("act", "message"), REFUSED)
def test_acts_out_of_turn_are_refused_in_a_sentence(act, message) -> None:
    with pytest.raises(TextError, match=message):
        act()


def numbers(english: str, chinese: str, **more: object) -> list[tuple[int | None, int | None]]:
    return [(pair.en, pair.zh) for pair in paired(parse(english), parse(chinese), **more)]  # type: ignore[arg-type]


PAIRS = [
    ("a [b] c", "甲［乙］丙", [(0, 0)]),
    ("no brackets", "没有", []),
    ("[b]", "乙", [(0, None)]),
    ("b", "［乙］", [(None, 0)]),
    ("[shall][should] test", "［应］［宜］测试", [(0, 0), (1, 1)]),
    ("[shall][should] test", "［宜］［应］测试", [(0, 1), (1, 0)]),
    ("[shall][should] test", "［宜］测试", [(0, None), (1, 0)]),
    ("[EU: by 2030] test [US: in full]", "［美国：全面］测试［欧盟：到2030年］", [(0, 1), (1, 0)]),
    ("test [systems] by [20XX]", "到［20XX］年测试［系统］", [(0, 1), (1, 0)]),
    ("[a [b 55 %] c]", "［甲［百分之五十五乙］丙］", [(0, 0), (1, 1)]),
    ("[a [b 55 %] c]", "［甲丙］［百分之五十五乙］", [(0, 0), (1, 1)]),
    ("x [a [b] [c 2030]]", "乙［甲［丙2030］］", [(0, 0), (1, None), (2, 1)]),
    ("[all systems and models of any developer] or [x]", "［x］或［所有开发者的一切系统和模型］", [(0, 1), (1, 0)]),
    ("one [X] two [2030] three", "三［2030］", [(0, None), (1, 0)]),
]


@pytest.mark.parametrize(("english", "chinese", "expected"), PAIRS)
def test_brackets_are_paired_by_what_they_hold_and_not_by_order_alone(english, chinese, expected) -> None:
    assert numbers(english, chinese, table=DEFAULT) == expected


def test_what_stands_in_another_order_is_said_to_have_moved() -> None:
    found = paired(parse("[EU: a] [US: b] [China: c]"), parse("［中国：丙］［欧盟：甲］［美国：乙］"))
    assert found == (BracketPair(0, 1), BracketPair(1, 2), BracketPair(2, 0, moved=True))


def cheapest(rows: list[list[int]], columns: int) -> int:
    """The least cost of all ways to pair some of the rows with some of the columns, every one tried."""
    return min(
        sum(rows[row][column] for row, column in zip(chosen, order, strict=True))
        + ALONE * (len(rows) + columns - 2 * size)
        for size in range(min(len(rows), columns) + 1)
        for chosen in combinations(range(len(rows)), size)
        for order in permutations(range(columns), size)
    )


contents = st.recursive(
    st.lists(
        st.sampled_from(["a ", "EU: ", "2030 ", "55 % ", "shall ", "20XX", "系统", "欧盟：", "应"]), max_size=3
    ).map("".join),
    lambda inner: st.lists(inner.map(lambda text: f"[{text}]"), max_size=2).map(" 和 ".join),
    max_leaves=4,
)


@settings(deadline=None)
@given(contents, contents)
def test_no_other_pairing_costs_less(english, chinese) -> None:
    left, right = parse(english), parse(chinese)
    rows = costs(left, right, table=DEFAULT)
    found = paired(left, right, table=DEFAULT)
    cost = sum(ALONE if pair.en is None or pair.zh is None else rows[pair.en][pair.zh] for pair in found)
    assert cost == cheapest(rows, len(right.brackets))


@settings(deadline=None)
@given(made_up, made_up)
def test_every_bracket_is_paired_once_or_alone(english, chinese) -> None:
    left, right = parse(english), parse(chinese)
    found = paired(left, right)
    assert [pair.en for pair in found if pair.en is not None] == list(range(len(left.brackets)))
    assert sorted(pair.zh for pair in found if pair.zh is not None) == list(range(len(right.brackets)))


WORDS = [
    ("EU: ", "欧盟："),
    ("by 2030 ", "到二〇三〇年"),
    ("55 % ", "百分之五十五"),
    ("shall ", "应"),
    ("systems ", "系统"),
]
translated = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda parts: (
            "".join(f"[{english}]" for english, _ in parts),
            "".join(f"［{chinese}］" for _, chinese in parts),
        )
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(translated)
def test_no_bracket_of_a_translation_is_left_alone_or_paired_with_one_elsewhere(texts) -> None:
    left, right = (parse(text) for text in texts)
    found = paired(left, right, table=DEFAULT)
    assert all(pair.en is not None and pair.zh is not None for pair in found)
    assert all(left.brackets[pair.en].depth == right.brackets[pair.zh].depth for pair in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [("EU", "欧盟"), ("European Union", "欧洲联盟"), ("usa", "美国"), ("G77", "77国集团"), ("Ruritania", "卢国")],
)
def test_parties_are_known_by_their_names_in_both_languages(one, other) -> None:
    names = [("Ruritania", "卢里坦尼亚", "卢国")]
    assert same_party(one, names) == same_party(other, names)
    assert same_party("Laputa", names) != same_party(other, names)


def block(source: str) -> Block:
    return read(source).blocks[-1]


def found(english: str, chinese: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (each.kind, each.en and each.en.text, each.zh and each.zh.text)
        for each in differences(block(english), block(chinese), table=DEFAULT)
    ]


ALIKE = [
    ("1. Developers [shall][should] test by [20XX].", "一、开发者［应］［宜］在［20XX］年前测试。"),
    ("Article 3 bis [EU: at least 55 %]", "第三条之二 ［欧盟：至少百分之五十五］"),
    ("## Chapter II Tests under Article 4.9", "## 第二章 根据第四条第九款的测试"),
    ("**Option 1:** by 2030", "**方案一：** 到二〇三〇年"),
    ("Option B: [TBD] tests", "方案二：［待定］测试"),
    ("[x]-[y]% of systems", "［x］-［y］%的系统"),
    ("within [X] days", "在［X］日内"),
    ("Annex 2 Tests", "附件二 测试"),
    ("20[30]", "20［30］年"),
]
APART = [
    ("a [b]", "甲乙", [("bracket", "[b]", None)]),
    ("a b", "甲［乙］", [("bracket", None, "［乙］")]),
    ("[a [b 55 %]]", "［甲］［百分之五十五乙］", [("nesting", "[b 55 %]", "［百分之五十五乙］")]),
    ("[EU: a]", "［美国：甲］", [("holders", "[EU: a]", "［美国：甲］")]),
    ("[EU: a]", "［欧盟，美国：甲］", [("holders", "[EU: a]", "［欧盟，美国：甲］")]),
    ("by [20XX]", "到［20XX］年，55%", [("number", None, "55%")]),
    ("in [X] days", "［Y］日内", [("blank", "[X]", "［Y］")]),
    ("55 % of emissions", "百分之五十的排放", [("number", "55 %", "百分之五十")]),
    ("under Article 3", "根据第四条", [("number", "3", "四")]),
    ("by 20[30]", "到20［35］年", [("number", "20[30", "20［35")]),
    ("by 2030 and 2030", "到2030年", [("number", "2030", None)]),
    ("3. Tests", "四、测试", [("label", "3.", "四、")]),
    ("Article 3 Tests", "第三条之二 测试", [("label", "Article 3", "第三条之二")]),
    ("Option 1: tests", "方案二：测试", [("options", "Option 1", "方案二")]),
    ("Option 1: tests", "测试", [("options", "Option 1", None)]),
    ("[[shall] test]", "［应测试］", [("bracket", "[shall]", None)]),
]


@pytest.mark.parametrize(("english", "chinese"), ALIKE)
def test_what_says_the_same_in_both_languages_is_no_difference(english, chinese) -> None:
    assert found(english, chinese) == []


@pytest.mark.parametrize(("english", "chinese", "expected"), APART)
def test_what_differs_is_named_with_its_place(english, chinese, expected) -> None:
    assert found(english, chinese) == expected


@settings(deadline=None)
@given(made_up, made_up)
def test_every_difference_stands_where_it_says(english, chinese) -> None:
    left, right = block(f"x {english}"), block(f"应 {chinese}")
    for each in differences(left, right):
        assert isinstance(each, Difference)
        assert each.en is not None or each.zh is not None
        for place, provision in ((each.en, left), (each.zh, right)):
            if place is not None and each.kind not in {"label", "options"}:
                assert provision.prose.render()[place.start : place.end] == place.text
