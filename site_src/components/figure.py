"""Figures in a page: every drawing of a figure, what a reader may choose, its caption, its files and its data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from markupsafe import Markup

from analysis.artifacts import Bundle
from analysis.contract import Figure
from site_src import addresses
from site_src.citing.citable import LICENCE, SITE_NAME
from site_src.components.edition_links import target
from site_src.components.exhibit_links import exhibit_links, file, show_once
from site_src.components.figure_controls import Group, controls
from site_src.components.figure_data import figure_data
from site_src.context import PageContext
from site_src.errors import find
from site_src.formatting import one_paragraph

# The scale of the drawing that a figure shows first.
FIRST_SCALE: Final = "log"
# With more rows than this, a figure would be a small part of its own page.
MOST_ROWS: Final = 100
WIDTHS: Final = ("wide", "narrow")
_DESCRIPTION: Final = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)
_MEASURE: Final = re.compile(r'^<svg\b[^>]* data-measure="([^"]*)"')
_SIZE: Final = re.compile(r'viewBox="0 0 (\S+) (\S+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What is written above a figure; without a number where the page is not about it."""

    title: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing in a box of its proportions, so that a browser knows its height before it lays it out."""

    svg: Markup
    kinds: str
    ratio: str

    @property
    def measure(self) -> str:
        """What the drawing measures, with the unit; may be empty."""
        found = _MEASURE.search(self.svg)
        return unescape(found[1]) if found else ""

    @property
    def description(self) -> str:
        """The description of the drawing for those who do not see it; may be empty."""
        found = _DESCRIPTION.search(self.svg)
        return unescape(found[1]) if found else ""


def figure(context: PageContext, name: str, caption: str, *, one_scale: bool = False) -> str:
    """A figure with title, caption, source and downloads, and its data behind a disclosure. Raises: PageError.

    A figure of many rows leaves them on its own page, from which a script takes them when a reader asks for one. With
    `one_scale` it has its first scale alone, and its own page the others.
    """
    shown = figure_without_data(context, name, caption, one_scale=one_scale)
    record = context.bundle.figures[name]
    if len(record.rows) > MOST_ROWS:
        page = target(context, addresses.exhibit_page("figure", name))
        data = context.component("data_elsewhere", page=page)
    else:
        data = context.component("folded_data", data=figure_data(context, record))
    return f"{shown}\n\n{context.block(data)}"


def figure_without_data(context: PageContext, name: str, caption: str, *, one_scale: bool = False) -> str:
    """A figure as it appears on its own page, which shows its data apart. Raises: PageError."""
    record = find(context.bundle.figures, name, "figure")
    heading = Heading(title=record.title, number=record.number)
    drawings = _first_scale(context.bundle, record) if one_scale else list(drawings_of(context.bundle, record))
    choices = controls(record, addresses.exhibit_anchor("figure", name), scales=not one_scale)
    return _framed(context, record, heading, drawings, choices, caption)


def still_figure(context: PageContext, name: str, caption: str) -> str:
    """A figure as it first appears, without its number, choices and data, which its own page has. Raises: PageError."""
    record = find(context.bundle.figures, name, "figure")
    return _framed(context, record, Heading(title=record.title), _first_scale(context.bundle, record), (), caption)


def _first_scale(bundle: Bundle, record: Figure) -> list[Drawing]:
    return [shown for shown in drawings_of(bundle, record) if f"scale-{FIRST_SCALE}" in shown.kinds.split()]


def _framed(
    context: PageContext,
    record: Figure,
    heading: Heading,
    drawings: Sequence[Drawing],
    choices: Sequence[Group],
    caption: str,
) -> str:
    """Drawings with heading, choices, caption, source and files."""
    name, anchor = record.name, addresses.exhibit_anchor("figure", record.name)
    show_once(context, "figure", name)
    above = context.component("figure_heading", heading=heading, anchor=anchor, measure=drawings[0].measure)
    shown = context.component(
        "drawings",
        drawings=drawings,
        controls=choices,
        alt=record.alt,
        address=file(context, "figure", name, "svg").address,
    )
    source = context.component("figure_source", work=SITE_NAME, edition=context.bundle.edition.id, licence=LICENCE)
    return context.component(
        "figure",
        anchor=anchor,
        heading=Markup(context.block(above)),  # noqa: S704 - a mark
        drawings=Markup(context.block(shown)),  # noqa: S704 - a mark
        caption=Markup(one_paragraph(caption)),  # noqa: S704 - Markdown of the page
        source=Markup(context.block(source)),  # noqa: S704
        links=Markup(context.block(exhibit_links(context, "figure", name))),  # noqa: S704
    )


def drawings_of(bundle: Bundle, record: Figure) -> Iterator[Drawing]:
    """Each drawing of a figure, of which the page shows one: that of the chosen scale and the width of the window."""
    for scale, name in _files(record).items():
        for width in WIDTHS:
            yield drawing(bundle.text(f"figures/{name}.{width}.inline.svg"), f"drawing-{width} scale-{scale}")


def drawing(svg: str, kinds: str) -> Drawing:
    """A drawing with its proportions; `kinds` are further classes."""
    return Drawing(svg=Markup(svg), kinds=kinds, ratio=_ratio(svg))  # noqa: S704 - made by the analysis


def proportions(bundles: Iterable[Bundle]) -> str:
    """The rules of style that give the boxes of all drawings their proportions."""
    ratios = {
        shown.ratio for bundle in bundles for record in bundle.figures.values() for shown in drawings_of(bundle, record)
    }
    return "".join(f'.drawing[data-ratio="{ratio}"] {{ aspect-ratio: {ratio}; }}\n' for ratio in sorted(ratios))


def _files(record: Figure) -> dict[str, str]:
    """What the drawings of a figure are called, by scale."""
    return {FIRST_SCALE: record.name} | {scale: f"{record.name}.{scale}" for scale in record.variants}


def _ratio(svg: str) -> str:
    width, height = map(float, _SIZE.search(svg).groups())  # type: ignore[union-attr]
    return f"{width / height:.6f}"
