"""The figures of the compute post: the modern trend on two scales, both eras, the domains, the error bars."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.typing import HashableList

from analysis.figures.canvas import (
    DOMAIN_STYLES,
    EDGE,
    NARROW,
    Canvas,
    Drawing,
    linear_axis,
    power_axis,
    powers_around,
    settle,
    values_around,
    year_axis,
    years_around,
)
from analysis.figures.compute_facts import domain_facts, era_facts, error_facts, modern_facts, raised
from analysis.figures.labels import Label, name_of_line, place_labels
from analysis.figures.look import BLUE, GREY, MUTED, ORANGE
from analysis.figures.phrases import capitalised, in_words, listed
from analysis.figures.registry import Variant, figure
from analysis.figures.runs import (
    Run,
    Runs,
    all_runs,
    along_bars,
    dates,
    draw_error_bars,
    draw_moore,
    draw_points,
    draw_trend,
    heights,
    label_points,
    modern_runs,
    name_of_trend,
    names_of,
    runs_of_both_eras,
)
from analysis.model.study import DOMAINS
from analysis.numerals import count_in_words, spelled

COMPUTE_LABEL: Final = "Training compute (pfs-days)"
# Room for labels beyond the whole years around the points, in years.
MODERN_ROOM: Final = {"before": EDGE, "after": 0.55}
WHOLE_ROOM: Final = {"before": 3.0, "after": 3.0}
LINEAR_ALT: Final = (
    "The same {compute.modern.n:words} training runs on a linear axis. All runs before {risen} lie on the horizontal "
    "axis. The fitted curve stays flat for most of its length, then turns upwards and ends {ending}; the shaded "
    "interval widens steeply at its end."
)
# Moore's law is named where the lines are apart, from so many years since 2000 on; so many places are tried in a gap.
MOORE_NAMED_FROM: Final = -8.0
GAP_SAMPLES: Final = 12
# Names keep clear of the words in the corner of a panel, which are sampled at so many places.
CORNER_SAMPLES: Final = 24
# Cells of a row of panels.
COLUMNS: Final = 3
ERA_STEPS: Final = {"first": 10, "modern": 1}
ERA_ROOM: Final = {"first": {"before": 3.0, "after": 3.0}, "modern": MODERN_ROOM}
ERA_STYLES: Final = {"first": (ORANGE, "s"), "modern": (BLUE, "o")}


@figure(
    "compute.modern_linear",
    number=2,
    since="2018-05",
    title="On a linear scale, {largest} alone is {share} of all compute charted from {first_year} to {last_year}",
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
    return _modern(shown, axes, names_of((run for run in shown.runs if raised(run.pfs_days, largest)), canvas))


@figure(
    "compute.modern_trend",
    number=1,
    since="2018-05",
    title="Training compute doubled every {compute.modern.doubling_time:short} from {first_year} to {last_year}",
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
    axes.set_ylim(*powers_around(heights(shown.runs), below=0.24, above=0.9))
    power_axis(axes, COMPUTE_LABEL)
    return _modern(shown, axes, names_of(shown.runs, canvas))


@figure(
    "compute.two_eras",
    number=3,
    since="2019-11",
    title=(
        "Training compute doubled every {compute.first.doubling_time:short} before {boundary} "
        "and every {compute.modern.doubling_time:short} from then on"
    ),
    alt=(
        "Scatter plot of {compute.whole.n:words} training runs from {oldest} of {first_year} to {newest} of "
        "{last_year} on a logarithmic axis. A line of gentle slope runs through the {compute.first.n:words} points "
        "of the first era, a little above a dashed line for Moore's law; at {boundary} a second line, many times "
        "steeper, runs through the {compute.modern.n:words} points of the modern era. No run lies between {gap_start} "
        "and {gap_end}."
    ),
    facts=era_facts,
    shows=runs_of_both_eras,
    controls=("domain", "errors", "fit", "interval", "moore"),
)
def two_eras(shown: Runs, canvas: Canvas) -> Drawing:
    """Both eras with a trend each and Moore's law; names of the first era where there is room, and of the records."""
    drawn = canvas.figure(5.8)
    axes = _whole_axes(drawn.add_subplot(), canvas, shown.runs)
    moore = draw_moore(axes, shown)
    bars: list[Artist] = []
    for era, (colour, marker) in ERA_STYLES.items():
        draw_trend(axes, shown.trends[era], colour, era)
        bars += draw_error_bars(axes, shown.era(era), colour)
        draw_points(axes, shown.era(era), colour, marker)
    first, modern = shown.era("first"), [run for run in shown.era("modern") if run.record]
    # On a narrow screen only the names at the ends and of the records of the first era fit.
    named = (*first, *modern) if canvas.roomy else (*(run for run in first if run.record), modern[0], modern[-1])
    slopes = [name_of_trend(shown, era, colour, "log") for era, (colour, _) in ERA_STYLES.items()]
    labels = [*slopes, *_notes(shown, moore), *names_of(named, canvas)]
    label_points(axes, labels, shown, moore)
    return Drawing(figure=drawn, content=shown, optional=tuple(bars))


@figure(
    "compute.by_domain",
    number=4,
    since="2018-05",
    title="Training compute by domain: the largest run is in {highest}",
    alt=(
        f"{capitalised(count_in_words(len(DOMAINS)))} small panels, one per domain: {listed(DOMAINS)}. Each shows all "
        "training runs in grey and those of its domain in colour, with their names. Compute rises steeply after "
        "{boundary} in every domain that has points there; {extremes} of the modern era."
    ),
    facts=domain_facts,
    shows=all_runs,
)
def by_domain(shown: Runs, canvas: Canvas) -> Drawing:
    """One panel per domain, its points named, with the points of all others in grey behind them."""
    drawn = canvas.figure(7.0 if canvas.roomy else 15.5)
    cells = _cells(shown, canvas)
    # On a phone the domain with the most names is the highest panel.
    heights_of_rows = None if canvas.roomy else [3 if row is cells[0] else 1.2 for row in cells]
    panels = drawn.subplot_mosaic(cells, sharex=True, sharey=True, height_ratios=heights_of_rows)
    for domain in DOMAINS:
        _domain_panel(panels[domain], shown, domain)
    # Names need the final places of all panels.
    for domain in DOMAINS:
        runs = [run for run in shown.runs if run.domain == domain]
        points = [(run.year, run.pfs_days) for run in runs]
        others = [(run.year, run.pfs_days) for run in shown.runs if run.domain != domain]
        place_labels(panels[domain], names_of(runs, NARROW), points, [*others, *_corner(panels[domain])])
    return Drawing(figure=drawn, content=shown)


@figure(
    "compute.error_bars",
    number=5,
    since="2018-05",
    title="Modern values may be off by a factor of {error}, but range over a factor of {rise}",
    alt=(
        "The training runs on logarithmic axes, one panel per era, each run with its name and a vertical bar for its "
        "error range: {errors}. The bars are short against the rise of the points."
    ),
    facts=error_facts,
    shows=all_runs,
    controls=("domain",),
)
def error_bars(shown: Runs, canvas: Canvas) -> Drawing:
    """Every point with its name and its error range, one panel per era."""
    eras = [era for era in ERA_STYLES if shown.era(era)]
    drawn = canvas.figure(5.4 if canvas.roomy else 5.2 * len(eras))
    rows, columns = (1, len(eras)) if canvas.roomy else (len(eras), 1)
    panels = list(drawn.subplots(rows, columns, squeeze=False).flat)
    for axes, era in zip(panels, eras, strict=True):
        runs, (colour, marker) = shown.era(era), ERA_STYLES[era]
        year_axis(axes, *years_around(dates(runs), **ERA_ROOM[era]), canvas.years(ERA_STEPS[era]))
        axes.set_ylim(*powers_around(heights(runs), below=0.4, above=1.4))
        power_axis(axes, COMPUTE_LABEL, every=2, powers_alone=len(eras) > 1)
        axes.set_title(_reach(era, runs), color=colour, fontweight="bold")
        draw_error_bars(axes, runs, colour)
        draw_points(axes, runs, colour, marker, size=22)
    for axes, era in zip(panels, eras, strict=True):
        runs = shown.era(era)
        points = [(run.year, run.pfs_days) for run in runs]
        place_labels(axes, names_of(runs, NARROW), points, along_bars(axes, runs))
    return Drawing(figure=drawn, content=shown)


def _cells(shown: Runs, canvas: Canvas) -> list[HashableList[str]]:
    """The domain of each cell, that with most runs first: one per row on a phone, else it has two of six cells."""
    counts = Counter(run.domain for run in shown.runs)
    first = max(DOMAINS, key=lambda domain: counts[domain])
    others = [domain for domain in DOMAINS if domain != first]
    if not canvas.roomy:
        return [[domain] for domain in (first, *others)]
    cells: HashableList[str] = [first, first, *others]
    return [cells[:COLUMNS], cells[COLUMNS:]]


def _corner(axes: Axes) -> list[tuple[float, float]]:
    """Places over the words in the corner of a panel."""
    settle(axes.get_figure(root=True))
    box = axes.texts[0].get_window_extent()
    across, up = np.linspace(box.x0, box.x1, CORNER_SAMPLES), np.linspace(box.y0, box.y1, 3)
    return [tuple(place) for place in axes.transData.inverted().transform([(x, y) for x in across for y in up])]


def _domain_panel(axes: Axes, shown: Runs, domain: str) -> None:
    """The points of one domain among all others, and how far its compute has risen."""
    colour, marker = DOMAIN_STYLES[domain]
    runs, years = shown.runs, dates(shown.runs)
    # The edition of 2018 has no first era, so its axes start at 2012.
    both_eras = bool(shown.era("first"))
    if both_eras:
        year_axis(axes, *years_around(years, **WHOLE_ROOM), 20)
    else:
        year_axis(axes, *years_around(years, **MODERN_ROOM), 2)
    below, above = (1.0, 1.73) if both_eras else (0.54, 1.03)
    axes.set_ylim(*powers_around([run.pfs_days for run in runs], below=below, above=above))
    power_axis(axes, COMPUTE_LABEL, every=4 if both_eras else 2)
    own = [run for run in runs if run.domain == domain]
    axes.set_title(domain.capitalize(), color=colour, fontweight="bold")
    axes.text(0.98, 0.04, _rise(own), transform=axes.transAxes, ha="right", color=colour)
    # Shared axes hide the years of the upper row, which is hard to read on a phone.
    axes.tick_params(axis="x", labelbottom=True)
    axes.scatter(years, [run.pfs_days for run in runs], s=20, color=GREY, alpha=0.35, linewidths=0)
    draw_points(axes, own, colour, marker, size=34)


def _rise(runs: Sequence[Run]) -> str:
    """How many times the largest of some runs exceeds the first, and in how many years."""
    first, largest = runs[0], max(runs, key=lambda run: run.pfs_days)
    if first == largest:
        return "one run" if len(runs) == 1 else ""
    years = spelled(round(largest.year - first.year), "year", None)
    return f"{spelled(largest.pfs_days / first.pfs_days, 'x', 1)} in {years}"


def _reach(era: str, runs: Sequence[Run]) -> str:
    """The name of an era, and the factor that its error bars reach each way if it is the same for all."""
    factors = {float(f"{run.pfs_days_high / run.pfs_days:.6g}") for run in runs}
    reach = f": within a factor of {in_words(factors.pop())}" if len(factors) == 1 else ""
    return f"{era.capitalize()} era{reach}"


def _modern(shown: Runs, axes: Axes, names: Sequence[Label]) -> Drawing:
    """The modern points, error bars and trend on axes that are set up, some of the points named."""
    draw_trend(axes, shown.trends["modern"], BLUE, "modern")
    bars = draw_error_bars(axes, shown.runs, BLUE)
    draw_points(axes, shown.runs, BLUE)
    label_points(axes, [name_of_trend(shown, "modern", BLUE, axes.get_yscale()), *names], shown)
    assert isinstance(axes.figure, Figure)
    return Drawing(figure=axes.figure, content=shown, optional=bars)


def _notes(shown: Runs, moore: Sequence[tuple[float, float]]) -> list[Label]:
    """What else is said next to the lines: which of them is Moore's law, and where no run was charted."""
    (before, after), law = shown.gap, [place for place in reversed(moore) if place[0] > MOORE_NAMED_FROM]
    empty = sorted(moore, key=lambda place: abs(place[0] - (before.year + after.year) / 2))[:GAP_SAMPLES]
    years = {row["id"]: row["date"][:4] for row in shown.rows}
    gap = f"No run charted\nbetween {years[before.id]} and {years[after.id]}"
    return [
        name_of_line("Moore's law", law, MUTED, "moore.label"),
        name_of_line(gap, empty, MUTED, ""),
    ]


def _whole_axes(axes: Axes, canvas: Canvas, runs: Sequence[Run]) -> Axes:
    year_axis(axes, *years_around(dates(runs), **WHOLE_ROOM), canvas.years(10))
    axes.set_ylim(*powers_around(heights(runs), below=0.4, above=1.91))
    power_axis(axes, COMPUTE_LABEL, every=2)
    return axes
