"""The small drawing of a network: the share of operations and of parameters in each stage, as a bar and a diamond.

Stages go in; an SVG comes out, for download with plain colours and for a page with those of its theme. The drawing is
written directly: a plotting library takes eighty times as long for the same bars.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from analysis.counting.folding import Stage
from analysis.figures.look import (
    BLUE,
    FONT_FAMILY,
    GREY,
    GRID,
    INK,
    MUTED,
    NARROW_INCHES,
    ORANGE,
    POINTS_PER_INCH,
    ROOT_LOOK,
    SVG,
    theme_colour,
)

# Lengths are in points, the unit of the SVG.
WIDTH: Final = NARROW_INCHES * POINTS_PER_INCH
TOP, BOTTOM, ROW = 32.0, 34.0, 24.0
BAR_HEIGHT: Final = 15.0
# From the centre of a diamond to its points.
DIAMOND: Final = 3.6
MARGIN: Final = 2.0
# From one column of numbers to the next; "100" is 19 points wide.
COLUMN: Final = 25.0
# From the end of the bars to the numbers, with half a diamond on a share of 100%.
GAP: Final = 8.0
TICK: Final = 3.0
# From the middle of a line of text to its baseline.
BASELINE: Final = 3.6
# From the names to the bars, with half a diamond on a share of 0%.
NAME_GAP: Final = 6.0
# An average character of a name in Source Sans Pro at 10 points, and what short names with wide letters need beyond it.
CHARACTER: Final = 5.2
WIDE_LETTERS: Final = 10.0
# Longer names would leave no room for the bars on a phone.
LONGEST_LABEL: Final = 22
TICKS: Final = (0, 25, 50, 75, 100)
# The lines of the two heads, and the room of a mark behind its words.
UPPER_HEAD, LOWER_HEAD = 7.0, 22.0
MARK: Final = 24.0

Attributes = Mapping[str, str | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A stage as drawn: its label, its shares in %, and the height of its middle."""

    label: str
    macs: float
    params: float
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where the bars are: from the labels to the numbers, below the legend."""

    left: float
    right: float
    bottom: float

    def x(self, share: float) -> float:
        """Where a share in % is."""
        return self.left + (self.right - self.left) * share / 100


def network_svg(stages: Sequence[Stage], *, title: str, description: str) -> str:
    """The drawing as a file: one bar per stage for its share of the multiply-adds, a diamond for its parameters."""
    root = _drawing(stages, str)
    height = float(str(root.get("viewBox")).split()[-1])
    root.attrib.update({"width": f"{_number(WIDTH)}pt", "height": f"{_number(height)}pt", "role": "img"})
    root.set("font-family", FONT_FAMILY)
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        root.insert(place, _element(tag, {}, text))
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def inline_network_svg(stages: Sequence[Stage], *, prefix: str, title: str, description: str) -> str:
    """The drawing for a page, on one line: `prefix` makes its ids differ from those of other drawings there."""
    root = _drawing(stages, theme_colour)
    root.attrib.update({"role": "img", "aria-labelledby": f"{prefix}-title {prefix}-desc"})
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        root.insert(place, _element(tag, {"id": f"{prefix}-{tag}"}, text))
    return ET.tostring(root, encoding="unicode")


def described(title: str, stages: Sequence[Stage]) -> str:
    """What the drawing shows, in words."""
    macs, params = sum(stage.macs for stage in stages), sum(stage.params for stage in stages)
    busiest = max(stages, key=lambda stage: stage.macs)
    heaviest = max(stages, key=lambda stage: stage.params)
    return (
        f"Bars for the {len(stages)} stages of {title}: most multiply-adds are in {busiest.name}, "
        f"{100 * busiest.macs / macs:.0f}%, and most parameters in {heaviest.name}, "
        f"{100 * heaviest.params / params:.0f}%."
    )


def _drawing(stages: Sequence[Stage], paint: Callable[[str], str]) -> ET.Element:
    """The outermost element with all that is drawn, in colours as `paint` writes them."""
    rows = _rows(stages)
    names_end = WIDE_LETTERS + CHARACTER * max(len(row.label) for row in rows)
    plot = _Plot(left=names_end + NAME_GAP, right=WIDTH - MARGIN - 2 * COLUMN - GAP, bottom=TOP + ROW * len(rows))
    size = f"0 0 {_number(WIDTH)} {_number(plot.bottom + BOTTOM)}"
    root = _element("svg", {"xmlns": SVG, "viewBox": size, **ROOT_LOOK})
    # The title and the description are read out in place of what is drawn.
    drawn = ET.SubElement(root, "g", {"aria-hidden": "true"})
    drawn.extend(
        [
            _legend(paint),
            *_axes(plot, paint),
            _group({"fill": paint(BLUE)}, [_bar(row, plot) for row in rows]),
            _frame(plot, paint),
            _group({"fill": paint(ORANGE)}, [_diamond(plot.x(row.params), row.middle) for row in rows]),
            *_words(rows, plot, paint),
        ]
    )
    return root


def _rows(stages: Sequence[Stage]) -> list[_Row]:
    macs, params = sum(stage.macs for stage in stages), sum(stage.params for stage in stages)
    return [
        _Row(
            label=_short(stage.name),
            macs=100 * stage.macs / macs,
            params=100 * stage.params / params,
            middle=TOP + ROW * (place + 0.5),
        )
        for place, stage in enumerate(stages)
    ]


def _legend(paint: Callable[[str], str]) -> ET.Element:
    """What bars and diamonds are, each at the head of its column of numbers; the second is above the first."""
    first, second = (WIDTH - MARGIN - after for after in (COLUMN, 0))
    words = [
        _text(first - MARK, LOWER_HEAD + BASELINE, "multiply-adds in %"),
        _text(second - MARK, UPPER_HEAD + BASELINE, "parameters in %"),
    ]
    return _group(
        {},
        [
            _group({"fill": paint(BLUE)}, [_box(first - 19, LOWER_HEAD - 3.5, 19, 7)]),
            _group({"fill": paint(ORANGE)}, [_diamond(second - 9.5, UPPER_HEAD)]),
            _group({"text-anchor": "end", "fill": paint(INK)}, words),
        ],
    )


def _axes(plot: _Plot, paint: Callable[[str], str]) -> list[ET.Element]:
    """The lines and numbers of the horizontal axis, and what it shows."""
    places = [(tick, plot.x(tick)) for tick in TICKS]
    lines = [_line(x, TOP, x, plot.bottom) for _, x in places]
    ticks = [_line(x, plot.bottom, x, plot.bottom + TICK) for _, x in places]
    numbers = [_text(x, plot.bottom + 14, str(tick)) for tick, x in places]
    label = {"text-anchor": "middle", "fill": paint(INK)}
    return [
        _group({"stroke": paint(GRID), "stroke-width": 0.6}, lines),
        _group({"stroke": paint(GREY), "stroke-width": 0.8}, ticks),
        _group({"text-anchor": "middle", "fill": paint(MUTED)}, numbers),
        _group(label, [_text(plot.x(50), plot.bottom + 28, "Share in %")]),
    ]


def _frame(plot: _Plot, paint: Callable[[str], str]) -> ET.Element:
    lines = [_line(plot.left, TOP, plot.left, plot.bottom), _line(plot.left, plot.bottom, plot.right, plot.bottom)]
    return _group({"stroke": paint(GREY), "stroke-width": 0.8}, lines)


def _words(rows: Sequence[_Row], plot: _Plot, paint: Callable[[str], str]) -> list[ET.Element]:
    """The name of each stage before its bar and its two numbers behind it."""
    names = [_text(plot.left - NAME_GAP, row.middle + BASELINE, row.label) for row in rows]
    second = WIDTH - MARGIN
    macs = [_text(second - COLUMN, row.middle + BASELINE, _whole(row.macs)) for row in rows]
    params = [_text(second, row.middle + BASELINE, _whole(row.params)) for row in rows]
    return [
        _group({"text-anchor": "end", "fill": paint(MUTED)}, names),
        _group({"text-anchor": "end", "fill": paint(INK)}, macs),
        _group({"text-anchor": "end", "fill": paint(INK)}, params),
    ]


def _bar(row: _Row, plot: _Plot) -> ET.Element:
    return _box(plot.left, row.middle - BAR_HEIGHT / 2, plot.x(row.macs) - plot.left, BAR_HEIGHT)


def _box(x: float, y: float, width: float, height: float) -> ET.Element:
    return _element("rect", {"x": x, "y": y, "width": width, "height": height})


def _diamond(x: float, y: float) -> ET.Element:
    side = _number(DIAMOND)
    down, up = f"l{side} {side}", f"l-{side} -{side}"
    return _element("path", {"d": f"M{_number(x)} {_number(y - DIAMOND)}{down}l-{side} {side}{up}z"})


def _line(x1: float, y1: float, x2: float, y2: float) -> ET.Element:
    return _element("path", {"d": f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}"})


def _text(x: float, y: float, words: str) -> ET.Element:
    return _element("text", {"x": x, "y": y}, words)


def _group(attributes: Attributes, parts: Sequence[ET.Element]) -> ET.Element:
    made = _element("g", attributes)
    made.extend(parts)
    return made


def _element(tag: str, attributes: Attributes, text: str | None = None) -> ET.Element:
    written = {name: value if isinstance(value, str) else _number(value) for name, value in attributes.items()}
    made = ET.Element(tag, written)
    made.text = text
    return made


def _number(value: float) -> str:
    """A length to a tenth of a point, which is finer than can be seen."""
    return f"{value:.1f}".removesuffix(".0")


def _whole(share: float) -> str:
    """A share in %, with the difference between none and almost none."""
    return "<1" if 0 < share < 0.5 else f"{share:.0f}"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
