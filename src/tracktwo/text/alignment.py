"""Alignment: which paragraph of one version is which of another.

Two paragraphs can be the same one where at least half of their words, in their order, are common to both (a Han
character is a word; spaces are none), or where the shorter one is nearly all in the longer one: what a bracketed
paragraph comes to when its brackets are resolved. Of all ways to pair such paragraphs in their order, the one that
keeps most words is taken, so that where two changed places, the longer one stays and the shorter one has moved. A
number is a word among others: renumbering does not part a paragraph from itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import LCSseq

from tracktwo.text.words import tokens

SAME = 0.5
"""Share of common words from which two paragraphs can be one."""
WITHIN = 0.8
"""Share of the words of the shorter one from which it is in the longer one …"""
WITHIN_WORDS = 10
"""… if it has so many …"""
WITHIN_TIMES = 6
"""… and the longer one has at most so many times as many; otherwise words as common as “the” would do."""
MOVED = 0.6
"""Share of common words away from its place, where no neighbour speaks for it …"""
MOVED_WORDS = 6
"""… and how many common words it takes; fewer, but 3, where all are common."""
ALL = 10_000
"""Up to how many pairs each is looked at; of more, those that share rare words or are equal."""
RARE = 12
"""How many of the rarest words of a paragraph are asked where else they stand …"""
OFTEN = 64
"""… unless they stand in more paragraphs than these."""
LIKELY = 8
"""How many of the paragraphs with most rare words in common are looked at."""

Match = tuple[int, int, float]
"""A place before, one after, and what it is worth to pair them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph in both versions, by its places counted from 0; None where it is not there."""

    before: int | None
    after: int | None
    moved: bool = False
    """Whether it changed its place among those that are in both."""


def paragraphs(a: Sequence[str], b: Sequence[str]) -> tuple[Pair, ...]:
    """Every paragraph of both versions once: in the order of b, those that are gone where they stood in a.

    Exact (most words kept) up to 10,000 pairs of paragraphs; beyond that in a time that grows with the number of
    paragraphs, not of pairs.
    """
    number: dict[str, int] = {}
    before, after = (
        [[number.setdefault(token, len(number)) for token in tokens(text) if not token.isspace()] for text in side]
        for side in (a, b)
    )
    same = _heaviest(_same(before, after, range(len(a)), range(len(b))))
    same = [pair for gap in _gaps(same, len(a), len(b)) for pair in _filled(before, after, *gap)]
    rest_a = sorted(set(range(len(a))) - {i for i, _ in same})
    rest_b = sorted(set(range(len(b))) - {j for _, j in same})
    moved = _moved(before, after, rest_a, rest_b)
    return tuple(_in_order(same, moved, len(a), len(b)))


def heaviest(matches: Iterable[Match]) -> list[tuple[int, int]]:
    """Of the matches, those that rise on both sides and weigh most together; one of them where several do.

    Time O(n log n): a Fenwick tree over the places after holds the heaviest chain that ends up to there.
    """
    ordered = sorted(matches, key=lambda match: (match[0], -match[1]))
    places = sorted({j for _, j, _ in ordered})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    previous: list[int] = []
    for n, (_, j, weight) in enumerate(ordered):
        at = bisect_left(places, j)
        reach, tail = 0.0, -1
        k = at
        while k:
            reach, tail = max((reach, tail), best[k])
            k &= k - 1
        previous.append(tail)
        k = at + 1
        while k <= len(places):
            best[k] = max(best[k], (reach + weight, n))
            k += k & -k
    chain = []
    n = max((best[k] for k in range(len(best))), default=(0.0, -1))[1]
    while n >= 0:
        chain.append(ordered[n][:2])
        n = previous[n]
    return chain[::-1]


def _same(
    before: Sequence[list[int]], after: Sequence[list[int]], rows: Sequence[int], columns: Sequence[int]
) -> Iterator[tuple[int, int, int, float]]:
    """Those of some paragraphs that can be the same, with how many words they share and what share of theirs that is.

    All pairs are looked at, or the likely ones.
    """
    few = len(rows) * len(columns) <= ALL
    for i, j in product(rows, columns) if few else _likely(before, after, rows, columns):
        less, more = sorted((len(before[i]), len(after[j])))
        kept = LCSseq.similarity(before[i], after[j]) if less else 0
        share = 2 * kept / (less + more) if more else 1.0
        if share >= SAME or (kept >= WITHIN * less >= WITHIN * max(WITHIN_WORDS, more / WITHIN_TIMES)):
            yield i, j, kept, share


def _heaviest(same: Iterable[tuple[int, int, int, float]]) -> list[tuple[int, int]]:
    """The pairs that keep most words; being all alike counts for half a word more."""
    return heaviest((i, j, kept + share / 2) for i, j, kept, share in same)


def _likely(
    before: Sequence[list[int]], after: Sequence[list[int]], rows: Sequence[int], columns: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """For each paragraph the equal one, counted among its equals, and those that share most rare words."""
    standing: dict[int, list[int]] = defaultdict(list)
    equals: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for j in columns:
        equals[tuple(after[j])].append(j)
        for word in dict.fromkeys(after[j]):
            standing[word].append(j)
    met: Counter[tuple[int, ...]] = Counter()
    for i in rows:
        found = dict.fromkeys(equals[tuple(before[i])][met[tuple(before[i])] :][:1])
        met[tuple(before[i])] += 1
        rare = sorted({word for word in before[i] if 0 < len(standing[word]) <= OFTEN}, key=lambda w: len(standing[w]))
        shared = Counter(j for word in rare[:RARE] for j in standing[word])
        found.update(dict.fromkeys(j for j, _ in shared.most_common(LIKELY)))
        yield from ((i, j) for j in found)


def _gaps(
    same: list[tuple[int, int]], rows: int, columns: int
) -> Iterator[tuple[range, range, tuple[int, int] | None]]:
    """What is left between the pairs, each time with the pair that follows."""
    i = j = 0
    for pair in [*same, None]:
        next_i, next_j = pair or (rows, columns)
        yield range(i, next_i), range(j, next_j), pair
        i, j = next_i + 1, next_j + 1


def _filled(
    before: Sequence[list[int]],
    after: Sequence[list[int]],
    rows: range,
    columns: range,
    pair: tuple[int, int] | None,
) -> Iterator[tuple[int, int]]:
    """The pairs in a gap that was too wide for looking at all, then the pair that follows it."""
    if 0 < len(rows) * len(columns) <= ALL < len(before) * len(after):
        yield from _heaviest(_same(before, after, rows, columns))
    if pair:
        yield pair


def _moved(
    before: Sequence[list[int]], after: Sequence[list[int]], rows: Sequence[int], columns: Sequence[int]
) -> dict[int, int]:
    """From a place after to the one before, of what is left: the longest and most alike first."""
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for i, j, kept, share in sorted(_same(before, after, rows, columns), key=lambda found: (-found[2], -found[3])):
        enough = MOVED_WORDS if share < 1 else MOVED_WORDS // 2
        if share >= MOVED and kept >= enough and i not in taken and j not in moved:
            moved[j] = i
            taken.add(i)
    return moved


def _in_order(same: list[tuple[int, int]], moved: dict[int, int], rows: int, columns: int) -> Iterator[Pair]:
    gone = set(range(rows)) - set(moved.values())
    for lost, new, pair in _gaps(same, rows, columns):
        yield from (Pair(i, None) for i in lost if i in gone)
        yield from (Pair(moved.get(j), j, moved=j in moved) for j in new)
        if pair:
            yield Pair(*pair)
