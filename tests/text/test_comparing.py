from __future__ import annotations

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracktwo.text import comparing
from tracktwo.text.comparing import Edit, apply, diff, redline, reversed_, tokens
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Paragraph, Run

WORDS = [
    "Parties",
    "shall",
    "should",
    "the",
    "of",
    "and",
    "don't",
    "low-emission",
    "3.3bis",
    "20XX",
    ",",
    ".",
    "[",
    "]",
]
HAN = [*"各方应宜采取行动的和国家、，。［］减缓适", "𠀀", "神"]
ODD = [
    "e\u0301",
    "\u0301",
    "\u200d",
    "👩\u200d👩\u200d👧",
    "🇨🇳",
    "🇫",
    "\ud800",
    "\udc00",
    "\r",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "\u3000",
]

english = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
chinese = st.lists(st.sampled_from(HAN), max_size=30).map("".join)
mixed = st.lists(st.sampled_from([*WORDS, *HAN, *ODD]), max_size=30).map("".join)
repetitive = st.lists(st.sampled_from("abc"), max_size=12).map(" ".join)
texts = st.one_of(english, chinese, mixed, st.text())


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """A text and what became of it: most of it kept, some of it deleted, some of it new."""
    a = draw(texts)
    parts = tokens(a)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(parts)))
        end = draw(st.integers(start, min(len(parts), start + 4)))
        parts[start:end] = tokens(draw(st.one_of(st.just(""), mixed.map(lambda text: text[:8]))))
    return a, "".join(parts)


both = st.one_of(
    versions(),
    st.tuples(repetitive, repetitive),
    st.tuples(texts, texts),
    st.tuples(english, english),
    st.tuples(chinese, chinese),
)


def ends(parts: list[str]) -> set[int]:
    found, at = {0}, 0
    for part in parts:
        at += len(part)
        found.add(at)
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("don't, low-emission", ["don't", ",", " ", "low-emission"]),
        ("Party’s 3.3bis. 20XX", ["Party’s", " ", "3.3bis", ".", " ", "20XX"]),
        ("17,000 of 2.5%,", ["17,000", " ", "of", " ", "2.5", "%", ","]),
        ("- a-b -c d-", ["-", " ", "a-b", " ", "-", "c", " ", "d", "-"]),
        ("[shall][should]", ["[", "shall", "]", "[", "should", "]"]),
        ("[x]-[y]% and[/or]", ["[", "x", "]", "-", "[", "y", "]", "%", " ", "and", "[", "/", "or", "]"]),
        ("各方［应］采取", ["各", "方", "［", "应", "］", "采", "取"]),
        ("第3.1条〔2024〕AI系统", ["第", "3.1", "条", "〔", "2024", "〕", "AI", "系", "统"]),
        ("𠀀神𰻞", ["𠀀", "神", "𰻞"]),
        ("a  b\u3000 c", ["a", "  ", "b", "\u3000 ", "c"]),
        ("a\r\n\nb\r", ["a", "\r\n", "\n", "b", "\r"]),
        ("cafe\u0301 が 葛\U000e0100", ["cafe\u0301", " ", "が", " ", "葛\U000e0100"]),
        ("👩\u200d👩\u200d👧👍🏽🇨🇳🇫🇷1️⃣", ["👩\u200d👩\u200d👧", "👍🏽", "🇨🇳", "🇫🇷", "1️⃣"]),
        ("a\ud800b", ["a", "\ud800", "b"]),
        ("Киото протокол", ["Киото", " ", "протокол"]),
    ],
)
def test_tokens_are_words_in_english_and_characters_in_chinese(text: str, parts: list[str]) -> None:
    assert tokens(text) == parts


@settings(max_examples=500)
@given(texts)
def test_tokens_are_the_text_and_end_where_graphemes_end(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert ends(tokens(text)) <= ends(regex.findall(r"\X", text))


# deletions as {-…-}, insertions as {+…+}
ENGLISH = [
    # a word for another
    "Parties {-shall-}{+should+} reduce emissions.",
    "by {-20XX-}{+2030+}, and by {-[X]-}{+40+}% at most",
    "the {-Party-}{+Parties+} concerned",
    "{-don't-}{+do not+} exceed",
    "{-3.3bis-}{+3.4+}. Parties shall report.",
    # two words apart, each for itself
    "Parties {-shall-}{+should+} take {-action-}{+measures+}.",
    "in {-2020-}{+2025+}. {-Parties-}{+States+} report",
    # a phrase for another: no comb of what both happen to have
    "{-reduce the emissions-}{+cut the pollution+} by half",
    "to {-protect people, livelihoods-}{+preserve cities, ecosystems+} and forests",
    "shall {-prepare, communicate and maintain plans-}{+undertake ambitious and regular efforts+}.",
    # words added and taken out
    "Parties shall{+, as appropriate,+} report.",
    "All {-developed country -}Parties shall report.",
    "Parties shall report{+ every year+}.",
    "{+Developed country +}Parties shall report.",
    "mitigation {+and adaptation +}of the highest ambition",
    "food, {+water, +}energy and health",
    "{-the Parties and -}the observers",
    "Parties report. {+Observers report. +}The secretariat publishes.",
    "One line.\n{+A new line.\n+}The last line.",
    "One line.\n{-The old line.\n-}The last line.",
    "{+Recalling its decision 1/CP.17,\n+}Recalling its decision 1/CP.18,",
    # the same words again
    "Parties and {+Parties and +}Parties",
    "{+the Parties and +}the Parties",
    "of the first and {+of the second and +}of the third",
    # moved within a sentence
    "Parties shall {-fully -}take action{+ fully+}.",
]
BRACKETS = [
    "Parties {+[+}shall{+]+} report.",
    "Parties {-[-}shall{-]-} report.",
    "Parties shall {+[+}take action and report{+]+}.",
    "Parties {+[+}shall{+][should]+} report.",
    "Parties {-[-}shall{-][should]-} report.",
    "Parties [shall]{+[may]+}[should] report.",
    "Parties {+[+}[shall][should] report{+]+}.",
    "{+[+}Parties{+]+} shall {+[+}report{+]+}.",
    "Parties [shall {+[, as appropriate,] +}report].",
    "Parties [shall [{-take action-}{+act+}]] now",
    "{+[EU: +}the global goal{+]+} on adaptation",
    "{+Option 1: +}[No text]",
]
CHINESE = [
    "各方{-应-}{+宜+}采取行动。",
    "各方{+［+}应{+］［宜］+}采取行动。",
    "各方{-［-}应{-］［宜］-}采取行动。",
    "各方应{+尽快+}采取行动。",
    "各方应{-尽快-}采取行动。",
    "发展中国家{+和发达国家+}缔约方",
    "减缓{+、适应+}和融资",
    "在{-2020-}{+2025+}年前采取行动",
    "{-加强合作的机制-}{+推动协调的平台+}已经建立",
    "保障人工智能的安{-全-}{+保+}",
    "各方应报告。{+秘书处应公布报告。+}本条即行生效。",
    "{+［+}各方应采取行动。{+］+}",
    "{-缔约-}{+与会+}方应当保密",
    "𠀀{-𠀁-}{+𠀂+}𠀃",
]
MIXED = [
    "各方应使用 {-GPT-}{+Claude+} 进行测试",
    "第{-3.1-}{+3.2+}条 {+[+}Article 3{+]+}",
    "AI{+（人工智能）+} safety 安全",
    "安全 (safety{+ or security+})",
    "20{+ +}个百分点",
    "各方 {-shall 应-}{+should 宜+} 采取行动",
]


@pytest.mark.parametrize("marked", [*ENGLISH, *BRACKETS, *CHINESE, *MIXED])
def test_changes_are_marked_as_a_person_would_have_marked_them(marked: str) -> None:
    a = regex.sub(r"(?s)\{\+.*?\+\}|\{-|-\}", "", marked)
    b = regex.sub(r"(?s)\{-.*?-\}|\{\+|\+\}", "", marked)
    marks = {"keep": "{}", "delete": "{{-{}-}}", "insert": "{{+{}+}}"}
    assert "".join(marks[edit.kind].format(edit.text) for edit in diff(a, b)) == marked


@settings(max_examples=500)
@given(both)
def test_the_changes_make_the_later_version_and_their_reverse_the_earlier_one(pair: tuple[str, str]) -> None:
    a, b = pair
    assert apply(diff(a, b), a) == b
    assert apply(reversed_(diff(a, b)), b) == a
    assert reversed_(reversed_(diff(a, b))) == diff(a, b)


@settings(max_examples=500)
@given(both)
def test_no_change_is_empty_beside_its_like_or_within_a_word(pair: tuple[str, str]) -> None:
    a, b = pair
    for edits in (diff(a, b), reversed_(diff(a, b))):
        kinds = [edit.kind for edit in edits]
        assert all(edit.text for edit in edits)
        assert not any(two in (["insert", "delete"], [two[0]] * 2) for two in zip_two(kinds))
    assert ends([edit.text for edit in diff(a, b) if edit.kind != "insert"]) <= ends(tokens(a))
    assert ends([edit.text for edit in diff(a, b) if edit.kind != "delete"]) <= ends(tokens(b))


def zip_two(kinds: list[str]) -> list[list[str]]:
    return [kinds[k : k + 2] for k in range(len(kinds) - 1)]


@given(texts)
def test_a_text_is_kept_as_a_whole_in_itself(text: str) -> None:
    assert diff(text, text) == ((Edit("keep", text),) if text else ())
    assert diff("", text) == ((Edit("insert", text),) if text else ())
    assert diff(text, "") == ((Edit("delete", text),) if text else ())


@given(english, st.sampled_from(["xx yy ", "xx, yy; zz. ", "xx [yy] zz "]), st.randoms(use_true_random=False))
def test_a_phrase_put_in_is_one_insertion_and_taken_out_one_deletion(text: str, phrase: str, random: object) -> None:
    words = text.split(" ")
    at = random.randint(0, len(words))  # type: ignore[attr-defined]
    longer = " ".join([*words[:at], phrase.strip(), *words[at:]]) if text else phrase
    assert [len(edit.text) for edit in diff(text, longer) if edit.kind == "insert"] == [len(longer) - len(text)]
    assert [edit.kind for edit in diff(text, longer) if edit.kind != "keep"] == ["insert"]
    assert [edit.kind for edit in diff(longer, text) if edit.kind != "keep"] == ["delete"]


@given(
    st.one_of(english, chinese, mixed).map(lambda text: regex.sub(r"[\[\]［］]", "", text)),
    st.sampled_from(["[]", "［］"]),
    st.data(),
)
def test_brackets_put_around_words_are_all_that_changes(text: str, marks: str, data: st.DataObject) -> None:
    parts = tokens(text)
    words = [at for at, part in enumerate(parts) if not part.isspace()]
    assume(words)
    start, end = sorted(data.draw(st.tuples(*[st.sampled_from(words)] * 2)))
    parts[start : end + 1] = [marks[0], *parts[start : end + 1], marks[1]]
    bracketed = "".join(parts)
    assume(tokens(bracketed) == parts)  # a lone accent would go with the bracket before it
    changes = [edit for edit in diff(text, bracketed) if edit.kind != "keep"]
    assert changes == [Edit("insert", mark) for mark in marks]


@given(both)
def test_what_is_kept_between_two_changed_words_is_more_than_spaces(pair: tuple[str, str]) -> None:
    edits = diff(*pair)
    for k, edit in enumerate(edits[:-1]):
        if edit.kind == "keep" and k and regex.fullmatch(r"[ \u3000]+", edit.text):
            earlier, later = (
                [e.text for e in near if e.kind != "keep" and regex.search(r"\p{Lu}|\p{Ll}", e.text)]
                for near in (edits[max(0, k - 1) : k], edits[k + 1 : k + 2])
            )
            assert not (earlier and later)


def test_texts_too_long_for_one_search_are_compared_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    a = "".join(f"{n}. Party {n} shall report [to the CMA] every {n % 7} years.\n" for n in range(300))
    b = a.replace("200. Party 200 shall", "200. Party 200 should").replace("[to the CMA] every 3", "every 3")
    expected = diff(a, b)
    assert sum(edit.kind != "keep" for edit in expected) == 2 + 43
    monkeypatch.setattr(comparing, "CELLS", 1_000)
    assert diff(a, b) == expected
    assert apply(diff(a, "x y " * 999), a) == "x y " * 999


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Parties may report.", "after 8 characters they expect “shall”, and “may report.”"),
        ("Parties shall report. Now.", "they end after 21 of 26 characters"),
        ("Parties", "after 0 characters they expect “Parties ”, and “Parties”"),
    ],
)
def test_changes_of_another_text_are_refused_with_the_place(text: str, where: str) -> None:
    with pytest.raises(TextError, match=regex.escape(where)):
        apply(diff("Parties shall report.", "Parties should report."), text)


@given(both)
def test_a_redline_reads_as_both_versions(pair: tuple[str, str]) -> None:
    paragraph = Paragraph(redline(*pair, author="Institute B"))
    assert (paragraph.before, paragraph.after) == pair
    assert {run.author for run in paragraph.runs if run.change} <= {"Institute B"}


def test_a_redline_names_the_delegation_at_changes_alone() -> None:
    assert redline("Parties shall report.", "Parties should report.", author="Institute B") == (
        Run("Parties "),
        Run("shall", "delete", "Institute B"),
        Run("should", "insert", "Institute B"),
        Run(" report."),
    )
