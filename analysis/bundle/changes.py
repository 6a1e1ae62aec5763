"""What changed between two consecutive editions, and why: numbers, figures and tables, data records, works.

In go the states of both, which may be of one edition at two commits; out comes the record of changes.json. A number
moved because of the data if its trace ends in other records, or in records that say something else; if not, because
of the code.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from analysis.bundle.files import rounded
from analysis.bundle.state import QuantityState, RecordState, State, state_of
from analysis.contract import (
    ChangedNames,
    ChangedQuantities,
    ChangedRecord,
    ChangedRecords,
    Changes,
    EndMove,
    MovedQuantity,
)
from analysis.results.collect import Findings


def changes(before: Findings | None, after: Findings) -> Changes:
    """The changes from the previous edition; none for the first one."""
    found = changes_between(state_of(before or after), state_of(after))
    return found if before else found.model_copy(update={"before": None})


def changes_between(before: State, after: State) -> Changes:
    """The changes from one state to another."""
    quantities = _names(_written(before.quantities), _written(after.quantities))
    return Changes(
        before=before.edition,
        after=after.edition,
        quantities=ChangedQuantities(
            moved=tuple(_moved(before, after, quantities.moved)), added=quantities.added, removed=quantities.removed
        ),
        figures=_names(before.figures, after.figures),
        tables=_names(before.tables, after.tables),
        records=_records(before, after),
        references=tuple(key for key in after.references if key not in before.references),
    )


def _written(quantities: dict[str, QuantityState]) -> dict[str, Any]:
    """What files say of quantities: later digits differ between machines."""
    return {name: rounded(known.model_dump(exclude={"rests_on"})) for name, known in quantities.items()}


def _names(old: dict[str, Any], new: dict[str, Any]) -> ChangedNames:
    """The names whose content changed, and those that were added or removed."""
    return ChangedNames(
        moved=tuple(name for name in new if name in old and old[name] != new[name]),
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
    )


def _moved(before: State, after: State, names: Iterable[str]) -> Iterator[MovedQuantity]:
    """The changed quantities: values, the ends of their intervals where they changed too, and the cause."""
    for name in names:
        old, new = before.quantities[name], after.quantities[name]
        differing = set(old.rests_on) ^ set(new.rests_on)
        shared = set(old.rests_on) & set(new.rests_on)
        # Records that only one state rests on, and shared ones with other content; without either, code is the cause.
        because = sorted(
            differing | {leaf for leaf in shared if _contents_behind(before, leaf) != _contents_behind(after, leaf)}
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


def _contents_behind(state: State, leaf: str) -> list[str]:
    """What the records of a file (`data/x.csv`) or one of them (`data/x.csv#row`) say; nothing for code."""
    file, _, row = leaf.partition("#")
    return [
        record.content
        for records in state.records.values()
        for key, record in records.items()
        if record.file == file and row in ("", key)
    ]


def _records(before: State, after: State) -> ChangedRecords:
    """The data records that were added, those that say something else or replace one, and those without replacement."""
    added, changed, closed = [], [], []
    for name, new in after.records.items():
        old = before.records.get(name, {})
        added += [_entry(name, key, record) for key, record in new.items() if key not in old]
        changed += [_entry(name, key, record) for key, record in new.items() if key in old and record != old[key]]
        closed += [_entry(name, key, record) for key, record in old.items() if key not in new]
    return ChangedRecords(added=tuple(added), changed=tuple(changed), closed=tuple(closed))


def _entry(collection: str, key: str, record: RecordState) -> ChangedRecord:
    return ChangedRecord(collection=collection, id=key, file=record.file, label=record.label)
