"""Which records are named as the cause of a change."""

from typing import Any

import pytest

from analysis.contract import ChangedNames, ChangedQuantities, ChangedRecord, ChangedRecords, Changes, MovedQuantity
from analysis.difference.causes import Causes, leaf

RUNS, SYSTEM = "data/runs.csv", "data/systems/alexnet.toml"
NO_NAMES: dict[str, Any] = {"moved": (), "added": (), "removed": ()}


def changes(*changed: tuple[str, str]) -> Changes:
    """A quantity that moved from 2 to 3 because of the first run, and the ids and files of records that changed."""
    because = (f"{RUNS}#one",)
    moved = MovedQuantity(
        name="a.b", unit="month", before=2.0, after=3.0, ratio=1.5, low=None, high=None, cause="data", because=because
    )
    records = tuple(ChangedRecord(collection="any", id=key, file=file, label=f"Run {key}") for key, file in changed)
    return Changes(
        before="2026-11",
        after="2026-11",
        quantities=ChangedQuantities(moved=(moved,), added=(), removed=()),
        figures=ChangedNames(**NO_NAMES),
        tables=ChangedNames(**NO_NAMES),
        records=ChangedRecords(added=(), changed=records, closed=()),
        references=(),
    )


BOTH = Causes.of(changes(("one", RUNS), ("alexnet", SYSTEM)), code_changed=False)


def test_a_record_with_a_file_of_its_own_is_named_by_the_file() -> None:
    assert leaf("alexnet", "data/systems/alexnet@2027-06.toml") == "data/systems/alexnet@2027-06.toml"
    assert leaf("one", RUNS) == f"{RUNS}#one"


@pytest.mark.parametrize(
    ("ends", "cause"),
    [
        ((f"{RUNS}#one", f"{RUNS}#left"), f"{RUNS}#one"),
        ((RUNS,), f"{RUNS}#one"),
        ((f"{RUNS}#left",), f"{RUNS}#left"),
        ((), f"{RUNS}#one, {SYSTEM}"),
    ],
    ids=["those that changed", "the changed rows of a file", "those of one side", "all where the trace has none"],
)
def test_the_cause_of_a_moved_quantity(ends: tuple[str, ...], cause: str) -> None:
    assert BOTH.behind_quantity(ends) == cause


@pytest.mark.parametrize(
    ("row", "values", "cause"),
    [
        ({"x": "any"}, (2.0, 3.0), f"{RUNS}#one"),
        ({"x": "alexnet"}, (1.0, 3.0), SYSTEM),
        ({"x": "Run alexnet", "y": "alexnet"}, (1.0, 3.0), SYSTEM),
        ({"x": "any"}, (1.0, 3.0), f"{RUNS}#one, {SYSTEM}"),
    ],
    ids=["that of the quantity", "the id in the row", "the label in the row, named once", "all"],
)
def test_the_cause_of_a_changed_cell(row: dict[str, str], values: tuple[float, float], cause: str) -> None:
    assert BOTH.behind_cell(row, values) == cause


def test_code_is_the_cause_of_what_no_trace_explains_where_it_changed_or_nothing_else_did() -> None:
    assert Causes.of(changes(("one", RUNS)), code_changed=True).behind_quantity(()) == "code"
    assert Causes.of(changes(), code_changed=False).behind_quantity(()) == "code"


def test_more_than_three_records_are_counted() -> None:
    many = Causes.of(changes(*((key, RUNS) for key in "abcde")), code_changed=False)
    assert many.behind_quantity(()) == f"{RUNS}#a, {RUNS}#b, {RUNS}#c and 2 more"
