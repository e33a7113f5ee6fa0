"""Claim: 100,000 people × 1,000 statements with 5 million votes, from packed votes, on two cores.

Counts, components, projection, groups, group statistics and bridging (the default method without resampling; the tests
of differences are in it) in under 0.6 s and 150 MB, the exact Polis method in under 2.5 s, everything with the test of
structure, both bootstraps and a slate in under 15 s. The second table shows how time grows with the votes.
"""

from __future__ import annotations

from typing import Any

from benchmarks.measuring import apart, highest, seconds, table, verdict

SIZES = ((1_000, 1_000, 50_000), (10_000, 1_000, 500_000), (100_000, 1_000, 5_000_000))
LARGEST = SIZES[-1]
METHODS: dict[str, tuple[str, dict[str, Any], float]] = {
    "core": ("default, without resampling", {"resampling": False, "slate_size": None}, 0.6),
    "polis": ("exact Polis method", {"method": "polis", "slate_size": None}, 2.5),
    "whole": ("default, whole analysis", {}, 15.0),
}
MEMORY = 150


def main() -> None:
    """Print both tables."""
    rows = []
    for name, (words, _, limit) in METHODS.items():
        taken, peak = apart("large", "timed", *LARGEST, name), apart("large", "remembered", *LARGEST, name)
        memory = verdict(peak, MEMORY) if name == "core" else ""
        rows.append((words, f"{taken:.2f} s", verdict(taken, limit), f"{peak:.0f} MB", memory))
    table(
        "100,000 people × 1,000 statements, 5 million votes (memory: peak above imports, the votes in it)",
        ("method", "time", "of its limit", "memory", "of its limit"),
        rows,
    )
    grown = []
    for n, m, votes in SIZES:
        taken = [apart("large", "timed", n, m, votes, name) for name in METHODS]
        grown.append((f"{votes:,}", f"{n:,} × {m:,}", *(f"{each:.3f} s" for each in taken)))
    table("How time grows", ("votes", "people × statements", *(words for words, _, _ in METHODS.values())), grown)


def timed(n: int, m: int, votes: int, name: str) -> float:
    """Seconds, warm."""
    from benchmarks.synthetic import planted
    from tracktwo.opinion import analyse

    drawn = planted(n, m, votes)
    return seconds(lambda: analyse(drawn, **METHODS[name][1]), repeat=2 if name == "whole" else 5)


def remembered(n: int, m: int, votes: int, name: str) -> float:
    """Megabytes at the peak above imports."""
    _imported()
    before = highest()

    from benchmarks.synthetic import planted
    from tracktwo.opinion import analyse

    drawn = planted(n, m, votes)
    analyse(drawn, **METHODS[name][1])
    return highest() - before


def _imported() -> None:
    """Everything that an analysis imports, by analysing a small room."""
    from benchmarks.synthetic import planted
    from tracktwo.opinion import analyse

    small = planted(40, 20, 600)
    analyse(small)
    analyse(small, method="polis")
