"""The words that sentences on rules are put together from, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tracktwo.agreement.rules.forms import Base, Threshold
from tracktwo.agreement.rules.parts import Group
from tracktwo.agreement.rules.standing import Standing
from tracktwo.agreement.sentences import Sentence, listed

_SPOKEN = {
    Fraction(1, 2): Sentence("half", "半数"),
    Fraction(1, 3): Sentence("one third", "三分之一"),
    Fraction(2, 3): Sentence("two thirds", "三分之二"),
    Fraction(1, 4): Sentence("one quarter", "四分之一"),
    Fraction(3, 4): Sentence("three quarters", "四分之三"),
    Fraction(3, 5): Sentence("three fifths", "五分之三"),
    Fraction(4, 5): Sentence("four fifths", "五分之四"),
}
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BASES: dict[Base, Sentence] = {
    "members": Sentence("all{} delegations", "全体与会方"),
    "participating": Sentence("the{} participating delegations", "参加决定的与会方"),
    "present": Sentence("the{} delegations present", "出席的与会方"),
    "voting": Sentence("the{} delegations present and voting", "出席并参加表决的与会方"),
}
"""What a share is of; braces for how many they are."""
STANDINGS: dict[Standing, tuple[str, str, str]] = {
    "accepts": ("accepts", "accept", "接受"),
    "objects": ("objects", "object", "反对"),
    "absence": ("is absent", "are absent", "缺席"),
    "abstention": ("stands aside", "stand aside", "不阻拦"),
    "silence": ("says nothing though asked", "say nothing though asked", "经征询未作表示"),
    "ad-referendum": ("reserves ad referendum", "reserve ad referendum", "待核准"),
    "not-participating": ("does not participate", "do not participate", "不参加"),
    "no-record": ("has no position on record", "have no position on record", "无记录"),
}
"""How one delegation stands, how several do, and in Chinese."""


def spoken(share: Fraction) -> Sentence:
    """A share in words: two thirds, 55 %, 7/12."""
    if share in _SPOKEN:
        return _SPOKEN[share]
    percent = figure(share * 100)
    if "/" in percent:
        return Sentence(f"{share}", f"{share}")
    return Sentence(f"{percent} %", f"{percent}%")


def figure(value: Fraction) -> str:
    """A number as short as it is exact: 3, 58.82, 7/12."""
    if value.denominator == 1:
        return str(value.numerator)
    scaled = value * 10**6
    if scaled.denominator == 1:
        return f"{float(value):.6f}".rstrip("0") if abs(value) < 10**6 else str(value)
    return str(value)


def counted(number: int) -> str:
    """A number in an English sentence."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def capital(sentence: Sentence) -> Sentence:
    """With a capital letter in English."""
    return Sentence(sentence.en[:1].upper() + sentence.en[1:], sentence.zh)


def plural(number: int | Fraction, one: str, several: str) -> str:
    """The form that goes with the number."""
    return one if number == 1 else several


def asked_for(threshold: Threshold) -> Sentence:
    """What a threshold asks for, without of what: at least two thirds, and at least 15."""
    parts = []
    if threshold.share is not None:
        share = spoken(threshold.share)
        if threshold.more_than:
            parts.append(Sentence(f"more than {share.en}", f"超过{share.zh}"))
        else:
            parts.append(Sentence(f"at least {share.en}", f"至少{share.zh}"))
    if threshold.number is not None:
        number = figure(threshold.number)
        parts.append(Sentence(f"at least {number}", f"至少{number}{'个' if threshold.by == 'count' else ''}"))
    return listed(parts)


def whom(group: Group, base: Base, number: int | None = None) -> Sentence:
    """The delegations that a share is of, with their number if it is given."""
    among = BASES[base]
    many = Sentence("" if number is None else f" {number}", "" if number is None else f"（{number}个）")
    english, chinese = among.en.format(many.en), among.zh + many.zh
    if number == 1:
        english = english.replace("delegations", "delegation")
    match group.kind:
        case "all":
            return Sentence(english, chinese)
        case "side":
            return Sentence(f"{english} on side {group.side}", f"{group.side}方{chinese}")
        case "key":
            return Sentence(english.replace("delegation", "key actor"), chinese.replace("与会方", "关键行为方"))
        case "others":
            return Sentence(english.replace("delegation", "other delegation"), chinese.replace("与会方", "其他与会方"))


def clauses(sentences: Sequence[Sentence]) -> Sentence:
    """Clauses in a row: with and in English, with commas in Chinese."""
    return Sentence(listed(list(sentences)).en, "，".join(each.zh for each in sentences))


def within(group: Group) -> Sentence:
    """Where in the room: nothing for everybody, " on side A" and its like otherwise."""
    match group.kind:
        case "all":
            return Sentence("", "")
        case "side":
            return Sentence(f" on side {group.side}", f"{group.side}方")
        case "key":
            return Sentence(" among the key actors", "关键行为方")
        case "others":
            return Sentence(" among the other delegations", "关键行为方以外")


def stand(kind: Standing, who: Sequence[Sentence] | int) -> Sentence:
    """Who stands so, by name or by number: "Quill objects", "2 delegations object"."""
    one, several, chinese = STANDINGS[kind]
    if isinstance(who, int):
        return Sentence(
            f"{who} {plural(who, f'delegation {one}', f'delegations {several}')}", f"{who}个与会方{chinese}"
        )
    names = listed(list(who))
    return Sentence(f"{names.en} {plural(len(who), one, several)}", f"{names.zh}{chinese}")
