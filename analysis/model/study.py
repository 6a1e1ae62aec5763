"""Computes everything once: takes the dataset of an edition and returns the `Study` that all results are read from.

A study holds the points of the chart, every fit, the periods, the worked calculations and the efficiency runs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, get_args

from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Domain, Edition, Period, System
from analysis.inputs.tables import ALEXNET_LEVEL, MODELS
from analysis.model.efficiency import EfficiencyStudy, efficiency_study
from analysis.model.field import FieldStudy, field_study
from analysis.model.frontier import exceeding
from analysis.model.records import Tracked, tracked_benchmarks
from analysis.model.trends import FEWEST_POINTS, Trend, fit_trend
from analysis.model.worked import Worked, worked
from analysis.units import decimal_year

DOMAINS: Final[tuple[str, ...]] = get_args(Domain)
# Id of the estimate that uses our own count of multiply-adds.
RECOUNTED: Final = "operations_counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A system on the chart: its date and its training compute with the error range."""

    system: System
    date: date
    calculation: Worked

    @property
    def slug(self) -> str:
        """The id of the system."""
        return self.system.id

    @property
    def year(self) -> float:
        """Decimal year since 2000."""
        return decimal_year(self.date)

    @property
    def compute_flop(self) -> float:
        """Training compute in FLOP."""
        return self.calculation.compute_flop

    @property
    def pfs_days(self) -> float:
        """Training compute in petaflop/s-days."""
        return self.calculation.compute_pfs_days

    @property
    def pfs_days_low(self) -> float:
        """The lower end of the publisher's error range."""
        return self.pfs_days / self.error_factor

    @property
    def pfs_days_high(self) -> float:
        """The upper end of the publisher's error range."""
        return self.pfs_days * self.error_factor

    @property
    def error_factor(self) -> float:
        """The publisher's error factor, in either direction."""
        assert self.system.error_factor is not None
        return self.system.error_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A choice of points that a trend is fitted to, with its label and the prefix of its quantities."""

    name: str
    label: str
    choose: Callable[["Study"], Iterable[Point]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """A period of the modern era with the points in it."""

    period: Period
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The finished analysis of one edition. `trends`, `scopes` and `chosen` (the points fitted) share their names.

    `dataset` holds the records of the edition, `records` those of all editions.
    """

    edition: Edition
    dataset: Dataset
    records: Dataset
    points: tuple[Point, ...]
    calculations: tuple[Worked, ...]
    trends: dict[str, Trend]
    scopes: dict[str, Scope]
    chosen: dict[str, tuple[Point, ...]]
    periods: tuple[PeriodView, ...]
    efficiency: EfficiencyStudy | None
    field: FieldStudy | None
    tracker: tuple[Tracked, ...]

    @property
    def open_edition(self) -> str:
        """The edition that new records are added to: the last one in data/editions.toml."""
        return self.records.editions[-1].id

    def constant(self, name: str) -> float:
        """The value of an assumption or observation."""
        return self.dataset.constant[name].value

    def point(self, slug: str) -> Point:
        """The point of a system."""
        return next(point for point in self.points if point.slug == slug)

    def era(self, era: str) -> tuple[Point, ...]:
        """The points of one era, by date."""
        return tuple(point for point in self.points if point.system.era == era)


def analyse(dataset: Dataset, edition_id: str | None = None) -> Study:
    """The study of an edition, by default the last one. Pure: the same dataset gives the same study."""
    edition = dataset.edition(edition_id) if edition_id else dataset.editions[-1]
    # All editions stay at hand as `records`: a claim is compared with our number in the edition of its own text.
    records, dataset = dataset, dataset.at(edition.id)
    calculations = tuple(
        worked(system, estimate, dataset.constant) for system in dataset.systems for estimate in system.estimates
    )
    points = _points(dataset, calculations)
    modern = {point.slug for point in points if point.system.era == "modern"}
    efficiency = efficiency_study(dataset) if dataset.rows(ALEXNET_LEVEL) else None
    study = Study(
        edition=edition,
        dataset=dataset,
        records=records,
        points=points,
        calculations=calculations,
        trends={},
        scopes={},
        chosen={},
        periods=_periods(dataset, points),
        efficiency=efficiency,
        field=field_study(models, modern) if (models := dataset.rows(MODELS)) else None,
        tracker=tracked_benchmarks(dataset, efficiency),
    )
    # The scopes choose from the study's own points, so it is made first and completed below.
    chosen = {scope.name: tuple(scope.choose(study)) for scope in SCOPES}
    fitted = {name: points for name, points in chosen.items() if len(points) >= FEWEST_POINTS}
    return replace(
        study,
        trends={name: trend_of(points) for name, points in fitted.items()},
        scopes={scope.name: scope for scope in SCOPES if scope.name in fitted},
        chosen=fitted,
    )


def trend_of(points: Iterable[Point]) -> Trend:
    """The trend of compute in pfs-days through some points."""
    chosen = list(points)
    return fit_trend([point.year for point in chosen], [point.pfs_days for point in chosen])


def record_setters(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that exceed every earlier one. On one date only the largest counts, and a tie is not a record."""
    return tuple(exceeding(points, size=lambda point: point.compute_flop))


def _points(dataset: Dataset, calculations: tuple[Worked, ...]) -> tuple[Point, ...]:
    by_name = {(calculation.system, calculation.id): calculation for calculation in calculations}
    points = []
    for system in dataset.systems:
        if system.listing == "chart":
            used = by_name[system.id, system.used]
            points.append(Point(system=system, date=system.date, calculation=used))
    return tuple(sorted(points, key=lambda point: (point.date, point.slug)))


def _periods(dataset: Dataset, points: tuple[Point, ...]) -> tuple[PeriodView, ...]:
    return tuple(
        PeriodView(
            period=period,
            points=tuple(
                point for point in points if point.system.era == period.era and period.start <= point.date <= period.end
            ),
        )
        for period in dataset.periods
    )


def _modern(study: Study) -> tuple[Point, ...]:
    return study.era("modern")


def _first(study: Study) -> tuple[Point, ...]:
    return study.era("first")


def _without(*slugs: str) -> Callable[[Study], Iterable[Point]]:
    return lambda study: [point for point in _modern(study) if point.slug not in slugs]


def _in_domain(domain: str, *eras: str) -> Callable[[Study], Iterable[Point]]:
    def choose(study: Study) -> list[Point]:
        if any(not study.era(era) for era in eras):
            return []
        return [p for p in study.points if p.system.domain == domain and p.system.era in eras]

    return choose


def _re_estimated(estimate_id: Callable[[Point], str]) -> Callable[[Study], Iterable[Point]]:
    """Modern points, each at another of its estimates if it has it."""

    def choose(study: Study) -> list[Point]:
        known = {(calculation.system, calculation.id): calculation for calculation in study.calculations}
        chosen = []
        for point in _modern(study):
            calculation = known.get((point.slug, estimate_id(point)), point.calculation)
            chosen.append(replace(point, calculation=calculation))
        return chosen

    return choose


def _alexnet_at_its_paper(study: Study) -> list[Point]:
    return [
        replace(point, date=point.system.paper_date) if point.slug == "alexnet" else point for point in _modern(study)
    ]


SCOPES: Final = (
    Scope(name="modern", label="all points of the modern era", choose=_modern),
    Scope(
        name="modern.record_setters",
        label="the modern points that exceed every earlier one",
        choose=lambda study: record_setters(_modern(study)),
    ),
    Scope(
        name="modern.as_plotted",
        label="the modern points at the values read from the published chart",
        choose=_re_estimated(lambda _: "chart_reading"),
    ),
    Scope(
        name="modern.as_printed",
        label="the modern points at the factors the appendix prints, where it prints them",
        # The records name a calculation as charted `<id>_charted` where the appendix prints other factors for it.
        choose=_re_estimated(lambda point: point.calculation.id.removesuffix("_charted")),
    ),
    Scope(
        name="modern.recounted",
        label="the modern points with exact counts where the chart counts operations",
        choose=_re_estimated(lambda point: RECOUNTED if point.calculation.method == "operations" else ""),
    ),
    Scope(name="modern.without_dqn", label="the modern points without DQN", choose=_without("dqn")),
    Scope(
        name="modern.without_alphago",
        label="the modern points without AlphaGo Zero and AlphaZero",
        choose=_without("alphago-zero", "alphazero"),
    ),
    Scope(
        name="modern.alexnet_at_its_paper",
        label="the modern points with AlexNet dated by its paper",
        choose=_alexnet_at_its_paper,
    ),
    Scope(name="first", label="all points of the first era", choose=_first),
    Scope(
        name="first.record_setters",
        label="the first-era points that exceed every earlier one",
        choose=lambda study: record_setters(_first(study)),
    ),
    Scope(
        name="whole",
        label="all points of both eras",
        # Without a first era this would repeat the modern scope.
        choose=lambda study: study.points if _first(study) else (),
    ),
    *(
        Scope(name=domain, label=f"the modern points in {domain}", choose=_in_domain(domain, "modern"))
        for domain in DOMAINS
    ),
    *(
        Scope(
            name=f"{domain}.both_eras",
            label=f"the points of both eras in {domain}",
            choose=_in_domain(domain, "first", "modern"),
        )
        for domain in DOMAINS
    ),
)
