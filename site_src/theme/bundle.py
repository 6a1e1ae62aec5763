"""The style sheet and the scripts of all pages, joined from files of one topic into few requests.

One script runs before anything is painted; all else is in the other, which is made of modules. Both are made small:
readers of the code find its comments in the files.
"""

import posixpath
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import minify

from site_src import addresses
from site_src.theme.script_modules import script_of
from site_src.theme.typefaces import Typeface

FOLDER: Final = Path(__file__).parent
STYLES: Final = (
    "typefaces",
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
# Runs before anything is painted.
FIRST: Final = "theme"
SCRIPT: Final = "application/javascript"


def assets(proportions: str, faces: Mapping[str, Typeface]) -> dict[str, str]:
    """The text of all files by path; the style sheet ends with the proportions of the drawings.

    `faces` are the typefaces, by the name that the style sheet has for each.
    """
    style = _joined(FOLDER / "styles" / f"{name}.css" for name in STYLES) + proportions
    for name, face in faces.items():
        address = posixpath.relpath(face.address, posixpath.dirname(addresses.STYLES))
        style = style.replace(f"fonts/{name}.woff2", address)
    scripts = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / "scripts").glob("*.js")}
    return {
        addresses.STYLES: small("text/css", style),
        addresses.script(FIRST): small(SCRIPT, scripts.pop(FIRST)),
        addresses.script("site"): small(SCRIPT, script_of(scripts)),
    }


@cache
def small(media_type: str, text: str) -> str:
    """A script or style sheet that does the same in fewer letters."""
    return str(minify.string(media_type, text))


def _joined(parts: Iterable[Path]) -> str:
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
