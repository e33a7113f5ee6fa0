"""What an analysis of votes holds: exact arrays, before anything is suppressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.votes import Votes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Method = Literal["tracktwo", "polis"]
Reason = Literal["claimed", "given", "no-structure", "unstable", "too-few", "not-wanted", "untested", "polis"]
"""Why groups are reported, or why not."""


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The declared camps: for each of n people a delegation and its side."""

    side: Integers
    """(n,) index into ``sides``; −1 where the person is not listed."""
    delegation: Integers
    """(n,) index into ``delegations``; −1 where none is given."""
    sides: tuple[Mapping[str, str], ...]
    """Names by language tag ("" where the file names no language)."""
    delegations: tuple[Mapping[str, str], ...]
    """Names by language tag."""


@dataclass(frozen=True, slots=True, eq=False)
class Camp:
    """A set of people whose votes are counted together."""

    kind: Literal["all", "side", "delegation", "group"]
    index: int
    """Number within its kind."""
    name: Mapping[str, str]
    members: Flags
    """(n,)"""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Positions of people and statements on r components."""

    center: Floats
    """(m,) mean vote of each statement."""
    components: Floats
    """(r, m) orthonormal rows."""
    variance: Floats
    """(r,) share of the variance that each component carries."""
    positions: Floats
    """(n, r) people; NaN for those outside the conversation."""
    statements: Floats
    """(m, r) statements."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A grouping of the people."""

    labels: Integers
    """(n,) from 0; −1 for people in no group, among them those who stand between the groups."""
    nearest: Integers
    """(n,) the group that the person is counted with: for everybody who voted the nearest, so that nobody is left."""
    confidence: Floats
    """(n,) probability that the person belongs to the nearest group; NaN where not computed."""
    count: int

    def of(self, people: Integers) -> Groups:
        """The same groups, of ``people`` alone."""
        return Groups(self.labels[people], self.nearest[people], self.confidence[people], self.count)


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """Whether the votes hold groups at all."""

    claimed: bool
    """Whether groups are reported: structure at ``level``, and stabilities of at least what is needed."""
    p_value: float
    """Probability of so much structure if people voted independently, given their leanings; NaN if not tested."""
    level: float
    stability: float
    """Mean adjusted Rand index, over people placed, with the groups found after a random tenth of the votes is
    dropped; NaN if not run."""
    stability_of_people: float
    """The same after a random tenth of the people is dropped."""
    stability_needed: float
    stability_of_everyone: float
    """The same after a tenth of the votes is dropped, over everybody: the unsure counted with the nearest group."""
    stability_of_everyone_needed: float
    components: int
    """Significant components."""
    silhouette: Floats
    """(candidates,) mean silhouette for k = 2, 3, …"""
    reason: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Weakest:
    """How the weakest camp stands on each statement, for one answer (agree or disagree)."""

    posterior: Floats
    """(m,) probability that the share of the answer passes the threshold in every camp; NaN without votes."""
    estimate: Floats
    """(m,) share in the weakest camp."""
    low: Floats
    """(m,) bounds of its 95 % interval."""
    high: Floats
    camp: Integers
    """(m,) index of the weakest camp among those compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Where a camp answers differently from everybody else, with error control."""

    difference: Floats
    """(camps, m) share of agreement in the camp minus that of everybody else."""
    p_value: Floats
    """(camps, m) two-sided; NaN where not tested."""
    q_value: Floats
    """(camps, m) adjusted for the false discovery rate over all tests made."""
    found: Flags
    """(camps, m) q ≤ level."""
    cross_fitted: bool
    """Whether the groups tested on a statement were drawn without it."""


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that stands for a group in the Polis method."""

    statement: int
    direction: Literal["agree", "disagree"]
    successes: int
    trials: int
    p_success: float
    p_test: float
    repness: float
    repness_test: float


@dataclass(frozen=True, slots=True, eq=False)
class Bridging:
    """Matrix factorisation whose statement intercept is agreement across the divide (Community Notes)."""

    mean: float
    person_intercept: Floats
    """(n,) NaN for people left out by the filter."""
    person_factor: Floats
    statement_intercept: Floats
    """(m,) NaN for statements left out by the filter."""
    statement_factor: Floats
    low: Floats
    """(m,) bounds of the 95 % interval of the statement intercept."""
    high: Floats
    loss: float
    converged: bool


@dataclass(frozen=True, slots=True)
class Slate:
    """Statements that together represent everyone."""

    rule: Literal["seqpav", "equal-shares", "seqphragmen"]
    statements: tuple[int, ...]
    """In order of election where the rule has one, else ascending."""
    ejr_plus: bool
    """Whether the slate satisfies EJR+ (Brill & Peters 2023)."""
    witness: tuple[int, int] | None
    """Where it does not: a statement left out and the size of the group that deserves it."""


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything computed from one set of votes. Exact; nothing here is suppressed."""

    method: Method
    votes: Votes
    sides: Sides | None
    threshold: float
    seed: int
    camps: tuple[Camp, ...]
    """Everybody, then sides, delegations and groups, where there are any."""
    counts: Integers
    """(camps, m, 3) disagreements, passes, agreements."""
    included: Flags
    """(m,) statements that are inside the mathematics."""
    structure: Structure
    space: Space
    groups: Groups
    consensus: Floats
    """(m,) Polis' product under ``polis``; the posterior that every camp compared agrees under ``tracktwo``."""
    compared: tuple[int, ...]
    """The camps that common ground is common to: the sides if declared, else groups if claimed, else everybody."""
    agree: Weakest
    disagree: Weakest
    common_agree: Integers
    """Statements that every camp compared agrees on (posterior ≥ 0.95), strongest first."""
    common_disagree: Integers
    differences: Differences | None
    """Under ``tracktwo``; rows as ``camps``; None where no camp was compared with the rest."""
    representative: tuple[tuple[Representative, ...], ...]
    """Under ``polis``: at most five a group."""
    majority: tuple[tuple[Representative, ...], tuple[Representative, ...]]
    """Under ``polis``: statements that most agree with, and that most disagree with."""
    priority: Floats
    """(m,) what to show next, higher first."""
    bridging: Bridging | None
    slate: Slate | None
    asked: str
    """What groups were asked for: "auto", "none", a number, or "file"."""
