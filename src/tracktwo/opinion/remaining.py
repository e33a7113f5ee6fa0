"""What is computed anew from what remains shown, because the number itself would tell of what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tracktwo.opinion.analysing import LEVEL
from tracktwo.opinion.analysis import Analysis, Differences, Flags, Floats, Slate
from tracktwo.opinion.differences import false_discovery
from tracktwo.opinion.passes import gather
from tracktwo.opinion.slates import slate
from tracktwo.opinion.suppression import Suppression

Q_STEPS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0)
"""To which the q of a group drawn from the votes is rounded up."""


def remaining_differences(analysis: Analysis, shown: Suppression) -> Differences | None:
    """The differences of the counts shown, adjusted among themselves; as they are where suppression is lifted.

    An adjusted p-value tells of the others it was adjusted for. And groups drawn from the votes were tested by groups
    drawn without the statement: a few people part those from the groups shown, and an exact p-value would give their
    votes away. So these have none, and their q is rounded up.
    """
    tested = analysis.differences
    if tested is None or shown.below <= 1:
        return tested
    kinds = np.array([camp.kind for camp in analysis.camps])
    p_value = np.where(shown.counted, tested.p_value, np.nan)
    q_value = np.full_like(p_value, np.nan)
    for kind in ("side", "delegation", "group"):
        q_value[kinds == kind] = false_discovery(p_value[kinds == kind])
    found = np.nan_to_num(q_value, nan=1.0) <= LEVEL
    if tested.cross_fitted:
        groups = kinds == "group"
        p_value[groups] = np.nan
        q_value[groups] = _rounded_up(q_value[groups], Q_STEPS)
    return replace(tested, p_value=p_value, q_value=q_value, found=found)


def remaining_slate(analysis: Analysis, shown: Suppression) -> Slate | None:
    """The slate by the same rule from the statements shown; None where nobody agrees with any of them.

    Leaving out statements that were not chosen changes nothing, as long as as many people have voted.
    """
    found, among = analysis.slate, analysis.included & shown.counted[0]
    if found is None or (among[list(found.statements)].all() and _voters(analysis, among) == _voters(analysis)):
        return found
    size = min(len(found.statements), int(among.sum()))
    if not size or not analysis.counts[0, among, 2].any():
        return None
    return slate(analysis.votes, size, rule=found.rule, included=among)


def _voters(analysis: Analysis, among: Flags | None = None) -> int:
    """People with a vote on a statement of ``among`` (m,), without it on any that is included."""
    votes, kept = analysis.votes, analysis.included if among is None else among
    return int((gather(votes, np.repeat(kept, 4)[:, None].astype(np.float64)) > 0).sum())


def fitted(analysis: Analysis) -> Flags:
    """(n,) people whom the filter of the bridging model left in."""
    if analysis.bridging is None:
        return np.zeros(analysis.votes.n, dtype=bool)
    return np.asarray(np.isfinite(analysis.bridging.person_intercept), dtype=bool)


def _rounded_up(values: Floats, steps: Sequence[float]) -> Floats:
    place = np.searchsorted(steps, np.nan_to_num(values, nan=1.0))
    return np.where(np.isnan(values), np.nan, np.array(steps)[place])
