"""How fast image classifiers came to need less compute for the same accuracy: the model of Erdil and Besiroglu.

accuracy = S(c + a t + p ln C) S(d + b t + q ln D), with S(x) = 1 / (1 + e^-x), compute C and images D of training,
each over its reference, and years t since 2012. The observed log-odds of accuracy have a normal distribution about
those of the model, of width s. With the same data, the compute needed for an accuracy halves in ln 2 p / a years.
Source: erdil2022algorithmic; besiroglu2022data for the references and the priors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import log, pi
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from analysis.inputs.rows import ImageClassifier
from analysis.model.least_squares import SEED, Floats, sum_of_products
from analysis.units import MONTHS_PER_YEAR

REFERENCE_YEAR: Final = 2012
# Compute of AlexNet, and about the images of ImageNet.
REFERENCE_FLOP: Final = 4.7e17
REFERENCE_IMAGES: Final = 1e6
# Places of the coefficients: constant, time and scale of the first sigmoid, the same of the second, and ln s.
PROGRESS, SCALING, SIGMOID, WIDTH = 1, 2, 3, 6
# Widths of the normal priors about zero.
PRIOR_WIDTHS: Final = (1.0, 0.09, 0.09, 1.0, 0.09, 0.09, 1.0)
RESAMPLES: Final = 100
# From here the search finds the best of the optima.
START: Final = np.zeros(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifiers:
    """What a fit is made to, one value per model; dates are in the years of the study."""

    errors_percent: tuple[float, ...]
    years: tuple[float, ...]
    computes_flop: tuple[float, ...]
    images: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sigmoids:
    """The log-odds of accuracy, and the columns that the coefficients of each sigmoid are multiplied with."""

    log_odds: Floats
    compute: Floats
    images: Floats

    def resampled(self, rows: NDArray[np.int64]) -> "Sigmoids":
        """The parts of some of the models, which may be repeated."""
        return Sigmoids(log_odds=self.log_odds[rows], compute=self.compute[rows], images=self.images[rows])

    def log_likelihood(self, coefficients: Floats) -> tuple[float, Floats]:
        """The log-likelihood of the log-odds, and its derivatives."""
        first = 1 / (1 + np.exp(-self.compute @ coefficients[:SIGMOID]))
        second = 1 / (1 + np.exp(-self.images @ coefficients[SIGMOID:WIDTH]))
        failing = 1 - first * second
        width = np.exp(coefficients[WIDTH])
        errors = (self.log_odds - np.log(first * second / failing)) / width
        slopes = [
            (errors * (1 - first) / failing) @ self.compute / width,
            (errors * (1 - second) / failing) @ self.images / width,
            [errors @ errors - len(errors)],
        ]
        constant = coefficients[WIDTH] + log(2 * pi) / 2
        return float(-errors @ errors / 2 - len(errors) * constant), np.concatenate(slopes)


def authors_sample(models: Iterable[ImageClassifier]) -> tuple[ImageClassifier, ...]:
    """The models that the authors fit."""
    return tuple(model for model in models if model.fitted)


def authors_year(day: date) -> float:
    """The date in the calendar of the study, where a month has 30 days and a year 360, in whole hundredths."""
    days = 30 * (day.month - 1) + day.day
    return day.year + (100 * days + 180) // 360 / 100


def sigmoids_of(models: Classifiers) -> Sigmoids:
    """The parts of the model for some classifiers."""
    accuracy = 1 - np.asarray(models.errors_percent) / 100
    years = np.asarray(models.years) - REFERENCE_YEAR
    computes, images = (
        np.log(np.asarray(values) / reference)
        for values, reference in ((models.computes_flop, REFERENCE_FLOP), (models.images, REFERENCE_IMAGES))
    )
    ones = np.ones_like(years)
    return Sigmoids(
        log_odds=np.log(accuracy / (1 - accuracy)),
        compute=np.column_stack([ones, years, computes]),
        images=np.column_stack([ones, years, images]),
    )


def likeliest(sigmoids: Sigmoids, start: Floats = START) -> Floats:
    """The coefficients of the highest likelihood times prior in the neighbourhood of a start."""
    weights = np.array([1 / width**2 for width in PRIOR_WIDTHS])

    def lost(coefficients: Floats) -> tuple[float, Floats]:
        value, slopes = sigmoids.log_likelihood(coefficients)
        prior = weights * coefficients
        return float(prior @ coefficients) / 2 - value, prior - slopes

    return np.asarray(optimize.minimize(lost, start, jac=True, method="BFGS").x)


def log_likelihood_of_accuracy(sigmoids: Sigmoids, coefficients: Floats) -> float:
    """The log-likelihood of the accuracies themselves: that of their log-odds and the change of variable."""
    accuracy = 1 / (1 + np.exp(-sigmoids.log_odds))
    return sigmoids.log_likelihood(coefficients)[0] - float(np.log(accuracy * (1 - accuracy)).sum())


def linear_fit(log_odds: Floats, columns: Floats) -> tuple[Floats, float]:
    """The coefficients of least squares of the log-odds on some columns and a constant, which comes last, and R2."""
    terms = np.column_stack([columns, np.ones(len(columns))])
    coefficients: Floats = np.linalg.lstsq(terms, log_odds, rcond=None)[0].astype(np.float64)
    residuals = log_odds - terms @ coefficients
    return coefficients, 1 - float((residuals**2).sum()) / sum_of_products(log_odds, log_odds)


def halving_time_months(coefficients: Floats) -> float:
    """How long the compute needed for an accuracy takes to halve."""
    return MONTHS_PER_YEAR * log(2) * float(coefficients[SCALING] / coefficients[PROGRESS])


def resampled_halving_times(sigmoids: Sigmoids) -> Floats:
    """The halving times of the fits to resamples of the models, in months; each search starts from the fit to all."""
    found, n = likeliest(sigmoids), len(sigmoids.log_odds)
    drawn = np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))
    return np.array([halving_time_months(likeliest(sigmoids.resampled(rows), found)) for rows in drawn])
