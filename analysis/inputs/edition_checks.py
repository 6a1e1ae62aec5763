"""Editions in order, and that what is in one is of its time: spans of records, their dates, errata."""

from datetime import date

from analysis.errors import InputError
from analysis.inputs.dataset import Dataset
from analysis.inputs.known_names import Errors, edition_faults
from analysis.inputs.records import Dated

EARLIEST_DATE = date(1940, 1, 1)


def edition_list_faults(dataset: Dataset) -> Errors:
    """Editions are in order, only the last one is open, and each has evidence of its month."""
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


def errata_faults(dataset: Dataset) -> Errors:
    """An erratum is of a closed edition: the open one is simply corrected."""
    editions = {edition.id: edition for edition in dataset.editions}
    for erratum in dataset.errata:
        where = f"CHANGELOG.md: erratum of {erratum.date}"
        yield from edition_faults(dataset, where, erratum.edition)
        if erratum.edition in editions and not editions[erratum.edition].closed:
            yield InputError(f"{where}: edition {erratum.edition} is open; expected a closed one")


def span_faults(dataset: Dataset, where: str, record: Dated) -> Errors:
    """A record is there from one edition to a later one."""
    for field in ("since", "until"):
        value = getattr(record, field)
        if value is not None:
            yield from edition_faults(dataset, f"{where}: {field}", value)
    if record.until is not None and record.until <= record.since:
        yield InputError(f"{where}: until: found '{record.until}'; expected a later edition than '{record.since}'")


def date_faults(dataset: Dataset, where: str, record: Dated) -> Errors:
    """An edition is the evidence as of a day, so nothing in it is dated later."""
    last = dataset.edition(record.since).evidence
    for field in ("date", "paper_date", "released"):
        day = getattr(record, field, None)
        if day is not None and not EARLIEST_DATE <= day <= last:
            yield InputError(f"{where}: {field}: found {day}; expected a day from {EARLIEST_DATE} to {last}")
