"""Reading real exports and outputs of Polis servers."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tracktwo.opinion.reading import read, require_analysable
from tracktwo.opinion.votes import Votes

DATA = Path(__file__).parents[2].parent / "shared" / "data"
EXPORTS = sorted(path.name for path in DATA.glob("polis/*"))
BLOBS = sorted(path.name for path in DATA.glob("polis-blobs/*"))
pytestmark = pytest.mark.skipif(not EXPORTS, reason="the real data of ../shared/data is absent")

COUNTED = {
    # people, statements, votes, re-votes
    "15-per-hour-seattle": (339, 54, 2872, 123),
    "brexit-consensus": (204, 50, 5303, 9),
    "canadian-electoral-reform": (448, 174, 11950, 68),
    "london.youth.policing": (26, 39, 638, 2),
    "scoop-hivemind.biodiversity": (536, 316, 29719, 83),
    "scoop-hivemind.taxes": (334, 148, 17335, 43),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cells(votes: Votes) -> dict[tuple[str, str], int]:
    return {
        (str(votes.participants[i]), votes.statements[j].id): int(v)
        for i, j, v in zip(votes.rows, votes.columns, votes.values, strict=True)
    }


@pytest.mark.parametrize("name", EXPORTS)
def test_the_last_votes_are_those_of_the_table_of_participants(shared: Path, name: str) -> None:
    folder = shared / "polis" / name
    expected = {
        (row["participant"], statement): int(vote)
        for row in rows(folder / "participants-votes.csv")
        for statement, vote in row.items()
        if statement.isdigit() and vote != ""
    }

    assert cells(read(folder)) == expected


@pytest.mark.parametrize("name", EXPORTS)
def test_people_statements_votes_and_revotes_are_counted(shared: Path, name: str) -> None:
    votes = read(shared / "polis" / name)

    if name in COUNTED:
        assert (votes.n, votes.m, len(votes.codes), votes.revotes) == COUNTED[name]
    require_analysable(votes)


@pytest.mark.parametrize("name", EXPORTS)
def test_moderation_sentences_groups_and_subject_are_those_of_the_export(shared: Path, name: str) -> None:
    folder = shared / "polis" / name
    votes = read(folder)
    comments = {row["comment-id"]: row for row in rows(folder / "comments.csv")}

    assert {s.id: s.moderated for s in votes.statements} == {k: int(r["moderated"]) for k, r in comments.items()}
    assert all(s.text[""] == comments[s.id]["comment-body"].strip() for s in votes.statements)
    groups = {r["participant"]: int(r["group-id"] or -1) for r in rows(folder / "participants-votes.csv")}
    assert dict(zip(map(str, votes.participants), votes.recorded["group-id"].tolist(), strict=True)) == groups
    assert votes.title[""] in (folder / "summary.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXPORTS)
def test_without_the_votes_the_table_of_participants_is_read(shared: Path, tmp_path: Path, name: str) -> None:
    folder = shared / "polis" / name
    for file in ("participants-votes.csv", "comments.csv"):
        (tmp_path / file).write_bytes((folder / file).read_bytes())

    votes, whole = read(tmp_path), read(folder)

    assert cells(votes) == cells(whole)
    assert votes.first_vote is None
    assert np.array_equal(votes.recorded["group-id"], whole.recorded["group-id"])


@pytest.mark.parametrize("name", EXPORTS)
def test_a_zip_of_the_folder_is_read_as_the_folder(shared: Path, tmp_path: Path, name: str) -> None:
    folder = shared / "polis" / name
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for file in folder.iterdir():
            packed.write(file, f"{name}/{file.name}")

    votes, whole = read(tmp_path / "export.zip"), read(folder)

    assert np.array_equal(votes.codes, whole.codes)
    assert votes.statements == whole.statements
    assert votes.title == whole.title


@pytest.mark.parametrize("name", BLOBS)
def test_agreements_are_as_many_as_the_server_counts(shared: Path, name: str) -> None:
    folder = shared / "polis-blobs" / name
    votes = read(folder)
    counted = {
        str(comment.get("tid", comment.get("statement_id"))): tuple(
            comment[key] for key in ("agree_count", "disagree_count", "pass_count")
        )
        for comment in json.loads((folder / "comments.json").read_text(encoding="utf-8"))
    }
    cast = Counter((votes.statements[j].id, int(v)) for j, v in zip(votes.columns, votes.values, strict=True))

    assert {s.id: tuple(cast[s.id, v] for v in (1, -1, 0)) for s in votes.statements} == counted


@pytest.mark.parametrize("name", BLOBS)
def test_what_the_mathematics_of_a_server_left_out_is_left_out(shared: Path, name: str) -> None:
    folder = shared / "polis-blobs" / name
    votes = read(folder)
    outcome = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))

    assert {int(s.id) for s in votes.statements if s.meta} == set(outcome["meta-tids"])
    assert {int(s.id) for s in votes.statements if s.meta or s.moderated < 0} == set(outcome["mod-out"])
    assert [int(s.id) for s in votes.statements] == sorted(outcome["tids"])
