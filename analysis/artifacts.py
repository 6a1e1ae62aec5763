"""Opens the bundles that a build has written, and checks whether the build is current.

`build/<edition>/` holds JSON for records, CSV for tables and figure rows, SVG and PNG for figures.
A new build is made next to the old one and swapped in, so that a broken one leaves the old in place.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from analysis.contract import (
    Calculation,
    Changes,
    Claim,
    Content,
    DataPackage,
    DictionaryTable,
    Edition,
    Figure,
    Network,
    Quantity,
    Record,
    Reference,
    Results,
    System,
    Table,
    WhatIf,
    read_content,
)
from analysis.errors import BundleError, UnknownNameError, did_you_mean
from analysis.input_files import INPUTS, ROOT, is_input

BUILD: Final = ROOT / "build"
HASH_FILE: Final = "inputs.sha256"
# Held by every process that writes or reads build/; relative to the root.
BUILD_LOCK: Final = Path(".cache", "build.lock")
# Later digits of a float differ between processors and BLAS versions.
SIGNIFICANT_DIGITS: Final = 12
REBUILD: Final = "run `python -m analysis build`"
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by relative path, each read on first use and cached."""

    folder: Path
    known: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, name: str) -> bytes:
        """The bytes of a file. Raises: KeyError for a missing file or one outside the folder."""
        if name not in self.known:
            path = self.folder / name
            if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
                raise KeyError(name)
            self.known[name] = path.read_bytes()
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __str__(self) -> str:
        return str(self.folder)


@dataclass(frozen=True, eq=False)
class Bundle:
    """What a build wrote for one edition; each file is read and parsed on first use.

    Bundles compare by identity, so that one can be the key of a cache.
    """

    files: Mapping[str, bytes]

    @property
    def folder(self) -> Path:
        """The folder that holds the files. Raises: BundleError where they are in memory."""
        if isinstance(self.files, FolderFiles):
            return self.files.folder
        raise BundleError("the bundle is in no folder")

    @cached_property
    def edition(self) -> Edition:
        """Evidence, publication, errata and younger works of the edition, and the editions up to it."""
        return self._record("edition.json", Edition)

    @cached_property
    def results(self) -> dict[str, Quantity]:
        """The quantities by name."""
        return {record.name: record for record in self._record("results.json", Results).quantities}

    @cached_property
    def worked(self) -> dict[str, Calculation]:
        """The worked calculations by name."""
        return {record.name: record for record in self._records("worked.json", Calculation)}

    @cached_property
    def systems(self) -> dict[str, System]:
        """The systems by id."""
        return {record.id: record for record in self._records("systems.json", System)}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figures by name, in order of number."""
        return {record.name: record for record in self._records("figures.json", Figure)}

    @cached_property
    def architectures(self) -> dict[str, Network]:
        """The networks by name, each with its totals, stages and folded layers."""
        return {record.name: record for record in self._records("architectures.json", Network)}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by name, with columns and rows."""
        return {record.name: record for record in self._records("tables.json", Table)}

    @cached_property
    def ledger(self) -> tuple[Claim, ...]:
        """The claims with our numbers and verdicts, in the order of the files."""
        return self._records("ledger.json", Claim)

    @cached_property
    def references(self) -> dict[str, Reference]:
        """The bibliography by key."""
        return {record.id: record for record in self._records("references.json", Reference)}

    @cached_property
    def dictionary(self) -> tuple[DictionaryTable, ...]:
        """What each data table is and what its columns mean."""
        return self._records("dictionary.json", DictionaryTable)

    @cached_property
    def changes(self) -> Changes:
        """What changed since the previous edition: quantities, figures, tables, records, references."""
        return self._record("changes.json", Changes)

    @cached_property
    def what_if(self) -> WhatIf:
        """Input of the panel of the compute post: settings, points, constants, and a run for the estimator."""
        return self._record("what_if.json", WhatIf)

    @cached_property
    def package(self) -> DataPackage:
        """The descriptor of the CSV files."""
        return self._record("datapackage.json", DataPackage)

    def content(self, name: str) -> bytes:
        """The bytes of one file of the bundle. Raises: BundleError for a missing file or one outside the bundle."""
        try:
            return self.files[name]
        except KeyError:
            raise BundleError(f"'{name}' is no file of the bundle {self._place()}") from None
        except OSError as error:
            raise BundleError(f"{self._place(name)}: cannot be read ({error}); {REBUILD}") from None

    def text(self, name: str) -> str:
        """The text of one file of the bundle. Raises: BundleError for a missing file or one outside the bundle."""
        return self.content(name).decode("utf-8")

    def download_names(self) -> list[str]:
        """Every file a reader may download, by its path in the bundle, sorted."""
        return sorted(name for name in self.files if not name.endswith(".inline.svg"))

    def code_files(self) -> set[str]:
        """The modules that draw its figures and make its tables, by their paths from the root."""
        codes = [figure.code for figure in self.figures.values()] + [table.code for table in self.tables.values()]
        return {code.split(":")[0] for code in codes}

    def _record(self, name: str, kind: type[R]) -> R:
        content = self._read(name)
        assert isinstance(content, kind)
        return content

    def _records(self, name: str, kind: type[R]) -> tuple[R, ...]:
        content = self._read(name)
        assert isinstance(content, tuple)
        return tuple(record for record in content if isinstance(record, kind))

    def _read(self, name: str) -> Content:
        try:
            return read_content(name, self.files[name])
        except KeyError:
            raise BundleError(f"{self._place(name)}: cannot be read (there is no such file); {REBUILD}") from None
        except (OSError, ValueError) as error:
            raise BundleError(f"{self._place(name)}: cannot be read ({error}); {REBUILD}") from None

    def _place(self, name: str = "") -> str:
        """Where the bundle, or one of its files, is: a path, or the bare name of a file in memory."""
        return str(self.files.folder / name) if isinstance(self.files, FolderFiles) else name or "in memory"


def open_bundle(edition: str, build: Path = BUILD) -> Bundle:
    """The bundle of an edition. Raises: BundleError without a build, UnknownNameError for an unknown edition."""
    known = built_editions(build)
    if edition not in known:
        raise UnknownNameError(f"no built edition '{edition}'{did_you_mean(edition, known)}")
    return Bundle(FolderFiles(build / edition))


def built_editions(build: Path = BUILD) -> list[str]:
    """The editions a build holds, oldest first. Raises: BundleError where there is no build."""
    # The hash is written last, so a folder without it is not a finished build.
    if not (build / HASH_FILE).is_file():
        raise BundleError(f"{build}: no build; run `python -m analysis build`")
    return sorted(path.name for path in build.iterdir() if (path / "edition.json").is_file())


def input_hash(root: Path = ROOT, patterns: Iterable[str] = INPUTS) -> str:
    """A hash of every file that decides what a build writes, or of some of these."""
    digest = hashlib.sha256()
    paths = {
        path
        for pattern in patterns
        for path in root.glob(pattern)
        if path.is_file() and is_input(path.relative_to(root))
    }
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def built_from(root: Path = ROOT) -> str:
    """The hash of the files that the build was made from; nothing where there is no build, or no note of it."""
    stamp = root / "build" / HASH_FILE
    return stamp.read_text(encoding="utf-8", errors="replace").strip() if stamp.is_file() else ""


def is_current(root: Path = ROOT) -> bool:
    """Whether the build was made from the current files."""
    return built_from(root) == input_hash(root)
