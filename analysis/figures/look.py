"""The look that all drawings share, whatever draws them: colours, their theme variables, type and the width of a phone.

Imports no plotting library, so that a plain drawing can be written without loading one.
"""

from typing import Final

INK: Final = "#1f2328"
MUTED: Final = "#5b6470"
GREY: Final = "#8a929c"
GRID: Final = "#dfe3e8"
BLUE: Final = "#0068c8"
ORANGE: Final = "#b3541e"
GREEN: Final = "#006c52"
PURPLE: Final = "#8a3f90"
THEME: Final = {
    INK: "ink",
    MUTED: "muted",
    GREY: "grey",
    GRID: "grid",
    BLUE: "blue",
    ORANGE: "orange",
    GREEN: "green",
    PURPLE: "purple",
}
SVG: Final = "http://www.w3.org/2000/svg"
POINTS_PER_INCH: Final = 72
NARROW_INCHES: Final = 3.7
# Of a file for download, which holds no typeface: labels are placed for the first, and the others are hardly wider.
FONT_FAMILY: Final = "'Source Sans Pro', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
FONT_SIZE: Final = "10"
# Words have an edge in the colour of the paper, so that no line strikes them; its width is in points, both sides.
PAPER: Final = "#ffffff"
HALO_PT: Final = 3
# Set once on the root, so that it need not be repeated on every element. A drawing in a page has its typeface.
ROOT_LOOK: Final = {
    "font-size": FONT_SIZE,
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
}


def typeset(words: str) -> str:
    """Words as figures show them: with the apostrophe of print, not that of a keyboard."""
    return words.replace("'", "’")


def theme_colour(colour: str) -> str:
    """The variable of the page's theme for one of our colours; any other colour as it is."""
    return f"var(--figure-{THEME[colour]})" if colour in THEME else colour
