"""What the parts of a drawing stand for, so that a page can show, hide and read out each by itself.

Matplotlib writes the id of an artist into the SVG. Ours say the kind of a part and then, after dots, the row of the
figure that it shows or the era that it is fitted to: `point.alexnet`, `fit.modern`. What a reader may ask to see, and
does not see at first, is listed in the drawing's `optional`.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from analysis.figures.canvas import Drawing

# Kinds of which there is one a row. A label and the line that leads to its point are two parts of one.
OF_A_ROW: Final = frozenset({"point", "error-bar", "label"})
LEADER: Final = ".leader"
OF_AN_ERA: Final = frozenset({"fit", "interval"})
# Columns by which a reader chooses rows, and the attribute that says them.
CHOICES: Final = {"domain": "data-domain", "on_frontier": "data-frontier"}
# Digits of a number that is read out.
READ_OUT_DIGITS: Final = 3


def slug(name: str) -> str:
    """A name as it stands in ids and attributes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def row_id(row: Mapping[str, Any], key: str) -> str:
    """What tells a row from the others of its figure."""
    return slug(str(row[key]))


def marks_of(drawing: Drawing) -> dict[str, dict[str, str]]:
    """The attributes of every part that stands for something, by its id in the SVG."""
    rows = {row_id(row, drawing.key): row for row in drawing.rows}
    places = {name: place for place, name in enumerate(rows)}
    first = min(drawing.words, key=lambda gid: places[gid.split(".")[1]], default="")
    found: dict[str, dict[str, str]] = {}
    for artist in drawing.figure.findobj(lambda artist: bool(artist.get_gid())):
        gid = str(artist.get_gid())
        kind, *of = gid.split(".")
        found[gid] = {"class": f"{kind} optional" if artist in drawing.optional else kind}
        if kind in OF_A_ROW:
            found[gid] |= _of_row(of[0], rows[of[0]])
        elif of and kind in OF_AN_ERA:
            found[gid]["data-era"] = of[0]
        if gid in drawing.words:
            found[gid] |= _to_focus(drawing.words[gid], "0" if gid == first else "-1")
    # The line from a label to its point is no artist of its own to matplotlib.
    return found | {f"{gid}{LEADER}": mark for gid, mark in found.items()}


def _of_row(name: str, row: Mapping[str, Any]) -> dict[str, str]:
    chosen = {attribute: str(row[column]).lower() for column, attribute in CHOICES.items() if column in row}
    return {"data-row": name, **chosen}


def _to_focus(words: str, tabindex: str) -> dict[str, str]:
    return {"role": "img", "tabindex": tabindex, "aria-label": words}
