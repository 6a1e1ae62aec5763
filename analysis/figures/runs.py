"""Training runs as they are drawn: points with names, error bars and fitted lines, and the rows that they show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from analysis.figures.canvas import BAND_OPACITY, Content
from analysis.figures.labels import Label, place_labels
from analysis.figures.look import INK
from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.model.least_squares import Floats
from analysis.model.study import Point, Study, record_setters
from analysis.model.trends import Trend
from analysis.numerals import day_in_words, spelled
from analysis.results.collect import Findings

# Labels keep clear of fitted lines and error bars, which are sampled at so many points.
LINE_SAMPLES: Final = 60
BAR_SAMPLES: Final = 12
# Points of a line that is straight on its axes, and of its band, and those where both are bent.
STRAIGHT_SAMPLES: Final = (2, 30)
BENT_SAMPLES: Final = (60, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a drawing needs of a training run. Years count from 2000, compute is in pfs-days.

    `record` says whether the run exceeds every earlier one of its era.
    """

    id: str
    label: str
    era: str
    domain: str
    year: float
    pfs_days: float
    pfs_days_low: float
    pfs_days_high: float
    record: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs(Content):
    """Training runs by date, and the trend of each era that is shown with one."""

    runs: tuple[Run, ...]
    trends: Mapping[str, Trend]

    def era(self, era: str) -> tuple[Run, ...]:
        """The runs of one era."""
        return tuple(run for run in self.runs if run.era == era)


def modern_runs(findings: Findings) -> Runs:
    """The runs of the modern era with its trend."""
    return _with_trends(findings.study, findings.study.era("modern"), "modern")


def runs_of_both_eras(findings: Findings) -> Runs:
    """All runs with the trends of both eras."""
    return _with_trends(findings.study, findings.study.points, "first", "modern")


def all_runs(findings: Findings) -> Runs:
    """All runs without a trend."""
    points = findings.study.points
    return Runs(rows=tuple(_row(point) for point in points), words=_words(points), runs=_runs(points), trends={})


def dates(runs: Iterable[Run]) -> list[float]:
    """The dates of some runs, in years since 2000."""
    return [run.year for run in runs]


def heights(runs: Iterable[Run]) -> list[float]:
    """Both ends of the error range of some runs, in pfs-days."""
    return [end for run in runs for end in (run.pfs_days_low, run.pfs_days_high)]


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


def draw_points(axes: Axes, runs: Iterable[Run], colour: str, marker: str = "o", *, size: float = 26) -> None:
    """Draws one point per run, each as a separate part."""
    for run in runs:
        axes.scatter(
            [run.year],
            [run.pfs_days],
            s=size,
            color=colour,
            marker=marker,
            linewidths=0,
            zorder=3,
            gid=_gid(run.id),
        )


def draw_error_bars(axes: Axes, runs: Iterable[Run], colour: str, width: float = 1.2) -> tuple[Artist, ...]:
    """The error range of each run as a line with two ends."""
    return tuple(
        axes.plot(
            [run.year, run.year],
            [run.pfs_days_low, run.pfs_days_high],
            color=colour,
            linewidth=width,
            marker="_",
            markersize=5,
            gid=f"error-bar.{run.id}",
        )[0]
        for run in runs
    )


def label_points(axes: Axes, named: Iterable[Run], drawn: Iterable[Run], trends: Iterable[Trend]) -> None:
    """Writes names next to points, clear of all points, error bars and fitted lines."""
    labels = [Label(text=run.label, x=run.year, y=run.pfs_days, colour=INK, gid=f"label.{run.id}") for run in named]
    obstacles = [(run.year, float(height)) for run in drawn for height in _along_bar(axes, run)]
    for trend in trends:
        years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
        obstacles += zip(years, trend.line(years), strict=True)
    place_labels(axes, labels, obstacles)


def _with_trends(study: Study, points: Sequence[Point], *eras: str) -> Runs:
    """Some runs with the fitted value at each date; the rows are in order of era, then of date."""
    trends = {era: study.trends[era] for era in eras}
    rows = tuple(row for era, trend in trends.items() for row in _rows_with_fit(study.era(era), trend))
    return Runs(rows=rows, words=_words(points), runs=_runs(points), trends=trends)


def _runs(points: Sequence[Point]) -> tuple[Run, ...]:
    eras = {point.system.era for point in points}
    records = {p.slug for era in eras for p in record_setters(p for p in points if p.system.era == era)}
    return tuple(
        Run(
            id=point.slug,
            label=point.system.label,
            era=point.system.era or "",
            domain=point.system.domain,
            year=point.year,
            pfs_days=point.pfs_days,
            pfs_days_low=point.pfs_days_low,
            pfs_days_high=point.pfs_days_high,
            record=point.slug in records,
        )
        for point in points
    )


def _rows_with_fit(points: Sequence[Point], trend: Trend) -> Iterable[dict[str, Any]]:
    fitted = trend.line(np.array([point.year for point in points]))
    return ({**_row(point), "fitted_pfs_days": float(value)} for point, value in zip(points, fitted, strict=True))


def _row(point: Point) -> dict[str, Any]:
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


def _words(points: Iterable[Point]) -> dict[str, str]:
    """The text that is read out for each point."""
    return {
        _gid(point.slug): f"{point.system.name}, {day_in_words(point.date)}, "
        f"{spelled(point.pfs_days, 'pfs-day', READ_OUT_DIGITS)}"
        for point in points
    }


def _gid(run: str) -> str:
    """The id of the part that shows a run."""
    return f"point.{run}"


def _along_bar(axes: Axes, run: Run) -> Floats:
    """Heights along the error bar of a run, evenly spaced on the axes."""
    spaced = np.geomspace if axes.get_yscale() == "log" else np.linspace
    return spaced(run.pfs_days_low, run.pfs_days_high, BAR_SAMPLES)
