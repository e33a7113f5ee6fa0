"""The Polis method, exactly: the same numbers for whoever moves from Polis, its quirks named where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracktwo.opinion.analysis import Flags, Floats, Groups, Integers, Representative, Space
from tracktwo.opinion.polis.clusters import Clustering, cluster, groups
from tracktwo.opinion.polis.space import columns, in_conversation, row_order, space
from tracktwo.opinion.polis.statistics import (
    by_group,
    consensus,
    consensus_of,
    majority,
    priorities,
    priorities_of,
    representative,
    representative_of,
)
from tracktwo.opinion.votes import InputError, Votes

__all__ = [
    "Clustering",
    "Polis",
    "cluster",
    "consensus",
    "groups",
    "in_conversation",
    "majority",
    "polis",
    "priorities",
    "representative",
    "row_order",
    "space",
]


@dataclass(frozen=True, slots=True, eq=False)
class Polis:
    """Everything the Polis pipeline computes from one set of votes."""

    included: Flags
    """(m,) statements inside the mathematics."""
    space: Space
    groups: Groups
    silhouette: Floats
    """(candidates,) for k = 2, 3, …; empty where groups or their number were given."""
    counts: Integers
    """(groups, m, 3) disagreements, passes, agreements."""
    representative: tuple[tuple[Representative, ...], ...]
    """For each group, at most five."""
    majority: tuple[tuple[Representative, ...], tuple[Representative, ...]]
    """What most agree with, and what most disagree with; at most five each."""
    consensus: Floats
    """(m,) group-informed consensus."""
    priority: Floats
    """(m,) what to show next, higher first."""


def polis(votes: Votes, *, groups: int | Integers | None = None) -> Polis:
    """The whole pipeline, steps 1 to 10.

    ``groups``: None to choose their number as Polis does, a number k, or (n,) labels from 0, −1 for people in none.
    A conversation of more than 10,000 people is treated as any other, where a Polis server samples at random.
    """
    places = space(votes)
    if groups is None or isinstance(groups, (int, np.integer)):
        found = cluster(votes, places, k=None if groups is None else int(groups))
        grouping, scores = found.groups, found.silhouette
    else:
        labels = np.asarray(groups, dtype=np.int64)
        if labels.shape != (votes.n,):
            raise InputError(f"There are {votes.n} people, but labels of shape {labels.shape}.")
        grouping = Groups(labels, labels, np.full(votes.n, np.nan), int(labels.max(initial=-1)) + 1)
        scores = np.array([])
    included = columns(votes)[1]
    counts = by_group(votes, grouping.labels)
    return Polis(
        included=included,
        space=places,
        groups=grouping,
        silhouette=scores,
        counts=counts,
        representative=representative_of(counts, np.flatnonzero(included)),
        majority=majority(votes),
        consensus=consensus_of(counts),
        priority=priorities_of(votes, places, counts),
    )
