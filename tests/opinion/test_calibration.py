"""How often the default method is wrong, and how often it finds what is there: over 400 fixed seeds each."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pytest
from rooms import four_camps, structureless, two_camps

from tracktwo.opinion import analyse
from tracktwo.opinion.grouping import adjusted_rand

SEEDS = 400
AGREEMENT = 0.8


def claimed_and_found(room, seed):
    analysis = analyse(room(seed), slate_size=None)
    return analysis.structure.claimed, analysis.differences is not None and bool(analysis.differences.found.any())


def recovered(room, seed):
    votes, truth = room(seed)
    groups = analyse(votes, slate_size=None).groups
    agreement = adjusted_rand(groups.labels, truth) if groups.count else np.nan
    return groups.count, agreement, float((groups.labels >= 0).mean())


def over_seeds(one, room):
    """What ``one`` returns of each room, in columns; processes are spawned so that threads are not forked."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return np.array(list(pool.map(partial(one, room), range(SEEDS), chunksize=10)), dtype=float).T


@pytest.mark.parametrize("leaning", [0.0, 1.0, 2.0], ids=["no leanings", "leanings", "strong leanings"])
@pytest.mark.parametrize(
    "size", [{"people": 20, "statements": 30}, {"people": 200, "statements": 60, "share": 0.4}], ids=["small", "sparse"]
)
def test_structureless_votes_hardly_ever_show_groups_or_differences(size, leaning):
    claimed, found = over_seeds(claimed_and_found, partial(structureless, leaning=leaning, **size))
    assert claimed.mean() <= 0.05
    assert found.mean() <= 0.1


def test_two_camps_of_ten_are_found_with_their_people():
    """The agree probabilities differ by 0.5 on 15 of 30 statements."""
    count, agreement, placed = over_seeds(recovered, two_camps)
    assert ((count == 2) & (agreement >= AGREEMENT)).mean() >= 0.85
    assert placed[count == 2].mean() >= 0.75


def test_four_camps_of_ten_in_three_dimensions_are_found():
    count, agreement, placed = over_seeds(recovered, four_camps)
    assert ((count == 4) & (agreement >= 0.9)).mean() >= 0.95
    assert placed.mean() >= 0.8
