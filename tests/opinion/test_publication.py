"""The document that everything shown is made from: valid, the same for the same votes, and silent about people."""

from __future__ import annotations

import csv
import functools
import io
import json
import random
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from foreign import stream
from jsonschema import Draft202012Validator

import tracktwo.opinion
from tracktwo.opinion import Analysis, InputError, Sides, Statement, Votes, analyse, mapping, read, read_sides, report
from tracktwo.opinion.csv_export import write_tables
from tracktwo.opinion.publication import publish
from tracktwo.opinion.remaining import Q_STEPS
from tracktwo.opinion.summary import summary
from tracktwo.writing import json_text

Document = dict[str, Any]
SCHEMA = Draft202012Validator(
    json.loads((Path(tracktwo.opinion.__file__).parent / "opinion-1.schema.json").read_text(encoding="utf-8"))
)
ALDER, BEECH = range(15), range(15, 30)
LATE, THIN = 10, 11
"""A statement on which four people voted, and one on which three of Beech side did."""


@functools.cache
def talks() -> tuple[Votes, Sides]:
    """The sample talks: 36 delegates of six delegations, 40 statements."""
    folder = Path(str(files("tracktwo.demo") / "talks"))
    votes = read(folder)
    return votes, read_sides(folder / "sides.csv", votes)


def matrix() -> np.ndarray:
    """(30, 12) votes of fifteen delegates of Alder side and fifteen of Beech side."""
    rng = np.random.default_rng(5)
    chance = np.where(np.arange(30)[:, None] < 15, np.linspace(0.9, 0.1, 12), np.linspace(0.9, 0.4, 12))
    cast = np.where(rng.random((30, 12)) < chance, 1.0, np.where(rng.random((30, 12)) < 0.3, 0.0, -1.0))
    cast[4:, LATE] = np.nan
    cast[18:, THIN] = np.nan
    return cast


def two_sides(n: int = 30, *, delegations: bool = False) -> Sides:
    side = (np.arange(n) >= n // 2).astype(np.int64)
    own = (np.arange(n) * 4 // n).astype(np.int64) if delegations else np.full(n, -1)
    return Sides(side, own, ({"en": "Alder"}, {"en": "Beech"}), tuple({"": f"D{i}"} for i in range(4 * delegations)))


def written(votes: np.ndarray, *, k: int = 5, delegations: bool = False, **options: Any) -> Document:
    """The document of (n, m) votes, with its parts that every vote moves taken out."""
    given = Votes.of_dense(votes, statements=[Statement(f"s{j:02}") for j in range(votes.shape[1])])
    document = publish(analyse(given, resampling=False, **options), suppress_below=k, delegations=delegations)
    for part in ("variance", "silhouette"):
        document["structure"].pop(part)
    document.pop("map")
    return document


@pytest.mark.parametrize("method", ["tracktwo", "polis"])
@pytest.mark.parametrize("groups", ["auto", "none", 3, "file"])
@pytest.mark.parametrize(("sides", "delegations"), [(False, False), (True, False), (True, True)])
def test_documents_validate(method: Any, groups: Any, sides: bool, delegations: bool) -> None:
    votes, declared = talks()
    labels = np.arange(votes.n) % 3 if groups == "file" else groups
    if method == "polis" and groups == "none":
        with pytest.raises(InputError, match="always draws groups"):
            analyse(votes, method=method, groups=groups)
        return
    analysis = analyse(votes, method=method, groups=labels, sides=declared if sides else None, resampling=False)
    for k in (0, 5, 12, 40):
        document = publish(analysis, suppress_below=k, delegations=delegations)
        SCHEMA.validate(json.loads(json_text(document)))
        hold_together(document)
        assert summary(document)
    assert report(document, "zh")


def hold_together(document: Document) -> None:
    """What is marked as suppressed has no number, and what is not has one where anybody voted."""
    k = document["settings"]["suppress_below"]
    sizes = {(camp["kind"], camp["index"]): camp["size"] for camp in document["camps"]}
    assert all((camp["size"] is None) == camp["suppressed"] for camp in document["camps"])
    assert all(size is None or size >= k or k <= 1 for size in sizes.values())
    for statement in document["statements"]:
        for kind in ("sides", "delegations", "groups"):
            for cell in statement[kind]:
                numbers = [cell[name] for name in ("agree", "disagree", "pass")]
                if cell["suppressed"]:
                    assert numbers == [None] * 3
                    assert cell["share"] is cell["difference"] is cell["representative"] is None
                else:
                    assert sum(numbers) >= (k if k > 1 else 0)
        numbers = [statement[name] for name in ("agree", "disagree", "pass")]
        assert None in numbers or sum(numbers) >= (k if k > 1 else 0)
    assert {group["id"]: group["size"] for group in document["groups"]} == {
        index: size for (kind, index), size in sizes.items() if kind == "group"
    }


def test_nobody_has_a_position_a_group_or_a_confidence() -> None:
    votes, sides = talks()
    analysis = analyse(votes, sides=sides, resampling=False)

    for each in publish(analysis)["participants"]:
        assert {key: value for key, value in each.items() if value is not None} == {"id": each["id"]}
    drawing = publish(analysis)["map"]
    assert not drawing["dots"]
    assert all(shape["dots"] is None for shape in drawing["shapes"])


def test_suppression_is_lifted_for_everything_but_what_the_rules_hide() -> None:
    votes, sides = talks()
    document = publish(analyse(votes, sides=sides, resampling=False), suppress_below=1)

    assert [entry["reason"] for entry in document["suppressed"]] == ["rule"]
    assert document["counts"]["votes"] == len(votes.codes)
    assert not any(camp["suppressed"] for camp in document["camps"])
    assert {camp["kind"] for camp in document["camps"]} == {"all", "side", "group"}
    assert all(statement["agree"] is not None for statement in document["statements"])
    assert all(each["x"] is not None for each in document["participants"])
    assert document["map"]["dots"]
    assert publish(analyse(votes, resampling=False), suppress_below=1)["suppressed"] == []


def test_ids_are_text_also_where_they_are_numbers() -> None:
    votes, _ = talks()
    document = publish(analyse(votes, resampling=False))
    assert [each["id"] for each in document["participants"]] == [str(i) for i in range(36)]
    assert [statement["id"] for statement in document["statements"]] == [str(j) for j in range(40)]


def test_four_votes_on_a_statement_move_nothing_that_is_shown() -> None:
    """Neither counts, nor what is computed across statements: adjusted p-values, slate, totals, priorities."""
    turned, fewer = matrix(), matrix()
    turned[:4, LATE] *= -1
    fewer[0, LATE] = np.nan
    sides = {"sides": two_sides(), "groups": "none"}
    for options in (sides, {"groups": np.arange(30) % 2}, {**sides, "slate_size": 11}):
        assert written(matrix(), **options) == written(turned, **options) == written(fewer, **options)


def test_what_two_people_of_different_sides_exchange_on_a_thin_statement_is_not_shown() -> None:
    """Three of Beech side voted on it: the sum of everybody is shown, of neither side anything."""
    exchanged = matrix()
    exchanged[0, THIN], exchanged[16, THIN] = -1.0, 1.0
    before = matrix()
    before[0, THIN], before[16, THIN] = 1.0, -1.0

    shown, again = (written(votes, sides=two_sides(), groups="none") for votes in (before, exchanged))

    for document in (shown, again):
        document.pop("bridging")
        for statement in document["statements"]:
            statement.pop("bridging")
    assert shown == again
    assert shown["statements"][THIN]["agree"] is not None
    assert all(cell["suppressed"] for cell in shown["statements"][THIN]["sides"])
    assert shown["statements"][THIN]["consensus"] is None
    assert shown["statements"][THIN]["priority"] is None
    assert shown["statements"][THIN]["common"] == {"agree": None, "disagree": None}


def test_the_votes_counted_are_those_shown() -> None:
    document = written(matrix(), sides=two_sides())
    assert document["counts"]["votes"] == 30 * 10 + 18
    assert written(matrix(), k=1)["counts"]["votes"] == 30 * 10 + 18 + 4


@pytest.mark.parametrize(("revotes", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_few_changed_votes_are_not_told(revotes: int, told: int | None) -> None:
    votes = Votes.of_dense(matrix(), revotes=revotes)
    assert publish(analyse(votes, resampling=False))["counts"]["revotes"] == told


def test_a_latecomer_is_not_told_by_what_the_bridging_fit_left_out() -> None:
    """One delegate voted on three statements and was left out of the fit: on those it says nothing."""
    cast = np.random.default_rng(1).choice([-1.0, 0.0, 1.0], size=(20, 14), p=[0.3, 0.1, 0.6])
    cast[19, 3:] = np.nan
    turned = cast.copy()
    turned[19, :3] *= -1

    document = written(cast, groups="none")

    assert [s["bridging"] is None for s in document["statements"]] == [True] * 3 + [False] * 11
    assert document["bridging"]["people"] is None
    assert [s["bridging"] for s in document["statements"]] == [
        s["bridging"] for s in written(turned, groups="none")["statements"]
    ]
    assert written(cast, groups="none", k=1)["bridging"]["people"] == 19


def test_tests_of_groups_drawn_anew_are_rounded_and_those_of_sides_exact() -> None:
    votes, sides = talks()
    analysis = analyse(votes, sides=sides, groups=2)
    assert analysis.differences is not None
    assert analysis.differences.cross_fitted

    statements = publish(analysis)["statements"]

    of_groups = [cell["difference"] for s in statements for cell in s["groups"] if cell["difference"]]
    of_sides = [cell["difference"] for s in statements for cell in s["sides"] if cell["difference"]]
    assert {d["p"] for d in of_groups} == {None}
    assert {d["q"] for d in of_groups} <= set(Q_STEPS)
    assert len({d["p"] for d in of_sides}) > 10
    lifted = publish(analysis, suppress_below=1)["statements"]
    assert all(cell["difference"]["p"] is not None for s in lifted for cell in s["groups"] if cell["difference"])


def test_how_many_are_placed_is_told_only_where_those_between_are_none_or_many() -> None:
    votes, _ = talks()
    labels = np.arange(votes.n) % 2
    for between, told in ((0, 36), (3, None), (5, 31)):
        own = np.where(np.arange(votes.n) < between, -1, labels)
        document = publish(analyse(votes, groups=own, resampling=False))
        assert document["structure"]["placed"] == told


def test_delegations_are_named_only_where_the_rules_allow_them() -> None:
    analysis = analyse(Votes.of_dense(matrix()), sides=two_sides(delegations=True), resampling=False)

    kept, told = publish(analysis), publish(analysis, delegations=True)

    assert not [camp for camp in kept["camps"] if camp["kind"] == "delegation"]
    assert "D1" not in json_text(kept)
    assert [camp["letter"] for camp in told["camps"] if camp["kind"] == "delegation"] == ["A1", "A2", "B1", "B2"]
    assert [camp["side"] for camp in told["camps"] if camp["kind"] == "delegation"] == [0, 0, 1, 1]
    assert {"what": "delegation", "reason": "rule", "kind": "delegation", "camp": None, "statements": None} in kept[
        "suppressed"
    ]


def test_delegations_that_all_hide_each_other_are_not_said_to_be_hidden_by_the_rules() -> None:
    """Six of each side in a delegation, four alone: both delegations are large enough, and neither can be shown."""
    sides = two_sides(20)
    delegation = np.where(np.arange(20) % 10 < 6, sides.side, -1)
    named = Sides(sides.side, delegation, sides.sides, ({"": "Quill"}, {"": "Nine Bridges"}))

    document = publish(analyse(Votes.of_dense(matrix()[:20]), sides=named, resampling=False), delegations=True)

    entries = [entry for entry in document["suppressed"] if entry["what"] == "delegation"]
    assert [entry["reason"] for entry in entries] == ["complement", "complement"]


def test_the_map_draws_no_camp_of_which_few_have_a_position() -> None:
    """Of Beech side three voted on the subject; the others answered a question about themselves."""
    votes = np.random.default_rng(2).choice([-1.0, 1.0], size=(40, 8))
    votes[23:, :7] = np.nan
    statements = [Statement(f"s{j}", meta=j == 7) for j in range(8)]
    analysis = analyse(Votes.of_dense(votes, statements=statements), sides=two_sides(40), groups="none")

    document = publish(analysis)

    assert not [camp for camp in document["camps"] if camp["suppressed"]]
    assert [(shape["kind"], shape["camp"]) for shape in document["map"]["shapes"]] == [("side", 0)]


def test_people_inside_a_ring_are_counted() -> None:
    """A ring around 1 to k − 1 people is left off the map."""
    ring = np.array([[0, 0], [10, 0], [10, 10], [5, 4], [0, 10], [0, 0]], dtype=float)
    people = np.array([[1, 1], [9, 8], [5, 8], [5, 3], [11, 5], [-1, 5]], dtype=float)
    assert [mapping._inside(people[[i]], ring) for i in range(6)] == [1, 1, 0, 1, 0, 0]
    assert mapping._inside(people, ring) == 3


@pytest.mark.parametrize("method", ["tracktwo", "polis"])
def test_shuffled_rows_give_the_same_bytes(method: Any) -> None:
    votes, _ = talks()
    rows = list(zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True))
    found = set()
    for seed in range(3):
        shuffled = random.Random(seed).sample(rows, len(rows))
        table = "participant,statement,vote\n" + "".join(f"{p},{s},{v}\n" for p, s, v in shuffled)
        found.add(json_text(publish(analyse(read(stream(table)), method=method, groups=2, seed=3))))
    assert len(found) == 1


SMALL: dict[str, tuple[list[list[float]], dict[str, Any]]] = {
    "two people, two statements": ([[1, -1], [-1, 1]], {}),
    "two people of two sides": ([[1, -1], [-1, 1]], {"sides": two_sides(2)}),
    "a statement that nobody voted on": ([[1, -1, np.nan], [-1, 1, np.nan], [1, 1, np.nan]], {}),
    "a side that did not vote on a statement": ([[1, 1], [1, -1], [np.nan, 1], [np.nan, -1]], {"sides": two_sides(4)}),
    "passes alone on a statement": ([[0, 1], [0, -1], [0, 1]], {}),
    "given groups of one": ([[1, -1], [-1, 1]], {"groups": np.array([0, 1])}),
}


@pytest.mark.parametrize("method", ["tracktwo", "polis"])
@pytest.mark.parametrize("k", [1, 5])
@pytest.mark.parametrize("case", SMALL)
def test_a_very_small_room_has_a_document(case: str, k: int, method: Any) -> None:
    votes, options = SMALL[case]
    document = publish(analyse(Votes.of_dense(np.array(votes)), method=method, **options), suppress_below=k)
    SCHEMA.validate(json.loads(json_text(document)))
    hold_together(document)
    assert document["map"]["shapes"] == []
    assert report(document, "en")
    assert summary(document, "zh")
    if k == 5:
        assert all(statement["agree"] is None for statement in document["statements"])


@pytest.mark.parametrize("method", ["tracktwo", "polis"])
@pytest.mark.parametrize("change", [{"moderated": -1}, {"meta": True}])
def test_where_everything_is_out_of_the_mathematics_counts_are_still_shown(change: dict[str, Any], method: Any) -> None:
    statements = [Statement(f"s{j:02}", **change) for j in range(12)]
    document = publish(analyse(Votes.of_dense(matrix(), statements=statements), method=method))

    SCHEMA.validate(json.loads(json_text(document)))
    assert document["counts"]["included"] == 0
    assert document["common_ground"] == {"agree": [], "disagree": []}
    assert document["slate"] is None
    assert document["statements"][0]["agree"] is not None
    assert report(document, "en")


def test_suppressed_numbers_are_empty_cells(tmp_path: Path) -> None:
    document = written(matrix(), sides=two_sides()) | {"map": None}
    tables = {path.name: path.read_text(encoding="utf-8-sig") for path in write_tables(document, tmp_path)}
    rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in tables.items()}

    assert {row["x"] + row["y"] + row["group"] for row in rows["participants.csv"]} == {""}
    assert rows["statements.csv"][LATE]["agree"] == rows["statements.csv"][LATE]["consensus"] == ""
    thin = [row for row in rows["camps.csv"] if row["statement"] == f"s{THIN}" and row["kind"] == "side"]
    assert thin
    for row in thin:
        assert row["suppressed"] == "true"
        assert not any(row[name] for name in row if name.startswith(("agree", "disagree", "pass", "share", "diff")))


def test_a_negative_number_of_people_is_refused() -> None:
    analysis: Analysis = analyse(Votes.of_dense(matrix()), resampling=False)
    with pytest.raises(InputError, match="Suppression below -1 people means nothing"):
        publish(analysis, suppress_below=-1)
