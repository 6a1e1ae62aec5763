"""What an edition is on the web: its name, and what lies above all editions.

Names go in, the text of files comes out; nothing is written here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mike.versions import Versions

from site_src import addresses
from site_src.components.faces import HTML
from site_src.release.http_headers import host_files

# Files of the newest edition that are at the root as well: the page for wrong addresses, whose links start at the
# root, as it is shown at any depth, and the guide for programs.
RAISED: Final = (addresses.NOT_FOUND, addresses.GUIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a published edition was built from: a commit, and the address that its pages name."""

    commit: str
    address: str


NO_SOURCES: Final[Mapping[str, Source]] = MappingProxyType({})


def is_name(name: str) -> bool:
    """Whether a text can name an edition: a year and a month such as 2020-05."""
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}", name) is not None


def root_files(
    editions: Iterable[str],
    address: str,
    newest: Mapping[str, bytes],
    sources: Mapping[str, Source] = NO_SOURCES,
) -> dict[str, str]:
    """What lies above the editions, by name: the list of them, the ways in, and what their host is to send and leave.

    `address` is where the site is published, `newest` holds the files of the newest edition by path, and `sources` are
    those of the editions that are published.
    """
    return {
        "versions.json": versions_json(editions, sources),
        "index.html": root_page(addresses.edition_root("", addresses.LATEST)),
        "robots.txt": robots(address),
        ".nojekyll": "",
        # An edition that is published already may be of code that made no such file.
        **{name: newest[name].decode() for name in RAISED if name in newest},
        **host_files(),
    }


def versions_json(editions: Iterable[str], sources: Mapping[str, Source] = NO_SOURCES) -> str:
    """The list from which readers choose an edition, newest first, in mike's format.

    The list keeps the sources of editions.
    """
    names = list(editions)
    versions = Versions()
    for name in names:
        versions.add(name, name, [addresses.LATEST] if name == max(names) else [])
        if name in sources:
            versions[name].set_property("commit", sources[name].commit)
            versions[name].set_property("address", sources[name].address)
    return f"{versions.dumps()}\n"


def sources_in(versions: str) -> dict[str, Source]:
    """The sources that a list of editions keeps, by edition."""
    return {
        str(info.version): Source(commit=info.properties["commit"], address=info.properties["address"])
        for info in Versions.loads(versions)
        if {"commit", "address"} <= set(info.properties or {})
    }


def root_page(target: str) -> str:
    """The page above all editions, which leads on to another one."""
    return HTML.component("root_page", address=target, icon=addresses.ICON) + "\n"


def robots(address: str) -> str:
    """The rules for search engines: all pages are open to them, and those of the newest edition are listed."""
    sitemap = addresses.newest(address, addresses.SITEMAP)
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
