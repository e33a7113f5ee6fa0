"""Which bracket of one language is which of the other.

The languages put their words in different orders, so that order alone does not tell. Two brackets are the more alike
the more they agree in kind, holders, numbers, blanks, words of the term table, length, place, and the brackets around
them; of all ways to pair them, one of least cost is taken, where a bracket may also be left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tracktwo.text.figures import figures
from tracktwo.text.marked import Language
from tracktwo.text.prose import Bracket, Prose
from tracktwo.text.terms import Term, uses
from tracktwo.text.words import tokens

NAMES = (
    ("EU", "European Union", "欧盟", "欧洲联盟"), ("US", "USA", "United States", "United States of America", "美国"),
    ("UK", "United Kingdom", "英国"), ("China", "PRC", "中国"), ("Japan", "日本"), ("India", "印度"),
    ("Russia", "Russian Federation", "俄罗斯", "俄罗斯联邦"), ("Brazil", "巴西"), ("Canada", "加拿大"),
    ("Australia", "澳大利亚"), ("New Zealand", "新西兰"), ("Norway", "挪威"), ("Switzerland", "瑞士"),
    ("Korea", "Republic of Korea", "ROK", "韩国", "大韩民国"), ("Mexico", "墨西哥"), ("Türkiye", "Turkey", "土耳其"),
    ("Saudi Arabia", "沙特阿拉伯"), ("South Africa", "南非"), ("Egypt", "埃及"), ("Indonesia", "印度尼西亚"),
    ("Singapore", "新加坡"), ("Pakistan", "巴基斯坦"), ("Iran", "伊朗"), ("Argentina", "阿根廷"), ("Chile", "智利"),
    ("G77", "G-77", "七十七国集团", "77国集团"), ("African Group", "非洲集团"), ("Arab Group", "阿拉伯集团"),
    ("Umbrella Group", "伞形集团"), ("Secretariat", "秘书处"), ("Chair", "主席"), ("Co-Chairs", "联合主席"),
    ("Mediator", "调解人"),
)  # fmt: skip
"""Names of the same party in both languages."""

ALONE = 480
"""The cost of a bracket that is paired with none; two are paired where that costs less than leaving both alone."""
_KIND, _BLANK, _HOLDERS, _MARKS, _LENGTH, _AROUND, _WITHIN, _PLACE = 180, 360, 360, 480, 240, 240, 60, 240
_HAN_TO_A_WORD = 1.6


@dataclass(frozen=True, slots=True)
class BracketPair:
    """A bracket of each language, by number; None where there is none in the other."""

    en: int | None
    zh: int | None
    moved: bool = False
    """Whether it stands in another order among the others, which may be the languages' way."""


def paired(
    en: Prose, zh: Prose, *, table: Sequence[Term] = (), names: Sequence[Sequence[str]] = ()
) -> tuple[BracketPair, ...]:
    """The brackets of a provision's two languages, paired: by number in English, then those in Chinese alone.

    ``names`` are rows of names of the same party, besides those known everywhere. A least-cost assignment, in time
    cubic in the number of brackets of the provision (Crouse 2016, as SciPy has it).
    """
    rows = costs(en, zh, table=table, names=names)
    partner: dict[int, int] = {}
    if en.brackets and zh.brackets:
        import numpy as np
        from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

        # leaving a bracket of English alone is to pair it with one of as many blanks
        matrix = np.full((len(en.brackets), len(zh.brackets) + len(en.brackets)), ALONE)
        matrix[:, : len(zh.brackets)] = np.array(rows) - ALONE
        chosen = zip(*linear_sum_assignment(matrix), strict=True)
        partner = {int(row): int(column) for row, column in chosen if column < len(zh.brackets)}
    kept = _in_order([partner[number] for number in sorted(partner)])
    pairs = [
        BracketPair(number, partner.get(number), number in partner and partner[number] not in kept)
        for number in range(len(en.brackets))
    ]
    taken = set(partner.values())
    return (*pairs, *(BracketPair(None, number) for number in range(len(zh.brackets)) if number not in taken))


def same_party(name: str, names: Sequence[Sequence[str]] = ()) -> str:
    """The first name under which a party is known, whatever the language; the name itself where it is not known."""
    folded = name.casefold()
    rows = (row for row in (*names, *NAMES) if folded in (each.casefold() for each in row))
    return next((row[0] for row in rows), folded)


def costs(en: Prose, zh: Prose, *, table: Sequence[Term] = (), names: Sequence[Sequence[str]] = ()) -> list[list[int]]:
    """What it costs to pair each bracket of English with each of Chinese; 0 where they agree in everything."""
    left, right = _features(en, "en", table, names), _features(zh, "zh", table, names)
    own = [[_cost(one, other) for other in right] for one in left]
    whole: list[list[int]] = []
    for row, one in enumerate(left):
        whole.append([])
        for column, other in enumerate(right):
            # brackets are numbered as they open, so that those around are before those within
            around = _AROUND * ((one.parent is None) != (other.parent is None))
            if one.parent is not None and other.parent is not None:
                around = min(whole[one.parent][other.parent] // 2, _AROUND)
            whole[-1].append(own[row][column] + around)
    return whole


@dataclass(frozen=True, slots=True)
class _Features:
    kind: str
    parent: int | None
    children: int
    holders: frozenset[tuple[str, str]]
    marks: frozenset[tuple[str, object]]
    """Its own numbers, blanks and terms."""
    all_marks: frozenset[tuple[str, object]]
    """The same with those of the brackets within it."""
    words: float
    """Its own, as many as there would be in English."""
    place: float
    """Its rank among the brackets of the provision, from 0 to 1."""


def _features(
    prose: Prose, language: Language, table: Sequence[Term], names: Sequence[Sequence[str]]
) -> list[_Features]:
    children = Counter(bracket.parent for bracket in prose.brackets)
    words = _own_words(prose)
    marks = _marks(prose, language, table, words)
    all_marks = [set(own) for own in marks]
    for bracket in reversed(prose.brackets):  # those within come after those around
        if bracket.parent is not None:
            all_marks[bracket.parent] |= all_marks[bracket.number]
    long = [sum(token.isalnum() for token in tokens(own)) for own in words]
    return [
        _Features(
            kind=bracket.kind,
            parent=bracket.parent,
            children=children[bracket.number],
            holders=parties(bracket, names),
            marks=frozenset(marks[number]),
            all_marks=frozenset(all_marks[number]),
            words=long[number] if language == "en" else long[number] / _HAN_TO_A_WORD,
            place=(number + 0.5) / len(prose.brackets),
        )
        for number, bracket in enumerate(prose.brackets)
    ]


def _own_words(prose: Prose) -> list[str]:
    """What stands in each bracket and in none within it: that is its own, wherever the others belong."""
    own: list[list[str]] = [[] for _ in prose.brackets]
    for piece in prose.pieces:
        if piece.kind == "words" and piece.within is not None:
            own[piece.within].append(piece.text)
    return [" ".join(texts) for texts in own]


def _marks(
    prose: Prose, language: Language, table: Sequence[Term], words: Sequence[str]
) -> list[set[tuple[str, object]]]:
    """The numbers and blanks of each bracket, and the rows of the term table that are used in it."""
    marks: list[set[tuple[str, object]]] = [
        {("number", figure.comparable) for figure in figures(own, language)} for own in words
    ]
    for bracket in prose.brackets:
        if bracket.kind == "placeholder":
            marks[bracket.number].add(("blank", blank(prose.content(bracket))))
    for use in uses(prose, language, table):
        around = [bracket.number for bracket in prose.brackets if bracket.start <= use.start < bracket.end]
        if around:
            marks[around[-1]] |= {("term", row) for row, term in enumerate(table) if use.word in (*term.en, *term.zh)}
    return marks


def parties(bracket: Bracket, names: Sequence[Sequence[str]] = ()) -> frozenset[tuple[str, str]]:
    """The holders of a bracket by name, whatever the language, and what they ask."""
    return frozenset((same_party(holder.name, names), holder.stance) for holder in bracket.holders)


def blank(content: str) -> str:
    """What is to be filled in, as it can be compared between languages: ``20xx``; ``x`` where nothing is said."""
    bare = content.strip().strip("*_ ").casefold().replace("ｘ", "x").replace("×", "x")
    if bare.startswith(("placeholder", "to be ", "待补", "待填", "占位")):
        return "words"
    return bare if any(character in "xyz" for character in bare) else "x"


def _cost(one: _Features, other: _Features) -> int:
    cost = 0
    if one.kind != other.kind:
        cost += _BLANK if "placeholder" in {one.kind, other.kind} else _KIND
    cost += _apart(one.holders, other.holders, _HOLDERS)
    cost += _apart(one.marks, other.marks, _MARKS // 2) + _apart(one.all_marks, other.all_marks, _MARKS // 2)
    shorter, longer = sorted((one.words + 2, other.words + 2))
    cost += round(_LENGTH * (1 - shorter / longer))
    cost += _WITHIN * min(abs(one.children - other.children), 2)
    return cost + round(_PLACE * abs(one.place - other.place))


def _apart(one: frozenset[tuple[str, str]] | frozenset[tuple[str, object]],
           other: frozenset[tuple[str, str]] | frozenset[tuple[str, object]], most: int) -> int:  # fmt: skip
    """How far two sets are apart, from 0 to ``most`` (Jaccard)."""
    return round(most * (1 - len(one & other) / len(one | other))) if one or other else 0


def _in_order(numbers: Sequence[int]) -> set[int]:
    """As many of them as can be that rise from one to the next."""
    ends: list[int] = []
    places: list[int] = []
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
        places.append(place)
    kept: set[int] = set()
    wanted = len(ends) - 1
    for number, place in zip(reversed(numbers), reversed(places), strict=True):
        if place == wanted and (not kept or number < min(kept)):
            kept.add(number)
            wanted -= 1
    return kept
