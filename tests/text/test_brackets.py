"""What is done with a bracket changes that bracket and the spaces beside it, and nothing else."""

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracktwo.text.brackets import choose, drop, hold, lift, narrow, resolved, unhold
from tracktwo.text.errors import TextError
from tracktwo.text.parsing import parse
from tracktwo.text.spacing import joined

LIFTED = [
    ("Parties [shall] act", "Parties shall act"),
    ("finance [, technology] and time", "finance, technology and time"),
    ("finance[, technology] and time", "finance, technology and time"),
    ("[shall][should] act", "shall [should] act"),
    ("r[e]affirming", "reaffirming"),
    ("nego[tia]ting [x]", "negotiating [x]"),
    ("the end [ as said] here", "the end as said here"),
    ("[In pursuit of Article 2,][to achieve it,] we", "In pursuit of Article 2, [to achieve it,] we"),
    ("[and][/or] both", "and[/or] both"),
    ("[EU: developers shall report]", "developers shall report"),
    ("[**EU, Japan:** developers *shall* report – reserve Norway]", "developers *shall* report"),
    ("report [delete: EU, Japan] now", "report now"),
    ("report[^2][promptly]", "report[^2] promptly"),
    ("[report][^2] now", "report[^2] now"),
    ("the [model\nis] safe", "the model\nis safe"),
    ("开发者［应］［应当］报告", "开发者应［应当］报告"),
    ("开发者 [应] 报告", "开发者应报告"),
    ("[欧盟：事件发生后]立即报告", "事件发生后立即报告"),
    ("【总则】安全", "总则安全"),
    ("\\[shall\\] act", "shall act"),
    ("so [that it never ends", "so that it never ends"),
]
DROPPED = [
    ("Parties [shall] act", "Parties act"),
    ("[Parties] act", "act"),
    ("act [now]", "act"),
    ("act [now].", "act."),
    ("a [b], c", "a, c"),
    ("([a] b)", "(b)"),
    ("(a [b])", "(a)"),
    ("[x [b]] c", "x c"),
    ("r[e]affirming", "raffirming"),
    ("report [promptly][^2] now", "report[^2] now"),
    ("report [promptly]\nwhere known", "report\nwhere known"),
    ("报告［，并］说明", "报告说明"),
    ("开发者 [应] 报告", "开发者报告"),
    ("act [EU: now – reserve Japan] here", "act here"),
    ("act [and never end", "act"),
]


@pytest.mark.parametrize(("body", "expected"), LIFTED)
def test_a_bracket_is_lifted_with_its_spaces_mended(body, expected):
    assert lift(body, 0) == expected


@pytest.mark.parametrize(("body", "expected"), DROPPED)
def test_a_bracket_is_dropped_with_its_spaces_mended(body, expected):
    number = 1 if body.startswith("[x [b") else 0
    dropped = drop(body, number)
    assert (lift(dropped, 0) if number else dropped) == expected


def test_a_space_within_a_bracket_goes_where_there_is_one_outside():
    assert drop("take [all [b]] on", 1) == "take [all] on"
    assert drop("take [[b] all] on", 1) == "take [all] on"
    assert drop("take[ all [b]]on", 1) == "take[ all ]on"
    assert drop("[shall][[b] should] act", 2) == "[shall][should] act"


def test_one_of_several_side_by_side_is_chosen_and_the_others_fall():
    assert choose("Each [shall][should][may] act", (0, 1, 2), 1) == "Each should act"
    assert choose("r[e][a]ffirming", (0, 1), 0) == "reffirming"
    assert choose("[un][in]able", (0, 1), 0) == "unable"
    assert choose("各方［应］［应当］［宜］报告", (0, 1, 2), 2) == "各方宜报告"
    with pytest.raises(TextError, match="Bracket 2 of this paragraph does not stand side by side with bracket 1"):
        choose("[shall] act [should] act", (0, 1), 0)


def test_a_narrowed_bracket_keeps_its_holders_and_takes_no_bracket_of_its_neighbours():
    assert narrow("We [EU: act now – reserve Japan].", 0, "act") == "We [EU: act – reserve Japan]."
    assert narrow("We [act [now]].", 0, "wait [a year]") == "We [wait [a year]]."
    assert narrow("我们［欧盟：立即］报告", 0, "尽快") == "我们［欧盟：尽快］报告"
    for words in ("a] b", "a [b", "a \\"):
        with pytest.raises(TextError, match="open or close a bracket"):
            narrow("We [act] now.", 0, words)
    with pytest.raises(TextError, match="Drop it instead"):
        narrow("We [act] now.", 0, " ")
    with pytest.raises(TextError, match="no words that could be narrowed"):
        narrow("We [delete: EU] act.", 0, "x")


def test_holders_are_changed_only_where_they_are_written():
    assert hold("We [act] now", 0, "EU", "proposes") == "We [act] now"
    assert hold("We [EU: act] now", 0, "Japan", "proposes") == "We [EU, Japan: act] now"
    assert hold("We [EU: act] now", 0, "EU", "proposes") == "We [EU: act] now"
    assert hold("［欧盟：报告］", 0, "日本", "proposes") == "［欧盟、日本：报告］"
    assert hold("We [act – reserve EU] now", 0, "Japan", "reserves") == "We [act – reserve EU, Japan] now"
    assert unhold("We [act] now", 0, "EU") == "We [act] now"
    assert unhold("We [EU, Japan: act] now", 0, "EU") == "We [Japan: act] now"
    assert unhold("We [EU, Japan: act] now", 0, "Japan") == "We [EU: act] now"
    assert unhold("We [EU: act] now", 0, "EU") == "We [act] now"
    assert unhold("We [G-77: act – reserve EU] now", 0, "EU") == "We [G-77: act] now"
    assert unhold("We [delete: EU, Japan] act", 0, "EU") == "We [delete: Japan] act"
    assert unhold("We [delete: EU] act", 0, "EU") == "We act"
    with pytest.raises(TextError, match="Nobody is named"):
        hold("We [EU: act] now", 0, " ", "proposes")


@pytest.mark.parametrize("act", [lift, drop, lambda b, n: narrow(b, n, "x"), lambda b, n: choose(b, (n,), n)])
def test_a_bracket_that_is_not_there_is_said_in_a_sentence(act):
    with pytest.raises(TextError, match="There is no bracket 3 in this paragraph; it has 1"):
        act("We [act] now", 2)
    with pytest.raises(TextError, match="it has none"):
        act("We act now", 0)
    with pytest.raises(TextError, match="There is no bracket 0"):
        act("We [act] now", -1)


WORDS = st.sampled_from(["act", "model", "report", "safe", "安全", "报告", "the"])
BETWEEN = st.sampled_from([" ", " ", ", ", ""])
END = st.sampled_from(["", ".", " as said.", " (again)"])


@st.composite
def prose(draw, depth=0):
    """Words and brackets as they are typed: no bracket beside another and a word without a space."""
    parts = [draw(WORDS)]
    for _ in range(draw(st.integers(0, 3))):
        if depth < 2 and draw(st.booleans()):
            inner = draw(prose(depth=depth + 1))
            parts.append(
                draw(st.sampled_from([" [{}]", "[, {}]", "[{}]", " [{} ]", " [{}],", " [{}] [{}]"])).format(
                    inner, draw(WORDS)
                )
            )
            parts.append(draw(BETWEEN))
        parts.append(f"{draw(BETWEEN)}{draw(WORDS)}".lstrip(" ," if parts[-1].endswith((" ", ",")) else ""))
    return "".join(parts) + (draw(END) if not depth else "")


def one_by_one(body, fates, order):
    """The fates carried out in an order, with numbers counted anew each time."""
    brackets = parse(body).brackets
    left = [bracket.number for bracket in brackets]
    for number in order:
        if number in left:
            body = resolved(body, {left.index(number): fates[number]})
            start, end = brackets[number].start, brackets[number].end
            falls = [each for each in left if start < brackets[each].start < end and fates[number] == "dropped"]
            left = [each for each in left if each != number and each not in falls]
    return body


@given(prose(), st.data())
def test_the_order_of_acts_on_different_brackets_does_not_matter(body, data):
    count = len(parse(body).brackets)
    assume(2 <= count <= 4)
    fates = dict(enumerate(data.draw(st.lists(st.sampled_from(["lifted", "dropped"]), min_size=count, max_size=count))))
    results = {one_by_one(body, fates, order) for order in permutations(range(count))}
    assert results == {resolved(body, fates)}


@given(st.text(alphabet="ab安[]［］ ,.*^", max_size=40), st.data())
def test_words_that_do_not_fall_stay_character_for_character(body, data):
    found = parse(body)
    fates = {b.number: data.draw(st.sampled_from(["lifted", "dropped", None])) for b in found.brackets}
    result = resolved(body, {number: fate for number, fate in fates.items() if fate})

    def falls(number):
        return number is not None and (fates[number] == "dropped" or falls(found.brackets[number].parent))

    def kept(piece):
        if piece.kind in {"open", "close"} and fates[piece.within]:
            return ""
        return "" if falls(piece.within) else piece.text

    assert "".join(result.split()) == "".join("".join(kept(piece) for piece in found.pieces).split())
    if not any(fates.values()):
        assert result == body


@given(prose())
def test_with_every_bracket_lifted_the_words_are_those_without_marks(body):
    lifted = resolved(body, {bracket.number: "lifted" for bracket in parse(body).brackets})
    assert not parse(lifted).brackets
    assert "  " not in lifted
    assert " ," not in lifted
    assert "".join(lifted.split()) == "".join(body.translate({ord(c): None for c in "[]［］"}).split())


def test_many_brackets_in_one_paragraph_are_resolved_as_few_are():
    body = "a [b], " * 2000 + "c"
    assert resolved(body, dict.fromkeys(range(2000), "dropped")) == "a, " * 2000 + "c"
    assert resolved(body, dict.fromkeys(range(2000), "lifted")) == "a b, " * 2000 + "c"


@pytest.mark.parametrize(
    ("left", "right", "apart", "expected"),
    [
        ("shall", "should", True, "shall should"),
        ("shall", "should", False, "shallshould"),
        ("Article 2,", "to", True, "Article 2, to"),
        ("short-", "long", True, "short-long"),
        ("应", "应当", True, "应应当"),
        ("a ", " b", False, "a b"),
        ("a ", "\n b", False, "a\n b"),
        ("a ", "", False, "a"),
        ("", " b", False, "b"),
        ("", "", True, ""),
        ("a ", "[^1] b", False, "a[^1] b"),
        ("a ", " , b", False, "a , b"),
        ("安", " 全", False, "安全"),
        ("安", "\n全", False, "安\n全"),
    ],
)
def test_what_stands_at_a_seam(left, right, apart, expected):
    assert joined(left, right, apart=apart) == expected
