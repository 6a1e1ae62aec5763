"""The sidecar of a CSV file: a TOML file that describes the table and its columns."""

from pathlib import Path
from typing import Any

from pydantic import model_validator

from analysis.inputs.benchmarks import Benchmark, record_columns
from analysis.inputs.files import read_toml
from analysis.inputs.records import EditionId, Name, Record, Remark, Rounding, Sources, Text
from analysis.inputs.validation import validated


class Column(Rounding):
    """One column of a table: name, unit (empty if none), meaning, and how finely its source prints it."""

    name: Name
    unit: str
    description: Remark


class Sidecar(Record):
    """The description of a table: its content, sources, licence, first edition and columns.

    A table of the tracker has a `benchmark`, from which its columns follow.
    """

    title: Text
    description: Remark
    sources: Sources
    licence: Text
    since: EditionId
    columns: tuple[Column, ...]
    benchmark: Benchmark | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_columns_of_records(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("benchmark") is not None and "columns" not in given:
            return {**given, "columns": record_columns(given["benchmark"])}
        return given

    def column(self, name: str) -> Column:
        """The column of this name. Raises: KeyError."""
        return {column.name: column for column in self.columns}[name]


def read_sidecar(path: Path, root: Path) -> Sidecar:
    """The sidecar of a CSV file. Raises: InputError, InputFaultsError."""
    sidecar = path.with_suffix(".toml")
    return validated(Sidecar, read_toml(sidecar, root), str(sidecar.relative_to(root)))
