"""The figure of the wider field: every notable model with a known training compute, and its trends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.canvas import (
    BAND_OPACITY,
    Canvas,
    Content,
    Drawing,
    power_axis,
    powers_around,
    year_axis,
    years_around,
)
from analysis.figures.labels import Label, place_labels
from analysis.figures.look import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE
from analysis.figures.models import (
    COMPUTE_LABEL,
    OTHER,
    UNKNOWN,
    ModelPoint,
    domain_of,
    gid,
    model_point,
    model_row,
)
from analysis.figures.registry import figure
from analysis.model.field import FRONTIER, MODERN, FieldStudy, record_setters, running_top
from analysis.model.trends import Trend
from analysis.numerals import numeral
from analysis.results.collect import Findings

# Colour and marker of a domain: shape as well as colour, for readers who cannot distinguish the colours.
STYLES: Final = {
    "language": (ORANGE, "s"),
    "vision": (BLUE, "o"),
    "multimodal": (INK, "P"),
    "games": (GREEN, "^"),
    "biology": (PURPLE, "D"),
    OTHER: (MUTED, "v"),
}
# The trends that are drawn, by the name of their selection.
TRENDS: Final = ("field.before_2010", "field.since_2010")
ROOM: Final = {"before": 3.0, "after": 3.0}
LARGE, SMALL = 22, 10
# Models outside the running top are drawn lighter, to emphasise those in it.
BEHIND: Final = 0.45
# A record is named where it is this many times the one before it; where there is little room, this many.
NAMED_LEAP: Final = {True: 5.0, False: 100.0}
# Labels keep clear of fitted lines, which are sampled at so many points.
LINE_SAMPLES: Final = 60
# Points of each edge of a band: enough to look smooth, few enough for a page of several figures.
BAND_SAMPLES: Final = 30
# What a reader can choose models by.
CHOSEN_BY: Final = ("domain", "confidence", "open_weights")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Content):
    """All models by date, the records among them, and the trends of the field by selection."""

    points: tuple[ModelPoint, ...]
    records: tuple[str, ...]
    trends: Mapping[str, Trend]


def field_shown(findings: Findings) -> Field:
    """All notable models."""
    study = field_of(findings)
    top = {model.id for model in running_top(study.models, FRONTIER)}
    return Field(
        rows=tuple(
            {
                **model_row(model),
                "domain": domain_of(model),
                "open_weights": model.open_weights or UNKNOWN,
                "top_ten": model.id in top,
            }
            for model in study.models
        ),
        key="model",
        points=tuple(model_point(model, emphasised=model.id in top) for model in study.models),
        records=tuple(model.id for model in record_setters(study.models)),
        trends={name: study.trends[name] for name in TRENDS},
    )


def field_of(findings: Findings) -> FieldStudy:
    """The study of the wider field; every figure that asks for it begins with an edition that has one."""
    assert findings.study.field is not None
    return findings.study.field


def _facts(findings: Findings) -> dict[str, str]:
    study = field_of(findings)
    models, before, since = study.models, *(study.trends[name].slope for name in TRENDS)
    return {
        "first_year": str(models[0].date.year),
        "last_year": str(models[-1].date.year),
        "boundary": str(MODERN.year),
        "steeper": numeral(since / before, 2),
        "oldest": models[0].name,
        "largest": max(models, key=lambda model: model.compute_flop).name,
    }


@figure(
    "compute.field",
    number=10,
    since="2026-11",
    title="Since {boundary} training compute has doubled every {compute.field.since_2010.doubling_time:short}",
    alt=(
        "Scatter plot of {compute.field.models} from {first_year} to {last_year}, training compute in FLOP on a "
        "logarithmic axis, from {oldest} at the lower left to {largest} at the upper right. A fitted line through the "
        "models before {boundary} rises gently; a second one through those since then, where most points are, is "
        "{steeper} times as steep. The models that were among the ten largest at their release form the upper edge."
    ),
    facts=_facts,
    shows=field_shown,
    controls=("top", "confidence", "open_weights", "domain", "fit", "interval"),
)
def field(shown: Field, canvas: Canvas) -> Drawing:
    """All models, those of the running top emphasised, with a trend before 2010 and one since."""
    drawn = canvas.figure(5.8)
    axes = drawn.add_subplot()
    year_axis(axes, *years_around([point.year for point in shown.points], **ROOM), canvas.years(10))
    axes.set_ylim(*powers_around([point.compute_flop for point in shown.points], below=1.0, above=2.2))
    power_axis(axes, COMPUTE_LABEL, every=3)
    for name, trend in shown.trends.items():
        draw_field_trend(axes, trend, name)
    single = shown.points if canvas.roomy else [point for point in shown.points if point.emphasised]
    for point in single:
        _draw_models(axes, [point], gid(point.id))
    if not canvas.roomy:
        _draw_clusters(axes, shown)
    _label(axes, shown, leap=NAMED_LEAP[canvas.roomy])
    _explain_marks(axes)
    return Drawing(figure=drawn, content=shown)


def draw_field_trend(axes: Axes, trend: Trend, name: str, colour: str = INK) -> None:
    """A fitted line over its own span with the band of its interval."""
    years = np.linspace(trend.first_year, trend.last_year, BAND_SAMPLES)
    axes.fill_between(years, *trend.band(years), color=colour, alpha=BAND_OPACITY, linewidth=0, gid=f"interval.{name}")
    ends = np.array([trend.first_year, trend.last_year])
    axes.plot(ends, trend.line(ends), color=colour, gid=f"fit.{name}")


def _draw_models(axes: Axes, points: Sequence[ModelPoint], name: str) -> None:
    """Some models of one domain as one part; smaller and lighter where they are not emphasised."""
    colour, marker = STYLES[points[0].domain]
    emphasised = points[0].emphasised
    axes.scatter(
        [point.year for point in points],
        [point.compute_flop for point in points],
        s=LARGE if emphasised else SMALL,
        alpha=None if emphasised else BEHIND,
        color=colour,
        marker=marker,
        linewidths=0,
        zorder=3 if emphasised else 2.5,
        gid=name,
    )


def _draw_clusters(axes: Axes, shown: Field) -> None:
    """The models that are not emphasised: on a phone too close to point at, so one part per choice of a reader."""
    clusters: dict[tuple[object, ...], list[ModelPoint]] = {}
    for point, row in zip(shown.points, shown.rows, strict=True):
        if not point.emphasised:
            clusters.setdefault(tuple(row[column] for column in CHOSEN_BY), []).append(point)
    for points in clusters.values():
        _draw_models(axes, points, f"cluster.{points[0].id}")


def label_models(axes: Axes, named: Iterable[ModelPoint], obstacles: list[tuple[float, float]]) -> None:
    """Writes the names of some models, clear of what is drawn."""
    labels = [Label(text=point.label, x=point.year, y=point.compute_flop, gid=f"label.{point.id}") for point in named]
    place_labels(axes, labels, obstacles)


def _explain_marks(axes: Axes) -> None:
    """What each colour and marker is, in the corner that growth leaves empty."""
    for domain, (colour, marker) in STYLES.items():
        axes.scatter([], [], s=LARGE, color=colour, marker=marker, linewidths=0, label=domain)
    axes.legend(loc="upper left", frameon=False, handletextpad=0.2, borderaxespad=0.2)


def _label(axes: Axes, shown: Field, *, leap: float) -> None:
    """The names of the first record, of those far above the record before them, and of the last."""
    points = {point.id: point for point in shown.points}
    records = [points[name] for name in shown.records]
    far = [after for before, after in pairwise(records) if after.compute_flop >= leap * before.compute_flop]
    named = dict.fromkeys((records[0], *far, records[-1]))
    obstacles = [(point.year, point.compute_flop) for point in shown.points]
    for trend in shown.trends.values():
        years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
        obstacles += zip(years, trend.line(years), strict=True)
    label_models(axes, named, obstacles)
