"""Claim: a room of 36 × 40 (the sample talks): all it shows in under 30 ms, its bootstrap and test in under 300 ms."""

from __future__ import annotations

from importlib.resources import as_file, files

from benchmarks.measuring import seconds, table, verdict

SHOWN, RESAMPLED = 0.030, 0.300


def main() -> None:
    """Print the table."""
    from tracktwo.opinion import analyse, read, read_sides, report
    from tracktwo.opinion.publication import publish
    from tracktwo.opinion.summary import summary

    with as_file(files("tracktwo.demo") / "talks") as talks:
        votes = read(talks)
        sides = read_sides(talks / "sides.csv", votes)
        reading = seconds(lambda: read_sides(talks / "sides.csv", read(talks)))
    analysis = analyse(votes, sides=sides)
    document = publish(analysis, delegations=True)
    without = seconds(lambda: analyse(votes, sides=sides, resampling=False), 11)
    whole = seconds(lambda: analyse(votes, sides=sides), 7)
    publishing = seconds(lambda: publish(analysis), 11)
    by_delegation = seconds(lambda: publish(analysis, delegations=True), 11)
    rows = [
        ("analysis without resampling", without, ""),
        ("publication (suppression, map, document)", publishing, ""),
        ("everything it shows", without + publishing, verdict(without + publishing, SHOWN)),
        ("the same by delegation too", without + by_delegation, verdict(without + by_delegation, SHOWN)),
        ("bootstrap and test of structure", whole - without, verdict(whole - without, RESAMPLED)),
        ("besides: reading the files", reading, ""),
        ("besides: the report as HTML", seconds(lambda: report(document), 11), ""),
        ("besides: the summary for a terminal", seconds(lambda: summary(document), 11), ""),
    ]
    table(
        f"A room of {votes.n} people × {votes.m} statements",
        ("what", "time", "of its limit"),
        ((what, f"{1000 * taken:.1f} ms", held) for what, taken, held in rows),
    )
