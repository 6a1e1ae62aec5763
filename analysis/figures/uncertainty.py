"""The figures of how sure the headlines are: the layers of uncertainty side by side, and the two bands about a line."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.canvas import (
    BAND_OPACITY,
    EDGE,
    Canvas,
    Content,
    Drawing,
    power_axis,
    powers_around,
    ratio_axis,
    year_axis,
    years_around,
)
from analysis.figures.compute_facts import modern_facts
from analysis.figures.labels import Label, place_labels
from analysis.figures.look import BLUE, GREEN, INK, MUTED, ORANGE
from analysis.figures.phrases import listed
from analysis.figures.registry import figure
from analysis.figures.runs import Runs, dates, draw_points, draw_trend, modern_runs
from analysis.figures.svg_parts import READ_OUT_DIGITS, row_id
from analysis.model.trends import Trend
from analysis.numerals import numeral, spelled
from analysis.results.collect import Findings

FIT, MEASUREMENTS, CHOICES = "fit", "measurements", "choices"
# Colour and marker of each layer.
LAYERS: Final = {FIT: (BLUE, "o"), MEASUREMENTS: (GREEN, "s"), CHOICES: (ORANGE, "D")}
# Each headline with the quantities of its layers: what the interval is of, the layer, and the end of the name.
HEADLINES: Final = {
    "The 2018 trend": (
        "compute.modern",
        (
            ("fit", FIT, "doubling_time"),
            ("fit, systems redrawn", FIT, "doubling_time_bca"),
            ("fit, years redrawn", FIT, "doubling_time_by_year"),
            ("measurements", MEASUREMENTS, "doubling_time_measured"),
            ("choices", CHOICES, "specifications.median"),
        ),
    ),
    "Notable models since 2010": (
        "compute.field.since_2010",
        (
            ("fit", FIT, "doubling_time"),
            ("fit, models redrawn", FIT, "doubling_time_bca"),
            ("fit, makers redrawn", FIT, "doubling_time_by_organisation"),
            ("measurements", MEASUREMENTS, "doubling_time_measured"),
            ("choices", CHOICES, "compute.field.specifications.median"),
        ),
    ),
    "Ten largest at the time": (
        "compute.frontier.since_2010",
        (
            ("fit", FIT, "doubling_time"),
            ("fit, models redrawn", FIT, "doubling_time_bca"),
            ("fit, makers redrawn", FIT, "doubling_time_by_organisation"),
            ("measurements", MEASUREMENTS, "doubling_time_measured"),
        ),
    ),
    "AlexNet's accuracy": (
        "efficiency.alexnet",
        (
            ("fit", FIT, "doubling_time"),
            ("fit, runs redrawn", FIT, "doubling_time_bca"),
            ("fit, corrected", FIT, "doubling_time_corrected"),
            ("choices", CHOICES, "specifications.median"),
        ),
    ),
}
TICKS: Final = (0.5, 0.7, 1, 1.4, 2, 2.8, 4)
ROW_HEIGHT: Final = 0.25
# Room for the ends of an interval in words, right of the longest bar, in decades.
ROOM: Final = {True: 0.2, False: 0.3}
BAR: Final = 4
DOT: Final = 36
SAMPLES: Final = 30


def layers_shown(findings: Findings) -> Content:
    """A row per headline and interval; the choices are the median and the range of nine in ten specifications."""
    rows = tuple(_layer_rows(findings))
    return Content(
        rows=rows,
        key="quantity",
        words={_gid(row): _words(row) for row in rows},
        quantities={row["quantity"]: row["quantity"] for row in rows},
    )


def _layer_rows(findings: Findings) -> Iterator[dict[str, Any]]:
    for headline, (prefix, layers) in HEADLINES.items():
        for interval, layer, ending in layers:
            name = ending if ending.startswith("compute.") else f"{prefix}.{ending}"
            quantity, stem = findings.results[name], name.removesuffix("median")
            low, high = quantity.low, quantity.high
            if layer == CHOICES:
                low, high = (findings.results.value(f"{stem}{end}") for end in ("low", "high"))
            yield {
                "quantity": name,
                "headline": headline,
                "layer": layer,
                "interval": interval,
                "months": quantity.value,
                "months_low": low,
                "months_high": high,
            }


def _words(row: dict[str, Any]) -> str:
    ends = f"{numeral(row['months_low'], 2)} to {spelled(row['months_high'], 'month', 2)}"
    return f"{row['headline']}, {row['interval']}: {spelled(row['months'], 'month', READ_OUT_DIGITS)}, {ends}"


def _layers_facts(findings: Findings) -> dict[str, str]:
    rows = layers_shown(findings).rows
    own = _headlines(rows)
    widest = {
        headline: max(
            (row for row in rows if row["headline"] == headline), key=lambda row: row["months_high"] / row["months_low"]
        )
        for headline in HEADLINES
    }
    return {
        "headlines": listed(HEADLINES),
        "widest": "; ".join(
            f"{headline}, {row['interval']}, from {numeral(row['months_low'], 2)} to {numeral(row['months_high'], 2)}"
            for headline, row in widest.items()
        ),
        **{
            layer: f"{numeral(100 * max(_shift(row, own) for row in rows if row['layer'] == layer), 2)}%"
            for layer in LAYERS
        },
    }


def _headlines(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """The months of each headline."""
    return {row["headline"]: row["months"] for row in rows if row["interval"] == FIT}


def _shift(row: dict[str, Any], own: dict[str, float]) -> float:
    """How far the farther end of a row is from its headline, as a share of it."""
    return float(max(abs(row[end] / own[row["headline"]] - 1) for end in ("months_low", "months_high")))


@figure(
    "uncertainty.layers",
    number=29,
    since="2026-11",
    title=(
        "Errors of measurement move the headlines by up to {measurements}, choices by up to {choices}, "
        "the fit by up to {fit}"
    ),
    alt=(
        "Interval plot on a logarithmic axis of multiples of the headline, with a group of rows for each headline: "
        "{headlines}. Each row has a point and a bar for one layer of uncertainty, with its ends in months written "
        "beside it. The longest bar of each group, in months: {widest}."
    ),
    facts=_layers_facts,
    shows=layers_shown,
)
def layers(shown: Content, canvas: Canvas) -> Drawing:
    """A group of rows per headline, relative to it."""
    lines = len(shown.rows) + len(HEADLINES)
    drawn = canvas.figure((ROW_HEIGHT * lines + 0.8) / canvas.height_share)
    axes = drawn.add_subplot()
    own = _headlines(shown.rows)
    ends = [row[end] / own[row["headline"]] for row in shown.rows for end in ("months_low", "months_high")]
    limits = powers_around(ends, below=0.05, above=ROOM[canvas.roomy])
    axes.set_xlim(*limits)
    ratio_axis(axes, [tick for tick in TICKS if limits[0] <= tick <= max(ends)])
    axes.set_xlabel("Time (multiple of the headline)")
    axes.axvline(1, color=MUTED, linewidth=1)
    names: list[str] = []
    for row in shown.rows:
        if row["interval"] == FIT:
            _name_headline(axes, row, (limits[0], len(names)))
            names.append("")
        _draw_layer(axes, row, len(names), own[row["headline"]])
        names.append(row["interval"])
    axes.set_yticks(range(lines), names)
    axes.set_ylim(lines - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    return Drawing(figure=drawn, content=shown)


def _name_headline(axes: Axes, row: dict[str, Any], place: tuple[float, float]) -> None:
    """The headline above its rows; the axes are as wide as without it."""
    name = f"{row['headline']}: {numeral(row['months'], 2)} months"
    axes.annotate(
        name, place, xytext=(4, 0), textcoords="offset points", fontweight="bold", color=INK, va="center"
    ).set_in_layout(False)


def _draw_layer(axes: Axes, row: dict[str, Any], place: int, headline: float) -> None:
    colour, marker = LAYERS[row["layer"]]
    low, high = row["months_low"] / headline, row["months_high"] / headline
    axes.plot(
        [low, high],
        [place, place],
        color=colour,
        linewidth=BAR,
        alpha=0.3,
        solid_capstyle="round",
        gid=f"error-bar.{row_id(row, 'quantity')}",
    )
    axes.scatter(
        [row["months"] / headline], [place], s=DOT, color=colour, marker=marker, linewidths=0, zorder=3, gid=_gid(row)
    )
    axes.annotate(
        f"{numeral(row['months_low'], 2)} to {numeral(row['months_high'], 2)}",
        (high, place),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        color=colour,
    )


def _gid(row: dict[str, Any]) -> str:
    """The id of the part that shows a row."""
    return f"point.{row_id(row, 'quantity')}"


@figure(
    "compute.two_bands",
    number=30,
    since="2026-11",
    title="At the end of {last_year} the trend is known within {compute.modern.line_factor_at_end}, and one more "
    "system within {compute.modern.prediction_factor_at_end}",
    alt=(
        "Scatter plot of the {compute.modern.n:words} charted training runs of the modern era in petaflop/s-days on a "
        "logarithmic axis, with the fitted line and a narrow and a wide band. The narrow one, labelled as the band of "
        "the line, leaves {compute.modern.n_outside_line_band:words} of the points outside. The wide one, labelled as "
        "the band of one more system, leaves out {compute.modern.n_outside_prediction_band:words}. At the end of "
        "the line the first reaches {compute.modern.line_factor_at_end} each way, the second "
        "{compute.modern.prediction_factor_at_end}."
    ),
    facts=modern_facts,
    shows=modern_runs,
    controls=("fit", "interval", "prediction"),
)
def two_bands(shown: Runs, canvas: Canvas) -> Drawing:
    """The modern points with their line, the band of the line and that of one more point."""
    drawn = canvas.figure(5.0)
    axes = drawn.add_subplot()
    trend = shown.trends["modern"]
    years = np.linspace(trend.first_year, trend.last_year, SAMPLES)
    low, high = trend.prediction_band(years)
    year_axis(axes, *years_around(dates(shown.runs), after=EDGE), canvas.years(1))
    axes.set_ylim(*powers_around([*low, *high], below=0.3, above=0.3))
    power_axis(axes, "Training compute (pfs-days)", every=2)
    axes.fill_between(years, low, high, color=ORANGE, alpha=BAND_OPACITY, linewidth=0, gid="interval.prediction")
    draw_trend(axes, trend, BLUE, "modern")
    draw_points(axes, shown.runs, BLUE)
    _name_bands(axes, trend, shown)
    return Drawing(figure=drawn, content=shown)


def _name_bands(axes: Axes, trend: Trend, shown: Runs) -> None:
    """What each band is, at its edge."""
    start, span = trend.first_year, trend.span_years
    upper, lower = np.array([start + 0.3 * span]), np.array([start + 0.12 * span])
    labels = [
        Label(text="band of one more system", x=upper[0], y=trend.prediction_band(upper)[1][0], colour=ORANGE),
        Label(text="band of the line", x=lower[0], y=trend.band(lower)[0][0], colour=BLUE),
    ]
    years = np.linspace(start, trend.last_year, SAMPLES)
    place_labels(
        axes, labels, [*((run.year, run.pfs_days) for run in shown.runs), *zip(years, trend.line(years), strict=True)]
    )
