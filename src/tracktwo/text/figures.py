"""Numbers in words of either language, in a form in which they can be compared: 百分之五十五 and 55 per cent are alike.

What the languages write as a number or not as they please is left out on both sides, so that it is not taken for a
difference: one and 一 (an article as often as a number), ordinals (first, 1st, 第一届), and words for numbers unless
something is counted with them, such as time or parties (统一 and 十分 are no numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tracktwo.text.marked import Language
from tracktwo.text.numbering import han

_HAN = "〇零一二三四五六七八九十百千两"
_NAMES = "one two three four five six seven eight nine ten eleven twelve thirteen"
_SMALL = {word: value for value, word in enumerate(_NAMES.split(), 1)}
_SMALL |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_SHARES = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_TIMES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10,
    "千亿": 10**11, "万亿": 10**12, "": 1
}  # fmt: skip
_CALENDAR = "January February March April May June July August September October November December"
_MONTHS = {month: value for value, month in enumerate(_CALENDAR.split(), 1)}
_MONTH = f"(?-i:{'|'.join(_MONTHS)})"
_DIGITS = r"\d+(?:[,，]\d{3})*(?:\.\d+)*"
_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_COUNTED = r"""\s+(?:\w+\s+)?(?:years?|months?|weeks?|days?|hours?|minutes?|part(?:y|ies)|states|countries|persons
    |people|members|experts|articles|paragraphs|languages|copies|rounds|levels|institutions)\b"""
_COUNTED_IN_CHINESE = r"个?(?:年|月|周|日|天|小时|分钟|工作日|缔约方|国家?|名|人|位|条|款|份|轮|级|机构|种语[言文])"
_ENGLISH = re.compile(
    rf"""
    (?P<ordinal>\b\d+(?:st|nd|rd|th)\b)
  | (?P<blank>\b\d*x{{2,4}}\b)
  | \b(?:articles?|paragraphs?|sections?|annex(?:es)?)\s+(?P<place>\d+(?:\.\d+)*)
  | (?P<day>(?<![\w.])\d{{1,2}})\s+(?P<month>{_MONTH})\b | \b(?P<month_first>{_MONTH})\b(?=\s+\d)
  | (?P<half>\bhalf\b)
  | \b(?P<upper>{_WORDS})[\s-](?P<lower>{"|".join(_SHARES)})s?\b
  | (?<![\w.])(?P<number>{_DIGITS})(?:[\s-]?(?P<times>hundred|thousand|million|billion|trillion)\b)?
    (?P<percent>\s*(?:%|％|per\s?cent\b))?
  | \b(?P<word>{_WORDS})\b (?: [\s-](?P<word_times>hundred|thousand|million|billion)\b
      | (?P<word_percent>\s+per\s?cent\b) | (?={_COUNTED}) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CHINESE = re.compile(
    rf"""
    (?P<ordinal>第[{_HAN}\d]+(?=[届次轮位个阶类级天日年]))
  | (?P<blank>(?<![A-Za-z])\d*[xX×]{{2,4}}(?![A-Za-z]))
  | 百分之(?P<hundredths>\d+(?:\.\d+)?|[{_HAN}]+(?:点[{_HAN}]+)?)
  | (?P<lower>[{_HAN}]+|\d+)分之(?P<upper>[{_HAN}]+|\d+)
  | 第(?P<places>[{_HAN}\d.]+(?:(?:以及|[、，和及或至])[{_HAN}\d.]+)*)(?=[条款项章节段])
  | (?P<half>半数|一半)
  | (?<![A-Za-z.\d])(?P<number>{_DIGITS})(?:\s?(?P<times>万亿|[百千]?[万亿]|[百千]))?(?P<percent>\s*[%％])?
  | (?<![几数])(?P<word>[{_HAN}]+)(?P<word_times>[百千]?[万亿])?(?={_COUNTED_IN_CHINESE})
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and where it stands."""

    value: Fraction | str
    """A blank such as ``20xx`` is kept as it is written, in small letters."""
    percent: bool
    start: int
    end: int
    text: str

    @property
    def comparable(self) -> tuple[str, bool]:
        """What is equal in the two languages: 55 % and 百分之五十五, 0.1 million and 10 万."""
        return str(self.value), self.percent


def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """The numbers in a text, in the order in which they stand; full-width digits are digits."""
    narrow = text.translate(_WIDE)
    found = _english(narrow) if language == "en" else _chinese(narrow)
    return tuple(Figure(value, percent, start, end, text[start:end]) for value, percent, start, end in found)


_WIDE = str.maketrans({chr(0xFF10 + digit): str(digit) for digit in range(10)} | {"．": ".", "Ｘ": "X", "ｘ": "x"})
_Found = tuple[Fraction | str, bool, int, int]
"""Value, whether it is per cent, and where it begins and ends."""


def _english(text: str) -> Iterator[_Found]:
    for found in _ENGLISH.finditer(text):
        start, end = found.span()
        if found["blank"]:
            yield found["blank"].lower(), False, start, end
        elif found["place"]:
            yield from _parts(found["place"], found.start("place"))
        elif found["day"]:
            yield Fraction(found["day"]), False, start, found.end("day")
            yield Fraction(_MONTHS[found["month"]]), False, found.start("month"), end
        elif found["month_first"]:
            yield Fraction(_MONTHS[found["month_first"]]), False, start, end
        elif found["half"]:
            yield Fraction(1, 2), False, start, end
        elif found["upper"]:
            yield Fraction(_SMALL[found["upper"].lower()], _SHARES[found["lower"].lower()]), False, start, end
        elif found["number"]:
            yield from _digits(found, bool(found["percent"]))
        elif found["word"] and (found["word"].lower() != "one" or found["word_times"] or found["word_percent"]):
            times = _TIMES[(found["word_times"] or "").lower()]
            yield Fraction(_SMALL[found["word"].lower()] * times), bool(found["word_percent"]), start, end


def _chinese(text: str) -> Iterator[_Found]:
    for found in _CHINESE.finditer(text):
        start, end = found.span()
        if found["blank"]:
            yield found["blank"].lower().replace("×", "x"), False, start, end
        elif found["hundredths"]:
            yield _value(found["hundredths"]), True, start, end
        elif found["lower"]:
            if lower := _value(found["lower"]):
                yield _value(found["upper"]) / lower, False, start, end
        elif found["places"]:
            yield from _parts(found["places"], found.start("places"))
        elif found["half"]:
            yield Fraction(1, 2), False, start, end
        elif found["number"]:
            yield from _digits(found, bool(found["percent"]))
        elif found["word"] and (
            found["word"] != "一" or found["word_times"] or text[start - 1 : start] in {"年", "月"}
        ):
            yield _value(found["word"]) * _TIMES[found["word_times"] or ""], False, start, end


def _parts(places: str, start: int) -> Iterator[_Found]:
    """The numbers of provisions: 4.9 is paragraph 9 of article 4."""
    for part in re.finditer(rf"\d+|[{_HAN}]+", places):
        yield _value(part[0]), False, start + part.start(), start + part.end()


def _digits(found: re.Match[str], percent: bool) -> Iterator[_Found]:
    """A number in digits; one with several points, such as 4.1.2, is a place."""
    digits = re.sub("[,，]", "", found["number"])
    if digits.count(".") > 1:
        yield from _parts(found["number"], found.start("number"))
    else:
        yield Fraction(digits) * _TIMES[(found["times"] or "").lower()], percent, found.start(), found.end()


def _value(text: str) -> Fraction:
    """A number in digits or in Chinese, with a point or without."""
    if text[0].isdigit() and text.isascii():
        return Fraction(text)
    whole, _, rest = text.partition("点")
    value = Fraction(_whole(whole))
    return value + Fraction(int("".join(str(han(each)) for each in rest)), 10 ** len(rest)) if rest else value


def _whole(text: str) -> int:
    if not set(text) & {"十", "百", "千"}:
        return int("".join(str(han(character)) for character in text))  # 二〇三〇
    thousands, apart, rest = text.rpartition("千")
    return (han(thousands) or 1) * 1000 * bool(apart) + han(rest)
