"""What the columns of the tables mean."""

import pytest

from analysis.errors import UnknownNameError
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at
from analysis.tables.columns import MEANINGS, meaning
from tests.editions import NEWEST


def test_a_column_means_the_same_in_most_tables() -> None:
    assert meaning("some.table", "epochs") == "passes over the training set until the accuracy is reached"


def test_a_table_may_have_a_meaning_of_its_own() -> None:
    assert meaning("compute.peak_rates", "ratio") == "rate used over the listed peak"
    assert meaning("data.ledger", "ratio").startswith("printed number over ours")


def test_a_column_that_nobody_described_is_an_error_naming_table_and_column() -> None:
    with pytest.raises(
        UnknownNameError,
        match=r"^table 'some\.table': column 'epoch' is not described in analysis/tables/columns\.py; did you mean",
    ):
        meaning("some.table", "epoch")


def test_every_described_column_is_one_of_a_table(findings: Findings) -> None:
    columns = [(entry.name, column.key) for entry in tables_at(NEWEST) for column in entry.build(findings).columns]
    used = {f"{table}.{key}" if f"{table}.{key}" in MEANINGS else key for table, key in columns}
    assert used == set(MEANINGS)
