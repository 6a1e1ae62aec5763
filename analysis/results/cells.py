"""The cells of a table of data as observed values, each with the unit and the rounding that its column states."""

from dataclasses import dataclass
from typing import Protocol

from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Dated
from analysis.inputs.sidecars import Sidecar
from analysis.inputs.tables import DataTable
from analysis.results.trace import Observed
from analysis.units import convert


class Row(Protocol):
    """A record of a table."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The works that state it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one table: its file, as a trace names it, and its sidecar."""

    file: str
    sidecar: Sidecar

    @classmethod
    def of(cls, dataset: Dataset, table: DataTable[Dated]) -> "Cells":
        """The cells of a table of a dataset."""
        return cls(file=table.file, sidecar=dataset.sidecars[table.path])

    def record(self, row: Row) -> str:
        """Where a row is, as a trace names it."""
        return f"{self.file}#{row.id}"

    def observed(self, row: Row, column: str, label: str, *, unit: str = "") -> Observed:
        """A number of a row, in the unit of its column or in another one of the same dimension."""
        declared, value = self.sidecar.column(column), getattr(row, column)
        wanted = unit or declared.unit
        return Observed(
            value=convert(value, declared.unit, wanted),
            unit=wanted,
            label=label,
            record=self.record(row),
            sources=row.sources,
            # A half width scales like the value, as no unit here has an offset.
            half_width=convert(declared.half_width(value), declared.unit, wanted),
        )
