"""Reads everything under data/ and references.bib into one validated, frozen `Dataset` of all editions."""

from pathlib import Path
from typing import Any, Final, TypeVar

from analysis.errors import InputError
from analysis.inputs.bibliography import load_bibliography
from analysis.inputs.changelog import load_errata
from analysis.inputs.checks import check
from analysis.inputs.dataset import Dataset
from analysis.inputs.files import read_sidecar, read_table, read_toml, validated
from analysis.inputs.records import (
    Claim,
    Constant,
    Device,
    Edition,
    GameRun,
    InferenceModel,
    LevelRun,
    PeerCount,
    Period,
    Record,
    Reimplementation,
    System,
    TranslationRun,
    VisionModel,
)

ROOT: Final = Path(__file__).resolve().parents[2]
CONSTANT_FILES: Final = ("assumptions.toml", "observations.toml")
TABLES: Final = (
    "devices",
    "efficiency/alexnet_level",
    "efficiency/resnet50_level",
    "efficiency/translation",
    "efficiency/games",
    "efficiency/inference",
    "efficiency/reimplementations",
    "counting/peers",
)
R = TypeVar("R", bound=Record)


def load_dataset(root: Path = ROOT) -> Dataset:
    """Every record of the repository, all editions. Raises: InputError in one line."""
    data = root / "data"

    def rows(model: type[R], name: str) -> tuple[R, ...]:
        return read_table(model, data / f"{name}.csv", root)

    dataset = Dataset(
        editions=_entries(Edition, data / "editions.toml", "editions", root),
        constants=tuple(
            constant for name in CONSTANT_FILES for constant in _entries(Constant, data / name, "constants", root)
        ),
        periods=_entries(Period, data / "periods.toml", "periods", root),
        systems=tuple(_system(path, root) for path in _files(data / "systems", root)),
        devices=rows(Device, "devices"),
        alexnet_level=rows(VisionModel, "efficiency/alexnet_level"),
        resnet50_level=rows(LevelRun, "efficiency/resnet50_level"),
        translation=rows(TranslationRun, "efficiency/translation"),
        games=rows(GameRun, "efficiency/games"),
        inference=rows(InferenceModel, "efficiency/inference"),
        reimplementations=rows(Reimplementation, "efficiency/reimplementations"),
        peer_counts=rows(PeerCount, "counting/peers"),
        claims=tuple(claim for path in _files(data / "claims", root) for claim in _claims(path, root)),
        sidecars={name: read_sidecar(data / f"{name}.csv", root) for name in TABLES},
        references=load_bibliography(root / "references.bib"),
        errata=load_errata(root / "CHANGELOG.md"),
    )
    check(dataset)
    return dataset


def _files(folder: Path, root: Path) -> list[Path]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise InputError(f"{folder.relative_to(root)}: no .toml file; expected at least one")
    return files


def _entries(model: type[R], path: Path, table: str, root: Path) -> tuple[R, ...]:
    """The entries of one array of tables in a TOML file."""
    name = str(path.relative_to(root))
    content = read_toml(path, root)
    if set(content) != {table} or not isinstance(content[table], tuple):
        raise InputError(f"{name}: found {', '.join(sorted(content)) or 'nothing'}; expected only [[{table}]]")
    told = {"file": name} if "file" in model.model_fields else {}
    return tuple(
        validated(model, _with(value, told), f"{name}: {table}[{i}]") for i, value in enumerate(content[table])
    )


def _claims(path: Path, root: Path) -> tuple[Claim, ...]:
    """The claims of one publication, each with the publication's name and the file."""
    name = str(path.relative_to(root))
    content = read_toml(path, root)
    told = {key: content.pop(key, None) for key in ("publication", "ledger")}
    claims = content.pop("claims", None)
    if content or None in told.values() or not isinstance(claims, tuple):
        found = f"; found also '{next(iter(content))}'" if content else ""
        raise InputError(f"{name}: expected 'publication', 'ledger' and [[claims]]{found}")
    told["file"] = name
    return tuple(validated(Claim, _with(claim, told), f"{name}: claims[{i}]") for i, claim in enumerate(claims))


def _with(entry: Any, told: dict[str, str]) -> Any:
    """An entry of a file with what the file says of all of them."""
    return {**entry, **told} if isinstance(entry, dict) else entry


def _system(path: Path, root: Path) -> System:
    """One system; a record that replaces a closed one is named `<id>@<since>`."""
    name = path.relative_to(root).as_posix()
    system = validated(System, {**read_toml(path, root), "file": name}, name)
    expected, _, since = path.stem.partition("@")
    if system.id != expected:
        raise InputError(f"{name}: id: found '{system.id}'; expected the file's name '{expected}'")
    if since and system.since != since:
        raise InputError(f"{name}: since: found '{system.since}'; expected the edition in the file's name, '{since}'")
    return system
