"""Places a label next to each point so that none covers another label, a point or the edge of the axes.

Greedy: points in order, candidates from near to far; the first free place is taken. A label that
finds no place is an error, because a figure that hides a name misleads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from analysis.errors import AnalysisError
from analysis.figures.look import INK, MUTED
from analysis.figures.svg_parts import LEADER

# Tried from near to far, in points: close labels need no line to their point.
DISTANCES_PT: Final = (6.0, 10.0, 15.0, 21.0, 28.0, 36.0, 46.0, 58.0, 72.0, 90.0, 110.0, 132.0, 156.0)
DIRECTIONS: Final = 16
MARKER_PT: Final = 7.0
LEADER_FROM_PT: Final = 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words for a point in data coordinates. `gid` is the id of the mark, as in `marks`."""

    text: str
    x: float
    y: float
    colour: str = INK
    gid: str = ""


def place_labels(axes: Axes, labels: Sequence[Label], obstacles: Sequence[tuple[float, float]]) -> None:
    """Writes the labels. `obstacles` are all points drawn, in data coordinates.

    Raises: AnalysisError naming a label for which there is no room.
    """
    figure = axes.figure
    # Positions in pixels exist only after the layout has run.
    figure.draw_without_rendering()  # type: ignore[union-attr]
    scale = figure.dpi / 72
    room = axes.get_window_extent()
    marker = MARKER_PT * scale
    taken = [_box(x, y, marker, marker) for x, y in axes.transData.transform(list(obstacles))]
    for label in labels:
        x, y = axes.transData.transform((label.x, label.y))
        width, height = _size(axes, label)
        place = next(
            (
                (dx, dy, box)
                for dx, dy in _candidates(width, height, scale)
                if _free(box := _box(x + dx, y + dy, width, height), taken, room)
            ),
            None,
        )
        # A figure with a missing or hidden name must not be published.
        if place is None:
            raise AnalysisError(f"no room for the label '{label.text}' in a figure")
        dx, dy, box = place
        taken.append(box)
        _write(axes, label, dx / scale, dy / scale, (width / scale, height / scale))


def _candidates(width: float, height: float, scale: float) -> list[tuple[float, float]]:
    """Offsets of a label's centre from its point, in pixels, nearest first."""
    offsets = []
    for distance in DISTANCES_PT:
        for i in range(DIRECTIONS):
            angle = 2 * pi * i / DIRECTIONS
            offsets.append(
                (
                    cos(angle) * (distance * scale + width / 2),
                    sin(angle) * (distance * scale + height / 2),
                )
            )
    return offsets


def _write(axes: Axes, label: Label, dx: float, dy: float, size: tuple[float, float]) -> None:
    """Draws the label, with a thin line to its point if it is far from it."""
    gap = max(abs(dx) - size[0] / 2, abs(dy) - size[1] / 2)
    written = axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=(dx, dy),
        textcoords="offset points",
        ha="center",
        va="center",
        color=label.colour,
        arrowprops={
            "arrowstyle": "-",
            "connectionstyle": "arc3",
            "color": MUTED,
            "linewidth": 0.5,
            "shrinkA": 0,
            "shrinkB": 3,
        }
        if gap > LEADER_FROM_PT
        else None,
        annotation_clip=False,
    )
    if label.gid:
        written.set_gid(label.gid)
        if written.arrow_patch:
            written.arrow_patch.set_gid(f"{label.gid}{LEADER}")


def _size(axes: Axes, label: Label) -> tuple[float, float]:
    """Width and height of the written label in pixels, with a little air."""
    text = axes.text(label.x, label.y, label.text)
    box = text.get_window_extent()
    text.remove()
    # More room at the sides than above: names next to each other run together sooner than names in two lines.
    return box.width + 4, box.height + 1


def _box(x: float, y: float, width: float, height: float) -> Bbox:
    return Bbox.from_bounds(x - width / 2, y - height / 2, width, height)


def _free(box: Bbox, taken: Sequence[Bbox], room: Bbox) -> bool:
    inside = room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1
    return inside and not any(box.overlaps(other) for other in taken)
