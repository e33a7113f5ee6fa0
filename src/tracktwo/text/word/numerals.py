"""Numerals that Word counts paragraphs with (ECMA-376, part 1, section 17.18.59)."""

from __future__ import annotations

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HAN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"})


def numeral(number: int, form: str) -> str:
    """A number as one of Word's forms writes it; in figures where the form does not reach so far, or is not known."""
    letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 1 <= number <= 780 else str(number)
    if form == "lowerLetter":
        return letter
    if form == "upperLetter":
        return letter.upper()
    if form == "lowerRoman":
        return _roman(number)
    if form == "upperRoman":
        return _roman(number).upper()
    if form in _CHINESE and 0 < number < 10_000:
        return _counted(number)
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"} and number >= 0:
        return "".join(_HAN[int(digit)] for digit in str(number))
    if form == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= 12:
        return _BRANCHES[number - 1]
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalFullWidth" and number >= 0:
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    return str(number)


def _roman(number: int) -> str:
    if not 1 <= number < 4000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _counted(number: int) -> str:
    """Chinese numerals as they are read: 12 is 十二, 110 一百一十, 1,005 一千零五."""
    written, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            ten = unit == 10 and digit == 1 and not written
            written += ("零" if gap and written else "") + ("" if ten else _HAN[digit]) + sign
            gap = False
        else:
            gap = bool(written)
    return written
