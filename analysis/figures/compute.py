"""The figures of the compute post: the modern trend on two scales, both eras, the domains, the error bars."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.canvas import (
    BAND_OPACITY,
    BLUE,
    DOMAIN_STYLES,
    GREY,
    INK,
    ORANGE,
    Canvas,
    Drawing,
    power_axis,
    year_axis,
)
from analysis.figures.labels import Label, place_labels
from analysis.figures.registry import figure
from analysis.model.study import DOMAINS, Point, record_setters
from analysis.model.trends import Trend
from analysis.results.collect import Findings
from analysis.units import FLOP_PER_PFS_DAY

COMPUTE_LABEL = "Training compute (pfs-days)"
MODERN_SPAN = (11.9, 18.55)
WHOLE_SPAN = (-44.0, 21.0)
# On the linear scale a point lower than this share of the largest lies on the axis.
VISIBLE_SHARE = 0.02
# Points along a fitted line that labels keep clear of.
LINE_SAMPLES = 60


@figure(
    "compute.modern_trend",
    number=1,
    since="2018-05",
    title="Training compute of the modern era, logarithmic scale",
    alt=(
        "Scatter plot of fifteen training runs from 2012 to the end of 2017, compute in petaflop/s-days on a "
        "logarithmic axis. The points rise from AlexNet and Dropout at the lower left to AlphaGo Zero and "
        "AlphaZero at the upper right; DQN lies far below the rest. A straight fitted line with a shaded interval "
        "climbs steeply through them."
    ),
)
def modern_trend(findings: Findings, canvas: Canvas) -> Drawing:
    """All modern points, labelled, with the fitted line and its interval."""
    points, trend = findings.study.era("modern"), findings.study.trends["modern"]
    drawn = canvas.figure(5.4)
    axes = drawn.add_subplot()
    year_axis(axes, *MODERN_SPAN, canvas.years(1))
    axes.set_ylim(8e-6, 2e5)
    power_axis(axes, COMPUTE_LABEL)
    _draw_trend(axes, trend, BLUE)
    _draw_points(axes, points, BLUE)
    _label(axes, points, points, [trend])
    return Drawing(figure=drawn, rows=_rows(points, trend))


@figure(
    "compute.modern_linear",
    number=2,
    since="2018-05",
    title="Training compute of the modern era, linear scale",
    alt=(
        "The same fifteen training runs on a linear axis. All runs before late 2016 lie on the horizontal axis. "
        "The fitted curve stays flat until 2016, then turns upwards and ends well below AlphaZero, which itself "
        "lies far below AlphaGo Zero; the shaded interval widens steeply at its end."
    ),
)
def modern_linear(findings: Findings, canvas: Canvas) -> Drawing:
    """The same points and line without the logarithm."""
    points, trend = findings.study.era("modern"), findings.study.trends["modern"]
    largest = max(point.pfs_days for point in points)
    drawn = canvas.figure(4.6)
    axes = drawn.add_subplot()
    year_axis(axes, *MODERN_SPAN, canvas.years(1))
    axes.set_ylim(-0.03 * largest, 1.12 * largest)
    axes.set_ylabel(COMPUTE_LABEL)
    _draw_trend(axes, trend, BLUE)
    _draw_points(axes, points, BLUE)
    _label(axes, [p for p in points if p.pfs_days > VISIBLE_SHARE * largest], points, [trend])
    return Drawing(figure=drawn, rows=_rows(points, trend))


@figure(
    "compute.two_eras",
    number=3,
    since="2019-11",
    title="Two eras of training compute, 1959 to 2017",
    alt=(
        "Scatter plot of twenty-six training runs from the Perceptron of 1959 to AlphaZero of 2017 on a "
        "logarithmic axis. A line of gentle slope runs through the eleven points before 2012; at 2012 a second "
        "line, many times steeper, runs through the fifteen points after it."
    ),
)
def two_eras(findings: Findings, canvas: Canvas) -> Drawing:
    """Both eras with a trend each; labels on record setters, and on all first-era points where there is room."""
    study = findings.study
    drawn = canvas.figure(5.8)
    axes = _whole_axes(drawn.add_subplot(), canvas)
    for era, colour in (("first", ORANGE), ("modern", BLUE)):
        _draw_trend(axes, study.trends[era], colour)
        _draw_points(axes, study.era(era), colour, "s" if era == "first" else "o")
    modern = record_setters(study.era("modern"))
    first = study.era("first")
    named = (*first, *modern) if canvas.roomy else (*record_setters(first), modern[0], modern[-1])
    _label(axes, named, study.points, [study.trends["first"], study.trends["modern"]])
    return Drawing(
        figure=drawn, rows=(*_rows(first, study.trends["first"]), *_rows(study.era("modern"), study.trends["modern"]))
    )


@figure(
    "compute.by_domain",
    number=4,
    since="2018-05",
    title="Training compute by domain",
    alt=(
        "Five small panels, one a domain: vision, speech, language, games and fundamentals. Each shows all "
        "training runs in grey and those of its domain in colour. Compute rises steeply after 2012 in every domain "
        "that has points there; games holds both the lowest and the highest run of the modern era."
    ),
)
def by_domain(findings: Findings, canvas: Canvas) -> Drawing:
    """One panel a domain, all points grey behind its own."""
    points = findings.study.points
    columns = 3 if canvas.roomy else 2
    drawn = canvas.figure(5.2 if canvas.roomy else 7.6)
    panels = list(drawn.subplots(-(-len(DOMAINS) // columns), columns, sharex=True, sharey=True).flat)
    both_eras = bool(findings.study.era("first"))
    for axes, domain in zip(panels, DOMAINS, strict=False):
        colour, marker = DOMAIN_STYLES[domain]
        if both_eras:
            year_axis(axes, *WHOLE_SPAN, 20 if canvas.roomy else 30)
        else:
            year_axis(axes, *MODERN_SPAN, 2)
        axes.set_ylim(*((1e-15, 1e5) if both_eras else (8e-6, 2e4)))
        power_axis(axes, "", every=4 if both_eras else 2)
        axes.set_title(domain.capitalize(), color=colour, fontweight="bold")
        axes.tick_params(axis="x", labelbottom=True)
        _draw_points(axes, points, GREY, opacity=0.35)
        _draw_points(axes, [p for p in points if p.system.domain == domain], colour, marker, size=34)
    for axes in panels[len(DOMAINS) :]:
        axes.set_axis_off()
    drawn.supylabel(COMPUTE_LABEL, fontsize=10)
    return Drawing(figure=drawn, rows=tuple(_row(point) for point in points))


@figure(
    "compute.error_bars",
    number=5,
    since="2018-05",
    title="Training compute with the publisher's error bars",
    alt=(
        "The training runs on a logarithmic axis, each with a vertical bar for its error range: a factor of two "
        "each way for modern runs and, where the first era is shown, a factor of ten each way before 2012. The "
        "bars are short against the rise of the points."
    ),
)
def error_bars(findings: Findings, canvas: Canvas) -> Drawing:
    """Every point with its error range."""
    study = findings.study
    drawn = canvas.figure(5.0)
    axes = drawn.add_subplot()
    if study.era("first"):
        _whole_axes(axes, canvas)
    else:
        year_axis(axes, *MODERN_SPAN, canvas.years(1))
        axes.set_ylim(8e-6, 2e4)
        power_axis(axes, COMPUTE_LABEL)
    for era, colour, marker in (("first", ORANGE, "s"), ("modern", BLUE, "o")):
        points = study.era(era)
        if not points:
            continue
        middle = np.array([point.pfs_days for point in points])
        factor = np.array([point.error_factor for point in points])
        axes.errorbar(
            [point.year for point in points],
            middle,
            yerr=[middle - middle / factor, middle * factor - middle],
            fmt=marker,
            markersize=4.5,
            color=colour,
            elinewidth=1.4,
            capsize=2.5,
        )
    return Drawing(figure=drawn, rows=tuple(_row(point) for point in study.points))


def _whole_axes(axes: Axes, canvas: Canvas) -> Axes:
    year_axis(axes, *WHOLE_SPAN, canvas.years(10))
    axes.set_ylim(1e-15, 3e5)
    power_axis(axes, COMPUTE_LABEL, every=2)
    return axes


def _draw_trend(axes: Axes, trend: Trend, colour: str) -> None:
    """The fitted line over its own span and the band of its confidence interval."""
    years = np.linspace(trend.first_year, trend.last_year, 80)
    low, high = trend.band(years)
    axes.fill_between(
        years, low / FLOP_PER_PFS_DAY, high / FLOP_PER_PFS_DAY, color=colour, alpha=BAND_OPACITY, linewidth=0
    )
    axes.plot(years, trend.line(years) / FLOP_PER_PFS_DAY, color=colour)


def _draw_points(
    axes: Axes, points: Iterable[Point], colour: str, marker: str = "o", *, size: float = 26, opacity: float = 1.0
) -> None:
    chosen = list(points)
    axes.scatter(
        [point.year for point in chosen],
        [point.pfs_days for point in chosen],
        s=size,
        color=colour,
        marker=marker,
        alpha=opacity,
        linewidths=0,
        zorder=3,
    )


def _label(axes: Axes, named: Iterable[Point], drawn: Iterable[Point], trends: Iterable[Trend]) -> None:
    """Names beside points, clear of all points drawn and of the fitted lines."""
    labels = [Label(text=point.system.label, x=point.year, y=point.pfs_days, colour=INK) for point in named]
    obstacles = [(point.year, point.pfs_days) for point in drawn]
    for trend in trends:
        years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
        obstacles += zip(years, trend.line(years) / FLOP_PER_PFS_DAY, strict=True)
    place_labels(axes, labels, obstacles)


def _rows(points: Iterable[Point], trend: Trend) -> tuple[dict[str, Any], ...]:
    """The points with the fitted value at each date."""
    chosen = list(points)
    fitted = trend.line(np.array([point.year for point in chosen])) / FLOP_PER_PFS_DAY
    return tuple({**_row(point), "fitted_pfs_days": float(value)} for point, value in zip(chosen, fitted, strict=True))


def _row(point: Point) -> dict[str, Any]:
    return {
        "id": point.slug,
        "name": point.system.name,
        "date": point.date.isoformat(),
        "era": point.system.era,
        "domain": point.system.domain,
        "method": point.calculation.method,
        "compute_pfs_days": point.pfs_days,
        "compute_pfs_days_low": point.pfs_days / point.error_factor,
        "compute_pfs_days_high": point.pfs_days * point.error_factor,
        "compute_flop": point.compute_flop,
    }
