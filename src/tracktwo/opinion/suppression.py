"""What may be counted aloud: no count of fewer than k people, and none that others give away together.

People are told apart only by the camps that are shown, so they fall into cells (delegation × group, for example). What
a reader can work out by adding and subtracting are the linear combinations of the camps' counts. The camps shown are
chosen so that no combination is about 1 to k − 1 people alone, whether it counts them or sets one of them off against
another (complementary suppression: Cox 1980, Suppression methodology and statistical disclosure control, JASA 75).
Where a camp shown gave an answer not once, its people are known not to have given it, and count as known for that
answer. What a unanimous camp says of its own people cannot be kept back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import Camp, Flags, Floats, Integers
from tracktwo.opinion.votes import Votes

MOST_SETS = 50_000
"""Sets of cells of fewer than k people together that are looked at one by one; with more, fewer camps are shown."""
KEPT_LONGEST = ("all", "side", "group", "delegation")
Judged = dict[tuple[bytes, bytes], bool]
"""What was found of tables already looked at: statements on which almost everybody voted are much alike."""
NOTHING = 1e-7
"""Below which an eigenvalue of a projection is zero; of these small tables of 0 and 1 they are zero or far above it."""


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """Which counts may be shown."""

    below: int
    camps: Flags
    """(camps,) whether the camp is shown at all."""
    counted: Flags
    """(camps, m) whether the camp's votes on a statement are shown."""
    small: Flags
    """(camps,) whether a camp that is not shown has too few people itself; otherwise it is hidden for others' sake."""
    few: Flags
    """(camps, m) whether a count that is not shown has too few votes itself."""
    others: Flags
    """(sets,) whether a number about each further set of people is shown."""
    others_counted: Flags
    """(sets, m) whether a number about those of a further set who voted on a statement is shown."""


def suppress(
    votes: Votes, camps: Sequence[Camp], *, below: int, hidden: Flags, others: Sequence[Flags] = ()
) -> Suppression:
    """Decide what is shown of ``camps`` (everybody first), of which those of ``hidden`` (camps,) are not to be shown.

    ``below`` is k; at 1 or less everything else is shown. Camps are decided first, by their members; then
    each statement, by those who voted on it. ``others`` are further sets of people (n,) that some number is about, such
    as those whom a fit left in: each gives way to any camp.
    """
    sets = np.array([*(camp.members & ~out for camp, out in zip(camps, hidden, strict=True)), *others], dtype=bool)
    wanted = np.append(~hidden, np.ones(len(others), dtype=bool))
    n = len(camps)
    if below <= 1:
        shown = np.repeat(wanted[:, None], votes.m, axis=1)
        nothing = np.zeros_like(shown[:n])
        return Suppression(below, ~hidden, shown[:n], nothing[:, 0], nothing, wanted[n:], shown[n:])
    cell, members = _cells(sets)
    standing = np.array([*(KEPT_LONGEST.index(camp.kind) for camp in camps), *range(9, 9 + len(others))])
    sizes = np.bincount(cell, minlength=members.shape[1])
    whole = _safe(members, sizes[None], wanted, standing, below)
    answers = passes.histogram(votes, cell, members.shape[1]).transpose(1, 2, 0)
    counted = _safe_by_statement(members, answers, np.append(whole[:n], wanted[n:]), standing, below)
    small = ~hidden & (members @ sizes < below)[:n]
    few = (members @ answers.sum(axis=1).T < below)[:n]
    return Suppression(below, whole[:n], counted[:n], small, few, whole[n:], counted[n:])


def safe_among(camps: Sequence[Camp], people: Flags, *, below: int, candidates: Flags) -> Flags:
    """(camps,) the ``candidates`` (camps,) of which a sum over those who are among ``people`` (n,) may be told."""
    if below <= 1:
        return candidates.copy()
    cell, members = _cells(np.array([camp.members & people for camp in camps]))
    sizes = np.bincount(cell, people, minlength=members.shape[1]).astype(np.int64)
    standing = np.array([KEPT_LONGEST.index(camp.kind) for camp in camps])
    return _safe(members, sizes[None], candidates, standing, below)


def countable(people: Flags, beside: Sequence[Flags], *, below: int) -> bool:
    """Whether the number of ``people`` (n,) may be told where those of other sets (n,) are."""
    if below <= 1:
        return True
    cell, members = _cells(np.array([*beside, people]))
    sizes = np.bincount(cell, minlength=members.shape[1])
    return bool(people.sum() >= below) and not _gives_away(members, sizes[None], below, {})


def _cells(sets: Flags) -> tuple[Integers, Integers]:
    """(n,) cell of each person, by the sets (sets, n) they are in, and (sets, cells) which set holds which cell."""
    key = np.zeros(sets.shape[1], dtype=np.int64)
    for people in sets:
        _, key = np.unique(key * 2 + people, return_inverse=True)
    first = np.unique(key, return_index=True)[1]
    return key, sets[:, first].astype(np.int64)


def _safe_by_statement(
    members: Integers, answers: Integers, candidates: Flags, standing: Integers, below: int
) -> Flags:
    """(sets, m) what is shown of each statement, where ``answers`` is (m, 3, cells)."""
    counted = np.zeros((len(members), len(answers)), dtype=bool)
    known: dict[bytes, Flags] = {}
    judged: Judged = {}
    for j, own in enumerate(answers):
        key = np.ascontiguousarray(own).tobytes()
        if key not in known:
            known[key] = _safe(members, own, candidates, standing, below, judged)
        counted[:, j] = known[key]
    return counted


def _safe(
    members: Integers,
    answers: Integers,
    candidates: Flags,
    standing: Integers,
    below: int,
    judged: Judged | None = None,
) -> Flags:
    """(sets,) the sets shown where people of the cells gave ``answers`` (answers, cells).

    The last in ``standing`` give way, of sets that stand alike the smallest first; what turns out to have been given
    up in vain is taken back.
    """
    judged = {} if judged is None else judged
    totals = members @ answers.sum(axis=0)
    shown: Flags = np.asarray(candidates & (totals >= below))
    given_up: list[int] = []
    for camp in sorted(np.flatnonzero(shown).tolist(), key=lambda i: (-standing[i], totals[i], i)):
        if not _gives_away(members[shown], answers, below, judged):
            break
        shown[camp] = False
        given_up.append(camp)
    for camp in reversed(given_up[:-1]):
        shown[camp] = True
        shown[camp] = not _gives_away(members[shown], answers, below, judged)
    return shown


def _gives_away(members: Integers, answers: Integers, below: int, judged: Judged) -> bool:
    """Whether counts of every answer in these sets tell of 1 to ``below`` − 1 people alone."""
    voted = answers.sum(axis=0)
    if _isolates(members, voted, below, judged):
        return True
    for given in answers if len(answers) > 1 else ():
        known = members[members @ given == 0].any(axis=0)
        if known.any() and _isolates(members, np.where(known, 0, voted), below, judged):
            return True
    return False


def _isolates(members: Integers, counts: Integers, below: int, judged: Judged) -> bool:
    """Whether a combination of the rows of ``members`` (sets, cells) is about 1 to ``below`` − 1 people alone.

    It is, where a vector in the space of the rows is zero outside cells of so few people; that is, where the projection
    onto the complement of that space, cut to those cells, is singular.
    """
    seen = (counts > 0) & members.any(axis=0)
    if not seen.any() or counts[seen].min() >= below:
        return False
    rows, counts = _merged(members[:, seen], counts[seen])
    key = rows.tobytes(), np.minimum(counts, below).tobytes()
    if key not in judged:
        judged[key] = _isolates_among(rows, counts, below)
    return judged[key]


def _isolates_among(rows: Floats, counts: Integers, below: int) -> bool:
    """The same of ``rows`` (sets, cells) that tell every two cells apart, of ``counts`` people each."""
    little = np.flatnonzero(counts < below)
    if not len(little):
        return False
    values, vectors = np.linalg.eigh(rows @ rows.T)
    real = values > 1e-10 * values[-1]
    own = (vectors[:, real] / np.sqrt(values[real])).T @ rows[:, little]
    return _singular(np.eye(len(little)) - own.T @ own, counts[little], below)


def _merged(members: Integers, counts: Integers) -> tuple[Floats, Integers]:
    """Cells that no set tells apart become one."""
    if len(members) < 63:
        key = (1 << np.arange(len(members), dtype=np.int64)) @ members
        _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    else:
        _, first, cell = np.unique(members, axis=1, return_index=True, return_inverse=True)
    return members[:, first].astype(np.float64), np.bincount(cell.ravel(), counts).astype(np.int64)


def _singular(matrix: Floats, counts: Integers, below: int) -> bool:
    """Whether a principal part of the positive semidefinite ``matrix`` with ``counts`` below ``below`` is singular."""
    if np.linalg.eigvalsh(matrix)[0] > NOTHING:
        return False
    sets = np.arange(len(counts))[:, None]
    total = counts
    while len(sets):
        if len(sets) > MOST_SETS:
            return True
        parts = matrix[sets[:, :, None], sets[:, None, :]]
        if (np.linalg.eigvalsh(parts)[:, 0] < NOTHING).any():
            return True
        larger = (np.arange(len(counts)) > sets[:, -1:]) & (total[:, None] + counts < below)
        old, new = np.nonzero(larger)
        sets, total = np.column_stack([sets[old], new]), total[old] + counts[new]
    return False
