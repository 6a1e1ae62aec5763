"""The figures of the compute post: the modern trend on two scales, both eras, the domains, the error bars."""

from collections.abc import Sequence
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    DOMAIN_STYLES,
    EDGE,
    Canvas,
    Drawing,
    linear_axis,
    power_axis,
    powers_around,
    values_around,
    year_axis,
    years_around,
)
from analysis.figures.compute_facts import domain_facts, era_facts, error_facts, modern_facts, raised
from analysis.figures.look import BLUE, GREY, ORANGE
from analysis.figures.phrases import capitalised, listed
from analysis.figures.registry import Variant, figure
from analysis.figures.runs import (
    Run,
    Runs,
    all_runs,
    dates,
    draw_error_bars,
    draw_points,
    draw_trend,
    heights,
    label_points,
    modern_runs,
    runs_of_both_eras,
)
from analysis.model.study import DOMAINS
from analysis.numerals import count_in_words

COMPUTE_LABEL: Final = "Training compute (pfs-days)"
# Room for labels beyond the whole years around the points, in years.
MODERN_ROOM: Final = {"before": EDGE, "after": 0.55}
WHOLE_ROOM: Final = {"before": 3.0, "after": 3.0}
LINEAR_ALT: Final = (
    "The same {compute.modern.n:words} training runs on a linear axis. All runs before {risen} lie on the horizontal "
    "axis. The fitted curve stays flat for most of its length, then turns upwards and ends {ending}; the shaded "
    "interval widens steeply at its end."
)
ERA_STYLES: Final = {"first": (ORANGE, "s"), "modern": (BLUE, "o")}


@figure(
    "compute.modern_linear",
    number=2,
    since="2018-05",
    title="Training compute of the modern era, linear scale",
    alt=LINEAR_ALT,
    facts=modern_facts,
    shows=modern_runs,
    controls=("domain", "errors", "fit", "interval"),
)
def modern_linear(shown: Runs, canvas: Canvas) -> Drawing:
    """The same points and line on a linear scale."""
    largest = max(run.pfs_days for run in shown.runs)
    axes = canvas.figure(4.6).add_subplot()
    year_axis(axes, *years_around(dates(shown.runs), **MODERN_ROOM), canvas.years(1))
    axes.set_ylim(*values_around(heights(shown.runs), below=0.025, above=0.04))
    linear_axis(axes, COMPUTE_LABEL)
    return _modern(shown, axes, [run for run in shown.runs if raised(run.pfs_days, largest)])


@figure(
    "compute.modern_trend",
    number=1,
    since="2018-05",
    title="Training compute of the modern era, logarithmic scale",
    alt=(
        "Scatter plot of {compute.modern.n:words} training runs from {first_year} to {last_year}, compute in "
        "petaflop/s-days on a logarithmic axis. The points rise from {earliest} at the lower left to {latest} at the "
        "upper right; {lowest} is below all others. A straight fitted line with a shaded interval climbs steeply "
        "through them."
    ),
    facts=modern_facts,
    shows=modern_runs,
    controls=("scale", "domain", "errors", "fit", "interval"),
    variants={"linear": Variant(alt=LINEAR_ALT, draw=modern_linear, facts=modern_facts)},
)
def modern_trend(shown: Runs, canvas: Canvas) -> Drawing:
    """All modern points, labelled, with the fitted line and its interval."""
    axes = canvas.figure(5.4).add_subplot()
    year_axis(axes, *years_around(dates(shown.runs), **MODERN_ROOM), canvas.years(1))
    axes.set_ylim(*powers_around(heights(shown.runs), below=0.24, above=1.73))
    power_axis(axes, COMPUTE_LABEL)
    return _modern(shown, axes, shown.runs)


@figure(
    "compute.two_eras",
    number=3,
    since="2019-11",
    title="Two eras of training compute, {first_year} to {last_year}",
    alt=(
        "Scatter plot of {compute.whole.n:words} training runs from {oldest} of {first_year} to {newest} of "
        "{last_year} on a logarithmic axis. A line of gentle slope runs through the {compute.first.n:words} points "
        "before {boundary}; at {boundary} a second line, many times steeper, runs through the "
        "{compute.modern.n:words} points after it."
    ),
    facts=era_facts,
    shows=runs_of_both_eras,
    controls=("domain", "errors", "fit", "interval"),
)
def two_eras(shown: Runs, canvas: Canvas) -> Drawing:
    """Both eras with a trend each; labels on record setters, and on all first-era points where there is room."""
    drawn = canvas.figure(5.8)
    axes = _whole_axes(drawn.add_subplot(), canvas, shown.runs)
    bars: list[Artist] = []
    for era, (colour, marker) in ERA_STYLES.items():
        draw_trend(axes, shown.trends[era], colour, era)
        bars += draw_error_bars(axes, shown.era(era), colour)
        draw_points(axes, shown.era(era), colour, marker)
    first, modern = shown.era("first"), [run for run in shown.era("modern") if run.record]
    # On a narrow screen only the names at the ends and of the records of the first era fit.
    named = (*first, *modern) if canvas.roomy else (*(run for run in first if run.record), modern[0], modern[-1])
    label_points(axes, named, shown.runs, [shown.trends[era] for era in ERA_STYLES])
    return Drawing(figure=drawn, content=shown, optional=tuple(bars))


@figure(
    "compute.by_domain",
    number=4,
    since="2018-05",
    title="Training compute by domain",
    alt=(
        f"{capitalised(count_in_words(len(DOMAINS)))} small panels, one per domain: {listed(DOMAINS)}. Each shows all "
        "training runs in grey and those of its domain in colour. Compute rises steeply after {boundary} in every "
        "domain that has points there; {extremes} of the modern era."
    ),
    facts=domain_facts,
    shows=all_runs,
)
def by_domain(shown: Runs, canvas: Canvas) -> Drawing:
    """One panel per domain, with the points of all others in grey behind its own."""
    runs = shown.runs
    columns = 3 if canvas.roomy else 2
    drawn = canvas.figure(5.2 if canvas.roomy else 7.6)
    panels = list(drawn.subplots(-(-len(DOMAINS) // columns), columns, sharex=True, sharey=True).flat)
    # The edition of 2018 has no first era, so its axes start at 2012.
    both_eras = bool(shown.era("first"))
    for axes, domain in zip(panels, DOMAINS, strict=False):
        colour, marker = DOMAIN_STYLES[domain]
        if both_eras:
            year_axis(axes, *years_around(dates(runs), **WHOLE_ROOM), 20 if canvas.roomy else 30)
        else:
            year_axis(axes, *years_around(dates(runs), **MODERN_ROOM), 2)
        below, above = (1.0, 1.73) if both_eras else (0.54, 1.03)
        axes.set_ylim(*powers_around([run.pfs_days for run in runs], below=below, above=above))
        power_axis(axes, "", every=4 if both_eras else 2)
        axes.set_title(domain.capitalize(), color=colour, fontweight="bold")
        # Shared axes hide the years of the upper row, which is hard to read on a phone.
        axes.tick_params(axis="x", labelbottom=True)
        axes.scatter(dates(runs), [run.pfs_days for run in runs], s=26, color=GREY, alpha=0.35, linewidths=0)
        draw_points(axes, [run for run in runs if run.domain == domain], colour, marker, size=34)
    for axes in panels[len(DOMAINS) :]:
        axes.set_axis_off()
    drawn.supylabel(COMPUTE_LABEL, fontsize=10)
    return Drawing(figure=drawn, content=shown)


@figure(
    "compute.error_bars",
    number=5,
    since="2018-05",
    title="Training compute with the publisher's error bars",
    alt=(
        "The training runs on a logarithmic axis, each with a vertical bar for its error range: {errors}. The bars are "
        "short against the rise of the points."
    ),
    facts=error_facts,
    shows=all_runs,
    controls=("domain",),
)
def error_bars(shown: Runs, canvas: Canvas) -> Drawing:
    """Every point with its error range."""
    drawn = canvas.figure(5.0)
    axes = drawn.add_subplot()
    if shown.era("first"):
        _whole_axes(axes, canvas, shown.runs)
    else:
        year_axis(axes, *years_around(dates(shown.runs), **MODERN_ROOM), canvas.years(1))
        axes.set_ylim(*powers_around(heights(shown.runs), below=0.24, above=0.73))
        power_axis(axes, COMPUTE_LABEL)
    for era, (colour, marker) in ERA_STYLES.items():
        draw_error_bars(axes, shown.era(era), colour)
        draw_points(axes, shown.era(era), colour, marker, size=22)
    return Drawing(figure=drawn, content=shown)


def _modern(shown: Runs, axes: Axes, named: Sequence[Run]) -> Drawing:
    """The modern points, error bars and trend on axes that are set up, some of the points named."""
    draw_trend(axes, shown.trends["modern"], BLUE, "modern")
    bars = draw_error_bars(axes, shown.runs, BLUE)
    draw_points(axes, shown.runs, BLUE)
    label_points(axes, named, shown.runs, [shown.trends["modern"]])
    assert isinstance(axes.figure, Figure)
    return Drawing(figure=axes.figure, content=shown, optional=bars)


def _whole_axes(axes: Axes, canvas: Canvas, runs: Sequence[Run]) -> Axes:
    year_axis(axes, *years_around(dates(runs), **WHOLE_ROOM), canvas.years(10))
    axes.set_ylim(*powers_around(heights(runs), below=0.4, above=1.91))
    power_axis(axes, COMPUTE_LABEL, every=2)
    return axes
