"""Bootstrap intervals of a slope: those of scipy for points, and what groups change."""

import numpy as np
import pytest
import scipy

from analysis.model.least_squares import CONFIDENCE, RESAMPLES, Floats
from analysis.model.resampling import resampled_slope
from analysis.model.study import Study
from analysis.model.trends import doublings


@pytest.fixture(scope="module")
def charted(study: Study) -> tuple[Floats, Floats]:
    points = study.chosen["modern"]
    return np.array([point.year for point in points]), np.array(doublings([point.pfs_days for point in points]))


def slopes(x: Floats, y: Floats, axis: int = -1) -> Floats:
    dx = x - x.mean(axis=axis, keepdims=True)
    return np.asarray((dx * y).sum(axis=axis) / (dx**2).sum(axis=axis))


def test_the_interval_of_points_is_that_of_scipy(charted: tuple[Floats, Floats]) -> None:
    ours = resampled_slope(*charted)
    theirs = scipy.stats.bootstrap(
        charted, slopes, paired=True, n_resamples=RESAMPLES, confidence_level=CONFIDENCE, rng=1
    ).confidence_interval
    # Other draws: 10,000 leave 2% of the width of the interval.
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.03 * (ours.high - ours.low))
    assert ours.value == pytest.approx(slopes(*charted))


def test_a_point_listed_twice_counts_once_where_both_are_one_group(charted: tuple[Floats, Floats]) -> None:
    x, y = charted
    twice = resampled_slope(np.repeat(x, 2), np.repeat(y, 2), np.repeat(np.arange(len(x)), 2).tolist())
    once, apart = resampled_slope(x, y), resampled_slope(np.repeat(x, 2), np.repeat(y, 2))
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))
    # Taken for independent they seem surer, by the square root of two.
    assert apart.high - apart.low == pytest.approx((once.high - once.low) / 2**0.5, rel=0.1)


def test_draws_of_one_date_alone_are_left_out() -> None:
    # Of three points every ninth draw holds one date alone.
    bounded = resampled_slope(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 3.0]))
    assert bounded.low == pytest.approx(1.0)
    assert bounded.high == pytest.approx(2.0)
