"""The style sheet and the scripts of all pages, joined from files of one topic into few requests.

One script runs before anything is painted; all else is in the other. The parts of that one share one scope, as they
stand in one file: a name of one part may be used in those after it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
STYLES: Final = (
    "base",
    "theme",
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
SCRIPTS: Final = ("place", "numbers", "copying", "sorting", "editions", "theme_controls")


def assets() -> dict[str, str]:
    """The text of all files by path."""
    return {
        "assets/site.css": _joined(FOLDER / "styles" / f"{name}.css" for name in STYLES),
        "assets/theme.js": _joined([FOLDER / "scripts" / "theme.js"]),
        "assets/site.js": _joined(FOLDER / "scripts" / f"{name}.js" for name in SCRIPTS),
    }


def _joined(parts: Iterable[Path]) -> str:
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
