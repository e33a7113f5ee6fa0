"""A long table of votes: one row a vote, as Parquet."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tracktwo.opinion.reading.ballots import Ballots
from tracktwo.opinion.reading.identifiers import Integers, Labelled
from tracktwo.opinion.reading.moments import Moments
from tracktwo.opinion.reading.sources import Source, shown
from tracktwo.opinion.reading.table import locate
from tracktwo.opinion.votes import InputError

if TYPE_CHECKING:
    import polars

RATIO = 50
"""Rows that a byte of the file may stand for."""
MANY = 10_000_000


def read_parquet(source: Source, *, columns: Mapping[str, str] | None = None) -> Ballots:
    """The votes of a long Parquet table; ids are integers or text, times integers, dates or text.

    Rows are numbered as in a table with a header: the first vote is row 2. InputError where the file is damaged, a
    column is missing or of another type, or a value is missing.
    """
    import polars as pl

    content: Any = source.path if source.path is not None else io.BytesIO(source.data)
    if source.head(4) != b"PAR1" or source.size < 12:
        raise InputError(f"{source.name} is no Parquet file.")
    try:
        lazy = pl.scan_parquet(content)
        names = lazy.collect_schema().names()
        count = int(lazy.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise InputError(_damaged(source, error)) from None
    if count > MANY and count > RATIO * source.size:
        raise InputError(f"{source.name} declares {count:,} rows, more than it can hold; it is refused.")
    found = locate(names, name=source.name, columns=columns)
    try:
        frame = lazy.select([pl.col(names[place]).alias(role) for role, place in found.items()]).collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise InputError(_damaged(source, error)) from None
    return _ballots(source, frame, {role: names[place] for role, place in found.items()})


def _damaged(source: Source, error: BaseException) -> str:
    reason = (str(error).strip().splitlines() or [""])[0]
    return f"{source.name} is a damaged Parquet file ({shown(reason, length=100)}); write it again."


def _ballots(source: Source, frame: polars.DataFrame, names: Mapping[str, str]) -> Ballots:
    columns = {}
    for role in ("participant", "statement", "vote"):
        place = f"{source.name}, column {shown(names[role])}"
        columns[role] = _labelled(frame[role], place, f"the {role}")
    return Ballots(
        source.name,
        columns["participant"],
        columns["statement"],
        columns["vote"],
        times=_times(source, frame["timestamp"], names["timestamp"]) if "timestamp" in names else None,
        columns=(names["participant"], names["statement"], names["vote"]),
    )


def _at(place: str, position: int) -> str:
    return place.replace(", column", f", row {position + 2}, column")


def _refuse_missing(series: polars.Series, place: str, what: str) -> None:
    if series.null_count():
        first = int(series.is_null().arg_max() or 0) + 2
        raise InputError(
            f"{place.replace(', column', f', row {first}, column')}: {what} is missing; leave the row out."
        )


def _labelled(series: polars.Series, place: str, what: str) -> Labelled:
    import polars as pl

    _refuse_missing(series, place, what)
    kind = series.dtype
    if kind.is_float():
        values = series.to_numpy()
        with np.errstate(invalid="ignore"):
            whole = values.astype(np.int64)
        wrong = ~((values == whole) & (np.abs(values) < 2**53))
        if wrong.any():
            first = int(np.argmax(wrong))
            raise InputError(f"{_at(place, first)}: {shown(values[first])} is no whole number.")
        return Labelled.of_integers(whole)
    if kind.is_integer() and kind not in (pl.UInt64, pl.Int128):
        return Labelled.of_integers(series.cast(pl.Int64).to_numpy())
    if kind.is_integer() or kind in (pl.String, pl.Categorical, pl.Enum):
        text = series.cast(pl.String)
        labels = text.unique()
        codes = text.cast(pl.Enum(labels)).to_physical().to_numpy().astype(np.int64)
        return Labelled(codes, labels.to_list())
    raise InputError(f"{place}: {what} is of type {kind}; whole numbers or text are expected.")


def _times(source: Source, series: polars.Series, name: str) -> Integers | None:
    import polars as pl

    place = f"{source.name}, column {shown(name)}"
    kind = series.dtype
    if kind == pl.Null or series.null_count() == len(series):
        return None
    _refuse_missing(series, place, "the time")
    if isinstance(kind, pl.Datetime) or kind == pl.Date:
        return series.cast(pl.Datetime("us")).to_physical().to_numpy()
    if kind.is_integer() and kind not in (pl.UInt64, pl.Int128):
        return series.cast(pl.Int64).to_numpy()
    if kind.is_numeric() or kind == pl.String:
        moments = Moments(source.name, name)
        moments.add([str(value) for value in series.to_list()], np.arange(2, len(series) + 2))
        return moments.times()
    raise InputError(f"{place}: the time is of type {kind}; whole numbers or dates are expected.")
