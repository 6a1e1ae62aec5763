"""An edition as plain data: what two editions, or two commits, are compared by.

Run as a script, it prints the state of the repository it is run in. The present file is run over the code of other
commits too, so it imports only names that have been there for long.
"""

import sys
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from analysis.bundle.golden import golden_of
from analysis.contract import Number, Record
from analysis.inputs.dataset import COLLECTIONS, Dataset, file_of
from analysis.inputs.load import load_dataset
from analysis.inputs.records import Dated
from analysis.model.study import analyse
from analysis.results.collect import Findings, find
from analysis.results.lineage import lineages

# A record is listed by the first of these fields that it has.
LABELS: Final = ("name", "label", "statement", "id")


class QuantityState(Record):
    """A quantity with its interval, and the records that it rests on."""

    value: Number
    low: Number | None
    high: Number | None
    unit: str
    rests_on: tuple[str, ...]


class RecordState(Record):
    """A record: where it is, what a list calls it, and all that it says besides the editions that it belongs to."""

    file: str
    label: str
    since: str
    content: str


class ClaimState(Record):
    """The verdict on a claim that follows from the numbers, and the one that its record states."""

    file: str
    verdict: str
    stated: str


# By collection and id.
Records = dict[str, dict[str, RecordState]]
Rows = list[dict[str, Any]]


class State(Record):
    """Quantities, the rows of figures and tables, verdicts, records and works of an edition."""

    edition: str
    quantities: dict[str, QuantityState]
    figures: dict[str, Rows]
    tables: dict[str, Rows]
    claims: dict[str, ClaimState]
    records: Records
    references: tuple[str, ...]


class Repository(Record):
    """The state of the open edition, and the records of every closed one."""

    opened: State
    closed: dict[str, Records]


@cache
def state_of(findings: Findings) -> State:
    """The state of an edition."""
    golden, ends, dataset = golden_of(findings), lineages(findings.results), findings.study.dataset
    return State(
        edition=findings.study.edition.id,
        quantities={
            name: QuantityState(
                value=made.value, low=made.low, high=made.high, unit=made.unit, rests_on=ends[name].rests_on
            )
            for name, made in findings.results.quantities.items()
        },
        figures=golden["figures"],
        tables=golden["tables"],
        claims={
            row.claim.id: ClaimState(file=row.claim.file, verdict=row.verdict, stated=row.claim.verdict)
            for row in findings.ledger
        },
        records=_records(dataset),
        references=tuple(dataset.references),
    )


def repository(findings: Findings) -> Repository:
    """The state of a repository, from the findings of its open edition."""
    return Repository(opened=state_of(findings), closed=closed_records(findings.study.records))


def closed_records(dataset: Dataset) -> dict[str, Records]:
    """The records of every closed edition."""
    return {edition.id: _records(dataset.at(edition.id)) for edition in dataset.editions if edition.closed}


def _records(dataset: Dataset) -> Records:
    return {name: _by_id(name, dataset.collections[name]) for name in COLLECTIONS}


def _by_id(collection: str, records: Iterable[Dated]) -> dict[str, RecordState]:
    found = {}
    for record in records:
        fields = record.model_dump(mode="json")
        found[fields["id"]] = RecordState(
            file=file_of(record, collection),
            label=next(fields[field] for field in LABELS if field in fields),
            since=record.since,
            # Without what was left out: a new column that is empty everywhere changes no record.
            content=record.model_dump_json(exclude={"since", "until"}, exclude_defaults=True),
        )
    return found


if __name__ == "__main__":
    sys.stdout.write(repository(find(analyse(load_dataset()))).model_dump_json())
