"""The declarations of the tables of data, and the rows that a dataset gives by them."""

from collections.abc import Callable

import pytest

from analysis.bundle.csv_tables import plain_data
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Dated
from analysis.inputs.tables import DEVICES, GAMES, TABLES, DataTable
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at

EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def test_every_table_has_a_name_and_a_path_of_its_own() -> None:
    for attribute in ("name", "path"):
        found = [getattr(table, attribute) for table in TABLES]
        assert sorted(set(found)) == sorted(found)


def test_a_dataset_gives_the_rows_of_a_table_in_the_order_of_its_file(dataset: Dataset) -> None:
    # As in data/efficiency/games.csv.
    assert [run.id for run in dataset.rows(GAMES)] == ["alphago-zero", "alphazero", "openai-five", "rerun"]


def test_other_rows_in_one_table_leave_the_others_as_they_are(dataset: Dataset) -> None:
    changed = dataset.with_rows(GAMES, ())
    assert changed.rows(GAMES) == ()
    assert changed.rows(DEVICES) == dataset.rows(DEVICES) != ()


@EVERY_TABLE
def test_every_row_is_of_the_declared_class(dataset: Dataset, table: DataTable[Dated]) -> None:
    # A benchmark that continues the efficiency paper may have no row of its own yet.
    assert {type(row) for row in dataset.rows(table)} <= {table.row}


@EVERY_TABLE
def test_every_foreign_key_leads_to_a_column_of_a_published_file(findings: Findings, table: DataTable[Dated]) -> None:
    columns = {resource.name: set(resource.columns) for resource in plain_data(findings)}
    columns |= {
        f"tables.{entry.name}": {column.key for column in entry.build(findings).columns}
        for entry in tables_at(findings.study.edition.id)
    }
    assert set(table.keys) <= set(table.row.model_fields)
    assert [target for target in table.keys.values() if target[1] not in columns.get(target[0], ())] == []


def test_a_column_in_an_unknown_unit_is_refused(fault: Callable[[str, str, str], str]) -> None:
    message = fault("data/efficiency/games.toml", 'unit = "pfs-day"', 'unit = "pfs-days"')
    assert message == (
        "data/efficiency/games.toml: columns: pfs_days: unknown unit 'pfs-days'; did you mean 'pfs-day'?"
    )
