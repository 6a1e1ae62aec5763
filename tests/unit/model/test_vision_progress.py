"""The fit of Erdil and Besiroglu: its printed coefficients and likelihood, its slopes, and the calendar of the study."""

from datetime import date
from types import ModuleType

import numpy as np
import pytest

from analysis.inputs.tables import ERDIL_2022
from analysis.model.least_squares import Floats
from analysis.model.study import Study
from analysis.model.vision_progress import (
    PRIOR_WIDTHS,
    Classifiers,
    Sigmoids,
    authors_sample,
    authors_year,
    likeliest,
    linear_fit,
    log_likelihood_of_accuracy,
    sigmoids_of,
)

# Source: besiroglu2022data: constant, time and scale of the sigmoid of compute, of that of images, and ln s.
PRINTED = (0.889338, 0.158895, 0.154499, 1.782682, 0.019822, 0.063199, -2.160454)
# Of the accuracies; that of their log-odds is smaller by the logarithm of their slopes.
PRINTED_LOG_LIKELIHOOD = 267.062746


@pytest.fixture(scope="module")
def classifiers(study: Study) -> Classifiers:
    models = authors_sample(study.dataset.rows(ERDIL_2022))
    return Classifiers(
        errors_percent=tuple(model.top1_error_percent for model in models),
        years=tuple(authors_year(model.date) for model in models),
        computes_flop=tuple(model.compute_flop or 0.0 for model in models),
        images=tuple(model.images for model in models),
    )


@pytest.fixture(scope="module")
def sigmoids(classifiers: Classifiers) -> Sigmoids:
    return sigmoids_of(classifiers)


def test_the_fit_has_the_printed_coefficients_and_likelihood(classifiers: Classifiers, sigmoids: Sigmoids) -> None:
    found = likeliest(sigmoids)
    # Half a unit of the last printed digit.
    assert found == pytest.approx(PRINTED, abs=5.1e-7)
    errors = np.array(classifiers.errors_percent) / 100
    slopes = -np.log(errors * (1 - errors)).sum()
    # The search ends a millionth from the optimum.
    assert sigmoids.log_likelihood(found)[0] + slopes == pytest.approx(PRINTED_LOG_LIKELIHOOD, abs=2e-6)
    assert log_likelihood_of_accuracy(sigmoids, found) == pytest.approx(PRINTED_LOG_LIKELIHOOD, abs=2e-6)


def test_the_linear_fit_is_that_of_statsmodels(sm: ModuleType, sigmoids: Sigmoids) -> None:
    columns = np.column_stack([sigmoids.compute[:, 1:], sigmoids.images[:, 2]])
    coefficients, r_squared = linear_fit(sigmoids.log_odds, columns)
    other = sm.OLS(sigmoids.log_odds, sm.add_constant(columns, prepend=False)).fit()
    assert [*coefficients, r_squared] == pytest.approx([*other.params, other.rsquared], rel=1e-9)


def test_97_models_are_fitted(classifiers: Classifiers) -> None:
    assert len(classifiers.years) == 97


def test_slopes_are_those_of_the_likelihood(sigmoids: Sigmoids) -> None:
    step = 1e-6
    differences = [
        (
            sigmoids.log_likelihood(np.array(PRINTED) + change)[0]
            - sigmoids.log_likelihood(np.array(PRINTED) - change)[0]
        )
        / (2 * step)
        for change in step * np.eye(len(PRINTED))
    ]
    # A likelihood of 500 is rounded at 1e-13, over a step of 1e-6.
    assert sigmoids.log_likelihood(np.array(PRINTED))[1] == pytest.approx(differences, abs=1e-6)


def test_no_search_from_elsewhere_ends_higher(sigmoids: Sigmoids) -> None:
    starts = np.random.default_rng(20221210).normal(scale=0.2, size=(10, len(PRIOR_WIDTHS)))
    ends = [height(sigmoids, likeliest(sigmoids, start)) for start in starts]
    # A search stops where the slopes are below 1e-5.
    assert max(ends) == pytest.approx(height(sigmoids, likeliest(sigmoids)), abs=1e-6)


def height(sigmoids: Sigmoids, coefficients: Floats) -> float:
    """The logarithm of likelihood times prior, but for a constant."""
    return sigmoids.log_likelihood(coefficients)[0] - float(((coefficients / PRIOR_WIDTHS) ** 2).sum()) / 2


@pytest.mark.parametrize(
    ("day", "year"),
    # 8 months and a day are 241 of 360 days, 0.669; 5 months and 3 days are 153, 0.425.
    [(date(2012, 9, 1), 2012.67), (date(2021, 6, 3), 2021.43)],
)
def test_a_year_of_the_study_has_360_days(day: date, year: float) -> None:
    assert authors_year(day) == pytest.approx(year, abs=1e-9)
