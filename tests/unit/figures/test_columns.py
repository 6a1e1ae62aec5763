"""What the columns of the figures mean."""

from collections.abc import Mapping
from datetime import date

import pytest

from analysis.contract import FigureColumn
from analysis.errors import UnknownNameError
from analysis.figures.canvas import Content
from analysis.figures.columns import COLUMNS, columns_of
from analysis.units import UNITS

PYTHON_TYPES = {"string": str, "number": (int, float), "boolean": bool, "date": str}


def test_a_column_has_a_type_a_unit_and_a_meaning() -> None:
    assert columns_of("some.figure", ["epochs"]) == (
        FigureColumn(
            key="epochs",
            type="number",
            label="Training",
            unit="epoch",
            description="passes over the training set until the accuracy is reached",
        ),
    )


def test_a_column_that_nobody_described_is_an_error_naming_figure_and_column() -> None:
    with pytest.raises(
        UnknownNameError,
        match=r"^figure 'some\.figure': column 'epoch' is not described in analysis/figures/columns\.py; did you mean",
    ):
        columns_of("some.figure", ["epoch"])


def test_every_described_column_is_one_of_a_figure(contents: Mapping[str, Content]) -> None:
    keys = {(name, key) for name, content in contents.items() for key in content.rows[0]}
    assert {key for _, key in keys} | {f"{name}.{key}" for name, key in keys} >= set(COLUMNS)
    assert {key for _, key in keys} <= set(COLUMNS)


def test_a_column_may_have_a_meaning_of_its_own_in_a_figure() -> None:
    (of_networks,), (of_systems,) = (
        columns_of(figure, ["compute_flop"]) for figure in ("efficiency.alexnet_level", "compute.modern_trend")
    )
    assert "counted once" in of_networks.description
    assert "counted separately" in of_systems.description


def test_every_cell_has_the_type_of_its_column(contents: Mapping[str, Content]) -> None:
    for name, content in contents.items():
        for row in content.rows:
            for key, cell in row.items():
                column = COLUMNS[key]
                if cell is None:
                    assert column.optional, (name, key)
                else:
                    assert isinstance(cell, PYTHON_TYPES[column.type]), (name, key)
                    assert column.type != "date" or date.fromisoformat(cell)


def test_every_unit_of_a_column_is_known() -> None:
    assert {column.unit for column in COLUMNS.values() if column.unit} - set(UNITS) == set()
