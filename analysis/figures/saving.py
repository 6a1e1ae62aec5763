"""Writes settled figures as files, each in one pass, the same bytes on every run.

`Figure.savefig` first draws everything once more to lay it out, which takes as long as writing the file.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

from matplotlib.backend_bases import get_registered_canvas_class
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.figures.look import FONT_FAMILY, HALO_PT, PAPER, typeset

# As matplotlib writes those of the style file.
_FAMILY: Final = re.compile(r"font-family: [^;\"]*")
# In a page the style sheet gives words their edge, in the colour of its scheme.
HALO: Final = f"text{{paint-order: stroke; stroke: {PAPER}; stroke-width: {HALO_PT}px}}"
# Metadata by the names of the format.
Facts = Mapping[str, Any]
NOTHING: Final[Facts] = MappingProxyType({})


def svg_of(figure: Figure, facts: Facts = NOTHING) -> str:
    """An SVG file without a date; `facts` are by their names in Dublin Core."""
    buffer = BytesIO()
    _canvas(figure, "svg").print_svg(buffer, metadata={**facts, "Date": None, "Creator": None})
    svg = _FAMILY.sub(f"font-family: {FONT_FAMILY}", buffer.getvalue().decode("utf-8"))
    return svg.replace("</style>", f"{HALO}</style>", 1)


def png_of(figure: Figure, dots_per_inch: float, facts: Facts = NOTHING) -> bytes:
    """A picture on paper, without the name of the library, whose version would change it."""
    buffer, paper = BytesIO(), figure.get_facecolor()
    figure.set_dpi(dots_per_inch)
    figure.set_facecolor(PAPER)
    _canvas(figure, "png").print_png(buffer, metadata={**facts, "Software": None})
    figure.set_facecolor(paper)
    return buffer.getvalue()


def pdf_of(figure: Figure, facts: Facts = NOTHING) -> bytes:
    """A page for print that does not depend on the date or on the version of the library."""
    buffer = BytesIO()
    _canvas(figure, "pdf").print_pdf(
        buffer, metadata={**facts, "CreationDate": None, "Creator": None, "Producer": None}
    )
    return buffer.getvalue()


def _canvas(figure: Figure, kind: str) -> Any:
    """What draws a figure in a format, its words typeset; a backend is loaded when it is needed."""
    for words in figure.findobj(Text):
        words.set_text(typeset(words.get_text()))
    return get_registered_canvas_class(kind)(figure)
