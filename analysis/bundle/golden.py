"""The golden files of closed editions: the numbers that later code must still produce.

Takes the findings of an edition; returns its golden content and the differences from the file, and freezes it.
"""

import json
from collections.abc import Iterator
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any, Final

from analysis.bundle.files import rounded, write_text
from analysis.counting.catalogue import undated
from analysis.errors import GoldenError
from analysis.figures.catalogue import figures_at
from analysis.input_files import ROOT
from analysis.inputs.files import read_json
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find
from analysis.tables.catalogue import tables_at

FOLDER: Final = "tests/golden"
PARTS: Final = ("quantities", "figures", "tables")
# The last digits of fits differ between machines; no page prints as many as nine digits of them.
# There is no absolute tolerance: the smallest computes are 1e-14 of a petaflop/s-day.
TOLERANCE: Final = 1e-9


@cache
def golden_of(findings: Findings) -> dict[str, Any]:
    """The content of the golden file: quantities, rows of figures and tables, and the number of errata."""
    study = findings.study
    return {
        "edition": study.edition.id,
        "errata": len(study.dataset.errata_of(study.edition.id)),
        "quantities": {
            name: rounded({"value": made.value, "low": made.low, "high": made.high, "unit": made.unit})
            for name, made in findings.results.quantities.items()
        },
        "figures": {e.name: rounded(e.shows(findings).rows) for e in figures_at(study.edition.id)},
        "tables": {e.name: rounded(e.build(findings).rows) for e in tables_at(study.edition.id)},
    }


def differences(golden: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """One line for every number or text that differs from the golden file, in file order."""
    held, found = (dict(_leaves({part: whole[part] for part in PARTS}, ())) for whole in (golden, now))
    lines = []
    for place in dict.fromkeys([*held, *found]):
        if place not in found:
            lines.append(f"{': '.join(place)}: found nothing; expected {held[place]!r}")
        elif place not in held:
            lines.append(f"{': '.join(place)}: found {found[place]!r}; expected nothing of this name")
        elif not _same(held[place], found[place]):
            lines.append(f"{': '.join(place)}: found {found[place]!r}; expected {held[place]!r}")
    return lines


def freeze(edition: str, root: Path = ROOT) -> str:
    """Writes the golden file of a closed edition if there is none or an erratum allows it; returns what it did.

    Raises: GoldenError for an open edition, and for numbers that changed without an erratum; UnknownNameError.
    """
    dataset = load_dataset(root)
    if not dataset.edition(edition).closed:
        raise GoldenError(f"edition {edition} is open; expected one that data/editions.toml calls closed")
    now = golden_of(find(analyse(dataset, edition)))
    path = root / FOLDER / f"{edition}.json"
    name = f"{FOLDER}/{path.name}"
    if not path.is_file():
        if edition == [known.id for known in dataset.editions if known.closed][-1]:
            _check_networks_are_dated(edition)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, golden_text(now))
        return f"{name}: written, with {len(now['quantities'])} quantities"
    golden = read_json(path, root)
    changed = differences(golden, now)
    listed, frozen = now["errata"], golden["errata"]
    if not changed and listed == frozen:
        return f"{name}: nothing changed; file kept"
    if listed <= frozen:
        first = f"{changed[0]} ({len(changed)} in all)" if changed else f"found {listed} errata in CHANGELOG.md"
        raise GoldenError(
            f"{name}: {first}; expected an erratum in CHANGELOG.md beyond the {frozen} of the golden file: "
            f"'- Erratum to {edition} (YYYY-MM-DD): what was corrected'"
        )
    write_text(path, golden_text(now))
    return f"{name}: rewritten; values changed: {len(changed)}, errata: {listed}"


def _check_networks_are_dated(edition: str) -> None:
    """Raises: GoldenError if a network has no `since`: it would move on to the edition just opened."""
    for entry in undated():
        raise GoldenError(
            f"{entry.code}: {entry.name}: found no 'since'; expected since=\"{edition}\", or the edition opened after "
            f"it where the network is new there, before the numbers of {edition} are frozen"
        )


def golden_text(golden: dict[str, Any]) -> str:
    """A golden file: JSON with sorted keys and one quantity or row per line, so that diffs are readable."""
    return _written(golden, "") + "\n"


def _written(value: Any, indent: str) -> str:
    """JSON in which only what holds further records is broken into lines."""
    if not _holds_records(value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    inner = indent + " "
    if isinstance(value, dict):
        members = [f"{json.dumps(key)}: {_written(value[key], inner)}" for key in sorted(value)]
        return "{\n" + ",\n".join(inner + member for member in members) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _written(member, inner) for member in value) + f"\n{indent}]"


def _holds_records(value: Any) -> bool:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(member, dict) or _holds_records(member) for member in members)


def _leaves(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value without nested records, with the path of keys and rows to it."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from _leaves(value[key], (*place, key))
    elif _holds_records(value):
        for number, row in enumerate(value, start=1):
            yield from _leaves(row, (*place, f"row {number}"))
    else:
        yield place, value


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same: whole numbers and text exactly, other numbers within the tolerance."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=TOLERANCE, abs_tol=0)
    return type(one) is type(other) and bool(one == other)
