"""The raised minus of the typefaces of pages and figures."""

from typing import Final

from fontTools.ttLib import TTFont

# The faces have it, but only as a form of the hyphen.
RAISED_MINUS: Final = (ord("⁻"), "hyphen.sups")


def add_raised_minus(font: TTFont) -> None:
    """Makes it a character of its own."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update([RAISED_MINUS])
