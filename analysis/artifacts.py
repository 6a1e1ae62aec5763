"""The file contract between `analysis` and its readers: how bundles are opened, and how their files are written.

`build/<edition>/` holds JSON for records, CSV for tables and figure rows, SVG and PNG for figures.
A new build is made next to the old one and swapped in, so that a broken one leaves the old in place.
"""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

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
# Text that a spreadsheet would run: the signs that open a formula, in both widths, and cells that begin with a break.
# Source: OWASP, "CSV Injection".
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True)
class Bundle:
    """What a build wrote for one edition, opened lazily. Every member is plain JSON data."""

    folder: Path

    @cached_property
    def edition(self) -> dict[str, Any]:
        """Id, days of evidence and publication, title, whether it is closed, its errata, the editions up to it.

        `younger_works` are the works that are younger than its evidence, each with the records that rest on it.
        """
        return self._read("edition.json")  # type: ignore[no-any-return]

    @cached_property
    def results(self) -> dict[str, dict[str, Any]]:
        """The quantities by name."""
        return {record["name"]: record for record in self._read("results.json")["quantities"]}

    @cached_property
    def worked(self) -> dict[str, dict[str, Any]]:
        """The worked calculations by name."""
        return {record["name"]: record for record in self._read("worked.json")}

    @cached_property
    def systems(self) -> dict[str, dict[str, Any]]:
        """The systems by id."""
        return {record["id"]: record for record in self._read("systems.json")}

    @cached_property
    def figures(self) -> dict[str, dict[str, Any]]:
        """The figures by name, in order of number."""
        return {record["name"]: record for record in self._read("figures.json")}

    @cached_property
    def architectures(self) -> dict[str, dict[str, Any]]:
        """The networks by name, each with its totals, stages and folded layers."""
        return {record["name"]: record for record in self._read("architectures.json")}

    @cached_property
    def tables(self) -> dict[str, dict[str, Any]]:
        """The tables by name, with columns and rows."""
        return {record["name"]: record for record in self._read("tables.json")}

    @cached_property
    def ledger(self) -> list[dict[str, Any]]:
        """The claims with our numbers and verdicts, in the order of the files."""
        return self._read("ledger.json")  # type: ignore[no-any-return]

    @cached_property
    def references(self) -> dict[str, dict[str, Any]]:
        """The bibliography as CSL-JSON, by key."""
        return {record["id"]: record for record in self._read("references.json")}

    @cached_property
    def dictionary(self) -> list[dict[str, Any]]:
        """What each data table is and what its columns mean."""
        return self._read("dictionary.json")  # type: ignore[no-any-return]

    @cached_property
    def changes(self) -> dict[str, Any]:
        """What moved since the edition before: quantities, figures, tables, records, references."""
        return self._read("changes.json")  # type: ignore[no-any-return]

    @cached_property
    def what_if(self) -> dict[str, Any]:
        """What the panel of the compute post starts from: settings, points, constants, and a run for the estimator."""
        return self._read("what_if.json")  # type: ignore[no-any-return]

    def text(self, name: str) -> str:
        """The text of one file of the bundle. Raises: BundleError for a path that leads out of it."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise BundleError(f"'{name}' is no file of the bundle {self.folder}")
        return path.read_text(encoding="utf-8")

    def download_names(self) -> list[str]:
        """Every file a reader may download, by its path in the bundle, sorted."""
        files = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return sorted(name for name in files if not name.endswith(".inline.svg"))

    def _read(self, name: str) -> Any:
        try:
            return json.loads(self.text(name))
        except (OSError, ValueError) as error:
            raise BundleError(
                f"{self.folder / name}: cannot be read ({error}); run `python -m analysis build`"
            ) from None


def open_bundle(edition: str, build: Path = BUILD) -> Bundle:
    """The bundle of an edition. Raises: BundleError, UnknownNameError."""
    known = built_editions(build)
    if edition not in known:
        raise UnknownNameError(f"no built edition '{edition}'{did_you_mean(edition, known)}")
    return Bundle(build / edition)


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
    """JSON with sorted keys and floats of twelve significant digits."""
    text = json.dumps(rounded(content), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    write_text(path, text + "\n")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
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
    """A JSON value with every float at twelve significant digits; the digits after move with the machine."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value
