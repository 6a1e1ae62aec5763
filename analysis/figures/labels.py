"""Places a label next to each point so that none covers another label, a point or the edge of the axes.

Labels are placed one after another, each where it costs least: near its point and nearer to no other, its leader across
no other name and no other point. Then every two are placed again among all others until nothing moves; of several
orders the best counts. A label that finds no place is an error, because a figure that hides a name misleads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import cos, pi, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from analysis.errors import AnalysisError
from analysis.figures.canvas import settle
from analysis.figures.look import INK, MUTED
from analysis.figures.svg_parts import LEADER

# Tried from near to far, in points: close labels need no line to their point.
DISTANCES_PT: Final = (6.0, 10.0, 15.0, 21.0, 28.0, 36.0, 46.0, 58.0, 72.0, 90.0, 110.0, 132.0, 156.0)
DIRECTIONS: Final = 16
# The name of a line has no leader, so it stays near.
CORNER_DISTANCES: Final = 7
MARKER_PT: Final = 7.0
LEADER_FROM_PT: Final = 13.0
PASSES: Final = 20
# What a fault costs, in points of distance: a name over a name is never drawn, a leader through one hardly ever.
OVERLAP_COST: Final = 100_000.0
CROSSING_COST: Final = 300.0
LINE_COST: Final = 25.0
# A name is read as that of the nearest point; where it has to be near to another, it has a leader.
MISREAD_COST: Final = 150.0
# What each further place along a line costs, in points of distance.
ALONG_COST: Final = 0.5

Pairs = Sequence[tuple[float, float]]
# One box per row: left, bottom, right, top, in pixels.
Boxes = NDArray[np.float64]
# What each place of one label costs for each place of another, by their positions in the list.
Faults = Mapping[tuple[int, int], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words for a point in data coordinates, or for a line: `along` holds further places on it, the best ones first.

    `gid` is the id of the mark, as in `marks`.
    """

    text: str
    x: float
    y: float
    colour: str = INK
    gid: str = ""
    along: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """The free places that a label may take: offsets from its point, boxes, leaders, and what each costs by itself.

    `led` are far from their point, `misread` are near to it, but as near to another.
    """

    point: NDArray[np.float64]
    offsets: NDArray[np.float64]
    boxes: Boxes
    led: NDArray[np.bool_]
    misread: NDArray[np.bool_]
    costs: NDArray[np.float64]


def along_line(years: NDArray[np.float64], values: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Places along a line."""
    return [(float(year), float(value)) for year, value in zip(years, values, strict=True)]


def name_of_line(text: str, places: Pairs, colour: str, gid: str) -> Label:
    """The name of a line, next to the first of some places on it that has room."""
    (x, y), *along = places
    return Label(text=text, x=x, y=y, colour=colour, gid=gid, along=tuple(along))


def place_labels(axes: Axes, labels: Sequence[Label], points: Pairs, lines: Pairs = ()) -> None:
    """Writes the labels. `points` are all points drawn and `lines` samples of what else is, in data coordinates.

    Raises: AnalysisError naming a label for which there is no room.
    """
    # Positions in pixels exist only after the layout has run.
    settle(axes.get_figure(root=True))
    scale = axes.figure.dpi / 72
    drawn, along = (_squares(axes, places, MARKER_PT * scale) for places in (points, lines))
    choices = [_choice(axes, label, drawn, along, scale) for label in labels]
    for label, choice, place in zip(labels, choices, _best(labels, choices), strict=True):
        dx, dy = choice.offsets[place]
        _write(axes, label, (dx / scale, dy / scale), led=bool(choice.led[place] or choice.misread[place]))


def _best(labels: Sequence[Label], choices: Sequence[_Choice]) -> list[int]:
    """The place of each label: the best of what several orders lead to."""
    given = range(len(choices))
    faults = {(i, j): _faults(choices[i], choices[j]) for i, j in combinations(given, 2)}
    faults |= {(j, i): costs.T for (i, j), costs in faults.items()}
    crowded = sorted(given, key=lambda i: len(choices[i].costs))

    def cost(placed: Mapping[int, int], i: int) -> float:
        return float(_costs(choices, faults, placed, i)[placed[i]])

    found = [_settled(choices, faults, order) for order in (crowded, crowded[::-1], given)]
    best = min(found, key=lambda placed: sum(cost(placed, i) for i in given))
    for i, label in enumerate(labels):
        # A figure with a missing or hidden name must not be published.
        if cost(best, i) >= OVERLAP_COST:
            raise _no_room(label)
    return [best[i] for i in given]


def _settled(choices: Sequence[_Choice], faults: Faults, order: Sequence[int]) -> dict[int, int]:
    """The place of each label after all were placed in an order, then two at a time, until nothing moves."""
    placed: dict[int, int] = {}
    for _ in range(PASSES):
        before = dict(placed)
        for i in order:
            placed[i] = int(np.argmin(_costs(choices, faults, placed, i)))
        for i, j in combinations(order, 2):
            alone = {k: place for k, place in placed.items() if k not in (i, j)}
            first, second = (_costs(choices, faults, alone, k) for k in (i, j))
            together = first[:, None] + second + faults[i, j]
            if together.min() < together[placed[i], placed[j]]:
                placed[i], placed[j] = (int(place) for place in np.unravel_index(together.argmin(), together.shape))
        if placed == before:
            break
    return placed


def _costs(choices: Sequence[_Choice], faults: Faults, placed: Mapping[int, int], i: int) -> NDArray[np.float64]:
    """What each place of a label costs among the others where they are."""
    costs = choices[i].costs.copy()
    for j, place in placed.items():
        if j != i:
            costs += faults[i, j][:, place]
    return costs


def _faults(one: _Choice, other: _Choice) -> NDArray[np.float64]:
    """What each place of a label costs for each place of another."""
    over = _overlap(one.boxes, other.boxes)
    through = _led_through(one, other.boxes) | _led_through(other, one.boxes).T
    return OVERLAP_COST * over + CROSSING_COST * (through | _cross(one, other))


def _choice(axes: Axes, label: Label, drawn: Boxes, along: Boxes, scale: float) -> _Choice:
    """The places of a label that are free while no other label is written. Raises: AnalysisError if there are none."""
    room = axes.get_window_extent()
    point, *further = axes.transData.transform([(label.x, label.y), *label.along])
    width, height = _size(axes, label)
    offsets, costs = _corners(width, height, scale) if further else _offsets(width, height, scale)
    if further:
        costs = np.concatenate([costs + k * ALONG_COST for k in range(1 + len(further))])
        offsets = np.concatenate([offsets, *(place - point + offsets for place in further)])
    boxes = _boxes(point + offsets, width, height)
    outside = (boxes[:, :2] < (room.x0, room.y0)).any(axis=1) | (boxes[:, 2:] > (room.x1, room.y1)).any(axis=1)
    free = ~(outside | _overlap(boxes, drawn).any(axis=1) | _overlap(boxes, along).any(axis=1))
    if not free.any():
        raise _no_room(label)
    led = (np.abs(offsets) - (width / 2, height / 2)).max(axis=1) > LEADER_FROM_PT * scale
    led &= not further
    # Its own mark is where a leader ends.
    others = drawn[~((drawn[:, :2] < point) & (point < drawn[:, 2:])).all(axis=1)]
    misread = ~led & _nearer(boxes, point, (others[:, :2] + others[:, 2:]) / 2) & (not further)
    choice = _Choice(
        point=point,
        offsets=offsets[free],
        boxes=boxes[free],
        led=led[free],
        misread=misread[free],
        costs=(costs + MISREAD_COST * misread)[free],
    )
    over, across = (_led_through(choice, boxes).any(axis=1) for boxes in (others, along))
    return replace(choice, costs=choice.costs + CROSSING_COST * over + LINE_COST * across)


def _nearer(boxes: Boxes, point: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which boxes are as near to another point as to their own, or nearer."""
    points = np.concatenate([point[None], others])
    beyond = np.maximum(boxes[:, None, :2] - points, points - boxes[:, None, 2:])
    distances = np.hypot(*np.moveaxis(np.maximum(beyond, 0.0), 2, 0))
    found: NDArray[np.bool_] = (distances[:, 1:] <= distances[:, :1]).any(axis=1)
    return found


def _no_room(label: Label) -> AnalysisError:
    return AnalysisError(f"no room for the label '{label.text}' in a figure")


def _offsets(width: float, height: float, scale: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Offsets of a label's centre from its point in pixels, nearest first, and their distances in points."""
    angles = [2 * pi * i / DIRECTIONS for i in range(DIRECTIONS)]
    offsets = [
        (cos(angle) * (distance * scale + width / 2), sin(angle) * (distance * scale + height / 2))
        for distance in DISTANCES_PT
        for angle in angles
    ]
    return np.array(offsets), np.repeat(DISTANCES_PT, DIRECTIONS)


def _corners(width: float, height: float, scale: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Offsets that put a corner or an edge of a label next to a place on a line, and their distances in points."""
    distances = DISTANCES_PT[:CORNER_DISTANCES]
    offsets = [
        (across * (distance * scale + width / 2), up * (distance * scale + height / 2))
        for distance in distances
        for across in (1, -1, 0)
        for up in (-1, 1)
    ]
    return np.array(offsets), np.repeat(distances, len(offsets) // len(distances))


def _write(axes: Axes, label: Label, offset: tuple[float, float], *, led: bool) -> None:
    """Draws the label, with a thin line to its point if it is far from it."""
    line = {"arrowstyle": "-", "connectionstyle": "arc3", "color": MUTED, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3}
    written = axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=offset,
        textcoords="offset points",
        ha="center",
        va="center",
        color=label.colour,
        arrowprops=line if led else None,
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


def _squares(axes: Axes, places: Pairs, side: float) -> Boxes:
    return _boxes(axes.transData.transform(np.reshape(np.array(places, dtype=float), (-1, 2))), side, side)


def _boxes(centres: NDArray[np.float64], width: float, height: float) -> Boxes:
    half = np.array((width / 2, height / 2))
    return np.concatenate([centres - half, centres + half], axis=1)


def _overlap(boxes: Boxes, others: Boxes) -> NDArray[np.bool_]:
    """Which boxes, down, overlap which others, across."""
    within = (boxes[:, None, :2] < others[:, 2:]) & (others[:, :2] < boxes[:, None, 2:])
    found: NDArray[np.bool_] = np.logical_and.reduce(within, axis=2)
    return found


def _led_through(choice: _Choice, boxes: Boxes) -> NDArray[np.bool_]:
    """The leaders of which places, down, run through which boxes, across."""
    found = np.zeros((len(choice.led), len(boxes)), dtype=bool)
    run = choice.offsets[choice.led][:, None]
    # How far along a leader its line passes the sides of each box: those across and those up.
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = ((sides - choice.point) / run for sides in (boxes[:, :2], boxes[:, 2:]))
    enters, leaves = np.minimum(low, high).max(axis=2), np.maximum(low, high).min(axis=2)
    found[choice.led] = (enters < leaves) & (enters < 1) & (leaves > 0)
    return found


def _cross(one: _Choice, other: _Choice) -> NDArray[np.bool_]:
    """Which leaders of a label, down, cross which leaders of another, across."""
    between = other.point - one.point
    turn = _turn(one.offsets[:, None], other.offsets[None])
    with np.errstate(divide="ignore", invalid="ignore"):
        here = _turn(between, other.offsets)[None] / turn
        there = _turn(between, one.offsets)[:, None] / turn
    found: NDArray[np.bool_] = (here > 0) & (here < 1) & (there > 0) & (there < 1)
    return found & one.led[:, None] & other.led


def _turn(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cross product of vectors in the plane."""
    turn: NDArray[np.float64] = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return turn
