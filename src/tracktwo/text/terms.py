"""The term table of an instrument: which words of the two languages stand for each other, and where a text departs.

Whether shall is 应 or 应当, and whether 安全 is safety or security, is fixed for each instrument by those who negotiate
it. :data:`DEFAULT` is a proposal that a mediator confirms or changes, nothing that the software decides.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracktwo.text.errors import TextError
from tracktwo.text.lifted import lifted
from tracktwo.text.marked import Language
from tracktwo.text.prose import Prose

HEADER = ["en", "zh", "note"]
_SEVERAL = re.compile(r"\s*[;；|]\s*")
_LETTER = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS_WITH_THEM = """
    适应 反应 供应 相应 对应 响应 效应 感应 回应 呼应 顺应 理应 答应 应用 应对 应急 应答 应付 应变 应邀 应有 应届 应允
    适宜 便宜 事宜 宜居 时宜 相宜 权宜
    可能 认可 许可 可持续 可再生 可靠 可信 可行 可见 可比 可控 可及 可逆 可预见 可预测 可操作 可扩展 可观 可谓 可否
    可互操作 不可避免 不可或缺 不可逆 不可抗力 不可分割 不可持续 不可靠 不可行 不可预见 不可预测
    能力 功能 智能 能源 性能 核能 节能 能效 效能 职能 技能 才能 能量 动能 产能 赋能 潜能 本能 万能 太阳能 风能 电能 热能
    能否 能动 不得不 不得已 须知 无须 胡须 安全理事会
"""
OTHER_CHINESE = (
    r"(?<![^，。；：、])应(?=[^当，。；、][^，。；、]{0,11}(?:请求|邀请)[，,])",  # at the request of
    r"可(?:核查|验证|追溯|溯源|解释|量化|衡量|测量|接受|获得|获取|利用|执行|适用|重复|报告)(?=[的性、，且和或])",
    *_WORDS_WITH_THEM.split(),
)
"""Chinese words in which a word of a table may stand without being it, as patterns; the table goes before them."""
OTHER_ENGLISH = (r"(?-i:May)(?=\s+\d)", r"(?<=\d )(?-i:May)\b", r"(?<=in )(?-i:May)\b", "(?-i:Security Council)")
"""The same of English: the month of May, and the Security Council, which is 安理会 too."""


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the table: any of the words of one language stands for any of the other's."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A word of the table in a paragraph."""

    language: Language
    word: str
    """As the table has it."""
    start: int
    end: int
    """Characters from the beginning of the paragraph, with whatever marks stand within the word."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A provision whose two languages do not use the words of some rows alike."""

    terms: tuple[Term, ...]
    """Rows that share a word, such as safety and security with 安全."""
    en: tuple[Use, ...]
    zh: tuple[Use, ...]
    """Every use of these rows in either language: 3 × shall, 2 × 应."""
    alone: tuple[Use, ...]
    """Those that have no other half in the other language."""

    @property
    def missing(self) -> bool:
        """Whether one of the languages does not use these rows at all."""
        return not self.en or not self.zh


DEFAULT = (
    Term(("shall",), ("应", "应当"), "GB/T 1.1-2020: 应; statutes of China: 应当"),
    Term(("shall not", "must not"), ("不得", "不应"), "statutes of China: 不得; GB/T 1.1-2020: 不应"),
    Term(("should",), ("宜",), "GB/T 1.1-2020: 宜; treaties of the United Nations often have 应 or 应当: confirm"),
    Term(("should not",), ("不宜",), "as should"),
    Term(("may",), ("可", "可以"), "permission"),
    Term(("may not",), ("不得", "不可"), "prohibition; where it means that something is possible, 可能不"),
    Term(("can",), ("能", "能够"), "ability"),
    Term(("cannot", "can not"), ("不能",), "ability"),
    Term(("must",), ("必须", "须"), "avoid beside shall"),
    Term(("safety",), ("安全",), "against accidents and harm"),
    Term(("security",), ("安全", "安保"), "against attack; 安保 where it is told apart from safety"),
    Term(("misinformation",), ("错误信息",), "false, without intent"),
    Term(("disinformation",), ("虚假信息",), "false, with intent"),
)
"""A proposal, to be confirmed for each instrument."""


def read_terms(text: str) -> tuple[Term, ...]:
    """A table from CSV with the header ``en,zh,note``; words that are alike stand in one cell, apart by semicolons.

    TextError with the row, as a spreadsheet counts it, where a cell is empty or in the other language, or a word of
    English stands in two rows. A word of Chinese may: 安全 is safety and security.
    """
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise TextError(f"The term table is no CSV: {error}.") from None
    if not rows or [cell.strip().lower() for cell in rows[0]] != HEADER:
        raise TextError("The first row of a term table is its header: en,zh,note.")
    terms: list[Term] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        term = _term(row, number)
        for word in term.en:
            if (other := seen.setdefault(word.casefold(), number)) != number:
                raise TextError(f"Row {number}: {word!r} already stands in row {other}; put all its equivalents there.")
        terms.append(term)
    return tuple(terms)


def _term(row: Sequence[str], number: int) -> Term:
    if len(row) not in {2, 3}:
        raise TextError(f"Row {number} has {len(row)} columns instead of en,zh,note; put a cell with commas in quotes.")
    words = {}
    for column, letter in (("en", _LETTER), ("zh", _HAN)):
        given = [" ".join(word.split()) for word in _SEVERAL.split(row[HEADER.index(column)].strip()) if word]
        wrong = next((word for word in given if not letter.search(word)), None)
        if not given or wrong is not None:
            what = "is empty" if wrong is None else f"holds {wrong!r}, which is in the other language"
            raise TextError(f"Row {number}, column {column} {what}.")
        words[column] = tuple(dict.fromkeys(given))
    return Term(words["en"], words["zh"], row[2].strip() if len(row) == 3 else "")


def uses(prose: Prose, language: Language, table: Sequence[Term]) -> tuple[Use, ...]:
    """Where the words of a table stand in a paragraph, all brackets lifted, the longest that fits at each place."""
    words = {word for term in table for word in (term.en if language == "en" else term.zh)}
    if not words:
        return ()
    plain = lifted(prose)
    known = {word.casefold(): word for word in words}
    return tuple(
        Use(language, known[" ".join(found[0].split()).casefold()], *plain.span(*found.span()))
        for found in _pattern(frozenset(words), language).finditer(plain.text)
        if found.lastindex  # a word of the table, not one that looks like it
    )


def _pattern(words: frozenset[str], language: Language) -> re.Pattern[str]:
    """What finds the words, each in a group, and the longer words in which they stand, in none."""
    others = OTHER_ENGLISH if language == "en" else OTHER_CHINESE
    edges = (r"(?<!\w)", r"(?!\w)") if language == "en" else ("", "")
    rows = [(len(other), f"(?:{other})") for other in others if other not in words]
    for word in words:
        spaced = re.escape(word).replace(r"\ ", r"\s+")
        rows.append((len(word), f"{edges[0]}({spaced}){edges[1]}"))
    return re.compile("|".join(pattern for _, pattern in sorted(rows, reverse=True)), re.IGNORECASE)


def departures(en: Prose, zh: Prose, table: Sequence[Term]) -> tuple[Departure, ...]:
    """Where the two languages of a provision do not use the words of a table alike.

    Each use in one language is paired with one in the other that a row allows, as many as can be; rows that share a
    word are judged together, so that safety and security may both be 安全. What is left over is alone.
    """
    return tuple(_departures(uses(en, "en", table), uses(zh, "zh", table), table))


def _departures(en: tuple[Use, ...], zh: tuple[Use, ...], table: Sequence[Term]) -> Iterator[Departure]:
    for terms in _together(table):
        left = tuple(use for use in en if any(use.word in term.en for term in terms))
        right = tuple(use for use in zh if any(use.word in term.zh for term in terms))
        allowed = {(one, other) for term in terms for one in term.en for other in term.zh}
        paired = _paired(Counter(use.word for use in left), Counter(use.word for use in right), allowed)
        alone = _left_over(left, Counter({word: sum(row.values()) for word, row in paired.items()}))
        alone += _left_over(right, sum((Counter(row) for row in paired.values()), Counter()))
        if alone:
            yield Departure(terms, left, right, alone)


def _paired(left: Counter[str], right: Counter[str], allowed: set[tuple[str, str]]) -> dict[str, Counter[str]]:
    """How often each word is paired with each of the other language so that most are (augmenting paths, Kuhn 1955)."""
    pairs: dict[str, Counter[str]] = {word: Counter() for word in left}
    free = Counter(right)

    def find(word: str, tried: set[str]) -> bool:
        for other in sorted(other for one, other in allowed if one == word):
            if other in tried or other not in right:
                continue
            tried.add(other)
            if free[other]:
                free[other] -= 1
            else:
                given_up = (each for each, row in pairs.items() if row[other] and find(each, tried))
                if (loser := next(given_up, None)) is None:
                    continue
                pairs[loser][other] -= 1
            pairs[word][other] += 1
            return True
        return False

    for word in left.elements():
        find(word, set())
    return pairs


def _left_over(given: tuple[Use, ...], paired: Counter[str]) -> tuple[Use, ...]:
    """The last uses of each word beyond those that are paired."""
    left = Counter(paired)
    alone = []
    for use in given:
        if left[use.word] > 0:
            left[use.word] -= 1
        else:
            alone.append(use)
    return tuple(alone)


def _together(table: Sequence[Term]) -> list[tuple[Term, ...]]:
    """The rows of a table, those that share a word together."""
    groups: list[tuple[set[str], list[Term]]] = []
    for term in table:
        words = {*term.en, *term.zh}
        joined = [group for group in groups if group[0] & words]
        merged = (
            words.union(*(group[0] for group in joined)),
            [each for group in joined for each in group[1]] + [term],
        )
        groups = [group for group in groups if group not in joined] + [merged]
    return [tuple(sorted(terms, key=table.index)) for _, terms in groups]
