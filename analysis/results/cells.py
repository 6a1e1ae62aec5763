"""The cells of a table of data as observed values, each with the unit and the rounding that its column states."""

from dataclasses import dataclass
from typing import Protocol

from analysis.inputs.dataset import Dataset
from analysis.inputs.files import Sidecar
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
    """One table: `name` is that of its file below data/, without the ending."""

    name: str
    sidecar: Sidecar

    @classmethod
    def of(cls, dataset: Dataset, name: str) -> "Cells":
        """The table of a dataset."""
        return cls(name=name, sidecar=dataset.sidecars[name])

    def record(self, row: Row) -> str:
        """Where a row is, as a trace names it."""
        return f"data/{self.name}.csv#{row.id}"

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
            half_width=convert(declared.half_width(value), declared.unit, wanted),
        )
