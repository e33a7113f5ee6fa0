"""Numbers in the two languages."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from prose_made_up import drafts

from tracktwo.text.figures import figures

ALIKE = [
    ("at least 55 per cent of emissions", "至少百分之五十五的排放"),
    ("at least 55 % of emissions", "至少５５％的排放"),
    ("by 2030", "到二〇三〇年"),
    ("by [20XX]", "到［20XX］年"),
    ("under Article 3, paragraph 2", "根据第三条第二款"),
    ("Article 4.9 of the Convention", "《公约》第四条第九款"),
    ("Articles 2, 3 and 4", "第二、三和四条"),
    ("Articles 2, 3 and 4", "第二条、第三条和第四条"),
    ("within three months", "三个月内"),
    ("within seventy-two (72) hours", "七十二（72）小时内"),
    ("on the thirtieth day", "在第三十天"),
    ("on 1 March 2027", "2027年3月1日"),
    ("On March 1, 2027", "二〇二七年三月一日"),
    ("two-thirds of the Parties", "三分之二的缔约方"),
    ("half of the Parties", "半数缔约方"),
    ("USD 100 billion a year", "每年1000亿美元"),
    ("100,000 operations", "10万次运算"),
    ("1.5 million", "150万"),
    ("the Parties may 10 times", "缔约方可10次"),
    ("unified, and very one of them", "统一，十分一致，一个"),
    ("at its first session", "第一届会议"),
    ("at its 2nd session", "第二次会议"),
    ("GPT-4 and CO2", "GPT-4和CO2"),
    ("two Parties", "两个缔约方"),
    ("4.1.2", "4.1.2"),
    ("every five years", "每五年"),
    ("2.5 %", "百分之二点五"),
    ("two hundred copies", "二百份"),
]


def compared(text: str, language: str) -> Counter[tuple[str, bool]]:
    return Counter(figure.comparable for figure in figures(text, language))


@pytest.mark.parametrize(("english", "chinese"), ALIKE)
def test_the_same_number_is_alike_in_both_languages(english, chinese) -> None:
    assert compared(english, "en") == compared(chinese, "zh")


def test_what_is_alike_is_a_number_and_not_merely_nothing() -> None:
    assert compared("at least 55 per cent by 2030, Article 3", "en") == Counter(
        [("55", True), ("2030", False), ("3", False)]
    )
    assert compared("三分之二，第三条第二款，10万", "zh") == Counter(
        [("2/3", False), ("3", False), ("2", False), ("100000", False)]
    )


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("55 %", "百分之五十"), ("2030", "二〇三五年"), ("Article 3", "第四条"), ("5", "5%"), ("20XX", "2030")],
)
def test_other_numbers_are_not_alike(english, chinese) -> None:
    assert compared(english, "en") != compared(chinese, "zh")


def test_a_number_tells_where_it_stands() -> None:
    (figure,) = figures("根据第十二条", "zh")
    assert (figure.value, figure.text, figure.start, figure.end) == (Fraction(12), "十二", 3, 5)


@given(drafts)
def test_any_text_can_be_searched_and_every_number_is_where_it_says(text) -> None:
    for language in ("en", "zh"):
        for figure in figures(text, language):
            assert text[figure.start : figure.end] == figure.text != ""
