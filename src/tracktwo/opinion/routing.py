"""Which statement to show next: the one whose next vote says most about common ground."""

from __future__ import annotations

import numpy as np

from tracktwo.opinion.analysis import Flags, Floats, Integers
from tracktwo.opinion.intervals import exceedance
from tracktwo.opinion.passes import histogram
from tracktwo.opinion.votes import InputError, Votes


def routing(
    votes: Votes,
    *,
    threshold: float = 0.6,
    camps: Flags | Integers | None = None,
    camp: int | None = None,
    included: Flags | None = None,
) -> Floats:
    """(m,) expected information, in bits, of the next vote on each statement about whether it is common ground.

    ``camps`` is (camps, n) membership or (n,) labels (negative: in no camp); without it everybody is one camp.
    ``camp`` is the camp of the person to whom a statement will be shown; without it, the next voter is anybody in a
    camp, so the camps count by their people. ``included`` (m,), without it those not moderated out and not meta; the
    others get 0. What the person has already voted on is for the caller to leave out. See :func:`expected_information`.

    InputError if there is no such camp, or the threshold is not between 0 and 1.
    """
    members = _members(votes, camps)
    counts = np.concatenate([histogram(votes, np.where(one, 0, -1)) for one in members])
    gains = expected_information(counts, threshold=threshold)
    if camp is None:
        people = members.sum(axis=1)
        gain = people @ gains / max(people.sum(), 1)
    elif 0 <= camp < len(members):
        gain = gains[camp]
    else:
        raise InputError(f"There is no camp {camp}; there are {len(members)}, numbered from 0.")
    shown = ~(votes.moderated_out | votes.meta) if included is None else included
    return np.where(shown, gain, 0.0)


def expected_information(counts: Integers, *, threshold: float = 0.6, passing: Floats | None = None) -> Floats:
    """(camps, m) bits that one more vote from each camp is expected to tell about whether a statement is common ground.

    ``counts`` is (camps, m, 3): disagreements, passes, agreements; ``passing`` (2, camps, m) the probabilities that
    agreement and disagreement pass the threshold, where they are known already. A statement is common ground if the
    share of agreement (agrees / votes, passes counted in) passes the threshold in every camp, or that of disagreement
    does. Each share has a Jeffreys prior, so the probability of each event is Π over camps of a beta tail, and a vote
    changes one factor of it, up with the probability that the vote is of that answer, down otherwise. The result is
    the expected fall of the entropy of the event, agreement and disagreement added: never negative, 0 where nothing
    is left to learn, and the same for camps in any order. A statement nobody has seen counts by its prior.

    It looks one vote ahead: in simulation, looking three votes ahead, or at the variance of the probability instead of
    its entropy, made no difference that mattered. Time and memory are in proportion to camps × statements.

    InputError if the threshold is not between 0 and 1.

    Sources: Lindley (1956), On a measure of the information provided by an experiment, Annals of Mathematical
    Statistics 27; the steps of the beta tail are NIST's Digital Library of Mathematical Functions 8.17.20 and 8.17.21.
    """
    if not 0 < threshold < 1:
        raise InputError(f"The threshold is {threshold}; it must lie between 0 and 1.")
    counts = np.asarray(counts, dtype=np.int64)
    answers = np.stack([counts[:, :, 2], counts[:, :, 0]])
    trials = counts.sum(axis=2)
    if passing is None:
        passing = exceedance(answers, trials, threshold=threshold)
    return np.asarray(_information(answers, trials, threshold, passing).sum(axis=0), dtype=np.float64)


def _information(x: Integers, n: Integers, threshold: float, tail: Floats) -> Floats:
    """(…, camps, m) expected fall of the entropy of "the share passes in every camp" by a vote of each camp.

    ``tail`` is the probability that the share does.
    """
    from scipy.special import betaln  # type: ignore[import-untyped]

    a, b = x + 0.5, n - x + 0.5
    step = np.exp(a * np.log(threshold) + b * np.log1p(-threshold) - betaln(a, b))
    others = _product_of_others(tail)
    success = a / (a + b)
    now = _entropy(others * tail)
    after_success = _entropy(others * np.minimum(tail + step / a, 1))
    after_failure = _entropy(others * np.maximum(tail - step / b, 0))
    return np.maximum(now - success * after_success - (1 - success) * after_failure, 0)


def _product_of_others(tail: Floats) -> Floats:
    """(…, camps, m) product over the other camps; no division, which tails of 0 would not stand."""
    others = np.ones_like(tail)
    others[..., 1:, :] = np.cumprod(tail[..., :-1, :], axis=-2)
    others[..., :-1, :] *= np.cumprod(tail[..., :0:-1, :], axis=-2)[..., ::-1, :]
    return others


def _entropy(p: Floats) -> Floats:
    """Bits of an event of probability p."""
    from scipy.special import entr

    return np.asarray((entr(p) + entr(1 - p)) / np.log(2), dtype=np.float64)


def _members(votes: Votes, camps: Flags | Integers | None) -> Flags:
    """(camps, n) membership."""
    if camps is None:
        return np.ones((1, votes.n), dtype=bool)
    given = np.asarray(camps)
    members = given if given.ndim == 2 else given == np.arange(int(given.max(initial=-1)) + 1)[:, None]
    if members.dtype != bool or members.shape[1:] != (votes.n,) or not len(members):
        raise InputError(
            f"The camps have shape {given.shape}; give a label for each of {votes.n} people, or one row a camp."
        )
    return members.astype(bool, copy=False)
