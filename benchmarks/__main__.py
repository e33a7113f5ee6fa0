"""``python -m benchmarks [NAME …]`` runs the named benchmarks, or all."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from benchmarks.measuring import cores

NAMES = (
    "startup",
    "room",
    "load",
    "results",
    "peer",
    "large",
    "bridging",
    "polis_exact",
    "stability",
    "compare",
    "text",
    "drafting",
)


def main(names: list[str]) -> None:
    """Run them one after the other."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}.")
    from tracktwo.opinion import passes

    how = "compiled passes" if passes.compiled else "NumPy passes (not compiled)"
    busy = f", load {os.getloadavg()[0]:.1f} before the start" if hasattr(os, "getloadavg") else ""
    print(f"Python {sys.version.split()[0]}, {cores()} cores, {how}{busy}")
    for name in names or NAMES:
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
