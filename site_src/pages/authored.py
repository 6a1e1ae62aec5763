"""The authored pages as text: the first edition of each, and its captions."""

import fnmatch
import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import yaml

from site_src.addresses import ExhibitKind, relative_copy
from site_src.errors import PageError

# The one in C takes a tenth of the time of the other, which is there wherever PyYAML is.
SAFE_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A link to the source of another page or to a file, as MkDocs checks it.
LINK: Final = re.compile(r"\]\(([\w./-]+)(#[^)\s]*)?\)")
SINCE: Final = re.compile(r'^(?:# +)?since: "(\d{4}-\d{2})"$', re.MULTILINE)
HEADING: Final = re.compile(r"^(?:# )?# (\S.*)$", re.MULTILINE)
# The settings that a post must have.
OF_A_POST: Final = ("title", "description", "topic", "since")
CAPTION: Final = re.compile(r'\{% call (figure|table)\("([a-z0-9_.]+)"[^)]*\) %\}(.*?)\{% endcall %\}', re.DOTALL)


def since(text: str) -> str:
    """The first edition that has a page, or nothing where all have it. A notebook says it in a comment."""
    found = SINCE.search(text)
    return found[1] if found else ""


@cache
def front_matter(text: str) -> Mapping[str, Any]:
    """The settings between the two lines of dashes at the head of a page."""
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return MappingProxyType(yaml.load(found[1], SAFE_LOADER) if found else {})  # noqa: S506 - it is a safe one


def title(page: str, text: str) -> str:
    """The title of a page: that of its settings, else its first heading, which in a notebook is a comment."""
    heading = HEADING.search(text)
    return str(front_matter(text).get("title") or (heading[1] if heading else page))


def post(page: str, text: str) -> Mapping[str, Any]:
    """The settings of a post. Raises: PageError for one that lacks what its citation or the feed needs."""
    front = front_matter(text)
    if missing := [name for name in OF_A_POST if not front.get(name)]:
        raise PageError(f"docs/{page}: front matter: found no {', '.join(missing)}; expected {', '.join(OF_A_POST)}")
    return front


def captions(sources: Mapping[str, str]) -> dict[tuple[ExhibitKind, str], str]:
    """The caption of every figure and table: that of the first page to show it, the home page last."""
    found: dict[tuple[ExhibitKind, str], str] = {}
    for page in sorted(sources, key=lambda page: (page == "index.md", page)):
        for kind, name, text in CAPTION.findall(sources[page]):
            found.setdefault((kind, name), text.strip())
    return found


def shown_on(sources: Mapping[str, str]) -> dict[tuple[ExhibitKind, str], list[str]]:
    """The pages that show each figure and table."""
    places: dict[tuple[ExhibitKind, str], list[str]] = {}
    for page, text in sources.items():
        for kind, name, _ in CAPTION.findall(text):
            places.setdefault((kind, name), []).append(page)
    return places


def pages_at(edition: str, sources: Mapping[str, str]) -> dict[str, str]:
    """The pages that an edition has."""
    return {page: text for page, text in sources.items() if since(text) <= edition}


def led_to_copies(text: str, page: str) -> str:
    """The source of a page whose links to other sources lead to the copies of those pages."""

    def led(found: re.Match[str]) -> str:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page), found[1]))
        return f"]({relative_copy(page, place)}{found[2] or ''})"

    return LINK.sub(led, text)


def nav_at(nav: list[Any], pages: Iterable[str]) -> list[Any]:
    """The navigation with the pages of an edition alone; a section that is left empty goes too.

    `posts/*.md` names every page that it matches, in the order of their names, which begin with a date.
    """
    known = set(pages)
    kept: list[Any] = []
    for item in nav:
        title, target = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if isinstance(target, str) and "*" in target:
            kept += [{title: matched}] if (matched := fnmatch.filter(sorted(known), target)) else []
        elif isinstance(target, list):
            if inner := nav_at(target, known):
                kept.append({title: inner})
        elif target in known:
            kept.append(item)
    return kept
