"""The edge of words in the colour of the paper for PNG and PDF, which know no `paint-order` as SVG does."""

from copy import copy

from matplotlib.figure import Figure
from matplotlib.patheffects import Stroke
from matplotlib.text import Annotation

from analysis.figures.look import HALO_PT, PAPER

# Under the words themselves, which stay text that can be searched and copied.
BENEATH = 0.1


def draw_halos(figure: Figure) -> None:
    """Draws the edge of all words that stand among what is drawn, as outlines beneath them."""
    for axes in figure.axes:
        for text in list(axes.texts):
            edge = copy(text)
            if isinstance(edge, Annotation):
                edge.arrowprops = edge.arrow_patch = None
            edge.set_path_effects([Stroke(linewidth=HALO_PT, foreground=PAPER)])
            edge.set_zorder(text.get_zorder() - BENEATH)
            edge.set_gid(None)
            axes.add_artist(edge)
