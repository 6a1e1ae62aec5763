"""The fit of Ho et al.: its printed optimum, what it is invariant to, and that each search ends where it should."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import scipy

from analysis.inputs.rows import LanguageEvaluation
from analysis.inputs.tables import HO_2024
from analysis.model.language_progress import (
    BENCHMARKS,
    PROGRESS,
    TERM,
    Sample,
    Terms,
    authors_sample,
    authors_year,
    converged_fit,
    differenced_fit,
    fitted_perplexities,
    halving_time_months,
    penalised_square,
    second_unpenalised_fit,
    stopped_fit,
    terms_of,
    tied_fit,
    unpenalised_fit,
)
from analysis.model.study import Study

# Source: ho2024code, section3.ipynb, in the order of the model here: WikiText-2 before the Penn Treebank.
PRINTED = (0.912701, 0.055412, 0.000379, 0.003938, 0.067982, 0.771409, 0.095418, 0.176415, 0.035620, 0.039587)
PRINTED_OBJECTIVE = 0.05181292650905238
SEED = 20240309


@pytest.fixture(scope="module")
def sample(study: Study) -> Sample:
    evaluations = study.dataset.rows(HO_2024)
    chosen, perplexities = authors_sample(evaluations), fitted_perplexities(evaluations)
    return Sample(
        perplexities=tuple(perplexities[each.id] for each in chosen),
        years=tuple(authors_year(each.date) for each in chosen),
        parameters=tuple(each.parameters for each in chosen),
        tokens=tuple(each.tokens for each in chosen),
        benchmarks=tuple(float(BENCHMARKS.index(each.benchmark)) for each in chosen),
    )


@pytest.fixture(scope="module")
def terms(sample: Sample) -> Terms:
    return terms_of(sample)


def evaluation(name: str, perplexity: float, benchmark: str = "wikitext-103", paper: str = "A") -> LanguageEvaluation:
    return LanguageEvaluation.model_validate(
        {
            "id": f"{name}-{benchmark}",
            "name": name,
            "date": date(2018, 5, 16),
            "parameters": 1e6,
            "tokens": 1e6,
            "benchmark": benchmark,
            "perplexity": perplexity,
            "paper": paper,
            "sources": ("ho2024sheet",),
            "since": "2026-11",
        }
    )


def test_the_search_stops_at_the_printed_optimum(terms: Terms) -> None:
    found = stopped_fit(terms)
    # The authors take slopes from differences, which moves the place where the search stops by 1e-6.
    assert found == pytest.approx(PRINTED, abs=2e-6)
    # Both are near a minimum, so that the objective differs by far less than its slope there, 1e-2, times that.
    assert penalised_square(terms, found) == pytest.approx(PRINTED_OBJECTIVE, abs=2e-10)


def test_with_slopes_from_differences_it_stops_nearer(terms: Terms) -> None:
    # A millionth is where the order of additions is felt.
    assert differenced_fit(terms) == pytest.approx(PRINTED, abs=1e-6)


def test_slopes_are_those_of_the_residuals(terms: Terms) -> None:
    coefficients = np.array(PRINTED)
    residuals, jacobian = terms.residuals(coefficients), terms.jacobian(coefficients)
    value, slopes = terms.mean_square(coefficients)
    assert value == pytest.approx(np.mean(residuals**2), rel=1e-12)
    assert slopes == pytest.approx(2 * jacobian.T @ residuals / len(residuals), rel=1e-9)


def test_residuals_change_by_their_jacobian(terms: Terms) -> None:
    coefficients, step = np.array(PRINTED), 1e-6 * np.ones(2 * TERM)
    change = (terms.residuals(coefficients + step) - terms.residuals(coefficients - step)) / 2
    # The error of a central difference is of the order of the cube of the step.
    assert change == pytest.approx(terms.jacobian(coefficients) @ step, abs=1e-12)


def test_nothing_near_the_converged_fit_is_better(terms: Terms) -> None:
    found = converged_fit(terms)
    steps = np.random.default_rng(SEED).normal(size=(50, 2 * TERM))
    near = [penalised_square(terms, found + size * step) for size in (1e-2, 1e-3, 1e-4) for step in steps]
    assert min(near) > penalised_square(terms, found)


def test_no_search_from_elsewhere_ends_below_the_unpenalised_fit(terms: Terms) -> None:
    best, second = (terms.mean_square(fit(terms))[0] for fit in (unpenalised_fit, second_unpenalised_fit))
    assert best < second
    starts = np.random.default_rng(SEED).normal(scale=0.3, size=(30, 2 * TERM))
    ends = [scipy.optimize.least_squares(terms.residuals, start, terms.jacobian).x for start in starts]
    # Searches end a little above their optimum.
    assert min(terms.mean_square(end)[0] for end in ends) == pytest.approx(best, rel=1e-6)


def test_a_tied_fit_has_one_coefficient_of_time(terms: Terms) -> None:
    found = tied_fit(terms)
    assert found[PROGRESS] == found[TERM + PROGRESS]
    # At the least square no change that keeps the tie lowers it.
    slopes = terms.mean_square(found)[1]
    slopes[PROGRESS] += slopes[TERM + PROGRESS]
    assert np.delete(slopes, TERM + PROGRESS) == pytest.approx(np.zeros(2 * TERM - 1), abs=1e-7)


def test_other_units_change_nothing(sample: Sample) -> None:
    # Powers of two scale without rounding, and the model counts from the least value on.
    scaled = replace(
        sample,
        parameters=tuple(1024 * each for each in sample.parameters),
        tokens=tuple(each / 1024 for each in sample.tokens),
        years=tuple(each - 2000 for each in sample.years),
    )
    months = [halving_time_months(tied_fit(terms_of(each))) for each in (sample, scaled)]
    # Years and logarithms are rounded in their last digits, which the fit magnifies.
    assert months[0] == pytest.approx(months[1], rel=1e-6)


def test_a_fit_finds_the_coefficients_that_made_the_data(terms: Terms) -> None:
    made = np.array([1.0, 0.1, 0.2, 0.01, 0.07, 1.1, 0.1, 0.1, 0.03, 0.04])
    exact = replace(terms, log_perplexity=sum(terms.exponentials(made)))
    # 12 ln 2 / (0.01 / 0.07 + 0.03 / 0.04)
    assert halving_time_months(unpenalised_fit(exact)) == pytest.approx(9.3152, abs=1e-3)


def test_the_sample_is_the_three_best_of_each_paper(study: Study) -> None:
    of_a = [evaluation(name, perplexity) for name, perplexity in (("d", 40.0), ("c", 30.0), ("b", 20.0), ("a", 10.0))]
    of_b = evaluation("e", 50.0, paper="B")
    assert [each.name for each in authors_sample([of_b, *of_a])] == ["a", "b", "c", "e"]
    assert len(authors_sample(study.dataset.rows(HO_2024))) == 231


def test_a_system_has_one_perplexity_on_all_benchmarks() -> None:
    everywhere = [
        evaluation("a", perplexity, name) for perplexity, name in zip((3.0, 2.0, 1.0), BENCHMARKS, strict=True)
    ]
    elsewhere = evaluation("b", 4.0, "penn-treebank")
    found = fitted_perplexities([*reversed(everywhere), elsewhere])
    assert found == {**{each.id: 3.0 for each in everywhere}, elsewhere.id: 4.0}


def test_every_year_of_the_study_has_365_days() -> None:
    # 2 January is one day into the year, 31 December of a leap year a whole year.
    assert authors_year(date(2019, 1, 2)) == 2019 + 1 / 365
    assert authors_year(date(2020, 12, 31)) == 2021
