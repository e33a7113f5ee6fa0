"""Passes over the votes: everything the mathematics needs of n people adds up over shards of them.

The shards depend on the votes alone and are added in their order, so the number of cores changes no byte of a result.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from itertools import pairwise
from math import prod
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion import _reference
from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SHARD = 1 << 18
"""Votes in a shard, about."""
MOST_SHARDS = 64
WORTH_THREADS = 1 << 20
"""Votes from which a pass takes longer than to hand its shards round."""
LINE = 64
"""Bytes of a cache line."""
FITS = 1 << 15
"""Bytes that lie in the fastest cache, where it matters little how."""


def _chosen() -> ModuleType:
    """The compiled passes, or the reference where they were not built or ``TRACKTWO_PASSES=reference``."""
    if os.environ.get("TRACKTWO_PASSES") == "reference":
        return _reference
    try:
        module = import_module("tracktwo.opinion._passes")
    except ImportError:
        return _reference
    return module if getattr(module, "INTERFACE", None) == _reference.INTERFACE else _reference


kernel = _chosen()
compiled: bool = kernel is not _reference
"""Whether the compiled passes run."""


def _threads() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, 8)


@cache
def _pool() -> ThreadPoolExecutor:
    """Threads that stay, since a pass takes little longer than to start one."""
    return ThreadPoolExecutor(max(1, _threads() - 1), thread_name_prefix="passes")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)


def _shards(votes: Votes) -> list[tuple[int, int]]:
    """People from and to, about the same number of votes in each shard."""
    count = min(max(1, -(-len(votes.codes) // SHARD)), MOST_SHARDS)
    if count == 1:
        return [(0, votes.n)]
    wanted = np.arange(1, count) * (len(votes.codes) // count)
    edges = [0, *np.searchsorted(votes.indptr, wanted).tolist(), votes.n]
    return list(pairwise(edges))


def _run(votes: Votes, one: Callable[[int, int], Any]) -> list[Any]:
    """What ``one(lo, hi)`` returns of each shard, in order."""
    shards = _shards(votes)
    results: list[Any] = [None] * len(shards)
    left = iter(range(len(shards)))

    def work() -> None:
        for number in left:
            results[number] = one(*shards[number])

    helpers = min(_threads(), len(shards)) - 1 if compiled and len(votes.codes) >= WORTH_THREADS else 0
    if helpers < 1:
        work()
        return results
    helping = [_pool().submit(work) for _ in range(helpers)]
    work()
    for helped in helping:
        helped.result()
    return results


def _sum(votes: Votes, shape: tuple[int, ...], kind: type[Any], add: Callable[[int, int, NDArray[Any]], Any]) -> Any:
    """The sum over shards, in order, of what ``add(lo, hi, out)`` adds to zeros."""

    def one(lo: int, hi: int) -> NDArray[Any]:
        out = aligned(shape, kind)
        add(lo, hi, out)
        return out

    first, *others = _run(votes, one)
    for other in others:
        first += other
    return first


def aligned(shape: tuple[int, ...], kind: type[Any] = np.float64) -> NDArray[Any]:
    """Zeros that begin on a cache line: a row that lies across two takes a pass twice as long."""
    size = prod(shape) * np.dtype(kind).itemsize
    if size <= FITS:
        return np.zeros(shape, dtype=kind)
    room = np.zeros(size + LINE, dtype=np.uint8)
    skipped = -room.ctypes.data % LINE
    out: NDArray[Any] = room[skipped : skipped + size].view(kind).reshape(shape)
    return out


def histogram(votes: Votes, labels: NDArray[np.integer[Any]] | None = None, k: int = 1) -> Integers:
    """(k, m, 3) disagreements, passes, agreements of the people of each label; negative labels are left out.

    Raises ValueError for a label of k or more.
    """
    named = None if labels is None else np.ascontiguousarray(labels, dtype=np.int32)
    if named is not None and (named.shape != (votes.n,) or (votes.n and int(named.max()) >= k)):
        raise ValueError(f"labels must be {votes.n} numbers below {k}")
    counts: Integers = _sum(
        votes,
        (k, 4 * votes.m),
        np.int64,
        lambda lo, hi, out: kernel.histogram(votes.codes, votes.indptr, lo, hi, named, out),
    )
    return np.ascontiguousarray(counts.reshape(k, votes.m, 4)[:, :, :3])


def gather(votes: Votes, table: Floats) -> Floats:
    """(n, b) for each person the sum of the rows of ``table`` (4 m, b) that the person's codes name."""
    table = _table(votes, table)
    out = np.zeros((votes.n, table.shape[1]))
    _run(votes, lambda lo, hi: kernel.gather(votes.codes, votes.indptr, lo, hi, table, out))
    return out


def gather_scatter(votes: Votes, table: Floats) -> Floats:
    """(4 m, b) for each code the sum, over the people who gave it, of their row of :func:`gather`."""
    table = _table(votes, table)
    out: Floats = _sum(
        votes,
        table.shape,
        np.float64,
        lambda lo, hi, out: kernel.gather_scatter(votes.codes, votes.indptr, lo, hi, table, out),
    )
    return out


def eliminate(
    votes: Votes, *, rated: Integers, table: Floats, ridge: tuple[float, float]
) -> tuple[Floats, Floats, float]:
    """Each person's intercept and factor given the statements', for bridging; see :func:`_reference.eliminate`.

    Returns (n, 2) people, (4 m, 4) sums over the people of each code, and by how much the penalised sum of squares
    falls.
    """
    people = np.empty((votes.n, 2))
    table = _table(votes, table)
    fallen: list[tuple[int, float]] = []

    def add(lo: int, hi: int, out: Floats) -> None:
        fallen.append((lo, kernel.eliminate(votes.codes, votes.indptr, lo, hi, rated, table, *ridge, people, out)))

    sums = _sum(votes, table.shape, np.float64, add)
    return people, sums, float(sum(value for _, value in sorted(fallen)))


def spread(votes: Votes, *, rated: Integers, table: Floats, ridge: tuple[float, float], people: Floats) -> Floats:
    """(m, 8) sums for the intervals of bridging; see :func:`_reference.spread`."""
    table = _table(votes, table)
    out: Floats = _sum(
        votes,
        (votes.m, 8),
        np.float64,
        lambda lo, hi, out: kernel.spread(votes.codes, votes.indptr, lo, hi, rated, table, *ridge, people, out),
    )
    return out


def _table(votes: Votes, table: Floats) -> Floats:
    if table.ndim != 2 or len(table) != 4 * votes.m:
        raise ValueError(f"a table has four rows a statement: {4 * votes.m}, not {table.shape}")
    if (
        table.dtype == np.float64
        and table.flags.c_contiguous
        and (table.nbytes <= FITS or table.ctypes.data % LINE == 0)
    ):
        return table
    out = aligned(table.shape)
    out[:] = table
    return out
