"""Votes in the forms that others write, for the readers to be tried on."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from tracktwo.opinion.votes import Votes

HEADER = "timestamp,datetime,comment-id,voter-id,vote\n"
VOTES = HEADER + "5,x,0,1,1\n6,x,0,2,-1\n7,x,1,1,0\n8,x,10,2,1\n4,x,2,10,1\n"


def stream(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text if isinstance(text, bytes) else text.encode())


def cells(votes: Votes) -> dict[tuple[str, str], int]:
    return {
        (str(votes.participants[i]), votes.statements[j].id): int(v)
        for i, j, v in zip(votes.rows, votes.columns, votes.values, strict=True)
    }


def same(one: Votes, other: Votes) -> bool:
    """Whether two sets of votes are equal in every part."""
    return (
        one.participants.dtype.kind == other.participants.dtype.kind
        and one.participants.tolist() == other.participants.tolist()
        and one.statements == other.statements
        and np.array_equal(one.indptr, other.indptr)
        and np.array_equal(one.codes, other.codes)
        and one.codes.dtype == other.codes.dtype
        and (one.first_vote is None) == (other.first_vote is None)
        and (one.first_vote is None or np.array_equal(one.first_vote, np.asarray(other.first_vote)))
        and one.revotes == other.revotes
        and one.title == other.title
        and {k: v.tolist() for k, v in one.recorded.items()} == {k: v.tolist() for k, v in other.recorded.items()}
    )


def long(*records: tuple[Any, ...], header: str = "participant,statement,vote,timestamp") -> str:
    return "\n".join([header, *(",".join(map(str, record)) for record in records)]) + "\n"


COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1,x,0,1,9,9,1,"Two lines,\nand a ""word"""\n2,x,1,1,0,0,-1,Out\n3,x,7,1,0,0,,Nobody voted\n'
)
PEOPLE = (
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,10\n"
    "1,0,0,2,1,0,1,0,,\n2,,0,2,1,1,-1,,,1\n10,1,0,1,1,0,,,1,\n11,1,0,0,0,0,,,,\n"
)
EXPORT = {
    "votes.csv": VOTES,
    "comments.csv": COMMENTS,
    "participants-votes.csv": PEOPLE,
    "summary.csv": "topic,Talks\nurl,x\n",
}


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def blob_files(dialect: int = 0) -> dict[str, str | bytes]:
    person, statement, moderated = (("pid", "tid", "mod"), ("participant_id", "statement_id", "moderated"))[dialect]
    cast = [(1, 0, -1, 5), (2, 0, 1, 6), (1, 1, 0, 7), (2, 10, -1, 8), (10, 2, -1, 4)]
    form = (str, float)[dialect]
    return {
        "votes.json": json.dumps([{person: p, statement: s, "vote": v, "modified": form(t)} for p, s, v, t in cast]),
        "comments.json": json.dumps(
            [
                {statement: 0, "txt": "Peace", moderated: 1, "is_meta": False, "lang": "en"},
                {statement: 1, "txt": "Out", moderated: -1, "is_meta": False},
            ]
        ),
    }
