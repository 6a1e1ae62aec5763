"""From a number or a work back to the pages that state or cite it.

Which pages those are is known once all are rendered; until then a mark stands in their place.
"""

import re
from collections.abc import Collection, Mapping
from html import escape
from typing import Final, Literal

from site_src import addresses

Verb = Literal["Stated", "Cited"]
_MARK: Final = re.compile(r"<!--(Stated|Cited)-on:(.*?)-->")


def mark(verb: Verb, name: str) -> str:
    """What stands for the pages that state a number or cite a work."""
    return f"<!--{verb}-on:{name}-->"


def filled(html: str, page: str, named: Mapping[Verb, Mapping[str, Collection[str]]]) -> str:
    """The HTML of a page with the places in; `named` tells by verb and page what a page states or cites."""

    def places(found: re.Match[str]) -> str:
        verb: Verb = found[1]  # type: ignore[assignment]
        links = [
            f'<a href="{addresses.relative_url(page, other)}">{escape(addresses.page_label(other))}</a>'
            for other, names in named[verb].items()
            if found[2] in names
        ]
        return f"{verb} on {', '.join(links)}." if links else f"{verb} on no page."

    return _MARK.sub(places, html)
