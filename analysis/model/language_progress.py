"""How fast language models came to need less compute for the same perplexity: the model of Ho et al. and its fits.

ln perplexity = exp(a_d - a' t - p ln N) + exp(b_d - b' t - q ln D), where d is the benchmark, t the date, N the
parameters and D the tokens of the data set, the last three from their least value on. Training compute goes with N D,
so what is needed of it halves in ln 2 / (a'/p + b'/q) years.
Source: ho2024algorithmic, model 7; ho2024code for the selection, the optimiser and the resamples.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from analysis.inputs.rows import LanguageEvaluation
from analysis.model.least_squares import Floats
from analysis.units import MONTHS_PER_YEAR

Evaluations = tuple[LanguageEvaluation, ...]
# In the order of preference for the perplexity of a system. The first sets the level, the others have a constant each.
BENCHMARKS: Final = ("wikitext-103", "wikitext-2", "penn-treebank")
BEST_OF_A_PAPER: Final = 3
# Weight of the sum of the absolute coefficients.
PENALTY: Final = 0.0025
# The coefficients of a term in their order: a constant per benchmark, then a' and p, or b' and q.
PROGRESS, SCALING, TERM = 3, 4, 5
RESAMPLES: Final = 100
# The seed of the authors.
SEED: Final = 0
# What the authors leave to the optimiser: it stops when a step lowers the objective by less.
STOPPED: Final = 1e-6
# The step of its differences.
DIFFERENCE: Final = float(np.sqrt(np.finfo(np.float64).eps))
CONVERGED: Final = 1e-13
MOST_STEPS: Final = 2_000
ZERO: Final = np.zeros(2 * TERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a fit is made to, one value per evaluation; a benchmark is its place in `BENCHMARKS`."""

    perplexities: tuple[float, ...]
    years: tuple[float, ...]
    parameters: tuple[float, ...]
    tokens: tuple[float, ...]
    benchmarks: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The logarithms of perplexity, and the columns that the coefficients of each term are multiplied with."""

    log_perplexity: Floats
    parameters: Floats
    tokens: Floats

    def resampled(self, rows: NDArray[np.int64]) -> "Terms":
        """The terms for some of the evaluations, which may be repeated."""
        return Terms(
            log_perplexity=self.log_perplexity[rows], parameters=self.parameters[rows], tokens=self.tokens[rows]
        )

    def exponentials(self, coefficients: Floats) -> tuple[Floats, Floats]:
        """Both terms of the logarithm of perplexity."""
        return np.exp(self.parameters @ coefficients[:TERM]), np.exp(self.tokens @ coefficients[TERM:])

    def residuals(self, coefficients: Floats) -> Floats:
        """The fitted logarithms of perplexity less the observed ones; of each column of coefficients."""
        first, second = self.exponentials(coefficients)
        return np.asarray((first + second).T - self.log_perplexity).T

    def jacobian(self, coefficients: Floats) -> Floats:
        """The derivatives of the residuals."""
        first, second = self.exponentials(coefficients)
        return np.hstack([first[:, None] * self.parameters, second[:, None] * self.tokens])

    def mean_square(self, coefficients: Floats) -> tuple[float, Floats]:
        """The mean square of the residuals, and its derivatives."""
        first, second = self.exponentials(coefficients)
        residuals = first + second - self.log_perplexity
        slopes = np.concatenate([(residuals * first) @ self.parameters, (residuals * second) @ self.tokens])
        return float(residuals @ residuals) / len(residuals), 2 * slopes / len(residuals)


def authors_sample(evaluations: Iterable[LanguageEvaluation]) -> Evaluations:
    """The three best evaluations of each paper, by paper and by the perplexity that the authors fit."""
    listed = tuple(evaluations)
    fitted = fitted_perplexities(listed)
    ranked = sorted(listed, key=lambda each: (each.paper, fitted[each.id], BENCHMARKS.index(each.benchmark)))
    papers = groupby(ranked, key=lambda each: each.paper)
    return tuple(each for _, of_paper in papers for each in islice(of_paper, BEST_OF_A_PAPER))


def fitted_perplexities(evaluations: Iterable[LanguageEvaluation]) -> dict[str, float]:
    """The perplexity that the authors fit for each evaluation, by id: that of the system on its first benchmark.

    On the others, the authors fit the same perplexity again and not the one of the evaluation.
    """
    listed = tuple(evaluations)
    first: dict[tuple[str, float], LanguageEvaluation] = {}
    for each in sorted(listed, key=lambda each: BENCHMARKS.index(each.benchmark)):
        first.setdefault((each.name, each.parameters), each)
    return {each.id: first[each.name, each.parameters].perplexity for each in listed}


def authors_year(day: date) -> float:
    """The date in the calendar of the study, where every year has 365 days."""
    return day.year + (day.timetuple().tm_yday - 1) / 365


def terms_of(sample: Sample) -> Terms:
    """The terms of the model for a sample."""
    years, parameters, tokens = (
        np.asarray(values) - min(values) for values in (sample.years, np.log(sample.parameters), np.log(sample.tokens))
    )
    places = np.asarray(sample.benchmarks)
    constants = [np.ones_like(years), *(places == place for place in range(1, len(BENCHMARKS)))]
    return Terms(
        log_perplexity=np.log(sample.perplexities),
        parameters=np.column_stack([*constants, -years, -parameters]),
        tokens=np.column_stack([*constants, -years, -tokens]),
    )


def halving_time_months(coefficients: Floats) -> float:
    """How long the compute needed for a perplexity takes to halve."""
    first, second = coefficients[:TERM], coefficients[TERM:]
    pace = first[PROGRESS] / first[SCALING] + second[PROGRESS] / second[SCALING]
    return MONTHS_PER_YEAR * log(2) / float(pace)


def stopped_fit(terms: Terms) -> Floats:
    """The coefficients at which the authors' optimiser stops on its way from zero to the least penalised square."""

    def penalised(coefficients: Floats) -> tuple[float, Floats]:
        value, slopes = terms.mean_square(coefficients)
        # At zero the penalty rises to either side; the authors' differences look ahead.
        signs = np.where(coefficients < 0, -1.0, 1.0)
        return value + float(_penalty(coefficients)), slopes + PENALTY * signs

    return _least(penalised, ZERO, tolerance=STOPPED)


def differenced_fit(terms: Terms) -> Floats:
    """The coefficients at which the same search stops if it takes slopes from differences, as the authors' does."""

    def differenced(coefficients: Floats) -> tuple[float, Floats]:
        ahead = coefficients[:, None] + DIFFERENCE * np.eye(len(coefficients))
        value, values = (penalised_square(terms, each) for each in (coefficients, ahead))
        return float(value), (values - value) / (ahead.diagonal() - coefficients)

    return _least(differenced, ZERO, tolerance=STOPPED)


def penalised_square(terms: Terms, coefficients: Floats) -> Floats:
    """What the authors minimise: the mean square of the residuals, and the penalty; of each column of coefficients."""
    return np.asarray((terms.residuals(coefficients) ** 2).mean(axis=0) + _penalty(coefficients))


def _penalty(coefficients: Floats) -> Floats:
    return np.asarray(PENALTY * np.abs(coefficients).sum(axis=0))


def converged_fit(terms: Terms) -> Floats:
    """The coefficients with the least penalised square.

    Each is the difference of two that are not negative, whose sum the penalty counts: so it has a slope at zero too.
    """

    def penalised(halves: Floats) -> tuple[float, Floats]:
        value, slopes = terms.mean_square(halves[: len(ZERO)] - halves[len(ZERO) :])
        return value + PENALTY * float(halves.sum()), np.concatenate([slopes, -slopes]) + PENALTY

    halves = _least(penalised, np.zeros(2 * len(ZERO)), tolerance=CONVERGED, bounds=[(0.0, None)] * (2 * len(ZERO)))
    return np.asarray(halves[: len(ZERO)] - halves[len(ZERO) :])


def unpenalised_fit(terms: Terms) -> Floats:
    """The coefficients with the least square; the tied fit is on its side of the ridge between two optima."""
    return _least_square(terms.residuals, terms.jacobian, tied_fit(terms))


def second_unpenalised_fit(terms: Terms) -> Floats:
    """The coefficients at the other optimum, whose square is slightly larger: a search from zero ends there."""
    return _least_square(terms.residuals, terms.jacobian, ZERO)


def tied_fit(terms: Terms) -> Floats:
    """The coefficients with the least square of those with one coefficient of time for both terms."""
    tie = np.delete(np.eye(2 * TERM), TERM + PROGRESS, axis=1)
    tie[TERM + PROGRESS, PROGRESS] = 1.0
    free = _least_square(
        lambda free: terms.residuals(tie @ free),
        lambda free: terms.jacobian(tie @ free) @ tie,
        np.delete(ZERO, TERM + PROGRESS),
    )
    return np.asarray(tie @ free)


def resampled_halving_times(terms: Terms, fit: Callable[[Terms], Floats] = stopped_fit) -> Floats:
    """The halving times of the authors' fit to resamples of the evaluations, in months."""
    n = len(terms.log_perplexity)
    # The generator of the authors; its draws are the same in every version of NumPy.
    drawn = np.random.RandomState(SEED).randint(0, n, size=(RESAMPLES, n))
    return np.array([halving_time_months(fit(terms.resampled(rows))) for rows in drawn])


def _least_square(residuals: Callable[[Floats], Floats], jacobian: Callable[[Floats], Floats], start: Floats) -> Floats:
    found = optimize.least_squares(
        residuals, start, jacobian, method="lm", ftol=CONVERGED, xtol=CONVERGED, gtol=CONVERGED, max_nfev=MOST_STEPS
    )
    return np.asarray(found.x)


def _least(
    objective: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    *,
    tolerance: float,
    bounds: list[tuple[float, None]] | None = None,
) -> Floats:
    """Where a function that returns its value and its slopes is least, from a start."""
    options = {"ftol": tolerance, "maxiter": MOST_STEPS}
    # A first step may go so far that the exponentials overflow; the search then comes back.
    with np.errstate(over="ignore", invalid="ignore"):
        found = optimize.minimize(objective, start, jac=True, method="SLSQP", bounds=bounds, options=options)
    return np.asarray(found.x)
