"""Long tables of votes as Parquet."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from foreign import VOTES, cells, same, stream

from tracktwo.opinion.reading import read
from tracktwo.opinion.votes import InputError


def table(columns: dict[str, Any], **types: Any) -> io.BytesIO:
    written = io.BytesIO()
    pl.DataFrame(columns, schema_overrides=types, strict=False).write_parquet(written)
    written.seek(0)
    return written


def test_parquet_holds_the_same_votes_as_csv(tmp_path: Path) -> None:
    frame = pl.read_csv(io.StringIO(VOTES))
    frame.write_parquet(tmp_path / "votes.parquet")
    expected = read(stream(VOTES))

    assert same(read(tmp_path / "votes.parquet"), expected)
    assert same(read(io.BytesIO((tmp_path / "votes.parquet").read_bytes())), expected)
    assert same(read(table(frame.cast(pl.String).to_dict(as_series=False))), expected)


@pytest.mark.parametrize(
    "kind", [pl.Int8, pl.Int64, pl.UInt16, pl.UInt64, pl.Float32, pl.Float64, pl.String, pl.Categorical]
)
def test_ids_may_be_whole_numbers_of_any_type_or_text(kind: Any) -> None:
    columns = {"who": ["1", "2"] if kind == pl.Categorical else [1, 2], "statement": [7, 7], "vote": [1, -1]}
    votes = read(table(columns, who=kind), columns={"participant": "who"})

    assert cells(votes) == {("1", "7"): 1, ("2", "7"): -1}


@pytest.mark.parametrize(
    ("times", "kind", "first"),
    [
        ([5, 4], pl.Int64, [5, 4]),
        ([5, 4], pl.UInt64, [5, 4]),
        ([5.0, 4.0], pl.Float64, [5, 4]),
        (["5", "4"], pl.String, [5, 4]),
        (
            [datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)],
            pl.Datetime("ms", "UTC"),
            [5_000_000, 0],
        ),
        ([None, None], pl.Int64, None),
    ],
)
def test_times_may_be_numbers_dates_or_text(times: list[Any], kind: Any, first: list[int] | None) -> None:
    votes = read(table({"participant": [1, 2], "statement": [1, 1], "vote": [1, 0], "time": times}, time=kind))

    assert (None if votes.first_vote is None else votes.first_vote.tolist()) == first


@pytest.mark.parametrize(
    ("columns", "types", "sentence"),
    [
        ({"participant": [1], "statement": [1]}, {}, "no column for the vote"),
        (
            {"participant": [1, 2], "statement": [1, 1], "vote": [1, 2]},
            {},
            r'row 3, column "vote": the vote "2" is none',
        ),
        ({"participant": [1, 2], "statement": [1, 1], "vote": [1, 0.5]}, {}, 'row 3, column "vote": "0.5" is no whole'),
        (
            {"participant": [1, None], "statement": [1, 1], "vote": [1, 1]},
            {},
            'row 3, column "participant": the participant is missing',
        ),
        (
            {"participant": [1, 2], "statement": [1, float("nan")], "vote": [1, 1]},
            {},
            'row 3, column "statement": "nan" is no',
        ),
        (
            {"participant": [[1], [2]], "statement": [1, 1], "vote": [1, 1]},
            {},
            r'column "participant": the participant is of type List',
        ),
        ({"participant": [True, False], "statement": [1, 1], "vote": [1, 1]}, {}, "is of type Boolean"),
        ({"participant": [{"a": 1}], "statement": [1], "vote": [1]}, {}, "is of type Struct"),
        (
            {"participant": [1, 2], "statement": [1, 1], "vote": [1, 1], "time": [1, None]},
            {},
            'row 3, column "time": the time is missing',
        ),
        ({"participant": [1], "statement": [1], "vote": [1], "time": [float("inf")]}, {}, '"inf" is no time'),
        ({"participant": [1], "statement": [1], "vote": [1], "time": [[1]]}, {}, "the time is of type List"),
        (
            {"participant": [], "statement": [], "vote": []},
            {"participant": pl.Int64, "statement": pl.Int64, "vote": pl.Int8},
            "holds no votes",
        ),
    ],
)
def test_parquet_with_this_is_refused(columns: dict[str, Any], types: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read(table(columns, **types))
