"""How Polis groups people: step 7 of its pipeline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracktwo.opinion.analysis import Floats, Groups, Integers, Space
from tracktwo.opinion.polis.lloyd import lloyd
from tracktwo.opinion.polis.space import in_conversation, row_order
from tracktwo.opinion.votes import InputError, Votes

BASES, BASE_STEPS = 100, 100
MOST_GROUPS, GROUP_STEPS = 5, 20


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """People in base clusters, base clusters in groups."""

    base: Integers
    """(n,) base cluster; −1 outside the conversation."""
    centers: Floats
    """(bases, 2) mean positions of the base clusters."""
    silhouette: Floats
    """(candidates,) for k = 2, 3, … groups; empty where k was given."""
    groups: Groups


def groups(votes: Votes, space: Space, *, k: int | None = None) -> Groups:
    """The groups of Polis; see :func:`cluster`."""
    return cluster(votes, space, k=k).groups


def cluster(votes: Votes, space: Space, *, k: int | None = None) -> Clustering:
    """Base clusters of the people, and groups of base clusters weighted by their people (step 7).

    Without ``k``, the k from 2 to min(5, 2 + ⌊bases / 12⌋) of the best silhouette, the larger if tied. A live
    server starts from its previous clusters and changes k only after four wins in a row; this is its first look.
    """
    rows = row_order(votes)
    rows = rows[in_conversation(votes)[rows]]
    if not len(rows):
        raise InputError("Nobody has voted: there are no positions to draw groups from.")
    of_row, centers = lloyd(space.positions[rows], BASES, steps=BASE_STEPS)
    weights = np.bincount(of_row, minlength=len(centers)).astype(float)
    tried = [k] if k is not None else range(2, min(MOST_GROUPS, 2 + len(centers) // 12) + 1)
    found = [lloyd(centers, each, steps=GROUP_STEPS, weights=weights)[0] for each in tried]
    scores = np.array([] if k is not None else [silhouette(centers, labels) for labels in found])
    best = found[len(scores) - 1 - int(scores[::-1].argmax())] if k is None else found[0]
    base, labels = np.full(votes.n, -1), np.full(votes.n, -1)
    base[rows], labels[rows] = of_row, best[of_row]
    return Clustering(
        base, centers, scores, Groups(labels, labels, np.full(votes.n, np.nan), int(best.max(initial=-1)) + 1)
    )


def silhouette(centers: Floats, labels: Integers) -> float:
    """Mean silhouette of (bases, 2) centres, each counted once; one alone in its group scores 0 (step 7)."""
    apart = np.linalg.norm(centers[:, None] - centers[None], axis=2)
    member = labels[:, None] == np.arange(labels.max() + 1)
    size = member.sum(axis=0)
    if len(size) < 2:
        return 0.0
    sums = apart @ member
    own = sums[member] / np.maximum(size[labels] - 1, 1)
    other = np.where(member, np.inf, sums / size).min(axis=1)
    scores = np.where(size[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0.0)
    return float(scores.mean())
