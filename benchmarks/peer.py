"""Claim: side by side with red-dwarf, 20 × faster on biodiversity, 100 × on 10,000 × 500 with a tenth of its memory.

red-dwarf (PyPI) reimplements the Polis pipeline with pandas and scikit-learn, without its base clusters. Its whole
pipeline, ``reddwarf.implementations.polis.run_pipeline``, is timed against the default method without resampling and
against the exact Polis method, warm, in one process, each on the same votes in memory in its own form (packed votes
here, a list of dictionaries there). Memory is that of a process each, which reads the packed votes from a file.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measuring import DATA, apart, highest, seconds, table

BIODIVERSITY = DATA / "polis" / "scoop-hivemind.biodiversity"
ROOMS = {"biodiversity": 20, "planted 10,000 × 500": 100}
"""How many times faster the default method should be."""
MEMORY = 10
TOOLS = {"red-dwarf": "red-dwarf", "default": "tracktwo, default", "polis": "tracktwo, Polis method"}


def main() -> None:
    """Print a table for each conversation."""
    if find_spec("reddwarf") is None:
        print("\nred-dwarf is not installed (make bench brings it): skipped.")
        return
    for room, faster in ROOMS.items():
        if room == "biodiversity" and not BIODIVERSITY.exists():
            print("\nbiodiversity: no ../shared/data: skipped.")
            continue
        votes = _votes(room)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "votes"
            file.write_bytes(pickle.dumps(votes))
            taken = apart("peer", "timed", str(file))
            peaks = {tool: apart("peer", "remembered", str(file), tool) for tool in TOOLS}
        table(
            f"{room}: {votes.n:,} people × {votes.m:,} statements, {len(votes.codes):,} votes",
            ("", "time", "faster", "peak above imports", "smaller", "of it the votes", "claim"),
            (_row(tool, taken, peaks, faster, room != "biodiversity") for tool in TOOLS),
        )


def _row(
    tool: str, taken: dict[str, float], peaks: dict[str, tuple[float, float]], faster: float, remembered: bool
) -> tuple[str, ...]:
    times, smaller = taken["red-dwarf"] / taken[tool], peaks["red-dwarf"][0] / peaks[tool][0]
    holds = times >= faster and (not remembered or smaller >= MEMORY)
    return (
        TOOLS[tool],
        f"{1000 * taken[tool]:.1f} ms",
        f"{times:.1f} ×",
        f"{peaks[tool][0]:.1f} MB",
        f"{smaller:.1f} ×",
        f"{peaks[tool][1]:.1f} MB",
        ("holds" if holds else "MISSED") if tool == "default" else "",
    )


def timed(file: str) -> dict[str, float]:
    """Seconds of each tool, warm and in one process."""
    runs = {tool: _ready(pickle.loads(Path(file).read_bytes()), tool) for tool in TOOLS}
    taken = {}
    for tool, run in runs.items():
        time.sleep(1)  # the threads of the tool before still turn for a while, and would take its processor
        taken[tool] = seconds(run, 3 if tool == "red-dwarf" else 31)
    return taken


def remembered(file: str, tool: str) -> tuple[float, float]:
    """Megabytes at the peak above imports, and those that the votes alone took."""
    _ready(_votes("small"), tool)()  # brings in all that is imported
    before = highest()
    run = _ready(pickle.loads(Path(file).read_bytes()), tool)
    with_votes = highest()
    run()
    return highest() - before, with_votes - before


def _votes(room: str) -> Any:
    from benchmarks.synthetic import planted
    from tracktwo.opinion import read

    if room == "biodiversity":
        return read(BIODIVERSITY)
    n, m, votes = (40, 20, 600) if room == "small" else (10_000, 500, 400_000)
    return planted(n, m, votes)


def _ready(votes: Any, tool: str) -> Callable[[], Any]:
    """The analysis, with its votes in memory in the form it takes."""
    if tool == "red-dwarf":
        from reddwarf.implementations.polis import run_pipeline

        listed, out, about = _listed(votes)
        return lambda: run_pipeline(
            votes=listed, mod_out_statement_ids=out, meta_statement_ids=about, max_group_count=5, random_state=0
        )
    from tracktwo.opinion import analyse

    wanted: dict[str, Any] = {"resampling": False} if tool == "default" else {"method": "polis"}
    return lambda: analyse(votes, slate_size=None, **wanted)


def _listed(votes: Any) -> tuple[list[dict[str, int]], list[int], list[int]]:
    """What red-dwarf takes: a dictionary a vote; the statements moderated out, and those about the person."""
    ids = [int(statement.id) for statement in votes.statements]
    listed = [
        {"participant_id": person, "statement_id": ids[statement], "vote": vote, "modified": 0}
        for person, statement, vote in zip(
            votes.participants[votes.rows].tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True
        )
    ]
    out = [int(s.id) for s in votes.statements if s.moderated < 0]
    return listed, out, [int(s.id) for s in votes.statements if s.meta]
