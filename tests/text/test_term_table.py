"""Term tables, and provisions that depart from them."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_made_up import drafts

from tracktwo.text.errors import TextError
from tracktwo.text.lifted import APART, lifted
from tracktwo.text.parsing import parse
from tracktwo.text.terms import DEFAULT, Term, departures, read_terms, uses

TOGETHER = [
    ("Developers shall test systems.", "开发者应测试系统。"),
    ("Developers shall test systems.", "开发者应当测试系统。"),
    ("Developers shall not release them.", "开发者不得发布。"),
    ("Developers shall not release them.", "开发者不应发布。"),
    ("Developers must not release them.", "开发者不得发布。"),
    ("Developers should test.", "开发者宜测试。"),
    ("Developers should not release.", "开发者不宜发布。"),
    ("A Party may request it.", "缔约方可提出请求。"),
    ("A Party may request it.", "缔约方可以提出请求。"),
    ("A Party may not withdraw.", "缔约方不得退出。"),
    ("Evaluators can reproduce it.", "测评方能够重现。"),
    ("Evaluators cannot reproduce it.", "测评方不能重现。"),
    ("Results must be published.", "结果必须公布。"),
    ("Parties shall adapt and respond.", "缔约方应适应和反应。"),
    ("Parties respond to incidents.", "缔约方响应和应对事件，供应相应信息。"),
    ("At the request of a Party, the panel meets.", "应缔约方的请求，专家组开会。"),
    ("The appropriate arrangements", "适宜的事宜"),
    ("reliable, sustainable and possible", "可靠、可持续、可能"),
    ("verifiable results", "可核查的结果"),
    ("A Party may verify results.", "缔约方可核查结果。"),
    ("artificial intelligence capabilities", "人工智能能力"),
    ("unavoidable risks", "不可避免的风险"),
    ("The meeting in May 2027", "2027年5月的会议"),
    ("by 1 May at the latest", "最迟5月1日"),
    ("the safety of systems", "系统的安全"),
    ("the security of systems", "系统的安保"),
    ("the safety and security of systems", "系统的安全与安保"),
    ("safety and security", "安全和安全"),
    ("the Security Council", "安理会"),
    ("the Security Council", "安全理事会"),
    ("misinformation and disinformation", "错误信息和虚假信息"),
    ("Parties shall, and developers shall", "缔约方应，开发者应当"),
    ("shall [not] release", "［不］应发布"),
    ("Parties [shall][should] test", "缔约方［应］［宜］测试"),
    ("Parties sh[all] test", "缔约方应［当］测试"),
    ("Parties *shall* test", "缔约方*应*测试"),
    ("SHALL and Shall", "应与应"),
    ("marshalling a shallow canal", "调度"),
    ("Parties test {shall or should?}", "缔约方测试"),
    ("They shall\nnot release", "他们不得发布"),
    ("[EU: Parties shall test]", "［欧盟：缔约方应测试］"),
    ("have no choice but to test", "不得不测试"),
    ("Parties shall test[^1]", "缔约方应[^1]测试"),
]
APART_FROM = [
    ("Developers shall test.", "开发者宜测试。", {"shall": 1, "宜": 1}),
    ("Developers shall test.", "开发者测试。", {"shall": 1}),
    ("Developers test.", "开发者应测试。", {"应": 1}),
    ("shall, shall, shall", "应，应", {"shall": 1}),
    ("shall and should", "应和应", {"should": 1, "应": 1}),
    ("shall not", "应", {"shall not": 1, "应": 1}),
    ("shall", "不应", {"shall": 1, "不应": 1}),
    ("Parties should adapt", "缔约方应适应", {"should": 1, "应": 1}),
    ("the safety of systems", "系统的安保", {"safety": 1, "安保": 1}),
    ("safety and safety", "安全和安保", {"safety": 1, "安保": 1}),
    ("misinformation", "虚假信息", {"misinformation": 1, "虚假信息": 1}),
    ("Parties [shall][should] test", "缔约方［应］测试", {"should": 1}),
    ("may and may", "可能和可", {"may": 1}),
    ("shall [not]", "应", {"shall not": 1, "应": 1}),
    ("can", "可", {"can": 1, "可": 1}),
]


@pytest.mark.parametrize(("english", "chinese"), TOGETHER)
def test_provisions_that_keep_to_the_table_are_not_flagged(english, chinese) -> None:
    assert departures(parse(english), parse(chinese), DEFAULT) == ()


@pytest.mark.parametrize(("english", "chinese", "alone"), APART_FROM)
def test_words_without_their_other_half_are_flagged(english, chinese, alone) -> None:
    found = departures(parse(english), parse(chinese), DEFAULT)
    assert Counter(use.word for departure in found for use in departure.alone) == alone


def test_a_departure_counts_the_uses_of_both_languages_and_places_them() -> None:
    (found,) = departures(parse("shall [shall] sh[all]"), parse("应；应［当］"), DEFAULT)
    assert [(use.start, use.end) for use in found.en] == [(0, 5), (7, 12), (14, 20)]
    assert [(use.word, use.start, use.end) for use in found.zh] == [("应", 0, 1), ("应当", 2, 5)]
    assert found.alone == found.en[2:]
    assert not found.missing
    assert departures(parse("shall"), parse("测试"), DEFAULT)[0].missing


def test_the_table_goes_before_the_longer_words_that_the_software_knows() -> None:
    table = (Term(("application",), ("应用",)), Term(("shall",), ("应",)))
    assert departures(parse("the application"), parse("应用"), table) == ()
    assert len(departures(parse("the use"), parse("应用"), table)) == 1


def test_rows_that_share_a_word_are_judged_together_whatever_their_order() -> None:
    for table in permutations((Term(("a1",), ("甲", "乙")), Term(("b1",), ("乙", "丙")), Term(("c1",), ("丁",)))):
        assert departures(parse("a1 b1"), parse("乙，丙"), table) == ()
        assert departures(parse("a1 b1 b1 b1"), parse("乙，丙，甲"), table)[0].alone[0].word == "b1"


words = st.lists(st.sampled_from(["a1", "b1", "c1"]), max_size=5)
others = st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=5)
rows = st.tuples(st.sampled_from(["a1", "b1", "c1"]), st.sets(st.sampled_from("甲乙丙丁"), min_size=1))
tables = st.lists(rows, unique_by=lambda row: row[0])


@given(words, others, tables)
def test_as_many_uses_as_can_be_are_paired(english, chinese, rows) -> None:
    table = tuple(Term((word,), tuple(sorted(equivalents))) for word, equivalents in rows)
    allowed = {(term.en[0], other) for term in table for other in term.zh}
    left = [word for word in english if any(word in term.en for term in table)]
    right = [word for word in chinese if any(word in term.zh for term in table)]
    longer, shorter, turned = (left, right, False) if len(left) >= len(right) else (right, left, True)
    best = max(
        sum(((other, one) if turned else (one, other)) in allowed for one, other in zip(order, shorter, strict=False))
        for order in permutations(longer)
    )
    found = departures(parse(" ".join(english)), parse("，".join(chinese)), table)
    assert sum(len(departure.alone) for departure in found) == len(left) + len(right) - 2 * best


@given(drafts)
def test_the_words_of_any_paragraph_stand_where_they_are_said_to(source) -> None:
    prose = parse(source)
    plain = lifted(prose)
    assert all(source[place] == character or character == APART for character, place in zip(*_both(plain), strict=True))
    assert list(plain.places) == sorted(plain.places)
    for language in ("en", "zh"):
        for use in uses(prose, language, DEFAULT):
            inner = "".join(source[use.start : use.end].split())
            kept = iter(inner.casefold())
            assert all(character in kept for character in use.word.replace(" ", ""))


def _both(plain):
    return plain.text, plain.places


def test_a_table_is_read_from_csv() -> None:
    lines = ["\ufeffen,zh,note", 'shall;  must,应；应当,"fixed, in plenary"', "", "shall not,不得,", "safety,安全"]
    text = "\r\n".join([*lines, "security,安全|安保,", ""])
    assert read_terms(text) == (
        Term(("shall", "must"), ("应", "应当"), "fixed, in plenary"),
        Term(("shall not",), ("不得",)),
        Term(("safety",), ("安全",)),
        Term(("security",), ("安全", "安保")),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "first row"),
        ("zh,en,note\n", "first row"),
        ("en,zh,note\nshall,,\n", "Row 2, column zh is empty"),
        ("en,zh,note\n\n应,应,\n", "Row 3, column en holds '应', which is in the other language"),
        ("en,zh,note\nshall,应;should,\n", "Row 2, column zh holds 'should'"),
        ("en,zh,note\nshall,应,\nmay;Shall,可,\n", "Row 3: 'Shall' already stands in row 2"),
        ("en,zh,note\nshall,应,a,b\n", "Row 2 has 4 columns"),
        ("en,zh,note\nshall\n", "Row 2 has 1 columns"),
        ('en,zh,note\nshall,"应,\n', "no CSV"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_row(text, message) -> None:
    with pytest.raises(TextError, match=message):
        read_terms(text)


def test_the_proposal_can_be_written_and_read_as_a_table() -> None:
    rows = [f'{";".join(term.en)},{";".join(term.zh)},"{term.note}"' for term in DEFAULT]
    assert read_terms("\n".join(["en,zh,note", *rows])) == DEFAULT


def test_an_empty_table_flags_nothing() -> None:
    assert departures(parse("shall"), parse("宜"), ()) == ()


def test_a_thousand_uses_are_paired_in_a_moment() -> None:
    table = (Term(("shall",), ("应", "须")), Term(("must",), ("须",)))
    found = departures(parse("shall must " * 1000), parse("应，" * 900 + "须，" * 1000), table)
    assert [len(each.alone) for each in found] == [100]
