"""Packs a built edition into one zip file whose pages open from disk, without a server.

In: the folder of an edition as MkDocs built it. Out: the same files under one folder, with links that name files,
and without search and the choice of versions, which ask a server. The same folder gives the same bytes.
"""

import datetime as dt
import json
import posixpath
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from site_src import addresses
from site_src.html_stream import ADDRESSES, CuttingStream, Tag, attribute, pieces_of

# Files that are of no use without a server, and other archives.
LEFT_OUT: Final = (
    "*.zip",
    addresses.NOT_FOUND,
    f"{addresses.SITEMAP}*",
    "search/*",
    f"*{addresses.COPY}",
    "assets/javascripts/workers/*",
    "assets/javascripts/lunr/*",
)
# Elements of the theme that serve the search: tag, attribute, value.
CUT: Final = frozenset({("label", "for", "__search"), ("div", "data-md-component", "search")})
CUT_NAMES: Final = frozenset(name for name, _, _ in CUT)
# A regular file of Unix that all may read and its owner may write.
PERMISSIONS: Final = 0o100644 << 16
UNIX: Final = 3


def offline_zip(folder: Path, target: Path, *, name: str, date: str, address: str) -> None:
    """Writes the files of an edition into a zip, under a folder `name` and dated `date` (an ISO date).

    `address` is where the edition is published; what the zip does not hold is linked there.
    """
    day = dt.date.fromisoformat(date)
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    held = frozenset(file for file in names if not any(fnmatchcase(file, pattern) for pattern in LEFT_OUT))
    with ZipFile(target, "w") as archive:
        for file in sorted(held):
            content = (folder / file).read_bytes()
            if file.endswith(".html"):
                content = offline_page(content.decode("utf-8"), file, held=held, address=address).encode("utf-8")
            entry = ZipInfo(f"{name}/{file}", date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = UNIX, PERMISSIONS
            archive.writestr(entry, content, compress_type=ZIP_DEFLATED, compresslevel=9)


def offline_page(text: str, page: str, *, held: AbstractSet[str], address: str) -> str:
    """A page as it works from disk. `page` is its path in the edition, `held` are all paths in the archive."""
    led = cache(lambda link: offline_address(link, page, held=held, address=address))
    return _OfflinePage(led).read(text)


def offline_address(link: str, page: str, *, held: AbstractSet[str], address: str) -> str:
    """Where a link leads from disk: to a file that is held, or to the published site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return link
    place = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if place in held:
        return link
    if posixpath.normpath(f"{place}/index.html") in held:
        return urlunsplit(parts._replace(path=f"{parts.path.removesuffix('/')}/index.html"))
    return urljoin(f"{address}{page}", link)


class _OfflinePage(CuttingStream):
    """One pass through a page; `led` is where a link of it leads from disk."""

    pieces = pieces_of(*ADDRESSES, *sorted(CUT_NAMES))

    def __init__(self, led: Callable[[str], str]) -> None:
        super().__init__(_is_cut)
        self._led = led
        # How much was written before the settings of the theme, while we are in them.
        self._settings: int | None = None

    def start(self, tag: Tag) -> str:
        """A start tag with other addresses."""
        if 'rel="preload"' in tag.written:
            return ""  # Browsers take no typeface from a file before its style sheet asks for it.
        if tag.name in CUT_NAMES:
            return super().start(tag)
        if tag.name == "script" and tag.attributes.get("id") == "__config":
            self._settings = len(self.out) + 1
        return super().start(tag.rewritten(lambda name, value, written: self._changed(tag.name, name, value, written)))

    def end(self, name: str) -> str:
        """An end tag; before that of the theme's settings these are taken back, for others."""
        if self._settings is None:
            return super().end(name)
        settings = {**json.loads("".join(self.out[self._settings :])), "version": None}
        del self.out[self._settings :]
        self._settings = None
        # A script must not hold the start of a tag.
        return json.dumps(settings).replace("<", "\\u003c") + super().end(name)

    def _changed(self, tag: str, name: str, value: str, written: str) -> str:
        if tag == "script" and (name, value) == ("type", "module"):
            return "defer"  # Browsers load no module from a file.
        led = self._led(value) if name == ADDRESSES.get(tag) else value
        return written if led == value else attribute(name, led)


def _is_cut(tag: Tag) -> bool:
    return tag.name in CUT_NAMES and any((tag.name, name, value) in CUT for name, value in tag.attributes.items())
