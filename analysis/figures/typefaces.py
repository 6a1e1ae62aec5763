"""The typeface of all figures, from a package, so that labels are laid out alike on every machine."""

import hashlib
import os
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

import matplotlib as mpl
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from analysis.raised_minus import add_raised_minus

PACKAGE: Final = "font_source_sans_pro"
FACES: Final = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
# Ligatures and other forms, which matplotlib does not use; to cut them down for a PDF takes longer than to draw it.
LAYOUT: Final = ("GDEF", "GPOS", "GSUB")


# A face that is added twice is listed twice.
@cache
def add_typeface() -> None:
    """Lets matplotlib find the faces by the name that house.mplstyle has for them."""
    for name in FACES:
        font_manager.fontManager.addfont(_file_of(name))


def face(name: str) -> Path:
    """The file of a face as its package has it."""
    return Path(str(files(PACKAGE).joinpath("files", name)))


def _file_of(name: str) -> Path:
    """A face as figures need it, where matplotlib keeps its own files, as it takes a face from nothing else."""
    # The file says when the original was changed.
    font, buffer = TTFont(face(name), recalcTimestamp=False), BytesIO()
    add_raised_minus(font)
    for table in LAYOUT:
        del font[table]
    font.save(buffer)
    content = buffer.getvalue()
    path = Path(mpl.get_cachedir(), f"{name.partition('.')[0]}-{hashlib.sha256(content).hexdigest()[:16]}.ttf")
    if not path.is_file() or path.read_bytes() != content:
        # Processes that draw at once write the same.
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_bytes(content)
        partial.replace(path)
    return path
