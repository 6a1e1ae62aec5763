"""Checks that need more than one record: names that must exist, ids that must not repeat, dates that must agree.

`check` goes through them in the order of the files and raises the first fault as one line.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from math import isfinite, prod
from typing import Any

from analysis.counting.catalogue import ARCHITECTURES, architecture_named, counted
from analysis.counting.layers.base import Shape
from analysis.errors import CountingError, InputError, UnknownNameError, did_you_mean
from analysis.inputs.dataset import COLLECTIONS, Dataset, file_of
from analysis.inputs.factors import factor_value
from analysis.inputs.files import Sidecar
from analysis.inputs.records import Dated, Estimate, System
from analysis.units import is_operations, to_base

EARLIEST_DATE = date(1940, 1, 1)
# The estimate that holds the value of a published chart.
CHART_READING = "chart_reading"


def check(dataset: Dataset) -> None:
    """Raises InputError or UnknownNameError at the first fault in a dataset."""
    _check_editions(dataset)
    _check_errata(dataset)
    _check_references(dataset)
    for name, group in dataset.collections.items():
        _check_unique(COLLECTIONS[name], group)
    for where, record in _records(dataset):
        _check_span(dataset, where, record)
        _check_sources(dataset, where, record.sources, since=record.since)  # type: ignore[attr-defined]
        _check_dates(dataset, where, record)
    for name, sidecar in dataset.sidecars.items():
        _check_sidecar(dataset, name, sidecar)
    for architecture in ARCHITECTURES.values():
        where = f"{architecture.code}: {architecture.name}"
        _check_sources(dataset, where, architecture.sources, since=architecture.since)
    for system in dataset.systems:
        _check_system(dataset, system)
    for model in dataset.alexnet_level:
        _check_architecture(f"data/efficiency/alexnet_level.csv: {model.id}", model.architecture, None, model.since)
    for row in dataset.peer_counts:
        _check_architecture(f"data/counting/peers.csv: {row.id}", row.id, None, row.since)
    _check_games(dataset)


def _records(dataset: Dataset) -> Iterator[tuple[str, Dated]]:
    """Every dated record with the place a message names."""
    for name, group in dataset.collections.items():
        for record in group:
            file = file_of(record, name)
            yield file if isinstance(record, System) else f"{file}: {record.id}", record


def _check_editions(dataset: Dataset) -> None:
    ids = [edition.id for edition in dataset.editions]
    if ids != sorted(set(ids)):
        raise InputError("data/editions.toml: editions are not in order of their ids, each once")
    if [edition.closed for edition in dataset.editions] != [True] * (len(ids) - 1) + [False]:
        raise InputError("data/editions.toml: expected every edition closed but the last")


def _check_errata(dataset: Dataset) -> None:
    """An erratum is of a closed edition: the open one is simply mended."""
    for erratum in dataset.errata:
        where = f"CHANGELOG.md: erratum of {erratum.date}"
        _check_edition(dataset, where, erratum.edition)
        if not dataset.edition(erratum.edition).closed:
            raise InputError(f"{where}: edition {erratum.edition} is open; expected a closed one")


def _check_references(dataset: Dataset) -> None:
    for key, reference in dataset.references.items():
        if reference.since:
            _check_edition(dataset, f"references.bib: {key}: since", reference.since)


def _check_edition(dataset: Dataset, where: str, edition: str) -> None:
    ids = [edition.id for edition in dataset.editions]
    if edition not in ids:
        raise UnknownNameError(f"{where}: unknown edition '{edition}'; expected one of {', '.join(ids)}")


def _check_unique(where: str, records: tuple[Any, ...]) -> None:
    """One id may stand again only where the earlier record has been closed by then."""
    seen: dict[str, Any] = {}
    for record in sorted(records, key=lambda r: r.since):
        earlier = seen.get(record.id)
        if earlier is not None and (earlier.until is None or earlier.until > record.since):
            raise InputError(f"{where}: duplicate id '{record.id}'")
        seen[record.id] = record


def _check_sources(dataset: Dataset, where: str, sources: Iterable[str], *, since: str) -> None:
    """A source must be in the bibliography, at each edition that has the record."""
    for key in sources:
        if key not in dataset.references:
            raise UnknownNameError(
                f"{where}: sources: unknown key '{key}' in references.bib{did_you_mean(key, dataset.references)}"
            )
        if dataset.references[key].since > since:
            raise InputError(
                f"{where}: sources: '{key}' is in references.bib since {dataset.references[key].since}; "
                f"expected {since} or earlier, as the record has it"
            )


def _check_sidecar(dataset: Dataset, name: str, sidecar: Sidecar) -> None:
    """A table is there from the edition of its first row on."""
    where = f"data/{name}.toml"
    _check_edition(dataset, f"{where}: since", sidecar.since)
    _check_sources(dataset, where, sidecar.sources, since=sidecar.since)
    collection = next(key for key, file in COLLECTIONS.items() if file == f"data/{name}.csv")
    first = min((row.since for row in dataset.collections[collection]), default=sidecar.since)
    if sidecar.since != first:
        raise InputError(f"{where}: since: found '{sidecar.since}'; expected '{first}', the edition of its first row")


def _check_span(dataset: Dataset, where: str, record: Dated) -> None:
    for field in ("since", "until"):
        value = getattr(record, field)
        if value is not None:
            _check_edition(dataset, f"{where}: {field}", value)
    if record.until is not None and record.until <= record.since:
        raise InputError(f"{where}: until: found '{record.until}'; expected a later edition than '{record.since}'")


def _check_dates(dataset: Dataset, where: str, record: Dated) -> None:
    last = max(edition.date for edition in dataset.editions)
    for field in ("date", "paper_date", "released"):
        day = getattr(record, field, None)
        if day is not None and not EARLIEST_DATE <= day <= last:
            raise InputError(f"{where}: {field}: found {day}; expected a day from {EARLIEST_DATE} to {last}")


def _check_system(dataset: Dataset, system: System) -> None:
    where = system.file
    _check_sources(dataset, where, (system.paper,), since=system.since)
    _check_arxiv(dataset, where, system)
    ids = [estimate.id for estimate in system.estimates]
    if len(set(ids)) != len(ids):
        raise InputError(f"{where}: estimates: an id stands twice among {', '.join(ids)}")
    if system.used not in ids:
        raise UnknownNameError(f"{where}: used: no estimate '{system.used}'{did_you_mean(system.used, ids)}")
    if (system.listing == "chart") != (system.error_factor is not None):
        raise InputError(f"{where}: error_factor: expected one for a system of the chart and for no other")
    if system.listing == "chart" and CHART_READING not in ids:
        raise InputError(
            f"{where}: estimates: found no '{CHART_READING}'; expected one, as a system of the chart has; "
            "a system that OpenAI did not chart has listing = 'own'"
        )
    for i, estimate in enumerate(system.estimates):
        _check_estimate(dataset, f"{where}: estimates[{i}]", estimate, system)


def _check_arxiv(dataset: Dataset, where: str, system: System) -> None:
    """A system cannot be dated before the month in its paper's arXiv id."""
    arxiv = dataset.references[system.paper].arxiv
    if not arxiv:
        return
    year, month = 2000 + int(arxiv[:2]), int(arxiv[2:4])
    for field in ("date", "paper_date"):
        day = getattr(system, field)
        if (day.year, day.month) < (year, month):
            raise InputError(
                f"{where}: {field}: found {day}; expected {year}-{month:02d} or later, as arXiv:{arxiv} says"
            )


def _check_estimate(dataset: Dataset, where: str, estimate: Estimate, system: System) -> None:
    _check_sources(dataset, where, estimate.sources, since=system.since)
    if estimate.device is not None:
        _check_named(dataset, f"{where}.device", estimate.device, dataset.devices, by=system)
    for i, factor in enumerate(estimate.factors):
        _check_sources(dataset, f"{where}.factors[{i}]", factor.sources, since=system.since)
        if factor.assumption is not None:
            assumption = f"{where}.factors[{i}].assumption"
            _check_named(dataset, assumption, factor.assumption, dataset.constants, by=system)
        if factor.architecture is not None:
            _check_architecture(f"{where}.factors[{i}]", factor.architecture, factor.input, system.since)
    names = [factor.name for factor in estimate.factors]
    if len(set(names)) != len(names):
        raise InputError(f"{where}.factors: a name stands twice among {', '.join(names)}")
    terms = [factor_value(factor, dataset.constant) for factor in estimate.factors]
    if not is_operations(unit_name for _, unit_name in terms):
        raise InputError(f"{where}.factors: {' x '.join(u for _, u in terms)} is not a number of operations")
    total = prod(to_base(value, unit_name) for value, unit_name in terms)
    if not isfinite(total) or total <= 0:
        raise InputError(f"{where}.factors: multiply to {total}; expected a finite compute above zero")


def _check_named(dataset: Dataset, where: str, name: str, records: tuple[Any, ...], *, by: Dated) -> None:
    """A record that another one names must be known, and stand at every edition at which the other does."""
    named = [record for record in records if record.id == name]
    if not named:
        raise UnknownNameError(f"{where}: unknown '{name}'{did_you_mean(name, (record.id for record in records))}")
    for edition in dataset.editions:
        if by.stands_at(edition.id) and not any(record.stands_at(edition.id) for record in named):
            raise InputError(
                f"{where}: '{name}' does not stand at edition {edition.id}, at which the record that names it does"
            )


def _check_architecture(where: str, name: str, input_shape: Shape | None, since: str) -> None:
    """A network must be known, take the input, and be shown from the edition on at which the record stands."""
    try:
        architecture = architecture_named(name)
        counted(name, input_shape)
    except UnknownNameError as error:
        raise UnknownNameError(f"{where}.architecture: {error}") from None
    except CountingError as error:
        raise InputError(f"{where}.input: {error}") from None
    if architecture.since > since:
        raise InputError(
            f"{where}.architecture: '{name}' is shown since edition {architecture.since}; expected {since} or earlier"
        )


def _check_games(dataset: Dataset) -> None:
    for run in dataset.games:
        if (run.system is None) == (run.pfs_days is None):
            raise InputError(f"data/efficiency/games.csv: {run.id}: expected either 'system' or 'pfs_days'")
        if (run.steps_to_level is None) != (run.steps_in_run is None):
            raise InputError(f"data/efficiency/games.csv: {run.id}: expected both 'steps_to_level' and 'steps_in_run'")
        if run.system is not None:
            where = f"data/efficiency/games.csv: {run.id}: system"
            _check_named(dataset, where, run.system, dataset.systems, by=run)
