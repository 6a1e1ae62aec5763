"""The figures of the compute post: the modern trend on two scales, both eras, the domains, the error bars."""

from collections.abc import Sequence
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BLUE,
    DOMAIN_STYLES,
    GREY,
    ORANGE,
    Canvas,
    Drawing,
    linear_axis,
    power_axis,
    powers_around,
    values_around,
    year_axis,
    years_around,
)
from analysis.figures.registry import Variant, figure
from analysis.figures.runs import (
    dates,
    draw_error_bars,
    draw_points,
    draw_trend,
    heights,
    label_points,
    row,
    rows_with_fit,
    words,
)
from analysis.model.study import DOMAINS, Point, record_setters
from analysis.results.collect import Findings

COMPUTE_LABEL: Final = "Training compute (pfs-days)"
MODERN_SPAN: Final = (11.9, 18.55)
WHOLE_SPAN: Final = (-44.0, 21.0)
# On the linear scale a point lower than this share of the largest lies on the axis.
VISIBLE_SHARE: Final = 0.02
# The error bar of the largest point, a factor of two each way, has room.
LINEAR_TOP: Final = 2.08
LINEAR_ALT: Final = (
    "The same fifteen training runs on a linear axis. All runs before late 2016 lie on the horizontal axis. "
    "The fitted curve stays flat until 2016, then turns upwards and ends well below AlphaZero, which itself "
    "lies far below AlphaGo Zero; the shaded interval widens steeply at its end."
)
ERA_STYLES: Final = {"first": (ORANGE, "s"), "modern": (BLUE, "o")}


@figure(
    "compute.modern_linear",
    number=2,
    since="2018-05",
    title="Training compute of the modern era, linear scale",
    alt=LINEAR_ALT,
    controls=("domain", "errors", "fit", "interval"),
)
def modern_linear(findings: Findings, canvas: Canvas) -> Drawing:
    """The same points and line without the logarithm."""
    points = findings.study.era("modern")
    largest = max(point.pfs_days for point in points)
    drawn = canvas.figure(4.6)
    axes = drawn.add_subplot()
    year_axis(axes, *years_around(MODERN_SPAN, dates(points)), canvas.years(1))
    axes.set_ylim(*values_around((-0.05 * largest, LINEAR_TOP * largest), heights(points)))
    linear_axis(axes, COMPUTE_LABEL)
    return _modern(findings, axes, [p for p in points if p.pfs_days > VISIBLE_SHARE * largest])


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
    controls=("scale", "domain", "errors", "fit", "interval"),
    variants={"linear": Variant(alt=LINEAR_ALT, draw=modern_linear)},
)
def modern_trend(findings: Findings, canvas: Canvas) -> Drawing:
    """All modern points, labelled, with the fitted line and its interval."""
    points = findings.study.era("modern")
    drawn = canvas.figure(5.4)
    axes = drawn.add_subplot()
    year_axis(axes, *years_around(MODERN_SPAN, dates(points)), canvas.years(1))
    axes.set_ylim(*powers_around((8e-6, 2e5), heights(points)))
    power_axis(axes, COMPUTE_LABEL)
    return _modern(findings, axes, points)


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
    controls=("domain", "errors", "fit", "interval"),
)
def two_eras(findings: Findings, canvas: Canvas) -> Drawing:
    """Both eras with a trend each; labels on record setters, and on all first-era points where there is room."""
    study = findings.study
    drawn = canvas.figure(5.8)
    axes = _whole_axes(drawn.add_subplot(), canvas, study.points)
    bars: list[Artist] = []
    for era, (colour, marker) in ERA_STYLES.items():
        draw_trend(axes, study.trends[era], colour, era)
        bars += draw_error_bars(axes, study.era(era), colour)
        draw_points(axes, study.era(era), colour, marker)
    first, modern = study.era("first"), record_setters(study.era("modern"))
    named = (*first, *modern) if canvas.roomy else (*record_setters(first), modern[0], modern[-1])
    label_points(axes, named, study.points, [study.trends[era] for era in ERA_STYLES])
    return Drawing(
        figure=drawn,
        rows=tuple(row for era in ERA_STYLES for row in rows_with_fit(study.era(era), study.trends[era])),
        words=words(study.points),
        optional=tuple(bars),
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
            year_axis(axes, *years_around(WHOLE_SPAN, dates(points)), 20 if canvas.roomy else 30)
        else:
            year_axis(axes, *years_around(MODERN_SPAN, dates(points)), 2)
        usual = (1e-15, 1e5) if both_eras else (8e-6, 2e4)
        axes.set_ylim(*powers_around(usual, [point.pfs_days for point in points]))
        power_axis(axes, "", every=4 if both_eras else 2)
        axes.set_title(domain.capitalize(), color=colour, fontweight="bold")
        axes.tick_params(axis="x", labelbottom=True)
        axes.scatter([p.year for p in points], [p.pfs_days for p in points], s=26, color=GREY, alpha=0.35, linewidths=0)
        draw_points(axes, [p for p in points if p.system.domain == domain], colour, marker, size=34)
    for axes in panels[len(DOMAINS) :]:
        axes.set_axis_off()
    drawn.supylabel(COMPUTE_LABEL, fontsize=10)
    return Drawing(figure=drawn, rows=tuple(row(point) for point in points), words=words(points))


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
    controls=("domain",),
)
def error_bars(findings: Findings, canvas: Canvas) -> Drawing:
    """Every point with its error range."""
    study = findings.study
    drawn = canvas.figure(5.0)
    axes = drawn.add_subplot()
    if study.era("first"):
        _whole_axes(axes, canvas, study.points)
    else:
        year_axis(axes, *years_around(MODERN_SPAN, dates(study.points)), canvas.years(1))
        axes.set_ylim(*powers_around((8e-6, 2e4), heights(study.points)))
        power_axis(axes, COMPUTE_LABEL)
    for era, (colour, marker) in ERA_STYLES.items():
        draw_error_bars(axes, study.era(era), colour)
        draw_points(axes, study.era(era), colour, marker, size=22)
    return Drawing(figure=drawn, rows=tuple(row(point) for point in study.points), words=words(study.points))


def _modern(findings: Findings, axes: Axes, named: Sequence[Point]) -> Drawing:
    """The modern points, error bars and trend on axes that are set up, some of the points named."""
    points, trend = findings.study.era("modern"), findings.study.trends["modern"]
    draw_trend(axes, trend, BLUE, "modern")
    bars = draw_error_bars(axes, points, BLUE)
    draw_points(axes, points, BLUE)
    label_points(axes, named, points, [trend])
    assert isinstance(axes.figure, Figure)
    return Drawing(figure=axes.figure, rows=rows_with_fit(points, trend), words=words(points), optional=bars)


def _whole_axes(axes: Axes, canvas: Canvas, points: Sequence[Point]) -> Axes:
    year_axis(axes, *years_around(WHOLE_SPAN, dates(points)), canvas.years(10))
    axes.set_ylim(*powers_around((4e-16, 3e5), heights(points)))
    power_axis(axes, COMPUTE_LABEL, every=2)
    return axes
