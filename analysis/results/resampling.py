"""The first layer of uncertainty by resampling: BCa intervals of the headline trends, over points and over groups."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.model.efficiency import EfficiencyStudy, efficiency_of
from analysis.model.field import FieldStudy
from analysis.model.least_squares import CONFIDENCE, resamples_of
from analysis.model.resampling import resampled_slope
from analysis.model.study import Study
from analysis.model.trends import doubling_time_between, doubling_time_months, doublings
from analysis.results.quantity import Quantity, Results
from analysis.units import decimal_year

FIELDS: Final = ("field.since_2010", "frontier.since_2010")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Points:
    """The points of a headline trend, with the group of each by what the groups are."""

    prefix: str
    label: str
    years: tuple[float, ...]
    values: tuple[float, ...]
    groups: dict[str, tuple[Hashable, ...]]


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the wider field."""
    if study.field is None or study.efficiency is None:
        return
    for points in (_charted(study), _at_alexnet_level(study.efficiency), *_of_field(study.field)):
        yield _resampled(points, "bca", "points", None, results)
        for kind, groups in points.groups.items():
            yield _resampled(points, f"by_{kind}", f"{kind}s", groups, results)


def _charted(study: Study) -> _Points:
    points = study.chosen["modern"]
    return _Points(
        prefix="compute.modern",
        label=study.scopes["modern"].label,
        years=tuple(point.year for point in points),
        values=tuple(point.pfs_days for point in points),
        groups={"year": tuple(point.date.year for point in points)},
    )


def _at_alexnet_level(efficiency: EfficiencyStudy) -> _Points:
    fit = efficiency.fits["alexnet"]
    return _Points(
        prefix="efficiency.alexnet",
        label=fit.label.removeprefix("over "),
        years=tuple(map(decimal_year, fit.days)),
        values=tuple(efficiency_of(run.compute_tfs_days) for run in fit.runs),
        groups={},
    )


def _of_field(field: FieldStudy) -> Iterator[_Points]:
    for name in FIELDS:
        models = field.chosen[name]
        yield _Points(
            prefix=f"compute.{name}",
            label=field.selections[name].label,
            years=tuple(decimal_year(model.date) for model in models),
            values=tuple(model.compute_flop for model in models),
            # A model of several organisations is counted with the first.
            groups={"organisation": tuple(model.organisations[:1] for model in models)},
        )


def _resampled(
    points: _Points, ending: str, what: str, groups: Sequence[Hashable] | None, results: Results
) -> Quantity:
    """The doubling time of a trend with the interval of resamples of its points or of their groups."""
    quantity = results.compute(
        f"{points.prefix}.doubling_time_{ending}",
        doubling_time_months,
        {"b": f"{points.prefix}.slope"},
        unit="month",
        summary=f"Doubling time over {points.label}, with the interval of resampled {what}.",
        formula=r"\frac{12}{b}",
    )
    slope = resampled_slope(np.asarray(points.years), np.asarray(doublings(points.values)), groups)
    interval = doubling_time_between(slope.value, low=slope.low, high=slope.high)
    drawn = len(points.years) if groups is None else len(set(groups))
    return quantity.within(
        interval.low,
        interval.high,
        f"{CONFIDENCE:.0%} interval (BCa), {resamples_of(drawn):,} resamples of the {drawn} {what}",
    )
