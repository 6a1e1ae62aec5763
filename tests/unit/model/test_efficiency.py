"""Efficiency at a fixed level: what runs cost, which set a record, what pairs gain. Numbers worked by hand."""

from datetime import date

import pytest

from analysis.model.efficiency import EfficiencyStudy, frontier_of, halving_trend
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
    assert efficiency.runs[0].compute_flop == pytest.approx(2.661_12e17, rel=ROUNDING)


def test_every_run_is_what_the_table_of_the_paper_prints(efficiency: EfficiencyStudy) -> None:
    # hernandez2020measuring, table 3, one decimal; its multiply-adds have two decimals, so that 0.14 G may stand for
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


@pytest.mark.parametrize(
    ("pair", "factor"),
    [
        # 90 x 0.77 = 69.3 against 4 x 0.39 = 1.56; images and passes cancel.
        ("alexnet", 69.3 / 1.56),
        # 17 tfs-days against 71 x 0.70e9 x 1.28e6 x 3 = 1.90848e17, / 8.64e16 = 2.20889 tfs-days.
        ("resnet50", 17 / (19.084_8 / 8.64)),
        # 4.0e19 against a fifth of 3.3e18.
        ("seq2seq", 40 / 0.66),
        # 1.4e20 against 0.68 x 2.3e19 = 1.564e19.
        ("gnmt", 14 / 1.564),
        # 1860 pfs-days against 420 x 390 / 700 = 234.
        ("go", 1860 / 234),
        ("dota", 770 / 150),
        ("shufflenet_inference", 18.0),
        # 3860 / 390
        ("efficientnet_inference", 386 / 39),
    ],
)
def test_a_pair_gains_the_ratio_of_its_computes(efficiency: EfficiencyStudy, pair: str, factor: float) -> None:
    assert efficiency.gains[pair].factor == pytest.approx(factor, rel=ROUNDING)


@pytest.mark.parametrize(
    ("pair", "days"),
    [
        # 2012-06-01 to 2019-05-28: seven years of 365 days and the leap day of 2016, less the four days short of June.
        ("alexnet", 2_552),
        # 2017-10-18 to 2018-12-07: a year and 50 days (13 + 30 + 7).
        ("go", 415),
        # 2019-04-13 to 2019-06-12: 17 + 31 + 12.
        ("dota", 60),
    ],
)
def test_a_pair_spans_the_days_between_its_systems(efficiency: EfficiencyStudy, pair: str, days: int) -> None:
    assert efficiency.gains[pair].years * 365.2425 == pytest.approx(days, rel=ROUNDING)


def test_a_halving_of_compute_is_a_doubling_of_efficiency() -> None:
    # 8, 4, 2, 1 at intervals of a year: efficiency doubles in 12 months.
    trend = halving_trend([(0.0, 8.0), (1.0, 4.0), (2.0, 2.0), (3.0, 1.0)])
    assert trend.doubling_time_months.value == pytest.approx(12.0, rel=1e-9)


def test_the_trend_is_fitted_to_the_frontier_alone(efficiency: EfficiencyStudy) -> None:
    assert (efficiency.trend.n, efficiency.trend_all_points.n, efficiency.trend_printed_totals.n) == (6, 16, 6)
