"""The meaning of the parts of a drawing, so that a page can show, hide and read out each separately.

Matplotlib writes the id of an artist into the SVG. Ours say the kind of a part and then, after dots, the row of the
figure that it shows or the era that it is fitted to: `point.alexnet`, `fit.modern`. What a reader may ask to see, and
does not see at first, is listed in the drawing's `optional`.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from analysis.figures.canvas import Drawing
from analysis.figures.look import typeset

# Kinds with one part per row. A label and the line to its point are two parts of one kind.
OF_A_ROW: Final = frozenset({"point", "error-bar", "label"})
# Many rows as one part, named by one of them: all are alike in what a reader can choose.
CLUSTER: Final = "cluster"
LEADER: Final = ".leader"
OF_AN_ERA: Final = frozenset({"fit", "interval"})
# Columns that a reader can filter by, and their attributes in the SVG.
CHOICES: Final = {
    "domain": "data-domain",
    "on_frontier": "data-frontier",
    "top_ten": "data-top",
    "confidence": "data-confidence",
    "open_weights": "data-open",
}
# Digits of a number that is read out.
READ_OUT_DIGITS: Final = 3
# Where a mark has what is read out: in the drawing it is an element of its own.
WORDS: Final = "title"


def slug(name: str) -> str:
    """A name in the form used in ids and attributes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def row_id(row: Mapping[str, Any], key: str) -> str:
    """The id of a row, unique in its figure."""
    return slug(str(row[key]))


def marks_of(drawing: Drawing) -> dict[str, dict[str, str]]:
    """The attributes of every part that has a meaning, by its id in the SVG."""
    content = drawing.content
    rows = {row_id(row, content.key): row for row in content.rows}
    places = {name: place for place, name in enumerate(rows)}
    # Where a page takes the words of points from their rows, a point has the place of its row, shorter than its name.
    shown = {row: {"data-row": row} if content.words else {"data-place": str(n)} for row, n in places.items()}
    first = min(content.words, key=lambda gid: places[gid.split(".")[1]], default="")
    found: dict[str, dict[str, str]] = {}
    for artist in drawing.figure.findobj(lambda artist: bool(artist.get_gid())):
        gid = str(artist.get_gid())
        kind, *of = gid.split(".")
        found[gid] = {"class": f"{kind} optional" if artist in drawing.optional else kind}
        if kind in OF_A_ROW:
            found[gid] |= {**shown[of[0]], **_choices(rows[of[0]])}
        elif kind == CLUSTER:
            found[gid] |= _choices(rows[of[0]])
        elif of and kind in OF_AN_ERA:
            found[gid]["data-era"] = of[0]
        if gid in content.words:
            found[gid] |= _to_focus(content.words[gid], "0" if gid == first else "-1")
    # To matplotlib the line is part of the label's annotation, so it needs its own id here.
    return found | {f"{gid}{LEADER}": mark for gid, mark in found.items()}


def _choices(row: Mapping[str, Any]) -> dict[str, str]:
    return {attribute: str(row[column]).lower() for column, attribute in CHOICES.items() if column in row}


def _to_focus(words: str, tabindex: str) -> dict[str, str]:
    return {"role": "img", "tabindex": tabindex, WORDS: typeset(words)}
