"""What changed between two consecutive editions, and why: numbers, figures and tables, data records, works.

In go the findings of both; out comes the record of changes.json. A number moved because of the data if
its trace ends in other records, or in records that say something else; if not, because of the code.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from analysis.bundle.golden import golden_of
from analysis.contract import (
    ChangedNames,
    ChangedQuantities,
    ChangedRecord,
    ChangedRecords,
    Changes,
    EndMove,
    MovedQuantity,
)
from analysis.inputs.dataset import COLLECTIONS, Dataset, file_of
from analysis.inputs.records import Dated
from analysis.results.collect import Findings
from analysis.results.lineage import lineages

# A record is listed by the first of these fields that it has.
LABELS: Final = ("name", "label", "statement", "id")


def changes(before: Findings | None, after: Findings) -> Changes:
    """The changes from the previous edition; none for the first one."""
    start = before or after
    old, new = golden_of(start), golden_of(after)
    quantities = _names(old["quantities"], new["quantities"])
    return Changes(
        before=before.study.edition.id if before else None,
        after=after.study.edition.id,
        quantities=ChangedQuantities(
            moved=tuple(_moved(start, after, quantities.moved)), added=quantities.added, removed=quantities.removed
        ),
        figures=_names(old["figures"], new["figures"]),
        tables=_names(old["tables"], new["tables"]),
        records=_records(start.study.dataset, after.study.dataset),
        references=tuple(key for key in after.study.dataset.references if key not in start.study.dataset.references),
    )


def _names(old: Mapping[str, object], new: Mapping[str, object]) -> ChangedNames:
    """The names whose content changed, and those that were added or removed."""
    return ChangedNames(
        moved=tuple(name for name in new if name in old and old[name] != new[name]),
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
    )


def _moved(before: Findings, after: Findings, names: Iterable[str]) -> Iterator[MovedQuantity]:
    """The changed quantities: values, the ends of their intervals where they changed too, and the cause."""
    ends = lineages(before.results), lineages(after.results)
    for name in names:
        old, new = before.results[name], after.results[name]
        differing = set(ends[0][name].rests_on) ^ set(ends[1][name].rests_on)
        shared = set(ends[0][name].rests_on) & set(ends[1][name].rests_on)
        one, other = before.study.dataset, after.study.dataset
        # Records that only one edition rests on, and shared ones with other content; without either, code is the cause.
        because = sorted(
            differing | {leaf for leaf in shared if _records_behind(one, leaf) != _records_behind(other, leaf)}
        )
        yield MovedQuantity(
            name=name,
            unit=new.unit,
            before=old.value,
            after=new.value,
            ratio=new.value / old.value if old.value and old.unit == new.unit else None,
            low=None if old.low == new.low else EndMove(before=old.low, after=new.low),
            high=None if old.high == new.high else EndMove(before=old.high, after=new.high),
            cause="data" if because else "code",
            because=tuple(because),
        )


def _records_behind(dataset: Dataset, leaf: str) -> list[Dated]:
    """The records of a file (`data/x.csv`) or one of them (`data/x.csv#row`), in any edition; none for code."""
    file, _, row = leaf.partition("#")
    return [
        # A record that only has a new `since` still says the same.
        record.model_copy(update={"since": ""})
        for name, records in dataset.collections.items()
        for record in records
        if file_of(record, name) == file and row in ("", record.id)
    ]


def _records(before: Dataset, after: Dataset) -> ChangedRecords:
    """The data records that were added, those that replace a closed one, and those closed without replacement."""
    added, changed, closed = [], [], []
    for name in COLLECTIONS:
        old, new = ({record.id: record for record in dataset.collections[name]} for dataset in (before, after))
        added += [_entry(record, name) for key, record in new.items() if key not in old]
        changed += [
            _entry(record, name) for key, record in new.items() if key in old and record.since != old[key].since
        ]
        closed += [_entry(record, name) for key, record in old.items() if key not in new]
    return ChangedRecords(added=tuple(added), changed=tuple(changed), closed=tuple(closed))


def _entry(record: Dated, collection: str) -> ChangedRecord:
    fields = record.model_dump(mode="json")
    label = next(fields[field] for field in LABELS if field in fields)
    return ChangedRecord(collection=collection, id=fields["id"], file=file_of(record, collection), label=label)
