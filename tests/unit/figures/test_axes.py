"""Axes follow the data: an extreme row of any figure is inside them, and a row outside is refused."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from analysis.errors import InputError
from analysis.figures.canvas import (
    CANVASES,
    Canvas,
    Drawing,
    check_inside,
    month_ticks,
    powers_around,
    ratio_ticks,
    values_around,
    years_around,
)
from analysis.figures.catalogue import figures_at
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import System
from analysis.inputs.tables import ALEXNET_LEVEL, GAMES
from analysis.model.study import analyse
from analysis.results.collect import Findings, collect

EACH_CANVAS = pytest.mark.parametrize("canvas", CANVASES, ids=lambda canvas: canvas.name)


def moved(system: System, factor: float, day: date) -> System:
    """A system at another date, with the estimate that it is drawn by multiplied."""
    used = system.estimate(system.used)
    first, *others = used.factors
    assert first.value is not None
    longer = used.model_copy(update={"factors": (first.model_copy(update={"value": first.value * factor}), *others)})
    estimates = tuple(longer if each.id == used.id else each for each in system.estimates)
    return system.model_copy(update={"date": day, "estimates": estimates})


def extreme_systems(dataset: Dataset) -> Dataset:
    """AlphaZero of 2026 with a million times the compute, and a perceptron of 1950 with next to none."""
    changes = {"alphazero": (1e6, date(2026, 6, 1)), "perceptron": (1e-5, date(1950, 1, 1))}
    systems = tuple(moved(s, *changes[s.id]) if s.id in changes else s for s in dataset.systems)
    return replace(dataset, systems=systems)


def extreme_networks(dataset: Dataset) -> Dataset:
    """A network of 2026 that took a hundred thousand epochs to AlexNet's accuracy."""
    change = {"epochs": 1e5, "date": date(2026, 6, 1)}
    rows = tuple(row.model_copy(update=change) if row.id == "vgg-11" else row for row in dataset.rows(ALEXNET_LEVEL))
    return dataset.with_rows(ALEXNET_LEVEL, rows)


def extreme_games(dataset: Dataset) -> Dataset:
    """A run of Dota 2 that took a thousandth of the compute."""
    rows = tuple(
        row.model_copy(update={"pfs_days": row.pfs_days / 1000}) if row.pfs_days and row.role == "improved" else row
        for row in dataset.rows(GAMES)
    )
    return dataset.with_rows(GAMES, rows)


@pytest.fixture(scope="module")
def extremes(dataset: Dataset) -> dict[str, Findings]:
    """What is found of the data after changes, with no ledger: its verdicts are of the data as they are."""
    changed = {"runs": extreme_networks(extreme_systems(dataset)), "games": extreme_games(dataset)}
    studies = {name: analyse(data) for name, data in changed.items()}
    return {name: Findings(study=study, results=collect(study), ledger=()) for name, study in studies.items()}


def drawings(findings: Findings, number: int, canvas: Canvas) -> list[Drawing]:
    """A figure and its variants."""
    entry = next(entry for entry in figures_at(findings.study.edition.id) if entry.number == number)
    shown = entry.shows(findings)
    return [draw(shown, canvas) for draw in (entry.draw, *(variant.draw for variant in entry.variants.values()))]


def outermost(drawing: Drawing, part: str) -> list[float]:
    """The distance of a point from the low end of its axes, as a share of them, in each direction and panel."""
    shares = []
    for axes in drawing.figure.axes:
        for cloud in (found for found in axes.collections if isinstance(found, PathCollection)):
            if str(cloud.get_gid()).startswith(part):
                places = axes.transAxes.inverted().transform(axes.transData.transform(cloud.get_offsets()))
                shares += [float(share) for share in np.ravel(places)]
    return shares


@EACH_CANVAS
@pytest.mark.parametrize(
    ("number", "change", "parts"),
    [
        (1, "runs", ["point.alphazero"]),
        (2, "runs", ["point.alphazero"]),
        (3, "runs", ["point.perceptron", "point.alphazero"]),
        (4, "runs", ["point.perceptron", "point.alphazero"]),
        (5, "runs", ["point.perceptron", "point.alphazero"]),
        (6, "runs", ["point.vgg-11"]),
        (7, "games", ["point.dota-2"]),
    ],
)
def test_an_extreme_row_is_inside_the_axes(
    extremes: dict[str, Findings], number: int, change: str, parts: list[str], canvas: Canvas
) -> None:
    for drawing in drawings(extremes[change], number, canvas):
        for part in parts:
            shares = outermost(drawing, part)
            assert shares
            assert [share for share in shares if not 0 < share < 1] == []


@EACH_CANVAS
def test_an_extreme_ratio_is_inside_the_axes(findings: Findings, canvas: Canvas) -> None:
    far = replace(findings, ledger=tuple(replace(row, ratio=row.ratio and row.ratio * 50) for row in findings.ledger))
    for drawing in drawings(far, 8, canvas):
        assert [share for share in outermost(drawing, "point.") if not 0 < share < 1] == []


def test_a_point_outside_its_axes_is_refused() -> None:
    figure = Figure()
    axes = figure.add_subplot()
    axes.scatter([5.0], [1.0], gid="point.alexnet")
    axes.set_xlim(0, 4)
    with pytest.raises(InputError) as caught:
        check_inside(figure, "some.figure")
    assert str(caught.value) == (
        "figure 'some.figure': the point of 'alexnet' is at 5; expected a place on the axis from 0 to 4"
    )


def test_an_error_bar_outside_its_axes_is_refused() -> None:
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([1.0, 1.0], [1.0, 9.0], gid="error-bar.alexnet")
    axes.set_ylim(0, 4)
    with pytest.raises(InputError, match=r"^figure 'some\.figure': the error-bar of 'alexnet' is at 9; "):
        check_inside(figure, "some.figure")


def test_a_year_axis_reaches_from_whole_year_to_whole_year_with_room_beyond() -> None:
    assert years_around([12.4, 17.9], before=0.1, after=0.55) == pytest.approx((11.9, 18.55))
    assert years_around([-40.5, 17.9], before=3, after=3) == (-44, 21)


def test_a_logarithmic_axis_has_its_room_in_decades() -> None:
    # A tenth of the least and a hundred times the most; what has no logarithm or no end is left out.
    assert powers_around([0.0, 2e-5, 3e3, np.inf], below=1, above=2) == pytest.approx((2e-6, 3e5))
    # 3 x 10^0.5 is 9.487, to two digits.
    assert powers_around([3.0], below=0, above=0.5) == pytest.approx((3.0, 9.5))


def test_a_linear_axis_has_its_room_as_shares_of_the_largest_value() -> None:
    assert values_around([0.1, 5.0], below=0.04, above=0.2) == pytest.approx((-0.2, 6.0))


def test_ticks_of_ratios_and_months_follow_the_limits() -> None:
    assert ratio_ticks((1.0, 150.0)) == pytest.approx([1, 3, 10, 30, 100])
    assert ratio_ticks((0.2, 4.0)) == pytest.approx([0.3, 1, 3])
    # From a quarter of a year on they double.
    assert month_ticks((0.5, 40.0)) == pytest.approx([1, 3, 6, 12, 24])
    assert month_ticks((5.0, 100.0)) == pytest.approx([6, 12, 24, 48, 96])
    assert month_ticks((0.05, 2.0)) == pytest.approx([0.1, 0.3, 1])
