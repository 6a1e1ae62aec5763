"""The page of a figure or table: the thing itself, its data, its code, its editions."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.artifacts import Bundle
from analysis.contract import Figure, Table
from site_src import addresses
from site_src.citing import cite_this
from site_src.components.figure import figure_without_data
from site_src.components.figure_data import figure_data
from site_src.components.table import table
from site_src.context import PageContext
from site_src.errors import find


def exhibit(
    context: PageContext, kind: addresses.ExhibitKind, name: str, rendered: Callable[[str], str]
) -> dict[str, Any]:
    """Everything that the template of such a page takes. Raises: PageError."""
    site = context.site
    bundle = context.bundle
    record = find(bundle.figures, name, kind) if kind == "figure" else find(bundle.tables, name, kind)
    # A caption is part of an authored page; a title is text, which a figure has above it anyway.
    authored, title = site.captions.get((kind, name)), "" if kind == "figure" else f"{record.title}."
    caption = rendered(authored) if authored else context.face.text(title)
    show = figure_without_data if kind == "figure" else table
    code, _, line = record.code.partition(":")
    earlier = [edition for edition in site.bundles if edition < site.edition]
    return {
        "kind": kind,
        "record": record,
        "shown": show(context, name, caption),
        "data": context.block(figure_data(context, record)) if isinstance(record, Figure) else "",
        "code": code,
        "line": line,
        "commit": site.commits.get(code, ""),
        "unchanged_since": _unchanged_since(site.bundles, kind, name),
        "previous": next((e for e in reversed(earlier) if name in _records(site.bundles[e], kind)), ""),
        "page": addresses.exhibit_page(kind, name),
        "places": [page for page in site.shown_on.get((kind, name), []) if page in site.pages],
        "cite": cite_this.block(context, cite_this.of_exhibit(site, kind, record)),
    }


def _records(bundle: Bundle, kind: str) -> dict[str, Figure] | dict[str, Table]:
    return bundle.figures if kind == "figure" else bundle.tables


def _unchanged_since(bundles: Mapping[str, Bundle], kind: str, name: str) -> str:
    """The first edition since which a figure or table is the same; a file for download also names its edition."""
    files = [f"{kind}s/{name}.csv"] + ([f"figures/{name}.wide.inline.svg"] if kind == "figure" else [])
    since, current = "", None
    for edition, bundle in bundles.items():
        found = [bundle.text(file) for file in files] if name in _records(bundle, kind) else None
        if found != current:
            since, current = edition, found
    return since
