"""Checks that need more than one record: names that must exist, ids that must not repeat, dates that must agree.

`faults_of` goes through them in the order of the files and yields every fault, one line each; `check` raises them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from math import isfinite, prod
from types import MappingProxyType
from typing import Any, Final

from analysis.counting.catalogue import ARCHITECTURES, architecture_named, counted
from analysis.counting.layers.base import Shape
from analysis.errors import CountingError, InputError, UnknownNameError, did_you_mean
from analysis.inputs.bibliography import Reference
from analysis.inputs.dataset import COLLECTIONS, Dataset, file_of
from analysis.inputs.factors import factor_value
from analysis.inputs.faults import Faults
from analysis.inputs.files import Sidecar
from analysis.inputs.ranges import compute_fault, unit_fault, value_faults
from analysis.inputs.records import Dated, Estimate, System
from analysis.record_text import fault_in
from analysis.units import is_operations, to_base

EARLIEST_DATE = date(1940, 1, 1)
NO_PLACES: Final[Mapping[int, str]] = MappingProxyType({})
Errors = Iterator[InputError]
# The estimate that holds the value of a published chart.
CHART_READING = "chart_reading"


def check(dataset: Dataset) -> None:
    """Raises: InputError, or InputFaultsError where a dataset has several faults."""
    faults = Faults()
    faults.extend(faults_of(dataset))
    faults.raise_any()


def faults_of(
    dataset: Dataset, *, places: Mapping[int, str] = NO_PLACES, unread: Collection[str] = frozenset()
) -> Errors:
    """Every fault of a dataset. `places` says by `id()` where a record is written; `unread` names what is not whole.

    A name that is looked up in something that is not whole may well be there: the cause alone is a fault.
    """
    doubtful = set(unread)
    for fault in _all_faults(dataset, places, doubtful):
        if not (isinstance(fault, UnknownNameError) and fault.among in doubtful):
            yield fault


def _all_faults(dataset: Dataset, places: Mapping[int, str], doubtful: set[str]) -> Errors:
    if "editions" not in doubtful:
        yield from _noted(_of_editions(dataset), "editions", doubtful)
    yield from _of_errata(dataset)
    yield from _of_references(dataset)
    for name, group in dataset.collections.items():
        yield from _noted(_of_ids(COLLECTIONS[name], group, places), name, doubtful)
    for where, record in _records(dataset):
        yield from _of_record(dataset, where, record)
    for name, sidecar in dataset.sidecars.items():
        yield from _of_sidecar(dataset, name, sidecar, doubtful)
    for system in dataset.systems:
        yield from _of_system(dataset, system)
    yield from _of_architectures(dataset)
    yield from _of_games(dataset)
    if "claims" not in doubtful:
        yield from _of_repeats(dataset)


def _noted(faults: Errors, collection: str, doubtful: set[str]) -> Errors:
    """The faults of a whole collection; after one of them its names cannot be relied on."""
    for fault in faults:
        doubtful.add(collection)
        yield fault


def _of_record(dataset: Dataset, where: str, record: Dated) -> Errors:
    """What is checked of every record, whatever its kind."""
    yield from _of_span(dataset, where, record)
    yield from _of_sources(dataset, where, record.sources, since=record.since)  # type: ignore[attr-defined]
    if _is_edition(dataset, record.since):
        yield from _of_dates(dataset, where, record)
    yield from value_faults(where, record)


def _records(dataset: Dataset) -> Iterator[tuple[str, Dated]]:
    """Every dated record with the place a message names."""
    for name, group in dataset.collections.items():
        for record in group:
            file = file_of(record, name)
            yield file if isinstance(record, System) else f"{file}: {record.id}", record


def _of_editions(dataset: Dataset) -> Errors:
    ids = [edition.id for edition in dataset.editions]
    if ids != sorted(set(ids)):
        yield InputError("data/editions.toml: editions are not in order of their ids, each once")
        return
    if [edition.closed for edition in dataset.editions] != [True] * (len(ids) - 1) + [False]:
        yield InputError("data/editions.toml: expected every edition closed but the last")
    earliest = date.min
    for edition in dataset.editions:
        where, month = f"data/editions.toml: {edition.id}", f"{edition.evidence:%Y-%m}"
        if edition.id != month:
            yield InputError(f"{where}: evidence: found {edition.evidence}; expected a day of {edition.id}")
        # An edition can be published neither before its evidence was there nor before the edition that it continues.
        earliest = max(earliest, edition.evidence)
        if edition.published < earliest:
            yield InputError(f"{where}: published: found {edition.published}; expected {earliest} or later")
        earliest = edition.published


def _of_errata(dataset: Dataset) -> Errors:
    """An erratum is of a closed edition: the open one is simply corrected."""
    editions = {edition.id: edition for edition in dataset.editions}
    for erratum in dataset.errata:
        where = f"CHANGELOG.md: erratum of {erratum.date}"
        yield from _of_edition(dataset, where, erratum.edition)
        if erratum.edition in editions and not editions[erratum.edition].closed:
            yield InputError(f"{where}: edition {erratum.edition} is open; expected a closed one")


def _of_references(dataset: Dataset) -> Errors:
    for key, reference in dataset.references.items():
        for field, text in _texts_of(reference):
            if fault := fault_in(text):
                yield InputError(f"references.bib: {key}: {field}: {fault}; found '{text[:60]}'")
        if reference.since:
            yield from _of_edition(dataset, f"references.bib: {key}: since", reference.since)


def _texts_of(reference: Reference) -> Iterator[tuple[str, str]]:
    """Every text of a work with its field; the entry as written is of many lines, and shown as a file alone."""
    for name, value in asdict(reference).items():
        if isinstance(value, str) and name != "bibtex":
            yield name, value
    for author in reference.authors:
        yield from (("author", text) for text in (author.family, author.given, author.literal))


def _is_edition(dataset: Dataset, edition: str) -> bool:
    return any(known.id == edition for known in dataset.editions)


def _of_edition(dataset: Dataset, where: str, edition: str) -> Errors:
    if not _is_edition(dataset, edition):
        ids = ", ".join(known.id for known in dataset.editions)
        yield UnknownNameError(f"{where}: unknown edition '{edition}'; expected one of {ids}", among="editions")


def _of_ids(where: str, records: tuple[Any, ...], places: Mapping[int, str]) -> Errors:
    """One id may appear again only where the earlier record has been closed by then."""
    seen: dict[str, Any] = {}
    for record in sorted(records, key=lambda r: r.since):
        earlier = seen.get(record.id)
        if earlier is not None and (earlier.until is None or earlier.until > record.since):
            both = [places[id(each)] for each in (earlier, record) if id(each) in places]
            told = f", in {' and '.join(both)}" if both else ""
            yield InputError(f"{where}: duplicate id '{record.id}'{told}")
        seen[record.id] = record


def _of_sources(dataset: Dataset, where: str, sources: Iterable[str], *, since: str) -> Errors:
    """A source must be in the bibliography, at each edition that has the record."""
    for key in sources:
        if key not in dataset.references:
            yield UnknownNameError(
                f"{where}: sources: unknown key '{key}' in references.bib{did_you_mean(key, dataset.references)}",
                among="references",
            )
        elif dataset.references[key].since > since and _is_edition(dataset, dataset.references[key].since):
            yield InputError(
                f"{where}: sources: '{key}' is in references.bib since {dataset.references[key].since}; "
                f"expected {since} or earlier, as the record has it"
            )


def _of_sidecar(dataset: Dataset, name: str, sidecar: Sidecar, doubtful: Collection[str]) -> Errors:
    """A table is there from the edition of its first row on."""
    where = f"data/{name}.toml"
    yield from _of_edition(dataset, f"{where}: since", sidecar.since)
    yield from _of_sources(dataset, where, sidecar.sources, since=sidecar.since)
    collection = next(key for key, file in COLLECTIONS.items() if file == f"data/{name}.csv")
    first = min((row.since for row in dataset.collections[collection]), default=sidecar.since)
    if sidecar.since != first and collection not in doubtful and _is_edition(dataset, sidecar.since):
        yield InputError(f"{where}: since: found '{sidecar.since}'; expected '{first}', the edition of its first row")


def _of_span(dataset: Dataset, where: str, record: Dated) -> Errors:
    for field in ("since", "until"):
        value = getattr(record, field)
        if value is not None:
            yield from _of_edition(dataset, f"{where}: {field}", value)
    if record.until is not None and record.until <= record.since:
        yield InputError(f"{where}: until: found '{record.until}'; expected a later edition than '{record.since}'")


def _of_dates(dataset: Dataset, where: str, record: Dated) -> Errors:
    """An edition is the evidence as of a day, so nothing in it is dated later."""
    last = dataset.edition(record.since).evidence
    for field in ("date", "paper_date", "released"):
        day = getattr(record, field, None)
        if day is not None and not EARLIEST_DATE <= day <= last:
            yield InputError(f"{where}: {field}: found {day}; expected a day from {EARLIEST_DATE} to {last}")


def _of_system(dataset: Dataset, system: System) -> Errors:
    where = system.file
    yield from _of_sources(dataset, where, (system.paper,), since=system.since)
    if system.paper in dataset.references:
        yield from _of_arxiv(dataset, where, system)
    ids = [estimate.id for estimate in system.estimates]
    if len(set(ids)) != len(ids):
        yield InputError(f"{where}: estimates: an id stands twice among {', '.join(ids)}")
    elif system.used not in ids:
        yield UnknownNameError(f"{where}: used: no estimate '{system.used}'{did_you_mean(system.used, ids)}")
    if (system.listing == "chart") != (system.error_factor is not None):
        yield InputError(f"{where}: error_factor: expected one for a system of the chart and for no other")
    if system.listing == "chart" and CHART_READING not in ids:
        yield InputError(
            f"{where}: estimates: found no '{CHART_READING}'; expected one, as a system of the chart has; "
            "a system that OpenAI did not chart has listing = 'own'"
        )
    for i, estimate in enumerate(system.estimates):
        yield from _of_estimate(dataset, f"{where}: estimates[{i}]", estimate, system)


def _of_arxiv(dataset: Dataset, where: str, system: System) -> Errors:
    """A system cannot be dated before the month in its paper's arXiv id."""
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
    yield from _of_sources(dataset, where, estimate.sources, since=system.since)
    if estimate.device is not None:
        yield from _of_name(dataset, f"{where}.device", estimate.device, "devices", by=system)
    for i, factor in enumerate(estimate.factors):
        yield from _of_sources(dataset, f"{where}.factors[{i}]", factor.sources, since=system.since)
        if factor.assumption is not None:
            assumption = f"{where}.factors[{i}].assumption"
            yield from _of_name(dataset, assumption, factor.assumption, "constants", by=system)
        if factor.architecture is not None:
            yield from _of_architecture(
                dataset, f"{where}.factors[{i}]", factor.architecture, factor.input, since=system.since
            )
    names = [factor.name for factor in estimate.factors]
    if len(set(names)) != len(names):
        yield InputError(f"{where}.factors: a name stands twice among {', '.join(names)}")
    unlikely = [
        fault
        for i, factor in enumerate(estimate.factors)
        if factor.value is not None
        for fault in unit_fault(f"{where}.factors[{i}].value", factor.value, factor.unit)
    ]
    # A factor that is out of range takes the product with it.
    yield from unlikely or _of_product(dataset, f"{where}.factors", estimate, system)


def _of_product(dataset: Dataset, where: str, estimate: Estimate, system: System) -> Errors:
    """The factors give a number of operations that a training run of its year can have."""
    try:
        terms = [factor_value(factor, dataset.constant) for factor in estimate.factors]
    except (KeyError, UnknownNameError, CountingError):
        # Each of these is a fault of one factor, reported there.
        return
    if not is_operations(unit_name for _, unit_name in terms):
        yield InputError(f"{where}: {' x '.join(u for _, u in terms)} is not a number of operations")
        return
    total = prod(to_base(value, unit_name) for value, unit_name in terms)
    if not isfinite(total) or total <= 0:
        yield InputError(f"{where}: multiply to {total}; expected a finite compute above zero")
        return
    yield from compute_fault(where, total, system.date)


def _of_name(dataset: Dataset, where: str, name: str, collection: str, *, by: Dated) -> Errors:
    """A record that another one names must be known, and appear at every edition at which the other does."""
    records: tuple[Any, ...] = getattr(dataset, collection)
    named = [record for record in records if record.id == name]
    if not named:
        hint = did_you_mean(name, (record.id for record in records))
        yield UnknownNameError(f"{where}: unknown '{name}'{hint}", among=collection)
        return
    for edition in dataset.editions:
        if by.stands_at(edition.id) and not any(record.stands_at(edition.id) for record in named):
            yield UnknownNameError(
                f"{where}: '{name}' does not stand at edition {edition.id}, at which the record that names it does",
                among=collection,
            )
            return


def _of_architectures(dataset: Dataset) -> Errors:
    """The networks of the counter have known sources, and tables name networks that it has."""
    for architecture in ARCHITECTURES.values():
        where = f"{architecture.code}: {architecture.name}"
        yield from _of_sources(
            dataset, where, architecture.sources, since=architecture.first_edition(_open_edition(dataset))
        )
    for model in dataset.alexnet_level:
        where = f"data/efficiency/alexnet_level.csv: {model.id}"
        yield from _of_architecture(dataset, where, model.architecture, None, since=model.since)
    for row in dataset.peer_counts:
        yield from _of_architecture(dataset, f"data/counting/peers.csv: {row.id}", row.id, None, since=row.since)


def _of_architecture(dataset: Dataset, where: str, name: str, input_shape: Shape | None, *, since: str) -> Errors:
    """A network must be known, take the input, and be shown from the edition on at which the record appears."""
    try:
        architecture = architecture_named(name)
        counted(name, input_shape)
    except UnknownNameError as error:
        yield UnknownNameError(f"{where}.architecture: {error}")
        return
    except CountingError as error:
        yield InputError(f"{where}.input: {error}")
        return
    first = architecture.first_edition(_open_edition(dataset))
    if first > since:
        yield InputError(f"{where}.architecture: '{name}' is shown since edition {first}; expected {since} or earlier")


def _open_edition(dataset: Dataset) -> str:
    """The last edition, or nothing where data/editions.toml could not be read: then no network is held to one."""
    return dataset.editions[-1].id if dataset.editions else ""


def _of_games(dataset: Dataset) -> Errors:
    for run in dataset.games:
        where = f"data/efficiency/games.csv: {run.id}"
        if (run.system is None) == (run.pfs_days is None):
            yield InputError(f"{where}: expected either 'system' or 'pfs_days'")
        if (run.steps_to_level is None) != (run.steps_in_run is None):
            yield InputError(f"{where}: expected both 'steps_to_level' and 'steps_in_run'")
        elif run.steps_to_level and run.steps_in_run and run.steps_to_level > run.steps_in_run:
            yield InputError(
                f"{where}: steps_to_level: found {run.steps_to_level:.12g}; "
                f"expected at most the {run.steps_in_run:.12g} of 'steps_in_run'"
            )
        if run.system is not None:
            yield from _of_name(dataset, f"{where}: system", run.system, "systems", by=run)


def _of_repeats(dataset: Dataset) -> Errors:
    """A claim repeats the first of its kind to say so, which is there at every edition that has the repeat."""
    claims = {claim.id: claim for claim in dataset.claims}
    for claim in dataset.claims:
        if claim.repeats is None:
            continue
        where = f"{claim.file}: {claim.id}: repeats"
        yield from _of_name(dataset, where, claim.repeats, "claims", by=claim)
        first = claims.get(claim.repeats)
        if first and first.repeats is not None:
            yield InputError(f"{where}: '{first.id}' is a repeat itself; expected '{first.repeats}'")
        elif first and first.kind != claim.kind:
            yield InputError(f"{where}: '{first.id}' is of kind '{first.kind}'; expected '{claim.kind}', as the repeat")
