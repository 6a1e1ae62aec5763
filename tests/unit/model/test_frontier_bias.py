"""Lines through record setters: the marks and the lines by other means, and intervals that contain what they should."""

import numpy as np
import pytest
import scipy

from analysis.model.efficiency import efficiency_of, frontier_of
from analysis.model.frontier_bias import corrected_doubling_time, record_lines, record_marks, simulated_records
from analysis.model.least_squares import SEED, Floats
from analysis.model.study import Study

# Sums in another order differ in the last digits.
ROUNDING = 1e-9


@pytest.fixture(scope="module")
def runs(study: Study) -> tuple[Floats, Floats]:
    """Dates and efficiencies of all runs to AlexNet's accuracy, some of them of one day."""
    assert study.efficiency is not None
    return (
        np.array([run.year for run in study.efficiency.runs]),
        np.log2([efficiency_of(run.compute_tfs_days) for run in study.efficiency.runs]),
    )


def test_records_exceed_all_earlier_days_and_their_own() -> None:
    # The second ties with the first; of the two of the third day only the higher is a record.
    years, values = np.array([0.0, 1.0, 2.0, 2.0, 3.0]), np.array([[1.0, 1.0, 2.0, 3.0, 2.5]])
    assert record_marks(years, values).tolist() == [[True, False, False, True, False]]


def test_the_marks_are_those_of_the_frontier(runs: tuple[Floats, Floats]) -> None:
    years, values = runs
    drawn = np.random.default_rng(SEED).normal(values, 1.0, size=(20, len(values)))
    expected = [frontier_of(list(zip(years.tolist(), (-row).tolist(), strict=True))) for row in drawn]
    assert record_marks(years, drawn).tolist() == expected


def test_the_line_through_the_records_is_the_published_one(study: Study, runs: tuple[Floats, Floats]) -> None:
    assert study.efficiency is not None
    lines = record_lines(runs[0], runs[1][None, :])
    frontier = study.efficiency.frontier
    fitted = scipy.stats.linregress(
        [run.year for run in frontier], np.log2([efficiency_of(run.compute_tfs_days) for run in frontier])
    )
    assert lines.ns.tolist() == [study.efficiency.trend.n]
    assert lines.slopes[0] == pytest.approx(study.efficiency.trend.slope, rel=ROUNDING)
    assert lines.errors[0] == pytest.approx(fitted.stderr, rel=ROUNDING)


def test_the_records_mislead_as_another_program_finds(runs: tuple[Floats, Floats]) -> None:
    simulated = simulated_records(*runs)
    assert 12 / simulated.trend == pytest.approx(13.8, abs=0.05)
    # 81% of 10,000 draws, each with a standard error of 0.4%.
    assert simulated.coverage == pytest.approx(0.81, abs=0.012)
    # The other program placed the dates evenly: its median is 11.5.
    assert 12 / np.median(simulated.lines.slopes) == pytest.approx(11.5, rel=0.03)


def test_the_corrected_interval_contains_the_trend_as_often_as_it_says(runs: tuple[Floats, Floats]) -> None:
    # Other draws than those from which the quantiles are taken.
    simulated = simulated_records(*runs)
    low, high = np.percentile(simulated.deviations, [2.5, 97.5])
    scatter = float(np.std(runs[1] - np.poly1d(np.polyfit(*runs, 1))(runs[0]), ddof=2))
    noise = np.random.default_rng(SEED + 1).normal(0.0, scatter, size=(4_000, len(runs[0])))
    fresh = record_lines(runs[0], simulated.trend * runs[0] + noise)
    inside = (fresh.slopes - high * fresh.errors <= simulated.trend) & (
        simulated.trend <= fresh.slopes - low * fresh.errors
    )
    # 4,000 draws leave a standard error of 0.34%.
    assert np.mean(inside) == pytest.approx(0.95, abs=0.012)


def test_the_correction_lengthens_the_halving_time_and_its_interval(study: Study, runs: tuple[Floats, Floats]) -> None:
    assert study.efficiency is not None
    corrected, nominal = corrected_doubling_time(*runs), study.efficiency.trend.doubling_time_months
    assert corrected.low is not None
    assert corrected.high is not None
    assert nominal.low is not None
    assert nominal.high is not None
    assert corrected.value > nominal.value
    assert corrected.high - corrected.low > nominal.high - nominal.low


def test_a_unit_and_a_calendar_change_nothing(runs: tuple[Floats, Floats]) -> None:
    years, values = runs
    assert corrected_doubling_time(years + 2000, values + 17).value == pytest.approx(
        corrected_doubling_time(*runs).value, rel=1e-6
    )
