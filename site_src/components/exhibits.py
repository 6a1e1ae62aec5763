"""Figures and tables in a page: numbered, captioned, to be downloaded, and referred to from the text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from analysis.artifacts import Bundle
from analysis.contract import Column, Figure
from analysis.numerals import numeral
from analysis.record_text import markdown_text
from site_src import addresses
from site_src.components.citation import cite, one_way_back
from site_src.components.edition_links import linked, way
from site_src.components.figure_controls import controls
from site_src.components.figure_data import figure_data
from site_src.context import PageContext
from site_src.errors import PageError, find
from site_src.formatting import one_paragraph, unit_label

# The scale of the drawing that a figure shows first.
FIRST_SCALE: Final = "log"
WIDTHS: Final = ("wide", "narrow")
FIGURE_FILES: Final = ("svg", "png", "pdf", "csv")
TABLE_FILES: Final = ("csv",)
_MARK: Final = re.compile(r"@@(figure|table):([a-z0-9_.]+)@@")
_SIZE: Final = re.compile(r'viewBox="0 0 (\S+) (\S+)"')


def figure(context: PageContext, name: str, caption: str) -> str:
    """A figure with number, caption and downloads, and its data behind a disclosure. Raises: PageError."""
    drawn = drawing(context, name, caption)
    data = figure_data(context, context.bundle.figures[name], addresses.exhibit_anchor("figure", name))
    details = f'<details class="figure-data"><summary>Data of this figure</summary>{data}</details>'
    return f"{drawn}\n\n{context.set_aside(details)}"


def drawing(context: PageContext, name: str, caption: str) -> str:
    """A figure without its data. Raises: PageError."""
    record = find(context.bundle.figures, name, "figure")
    _once(context.figures, name, "figure")
    here = addresses.exhibit_anchor("figure", name)
    link = f'<a class="figure-anchor" href="#{here}" title="Link to this figure" aria-label="Link to this figure">#</a>'
    return (
        f'<figure class="figure" id="{here}" data-search-exclude markdown>\n\n'
        f"{context.set_aside(_drawings(context, record) + controls(record, here))}\n\n<figcaption markdown>\n\n"
        f"**Figure {record.number}.** {one_paragraph(caption)} {context.set_aside(link)}\n\n"
        f"{_ways(context, 'figure', name, FIGURE_FILES)}\n\n</figcaption>\n\n</figure>"
    )


def _drawings(context: PageContext, record: Figure) -> str:
    """Each drawing of a figure, of which the page shows one: that of the chosen scale and the width of the window."""
    return "".join(
        framed(context.bundle.text(f"figures/{file}.{width}.inline.svg"), f"drawing-{width} scale-{scale}")
        for scale, file in _files(record).items()
        for width in WIDTHS
    )


def _files(record: Figure) -> dict[str, str]:
    """What the drawings of a figure are called, by scale."""
    name = record.name
    return {FIRST_SCALE: name} | {scale: f"{name}.{scale}" for scale in record.variants}


def framed(svg: str, kinds: str) -> str:
    """A drawing in a box of its proportions, so that a browser knows its height before it lays it out."""
    return f'<div class="drawing {kinds}" data-ratio="{_ratio(svg)}">{svg}</div>'


def proportions(bundles: Iterable[Bundle]) -> str:
    """The rules of style that give the boxes of all drawings their proportions."""
    ratios = {
        _ratio(bundle.text(f"figures/{file}.{width}.inline.svg"))
        for bundle in bundles
        for record in bundle.figures.values()
        for file in _files(record).values()
        for width in WIDTHS
    }
    return "".join(f'.drawing[data-ratio="{ratio}"] {{ aspect-ratio: {ratio}; }}\n' for ratio in sorted(ratios))


def _ratio(svg: str) -> str:
    width, height = map(float, _SIZE.search(svg).groups())  # type: ignore[union-attr]
    return f"{width / height:.6f}"


def table(context: PageContext, name: str, caption: str) -> str:
    """A table with number, caption and download; numbers stand to the right. Raises: PageError."""
    record = find(context.bundle.tables, name, "table")
    _once(context.tables, name, "table")
    columns = [column for column in record.columns if column.kind != "to"]
    with one_way_back(context):
        lines = [
            _line(_heading(column) for column in columns),
            "|" + "|".join("--:" if column.kind in ("number", "from") else ":--" for column in columns) + "|",
            *(_line(_cell(context, row, column, record.columns) for column in columns) for row in record.rows),
        ]
    ways = _ways(context, "table", name, TABLE_FILES)
    return (
        f'<div class="data-table" id="{addresses.exhibit_anchor("table", name)}" markdown>\n\n'
        f"**Table {record.number}.** {one_paragraph(caption)}\n{{ .table-caption }}\n\n{ways}\n\n"
        + "\n".join(lines)
        + "\n\n</div>"
    )


def mark(context: PageContext, kind: addresses.ExhibitKind, name: str) -> str:
    """A mark for a reference, resolved once it is known what stands on the page. Raises: PageError."""
    find(context.bundle.figures if kind == "figure" else context.bundle.tables, name, kind)
    return f"@@{kind}:{name}@@"


def resolved(context: PageContext, markdown: str) -> str:
    """The page with every mark as a link: to this page where the thing stands here, else to its own page."""
    return _MARK.sub(lambda found: _reference(context, found[1], found[2]), markdown)  # type: ignore[arg-type]


def _reference(context: PageContext, kind: addresses.ExhibitKind, name: str) -> str:
    here, records = (
        (context.figures, context.bundle.figures) if kind == "figure" else (context.tables, context.bundle.tables)
    )
    text = f"{kind.capitalize()} {records[name].number}"
    # Not set aside: a mark at the start of a line would end the paragraph.
    if name in here:
        return f'<a href="#{addresses.exhibit_anchor(kind, name)}">{text}</a>'
    there = way(context, addresses.exhibit_page(kind, name))
    return f'<a href="{there.address}">{text}{there.mark}</a>'


def _ways(context: PageContext, kind: addresses.ExhibitKind, name: str, suffixes: tuple[str, ...]) -> str:
    """The files of a figure or table, and the way to its own page; all as they are in the edition that is shown."""
    links = [_download(context, addresses.download(f"{kind}s/{name}.{suffix}"), suffix.upper()) for suffix in suffixes]
    page = addresses.exhibit_page(kind, name)
    there = way(context, page)
    if context.page != page:
        links.append(f'<a href="{there.address}">Sources{there.mark}</a>')
    links.append(f'<a href="{there.address}#cite">Cite{there.mark}</a>')
    if kind == "figure":
        links.append('<button type="button" data-enlarge hidden>Enlarge</button>')
    return context.set_aside(f'<p class="downloads">{" ".join(links)}</p>')


def _download(context: PageContext, file: str, label: str) -> str:
    there = way(context, file)
    return f'<a href="{there.address}" download aria-label="Download as {label}{there.words}">{label}{there.mark}</a>'


def _once(shown: set[str], name: str, kind: str) -> None:
    if name in shown:
        raise PageError(f"{kind} '{name}' stands twice on the page")
    shown.add(name)


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _heading(column: Column) -> str:
    unit = unit_label(column.unit)
    return f"{column.label} ({unit})" if unit and column.label else column.label or unit or " "


def _cell(context: PageContext, row: Mapping[str, Any], column: Column, columns: Sequence[Column]) -> str:
    kind, value = column.kind, row[column.key]
    if kind == "from":
        end = columns[columns.index(column) + 1]
        return _range(value, row[end.key], column.digits)
    if value is None:
        return "–"
    return _WRITERS[kind](context, value, column)


def _written_number(_context: PageContext, value: float, column: Column) -> str:
    return numeral(value, column.digits)


def _written_date(_context: PageContext, value: str, _column: Column) -> str:
    return f'<span class="nowrap">{value}</span>'


def _written_system(context: PageContext, value: str, _column: Column) -> str:
    return linked(context, addresses.system_page(value), markdown_text(context.bundle.systems[value].name))


def _written_architecture(context: PageContext, value: str, _column: Column) -> str:
    return linked(context, addresses.network_page(value), markdown_text(context.bundle.architectures[value].title))


def _written_sources(context: PageContext, value: tuple[str, ...], _column: Column) -> str:
    return " ".join(cite(context, key) for key in value)


def _written_text(_context: PageContext, value: str, _column: Column) -> str:
    return markdown_text(str(value))


_WRITERS: Final[dict[str, Callable[[PageContext, Any, Column], str]]] = {
    "text": _written_text,
    "number": _written_number,
    "date": _written_date,
    "system": _written_system,
    "architecture": _written_architecture,
    "sources": _written_sources,
}


def _range(low: float | None, high: float | None, digits: int | None) -> str:
    """Two numbers as a range; a missing end says that there is no bound."""
    if low is None and high is None:
        return "–"
    start = "no bound" if low is None else numeral(low, digits)
    end = "no bound" if high is None else numeral(high, digits)
    return f'<span class="nowrap">{start} to {end}</span>'
