"""Claim: a draft of 17,000 words and 1,000 brackets is read and counted in under 0.2 s, and in a time linear in size.

The draft is made up; the one before the Paris conference is read too where ../shared/data is there. Ten and a hundred
times as much is the same draft that often; what is printed is the time for each word, beside that of the smallest.
"""

from __future__ import annotations

from random import Random
from typing import Any

from benchmarks.compare import drafts
from benchmarks.measuring import DATA, both_seconds, table, verdict

LIMIT = 0.2
REAL = DATA / "cop21" / "23-oct-2015.md"


def main() -> None:
    """Print the table."""
    from tracktwo.text.documents import read
    from tracktwo.text.progress import progress

    made, _ = drafts(Random(2015))
    sources = {"made up": "\n\n".join(made)}
    if REAL.exists():
        sources["Paris, 23 October 2015"] = REAL.read_text("utf-8")
    rows: list[tuple[Any, ...]] = []
    for name, source in sources.items():
        first = 0.0
        for times in (1, 10, 100):
            whole = "\n\n".join([source] * times)
            taken, worked = both_seconds(lambda: read(whole), 5 if times < 100 else 1)  # noqa: B023
            words = progress(read(whole)).words
            first = first or worked / words
            rows.append(
                (name, f"{words:,}", f"{taken:.3f} s", f"{worked:.3f} s", f"{1e6 * worked / words:.2f} µs",
                 f"{worked / words / first:.2f} ×", verdict(taken, LIMIT) if times == 1 else "")
            )  # fmt: skip
    columns = ("draft", "words", "read in", "of processor", "a word", "of the smallest", f"≤ {LIMIT:g} s")
    table("Reading a bracketed draft", columns, rows)
