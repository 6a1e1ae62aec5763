"""The file contract between `analysis` and its readers: how bundles are opened, and how their files are written.

`build/<edition>/` holds JSON for records, CSV for tables and figure rows, SVG and PNG for figures.
A new build is made next to the old one and swapped in, so that a broken one leaves the old in place.
"""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

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
    Row,
    System,
    Table,
    WhatIf,
    read_content,
)
from analysis.errors import BundleError, UnknownNameError, did_you_mean
from analysis.running import disk_faults

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build"
HASH_FILE: Final = "inputs.sha256"
# Held by who writes or reads build/, below the root.
BUILD_LOCK: Final = Path(".cache", "build.lock")
# Everything that decides what a build writes.
INPUTS: Final = (
    "analysis/**/*.py",
    "analysis/**/*.mplstyle",
    "data/**/*",
    "references.bib",
    "CHANGELOG.md",
    "requirements.lock",
)
SIGNIFICANT_DIGITS: Final = 12
REBUILD: Final = "run `python -m analysis build`"
R = TypeVar("R", bound=Record)
# Text that a spreadsheet would run: the signs that open a formula, in both widths, and cells that begin with a break.
# Source: OWASP, "CSV Injection".
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by their paths in it, each read when it is asked for, and once."""

    folder: Path
    known: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, name: str) -> bytes:
        """The bytes of a file. Raises: KeyError for a path that leads to none or out of the folder."""
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
    """What a build wrote for one edition, by the names of its files; each is read when it is asked for, and once.

    A bundle is the same only as itself, and so can be the key of a cache.
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
        """What changed since the edition before: quantities, figures, tables, records, references."""
        return self._record("changes.json", Changes)

    @cached_property
    def what_if(self) -> WhatIf:
        """What the panel of the compute post starts from: settings, points, constants, and a run for the estimator."""
        return self._record("what_if.json", WhatIf)

    @cached_property
    def package(self) -> DataPackage:
        """The descriptor of the CSV files."""
        return self._record("datapackage.json", DataPackage)

    def content(self, name: str) -> bytes:
        """The bytes of one file of the bundle. Raises: BundleError for a path that leads to none, or out of it."""
        try:
            return self.files[name]
        except KeyError:
            raise BundleError(f"'{name}' is no file of the bundle {self._place()}") from None
        except OSError as error:
            raise BundleError(f"{self._place(name)}: cannot be read ({error}); {REBUILD}") from None

    def text(self, name: str) -> str:
        """The text of one file of the bundle. Raises: BundleError for a path that leads to none, or out of it."""
        return self.content(name).decode("utf-8")

    def download_names(self) -> list[str]:
        """Every file a reader may download, by its path in the bundle, sorted."""
        return sorted(name for name in self.files if not name.endswith(".inline.svg"))

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
    """The bundle of an edition. Raises: BundleError, UnknownNameError."""
    known = built_editions(build)
    if edition not in known:
        raise UnknownNameError(f"no built edition '{edition}'{did_you_mean(edition, known)}")
    return Bundle(FolderFiles(build / edition))


def built_editions(build: Path = BUILD) -> list[str]:
    """The editions a build holds, oldest first. Raises: BundleError where there is no build."""
    if not (build / HASH_FILE).is_file():
        raise BundleError(f"{build}: no build; run `python -m analysis build`")
    return sorted(path.name for path in build.iterdir() if (path / "edition.json").is_file())


def input_hash(root: Path = ROOT) -> str:
    """A hash of every file that decides what a build writes."""
    digest = hashlib.sha256()
    paths = {
        path for pattern in INPUTS for path in root.glob(pattern) if path.is_file() and "__pycache__" not in path.parts
    }
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def file_hash(*paths: Path) -> str:
    """The SHA-256 of the bytes of files, one after the other."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def is_current(root: Path = ROOT) -> bool:
    """Whether the build was made from the files that stand there now."""
    stamp = root / "build" / HASH_FILE
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == input_hash(root)


def swap_in(fresh: Path, target: Path) -> None:
    """Puts a finished folder in the place of an old one. Whatever cuts it short, `recover` leaves one of them whole."""
    recover(target)
    try:
        # From here on it is known to be complete, whoever finds it.
        fresh.rename(_ready(target))
        _exchange(_ready(target), target)
    except BaseException:
        recover(target)
        raise


def recover(target: Path) -> None:
    """Completes a swap that was cut short, and clears its remains away; an unfinished folder is never put in place."""
    old, ready = _old(target), _ready(target)
    if not target.exists() and not ready.exists() and old.exists():
        old.rename(target)
    if ready.exists():
        _exchange(ready, target)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(ready: Path, target: Path) -> None:
    old = _old(target)
    if target.exists():
        # What may be left here is a tree that was replaced, as another one is in place.
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    ready.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _ready(target: Path) -> Path:
    return target.with_name(f".{target.name}.ready")


def write_json(path: Path, content: Any) -> None:
    """The JSON of records or plain data. Raises: DiskError."""
    write_text(path, json_text(content))


def json_text(content: Any) -> str:
    """JSON of records or plain data, with sorted keys and floats of twelve significant digits."""
    return json.dumps(rounded(content), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """CSV with a header, floats of twelve significant digits, lists joined by semicolons, and no cell that is run."""
    with disk_faults(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(rounded(row[column])) for column in columns])


def _cell(value: Any) -> Any:
    text = ";".join(value) if isinstance(value, list) else value
    if not isinstance(text, str):
        return text
    # A lone carriage return ends a row for some readers, and the csv module does not quote it.
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{lines}" if _FORMULA.match(lines) else lines


def write_text(path: Path, text: str) -> None:
    """Text with Unix line ends on every system. Raises: DiskError."""
    with disk_faults(path):
        path.write_text(text, encoding="utf-8", newline="\n")


def rounded(value: Any) -> Any:
    """Records as plain data, and every float at twelve significant digits; the digits after move with the machine."""
    if isinstance(value, Record):
        return rounded(value.model_dump(by_alias=True))
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value
