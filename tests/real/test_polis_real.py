"""The Polis method against what Polis servers themselves computed, and against the groups in its exports."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tracktwo.opinion.polis import in_conversation, polis, space
from tracktwo.opinion.reading import read
from tracktwo.opinion.votes import Statement, Votes

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the conversations of ../shared/data are not on this machine")
BLOBS = sorted(path.parent.name for path in DATA.glob("polis-blobs/*/math-pca2.json"))
EXPORTS = {
    "scoop-hivemind.biodiversity": (None, 0.93),
    "scoop-hivemind.taxes": (None, 0.79),
    "brexit-consensus": (2, 0.86),
}


def load(folder: str, name: str):
    return json.loads((DATA / "polis-blobs" / folder / name).read_text("utf-8"))


def packed(folder: str) -> Votes:
    """The votes of a server, agree +1 as in ``votes.json``; excluded what its mathematics excluded."""
    outcome = load(folder, "math-pca2.json")
    cast: dict[tuple[int, int], tuple[int, int]] = {}
    first: dict[int, int] = {}
    for entry in load(folder, "votes.json"):
        person = entry["pid" if "pid" in entry else "participant_id"]
        statement = entry["tid" if "tid" in entry else "statement_id"]
        time = int(float(entry["modified"]))
        cast[person, statement] = max(cast.get((person, statement), (0, 0)), (time, int(entry["vote"])))
        first[person] = min(first.get(person, time), time)
    people, tids = sorted(first), sorted({tid for _, tid in cast})
    meta = set(outcome["meta-tids"])
    out = set(outcome["mod-out"]) - meta
    rows, columns = (
        np.searchsorted(all_, each) for all_, each in zip((people, tids), zip(*cast, strict=True), strict=True)
    )
    return Votes.of(
        rows,
        columns,
        np.array([vote for _, vote in cast.values()], dtype=np.int8),
        participants=np.array(people),
        statements=[Statement(str(tid), {}, -1 if tid in out else 0, tid in meta) for tid in tids],
        first_vote=np.array([first[person] for person in people]),
    )


def server_labels(votes: Votes, outcome) -> np.ndarray:
    bases = dict(zip(outcome["base-clusters"]["id"], outcome["base-clusters"]["members"], strict=True))
    labels = np.full(votes.n, -1)
    for number, group in enumerate(outcome["group-clusters"]):
        for base in group["members"]:
            labels[np.isin(votes.participants, bases[base])] = number
    return labels


def adjusted_rand(one, other) -> float:
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts):
        return (counts * (counts - 1) / 2).sum()

    rows, columns = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / pairs(table.sum())
    return float((pairs(table) - expected) / ((rows + columns) / 2 - expected))


@pytest.mark.parametrize("folder", BLOBS)
def test_the_numbers_of_a_server_are_met(folder):
    votes, outcome = packed(folder), load(folder, "math-pca2.json")
    labels = server_labels(votes, outcome)
    result = polis(votes, groups=labels)
    ids = [s.id for s in votes.statements]
    assert list(map(str, outcome["tids"])) == ids

    np.testing.assert_allclose(result.space.center, -np.array(outcome["pca"]["center"]), atol=1e-9)
    theirs = np.array(outcome["pca"]["comps"])
    signs = np.sign((theirs * result.space.components).sum(axis=1))
    np.testing.assert_allclose(result.space.components, theirs * signs[:, None], atol=1e-9)
    statements = -np.array(outcome["pca"]["comment-projection"]).T * signs
    np.testing.assert_allclose(result.space.statements, statements, atol=1e-9)
    bases = outcome["base-clusters"]
    for members, x, y in zip(bases["members"], bases["x"], bases["y"], strict=True):
        place = result.space.positions[np.isin(votes.participants, members)].mean(axis=0)
        np.testing.assert_allclose(place, -np.array([x, y]) * signs, atol=1e-9)

    consensus = [outcome["group-aware-consensus"][each] for each in ids]
    np.testing.assert_allclose(result.consensus, consensus, rtol=0, atol=1e-9)
    priority = [outcome["comment-priorities"][each] for each in ids]
    np.testing.assert_allclose(result.priority, priority, rtol=1e-6)


@pytest.mark.parametrize("folder", BLOBS)
def test_the_statements_of_a_server_are_met_in_set_and_order(folder):
    votes, outcome = packed(folder), load(folder, "math-pca2.json")
    result = polis(votes, groups=server_labels(votes, outcome))
    ids = [s.id for s in votes.statements]
    for group, ours in zip(outcome["group-clusters"], result.representative, strict=True):
        theirs = outcome["repness"][str(group["id"])]
        assert [(ids[each.statement], each.direction) for each in ours] == [
            (str(each["tid"]), each["repful-for"]) for each in theirs
        ]
        for mine, their in zip(ours, theirs, strict=True):
            assert (mine.successes, mine.trials) == (their["n-success"], their["n-trials"])
            numbers = (mine.p_success, mine.p_test, mine.repness, mine.repness_test)
            keys = ("p-success", "p-test", "repness", "repness-test")
            np.testing.assert_allclose(numbers, [their[key] for key in keys], rtol=1e-6)
    for answer, ours in zip(("agree", "disagree"), result.majority, strict=True):
        assert [(ids[each.statement], each.successes, each.trials) for each in ours] == [
            (str(each["tid"]), each["n-success"], each["n-trials"]) for each in outcome["consensus"][answer]
        ]


@pytest.mark.parametrize("folder", BLOBS)
def test_those_whom_a_server_let_in_are_in_or_came_early(folder):
    votes, outcome = packed(folder), load(folder, "math-pca2.json")
    theirs = np.isin(votes.participants, outcome["in-conv"])
    ours = in_conversation(votes)
    assert not (ours & ~theirs).any()
    # A server keeps whom it once let in to make up fifteen: they are among the first.
    assert (np.flatnonzero(theirs & ~ours) < 15).all()


@pytest.mark.parametrize("name", EXPORTS)
def test_the_groups_of_an_export_are_found(name):
    k, enough = EXPORTS[name]
    votes = read(DATA / "polis" / name)
    exported = np.asarray(votes.recorded["group-id"]).astype(int)
    labels = polis(votes, groups=k).groups.labels
    both = (labels >= 0) & (exported >= 0)
    assert both.sum() > 0.95 * (exported >= 0).sum()
    assert adjusted_rand(labels[both], exported[both]) >= enough


@pytest.mark.parametrize("name", EXPORTS)
def test_people_stand_nearest_the_middle_of_their_exported_group(name):
    votes = read(DATA / "polis" / name)
    exported = np.asarray(votes.recorded["group-id"]).astype(int)
    positions, exported = space(votes).positions[exported >= 0], exported[exported >= 0]
    middles = np.array([positions[exported == group].mean(axis=0) for group in range(exported.max() + 1)])
    nearest = np.linalg.norm(positions[:, None] - middles, axis=2).argmin(axis=1)
    assert (nearest == exported).mean() >= 0.96
