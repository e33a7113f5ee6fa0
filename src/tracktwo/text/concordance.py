"""Concordance: that the two languages of a provision say the same.

Neither is the default: either may have been written first, and a change of either reopens what was agreed. What can be
compared without understanding is compared here; whether the words say the same is for the linguists of both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from tracktwo.text.documents import OPTION, Block
from tracktwo.text.errors import TextError
from tracktwo.text.figures import Figure, figures
from tracktwo.text.lifted import lifted
from tracktwo.text.marked import Language
from tracktwo.text.numbering import han, normal
from tracktwo.text.pairing import BracketPair, blank, paired, parties
from tracktwo.text.prose import Bracket, Prose
from tracktwo.text.terms import Term

__all__ = [
    "BracketPair", "Difference", "Place", "Stage", "State", "changed", "differences", "noted", "paired", "reviewed",
    "withdrawn"
]  # fmt: skip

Stage = Literal["untranslated", "draft", "reviewed", "concordant", "divergent"]


@dataclass(frozen=True, slots=True)
class State:
    """How far the two languages of a provision have been checked against each other."""

    reviews: tuple[str, ...] = ()
    """The sides whose linguists found that they say the same, in the order in which they did."""
    divergence: str = ""
    """Why they do not, in the words of who noted it."""
    noted_by: str = ""
    """The side that noted it."""
    bodies: bool = False
    """Whether the provision is there in both languages."""

    @property
    def stage(self) -> Stage:
        """Untranslated, draft, reviewed by one side, concordant once another side has too; or divergent."""
        if not self.bodies:
            return "untranslated"
        if self.divergence:
            return "divergent"
        return "draft" if not self.reviews else "reviewed" if len(self.reviews) == 1 else "concordant"


def changed(state: State, *, both: bool) -> State:
    """The state once a body was written or changed: whatever was found before is about other words.

    ``both`` says whether the provision is now there in both languages.
    """
    return State(bodies=both)


def reviewed(state: State, side: str) -> State:
    """The state once a side's linguist found that the two languages say the same.

    TextError where there is nothing to review, a divergence is open, or that side has reviewed already: the second
    review is the other side's.
    """
    _present(state)
    if not side:
        raise TextError("A review is one side's; say whose.")
    if state.stage == "divergent":
        raise TextError(
            f"{state.noted_by} noted that the languages diverge: {state.divergence} Change one of them, or let "
            f"{state.noted_by} withdraw the note, before the provision is reviewed."
        )
    if state.stage == "concordant":
        raise TextError("Both sides have reviewed this provision; it is concordant.")
    if side in state.reviews:
        raise TextError(f"{side} has reviewed this provision; the next review is the other side's.")
    return replace(state, reviews=(*state.reviews, side))


def noted(state: State, side: str, divergence: str) -> State:
    """The state once a side's linguist found that the two languages do not say the same, and why.

    Also what was concordant may prove divergent. That side's own review falls. TextError where there is nothing to
    compare, no reason is given, or another divergence is open.
    """
    _present(state)
    if not side or not divergence.strip():
        raise TextError("A divergence is noted by a side and with its reason: say what each language says.")
    if state.stage == "divergent":
        raise TextError(f"{state.noted_by} has already noted a divergence: {state.divergence}")
    kept = tuple(other for other in state.reviews if other != side)
    return replace(state, reviews=kept, divergence=divergence.strip(), noted_by=side)


def withdrawn(state: State, side: str) -> State:
    """The state once the side that noted a divergence takes the note back; TextError for any other side."""
    if state.stage != "divergent":
        raise TextError("No divergence is noted for this provision.")
    if side != state.noted_by:
        raise TextError(f"{state.noted_by} noted the divergence, and alone can withdraw it.")
    return replace(state, divergence="", noted_by="")


def _present(state: State) -> None:
    if state.stage == "untranslated":
        raise TextError("The provision is there in one language only; there is nothing to compare yet.")


DifferenceKind = Literal["bracket", "nesting", "holders", "blank", "number", "options", "label"]
"""A bracket that is there in one language alone; one that stands within another; one that others hold; a blank; a
number; options; the number of the provision."""


@dataclass(frozen=True, slots=True)
class Place:
    """Some characters of a paragraph."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two languages of a provision do not say alike."""

    kind: DifferenceKind
    en: Place | None
    """Where it stands in English; None where it is not there."""
    zh: Place | None


def differences(
    en: Block, zh: Block, *, table: Sequence[Term] = (), names: Sequence[Sequence[str]] = ()
) -> tuple[Difference, ...]:
    """Where the two languages of a paragraph differ in what can be compared without understanding them.

    ``names`` are rows of names of the same party in both languages, besides those known everywhere.
    """
    pairs = paired(en.prose, zh.prose, table=table, names=names)
    return (
        *_labels(en, zh),
        *_brackets(en.prose, zh.prose, pairs, names),
        *_numbers(en, zh),
    )


def _labels(en: Block, zh: Block) -> Iterator[Difference]:
    if _label(en.label) != _label(zh.label):
        yield Difference("label", _said(en, en.label), _said(zh, zh.label))
    left, right = ([_option(label) for label in block.options] for block in (en, zh))
    if left != right or bool(en.begins) != bool(zh.begins):
        yield Difference("options", _said(en, " / ".join(en.options)), _said(zh, " / ".join(zh.options)))


def _brackets(
    en: Prose, zh: Prose, pairs: Sequence[BracketPair], names: Sequence[Sequence[str]]
) -> Iterator[Difference]:
    partner = {pair.en: pair.zh for pair in pairs if pair.en is not None and pair.zh is not None}
    back = {other: one for one, other in partner.items()}
    for pair in pairs:
        left = en.brackets[pair.en] if pair.en is not None else None
        right = zh.brackets[pair.zh] if pair.zh is not None else None
        places = (_place(en, left), _place(zh, right))
        if left is None or right is None:
            yield Difference("bracket", *places)
            continue
        around = _around(en, left, set(partner))
        if (None if around is None else partner[around]) != _around(zh, right, set(back)):
            yield Difference("nesting", *places)
        if parties(left, names) != parties(right, names):
            yield Difference("holders", *places)
        if "placeholder" in {left.kind, right.kind} and (
            left.kind != right.kind or blank(en.content(left)) != blank(zh.content(right))
        ):
            yield Difference("blank", *places)


def _around(prose: Prose, bracket: Bracket, paired_numbers: set[int]) -> int | None:
    """The nearest bracket around one that is there in both languages."""
    parent = bracket.parent
    while parent is not None and parent not in paired_numbers:
        parent = prose.brackets[parent].parent
    return parent


def _numbers(en: Block, zh: Block) -> Iterator[Difference]:
    left, right = _figures(en, "en"), _figures(zh, "zh")
    common = Counter(figure.comparable for figure, _ in left) & Counter(figure.comparable for figure, _ in right)
    alone = [_without(found, Counter(common)) for found in (left, right)]
    for one, other in zip_longest(*alone):
        yield Difference("number", one, other)


def _figures(block: Block, language: Language) -> list[tuple[Figure, Place]]:
    """The numbers in a paragraph's words, but its own and its option's, and what stands in a blank."""
    plain = lifted(block.prose)
    source = block.prose.render()
    begun = 0
    for label in filter(None, (block.begins, block.label)):
        if 0 <= (at := plain.text.find(label, begun)) <= begun + 4:
            begun = at + len(label)
    blanks = [bracket for bracket in block.prose.brackets if bracket.kind == "placeholder"]
    found = []
    for figure in figures(plain.text, language):
        start, end = plain.span(figure.start, figure.end)
        in_blank = any(bracket.start <= start and end <= bracket.end for bracket in blanks)
        if figure.start >= begun and not in_blank:
            found.append((figure, Place(start, end, source[start:end])))
    return found


def _without(found: list[tuple[Figure, Place]], common: Counter[tuple[str, bool]]) -> list[Place]:
    """The places of those numbers that the other language does not have as often."""
    alone = []
    for figure, place in found:
        if common[figure.comparable]:
            common[figure.comparable] -= 1
        else:
            alone.append(place)
    return alone


def _place(prose: Prose, bracket: Bracket | None) -> Place | None:
    return None if bracket is None else Place(bracket.start, bracket.end, prose.render()[bracket.start : bracket.end])


def _said(block: Block, text: str) -> Place | None:
    """Where a label stands, if it stands in the words; otherwise before their beginning."""
    if not text:
        return None
    start = max(block.prose.render().find(text), 0)
    return Place(start, start + len(text) if block.prose.render().startswith(text, start) else start, text)


def _label(label: str) -> str:
    """The number of a provision, alike in both languages: Chapter II is 第二章, paragraph 2 is 第二款."""
    if label.startswith("附件"):
        return f"annex {han(label[2:])}" if label[2:] else "annex"
    comparable = normal(label).removeprefix("paragraph ")
    return re.sub(r"(?<= )[ivx]+\b", lambda found: str(_roman(found[0].upper())), comparable)


def _option(label: str) -> tuple[int, str]:
    """Which option of its series it is, whether it is counted in digits, letters or Chinese; and bis, ter."""
    found = OPTION.match(f"{label}:")
    if not found:
        return 0, label
    number, rest = found["number"], label[found.end("number") :].strip()
    if number.isdigit():
        return int(number), rest
    if set(number) <= set("IVX"):
        return _roman(number), rest
    return (ord(number) - ord("A") + 1 if number.isascii() else han(number)), rest


def _roman(number: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[character] for character in number]
    return sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))
