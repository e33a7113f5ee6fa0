from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.text.alignment import Pair, heaviest, paragraphs

short = st.lists(st.sampled_from("abcde"), max_size=5).map(" ".join)
few = st.lists(short, max_size=5)


def common(x: list[str], y: list[str]) -> int:
    """Longest common subsequence, by its definition."""
    if not x or not y:
        return 0
    if x[0] == y[0]:
        return 1 + common(x[1:], y[1:])
    return max(common(x[1:], y), common(x, y[1:]))


def worth(a: str, b: str) -> float | None:
    """What it is worth to pair two paragraphs of fewer than ten words; None where they are not the same."""
    x, y = a.split(), b.split()
    kept = common(x, y)
    share = 2 * kept / (len(x) + len(y)) if x or y else 1
    return kept + share / 2 if share >= 0.5 else None


def best(a: list[str], b: list[str]) -> float:
    """The most that pairs in their order can be worth, by trying all."""
    worths = {(i, j): worth(x, y) for i, x in enumerate(a) for j, y in enumerate(b)}
    return max(
        sum(worths[pair] or 0 for pair in zip(rows, columns, strict=True))
        for size in range(min(len(a), len(b)) + 1)
        for rows in combinations(range(len(a)), size)
        for columns in combinations(range(len(b)), size)
        if all(worths[pair] is not None for pair in zip(rows, columns, strict=True))
    )


def draft(size: int, seed: int = 0) -> list[str]:
    """Numbered paragraphs of about 17 words, all different, of one vocabulary of 600 words."""
    random = Random(seed)
    vocabulary = ["".join(random.choices("aeioulmnrst", k=random.randint(3, 9))) for _ in range(600)]
    return [f"{n}. " + " ".join(random.choices(vocabulary, k=random.randint(10, 24))) + "." for n in range(size)]


@settings(max_examples=300)
@given(few, few)
def test_what_stays_in_order_is_the_best_of_all_ways_to_pair_in_order(a: list[str], b: list[str]) -> None:
    pairs = [pair for pair in paragraphs(a, b) if pair.before is not None and pair.after is not None]
    worths = [worth(a[pair.before], b[pair.after]) for pair in pairs if not pair.moved]
    assert sum(w for w in worths if w is not None) == pytest.approx(best(a, b))
    assert None not in worths


@given(few, few)
def test_every_paragraph_of_both_versions_is_there_once_in_its_order(a: list[str], b: list[str]) -> None:
    pairs = paragraphs(a, b)
    assert [pair.after for pair in pairs if pair.after is not None] == list(range(len(b)))
    assert sorted(pair.before for pair in pairs if pair.before is not None) == list(range(len(a)))
    staying = [pair.before for pair in pairs if pair.before is not None and not pair.moved]
    assert staying == sorted(staying)
    assert all(pair.before is not None and pair.after is not None for pair in pairs if pair.moved)


@given(few)
def test_a_draft_compared_with_itself_stays_where_it_is(a: list[str]) -> None:
    assert paragraphs(a, a) == tuple(Pair(i, i) for i in range(len(a)))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([0.5, 1.0, 2.0])), max_size=9))
def test_the_heaviest_chain_is_the_heaviest_of_all_chains(matches: list[tuple[int, int, float]]) -> None:
    def rises(chain: tuple[tuple[int, int, float], ...]) -> bool:
        return all(x[0] < y[0] and x[1] < y[1] for x, y in pairwise(chain))

    weight: dict[tuple[int, int], float] = {}
    for i, j, w in matches:
        weight[i, j] = max(w, weight.get((i, j), 0))
    chain = heaviest(matches)
    assert rises(tuple((i, j, 0) for i, j in chain))
    subsets = (some for size in range(len(matches) + 1) for some in combinations(sorted(matches), size))
    assert sum(weight[pair] for pair in chain) == max(sum(w for _, _, w in some) for some in subsets if rises(some))


NOTHING = ("No text", "The secretariat shall convene the first meeting in the year after entry into force.")


@pytest.mark.parametrize(
    ("case", "a", "b", "pairs"),
    [
        (
            "renumbered after an insertion",
            ["1. Parties shall report.", "2. Parties shall meet yearly."],
            ["1. Observers may attend any session.", "2. Parties shall report.", "3. Parties shall meet yearly."],
            [(None, 0), (0, 1), (1, 2)],
        ),
        (
            "deleted where it stood",
            ["Parties shall report.", NOTHING[1], "Observers may attend."],
            ["Parties shall report.", "Observers may attend."],
            [(0, 0), (1, None), (2, 1)],
        ),
        (
            "rewritten so that it is another",
            ["Parties shall report.", "Each government keeps a register.", "Observers may attend."],
            ["Parties shall report.", NOTHING[1], "Observers may attend."],
            [(0, 0), (1, None), (None, 1), (2, 2)],
        ),
        (
            "the longer of two that changed places stays",
            ["Parties shall report every second year.", NOTHING[1]],
            [NOTHING[1], "Parties shall report every second year."],
            [(1, 0), (0, 1, True)],
        ),
        (
            "moved, renumbered and edited",
            [
                f"{n}. {text}"
                for n, text in enumerate(["Parties shall report to the body every second year.", *"ABCDE"])
            ],
            ["0. A", "1. B", "2. C", "3. D", "4. E", "5. Parties should report to the body every second year."],
            [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (0, 5, True)],
        ),
        (
            "resolved brackets",
            [
                "[Parties [shall][should] [, as appropriate and in line with their means,] report [yearly] "
                "[every second year] [to the secretariat][to the CMA] on [all] their emissions [and removals].]"
            ],
            ["Parties shall report every second year to the CMA on their emissions."],
            [(0, 0)],
        ),
        (
            "blank lines",
            ["", "Parties shall report.", ""],
            ["", "Parties should report.", ""],
            [(0, 0), (1, 1), (2, 2)],
        ),
        (
            "short headings that moved are others",
            ["A B", "No text"],
            ["No text", "A B"],
            [(0, None), (1, 0), (None, 1)],
        ),
        (
            "Chinese",
            ["一、各方应采取行动。", "二、秘书处应公布报告。"],
            ["一、观察员可列席会议。", "二、各方宜采取行动。", "三、秘书处应公布年度报告。"],
            [(None, 0), (0, 1), (1, 2)],
        ),
        ("nothing before", [], ["Parties"], [(None, 0)]),
        ("nothing after", ["Parties"], [], [(0, None)]),
    ],
)
def test_a_paragraph_is_found_again(
    case: str, a: list[str], b: list[str], pairs: list[tuple[int | None, int | None]]
) -> None:
    assert [(pair.before, pair.after, True)[: 2 + pair.moved] for pair in paragraphs(a, b)] == pairs, case


def test_a_thousand_renumbered_paragraphs_are_found_again_around_those_put_in_and_taken_out() -> None:
    a = draft(1_000)
    kept = [i for i in range(1_000) if i % 50 != 7]
    new = [text.upper() for text in draft(20, seed=1)]
    order = [(i, a[i].split(". ", 1)[1]) for i in kept]
    order[300:300] = [(None, text) for text in new]
    b = [f"{n}. {text}" for n, (_, text) in enumerate(order)]
    pairs = paragraphs(a, b)
    assert [(pair.before, pair.after) for pair in pairs if pair.after is not None] == [
        (i, n) for n, (i, _) in enumerate(order)
    ]
    assert [pair.before for pair in pairs if pair.after is None] == [i for i in range(1_000) if i % 50 == 7]
    assert not any(pair.moved for pair in pairs)


def test_a_block_that_moved_through_a_long_draft_has_moved() -> None:
    a = draft(400)
    b = [*a[20:300], *a[:20], *a[300:]]
    assert {pair.before for pair in paragraphs(a, b) if pair.moved} == set(range(20))


def test_a_paragraph_of_common_words_alone_is_found_between_its_neighbours() -> None:
    others = [f"by land and by sea: {text}" for text in draft(200)]
    a = [*others[:90], "by land and by sea", *others[90:]]
    b = [*others[:90], "by sea and by land", *others[90:]]
    assert paragraphs(a, b) == tuple(Pair(i, i) for i in range(201))


def test_a_thousand_paragraphs_in_the_same_words_stay_in_order() -> None:
    a = ["No text", "Option 1: [shall]", ""] * 330
    pairs = paragraphs(a, a[3:])
    assert sum(pair.after is None for pair in pairs) == 3
    assert all(pair.after is None or pair.before is None or a[pair.before] == a[3:][pair.after] for pair in pairs)
