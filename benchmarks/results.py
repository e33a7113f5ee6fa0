"""Claim: a results page for 36 × 40 in under 60 ms from the database; for 50,000 × 500 in 1.5 s cold, 100 ms warm."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import ROOT, apart, table, verdict

SMALL, COLD, WARM = 0.060, 1.5, 0.100
PEOPLE, STATEMENTS, CAST = 50_000, 500, 0.2
RUNS = 7


def main() -> None:
    """Print the table."""
    rows = []
    for what, function, limits in (
        ("36 × 40", "small", (SMALL, SMALL)),
        (f"{PEOPLE:,} × {STATEMENTS}", "large", (COLD, WARM)),
    ):
        found = apart("results", function)
        for kept, limit in zip(("cold", "warm"), limits, strict=True):
            taken, worked = found[kept]
            name = "read from the database" if kept == "cold" else "kept in memory"
            rows.append((what, name, f"{1000 * taken:.1f} ms", verdict(taken, limit), f"{1000 * worked:.1f} ms"))
        rows.append((what, "closing: counted and analysed once", f"{found['closing']:.1f} s", "", ""))
    table("Pages of results", ("people × statements", "what", "time", "of its limit", "processor"), rows)


def small() -> dict[str, Any]:
    """Talks of two sides whose 36 voters have voted on 40 statements."""
    with tempfile.TemporaryDirectory(prefix="tracktwo-results-") as folder:
        _opened(Path(folder))
        from room.soundings import crowded, opened
        from room.talks import begun

        from tracktwo.room.concerns.models import Ballot
        from tracktwo.room.concerns.voting import ballot_of_seat

        talks = begun()
        sounding, voters = opened(talks, 40), crowded(talks, 5)
        side = np.array([voter.organisation.side.mark == "A" for voter in voters], dtype=int)
        rows = zip(voters, _choices(side, 40, 1.0), strict=True)
        Ballot.objects.bulk_create(
            Ballot(id=ballot_of_seat(sounding, voter), sounding=sounding, choices=row.tobytes()) for voter, row in rows
        )
        return _measured(talks, sounding, "quill delegate")


def large() -> dict[str, Any]:
    """Thousands beyond the table, each of whom voted on a fifth of the statements."""
    with tempfile.TemporaryDirectory(prefix="tracktwo-results-") as folder:
        _opened(Path(folder))
        from room.soundings import opened
        from room.talks import begun

        from tracktwo.room.concerns.models import Ballot

        talks = begun()
        sounding = opened(talks, STATEMENTS, audience="wide")
        camp = np.random.default_rng(2).integers(0, 2, PEOPLE)
        for first in range(0, PEOPLE, 5000):
            rows = _choices(camp[first : first + 5000], STATEMENTS, CAST, seed=first)
            Ballot.objects.bulk_create(
                [Ballot(id=uuid4(), sounding=sounding, choices=row.tobytes()) for row in rows], batch_size=5000
            )
        return _measured(talks, sounding, "mediator")


def _opened(folder: Path) -> None:
    """A room of its own, as it is opened in earnest."""
    sys.path.insert(0, str(ROOT / "tests"))
    from tracktwo.room import keys
    from tracktwo.room.house import House, migrated, opened

    keys.install(keys.Keys.new())
    opened(House(folder))
    migrated()


def _choices(camp: NDArray[Any], statements: int, cast: float, seed: int = 0) -> NDArray[np.uint8]:
    """(people, statements) of choices: two camps that lean apart on most statements, and pass now and then."""
    taste, rng = np.random.default_rng(7), np.random.default_rng(seed)
    leaning = taste.normal(0.4, 0.8, statements) + taste.normal(0, 1, (2, statements))
    drawn = leaning[camp] + rng.normal(0, 1, (len(camp), statements))
    choices = np.where(drawn > 0.3, 2, np.where(drawn < -0.3, 0, 1)).astype(np.uint8)
    choices[rng.random(choices.shape) > cast] = 255
    return choices


def _measured(talks: Any, sounding: Any, reader: str) -> dict[str, Any]:
    """Seconds until it is closed and counted, and (seconds, processor seconds) for a page, cold and warm."""
    from tracktwo.room import sealing
    from tracktwo.room.concerns import results, snapshots
    from tracktwo.room.concerns.models import Sounding
    from tracktwo.room.concerns.voting_acts import close_sounding

    began = time.perf_counter()
    close_sounding(talks.viewer("mediator"), sounding)
    while snapshots.missing(Sounding.objects.get(pk=sounding.pk)):
        time.sleep(0.05)
    closing, client = time.perf_counter() - began, talks.client(reader)
    client.defaults["HTTP_HOST"] = "localhost"
    kept = (results.pages, results.sentence, results.body, snapshots.stored, sealing._opened)

    def page(*, cold: bool) -> tuple[float, float]:
        for each in kept if cold else ():
            each.cache_clear()
        since = time.perf_counter(), time.process_time()
        assert client.get(f"/statements/{sounding.pk}/results").status_code == 200
        return time.perf_counter() - since[0], time.process_time() - since[1]

    def often(*, cold: bool) -> tuple[float, float]:
        page(cold=cold)
        taken, worked = zip(*(page(cold=cold) for _ in range(RUNS)), strict=True)
        return median(taken), median(worked)

    return {"closing": closing, "cold": often(cold=True), "warm": often(cold=False)}
