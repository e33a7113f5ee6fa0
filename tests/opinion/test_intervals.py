"""Intervals hold what they promise, counted out exactly rather than sampled."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import beta, binom

from tracktwo.opinion.intervals import exceedance, jeffreys, weakest
from tracktwo.opinion.votes import InputError

SHARES = np.linspace(0.05, 0.95, 181)


def probabilities(n, shares):
    """(shares, n + 1) probability of each count."""
    return binom.pmf(np.arange(n + 1), n, np.asarray(shares)[:, None])


@pytest.mark.parametrize("n", range(5, 51))
def test_a_share_is_covered_in_93_to_97_percent_on_average_over_shares(n):
    low, high = jeffreys(np.arange(n + 1), n)
    shares = np.linspace(0.05, 0.95, 1001)
    covers = (low <= shares[:, None]) & (shares[:, None] <= high)
    coverage = (probabilities(n, shares) * covers).sum(axis=1).mean()
    assert 0.93 <= coverage <= 0.97


# Printed by R's ``binom.confint`` of 6,000 test results (package screenr by S. Gutreuter, ``sens_spec_plus`` on
# its data ``unicorns``, method "jeffreys").
@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (1447, 6000, 0.2304688, 0.2521141),
        (97, 6000, 0.0132043, 0.0195955),
        (76, 97, 0.6939848, 0.8564011),
        (4532, 5903, 0.7568436, 0.7783844),
        (76, 1447, 0.0419109, 0.0649212),
        (4532, 4553, 0.9930909, 0.9970562),
    ],
)
def test_published_limits(x, n, low, high):
    assert jeffreys(x, n) == pytest.approx((low, high), abs=6e-8)


@pytest.mark.parametrize("n", [1, 2, 7, 36])
def test_the_bounds_are_quantiles_of_the_posterior(n):
    x = np.arange(n + 1)
    low, high = jeffreys(x, n)
    np.testing.assert_allclose(low[1:], beta.ppf(0.025, x + 0.5, n - x + 0.5)[1:])
    np.testing.assert_allclose(high[:-1], beta.ppf(0.975, x + 0.5, n - x + 0.5)[:-1])


def test_the_interval_reaches_the_end_where_nobody_or_everybody_agrees():
    low, high = jeffreys([0, 8], 8)
    assert low[0] == 0
    assert high[1] == 1
    assert high[0] < 0.4 < 0.6 < low[1]


def test_without_votes_there_is_no_interval():
    assert np.isnan(jeffreys(0, 0)).all()


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.sampled_from([0.5, 0.8, 0.95, 0.999]))
def test_the_interval_holds_the_share_and_mirrors(x, rest, level):
    n = x + rest
    if n == 0:
        return
    low, high = jeffreys(x, n, level=level)
    assert 0 <= low <= x / n <= high <= 1
    other_low, other_high = jeffreys(rest, n, level=level)
    assert other_low == pytest.approx(1 - high, abs=1e-12)
    assert other_high == pytest.approx(1 - low, abs=1e-12)


@pytest.mark.parametrize(("x", "n", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 0.0), (1, 2, 1.0), (1, 2, 95.0)])
def test_impossible_counts_and_levels_are_refused(x, n, level):
    with pytest.raises(InputError):
        jeffreys(x, n, level=level)


def coverage_of_weakest(sizes, shares):
    """Probability that the interval of the weakest side holds the smallest of the true shares, counted out."""
    tables = list(product(*(range(n + 1) for n in sizes)))
    counts = np.array(tables).T
    found = weakest(counts, np.array(sizes)[:, None] + 0 * counts, threshold=0.6)
    weight = np.ones(len(tables))
    for x, n, share in zip(counts, sizes, shares, strict=True):
        weight *= binom.pmf(x, n, share)
    truth = min(shares)
    return weight[(found.low <= truth) & (truth <= found.high)].sum()


@pytest.mark.parametrize("sides", range(2, 7))
@pytest.mark.parametrize("n", [4, 5, 6, 8, 12, 18, 30])
def test_the_weakest_of_equal_sides_is_covered_at_every_share(sides, n):
    # Equal sizes: a bound of the smallest is the bound of the smallest count, so one table over that count is enough.
    count = np.tile(np.arange(n + 1), (sides, 1))
    found = weakest(count, np.full_like(count, n), threshold=0.6)
    below = np.cumsum(probabilities(n, SHARES), axis=1)
    at_least = 1 - np.concatenate([np.zeros((len(SHARES), 1)), below], axis=1)
    smallest = at_least[:, :-1] ** sides - at_least[:, 1:].clip(0) ** sides
    covers = (found.low <= SHARES[:, None]) & (SHARES[:, None] <= found.high)
    coverage = (smallest * covers).sum(axis=1)
    assert coverage.min() >= 0.95 - 1e-9


@pytest.mark.parametrize(
    ("sizes", "shares"),
    [
        ((4, 30), (0.5, 0.5)),
        ((4, 30), (0.9, 0.6)),
        ((12, 24), (0.6, 0.95)),
        ((18, 18), (0.75, 0.85)),
        ((5, 8, 12), (0.6, 0.6, 0.6)),
        ((5, 8, 12), (0.3, 0.5, 0.9)),
        ((4, 4, 5, 6), (0.55, 0.55, 0.55, 0.55)),
        ((4, 4, 4, 4, 4), (0.8, 0.8, 0.8, 0.8, 0.6)),
        ((4, 4, 4, 5, 5, 5), (0.7, 0.7, 0.7, 0.7, 0.7, 0.7)),
    ],
)
def test_the_weakest_of_unequal_sides_is_covered(sizes, shares):
    assert coverage_of_weakest(sizes, shares) >= 0.95 - 1e-9


def test_a_single_camp_has_its_own_interval():
    found = weakest([[3, 0]], [[10, 4]], threshold=0.6)
    low, high = jeffreys([3, 0], [10, 4])
    assert (found.low == low).all()
    assert (found.high == high).all()


def test_the_posterior_is_that_every_camp_passes():
    found = weakest([[9], [5]], [[10], [8]], threshold=0.6)
    assert found.posterior[0] == pytest.approx(beta.sf(0.6, 9.5, 1.5) * beta.sf(0.6, 5.5, 3.5))
    assert found.estimate[0] == 5 / 8
    assert found.camp[0] == 1
    assert found.low[0] == pytest.approx(betaincinv(5, 4, 0.025))
    assert found.high[0] == pytest.approx(betaincinv(6, 3, 1 - 0.0125))


CAMP = st.one_of(st.tuples(st.integers(0, 40), st.integers(0, 40)), st.tuples(st.integers(0, 10**5), st.integers(0, 9)))


@given(st.lists(CAMP, min_size=2, max_size=6), st.sampled_from([0.3, 0.95, 0.999]))
def test_the_interval_of_the_weakest_is_of_the_bounds_of_all_camps(camps, level):
    for x, rest in (np.array(camps).T, np.array(camps).T[::-1]):
        voted, tail = max((x + rest > 0).sum(), 1), (1 - level) / 2
        found = weakest(x[:, None], (x + rest)[:, None], threshold=0.6, level=level)
        low = [betaincinv(a, b + 1, tail) if a else 0 for a, b in zip(x, rest, strict=True)]
        high = [1 - betaincinv(b, a + 1, tail / voted) if b else 1 for a, b in zip(x, rest, strict=True)]
        if (x + rest).any():
            assert found.low[0] == pytest.approx(min(low), rel=1e-9)
            assert found.high[0] == pytest.approx(min(high), rel=1e-9)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0.01, 0.99))
def test_the_probability_of_passing_is_the_tail_of_the_posterior(x, rest, threshold):
    found = exceedance(x, x + rest, threshold=threshold)
    assert found == pytest.approx(beta.sf(threshold, x + 0.5, rest + 0.5), abs=1e-11)


def test_a_camp_without_votes_leaves_the_lower_bound_open():
    found = weakest([[9], [0]], [[10], [0]], threshold=0.6)
    assert found.posterior[0] == pytest.approx(beta.sf(0.6, 9.5, 1.5) * beta.sf(0.6, 0.5, 0.5))
    assert (found.estimate[0], found.camp[0], found.low[0]) == (0.9, 0, 0)
    assert found.high[0] < 1


def test_a_statement_without_votes_has_no_weakest_camp():
    found = weakest([[0], [0]], [[0], [0]], threshold=0.6)
    assert np.isnan([found.posterior[0], found.estimate[0], found.low[0], found.high[0]]).all()
    assert found.camp[0] == -1


def test_of_equal_shares_the_surer_one_is_the_weakest():
    assert weakest([[0], [0]], [[2], [20]], threshold=0.6).camp[0] == 1


@pytest.mark.parametrize("threshold", [0, 1, -0.2, 60])
def test_a_threshold_is_a_share(threshold):
    with pytest.raises(InputError, match="between 0 and 1"):
        exceedance(1, 2, threshold=threshold)


@pytest.mark.parametrize("counts", [[1, 2], np.zeros((0, 3))])
def test_counts_are_a_table(counts):
    with pytest.raises(InputError, match="one row a camp"):
        weakest(counts, counts, threshold=0.6)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6), st.randoms())
def test_the_order_of_the_camps_does_not_matter(table, random):
    x, n = (np.array(column)[:, None] for column in zip(*((a, a + b) for a, b in table), strict=True))
    order = list(range(len(x)))
    random.shuffle(order)
    found, shuffled = weakest(x, n, threshold=0.6), weakest(x[order], n[order], threshold=0.6)
    for name in ("posterior", "estimate", "low", "high"):
        np.testing.assert_allclose(getattr(found, name), getattr(shuffled, name), rtol=1e-12)
