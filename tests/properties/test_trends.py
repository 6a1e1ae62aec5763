"""Laws of exponential trends. A slope is compared, since a doubling time has no value where the slope is zero."""

from random import Random

import numpy as np
import pytest
import scipy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.model.trends import Trend, end_point_doubling_time_months, fit_trend, growth_over

from .strategies import Series, exponents, positive, series, years

# Each fit draws ten thousand resamples, so a few dozen examples are enough to wait for.
settings.register_profile("fits", parent=settings.get_profile("repository"), max_examples=30)
FITS = settings(settings.get_profile("fits"))


def fit(dates: list[float], doublings: list[float]) -> Trend:
    """The trend of values that are powers of two."""
    return fit_trend(dates, [2.0**exponent for exponent in doublings])


def rounding(dates: list[float], doublings: list[float]) -> float:
    """How far floats may be off in a slope, in doublings per year.

    Dates and logarithms carry a relative error of 2^-52 each; the sum of products is divided by the spread of dates.
    """
    x = np.array(dates)
    spread = float(((x - x.mean()) ** 2).sum())
    size = (1 + float(np.abs(x).max())) * (1 + max(abs(exponent) for exponent in doublings))
    return 1e-13 * len(dates) * size / spread


def close(one: Trend, other: Trend, allowed: float) -> bool:
    """Whether two trends have one slope."""
    return abs(one.slope - other.slope) <= allowed


@FITS
@given(series(), st.floats(-30.0, 30.0))
def test_scaling_compute_moves_no_doubling_time(drawn: Series, factor_doublings: float) -> None:
    dates, doublings = drawn
    scaled = [exponent + factor_doublings for exponent in doublings]
    # log2(k C) = log2 k + log2 C: the line moves up, its slope stays.
    assert close(fit(dates, doublings), fit(dates, scaled), rounding(dates, scaled) + rounding(dates, doublings))


@FITS
@given(series(), st.integers(-10_000, 10_000))
def test_shifting_all_dates_moves_no_doubling_time(drawn: Series, days: int) -> None:
    dates, doublings = drawn
    shifted = [year + days / 365.2425 for year in dates]
    assert close(
        fit(dates, doublings), fit(shifted, doublings), rounding(dates, doublings) + rounding(shifted, doublings)
    )


@FITS
@given(series(), st.randoms(use_true_random=False))
def test_the_order_of_the_points_does_not_matter(drawn: Series, random: Random) -> None:
    dates, doublings = drawn
    order = list(range(len(dates)))
    random.shuffle(order)
    permuted = fit([dates[i] for i in order], [doublings[i] for i in order])
    assert close(fit(dates, doublings), permuted, rounding(dates, doublings))


@FITS
@given(series())
def test_reversing_the_points_changes_nothing_of_the_line(drawn: Series) -> None:
    dates, doublings = drawn
    forward, backward = fit(dates, doublings), fit(dates[::-1], doublings[::-1])
    assert close(forward, backward, rounding(dates, doublings))
    assert (forward.n, forward.first_year, forward.last_year) == (backward.n, backward.first_year, backward.last_year)


@FITS
@given(series())
def test_doubling_every_exponent_halves_the_doubling_time(drawn: Series) -> None:
    dates, doublings = drawn
    # Values squared: twice the doublings in the same time.
    doubled = [2 * exponent for exponent in doublings]
    one, two = fit(dates, doublings), fit(dates, doubled)
    assert abs(2 * one.slope - two.slope) <= 2 * rounding(dates, doubled)


@FITS
@given(series())
def test_running_time_backwards_turns_the_slope_over(drawn: Series) -> None:
    dates, doublings = drawn
    backwards = fit([-year for year in dates], doublings)
    assert abs(fit(dates, doublings).slope + backwards.slope) <= 2 * rounding(dates, doublings)


@FITS
@given(series())
def test_a_fit_is_the_line_that_scipy_draws(drawn: Series) -> None:
    dates, doublings = drawn
    ours, line = fit(dates, doublings), scipy.stats.linregress(dates, doublings)
    allowed = rounding(dates, doublings)
    assert abs(ours.slope - line.slope) <= allowed
    # The line is off by no more at year 0 than its slope is over the years to the furthest date.
    assert abs(ours.intercept - line.intercept) <= allowed * (1 + max(abs(year) for year in dates))
    # A share of one at most, from sums that carry 1e-16 of their terms.
    assert ours.r_squared == pytest.approx(line.rvalue**2, rel=1e-9, abs=1e-9)


@FITS
@given(series(smallest=4))
def test_the_slope_is_within_its_interval(drawn: Series) -> None:
    trend = fit(*drawn)
    assert trend.slope_low <= trend.slope <= trend.slope_high


@FITS
@given(series(smallest=4))
def test_the_bounds_of_a_doubling_time_lie_on_its_sides(drawn: Series) -> None:
    dates, doublings = drawn
    trend = fit(dates, doublings)
    assume(trend.slope > rounding(dates, doublings))
    months = trend.doubling_time_months
    assert months.low is not None
    assert months.low <= months.value
    assert months.high is None or months.value <= months.high


@FITS
@given(st.lists(years, min_size=3, max_size=12, unique=True), st.floats(0.1, 20.0), exponents)
def test_points_on_a_line_give_the_line(dates: list[float], slope: float, start: float) -> None:
    assume(max(dates) - min(dates) > 1 / 12)
    # Kept within the range of floats: forty years at twenty doublings per year are 800 doublings.
    doublings = [start + slope * (year - min(dates)) for year in dates]
    assume(max(doublings) < 1000)
    assert fit(dates, doublings).slope == pytest.approx(slope, abs=rounding(dates, doublings))


@given(st.floats(1.001, 1e12), st.floats(0.01, 100.0))
def test_growth_over_a_span_undoes_the_doubling_time_of_its_ends(factor: float, span: float) -> None:
    # The exponent, up to 40 doublings, is divided and multiplied: a few units of 2^-52 times forty.
    assert growth_over(span, end_point_doubling_time_months(factor, span)) == pytest.approx(factor, rel=1e-12)


@given(positive, st.floats(0.1, 50.0), st.floats(0.1, 50.0))
def test_growth_over_two_spans_is_the_product_of_both(months: float, one: float, other: float) -> None:
    assume((one + other) * 12 / months < 1000)
    # An exponent of up to a thousand doublings carries an error of 1000 x 2^-52 doublings, about 2e-13.
    product = growth_over(one, months) * growth_over(other, months)
    assert growth_over(one + other, months) == pytest.approx(product, rel=1e-11)
