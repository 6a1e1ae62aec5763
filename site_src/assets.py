"""The style sheet and the script of all pages, each joined from files of one topic into a single request.

The script's parts share one scope, as they stand in one file: a name of one part may be used in those after it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
STYLES: Final = (
    "base",
    "home",
    "numbers",
    "figures",
    "tables",
    "calculations",
    "citations",
    "results",
    "citing",
    "ledger",
    "notebook",
    "outdated",
    "print",
)
SCRIPTS: Final = ("place", "numbers", "copying", "sorting", "editions")


def assets() -> dict[str, str]:
    """The text of both files by path."""
    return {
        "assets/site.css": _joined(FOLDER / "styles" / f"{name}.css" for name in STYLES),
        "assets/site.js": _joined(FOLDER / "scripts" / f"{name}.js" for name in SCRIPTS),
    }


def _joined(parts: Iterable[Path]) -> str:
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
