"""The compiled passes and their reference say the same, on any number of cores."""

import importlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tracktwo.opinion import _reference, passes
from tracktwo.opinion.votes import Statement, Votes

needs_compiled = pytest.mark.skipif(not passes.compiled, reason="the compiled passes were not built")


@st.composite
def rooms(draw):
    """Small rooms, with silent people and statements nobody voted on, in narrow and in wide codes."""
    n, m = draw(st.integers(1, 12)), draw(st.integers(1, 9))
    cells = draw(arrays(np.int8, (n, m), elements=st.integers(-1, 2)))
    votes = Votes.of_dense(np.where(cells == 2, np.nan, cells.astype(float)))
    if draw(st.booleans()):
        return Votes(votes.participants, votes.statements, votes.indptr, votes.codes.astype(np.uint32))
    return votes


def both(name, votes, *args, out):
    """What the compiled pass and the reference each make of ``out``, and what they return."""
    answers = []
    for kernel in (passes.kernel, _reference):
        filled = [array.copy() for array in out]
        returned = getattr(kernel, name)(votes.codes, votes.indptr, 0, votes.n, *args, *filled)
        answers.append((filled, returned))
    return answers


def close(answers):
    (one, first), (other, second) = answers
    for left, right in zip(one, other, strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-9)
    if first is not None:
        assert first == pytest.approx(second, rel=1e-9, abs=1e-9)


@needs_compiled
@given(rooms(), st.integers(1, 19), st.integers(0, 2**32))
def test_compiled_sums_are_those_of_the_reference(votes, b, seed):
    table = np.random.default_rng(seed).standard_normal((4 * votes.m, b))
    close(both("gather", votes, table, out=[np.zeros((votes.n, b))]))
    close(both("gather_scatter", votes, table, out=[np.ones((4 * votes.m, b))]))


@needs_compiled
@given(rooms(), st.integers(0, 2**32))
def test_compiled_counts_are_those_of_the_reference(votes, seed):
    labels = np.random.default_rng(seed).integers(-1, 3, votes.n).astype(np.int32)
    close(both("histogram", votes, labels, out=[np.zeros((3, 4 * votes.m), dtype=np.int64)]))
    close(both("histogram", votes, None, out=[np.zeros((1, 4 * votes.m), dtype=np.int64)]))


@needs_compiled
@given(rooms(), st.integers(0, 2**32), st.floats(0.01, 10), st.floats(0.01, 10))
def test_compiled_bridging_passes_are_those_of_the_reference(votes, seed, intercept, factor):
    rng = np.random.default_rng(seed)
    table = rng.standard_normal((4 * votes.m, 4))
    table[:, 1], table[:, 3] = table[:, 0] ** 2, table[:, 0] * table[:, 2]
    rated = np.where(rng.random(votes.n) < 0.8, np.diff(votes.indptr), 0)
    people = np.zeros((votes.n, 2))
    eliminated = both("eliminate", votes, rated, table, intercept, factor, out=[people, np.zeros((len(table), 4))])
    close(eliminated)
    people = eliminated[0][0][0]
    close(both("spread", votes, rated, table, intercept, factor, people, out=[np.zeros((votes.m, 8))]))


def handed(m, pairs=0, seed=0):
    """What rounds of bridging over ``m`` statements hand to ``prepare``, ``complete`` and ``direct``."""
    rng = np.random.default_rng(seed)
    count = rng.integers(0, 4, m).astype(float)
    sums = rng.standard_normal((m, 4, 4))
    sums[:, :, 2] = 3 * sums[:, :, 1] ** 2
    moves = rng.standard_normal((pairs, 2 * m + 1))
    return {
        "terms": rng.standard_normal(2 * m + 1),
        "count": count,
        "table": np.zeros((4 * m, 4)),
        "sums": sums.reshape(-1, 4),
        "total": count * rng.random(m),
        "ridges": (1.5, 0.4, 0.1),
        "g": np.zeros((2, m)),
        "slope": np.zeros(2 * m + 1),
        "moves": moves,
        "changes": moves * rng.uniform(0.5, 2, (pairs, 1)),
        "newest": pairs // 2,
        "out": np.zeros(2 * m + 1),
    }


TAKEN = {
    "prepare": ("terms", "count", "table"),
    "complete": ("sums", "count", "total", "terms", "ridges", "g", "slope"),
    "direct": ("g", "count", "ridges", "slope", "moves", "changes", "newest", "out"),
}


def called(kernel, name, values):
    return getattr(kernel, name)(*(values[what] for what in TAKEN[name]))


@needs_compiled
@given(st.integers(0, 30), st.integers(0, 9), st.integers(0, 2**32))
def test_compiled_rounds_of_bridging_are_those_of_the_reference(m, pairs, seed):
    one, other = handed(m, pairs, seed), handed(m, pairs, seed)
    for name in TAKEN:
        returned = [called(kernel, name, values) for kernel, values in ((passes.kernel, one), (_reference, other))]
        assert returned[0] == (returned[1] and pytest.approx(returned[1], rel=1e-9, abs=1e-9))
    for what in ("table", "g", "slope", "out"):
        np.testing.assert_allclose(one[what], other[what], rtol=1e-9, atol=1e-9 * np.abs(other[what]).max(initial=1))


@pytest.mark.parametrize("kernel", [passes.kernel, _reference], ids=["chosen", "reference"])
def test_directions_lead_to_where_the_slope_is_level_and_undo_the_newest_change(kernel):
    room, nothing = handed(20, 5), np.zeros((0, 41))
    called(kernel, "complete", room)
    called(kernel, "direct", {**room, "moves": nothing, "changes": nothing})
    level = {**room, "terms": room["terms"] + room["out"], "slope": np.ones(41)}
    called(kernel, "complete", level)
    np.testing.assert_allclose(level["slope"], 0, atol=1e-9)
    called(kernel, "direct", {**room, "slope": room["changes"][room["newest"]]})
    np.testing.assert_allclose(room["out"], -room["moves"][room["newest"]], atol=1e-9)


@needs_compiled
@pytest.mark.parametrize(
    ("name", "what"),
    [(name, what) for name, taken in TAKEN.items() for what in taken if what not in ("ridges", "newest")],
)
def test_compiled_rounds_of_bridging_refuse_arrays_that_do_not_fit(name, what):
    values = handed(3, 2)
    array = values[what]
    unfit = [array.astype(np.float32), np.repeat(array, 2, axis=-1)[..., ::2], array[..., :-1].copy(), array[None]]
    unfit += [np.concatenate([array, array]), None]
    for one in unfit:
        with pytest.raises((TypeError, ValueError, BufferError)):
            called(passes.kernel, name, {**values, what: one})


@needs_compiled
@pytest.mark.parametrize(
    "unfit", [{"newest": 2}, {"newest": -1}, {"newest": 0.5}, {"ridges": (1.0, 2.0)}, {"ridges": (1.0, 2.0, "3")}]
)
def test_compiled_directions_refuse_numbers_that_do_not_fit(unfit):
    with pytest.raises((TypeError, ValueError)):
        called(passes.kernel, "direct", {**handed(3, 2), **unfit})


@given(rooms())
def test_counts_are_what_was_voted(votes):
    dense = votes.dense()
    expected = np.stack([(dense == value).sum(axis=0) for value in (-1, 0, 1)], axis=1)
    np.testing.assert_array_equal(passes.histogram(votes)[0], expected)


@given(rooms(), st.integers(0, 2**32))
def test_gathering_and_scattering_is_the_matrix_product(votes, seed):
    table = np.random.default_rng(seed).standard_normal((4 * votes.m, 3))
    marks = np.zeros((votes.n, 4 * votes.m))
    marks[votes.rows, votes.codes] = 1
    np.testing.assert_allclose(passes.gather(votes, table), marks @ table, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(passes.gather_scatter(votes, table), marks.T @ (marks @ table), rtol=1e-9, atol=1e-9)


def crowd(n=300, m=40):
    rng = np.random.default_rng(7)
    dense = rng.integers(-1, 2, (n, m)).astype(float)
    dense[rng.random((n, m)) < 0.5] = np.nan
    return Votes.of_dense(dense)


def test_shards_cover_everyone_and_the_number_of_cores_changes_no_byte(monkeypatch):
    votes = crowd()
    table = np.random.default_rng(1).standard_normal((4 * votes.m, 8))
    whole = passes.gather_scatter(votes, table)
    monkeypatch.setattr(passes, "SHARD", 500)
    shards = passes._shards(votes)
    assert shards[0][0] == 0
    assert shards[-1][1] == votes.n
    assert [hi for _, hi in shards[:-1]] == [lo for lo, _ in shards[1:]]
    results = []
    for cores in (1, 2, 3):
        monkeypatch.setattr(passes, "_threads", lambda cores=cores: cores)
        results.append(passes.gather_scatter(votes, table))
        np.testing.assert_array_equal(passes.histogram(votes), passes.histogram(crowd()))
    np.testing.assert_allclose(results[0], whole, rtol=1e-12)
    assert results[0].tobytes() == results[1].tobytes() == results[2].tobytes()


def test_people_without_a_label_are_not_counted():
    votes = Votes.of_dense(np.array([[1.0, -1], [1, 0], [np.nan, 1]]))
    counts = passes.histogram(votes, np.array([1, 0, -1]), 2)
    np.testing.assert_array_equal(counts[0], [[0, 0, 1], [0, 1, 0]])
    np.testing.assert_array_equal(counts[1], [[0, 0, 1], [1, 0, 0]])


@pytest.mark.parametrize("labels", [np.array([0, 2]), np.array([0])])
def test_a_label_that_no_group_has_is_refused(labels):
    with pytest.raises(ValueError, match="below 2"):
        passes.histogram(Votes.of_dense(np.ones((2, 1))), labels, 2)


def test_a_table_of_another_size_is_refused():
    with pytest.raises(ValueError, match="four rows a statement"):
        passes.gather(Votes.of_dense(np.ones((2, 1))), np.zeros((3, 1)))


@needs_compiled
@pytest.mark.parametrize(
    ("codes", "indptr", "lo", "hi"),
    [
        (np.array([9], dtype=np.uint16), np.array([0, 1]), 0, 1),
        (np.array([1], dtype=np.uint16), np.array([0, 2]), 0, 1),
        (np.array([1], dtype=np.uint16), np.array([0, 1]), 0, 2),
        (np.array([1], dtype=np.uint16), np.array([0, 1]), -1, 1),
        (np.array([1, 1], dtype=np.uint16), np.array([0, 3, 2]), 0, 2),
        (np.array([1], dtype=np.uint8), np.array([0, 1]), 0, 1),
    ],
    ids=["code", "votes", "people", "negative", "descending", "bytes"],
)
def test_compiled_passes_read_nothing_that_is_not_there(codes, indptr, lo, hi):
    with pytest.raises(ValueError, match=r".+"):
        passes.kernel.gather(codes, indptr.astype(np.int64), lo, hi, np.zeros((4, 1)), np.zeros((2, 1)))


@needs_compiled
@pytest.mark.parametrize(
    ("table", "out"),
    [
        (np.zeros((4, 1), dtype=np.float32), np.zeros((1, 1))),
        (np.zeros((4, 2))[:, :1], np.zeros((1, 1))),
        (np.zeros((4, 1)), np.zeros((1, 2))),
        (np.zeros((4, 1)), np.zeros((0, 1))),
    ],
    ids=["type", "strided", "columns", "rows"],
)
def test_compiled_passes_refuse_arrays_that_do_not_fit(table, out):
    with pytest.raises((TypeError, ValueError, BufferError)):
        passes.kernel.gather(np.zeros(1, dtype=np.uint16), np.array([0, 1]), 0, 1, table, out)


def test_the_reference_runs_where_it_is_asked_for():
    code = "from tracktwo.opinion import passes; print(passes.compiled)"
    environment = {**os.environ, "TRACKTWO_PASSES": "reference"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_the_reference_runs_where_the_passes_were_not_built_or_are_of_another_version(monkeypatch):
    monkeypatch.delenv("TRACKTWO_PASSES", raising=False)
    monkeypatch.setitem(sys.modules, "tracktwo.opinion._passes", None)
    assert passes._chosen() is _reference
    monkeypatch.setitem(sys.modules, "tracktwo.opinion._passes", importlib.import_module("json"))
    assert passes._chosen() is _reference


def test_many_statements_need_wide_codes():
    votes = Votes.of(
        np.array([0, 1]),
        np.array([16_400, 3]),
        np.array([1, -1], dtype=np.int8),
        participants=np.arange(2),
        statements=[Statement(str(j)) for j in range(16_401)],
    )
    counts = passes.histogram(votes)[0]
    assert votes.codes.dtype == np.uint32
    assert counts[16_400].tolist() == [0, 0, 1]
    assert counts[3].tolist() == [1, 0, 0]
