"""Everything that was read from data/ and references.bib, validated and frozen, and its filter by edition."""

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
# Every collection of dated records, with the file or folder in which an id stands once.
COLLECTIONS: Final = {
    "constants": "data/assumptions.toml and data/observations.toml",
    "periods": "data/periods.toml",
    "systems": "data/systems",
    **{table.name: table.file for table in TABLES},
    "claims": "data/claims",
}


@dataclass(frozen=True)
class Dataset:
    """All records of data/ with the bibliography; `at` narrows them to an edition.

    `tables` holds the rows of every declared table by its name; `rows` gives those of one with their type.
    `sidecars` go by the path of their table below data/.
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
        """The records that stand at an edition, its tables and its works; editions after it are left out.

        Nothing that is written later changes them: a record loses its end, which lies after the edition.
        """
        last = self.edition(edition_id).id

        def standing(records: tuple[D, ...]) -> tuple[D, ...]:
            return tuple(record.model_copy(update={"until": None}) for record in records if record.stands_at(last))

        return replace(
            self,
            editions=tuple(edition for edition in self.editions if edition.id <= last),
            constants=standing(self.constants),
            periods=standing(self.periods),
            systems=standing(self.systems),
            tables={name: standing(rows) for name, rows in self.tables.items()},
            claims=standing(self.claims),
            sidecars={name: sidecar for name, sidecar in self.sidecars.items() if sidecar.since <= last},
            references={key: work for key, work in self.references.items() if work.since <= last},
            errata=tuple(erratum for erratum in self.errata if erratum.edition <= last),
        )

    def rows(self, table: DataTable[D]) -> tuple[D, ...]:
        """The rows of a table, in the order of its file."""
        return cast("tuple[D, ...]", self.tables[table.name])

    def with_rows(self, table: DataTable[D], rows: tuple[D, ...]) -> Self:
        """The same dataset with other rows in one table."""
        return replace(self, tables={**self.tables, table.name: rows})

    def errata_of(self, edition_id: str) -> tuple[Erratum, ...]:
        """The corrections of an edition, in the order of CHANGELOG.md."""
        return tuple(erratum for erratum in self.errata if erratum.edition == edition_id)

    @property
    def collections(self) -> dict[str, tuple[Any, ...]]:
        """All dated records by collection, in the order of the files."""
        return {name: self.tables[name] if name in self.tables else getattr(self, name) for name in COLLECTIONS}

    @cached_property
    def constant(self) -> dict[str, Constant]:
        """The constants by id."""
        return {constant.id: constant for constant in self.constants}


def file_of(record: Dated, collection: str) -> str:
    """The file under data/ that holds a record."""
    return getattr(record, "file", COLLECTIONS[collection])
