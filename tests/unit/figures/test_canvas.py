"""Axes of years, powers of ten and ratios."""

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.canvas import CANVASES, DOMAIN_STYLES, NARROW, WIDE, power_axis, ratio_axis, year_axis
from analysis.model.study import DOMAINS


@pytest.fixture
def axes() -> Axes:
    """Empty axes."""
    return Figure(figsize=(6, 4)).add_subplot()


def shown(axes: Axes, which: str) -> list[str]:
    """The words at the ticks of the x or y axis."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    return [axis.get_major_formatter()(place, None) for place in axis.get_majorticklocs()]


def test_years_are_written_at_their_start(axes: Axes) -> None:
    # Positions count from 2000: 12 is the start of 2012.
    year_axis(axes, 11.9, 18.55, 2)
    assert list(axes.get_xticks()) == [12, 14, 16, 18]
    assert shown(axes, "x") == ["2012", "2014", "2016", "2018"]


def test_years_before_two_thousand_are_calendar_years(axes: Axes) -> None:
    year_axis(axes, -44.0, 21.0, 20)
    assert shown(axes, "x") == ["1960", "1980", "2000", "2020"]


def test_a_power_axis_marks_whole_decades(axes: Axes) -> None:
    axes.set_ylim(8e-6, 2e5)
    power_axis(axes, "Compute")
    # All plain, as none is further than five decades from one.
    plain = ["0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10", "100", "1,000", "10,000", "100,000"]
    assert shown(axes, "y") == plain


def test_a_power_axis_may_leave_decades_out(axes: Axes) -> None:
    axes.set_ylim(1e-15, 3e5)
    power_axis(axes, "Compute", every=4)
    assert shown(axes, "y") == ["10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰", "10⁴"]


def test_a_ratio_axis_writes_plain_ratios(axes: Axes) -> None:
    axes.set_xlim(0.28, 3.6)
    ratio_axis(axes, (1 / 3, 1 / 2, 1, 2, 3))
    # A third to two digits.
    assert shown(axes, "x") == ["0.33", "0.5", "1", "2", "3"]


def test_the_narrow_canvas_marks_every_second_year_of_the_wide_one() -> None:
    assert (WIDE.years(1), NARROW.years(1)) == (1, 2)


def test_a_figure_of_a_canvas_has_its_width() -> None:
    assert [canvas.figure(5.0).get_figwidth() for canvas in CANVASES] == [8.0, 3.7]


def test_every_domain_has_a_marker_of_its_own() -> None:
    markers = {domain: marker for domain, (_, marker) in DOMAIN_STYLES.items()}
    assert set(markers) == set(DOMAINS)
    assert len(set(markers.values())) == len(DOMAINS)
