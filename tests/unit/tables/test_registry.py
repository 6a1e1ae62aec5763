"""The register of tables, and what holds for every table."""

from collections.abc import Mapping

import pytest

from analysis.errors import DuplicateNameError
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at
from analysis.tables.registry import Column, Table, TableEntry, table, table_of
from analysis.units import UNITS
from tests.editions import NEWEST

EVERY_TABLE = pytest.mark.parametrize("entry", tables_at(NEWEST), ids=lambda entry: entry.name)


def build(findings: Findings) -> Table:
    """A table that is never built."""
    raise NotImplementedError


def test_tables_are_numbered_from_one_without_a_gap() -> None:
    numbers = [entry.number for entry in tables_at(NEWEST)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_edition_before_the_efficiency_post_has_no_table_of_it() -> None:
    assert [entry.name for entry in tables_at("2019-11") if entry.name.startswith("efficiency.")] == []


def test_a_second_table_of_a_name_is_refused() -> None:
    register = table("compute.systems", number=99, since="2018-05", title="T")
    with pytest.raises(DuplicateNameError, match=r"^two tables are named 'compute\.systems' or numbered 99$"):
        register(build)


def test_a_second_table_of_a_number_is_refused() -> None:
    register = table("some.table", number=1, since="2018-05", title="T")
    with pytest.raises(DuplicateNameError, match=r"^two tables are named 'some\.table' or numbered 1$"):
        register(build)


def test_a_table_keeps_columns_and_rows_in_order() -> None:
    columns = [Column(key="b", label="B"), Column(key="a", label="A")]
    made = table_of(columns, iter([{"a": 2, "b": 1}, {"a": 4, "b": 3}]))
    assert (made.columns, made.rows) == (tuple(columns), ({"a": 2, "b": 1}, {"a": 4, "b": 3}))


@EVERY_TABLE
def test_every_row_has_a_cell_for_every_column_and_no_other(findings: Findings, entry: TableEntry) -> None:
    made = entry.build(findings)
    keys = {column.key for column in made.columns}
    assert made.rows
    assert [row for row in made.rows if set(row) != keys] == []


@EVERY_TABLE
def test_every_unit_of_a_column_is_known(findings: Findings, entry: TableEntry) -> None:
    assert [c.unit for c in entry.build(findings).columns if c.unit and c.unit not in UNITS] == []


@EVERY_TABLE
def test_every_number_of_a_table_is_a_number_or_missing(findings: Findings, entry: TableEntry) -> None:
    made = entry.build(findings)
    numbers = [column.key for column in made.columns if column.kind == "number"]
    cells = [row[key] for row in made.rows for key in numbers]
    assert [cell for cell in cells if not isinstance(cell, (int, float, type(None)))] == []


@EVERY_TABLE
def test_every_source_of_a_table_is_in_the_bibliography(findings: Findings, entry: TableEntry) -> None:
    made = entry.build(findings)
    columns = [column.key for column in made.columns if column.kind == "sources"]
    keys = {key for row in made.rows for column in columns for key in row[column]}
    assert keys - set(findings.study.dataset.references) == set()


def test_every_table_is_built_in_every_edition_that_has_it(findings_by_edition: Mapping[str, Findings]) -> None:
    empty = [
        (edition, entry.name)
        for edition, findings in findings_by_edition.items()
        for entry in tables_at(edition)
        if not entry.build(findings).rows
    ]
    assert empty == []
