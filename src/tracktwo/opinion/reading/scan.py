"""A large plain CSV table through Polars' streaming scan.

Plain means: commas, no quotation marks, every row complete, integers in their one canonical form. Whether a table is
plain is not assumed but counted: the characters of everything that was read must add up to the size of the file. Any
other table is left to the slower reader, which also says what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.reading.ballots import Ballots
from tracktwo.opinion.reading.identifiers import Integers, Labelled, is_integer
from tracktwo.opinion.reading.sources import Source

if TYPE_CHECKING:
    import polars

SAMPLE = 1 << 16
"""Bytes that decide whether ids are numbers."""
LONGEST = 131_072
"""Bytes of all other fields of a row."""


def scan_table(source: Source, *, names: Sequence[str], found: Mapping[str, int]) -> Ballots | None:
    """The votes of a long table whose columns have been found, or None where the table is not plain."""
    import polars as pl

    head, _, rest = source.head(SAMPLE).partition(b"\n")
    if b'"' in head or not rest:
        return None
    kinds = _kinds(rest, names, found)
    if not all(kinds[found[role]] for role in ("vote", "timestamp") if role in found):
        return None
    try:
        frame = _frame(source, kinds, found)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        return None
    others = frame["rest"].to_numpy()
    if not len(frame) or frame.null_count().sum_horizontal()[0] or others.max() > LONGEST:
        return None
    columns: dict[str, Labelled] = {}
    length = len(head) + 1
    for role in ("participant", "statement", "vote"):
        columns[role], characters = _labelled(frame[role])
        length += characters
    times = None
    if "timestamp" in found:
        times = frame["timestamp"].to_numpy()
        length += int(_widths(times).sum())
    length += int(others.sum(dtype=np.int64)) + len(frame) * (len(names) - 1 + 1 + head.endswith(b"\r"))
    if not _ends_with_newline(source):
        length -= 1 + head.endswith(b"\r")
    if length != source.size:
        return None
    return Ballots(
        source.name,
        columns["participant"],
        columns["statement"],
        columns["vote"],
        times=times,
        columns=(names[found["participant"]], names[found["statement"]], names[found["vote"]]),
    )


def _kinds(rest: bytes, names: Sequence[str], found: Mapping[str, int]) -> list[bool]:
    """For each column whether it is read as integers."""
    lines = rest.split(b"\n")[:-1] or [rest]
    fields = [line.rstrip(b"\r").decode("utf-8", "replace").split(",") for line in lines]
    integers = [False] * len(names)
    for place in found.values():
        integers[place] = all(place < len(record) and is_integer(record[place]) for record in fields)
    return integers


def _frame(source: Source, integers: Sequence[bool], found: Mapping[str, int]) -> polars.DataFrame:
    """The columns needed by role, and ``rest``, the bytes of all other fields of a row."""
    import polars as pl

    schema = {str(j): pl.Int64() if whole else pl.String() for j, whole in enumerate(integers)}
    others = [pl.col(str(j)).str.len_bytes().fill_null(0) for j in range(len(integers)) if j not in found.values()]
    wanted = [pl.col(str(place)).alias(role) for role, place in found.items()]
    content: Any = source.path if source.path is not None else source.data
    return (
        pl.scan_csv(content, has_header=False, skip_rows=1, schema=schema)
        .select(*wanted, (pl.sum_horizontal(others) if others else pl.lit(0)).alias("rest"))
        .collect(engine="streaming")
    )


def _labelled(series: polars.Series) -> tuple[Labelled, int]:
    """The column as labels, and how many bytes its fields take."""
    import polars as pl

    if series.dtype == pl.Int64:
        column = Labelled.of_integers(series.to_numpy())
        widths = _widths(np.asarray(column.labels))
        return column, int(np.bincount(column.codes, minlength=len(widths)) @ widths)
    labels = series.unique()
    kind = pl.Enum(labels)
    codes = series.cast(kind).to_physical().to_numpy().astype(np.int64)
    return Labelled(codes, labels.to_list()), int(series.str.len_bytes().sum())


def _widths(values: Integers) -> NDArray[np.int64]:
    """Characters that each integer takes."""
    if len(values) and len(str(values.min())) == len(str(values.max())) and values.min() >= 0:
        return np.full(len(values), len(str(values.min())))
    digits = np.ones(len(values), dtype=np.int64)
    size = np.abs(values).astype(np.uint64)
    for power in range(1, 20):
        if not len(size) or size.max() < 10**power:
            break
        digits += size >= 10**power
    return digits + (values < 0)


def _ends_with_newline(source: Source) -> bool:
    with source.open() as stream:
        stream.seek(-1, 2)
        return stream.read(1) == b"\n"
