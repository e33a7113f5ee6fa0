"""How the benchmarks measure: time warm and in process, memory in a process of its own, one table for what was found.

Memory is the highest resident size of a fresh process minus that after its imports. Where the kernel tells the high
water mark of a program (``VmHWM`` on Linux) that is read; otherwise ``ru_maxrss``, into which the parent's size
may have been carried.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
MEGABYTE = 1e6


def seconds(act: Callable[[], Any], repeat: int = 5) -> float:
    """Median time of ``repeat`` runs after one that warms up."""
    return both_seconds(act, repeat)[0]


def both_seconds(act: Callable[[], Any], repeat: int = 5) -> tuple[float, float]:
    """The same, and the median time that the processors worked on it: what is left of other work on the machine."""
    act()
    taken, worked = [], []
    for _ in range(repeat):
        began = time.perf_counter(), time.process_time()
        act()
        taken.append(time.perf_counter() - began[0])
        worked.append(time.process_time() - began[1])
    return median(taken), median(worked)


def highest() -> float:
    """The largest resident size that this process has had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM:")), "")
        if line:
            return int(line.split()[1]) * 1024 / MEGABYTE
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


def apart(module: str, function: str, *arguments: Any) -> Any:
    """What ``benchmarks.module.function(*arguments)`` returns (as JSON) in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.measuring", module, function, json.dumps(arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows in aligned columns, the first to the left."""
    cells = [list(map(str, columns)), *(list(map(str, row)) for row in rows)]
    widths = [max(len(row[j]) for row in cells) for j in range(len(columns))]
    print(f"\n{title}")
    for row in cells:
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("  ".join([row[0].ljust(widths[0]), *rest]).rstrip())


def verdict(reached: float, limit: float, *, at_least: bool = False) -> str:
    """The ratio of what was reached to its limit, and whether the claim holds."""
    holds = reached >= limit if at_least else reached <= limit
    return f"{reached / limit:.2f} of {limit:g}: {'holds' if holds else 'MISSED'}"


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    _, _module, _function, _arguments = sys.argv
    print(json.dumps(getattr(import_module(f"benchmarks.{_module}"), _function)(*json.loads(_arguments))))
