"""Claim: a room of 36 × 40 (the sample talks): all it shows in under 30 ms, its bootstrap and test in under 300 ms."""

from __future__ import annotations

from importlib.resources import as_file, files

from benchmarks.measuring import both_seconds, table, verdict

SHOWN, RESAMPLED = 0.030, 0.300


def main() -> None:
    """Print the table."""
    from tracktwo.opinion import analyse, read, read_sides, report
    from tracktwo.opinion.publication import publish
    from tracktwo.opinion.summary import summary

    with as_file(files("tracktwo.demo") / "talks") as talks:
        votes = read(talks)
        sides = read_sides(talks / "sides.csv", votes)
        reading = both_seconds(lambda: read_sides(talks / "sides.csv", read(talks)))
    analysis = analyse(votes, sides=sides)
    document = publish(analysis, delegations=True)
    without = both_seconds(lambda: analyse(votes, sides=sides, resampling=False), 11)
    whole = both_seconds(lambda: analyse(votes, sides=sides), 7)
    publishing = both_seconds(lambda: publish(analysis), 11)
    by_delegation = both_seconds(lambda: publish(analysis, delegations=True), 11)
    resampling = whole[0] - without[0], whole[1] - without[1]
    rows = [
        ("analysis without resampling", without, 0.0),
        ("publication (suppression, map, document)", publishing, 0.0),
        ("everything it shows", _sum(without, publishing), SHOWN),
        ("besides: the same by delegation too", _sum(without, by_delegation), 0.0),
        ("bootstrap and test of structure", resampling, RESAMPLED),
        ("besides: reading the files", reading, 0.0),
        ("besides: the report as HTML", both_seconds(lambda: report(document), 11), 0.0),
        ("besides: the summary for a terminal", both_seconds(lambda: summary(document), 11), 0.0),
    ]
    table(
        f"A room of {votes.n} people × {votes.m} statements",
        ("what", "time", "of its limit", "processor"),
        (
            (what, f"{1000 * taken:.1f} ms", verdict(taken, limit) if limit else "", f"{1000 * worked:.1f} ms")
            for what, (taken, worked), limit in rows
        ),
    )


def _sum(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]
