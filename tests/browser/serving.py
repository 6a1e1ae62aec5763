"""The built site, served on this machine as a host on the web serves it."""

import functools
import gzip
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from site_src.release.http_headers import HEADERS

# What hosts compress; all else is compressed already.
TEXT = (".css", ".csv", ".html", ".js", ".json", ".md", ".svg", ".txt", ".xml")
# GitHub Pages lets browsers keep files for ten minutes.
KEPT_FOR = "max-age=600"


@contextmanager
def served(folder: Path, host: "type[Host] | None" = None) -> Iterator[str]:
    """The address under which a folder is served."""
    handler = functools.partial(host or Host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves files with the headers of the site, text compressed, its own page for what is not there, and no word."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Sends what stands before the file, and the file itself compressed where that is worth it."""
        place = self.translate_path(self.path)
        path = Path(f"{place}index.html" if place.endswith("/") else place)
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()
        return self._compressed(HTTPStatus.OK, path)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Sends the page of the site for what is not there."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.copyfile(self._compressed(HTTPStatus.NOT_FOUND, page), self.wfile)

    def end_headers(self) -> None:
        """Adds the headers of every answer."""
        for name, value in {**HEADERS, "Cache-Control": KEPT_FOR}.items():
            self.send_header(name, value)
        super().end_headers()

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        """Sends a file, unless the browser has gone on to another page."""
        try:
            super().copyfile(source, outputfile)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_arguments: object) -> None:
        """Keeps requests out of what the tests print."""

    def _compressed(self, status: HTTPStatus, path: Path) -> io.BytesIO:
        """A file as gzip, once its head is sent."""
        content = compressed(path)
        self.send_response(status)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


@functools.cache
def compressed(path: Path) -> bytes:
    """A file as gzip at the level that hosts use."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
