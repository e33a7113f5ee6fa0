"""Whatever the bytes, a reader returns its result or raises InputError."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from foreign import EXPORT, HEADER, VOTES, blob_files, same, stream
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracktwo.opinion.camps import read_groups, read_sides
from tracktwo.opinion.reading import read, table
from tracktwo.opinion.votes import InputError, Votes

relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

text = st.text(max_size=12) | st.sampled_from(
    ["", "1", "-1", "0", "2", "01", '"', "nan", "1e99", "\x00", "=1+1", "\ud800"]
)
value = st.integers(-2, 12) | st.sampled_from([1, 0, -1]) | text
NAMES = [
    "participant",
    "statement",
    "vote",
    "timestamp",
    "group-id",
    "comment-body",
    "moderated",
    "is-meta",
    "side",
    "0",
    "x",
]


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Something like a CSV file."""
    header = draw(st.lists(st.sampled_from(NAMES) | text, min_size=1, max_size=6))
    width = len(header)
    records = draw(st.lists(st.lists(value, min_size=max(0, width - 1), max_size=width + 1), max_size=12))
    separator = draw(st.sampled_from([",", ",", ";", "\t"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    joined = end.join(separator.join(map(str, record)) for record in [header, *records])
    return joined.encode("utf-8", draw(st.sampled_from(["surrogatepass", "replace"])))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with some of them changed, left out or doubled."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        match draw(st.sampled_from(["change", "cut", "double"])):
            case "change":
                content[at] = draw(st.integers(0, 255))
            case "cut":
                del content[at : at + draw(st.integers(1, 40))]
            case "double":
                content[at:at] = content[at : at + draw(st.integers(1, 40))]
        if not content:
            break
    return bytes(content)


def votes_or_refusal(work: Callable[[], Any]) -> None:
    sentence = "read"
    try:
        work()
    except InputError as refusal:
        sentence = str(refusal)
    assert sentence
    assert sentence.isprintable()


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in EXPORT.items():
            archive.writestr(name, content)
    return written.getvalue()


def parquet() -> bytes:
    written = io.BytesIO()
    pl.read_csv(io.StringIO(VOTES)).write_parquet(written)
    return written.getvalue()


@relaxed
@given(content=st.binary(max_size=400) | tables() | damaged(VOTES.encode()))
def test_any_bytes_as_a_table(content: bytes) -> None:
    votes_or_refusal(lambda: read(io.BytesIO(content)))


@relaxed
@given(content=tables() | damaged(VOTES.encode()))
def test_any_bytes_as_a_large_table(content: bytes) -> None:
    before = table.SCAN_FROM
    try:
        outcomes: list[Votes | str] = []
        for limit in (before, 0):
            table.SCAN_FROM = limit
            try:
                outcomes.append(read(io.BytesIO(content)))
            except InputError as refusal:
                outcomes.append(str(refusal))
    finally:
        table.SCAN_FROM = before

    one, other = outcomes
    assert one == other if isinstance(one, str) or isinstance(other, str) else same(one, other)


@relaxed
@given(content=damaged(zipped()))
def test_any_bytes_as_an_archive(content: bytes) -> None:
    votes_or_refusal(lambda: read(io.BytesIO(content)))


@relaxed
@given(content=damaged(parquet()))
def test_any_bytes_as_parquet(content: bytes) -> None:
    votes_or_refusal(lambda: read(io.BytesIO(content)))


@pytest.mark.parametrize("name", ["votes.csv", "comments.csv", "participants-votes.csv", "summary.csv"])
@relaxed
@given(data=st.data())
def test_any_bytes_in_an_export(tmp_path: Path, name: str, data: st.DataObject) -> None:
    content = data.draw(st.binary(max_size=300) | tables() | damaged(EXPORT[name].encode()))  # type: ignore[union-attr]
    for file, whole in EXPORT.items():
        (tmp_path / file).write_bytes(content if file == name else whole.encode())  # type: ignore[union-attr]
    votes_or_refusal(lambda: read(tmp_path))


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
entries = st.lists(
    st.dictionaries(
        st.sampled_from(["pid", "tid", "vote", "modified", "txt", "mod", "is_meta", "agree_count"]), value | json_value
    ),
    max_size=6,
)
outcomes = st.dictionaries(st.sampled_from(["meta-tids", "mod-out", "group-votes"]), st.lists(value) | json_value)


@pytest.mark.parametrize("name", ["votes.json", "comments.json", "math-pca2.json"])
@relaxed
@given(data=st.data())
def test_any_bytes_in_the_json_of_a_server(tmp_path: Path, name: str, data: st.DataObject) -> None:
    made = (entries | outcomes | json_value).map(lambda made: json.dumps(made).encode())
    content = data.draw(st.binary(max_size=300) | made | damaged(blob_files()["votes.json"].encode()))  # type: ignore[union-attr]
    for file, whole in blob_files().items():
        (tmp_path / file).write_bytes(whole.encode())  # type: ignore[union-attr]
    (tmp_path / name).write_bytes(content)
    votes_or_refusal(lambda: read(tmp_path))


SIDES = "participant,delegation,side,side-zh\n1,Quill,Alder,桤木方\n2,Nine,Beech,榉木方\n10,Quill,Alder,桤木方\n"


@pytest.mark.parametrize("reader", [read_sides, read_groups, "statements"])
@relaxed
@given(content=st.binary(max_size=300) | tables() | damaged(SIDES.encode()))
def test_any_bytes_as_a_list_of_people_or_statements(tmp_path: Path, reader: Any, content: bytes) -> None:
    votes = read(stream(VOTES))
    (tmp_path / "list.csv").write_bytes(content)
    if reader == "statements":
        votes_or_refusal(lambda: read(stream(VOTES), statements=tmp_path / "list.csv"))
    else:
        votes_or_refusal(lambda: reader(tmp_path / "list.csv", votes))


@relaxed
@given(
    records=st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(1, 3), st.integers(-1, 1)), min_size=1, max_size=30
    ),
    seed=st.randoms(use_true_random=False),
)
def test_the_order_of_rows_never_matters(records: list[tuple[int, ...]], seed: Any) -> None:
    def outcome(ordered: list[tuple[int, ...]]) -> Votes | None:
        try:
            return read(stream(HEADER + "".join(f"{t},x,{s},{p},{v}\n" for t, s, p, v in ordered)))
        except InputError:
            return None

    shuffled = list(records)
    seed.shuffle(shuffled)
    one, other = outcome(records), outcome(shuffled)
    assert one is other is None or (one is not None and other is not None and same(one, other))
