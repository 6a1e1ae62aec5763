"""Packs a built edition into one zip file whose pages open from disk, without a server.

In: the folder of an edition as MkDocs built it. Out: the same files under one folder, with links that name files,
and without search and the choice of versions, which ask a server. The same folder gives the same bytes.
"""

import datetime as dt
import html
import json
import posixpath
import re
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Files that are of no use without a server, and other archives.
LEFT_OUT: Final = (
    "*.zip",
    "404.html",
    "sitemap.xml*",
    "search/*",
    "*index.md",
    "assets/javascripts/workers/*",
    "assets/javascripts/lunr/*",
)
# Elements of the theme that serve the search: tag, attribute, value.
CUT: Final = frozenset({("label", "for", "__search"), ("div", "data-md-component", "search")})
ADDRESSES: Final = frozenset({"href", "src"})
# A regular file of Unix that all may read and its owner may write.
PERMISSIONS: Final = 0o100644 << 16
UNIX: Final = 3
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


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
    """A page as it works from disk. `page` is its path in the edition, `held` are the paths beside it."""
    found = _Changes(text, page, held, address)
    found.feed(text)
    found.close()
    pieces, done = [], 0
    for start, end, new in found.changes:
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


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


class _Changes(HTMLParser):
    """The changes that a page needs, in order: from where to where in the text, and what stands there instead."""

    def __init__(self, text: str, page: str, held: AbstractSet[str], address: str) -> None:
        super().__init__()
        self.changes: list[tuple[int, int, str]] = []
        self._text, self._page, self._held, self._address = text, page, held, address
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        # The element that is being cut: its tag, how deep we are in elements of that tag, where it starts.
        self._cut, self._depth, self._start = "", 0, 0
        # Where the settings of the theme start, while we are in them.
        self._settings: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Starts to cut an element, or mends the addresses of a tag."""
        if self._cut:
            self._depth += tag == self._cut
        elif any((tag, name, value) in CUT for name, value in attrs):
            self._cut, self._depth, self._start = tag, 1, self._place()
        else:
            written, start = self.get_starttag_text() or "", self._place()
            mended = _ATTRIBUTE.sub(lambda match: self._mended(tag, match), written)
            if mended != written:
                self.changes.append((start, start + len(written), mended))
            if ("id", "__config") in attrs:
                self._settings = start + len(written)

    def handle_endtag(self, tag: str) -> None:
        """Ends a cut, or the settings of the theme."""
        if self._cut:
            self._depth -= tag == self._cut
            if not self._depth:
                self.changes.append((self._start, self._text.index(">", self._place()) + 1, ""))
                self._cut = ""
        elif self._settings is not None:
            end = self._place()
            settings = {**json.loads(self._text[self._settings : end]), "version": None}
            # A script must not hold the start of a tag.
            self.changes.append((self._settings, end, json.dumps(settings).replace("<", "\\u003c")))
            self._settings = None

    def _mended(self, tag: str, attribute: re.Match[str]) -> str:
        name, value = attribute[1].lower(), html.unescape(attribute[2] or attribute[3] or attribute[4] or "")
        if tag == "script" and (name, value) == ("type", "module"):
            return "defer"  # Browsers load no module from a file.
        if name not in ADDRESSES:
            return attribute[0]
        new = offline_address(value, self._page, held=self._held, address=self._address)
        return attribute[0] if new == value else f'{attribute[1]}="{html.escape(new)}"'

    def _place(self) -> int:
        """Where in the text the parser stands."""
        line, column = self.getpos()
        return self._lines[line - 1] + column
