"""Checks of editions: they are in order, and the records, dates and errata of each fit its time."""

from datetime import date

from analysis.errors import InputError
from analysis.inputs.dataset import Dataset
from analysis.inputs.known_names import Errors, edition_faults
from analysis.inputs.records import Dated

# Before the first electronic computers: an earlier date is a typing error.
EARLIEST_DATE = date(1940, 1, 1)


def edition_list_faults(dataset: Dataset) -> Errors:
    """Editions must be in order, only the last one open, and the evidence date of each in its month."""
    ids = [edition.id for edition in dataset.editions]
    if ids != sorted(set(ids)):
        yield InputError(f"data/editions.toml: found editions {', '.join(ids)}; expected each once, in order")
        return
    if [edition.closed for edition in dataset.editions] != [True] * (len(ids) - 1) + [False]:
        yield InputError("data/editions.toml: expected every edition closed but the last")
    earliest = date.min
    for edition in dataset.editions:
        where, month = f"data/editions.toml: {edition.id}", f"{edition.evidence:%Y-%m}"
        if edition.id != month:
            yield InputError(f"{where}: evidence: found {edition.evidence}; expected a day of {edition.id}")
        # An edition cannot be published before its own evidence date or before the previous edition.
        earliest = max(earliest, edition.evidence)
        if edition.published < earliest:
            yield InputError(f"{where}: published: found {edition.published}; expected {earliest} or later")
        earliest = edition.published


def errata_faults(dataset: Dataset) -> Errors:
    """An erratum must be of a closed edition; the open one is simply corrected."""
    editions = {edition.id: edition for edition in dataset.editions}
    for erratum in dataset.errata:
        where = f"CHANGELOG.md: erratum of {erratum.date}"
        yield from edition_faults(dataset, where, erratum.edition)
        if erratum.edition in editions and not editions[erratum.edition].closed:
            yield InputError(f"{where}: edition {erratum.edition} is open; expected a closed one")


def span_faults(dataset: Dataset, where: str, record: Dated) -> Errors:
    """`since` and `until` must be known editions, in that order."""
    for field in ("since", "until"):
        value = getattr(record, field)
        if value is not None:
            yield from edition_faults(dataset, f"{where}: {field}", value)
    if record.until is not None and record.until <= record.since:
        yield InputError(f"{where}: until: found '{record.until}'; expected a later edition than '{record.since}'")


def date_faults(dataset: Dataset, where: str, record: Dated) -> Errors:
    """No record may be dated after the evidence date of its first edition."""
    edition = dataset.edition(record.since)
    for field in ("date", "paper_date", "released"):
        day = getattr(record, field, None)
        if day is not None and not EARLIEST_DATE <= day <= edition.evidence:
            yield InputError(
                f"{where}: {field}: found {day}; expected a day from {EARLIEST_DATE} to {edition.evidence}, "
                f"the last day of evidence of edition {edition.id}"
            )
