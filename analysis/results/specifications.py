"""The third layer of uncertainty: the headline trends under every choice that an analyst makes about them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.model.efficiency import Basis, EfficiencyStudy, TrainingRun, alexnet_paper_date, efficiency_of
from analysis.model.specifications import Choices, Reading, Selection, Specification, Which, specifications
from analysis.model.study import DOMAINS, Point, Study
from analysis.results.alexnet_level import compute_in, day_in_fit, epochs_of
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs, Law, Series
from analysis.results.trends import dates_of, name_of
from analysis.results.worked import day_of

Numbers = tuple[float, ...]
# The percentiles between which 90% of the specifications lie.
LOW: Final = 5
HIGH: Final = 95
DATES: Final = ("as in the data", "AlexNet by its paper")
# The scopes that hold the modern points at each estimate, with the symbol of their computes.
ESTIMATES: Final = {
    "C_i": ("modern", "behind the chart"),
    "P_i": ("modern.as_printed", "as printed"),
    "R_i": ("modern.as_plotted", "as plotted"),
    "K_i": ("modern.recounted", "counted exactly"),
}
COUNTS: Final[dict[str, tuple[Basis, str, str]]] = {
    "C_i": ("paper", "tfs-day", "as in the paper"),
    "P_i": ("printed totals", "PF", "printed totals"),
    "K_i": ("recounted", "tfs-day", "counted exactly"),
}
EPOCHS: Final = ("full run", "stopped early")
ESTIMATOR: Final = {"estimator": "Estimator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A specification curve: the prefix of its quantities, its inputs, and the choices that their values make up.

    `kinds` are what is chosen, in the order of the labels of a specification: a key and how it is called.
    """

    prefix: str
    what: str
    kinds: Mapping[str, str]
    inputs: Inputs
    choices: Callable[..., Choices]

    @property
    def name(self) -> str:
        """The quantity with the number of specifications."""
        return f"{self.prefix}.n"

    def listed(self, results: Results) -> tuple[Specification, ...]:
        """The specifications themselves."""
        return specifications(self.choices(*(symbol.value for symbol in results[self.name].symbols)))


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the wider field."""
    if study.field is None or study.efficiency is None:
        return
    for curve in (compute_curve(study), efficiency_curve(study, study.efficiency)):
        yield from of_curve(curve, results)


def compute_curve(study: Study) -> Curve:
    """The curve of training compute."""
    points = study.chosen["modern"]
    selections = _selected_points(study)

    def choices(charted: Numbers, at_paper: Numbers, *estimates: Numbers) -> Choices:
        return Choices(
            selections=selections,
            dates=_dates(charted, at_paper),
            values=tuple(
                Reading(labels=(label,), numbers=computes)
                for (_, label), computes in zip(ESTIMATES.values(), estimates, strict=True)
            ),
        )

    return Curve(
        prefix="compute.modern.specifications",
        what="the doubling time of training compute in the modern era",
        kinds={"systems": "Systems", "years": "Years", "dates": "Dates", "estimate": "Estimate", **ESTIMATOR},
        inputs={
            "t_i": dates_of(tuple(day_of(point) for point in points)),
            "u_i": dates_of(tuple(day_of(point) for point in study.chosen["modern.alexnet_at_its_paper"])),
            **{
                symbol: Series(
                    members=tuple(name_of(point) for point in study.chosen[scope]),
                    unit="pfs-day",
                    label=f"training compute over {study.scopes[scope].label}",
                )
                for symbol, (scope, _) in ESTIMATES.items()
            },
        },
        choices=choices,
    )


def efficiency_curve(study: Study, efficiency: EfficiencyStudy) -> Curve:
    """The curve of training efficiency at AlexNet's level."""
    runs = efficiency.runs
    selections = _selected_runs(runs)

    def choices(
        dated: Numbers, at_paper: Numbers, paper: Numbers, printed: Numbers, counted: Numbers, epochs: float, end: float
    ) -> Choices:
        return Choices(
            selections=selections,
            dates=_dates(dated, at_paper),
            values=tuple(
                Reading(labels=(label, epochs_label), numbers=_efficiencies(computes, share))
                for (*_, label), computes in zip(COUNTS.values(), (paper, printed, counted), strict=True)
                for epochs_label, share in zip(EPOCHS, (1.0, end / epochs), strict=True)
            ),
        )

    days = tuple(run.model.date for run in runs)
    at_paper = (alexnet_paper_date(study.dataset), *days[1:])
    return Curve(
        prefix="efficiency.alexnet.specifications",
        what="the halving time of the compute that AlexNet's accuracy takes",
        kinds={"runs": "Runs", "dates": "Dates", "count": "Multiply-adds", "epochs": "AlexNet", **ESTIMATOR},
        inputs={
            "t_i": dates_of(tuple(day_in_fit(run, day, study) for run, day in zip(runs, days, strict=True))),
            "u_i": dates_of(tuple(day_in_fit(run, day, study) for run, day in zip(runs, at_paper, strict=True))),
            **{
                symbol: Series(
                    members=tuple(compute_in(basis, run) for run in runs),
                    unit=unit,
                    label=f"training compute of every run to AlexNet's accuracy, {label}",
                )
                for symbol, (basis, unit, label) in COUNTS.items()
            },
            "E": epochs_of(runs[0].model),
            "e": constant_name("alexnet_epochs_to_level"),
        },
        choices=choices,
    )


def _selected_points(study: Study) -> tuple[Selection, ...]:
    """Which systems and which years may be fitted."""
    points = study.chosen["modern"]
    everything = frozenset(point.slug for point in points)
    systems: dict[str, tuple[frozenset[str], Which]] = {
        "all": (everything, "all"),
        "record setters": (everything, "records"),
        **{f"in {name}": (_slugs(study.chosen[name]), "all") for name in DOMAINS if name in study.chosen},
        "without self-play": (_slugs(study.chosen["modern.without_alphago"]), "all"),
        **{f"without {point.system.label}": (everything - {point.slug}, "all") for point in points},
    }
    first, last = points[0].date.year, points[-1].date.year
    spans = ((first, last), (first + 1, last), (first, last - 1))
    return tuple(
        Selection(
            labels=(label, f"{start} to {end}"),
            places=tuple(
                i for i, point in enumerate(points) if point.slug in slugs and start <= point.date.year <= end
            ),
            which=which,
        )
        for label, (slugs, which) in systems.items()
        for start, end in spans
    )


def _selected_runs(runs: tuple[TrainingRun, ...]) -> tuple[Selection, ...]:
    """All runs, those that set a record, and those that do where one run is left out."""
    places = range(len(runs))
    return (
        Selection(labels=("record setters",), places=tuple(places), which="records"),
        Selection(labels=("all",), places=tuple(places)),
        *(
            Selection(
                labels=(f"without {run.model.name}",),
                places=tuple(place for place in places if place != left_out),
                which="records",
            )
            for left_out, run in enumerate(runs)
        ),
    )


def _slugs(points: tuple[Point, ...]) -> frozenset[str]:
    return frozenset(point.slug for point in points)


def _dates(*series: Numbers) -> tuple[Reading, ...]:
    return tuple(Reading(labels=(label,), numbers=years) for label, years in zip(DATES, series, strict=True))


def _efficiencies(computes: Numbers, share: float) -> Numbers:
    """One over the computes, with a share of AlexNet's, which is the first."""
    return tuple(efficiency_of(compute) for compute in (computes[0] * share, *computes[1:]))


def of_curve(curve: Curve, results: Results) -> Iterator[Quantity]:
    """How many specifications there are, and what they yield."""
    symbols = ", ".join(curve.inputs)
    yield results.compute(
        curve.name,
        lambda *numbers: float(len(specifications(curve.choices(*numbers)))),
        curve.inputs,
        unit="specification",
        summary=f"Different ways to compute {curve.what}.",
        formula=rf"\text{{number of specifications from }} {symbols}",
        digits=None,
    )
    for ending, percentile, what in (
        ("low", LOW, f"{LOW}th percentile"),
        ("median", 50, "median"),
        ("high", HIGH, f"{HIGH}th percentile"),
    ):
        yield results.compute(
            f"{curve.prefix}.{ending}",
            _law(curve, percentile),
            curve.inputs,
            unit="month",
            summary=f"The {what} of {curve.what} over all specifications.",
            formula=rf"\text{{{what} of the specifications from }} {symbols}",
        )


def _law(curve: Curve, percentile: float) -> Law:
    def law(*numbers: Numbers | float) -> float:
        months = [each.doubling_time_months for each in specifications(curve.choices(*numbers))]
        return float(np.percentile(months, percentile))

    return law
