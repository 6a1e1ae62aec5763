"""Reads the errata out of CHANGELOG.md: what was corrected in which closed edition, and when.

An erratum is an entry of a list, `- Erratum to 2020-05 (2027-01-03): what was corrected.`, under any heading;
continuation lines are indented.
"""

import re
from datetime import date
from pathlib import Path

from analysis.errors import InputError
from analysis.inputs.files import read_text
from analysis.inputs.records import Erratum
from analysis.inputs.validation import validated

# Anything that begins like an erratum must be one: a misspelt entry passed over silently would unlock no edition.
_ENTRY = re.compile(r"^[-*+] +errat(?:um|a)\b.*(?:\n[ \t]+\S.*)*", re.MULTILINE | re.IGNORECASE)
_ERRATUM = re.compile(r"- Erratum to ([0-9]{4}-[0-9]{2}) \(([0-9]{4}-[0-9]{2}-[0-9]{2})\): (.+)")


def load_errata(path: Path) -> tuple[Erratum, ...]:
    """Every erratum of a changelog, in file order. Raises: InputError naming file and line."""
    return errata_in(read_text(path, path.parent), path.name)


def errata_in(changelog: str, file_name: str) -> tuple[Erratum, ...]:
    """Every erratum in the text of a changelog. Raises: InputError naming file and line."""
    errata = []
    for entry in _ENTRY.finditer(changelog):
        line = changelog.count("\n", 0, entry.start()) + 1
        text = " ".join(entry[0].split())
        match = _ERRATUM.fullmatch(text)
        day = _day(match[2]) if match else None
        if match is None or day is None:
            raise InputError(
                f"{file_name}:{line}: found '{text[:60]}'; expected '- Erratum to 2020-05 (2027-01-03): ...'"
            )
        erratum = {"edition": match[1], "date": day, "text": match[3]}
        errata.append(validated(Erratum, erratum, f"{file_name}:{line}"))
    return tuple(errata)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
