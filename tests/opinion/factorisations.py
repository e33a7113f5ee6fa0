"""The bridging loss as Community Notes states it, and its minimum by a general-purpose optimiser: an oracle."""

import numpy as np
from scipy.optimize import minimize


def kept(votes, included=None):
    """People, statements and ratings of the votes that survive the filter: statements first, then people, once."""
    rows, columns, ratings = votes.rows, votes.columns, (votes.values + 1) / 2
    rated = np.bincount(columns, minlength=votes.m) >= 5
    if included is not None:
        rated &= included
    left = rated[columns]
    rows, columns, ratings = rows[left], columns[left], ratings[left]
    left = (np.bincount(rows, minlength=votes.n) >= 10)[rows]
    return rows[left], columns[left], ratings[left]


class Model:
    """The loss and its derivative, by all terms: μ, people's and statements' intercepts, then their factors."""

    def __init__(self, votes, included=None):
        rows, columns, self.ratings = kept(votes, included)
        self.people, self.rows = np.unique(rows, return_inverse=True)
        self.statements, self.columns = np.unique(columns, return_inverse=True)

    def terms(self, x):
        n, m = len(self.people), len(self.statements)
        return x[0], x[1 : n + 1], x[n + 1 : n + m + 1], x[n + m + 1 : 2 * n + m + 1], x[2 * n + m + 1 :]

    def loss(self, x):
        mean, person, statement, own, factor = self.terms(x)
        n, m, rows, columns = len(self.people), len(self.statements), self.rows, self.columns
        error = mean + person[rows] + statement[columns] + own[rows] * factor[columns] - self.ratings
        loss = error @ error / len(error) + 0.15 * (person @ person / n + statement @ statement / m + mean**2)
        loss += 0.03 * (own @ own / n + factor @ factor / m)
        pull = 2 * error / len(error)
        slope = (
            [pull.sum() + 0.3 * mean],
            np.bincount(rows, pull, n) + 0.3 * person / n,
            np.bincount(columns, pull, m) + 0.3 * statement / m,
            np.bincount(rows, pull * factor[columns], n) + 0.06 * own / n,
            np.bincount(columns, pull * own[rows], m) + 0.06 * factor / m,
        )
        return loss, np.concatenate(slope)

    def best_for_people(self, mean, statement, factor):
        """All terms, where each person's intercept and factor are the best for what the statements' are."""
        n, rows, weight = len(self.people), self.rows, len(self.rows) / len(self.people)
        left, f = self.ratings - mean - statement[self.columns], factor[self.columns]
        sums = [np.bincount(rows, term, n) for term in (np.ones(len(rows)), f, f * f, left, left * f)]
        a, c = sums[0] + 0.15 * weight, sums[2] + 0.03 * weight
        determinant = a * c - sums[1] ** 2
        person = (c * sums[3] - sums[1] * sums[4]) / determinant
        own = (a * sums[4] - sums[1] * sums[3]) / determinant
        return np.concatenate([[mean], person, statement, own, factor])

    def lowest(self, *, starts=10, seed=0):
        """The lowest loss that L-BFGS over the statements' terms reaches, the people's being the best for them."""
        rng, n, m = np.random.default_rng(seed), len(self.people), len(self.statements)
        of_statements = np.r_[0, n + 1 : n + m + 1, 2 * n + m + 1 : 2 * n + 2 * m + 1]

        def projected(x):
            loss, slope = self.loss(self.best_for_people(x[0], x[1 : m + 1], x[m + 1 :]))
            return loss, slope[of_statements]

        options = {"maxiter": 20_000, "maxfun": 40_000, "ftol": 1e-10, "gtol": 1e-8, "maxcor": 20}
        begun = 0.3 * rng.standard_normal((starts, 1 + 2 * m))
        return min(minimize(projected, x, jac=True, method="L-BFGS-B", options=options).fun for x in begun)

    def of(self, found):
        """The terms that a :class:`Bridging` holds, as this model's argument."""
        return np.concatenate(
            [
                [found.mean],
                found.person_intercept[self.people],
                found.statement_intercept[self.statements],
                found.person_factor[self.people],
                found.statement_factor[self.statements],
            ]
        )
