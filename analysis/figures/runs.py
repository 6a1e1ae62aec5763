"""Training runs as they are drawn: points with names, error bars and fitted lines, and the rows that they show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import fill
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from analysis.figures.canvas import BAND_OPACITY, Canvas, Content
from analysis.figures.labels import Label, along_line, name_of_line, place_labels
from analysis.figures.look import MUTED
from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.model.least_squares import Floats
from analysis.model.study import Point, record_setters
from analysis.model.trends import Trend, growth_over
from analysis.numerals import day_in_words, spelled
from analysis.results.collect import Findings

# Labels keep clear of fitted lines and error bars, which are sampled at so many points.
LINE_SAMPLES: Final = 60
BAR_SAMPLES: Final = 12
# Points of a line that is straight on its axes, and of its band, and those where both are bent.
STRAIGHT_SAMPLES: Final = (2, 30)
BENT_SAMPLES: Final = (60, 60)
# Names that are abbreviations, as the charts spell them.
SPELLED_OUT: Final = {
    "DQN": "Deep Q-network (DQN)",
    "NAS": "Neural architecture search (NAS)",
    "NMT": "Neural machine translation (NMT)",
}
SLOPE_DIGITS: Final = 2
# Characters of a line where there is little room.
NARROW_LINE: Final = 19
# Where along its line the name of a trend may be, as shares of its span: on a linear axis, where the line rises.
NAMED_AT: Final = {"log": (0.6, 0.7, 0.5, 0.4, 0.3, 0.2, 0.8), "linear": (0.93, 0.96, 0.9, 0.85, 0.8, 0.7, 0.5)}


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
    """Training runs by date, the trend of each era that is shown with one, its slope in words, and Moore's law.

    `moore_doubling` is in months.
    """

    runs: tuple[Run, ...]
    trends: Mapping[str, Trend]
    slopes: Mapping[str, str]
    moore_doubling: float

    def era(self, era: str) -> tuple[Run, ...]:
        """The runs of one era."""
        return tuple(run for run in self.runs if run.era == era)

    @property
    def gap(self) -> tuple[Run, Run]:
        """The two consecutive runs between which the most time passes."""
        ordered = sorted(self.runs, key=lambda run: run.year)
        return max(pairwise(ordered), key=lambda pair: pair[1].year - pair[0].year)

    def moore(self) -> tuple[Floats, Floats]:
        """Moore's law from the start of the first trend to the last run: years and pfs-days."""
        first = next(iter(self.trends.values()))
        years = np.linspace(first.first_year, max(dates(self.runs)), LINE_SAMPLES)
        (start,) = first.line(np.array([first.first_year]))
        grown = [growth_over(float(year) - first.first_year, self.moore_doubling) for year in years]
        return years, start * np.array(grown)


def modern_runs(findings: Findings) -> Runs:
    """The runs of the modern era with its trend."""
    return _with_trends(findings, findings.study.era("modern"), "modern")


def runs_of_both_eras(findings: Findings) -> Runs:
    """All runs with the trends of both eras."""
    return _with_trends(findings, findings.study.points, "first", "modern")


def all_runs(findings: Findings) -> Runs:
    """All runs without a trend."""
    return _with_trends(findings, findings.study.points)


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


def draw_moore(axes: Axes, shown: Runs) -> list[tuple[float, float]]:
    """Moore's law as a dashed line; returns places along it."""
    years, values = shown.moore()
    axes.plot(years[[0, -1]], values[[0, -1]], color=MUTED, linestyle="--", linewidth=1.1, gid="moore.line")
    return along_line(years, values)


def names_of(runs: Iterable[Run], canvas: Canvas) -> list[Label]:
    """The names of some runs, abbreviations spelled out, in several lines where there is little room."""
    return [
        Label(text=_spelled_out(run.label, canvas), x=run.year, y=run.pfs_days, gid=f"label.{run.id}") for run in runs
    ]


def name_of_trend(shown: Runs, era: str, colour: str, scale: str) -> Label:
    """The slope of a fitted line in words, on two lines next to it."""
    trend = shown.trends[era]
    years = trend.first_year + np.array(NAMED_AT[scale]) * trend.span_years
    return name_of_line(shown.slopes[era], along_line(years, trend.line(years)), colour, f"fit.{era}.name")


def along_bars(axes: Axes, runs: Iterable[Run]) -> list[tuple[float, float]]:
    """Places along the error bars of some runs."""
    return [(run.year, float(height)) for run in runs for height in _along_bar(axes, run)]


def label_points(
    axes: Axes, labels: Sequence[Label], shown: Runs, obstacles: Sequence[tuple[float, float]] = ()
) -> None:
    """Writes names next to points, clear of all points, error bars, fitted lines and other obstacles."""
    lines = [*along_bars(axes, shown.runs), *obstacles]
    for trend in shown.trends.values():
        years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
        lines += along_line(years, trend.line(years))
    place_labels(axes, labels, [(run.year, run.pfs_days) for run in shown.runs], lines)


def _spelled_out(name: str, canvas: Canvas) -> str:
    full = SPELLED_OUT.get(name, name)
    return full if canvas.roomy else fill(full, NARROW_LINE)


def _with_trends(findings: Findings, points: Sequence[Point], *eras: str) -> Runs:
    """Some runs, with the fitted value at each date if eras are named; their rows are in order of era, then of date."""
    study = findings.study
    trends = {era: study.trends[era] for era in eras}
    fitted = tuple(row for era, trend in trends.items() for row in _rows_with_fit(study.era(era), trend))
    doubling = {era: findings.results[f"compute.{era}.doubling_time"] for era in eras}
    return Runs(
        rows=fitted or tuple(_row(point) for point in points),
        words=_words(points),
        runs=_runs(points),
        trends=trends,
        slopes={era: f"Doubling every\n{spelled(q.value, q.unit, SLOPE_DIGITS)}" for era, q in doubling.items()},
        moore_doubling=study.constant("moore_doubling"),
    )


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
