"""The style sheet and the scripts of all pages, joined from files of one topic into few requests.

One script runs before anything is painted; all else is in the other. The parts of that one share one scope, as they
stand in one file: a name of one part may be used in those after it.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
STYLES: Final = (
    "base",
    "reading",
    "theme",
    "home",
    "numbers",
    "figures",
    "what_if",
    "tables",
    "calculations",
    "notes",
    "citations",
    "results",
    "citing",
    "ledger",
    "notebook",
    "search",
    "outdated",
    "print",
)
SCRIPTS: Final = (
    "soon",
    "seen",
    "place",
    "numbers",
    "notes",
    "copying",
    "boxes",
    "sorting",
    "editions",
    "theme_controls",
    "settings",
    "figures",
    "numerals",
    "trend",
    "estimator",
    "what_if",
)
_COMMENTS_AND_INDENTATION: Final = re.compile(r"^(?: *//.*\n| *\n| +)+", re.MULTILINE)


def assets(proportions: str) -> dict[str, str]:
    """The text of all files by path; the style sheet ends with the proportions of the drawings."""
    return {
        "assets/site.css": _joined(FOLDER / "styles" / f"{name}.css" for name in STYLES) + proportions,
        "assets/theme.js": _joined([FOLDER / "scripts" / "theme.js"]),
        # Readers of the code find its comments in the parts.
        "assets/site.js": _COMMENTS_AND_INDENTATION.sub(
            "", _joined(FOLDER / "scripts" / f"{name}.js" for name in SCRIPTS)
        ),
    }


def _joined(parts: Iterable[Path]) -> str:
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
