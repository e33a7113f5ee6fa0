"""Claim: two drafts of 17,000 words, in 1,000 paragraphs and with 1,000 brackets, are compared in well under 2 s.

The draft is made up; in the later one every paragraph is renumbered, one in four edited (words replaced, put in and
taken out, brackets opened and lifted), some are put in, taken out and moved. ``difflib.SequenceMatcher`` works on the
same tokens: on those of the whole draft as it comes, which takes the commonest tokens for junk and finds little in
common, and on those of each paragraph and its successor without that. Ours includes the clean-up that it does not do.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from random import Random
from typing import Any

from benchmarks.measuring import both_seconds, table, verdict

LIMIT = 2.0
PARAGRAPHS = 1_000
WORDS = 17


def main() -> None:
    """Print the table."""
    from tracktwo.text.comparing import diff, paragraphs, tokens

    before, after = drafts(Random(2015))
    pairs = [
        (before[pair.before], after[pair.after])
        for pair in paragraphs(before, after)
        if pair.before is not None and pair.after is not None
    ]
    whole = "\n".join(before), "\n".join(after)
    acts: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "the whole as one text": (
            lambda: [diff(*whole)],
            lambda: [SequenceMatcher(None, *map(tokens, whole)).get_opcodes()],
        ),
        "each paragraph and its successor": (
            lambda: [diff(*pair) for pair in pairs],
            lambda: [SequenceMatcher(None, *map(tokens, pair), autojunk=False).get_opcodes() for pair in pairs],
        ),
    }
    rows = []
    for name, (ours, theirs) in acts.items():
        (taken, worked), (other, _) = both_seconds(ours, 3), both_seconds(theirs, 1)
        changed = sum(edit.kind != "keep" for edits in ours() for edit in edits)
        others = sum((code[0] != "equal") + (code[0] == "replace") for codes in theirs() for code in codes)
        rows.append((name, *_times(taken, worked), f"{other:.3f}", f"{other / taken:.1f}", changed, others, ""))
    taken, worked = both_seconds(lambda: paragraphs(before, after), 3)
    rows.append(("which paragraph is which", *_times(taken, worked), "–", "–", "–", "–", ""))
    taken, worked = both_seconds(lambda: _compared(before, after), 3)
    rows.append(("both: paragraphs, then words", *_times(taken, worked), "–", "–", "–", "–", verdict(taken, LIMIT)))
    words = sum(len(text.split()) for text in before)
    brackets = sum(text.count("[") for text in before)
    columns = ("s", "of processor", "difflib, s", "times as fast", "edits", "difflib", f"≤ {LIMIT:g} s")
    table(f"Comparing {words:,} words in {len(before):,} paragraphs, {brackets:,} brackets", ("", *columns), rows)


def drafts(random: Random) -> tuple[list[str], list[str]]:
    """A numbered draft with brackets, and one that was made of it.

    Words are as unevenly common as in a language.
    """
    vocabulary = ["the", "of", "and", "to", "in", "shall", "Parties"]
    vocabulary += ["".join(random.choices("aeioulmnrstdcp", k=random.randint(3, 11))) for _ in range(2_000)]
    commonness = [1 / (rank + 2) for rank in range(len(vocabulary))]

    def phrase(size: int) -> list[str]:
        return random.choices(vocabulary, commonness, k=size)

    bodies = []
    for _ in range(PARAGRAPHS):
        words = phrase(WORDS - 1)
        _bracket(words, random)
        words[-1] += "."
        bodies.append(words)
    order = [list(words) for words in bodies]
    for words in random.sample(order, PARAGRAPHS // 4):
        start = random.randrange(len(words))
        words[start : start + random.randint(0, 3)] = phrase(random.randint(0, 4))
        if random.random() < 0.5:
            _bracket(words or phrase(3), random)
        else:
            words[:] = [word.strip("[]") for word in words]
    for _ in range(PARAGRAPHS // 50):
        del order[random.randrange(len(order))]
        order.insert(random.randrange(len(order)), phrase(WORDS))
        order.insert(random.randrange(len(order)), order.pop(random.randrange(len(order))))
    before, after = ([f"{n}. {' '.join(words)}" for n, words in enumerate(side, 1)] for side in (bodies, order[3:]))
    return before, after


def _bracket(words: list[str], random: Random) -> None:
    """Put some of the words in brackets."""
    start = random.randrange(len(words))
    end = random.randrange(start, len(words))
    words[start], words[end] = "[" + words[start], words[end] + "]"


def _compared(before: list[str], after: list[str]) -> int:
    from tracktwo.text.comparing import diff, paragraphs

    return sum(
        len(diff("" if pair.before is None else before[pair.before], "" if pair.after is None else after[pair.after]))
        for pair in paragraphs(before, after)
    )


def _times(taken: float, worked: float) -> tuple[str, str]:
    return f"{taken:.3f}", f"{worked:.3f}"
