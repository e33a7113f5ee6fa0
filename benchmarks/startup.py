"""Claim: ``tracktwo --help`` answers in under 0.3 s."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from benchmarks.measuring import table, verdict

LIMIT = 0.3
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "tracktwo --help": ["-c", "from tracktwo.cli import main; main()", "--help"],
    "tracktwo opinion --help": ["-c", "from tracktwo.cli import main; main()", "opinion", "--help"],
    "tracktwo --version": ["-c", "from tracktwo.cli import main; main()", "--version"],
}


def main() -> None:
    """Print the table: the median of 11 fresh processes each, taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(12):
        for name, arguments in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
            if turn:
                taken[name].append(time.perf_counter() - began)
    table(
        "Starting the command",
        ("command", "time", "of its limit"),
        (
            (name, f"{1000 * median(times):.0f} ms", verdict(median(times), LIMIT) if "help" in name else "")
            for name, times in taken.items()
        ),
    )
