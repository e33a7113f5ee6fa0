"""The default method on real consultations: what it claims holds."""

from __future__ import annotations

import numpy as np
import pytest

from tracktwo.opinion import analyse, read
from tracktwo.opinion.grouping import adjusted_rand

CONVERSATIONS = [
    "polis/15-per-hour-seattle",
    "polis/brexit-consensus",
    "polis/canadian-electoral-reform",
    "polis/london.youth.policing",
    "polis/scoop-hivemind.biodiversity",
    "polis/scoop-hivemind.taxes",
    "polis-blobs/25ptpt-3gp-no-strict-with-meta",
    "polis-blobs/below-100-ptpts",
]


@pytest.fixture(params=CONVERSATIONS)
def conversation(request, shared):
    return read(shared / request.param)


def test_groups_that_are_claimed_come_back_when_a_tenth_of_the_votes_is_dropped(conversation):
    analysis = analyse(conversation, slate_size=None)
    assert np.isfinite(analysis.structure.p_value)
    assert np.isfinite(analysis.structure.stability) or not len(analysis.structure.silhouette)
    if not analysis.structure.claimed:
        assert analysis.groups.count == 0
        return
    rng = np.random.default_rng(7)
    found = []
    for _ in range(20):
        fewer = conversation.subset(rng.random(len(conversation.codes)) >= 0.1)
        found.append(adjusted_rand(analysis.groups.labels, analyse(fewer, slate_size=None).groups.labels))
    assert np.mean(found) >= 0.85


def test_some_real_consultation_has_groups(shared):
    votes = read(shared / "polis/scoop-hivemind.biodiversity")
    analysis = analyse(votes, slate_size=None)
    assert analysis.structure.claimed
    assert (analysis.groups.labels >= 0).mean() > 0.6
