"""Checks of a system: its paper, its estimates, and that the product of each estimate is a plausible compute."""

from math import isfinite, prod

from analysis.errors import CountingError, InputError, UnknownNameError, did_you_mean
from analysis.inputs.dataset import Dataset
from analysis.inputs.factors import factor_value
from analysis.inputs.known_names import Errors, architecture_faults, name_faults, source_faults
from analysis.inputs.ranges import compute_fault, unit_fault
from analysis.inputs.records import Estimate, System
from analysis.units import is_operations, to_base

# Id of the estimate with the value read from the published chart.
CHART_READING = "chart_reading"


def system_faults(dataset: Dataset, system: System) -> Errors:
    """Faults of a system: unknown names, a missing or duplicate estimate, implausible factors."""
    where = system.file
    yield from source_faults(dataset, where, (system.paper,), since=system.since)
    if system.paper in dataset.references:
        yield from _of_arxiv(dataset, where, system)
    ids = [estimate.id for estimate in system.estimates]
    if len(set(ids)) != len(ids):
        yield InputError(f"{where}: estimates: duplicate id among {', '.join(ids)}")
    elif system.used not in ids:
        yield UnknownNameError(f"{where}: used: no estimate '{system.used}'{did_you_mean(system.used, ids)}")
    if (system.listing == "chart") != (system.error_factor is not None):
        yield InputError(f"{where}: error_factor: expected it for a charted system and for no other")
    if system.listing == "chart" and CHART_READING not in ids:
        yield InputError(
            f"{where}: estimates: found no '{CHART_READING}'; expected one for a charted system; "
            "a system that OpenAI did not chart has listing = 'own'"
        )
    for i, estimate in enumerate(system.estimates):
        yield from _of_estimate(dataset, f"{where}: estimates[{i}]", estimate, system)


def _of_arxiv(dataset: Dataset, where: str, system: System) -> Errors:
    """A fault for each date before the month in the paper's arXiv id."""
    paper = dataset.references[system.paper]
    if paper.arxiv_month is None:
        return
    year, month = paper.arxiv_month
    for field in ("date", "paper_date"):
        day = getattr(system, field)
        if (day.year, day.month) < (year, month):
            yield InputError(
                f"{where}: {field}: found {day}; expected {year}-{month:02d} or later, as arXiv:{paper.arxiv} says"
            )


def _of_estimate(dataset: Dataset, where: str, estimate: Estimate, system: System) -> Errors:
    yield from source_faults(dataset, where, estimate.sources, since=system.since)
    if estimate.device is not None:
        yield from name_faults(dataset, f"{where}.device", estimate.device, "devices", by=system)
    for i, factor in enumerate(estimate.factors):
        yield from source_faults(dataset, f"{where}.factors[{i}]", factor.sources, since=system.since)
        if factor.assumption is not None:
            assumption = f"{where}.factors[{i}].assumption"
            yield from name_faults(dataset, assumption, factor.assumption, "constants", by=system)
        if factor.architecture is not None:
            yield from architecture_faults(
                dataset, f"{where}.factors[{i}]", factor.architecture, factor.input, since=system.since
            )
    names = [factor.name for factor in estimate.factors]
    if len(set(names)) != len(names):
        yield InputError(f"{where}.factors: duplicate name among {', '.join(names)}")
    unlikely = [
        fault
        for i, factor in enumerate(estimate.factors)
        if factor.value is not None
        for fault in unit_fault(f"{where}.factors[{i}].value", factor.value, factor.unit)
    ]
    # An implausible factor makes the product implausible too; one message is enough.
    yield from unlikely or _of_product(dataset, f"{where}.factors", estimate, system)


def _of_product(dataset: Dataset, where: str, estimate: Estimate, system: System) -> Errors:
    """A fault if the product is not in operations, or not plausible for a training run of that year."""
    try:
        terms = [factor_value(factor, dataset.constant) for factor in estimate.factors]
    except (KeyError, UnknownNameError, CountingError):
        # Each of these has been reported as a fault of one factor.
        return
    if not is_operations(unit_name for _, unit_name in terms):
        yield InputError(f"{where}: {' x '.join(u for _, u in terms)} is not a number of operations")
        return
    total = prod(to_base(value, unit_name) for value, unit_name in terms)
    if not isfinite(total) or total <= 0:
        yield InputError(f"{where}: multiply to {total}; expected a finite compute above zero")
        return
    yield from compute_fault(where, total, system.date)
