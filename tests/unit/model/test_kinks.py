"""One kink in a trend: found where it was put, with the slopes that were given, and not found where there is none."""

import numpy as np
import pytest

from analysis.model.kinks import best_kink, kink_p_value
from analysis.model.least_squares import SEED

YEARS = np.linspace(0.0, 10.0, 41)
# The slopes of exact lines come back to rounding.
EXACT = 1e-9


def kinked(years: np.ndarray, *, at: float, before: float, after: float) -> np.ndarray:
    return before * np.minimum(years - at, 0.0) + after * np.maximum(years - at, 0.0)


def test_an_exact_kink_is_found_with_its_slopes() -> None:
    found = best_kink(YEARS, kinked(YEARS, at=4.0, before=3.0, after=1.0))
    assert found.year.value == 4.0
    assert (found.before.value, found.after.value) == pytest.approx((3.0, 1.0), rel=EXACT)
    assert found.year.low == found.year.high == 4.0


def test_the_order_of_the_points_decides_nothing() -> None:
    noise = np.random.default_rng(SEED).normal(0.0, 0.5, len(YEARS))
    values = kinked(YEARS, at=6.0, before=1.0, after=2.0) + noise
    one, other = best_kink(YEARS, values), best_kink(YEARS[::-1], values[::-1])
    assert one.year == other.year
    assert one.before.value == pytest.approx(other.before.value, rel=EXACT)


def test_the_interval_of_the_date_holds_the_date_that_the_points_scatter_about() -> None:
    generator, line = np.random.default_rng(SEED), kinked(YEARS, at=5.0, before=1.0, after=3.0)
    found = [best_kink(YEARS, line + generator.normal(0.0, 1.0, len(YEARS))) for _ in range(60)]
    held = sum(each.year.low <= 5.0 <= each.year.high for each in found)
    # Of 60 intervals at 95%, at least 51 hold it with 99.9% (binomial).
    assert held >= 51


def test_a_kink_gains_what_its_residuals_lose() -> None:
    # Two independent ways: the gain by projection, and the sums of squares of both fits.
    noise = np.random.default_rng(SEED).normal(0.0, 1.0, len(YEARS))
    values = kinked(YEARS, at=5.0, before=1.0, after=2.0) + noise
    found = best_kink(YEARS, values)

    def left(*columns: np.ndarray) -> float:
        design = np.column_stack([np.ones_like(YEARS), YEARS, *columns])
        return float(np.sum((values - design @ np.linalg.lstsq(design, values, rcond=None)[0]) ** 2))

    hinge = np.maximum(0.0, YEARS - found.year.value)
    total = float(np.sum((values - values.mean()) ** 2))
    assert found.r_squared_gain == pytest.approx((left() - left(hinge)) / total, rel=EXACT)


def test_a_clear_kink_is_rare_by_chance_and_scatter_about_a_line_is_not() -> None:
    noise = np.random.default_rng(SEED).normal(0.0, 0.5, len(YEARS))
    assert kink_p_value(YEARS, kinked(YEARS, at=5.0, before=1.0, after=3.0) + noise) < 0.01
    assert kink_p_value(YEARS, 2.0 * YEARS + noise) > 0.05


def test_the_p_value_of_straight_lines_is_spread_evenly() -> None:
    # Of 40 straight lines some 10% should be below 0.1: between none and nine with 99% (binomial).
    generator = np.random.default_rng(SEED)
    small = sum(kink_p_value(YEARS, YEARS + generator.normal(0.0, 1.0, len(YEARS))) < 0.1 for _ in range(40))
    assert small <= 9
