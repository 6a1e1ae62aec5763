"""The growth of training costs by the rules of its authors, worked by hand."""

import math
from datetime import date

import pytest

from analysis.model.training_costs import authors_year, growth_per_year

# A few operations on floats.
ROUNDING = 1e-9


def test_every_month_is_a_twelfth_of_a_year() -> None:
    assert authors_year(date(2024, 3, 31)) == pytest.approx(2024 + 2 / 12 + 30 / 365, rel=ROUNDING)


def test_the_interval_is_of_ninety_percent() -> None:
    # Tenfold steps 0, 1, 5 in years 0, 1, 2: slope 2.5 and residuals 0.5, -1, 0.5, so the error of the slope is
    # sqrt(1.5 / 2). Student t of 95% with one degree of freedom: tan(0.45 pi).
    reach = math.tan(0.45 * math.pi) * math.sqrt(1.5 / 2)
    growth = growth_per_year([0.0, 1.0, 2.0], [1.0, 10.0, 1e5])
    assert growth.low is not None
    assert growth.high is not None
    found = [math.log10(each) for each in (growth.value, growth.low, growth.high)]
    assert found == pytest.approx([2.5, 2.5 - reach, 2.5 + reach], rel=ROUNDING)
