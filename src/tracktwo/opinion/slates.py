"""Slates: a few statements that together represent everyone."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tracktwo.opinion.analysis import Flags, Floats, Integers, Slate
from tracktwo.opinion.votes import AGREE, InputError, Votes

NEAR = 1e-7
"""How near to the best score, in floating point, a statement must come for the exact comparison."""


def slate(
    votes: Votes,
    size: int,
    *,
    rule: Literal["equal-shares", "seqpav", "seqphragmen"] = "equal-shares",
    included: Flags | None = None,
) -> Slate:
    """``size`` statements that represent everyone, by a proportional rule of approval voting.

    An agree vote is an approval. Nothing else is: a person who disagrees, passes, or was never shown a statement does
    not approve of it, so where people saw few statements, those seen by more people have the better chance. The n
    people are those with at least one vote on an included statement, whether they agree with any or not.
    ``included`` (m,) says which statements may be chosen; without it, those not moderated out and not meta.

    - ``equal-shares``: everyone has size / n to spend, a statement costs 1, and is bought at the lowest price a head
      (Peters & Skowron 2020, Proportionality and the limits of welfarism); seats left over go by Phragmén's rule,
      started from the money left.
    - ``seqpav``: the statement that adds most to Σ over people of 1 + ½ + … + 1/(chosen statements they approve).
    - ``seqphragmen``: each statement brings a load of 1, spread over its supporters; the smallest greatest load wins.

    Ties go to the earlier statement. Scores are compared in floating point, then those within 1e-7 of the best once
    more in exact fractions: the result is the exact one and equals abcvoting's on the same ballots. Time is a few
    passes over the agree votes for each seat, memory some 30 bytes an agree vote.

    The certificate says whether the slate satisfies EJR+ with n / size as the quota (see :func:`underserved`). Equal
    shares always does.

    InputError if the size is below 1 or above the number of included statements, if nobody agrees with any of them, or
    if the rule is unknown.
    """
    rules = {"equal-shares": _equal_shares, "seqpav": _sequential_pav, "seqphragmen": _phragmen}
    if rule not in rules:
        raise InputError(f"There is no rule {rule!r} for slates; choose one of {', '.join(sorted(rules))}.")
    chosen_from = np.flatnonzero(~(votes.moderated_out | votes.meta) if included is None else included)
    if not 1 <= size <= len(chosen_from):
        raise InputError(f"A slate of {size} cannot be chosen from {len(chosen_from)} statements.")
    ballots = _Ballots.of(votes, chosen_from)
    if not len(ballots.approvers):
        raise InputError("Nobody agrees with any statement, so no slate can represent anyone.")
    elected = rules[rule](ballots, size)
    witness = underserved(ballots, elected)
    return Slate(
        rule=rule,
        statements=tuple(int(chosen_from[c]) for c in elected),
        ejr_plus=witness is None,
        witness=None if witness is None else (int(chosen_from[witness[0]]), witness[1]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ballots:
    """Who agrees with what."""

    approvers: Integers
    """(agree votes,) people, by statement."""
    starts: Integers
    """(m + 1,) where each statement's approvers begin."""
    listed: int
    """People in the votes, voting or not."""
    people: int
    """People with a vote."""

    @classmethod
    def of(cls, votes: Votes, chosen_from: Integers) -> _Ballots:
        position = np.full(votes.m, -1)
        position[chosen_from] = np.arange(len(chosen_from))
        kept = (position >= 0)[votes.codes >> 2]
        agree = kept & ((votes.codes & 3) == AGREE + 1)
        voted, agreed = (np.diff(np.append(0, np.cumsum(flag))[votes.indptr]) for flag in (kept, agree))
        person = np.repeat(np.arange(votes.n), agreed)
        statement = position[votes.codes[agree] >> 2]
        counts = np.bincount(statement, minlength=len(chosen_from))
        return cls(
            approvers=person[np.argsort(statement, kind="stable")],
            starts=np.concatenate([[0], np.cumsum(counts)]),
            listed=votes.n,
            people=int(np.count_nonzero(voted)),
        )

    @property
    def counts(self) -> Integers:
        """(m,) approvals."""
        return np.diff(self.starts)

    @property
    def statements(self) -> Integers:
        """(agree votes,) statement of each approver."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def of_statement(self, c: int) -> Integers:
        return self.approvers[self.starts[c] : self.starts[c + 1]]

    def sums(self, of_person: Floats) -> Floats:
        """(m,) sum over the approvers of each statement."""
        sums = np.bincount(self.statements, weights=of_person[self.approvers], minlength=len(self.counts))
        return sums.astype(np.float64, copy=False)


@dataclass(slots=True, eq=False)
class _Accounts:
    """An exact fraction a person: people with the same history share one numerator over a common denominator."""

    kind: Integers
    """(people,) index into the numerators."""
    numerators: NDArray[Any]
    """(kinds,) Python integers."""
    denominator: int

    @classmethod
    def equal(cls, people: int, amount: Fraction) -> _Accounts:
        return cls(np.zeros(people, dtype=np.int64), np.array([amount.numerator], dtype=object), amount.denominator)

    @property
    def floats(self) -> Floats:
        """(people,) in floating point."""
        return np.asarray(self.numerators / self.denominator, dtype=np.float64)[self.kind]

    def holdings(self, people: Integers) -> tuple[NDArray[Any], NDArray[Any]]:
        """How many of the people hold what numerator."""
        counts = np.bincount(self.kind[people])
        kinds = np.flatnonzero(counts)
        return counts[kinds].astype(object), self.numerators[kinds]

    def scale(self, amount: Fraction) -> int:
        """Make the denominator one that the amount has too; its numerator."""
        common = math.lcm(self.denominator, amount.denominator)
        self.numerators = self.numerators * (common // self.denominator)
        self.denominator = common
        return amount.numerator * (common // amount.denominator)

    def pay(self, people: Integers, price: Fraction) -> None:
        """Take the price, or all there is, from each of the people."""
        due = self.scale(price)
        self.numerators = np.concatenate([self.numerators, np.maximum(self.numerators - due, 0)])
        self.kind[people] += len(self.numerators) // 2
        self._forget()

    def set(self, people: Integers, amount: Fraction) -> None:
        """Give each of the people the same amount."""
        numerator = self.scale(amount)
        self.numerators = np.append(self.numerators, np.array([numerator], dtype=object))
        self.kind[people] = len(self.numerators) - 1
        self._forget()

    def _forget(self) -> None:
        """Drop numerators that nobody holds."""
        used = np.bincount(self.kind, minlength=len(self.numerators)) > 0
        self.kind = (np.cumsum(used) - 1)[self.kind]
        self.numerators = self.numerators[used]


def _sequential_pav(ballots: _Ballots, size: int) -> list[int]:
    """Score of a statement: Σ over its approvers of 1 / (1 + chosen statements they approve)."""
    represented = np.zeros(ballots.listed, dtype=np.int64)
    elected: list[int] = []

    def cost(c: int) -> Fraction:
        counts = np.bincount(represented[ballots.of_statement(c)])
        return -sum((Fraction(int(count), r + 1) for r, count in enumerate(counts)), Fraction())

    while len(elected) < size:
        costs = -ballots.sums(1 / (1 + represented))
        costs[elected] = np.inf
        if (found := _cheapest(costs, cost)) is None:
            break
        elected.append(found[0])
        represented[ballots.of_statement(found[0])] += 1
    return elected


def _phragmen(
    ballots: _Ballots, size: int, elected: list[int] | None = None, loads: _Accounts | None = None
) -> list[int]:
    """Cost of a statement: the load of each of its approvers were it chosen, 1 and their loads evenly spread."""
    elected = elected or []
    loads = loads or _Accounts.equal(ballots.listed, Fraction(0))
    supported = ballots.counts > 0

    def cost(c: int) -> Fraction:
        counts, numerators = loads.holdings(ballots.of_statement(c))
        return Fraction(loads.denominator + int(counts @ numerators), loads.denominator * int(counts.sum()))

    while len(elected) < size:
        of_person = loads.floats
        costs = np.where(supported, (1 + ballots.sums(of_person)) / np.maximum(ballots.counts, 1), np.inf)
        costs[elected] = np.inf
        found = _cheapest(costs, cost, scale=float(np.abs(of_person).max()))
        if found is None:  # nobody supports what is left
            unsupported = [c for c in range(len(costs)) if c not in elected]
            return elected + unsupported[: size - len(elected)]
        elected.append(found[0])
        loads.set(ballots.of_statement(found[0]), found[1])
    return elected


def _equal_shares(ballots: _Ballots, size: int) -> list[int]:
    """Cost of a statement: what each approver pays, or all they have if that is less, so that 1 is paid in all."""
    money = _Accounts.equal(ballots.listed, Fraction(size, ballots.people))
    prices = np.where(ballots.counts > 0, 0.0, np.inf)
    elected: list[int] = []

    def cost(c: int) -> Fraction | None:
        counts, numerators = money.holdings(ballots.of_statement(c))
        due = money.denominator
        while len(counts):
            rich = int(counts.sum())
            poor = (numerators * rich < due).astype(bool)
            if not poor.any():
                return Fraction(due, money.denominator * rich)
            due -= int(counts[poor] @ numerators[poor])
            counts, numerators = counts[~poor], numerators[~poor]
        return None

    while len(elected) < size:
        prices = _prices(ballots, money.floats, prices)
        prices[elected] = np.inf
        found = _cheapest(prices, cost)
        if found is None:
            money.numerators = -money.numerators
            return _phragmen(ballots, size, elected, money)
        elected.append(found[0])
        money.pay(ballots.of_statement(found[0]), found[1])
    return elected


def _prices(ballots: _Ballots, money: Floats, at_least: Floats) -> Floats:
    """(m,) price a head of each statement in floating point, ∞ where its approvers cannot pay.

    Prices never fall while money is spent, so last round's (``at_least``) already show who pays all they have; two or
    three passes settle the rest.
    """
    holdings, statements, m = money[ballots.approvers], ballots.statements, len(ballots.counts)
    prices = at_least
    rich = np.ones(len(holdings), dtype=bool)
    while True:
        poor = rich & (holdings < prices[statements] * (1 - NEAR / 10))
        if prices is not at_least and not poor.any():
            return prices
        rich &= ~poor
        heads = np.bincount(statements[rich], minlength=m)
        paid = np.bincount(statements, weights=np.where(rich, 0.0, holdings), minlength=m)
        prices = np.where(heads > 0, (1 - paid) / np.maximum(heads, 1), np.inf)


def _cheapest(
    costs: Floats, exact: Callable[[int], Fraction | None], scale: float = 0.0
) -> tuple[int, Fraction] | None:
    """First statement of least exact cost, where any has a finite one."""
    while np.isfinite(costs).any():
        least = costs.min()
        near = np.flatnonzero(costs <= least + NEAR * max(abs(least), scale))
        known = [(price, int(c)) for c in near if (price := exact(int(c))) is not None]
        if known:
            price, c = min(known)
            return c, price
        costs[near] = np.inf
    return None


def underserved(ballots: _Ballots, elected: list[int]) -> tuple[int, int] | None:
    """Where a slate fails EJR+: the largest group that it underserves, as (statement left out, people); else None.

    EJR+ holds unless, for some ℓ from 1 to k, at least ℓ n / k people agree with one statement that was left out, and
    each of them with fewer than ℓ of the k elected. One pass over the agree votes for all statements and all ℓ.

    Source: Brill & Peters (2023), Robust and verifiable proportionality axioms for multiwinner voting, section 3.
    """
    k, m = len(elected), len(ballots.counts)
    represented = np.zeros(ballots.listed, dtype=np.int64)
    for c in elected:
        represented[ballots.of_statement(c)] += 1
    keys = ballots.statements * (k + 1) + represented[ballots.approvers]
    fewer = np.bincount(keys, minlength=m * (k + 1)).reshape(m, k + 1).cumsum(axis=1)[:, :k]
    fewer[elected] = 0
    failing = np.where(fewer * k >= np.arange(1, k + 1) * ballots.people, fewer, 0)
    c = int(failing.max(axis=1).argmax())
    size = int(failing[c].max())
    return (c, size) if size else None
