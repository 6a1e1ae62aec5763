"""Efficiency at AlexNet's level: what runs cost, which set a record, how fast records fell."""

from datetime import date

import pytest

from analysis.inputs.dataset import Dataset
from analysis.model.efficiency import EfficiencyStudy, alexnet_paper_date, frontier_of, halving_trend
from analysis.model.study import Study

# Products and quotients of a few exact decimals.
ROUNDING = 1e-12
JANUARY, FEBRUARY, MARCH, APRIL = (date(2015, month, 1) for month in (1, 2, 3, 4))


@pytest.fixture
def efficiency(study: Study) -> EfficiencyStudy:
    """The efficiency half of the last edition."""
    assert study.efficiency is not None
    return study.efficiency


def test_a_run_below_all_earlier_ones_is_on_the_frontier() -> None:
    assert frontier_of([(JANUARY, 9.0), (FEBRUARY, 12.0), (MARCH, 5.0), (APRIL, 7.0)]) == [True, False, True, False]


def test_a_tie_with_an_earlier_run_is_not_on_the_frontier() -> None:
    assert frontier_of([(JANUARY, 9.0), (FEBRUARY, 9.0), (MARCH, 8.0)]) == [True, False, True]


def test_of_one_date_the_lowest_alone_is_on_the_frontier() -> None:
    assert frontier_of([(JANUARY, 9.0), (FEBRUARY, 7.0), (FEBRUARY, 6.0)]) == [True, False, True]


def test_of_two_equal_runs_of_one_date_one_is_on_the_frontier() -> None:
    assert frontier_of([(JANUARY, 9.0), (JANUARY, 9.0)]) == [True, False]


def test_the_frontier_follows_dates_and_not_the_order_given() -> None:
    assert frontier_of([(MARCH, 5.0), (JANUARY, 9.0), (FEBRUARY, 12.0)]) == [True, True, False]


def test_no_runs_have_no_frontier() -> None:
    assert frontier_of([]) == []


def test_a_run_is_epochs_times_multiply_adds_times_images_times_passes(efficiency: EfficiencyStudy) -> None:
    # AlexNet: 90 x 0.77e9 x 1.28e6 x 3 = 2.66112e17, a multiply-add counted once. The paper prints 266.1 PF.
    assert efficiency.runs[0].compute_flop == pytest.approx(2.661_12e17, rel=ROUNDING, abs=0)


def test_every_run_is_what_the_table_of_the_paper_prints(efficiency: EfficiencyStudy) -> None:
    # hernandez2020measuring, table 3, one decimal; its multiply-adds have two decimals, so that 0.14 G may be
    # anything within 3.6% and 0.31 G within 1.6%. All other runs repeat to 1%.
    off = {
        run.model.id: abs(run.compute_flop / 1e15 / run.model.printed_petaflop - 1)
        for run in efficiency.runs
        if run.model.gmacs_per_image > 0.2
    }
    assert {slug: share for slug, share in off.items() if share > 0.016} == {}


def test_the_coarse_counts_of_the_smallest_networks_allow_for_what_is_printed(efficiency: EfficiencyStudy) -> None:
    small = [run for run in efficiency.runs if run.model.gmacs_per_image <= 0.2]
    # 0.005 / 0.14 = 3.6%
    assert [abs(run.compute_flop / 1e15 / run.model.printed_petaflop - 1) < 0.036 for run in small] == [True] * 2


def test_the_frontier_is_the_one_the_paper_names(efficiency: EfficiencyStudy) -> None:
    # hernandez2020aiefficiency, first chart: "lowest compute points at any given time shown in blue", six of them.
    assert [run.model.id for run in efficiency.frontier] == [
        "alexnet",
        "googlenet",
        "mobilenet-v1",
        "shufflenet-v1-1x",
        "shufflenet-v2-1x",
        "efficientnet-b0",
    ]


def test_a_halving_of_compute_is_a_doubling_of_efficiency() -> None:
    # 8, 4, 2, 1 at intervals of a year: efficiency doubles in 12 months.
    trend = halving_trend([(0.0, 8.0), (1.0, 4.0), (2.0, 2.0), (3.0, 1.0)])
    assert trend.doubling_time_months.value == pytest.approx(12.0, rel=1e-9)


def test_the_trend_is_fitted_to_the_frontier_alone(efficiency: EfficiencyStudy) -> None:
    # A record takes less than every run of an earlier day, and no more than any of its own.
    runs = efficiency.runs
    records = [
        run
        for run in runs
        if all(run.compute_flop < other.compute_flop for other in runs if other is not run and other.year <= run.year)
    ]
    assert 2 < len(records) < len(runs)
    assert efficiency.trend.n == len(records)


def test_the_trend_over_all_runs_leaves_none_out(efficiency: EfficiencyStudy) -> None:
    assert efficiency.fits["alexnet_all_points"].trend.n == len(efficiency.runs)


def test_a_fit_names_its_runs_and_days(efficiency: EfficiencyStudy, dataset: Dataset) -> None:
    fit = efficiency.fits["alexnet_at_its_paper"]
    assert fit.runs == efficiency.frontier
    assert fit.days == (alexnet_paper_date(dataset), *(run.model.date for run in efficiency.frontier[1:]))


def test_the_trend_with_alexnet_at_its_paper_is_the_one_fitted_independently(efficiency: EfficiencyStudy) -> None:
    # Fitted to the printed totals with AlexNet dated 3 December 2012: 14.947 months (12.127 to 19.476). A total and its
    # factors, both rounded in print, differ by up to 0.4% in a run, which six runs average out to less.
    found = efficiency.fits["alexnet_at_its_paper"].trend.doubling_time_months
    assert (found.value, found.low, found.high) == pytest.approx((14.947, 12.127, 19.476), rel=2e-3)


def test_alexnet_appeared_half_a_year_after_the_day_both_posts_give_it(dataset: Dataset) -> None:
    # The conference opened on 3 December 2012.
    assert alexnet_paper_date(dataset) == date(2012, 12, 3)
