"""The editions of the repository, as data/editions.toml lists them, and how a later one corrects a constant."""

import tomllib
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).resolve().parents[1] / "data" / "editions.toml"
_RECORDS: Final[tuple[dict[str, Any], ...]] = tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["editions"])
EDITIONS: Final = tuple(str(record["id"]) for record in _RECORDS)
CLOSED: Final = tuple(str(record["id"]) for record in _RECORDS if record["closed"])
FIRST: Final = EDITIONS[0]
# The last of all, which is the open one.
BEFORE_NEWEST, NEWEST = EDITIONS[-2:]
# As messages list them.
LISTED: Final = ", ".join(EDITIONS)
# The days, ISO dates, by edition.
EVIDENCE: Final = {str(record["id"]): record["evidence"].isoformat() for record in _RECORDS}
PUBLISHED: Final = {str(record["id"]): record["published"].isoformat() for record in _RECORDS}


def supersede(path: Path, old: str, new: str, *, since: str) -> None:
    """Closes the constant that holds a text in a TOML file and adds it with a new text, from an edition on."""
    text = path.read_text(encoding="utf-8")
    entry = next(part for part in text.split("[[constants]]") if old in part)
    line = next(line for line in entry.splitlines() if line.startswith("since"))
    later = entry.replace(old, new).replace(line, f'since = "{since}"')
    closed = f'{entry.rstrip()}\nuntil = "{since}"\n\n'
    path.write_text(text.replace(entry, f"{closed}[[constants]]{later}"), encoding="utf-8")
