"""What moved between two consecutive editions, and why: numbers, figures and tables, data records, works.

In go the findings of both; out comes plain data for changes.json. A number moved because of the data if
its trace ends in other records, or in records that say something else; if not, because of the code.
"""

from typing import Any, Final

from analysis.artifacts import rounded
from analysis.bundle.golden import golden_of
from analysis.inputs.dataset import COLLECTIONS, Dataset, file_of
from analysis.inputs.records import Dated
from analysis.results.collect import Findings
from analysis.results.quantity import Results

# What a record is called in a list: the first of these fields that it has.
LABELS: Final = ("name", "label", "statement", "id")


def changes(before: Findings | None, after: Findings) -> dict[str, Any]:
    """What an edition changed in the one before it; in the first, which follows none, nothing moved."""
    start = before or after
    old, new = golden_of(start), golden_of(after)
    quantities = _names(old["quantities"], new["quantities"])
    return {
        "from": before.study.edition.id if before else None,
        "to": after.study.edition.id,
        "quantities": {**quantities, "moved": [_moved(start, after, name) for name in quantities["moved"]]},
        "figures": _names(old["figures"], new["figures"]),
        "tables": _names(old["tables"], new["tables"]),
        "records": _records(start.study.dataset, after.study.dataset),
        "references": [key for key in after.study.dataset.references if key not in start.study.dataset.references],
    }


def leaves(results: Results, name: str) -> set[str]:
    """Where the trace of a quantity ends: data records and modules of code."""
    ends, seen, waiting = set(), {name}, [name]
    while waiting:
        for origin in results[waiting.pop()].inputs:
            if origin not in results.quantities:
                ends.add(origin)
            elif origin not in seen:
                seen.add(origin)
                waiting.append(origin)
    return ends


def _names(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[str]]:
    """The names whose content moved, and those that came and went."""
    return {
        "moved": [name for name in new if name in old and old[name] != new[name]],
        "added": [name for name in new if name not in old],
        "removed": [name for name in old if name not in new],
    }


def _moved(before: Findings, after: Findings, name: str) -> dict[str, Any]:
    """A quantity that moved: its values, the ends of its interval if they moved as well, and the cause."""
    old, new = before.results[name], after.results[name]
    because = _differing_leaves(before, after, name)
    moved = {
        "name": name,
        "unit": new.unit,
        "from": old.value,
        "to": new.value,
        "ratio": new.value / old.value if old.value and old.unit == new.unit else None,
        "low": None if old.low == new.low else {"from": old.low, "to": new.low},
        "high": None if old.high == new.high else {"from": old.high, "to": new.high},
        "cause": "data" if because else "code",
        "because": because,
    }
    return rounded(moved)  # type: ignore[no-any-return]


def _differing_leaves(before: Findings, after: Findings, name: str) -> list[str]:
    """The ends of a trace that only one edition has, or that say something else in the other."""
    old, new = leaves(before.results, name), leaves(after.results, name)
    one, other = before.study.dataset, after.study.dataset
    return sorted((old ^ new) | {leaf for leaf in old & new if _told(one, leaf) != _told(other, leaf)})


def _told(dataset: Dataset, leaf: str) -> list[dict[str, Any]]:
    """What the records of a file (`data/x.csv`) or one of them (`data/x.csv#row`) say; nothing for code."""
    file, _, row = leaf.partition("#")
    return [
        record.model_dump(exclude={"since"})
        for name, records in dataset.collections.items()
        for record in records
        if file_of(record, name) == file and row in ("", record.id)
    ]


def _records(before: Dataset, after: Dataset) -> dict[str, list[dict[str, str]]]:
    """The data records that are new, those put in the place of one that was closed, and those closed for good."""
    found: dict[str, list[dict[str, str]]] = {"added": [], "changed": [], "closed": []}
    for name in COLLECTIONS:
        old, new = ({record.id: record for record in dataset.collections[name]} for dataset in (before, after))
        for key, record in new.items():
            if key not in old:
                found["added"].append(_entry(record, name))
            elif record.since != old[key].since:
                found["changed"].append(_entry(record, name))
        found["closed"] += [_entry(record, name) for key, record in old.items() if key not in new]
    return found


def _entry(record: Dated, collection: str) -> dict[str, str]:
    told = record.model_dump(mode="json")
    label = next(told[field] for field in LABELS if field in told)
    return {"collection": collection, "id": told["id"], "file": file_of(record, collection), "label": label}
