"""The typeface of all figures, from a package, so that labels are laid out alike on every machine."""

import hashlib
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from analysis.raised_minus import add_raised_minus

PACKAGE: Final = "font_source_sans_pro"
FACES: Final = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
# Ligatures and other forms, which matplotlib does not use; to cut them down for a PDF takes longer than to draw it.
LAYOUT: Final = ("GDEF", "GPOS", "GSUB")


def face(name: str) -> Path:
    """The file of a face as its package has it."""
    return Path(str(files(PACKAGE).joinpath("files", name)))


def drawn_faces() -> dict[str, bytes]:
    """The faces as figures need them, each under a name that holds for this content alone."""
    contents = [(name.partition(".")[0], _drawn(name)) for name in FACES]
    return {f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.ttf": content for stem, content in contents}


def _drawn(name: str) -> bytes:
    # The file says when the original was changed.
    font, buffer = TTFont(face(name), recalcTimestamp=False), BytesIO()
    add_raised_minus(font)
    for table in LAYOUT:
        del font[table]
    font.save(buffer)
    return buffer.getvalue()
