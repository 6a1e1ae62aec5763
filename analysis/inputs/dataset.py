"""All records of data/ and references.bib, validated and frozen, and the filter that narrows them to one edition."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self, TypeVar, cast

from analysis.errors import UnknownNameError, did_you_mean
from analysis.inputs.records import Claim, Constant, Dated, Edition, Erratum, Period, System
from analysis.inputs.references import Reference
from analysis.inputs.sidecars import Sidecar
from analysis.inputs.tables import TABLES, DataTable

D = TypeVar("D", bound=Dated)
# Every collection of dated records, with the file or folder in which its ids are unique.
COLLECTIONS: Final = {
    "constants": "data/assumptions.toml and data/observations.toml",
    "periods": "data/periods.toml",
    "systems": "data/systems",
    **{table.name: table.file for table in TABLES},
    "claims": "data/claims",
}


@dataclass(frozen=True)
class Dataset:
    """All records of data/ with the bibliography; `at` narrows them to one edition.

    `tables` holds the rows of every declared table by name; `rows` returns those of one table with their type.
    `sidecars` are keyed by the path of their table below data/.
    """

    editions: tuple[Edition, ...]
    constants: tuple[Constant, ...]
    periods: tuple[Period, ...]
    systems: tuple[System, ...]
    tables: Mapping[str, tuple[Dated, ...]]
    claims: tuple[Claim, ...]
    sidecars: dict[str, Sidecar]
    references: dict[str, Reference]
    errata: tuple[Erratum, ...]

    def edition(self, edition_id: str) -> Edition:
        """The edition of this id. Raises: UnknownNameError with the nearest one."""
        known = {edition.id: edition for edition in self.editions}
        if edition_id not in known:
            hint = did_you_mean(edition_id, known) or f"; expected one of {', '.join(known)}"
            raise UnknownNameError(f"no edition '{edition_id}'{hint}")
        return known[edition_id]

    def at(self, edition_id: str) -> Self:
        """The dataset as of an edition: its records, tables and works, without anything added later.

        Records lose their `until`, which lies after the edition, so that closing one later changes nothing here.
        """
        last = self.edition(edition_id).id

        def current(records: tuple[D, ...]) -> tuple[D, ...]:
            return tuple(record.model_copy(update={"until": None}) for record in records if record.belongs_to(last))

        return replace(
            self,
            editions=tuple(edition for edition in self.editions if edition.id <= last),
            constants=current(self.constants),
            periods=current(self.periods),
            systems=current(self.systems),
            tables={name: current(rows) for name, rows in self.tables.items()},
            claims=current(self.claims),
            sidecars={name: sidecar for name, sidecar in self.sidecars.items() if sidecar.since <= last},
            references={key: work for key, work in self.references.items() if work.since <= last},
            errata=tuple(erratum for erratum in self.errata if erratum.edition <= last),
        )

    def rows(self, table: DataTable[D]) -> tuple[D, ...]:
        """The rows of a table, in the order of its file."""
        return cast("tuple[D, ...]", self.tables[table.name])

    def with_rows(self, table: DataTable[D], rows: tuple[D, ...]) -> Self:
        """A copy of the dataset with other rows in one table."""
        return replace(self, tables={**self.tables, table.name: rows})

    def errata_of(self, edition_id: str) -> tuple[Erratum, ...]:
        """The corrections of an edition, in the order of CHANGELOG.md."""
        return tuple(erratum for erratum in self.errata if erratum.edition == edition_id)

    @property
    def collections(self) -> dict[str, tuple[Any, ...]]:
        """All dated records by collection, in file order."""
        return {name: self.tables[name] if name in self.tables else getattr(self, name) for name in COLLECTIONS}

    @cached_property
    def constant(self) -> dict[str, Constant]:
        """The constants by id."""
        return {constant.id: constant for constant in self.constants}


def file_of(record: Dated, collection: str) -> str:
    """The file under data/ that holds a record."""
    # Constants, systems and claims are spread over several files, so they know theirs.
    return getattr(record, "file", COLLECTIONS[collection])
