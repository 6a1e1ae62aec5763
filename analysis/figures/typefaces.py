"""The typeface of all figures, from a package, so that labels are laid out alike on every machine."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from matplotlib import font_manager

PACKAGE: Final = "font_source_sans_pro"
FACES: Final = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")


def face(name: str) -> Path:
    """The file of a face."""
    return Path(str(files(PACKAGE).joinpath("files", name)))


# A face that is added twice is listed twice.
@cache
def add_typeface() -> None:
    """Lets matplotlib find the faces by the name that house.mplstyle has for them."""
    for name in FACES:
        font_manager.fontManager.addfont(face(name))
