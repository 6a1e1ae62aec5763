"""The trend under other settings, and a reader's own runs, worked by hand; published settings give published numbers."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.errors import TrendError
from analysis.inputs.dataset import Dataset
from analysis.model.study import Study, analyse, record_setters
from analysis.model.what_if import (
    EXAMPLES,
    Settings,
    assumes_utilisation,
    chosen_points,
    example,
    neighbours,
    outcome,
    published_settings,
    slope_reach,
    with_factors,
)
from tests.editions import EDITIONS

# Products and sums of a handful of floats in another order.
ROUNDING = 1e-12


@pytest.fixture(scope="module")
def published(study: Study) -> Settings:
    """The settings of the main fit."""
    return published_settings(study)


def slugs(study: Study, settings: Settings) -> list[str]:
    """The systems that some settings leave in."""
    return [point.slug for point in chosen_points(study, settings)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_published_settings_give_the_published_trend(dataset: Dataset, edition: str) -> None:
    study = analyse(dataset, edition)
    assert outcome(study, published_settings(study)).trend == study.trends["modern"]


def test_twice_the_utilisation_doubles_what_was_estimated_with_it(study: Study, published: Settings) -> None:
    doubled = chosen_points(study, replace(published, utilisation=2 * published.utilisation))
    factors = {p.slug: p.compute_flop / study.point(p.slug).compute_flop for p in doubled}
    assert factors["alexnet"] == pytest.approx(2, rel=ROUNDING)
    # DQN and VGG count operations, AlphaGo Zero is read from the chart, DeepSpeech2 has a utilisation of its own.
    assert [factors[slug] for slug in ("dqn", "vgg", "alphago-zero", "deepspeech2")] == [1, 1, 1, 1]


def test_a_point_assumes_a_utilisation_only_where_none_was_published(study: Study) -> None:
    assert assumes_utilisation(study.point("alexnet"))
    assert not assumes_utilisation(study.point("deepspeech2"))
    assert not assumes_utilisation(study.point("dqn"))


def test_a_first_year_leaves_out_earlier_points(study: Study, published: Settings) -> None:
    left = chosen_points(study, replace(published, first_year=2016))
    assert left == tuple(point for point in study.era("modern") if point.date >= date(2016, 1, 1))
    assert 0 < len(left) < len(study.era("modern"))


def test_a_domain_leaves_in_its_own_points(study: Study, published: Settings) -> None:
    assert slugs(study, replace(published, domain="games")) == ["dqn", "dota-1v1", "alphago-zero", "alphazero"]


def test_systems_can_be_left_out_one_by_one(study: Study, published: Settings) -> None:
    left_out = frozenset({"dqn", "alexnet"})
    without = slugs(study, replace(published, left_out=left_out))
    assert set(without) == {point.slug for point in study.era("modern")} - left_out


def test_without_dqn_the_trend_is_that_of_the_results(study: Study, published: Settings) -> None:
    without = outcome(study, replace(published, left_out=frozenset({"dqn"})))
    assert without.trend == study.trends["modern.without_dqn"]


def test_record_setters_are_those_of_the_points_that_are_left(study: Study, published: Settings) -> None:
    # Without AlphaGo Zero, which came first and is larger, AlphaZero sets a record.
    settings = replace(published, which="records", left_out=frozenset({"alphago-zero"}))
    assert slugs(study, settings)[-1] == "alphazero"
    assert slugs(study, replace(published, which="records")) == [p.slug for p in record_setters(study.era("modern"))]


def test_two_points_leave_no_trend(study: Study, published: Settings) -> None:
    with pytest.raises(TrendError, match=r"^1 point; expected at least 3 for a trend$"):
        outcome(study, replace(published, domain="speech"))


def test_the_reach_of_three_points_is_the_one_worked_by_hand() -> None:
    # Years 0, 1, 3: mean 4/3, distances 4/3, 1/3, 5/3, their sum 10/3, their squares (16 + 1 + 25) / 9 = 14/3.
    # So the weights sum to 5/7 without their signs, and a factor of four is two doublings.
    assert slope_reach([0.0, 1.0, 3.0], 4.0) == pytest.approx(10 / 7, rel=ROUNDING)


def test_no_error_reaches_nowhere(study: Study, published: Settings) -> None:
    exact = outcome(study, replace(published, error_factor=1.0))
    worst = exact.worst_case_months
    assert (worst.low, worst.high) == (worst.value, worst.value)


def test_no_errors_of_the_factor_move_the_slope_further_than_the_reach(study: Study) -> None:
    # Every way to multiply or divide four values by three, tried out: the furthest slope is the reach away.
    years, logs = np.array([0.0, 0.7, 1.1, 3.0]), np.array([1.0, 4.0, 2.0, 7.0])
    signs = np.array(np.meshgrid(*[[-1, 1]] * 4)).reshape(4, -1).T
    slopes = [np.polyfit(years, logs + sign * np.log2(3), 1)[0] for sign in signs]
    furthest = max(slopes) - np.polyfit(years, logs, 1)[0]
    assert furthest == pytest.approx(slope_reach(list(years), 3.0), rel=1e-9)


def test_large_errors_leave_the_doubling_time_open_above(study: Study, published: Settings) -> None:
    worst = outcome(study, replace(published, error_factor=1e6)).worst_case_months
    assert worst.high is None


def test_the_estimator_starts_from_the_calculations_of_alexnet(study: Study) -> None:
    # 2 x 1.58 x 5.5 x 0.333 = 5.78754 tfs-days; 1.2e6 x 90 x 0.75e9 x 2 x 3 = 4.86e17 FLOP.
    assert example(study, "gpu_time").compute_pfs_days == pytest.approx(0.005_787_54, rel=ROUNDING)
    assert example(study, "operations").compute_flop == pytest.approx(4.86e17, rel=ROUNDING)


@pytest.mark.parametrize("way", EXAMPLES)
def test_other_factors_multiply_to_another_compute(study: Study, way: str) -> None:
    calculation = example(study, way)
    first = calculation.terms[0]
    tripled = with_factors(calculation, {first.name: 3 * first.value})
    assert tripled.compute_flop == pytest.approx(3 * calculation.compute_flop, rel=ROUNDING)


def test_a_compute_is_between_its_neighbours(study: Study) -> None:
    points = study.era("modern")
    # 100 pfs-days: between neural machine translation (79 pfs-days) and AlphaZero (420).
    found = neighbours(points, 100 * 8.64e19)
    assert [p and p.slug for p in (found.below, found.same, found.above)] == [
        "neural-machine-translation",
        None,
        "alphazero",
    ]


def test_the_compute_of_a_system_is_its_own_and_the_ends_have_no_neighbour(study: Study) -> None:
    points = study.era("modern")
    smallest, largest = study.point("dqn"), study.point("alphago-zero")
    found = neighbours(points, smallest.compute_flop)
    assert (found.below, found.same) == (None, smallest)
    found = neighbours(points, largest.compute_flop * (1 + 1e-15))
    assert (found.same, found.above) == (largest, None)
