"""What goes with every figure and table: its files, its own page, and references to it from the text."""

from typing import Final

from markupsafe import Markup

from site_src import addresses
from site_src.addresses import ExhibitKind
from site_src.components.edition_links import Target, target
from site_src.context import PageContext
from site_src.errors import PageError, find

FILES: Final[dict[ExhibitKind, tuple[str, ...]]] = {"figure": ("svg", "png", "pdf", "csv"), "table": ("csv",)}


def exhibit_links(context: PageContext, kind: ExhibitKind, name: str) -> Markup:
    """The files of a figure or table, and the way to its own page; all as they are in the edition that is shown."""
    page = addresses.exhibit_page(kind, name)
    return context.component(
        "exhibit_links",
        downloads={suffix.upper(): file(context, kind, name, suffix) for suffix in FILES[kind]},
        page=target(context, page),
        is_own_page=context.page == page,
        enlarged=kind == "figure",
    )


def file(context: PageContext, kind: ExhibitKind, name: str, suffix: str) -> Target:
    """Where a file of a figure or table is."""
    return target(context, addresses.exhibit_file(kind, name, suffix))


def reference(context: PageContext, kind: ExhibitKind, name: str) -> Markup:
    """A linked "Figure 1" or "Table 1": to this page where the thing is on it, else to its own page."""
    bundle = context.bundle
    record = find(bundle.figures, name, kind) if kind == "figure" else find(bundle.tables, name, kind)
    text = f"{kind.capitalize()} {record.number}"
    if context.page in context.site.shown_on.get((kind, name), ()):
        there = Target(address=f"#{addresses.exhibit_anchor(kind, name)}")
    else:
        there = target(context, addresses.exhibit_page(kind, name))
    link: Markup = context.face.inline.link(there.address, text, there.edition)
    return link


def show_once(context: PageContext, kind: ExhibitKind, name: str) -> None:
    """Notes that a page shows a figure or table. Raises: PageError for one that it shows already."""
    if (kind, name) in context.shown:
        raise PageError(f"{kind} '{name}' appears twice on the page")
    context.shown.add((kind, name))
