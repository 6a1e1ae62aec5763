"""Training runs as they are drawn: points with names, error bars and fitted lines, and the rows that they show."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from analysis.figures.canvas import BAND_OPACITY
from analysis.figures.labels import Label, place_labels
from analysis.figures.look import INK
from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.model.least_squares import Floats
from analysis.model.study import Point
from analysis.model.trends import Trend
from analysis.numerals import day_in_words, spelled

# Labels keep clear of fitted lines and error bars, which are sampled at so many points.
LINE_SAMPLES: Final = 60
BAR_SAMPLES: Final = 12
# Points of a line that is straight on its axes, and of its band, and those where both are bent.
STRAIGHT_SAMPLES: Final = (2, 30)
BENT_SAMPLES: Final = (60, 60)


def dates(points: Iterable[Point]) -> list[float]:
    """The dates of some runs, in years since 2000."""
    return [point.year for point in points]


def heights(points: Iterable[Point]) -> list[float]:
    """Both ends of the error range of some runs, in pfs-days."""
    return [end for p in points for end in (p.pfs_days_low, p.pfs_days_high)]


def draw_trend(axes: Axes, trend: Trend, colour: str, era: str) -> None:
    """The fitted line over its own span and the band of its confidence interval."""
    in_line, in_band = STRAIGHT_SAMPLES if axes.get_yscale() == "log" else BENT_SAMPLES
    years = np.linspace(trend.first_year, trend.last_year, in_band)
    low, high = trend.band(years)
    axes.fill_between(
        years,
        low,
        high,
        color=colour,
        alpha=BAND_OPACITY,
        linewidth=0,
        gid=f"interval.{era}",
    )
    years = np.linspace(trend.first_year, trend.last_year, in_line)
    axes.plot(years, trend.line(years), color=colour, gid=f"fit.{era}")


def draw_points(axes: Axes, points: Iterable[Point], colour: str, marker: str = "o", *, size: float = 26) -> None:
    """Draws one point per run, each as a separate part."""
    for point in points:
        axes.scatter(
            [point.year],
            [point.pfs_days],
            s=size,
            color=colour,
            marker=marker,
            linewidths=0,
            zorder=3,
            gid=gid(point),
        )


def draw_error_bars(axes: Axes, points: Iterable[Point], colour: str, width: float = 1.2) -> tuple[Artist, ...]:
    """The error range of each run as a line with two ends."""
    return tuple(
        axes.plot(
            [point.year, point.year],
            [point.pfs_days_low, point.pfs_days_high],
            color=colour,
            linewidth=width,
            marker="_",
            markersize=5,
            gid=f"error-bar.{point.slug}",
        )[0]
        for point in points
    )


def label_points(axes: Axes, named: Iterable[Point], drawn: Iterable[Point], trends: Iterable[Trend]) -> None:
    """Writes names next to points, clear of all points, error bars and fitted lines."""
    labels = [
        Label(text=point.system.label, x=point.year, y=point.pfs_days, colour=INK, gid=f"label.{point.slug}")
        for point in named
    ]
    obstacles = [(point.year, float(height)) for point in drawn for height in _along_bar(axes, point)]
    for trend in trends:
        years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
        obstacles += zip(years, trend.line(years), strict=True)
    place_labels(axes, labels, obstacles)


def gid(point: Point) -> str:
    """The id of the part that shows a run."""
    return f"point.{point.slug}"


def words(points: Iterable[Point]) -> dict[str, str]:
    """The text that is read out for each point."""
    return {gid(point): _words(point) for point in points}


def rows_with_fit(points: Sequence[Point], trend: Trend) -> tuple[dict[str, Any], ...]:
    """The rows of some runs with the fitted value at each date."""
    fitted = trend.line(np.array([point.year for point in points]))
    return tuple({**row(point), "fitted_pfs_days": float(value)} for point, value in zip(points, fitted, strict=True))


def row(point: Point) -> dict[str, Any]:
    """The row of a run, without the fitted value."""
    return {
        "id": point.slug,
        "name": point.system.name,
        "date": point.date.isoformat(),
        "era": point.system.era,
        "domain": point.system.domain,
        "method": point.calculation.method,
        "compute_pfs_days": point.pfs_days,
        "compute_pfs_days_low": point.pfs_days_low,
        "compute_pfs_days_high": point.pfs_days_high,
        "compute_flop": point.compute_flop,
    }


def _along_bar(axes: Axes, point: Point) -> Floats:
    """Heights along the error bar of a run, evenly spaced on the axes."""
    spaced = np.geomspace if axes.get_yscale() == "log" else np.linspace
    return spaced(point.pfs_days_low, point.pfs_days_high, BAR_SAMPLES)


def _words(point: Point) -> str:
    compute = spelled(point.pfs_days, "pfs-day", READ_OUT_DIGITS)
    return f"{point.system.name}, {day_in_words(point.date)}, {compute}"
