"""From votes to an analysis: the default method, and the Polis method beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tracktwo.opinion import passes
from tracktwo.opinion.analysis import (
    Analysis,
    Bridging,
    Camp,
    Differences,
    Flags,
    Floats,
    Groups,
    Integers,
    Method,
    Reason,
    Sides,
    Slate,
    Space,
    Structure,
    Weakest,
)
from tracktwo.opinion.bridging import bridging
from tracktwo.opinion.components import drawn
from tracktwo.opinion.differences import differences, held_out_counts
from tracktwo.opinion.grouping import (
    SMALLEST_GROUP,
    Drawing,
    draw,
    draw_where_it_stands_out,
    eligible,
    stability,
)
from tracktwo.opinion.intervals import exceedance, weakest
from tracktwo.opinion.polis import Polis, polis
from tracktwo.opinion.routing import expected_information
from tracktwo.opinion.slates import slate
from tracktwo.opinion.structure import structure_test
from tracktwo.opinion.threads import on_one_blas_thread
from tracktwo.opinion.votes import InputError, Votes

Progress = Callable[[str, float], None]

CREDIBILITY = 0.95
"""Posterior probability from which common ground is called so."""
LEVEL = 0.05
"""False discovery rate of the differences."""
STRUCTURE_LEVEL = 0.01
STABILITY_NEEDED, STABILITY_OF_EVERYONE_NEEDED = 0.9, 0.6
DRAWS = 20
RESAMPLED_VOTES = 1 << 20
"""Votes about which structure and stability are looked at; of larger conversations, some of the people."""
WORTH_A_THREAD = 1 << 17
"""Votes from which bridging runs beside the rest."""
_NOT_RUN = (np.nan, np.nan, np.nan)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for."""

    sides: Sides | None
    groups: Literal["auto", "none"] | int | Integers
    names: tuple[str, ...]
    threshold: float
    seed: int
    resampling: bool
    progress: Progress


@on_one_blas_thread
def analyse(
    votes: Votes,
    *,
    method: Method = "tracktwo",
    sides: Sides | None = None,
    groups: Literal["auto", "none"] | int | Integers = "auto",
    group_names: Sequence[str] = (),
    threshold: float = 0.6,
    seed: int = 0,
    slate_size: int | None = 5,
    resampling: bool = True,
    progress: Progress | None = None,
) -> Analysis:
    """Groups, common ground, differences, bridging, a slate and priorities. Exact: nothing is suppressed.

    ``groups``: "auto" reports groups only where they hold, "none" seeks none, a number draws so many, and labels (n,)
    from 0 (−1 is none), named by ``group_names``, are taken as they are. ``threshold`` is the agree share (agrees /
    votes, passes counted in) that common ground must pass in every camp. ``resampling=False`` leaves out all that draws
    groups anew: the test of structure, the stability and the tests on held-out statements, so groups are drawn on two
    components, not claimed and not compared. ``progress`` is called with a word and a
    share from 0 to 1. The result depends on the votes and ``seed`` alone, not on the order of rows.

    InputError if there are no votes, or the method, sides, groups, their names, threshold or seed cannot be.
    """
    _require(votes, method, threshold, seed)
    _require_groups(votes, groups, group_names)
    _require_sides(votes, sides)
    wanted = _Wanted(
        sides, groups, tuple(group_names), threshold, seed, resampling, progress or (lambda stage, share: None)
    )
    included = ~(votes.moderated_out | votes.meta)
    with ThreadPoolExecutor(1, thread_name_prefix="bridging") as beside:
        fit: Future[Bridging | None] = Future()
        if len(votes.codes) < WORTH_A_THREAD:
            fit.set_result(bridging(votes, included=included, seed=seed))
        else:  # it needs nothing of the rest
            fit = beside.submit(bridging, votes, included=included, seed=seed)
        found = _with_polis(votes, wanted) if method == "polis" else _with_default(votes, included, wanted)
        return _completed(votes, wanted, found, method, slate_size, fit)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What the two methods do differently."""

    included: Flags
    space: Space
    groups: Groups
    structure: Structure
    drawing: Drawing | None = None
    """The groups as drawn here, for the tests on held-out statements; None where they were given."""
    polis: Polis | None = None


def _require(votes: Votes, method: str, threshold: float, seed: int) -> None:
    if not len(votes.codes):
        raise InputError("There are no votes.")
    if method not in {"tracktwo", "polis"}:
        raise InputError(f"The method can be tracktwo or polis, not {method!r}.")
    if not 0 < threshold < 1:
        raise InputError(f"The threshold is {threshold}; it must lie between 0 and 1.")
    if seed < 0:
        raise InputError(f"The seed is {seed}; it must be 0 or more.")


def _require_groups(votes: Votes, groups: object, names: Sequence[str]) -> None:
    if isinstance(groups, np.ndarray):
        if groups.shape != (votes.n,):
            raise InputError(f"There are {votes.n} people, but labels of shape {groups.shape}.")
        _require_labels(groups, votes.n, "groups")
        if names and groups.max() >= len(names):
            raise InputError(f"There are {groups.max() + 1} groups, but {len(names)} names.")
    elif isinstance(groups, int | np.integer):
        if not 2 <= groups <= votes.n:
            raise InputError(f"{groups} groups cannot be drawn of {votes.n} people; give a number from 2.")
    elif groups not in {"auto", "none"}:
        raise InputError(f"Groups can be auto, none, a number or an array of labels, not {groups!r}.")


def _require_sides(votes: Votes, sides: Sides | None) -> None:
    if sides is None:
        return
    for what, labels, names in (
        ("sides", sides.side, sides.sides),
        ("delegations", sides.delegation, sides.delegations),
    ):
        if labels.shape != (votes.n,):
            raise InputError(f"There are {votes.n} people, but {what} of shape {labels.shape}.")
        _require_labels(labels, len(names), what)


def _require_labels(labels: Integers, count: int, what: str) -> None:
    if not np.issubdtype(labels.dtype, np.integer) or labels.min() < -1 or labels.max() >= count:
        raise InputError(f"The labels of {what} must be whole numbers from 0 to {count - 1}, or -1 for none.")


def _with_default(votes: Votes, included: Flags, wanted: _Wanted) -> _Found:
    if isinstance(wanted.groups, np.ndarray):
        space = draw(votes, included, seed=wanted.seed).space
        return _Found(included, space, _given(wanted.groups), _structure("given", claimed=True))
    people = eligible(votes, included)
    k = None if isinstance(wanted.groups, str) else int(wanted.groups)
    if k is None and (people.sum() < 2 * SMALLEST_GROUP or included.sum() < 2):
        return _Found(included, draw(votes, included, seed=wanted.seed).space, _nobody(votes), _structure("too-few"))
    if wanted.groups == "none":
        return _Found(included, draw(votes, included, seed=wanted.seed).space, _nobody(votes), _structure("not-wanted"))
    if not wanted.resampling:
        drawing = draw(votes, included, k=k, seed=wanted.seed)
        structure = _structure("untested", components=2, silhouette=drawing.silhouette)
        return _Found(included, drawing.space, drawing.groups, structure, drawing)
    return _tested(votes, included, people, k, wanted)


def _tested(votes: Votes, included: Flags, people: Flags, k: int | None, wanted: _Wanted) -> _Found:
    """Groups drawn where structure was found, and reported if they hold or their number was asked for."""
    wanted.progress("structure", 0.05)
    some = drawn(votes.n, max(1, len(votes.codes) // RESAMPLED_VOTES))
    fewer = votes if len(some) == votes.n else votes.of_people(some)
    test = structure_test(fewer, people[some], included, seed=wanted.seed)
    structured = test.p_value <= STRUCTURE_LEVEL
    wanted.progress("groups", 0.2)
    drawing = draw_where_it_stands_out(
        votes, included, dimensions=test.components, leaning_first=test.leaning, k=k, seed=wanted.seed
    )
    held = _NOT_RUN
    if drawing.groups.count:
        own = replace(drawing, groups=drawing.groups.of(some))
        held = _held(fewer, included, own, k, wanted, people_too=structured or k is not None)
    holds = structured and min(held[:2]) >= STABILITY_NEEDED and held[2] >= STABILITY_OF_EVERYONE_NEEDED
    structure = _structure(
        "given" if k else "claimed" if holds else "unstable" if structured else "no-structure",
        claimed=bool(holds or k) and drawing.groups.count > 0,
        p_value=test.p_value,
        held=held,
        components=test.components,
        silhouette=drawing.silhouette,
    )
    return _Found(included, drawing.space, drawing.groups if structure.claimed else _nobody(votes), structure, drawing)


def _held(
    votes: Votes, included: Flags, drawing: Drawing, k: int | None, wanted: _Wanted, *, people_too: bool
) -> tuple[float, float, float]:
    """Stability when votes are dropped, when people are (NaN unless ``people_too``), and of everyone when votes are."""
    wanted.progress("stability", 0.3)
    of_votes = stability(votes, included, drawing, k=k, draws=DRAWS, seed=wanted.seed)
    if not people_too:
        return of_votes.placed, np.nan, of_votes.everyone
    wanted.progress("stability", 0.55)
    of_people = stability(votes, included, drawing, k=k, draws=DRAWS, seed=wanted.seed, of_people=True)
    return of_votes.placed, of_people.placed, of_votes.everyone


def _with_polis(votes: Votes, wanted: _Wanted) -> _Found:
    if isinstance(wanted.groups, str) and wanted.groups == "none":
        raise InputError(
            "The Polis method always draws groups; leave out the choice of none, or use the default method."
        )
    found = polis(votes, groups=None if isinstance(wanted.groups, str) else wanted.groups)
    structure = _structure("polis", claimed=True, components=2, silhouette=found.silhouette)
    return _Found(found.included, found.space, found.groups, structure, polis=found)


def _structure(
    reason: Reason,
    *,
    claimed: bool = False,
    p_value: float = np.nan,
    held: tuple[float, float, float] = _NOT_RUN,
    components: int = 0,
    silhouette: Floats | None = None,
) -> Structure:
    return Structure(
        claimed=claimed,
        p_value=p_value,
        level=STRUCTURE_LEVEL,
        stability=held[0],
        stability_of_people=held[1],
        stability_needed=STABILITY_NEEDED,
        stability_of_everyone=held[2],
        stability_of_everyone_needed=STABILITY_OF_EVERYONE_NEEDED,
        components=components,
        silhouette=np.array([]) if silhouette is None else silhouette,
        reason=reason,
    )


def _nobody(votes: Votes) -> Groups:
    return Groups(np.full(votes.n, -1), np.full(votes.n, -1), np.full(votes.n, np.nan), 0)


def _given(labels: Integers) -> Groups:
    own = labels.astype(np.int64)
    return Groups(own, own, np.full(len(own), np.nan), int(own.max(initial=-1)) + 1)


def _camps(votes: Votes, wanted: _Wanted, groups: Groups) -> tuple[tuple[Camp, ...], Integers]:
    """Everybody, sides, delegations and groups, and their (camps, m, 3) counts."""
    camps = [Camp("all", 0, {}, np.ones(votes.n, dtype=bool))]
    counts = [passes.histogram(votes)]
    kinds: list[tuple[Literal["side", "delegation", "group"], Integers, Sequence[Mapping[str, str]]]] = []
    if wanted.sides is not None:
        kinds.append(("side", wanted.sides.side, wanted.sides.sides))
        kinds.append(("delegation", wanted.sides.delegation, wanted.sides.delegations))
    named = [{"": name} for name in wanted.names] or [{} for _ in range(groups.count)]
    kinds.append(("group", groups.nearest, named))
    for kind, labels, names in kinds:
        if len(names):
            camps += [Camp(kind, i, name, labels == i) for i, name in enumerate(names)]
            counts.append(passes.histogram(votes, labels, len(names)))
    return tuple(camps), np.concatenate(counts)


def _completed(
    votes: Votes,
    wanted: _Wanted,
    found: _Found,
    method: Method,
    slate_size: int | None,
    fit: Future[Bridging | None],
) -> Analysis:
    camps, counts = _camps(votes, wanted, found.groups)
    families = [[i for i, c in enumerate(camps) if c.kind == kind] for kind in ("side", "delegation", "group")]
    compared = families[0] if len(families[0]) > 1 else families[2] if len(families[2]) > 1 else [0]
    own, trials = counts[compared], counts[compared].sum(axis=2)
    passing = exceedance(np.stack([own[:, :, 2], own[:, :, 0]]), trials, threshold=wanted.threshold)
    agree = weakest(own[:, :, 2], trials, threshold=wanted.threshold, passing=passing[0])
    disagree = weakest(own[:, :, 0], trials, threshold=wanted.threshold, passing=passing[1])
    result = found.polis
    return Analysis(
        method=method,
        votes=votes,
        sides=wanted.sides,
        threshold=wanted.threshold,
        seed=wanted.seed,
        camps=camps,
        counts=counts,
        included=found.included,
        structure=found.structure,
        space=found.space,
        groups=found.groups,
        consensus=agree.posterior if result is None else result.consensus,
        compared=tuple(compared),
        agree=agree,
        disagree=disagree,
        common_agree=_common(agree, found.included),
        common_disagree=_common(disagree, found.included),
        differences=_differences(votes, wanted, found, camps, counts, families) if result is None else None,
        representative=() if result is None else result.representative,
        majority=((), ()) if result is None else result.majority,
        priority=_priority(counts, compared, camps, found, wanted, passing) if result is None else result.priority,
        bridging=fit.result(),
        slate=_slate(votes, found.included, counts, slate_size),
        asked="file" if isinstance(wanted.groups, np.ndarray) else str(wanted.groups),
    )


def _common(weakest: Weakest, included: Flags) -> Integers:
    """Statements that are common ground, the strongest in its weakest camp first."""
    found = np.flatnonzero((np.nan_to_num(weakest.posterior) >= CREDIBILITY) & included)
    return found[np.lexsort((found, -weakest.low[found]))]


def _differences(
    votes: Votes,
    wanted: _Wanted,
    found: _Found,
    camps: tuple[Camp, ...],
    counts: Integers,
    families: Sequence[Sequence[int]],
) -> Differences | None:
    families = [family for family in families if len(family) > 1]
    if not families:
        return None
    held_out = None
    if not wanted.resampling:
        families = [family for family in families if camps[family[0]].kind != "group"]
    elif found.drawing is not None and found.groups.count > 1:
        wanted.progress("differences", 0.8)
        held_out = held_out_counts(votes, found.included, found.drawing, camps, counts, seed=wanted.seed)
    return differences(counts, families, found.included, level=LEVEL, held_out=held_out)


def _priority(
    counts: Integers,
    compared: Sequence[int],
    camps: tuple[Camp, ...],
    found: _Found,
    wanted: _Wanted,
    passing: Floats,
) -> Floats:
    gains = expected_information(counts[compared], threshold=wanted.threshold, passing=passing)
    people = np.array([camps[i].members.sum() for i in compared], dtype=np.float64)
    return np.where(found.included, people @ gains / max(people.sum(), 1), 0.0)


def _slate(votes: Votes, included: Flags, counts: Integers, size: int | None) -> Slate | None:
    if not size or not counts[0, included, 2].any():
        return None
    return slate(votes, min(size, int(included.sum())), included=included)
