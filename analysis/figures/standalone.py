"""What a figure needs to be used alone: its title and what it measures above the chart, its source below it.

The chart keeps the layout that it has; the words are outside of it. Lengths are in points.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.figures.look import INK, MUTED, POINTS_PER_INCH

MARGIN: Final = 6.0
# Between the words and the chart.
GAP: Final = 9.0
# From one line to the next, for a size of one point.
LEADING: Final = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How lines of one kind are set."""

    size: float
    colour: str
    weight: Literal["normal", "bold"] = "normal"

    @property
    def font(self) -> FontProperties:
        """The face and the size; the family is that of the house style."""
        return FontProperties(size=self.size, weight=self.weight)

    def lines(self, text: str, width: float) -> list[str]:
        """A text in as few lines as fit a width."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and text_to_path.get_text_width_height_descent(longer, self.font, ismath=False)[0] <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


TITLE: Final = Style(size=14, colour=INK, weight="bold")
MEASURE: Final = Style(size=10.5, colour=MUTED)
SOURCE: Final = Style(size=8.5, colour=MUTED)


def add_words(drawn: Figure, *, title: str, source: str) -> None:
    """Makes a settled figure higher and writes the words above and below its chart."""
    width, height = _size(drawn)
    above = [(TITLE, line) for line in TITLE.lines(title, width - 2 * MARGIN)]
    above += [(MEASURE, line) for line in MEASURE.lines(str(drawn.get_label()), width - 2 * MARGIN)]
    below = [(SOURCE, line) for line in SOURCE.lines(source, width - 2 * MARGIN)]
    under, over = (_whole(GAP + _height(lines) + MARGIN) for lines in (below, above))
    _extend(drawn, under, over)
    _write(drawn, above, under + height + GAP + _height(above))
    _write(drawn, below, under - GAP)


def _extend(drawn: Figure, under: float, over: float) -> None:
    """Adds empty room under and over a figure; all that it holds keeps its size and its distances."""
    width, height = _size(drawn)
    whole = under + height + over
    for axes in drawn.axes:
        box = axes.get_position()
        axes.set_position((box.x0, (under + box.y0 * height) / whole, box.width, box.height * height / whole))
    for text in drawn.texts:
        text.set_y((under + text.get_position()[1] * height) / whole)
    for legend in drawn.legends:
        legend.set_bbox_to_anchor((0, under / whole, 1, height / whole), drawn.transFigure)
    drawn.set_size_inches(width / POINTS_PER_INCH, whole / POINTS_PER_INCH)


def _whole(length: float) -> float:
    """A length to the next whole pixel of a page, which every file has: three points are four pixels."""
    return ceil(length / 3) * 3


def _size(drawn: Figure) -> tuple[float, float]:
    width, height = drawn.get_size_inches() * POINTS_PER_INCH
    return float(width), float(height)


def _height(lines: list[tuple[Style, str]]) -> float:
    return sum(LEADING * style.size for style, _ in lines)


def _write(drawn: Figure, lines: list[tuple[Style, str]], top: float) -> None:
    """Writes lines downwards from a height over the bottom of the chart."""
    width, height = _size(drawn)
    for style, line in lines:
        drawn.text(MARGIN / width, top / height, line, va="top", color=style.colour, fontproperties=style.font)
        top -= LEADING * style.size
