"""Claim: the Polis method gives the numbers of Polis servers, and the groups of its exports as far as they can be told.

Given the groups of a server's complete output: centre, projections and consensus within 1e-9, priorities within 1e-6
relative, representative statements the same in set and order. Of exports, which hold group-ids only: the adjusted
Rand index with them (0.93, 0.79, and 0.86 with two groups), and the share of people who stand nearest the mean position
of their own exported group (0.96).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import DATA, table

EXPORTS: dict[str, tuple[int | None, float]] = {
    "scoop-hivemind.biodiversity": (None, 0.93),
    "scoop-hivemind.taxes": (None, 0.79),
    "brexit-consensus": (2, 0.86),
}
NEAREST = 0.96


def main() -> None:
    """Print both tables."""
    outputs = sorted(DATA.glob("polis-blobs/*/math-pca2.json"))
    if not outputs:
        print("\nThe Polis method: no ../shared/data: skipped.")
        return
    columns = ("centre", "projections", "consensus", "priorities (relative)", "representative")
    table(
        "The Polis method given a server's groups: largest difference from its output",
        ("output", *columns),
        map(_output, outputs),
    )
    columns = ("groups", "adjusted Rand index", "", "nearest own centre", "")
    table("The Polis method and the groups of exports", ("export", *columns), map(_export, EXPORTS))


def _output(file: Path) -> tuple[str, ...]:
    from tracktwo.opinion import read
    from tracktwo.opinion.polis import polis

    outcome, votes = json.loads(file.read_text("utf-8")), read(file.parent)
    bases = outcome["base-clusters"]
    members = dict(zip(bases["id"], bases["members"], strict=True))
    labels = np.full(votes.n, -1)
    for number, group in enumerate(outcome["group-clusters"]):
        for base in group["members"]:
            labels[np.isin(votes.participants, members[base])] = number
    found = polis(votes, groups=labels)
    place = {statement.id: j for j, statement in enumerate(votes.statements)}
    own = np.array([place[str(each)] for each in outcome["tids"]])
    theirs = np.array(outcome["pca"]["comps"])
    signs = np.sign((theirs * found.space.components[:, own]).sum(axis=1))
    projections = -np.array(outcome["pca"]["comment-projection"]).T * signs
    consensus = np.array([outcome["group-aware-consensus"][str(each)] for each in outcome["tids"]])
    priorities = np.array([outcome["comment-priorities"][str(each)] for each in outcome["tids"]])
    same = sum(
        [(votes.statements[r.statement].id, r.direction) for r in ours]
        == [(str(each["tid"]), each["repful-for"]) for each in outcome["repness"][str(group["id"])]]
        for group, ours in zip(outcome["group-clusters"], found.representative, strict=True)
    )
    return (
        file.parent.name,
        f"{np.abs(found.space.center[own] + np.array(outcome['pca']['center'])).max():.0e}",
        f"{np.abs(found.space.statements[own] - projections).max():.0e}",
        f"{np.abs(found.consensus[own] - consensus).max():.0e}",
        f"{np.abs(found.priority[own] / priorities - 1).max():.0e}",
        f"{same} of {len(outcome['group-clusters'])} groups",
    )


def _export(name: str) -> tuple[Any, ...]:
    from tracktwo.opinion import read
    from tracktwo.opinion.grouping import adjusted_rand
    from tracktwo.opinion.polis import polis

    k, enough = EXPORTS[name]
    votes = read(DATA / "polis" / name)
    exported = np.asarray(votes.recorded["group-id"]).astype(int)
    found = polis(votes, groups=k)
    index = adjusted_rand(found.groups.labels, exported)
    positions, own = found.space.positions[exported >= 0], exported[exported >= 0]
    centres = np.array([positions[own == group].mean(axis=0) for group in range(own.max() + 1)])
    nearest = float((np.linalg.norm(positions[:, None] - centres, axis=2).argmin(axis=1) == own).mean())
    return (
        name,
        found.groups.count,
        f"{index:.3f}",
        "holds" if index >= enough else "MISSED",
        f"{nearest:.1%}",
        "holds" if nearest >= NEAREST else "MISSED",
    )
