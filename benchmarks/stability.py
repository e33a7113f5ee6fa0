"""Claim: where groups are claimed on a real conversation, they come back when a random tenth of the votes is dropped.

For each shared conversation: the test of structure and the stability that the analysis measured itself, then a measure
from outside: 20 times a random tenth of the votes is dropped and everything done anew, the test and the choice of the
number of groups included. Where the second analysis claims no groups, the agreement counts as 0. Beside it the same for
the groups of the Polis method, which are always reported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.measuring import DATA, table

DRAWS = 20
NEEDED = 0.85


def main() -> None:
    """Print the table."""
    from tracktwo.opinion import analyse, read

    folders = sorted([*DATA.glob("polis/*/votes.csv"), *DATA.glob("polis-blobs/*/votes.json")])
    if not folders:
        print("\nStability: no ../shared/data: skipped.")
        return
    rows = []
    for file in folders:
        votes = read(file.parent)
        found = analyse(votes, slate_size=None)
        structure = found.structure
        ours = _agreement(votes, found, lambda fewer: analyse(fewer, slate_size=None)) if structure.claimed else None
        polis = analyse(votes, method="polis", slate_size=None)
        theirs = _agreement(votes, polis, lambda fewer: analyse(fewer, method="polis", slate_size=None))
        rows.append(
            (
                file.parent.name,
                votes.n,
                structure.reason,
                found.groups.count,
                f"{structure.p_value:.3f}",
                *(_number(x) for x in (structure.stability, structure.stability_of_people)),
                _number(ours),
                "" if ours is None else "holds" if ours >= NEEDED else "MISSED",
                f"{theirs:.2f}",
            )
        )
    columns = ("people", "groups?", "groups", "p", "of votes", "of people", "outside", f"≥ {NEEDED}", "Polis, outside")
    table("Stability: adjusted Rand index over people placed by both", ("conversation", *columns), rows)


def _agreement(votes: Any, found: Any, again: Callable[[Any], Any]) -> float:
    from tracktwo.opinion.grouping import adjusted_rand

    rng = np.random.default_rng(2024)
    return float(
        np.mean(
            [
                adjusted_rand(
                    found.groups.labels, again(votes.subset(rng.random(len(votes.codes)) >= 0.1)).groups.labels
                )
                for _ in range(DRAWS)
            ]
        )
    )


def _number(value: float | None) -> str:
    return "–" if value is None or np.isnan(value) else f"{value:.2f}"
