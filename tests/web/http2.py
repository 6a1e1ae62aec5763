"""The built site over HTTP/2, as hosts serve it on the web; `tests.browser.serving` has the simpler server of the tests."""

import asyncio
import mimetypes
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import hypercorn.asyncio
import trustme
from hypercorn.config import Config
from hypercorn.typing import ASGIFramework, ASGIReceiveCallable, ASGISendCallable, Scope

from site_src.release.http_headers import HEADERS
from tests.browser.serving import KEPT_FOR, TEXT, compressed

LOCAL = "127.0.0.1"


@contextmanager
def served_over_http2(folder: Path) -> Iterator[str]:
    """The address under which a folder is served.

    Browsers speak HTTP/2 only where a connection is encrypted. The certificate is made for this call, so that a browser
    has to be asked to accept it.
    """
    listening = socket.create_server((LOCAL, 0))
    port = listening.getsockname()[1]
    with TemporaryDirectory() as keys:
        certificate = trustme.CA().issue_cert(LOCAL)
        key, chain = Path(keys, "key.pem"), Path(keys, "chain.pem")
        certificate.private_key_pem.write_to_path(key)
        chain.write_bytes(b"".join(part.bytes() for part in certificate.cert_chain_pems))
        config = Config()
        # The server closes it.
        config.bind = [f"fd://{listening.detach()}"]
        config.keyfile, config.certfile = str(key), str(chain)
        config.errorlog = None
        config.graceful_timeout = 0
        with _running(_files(folder), config):
            yield f"https://{LOCAL}:{port}/"


@contextmanager
def _running(application: ASGIFramework, config: Config) -> Iterator[None]:
    """Runs a server in a thread of its own."""
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    server = hypercorn.asyncio.serve(application, config, shutdown_trigger=stop.wait)
    thread = threading.Thread(target=loop.run_until_complete, args=(server,))
    thread.start()
    try:
        yield
    finally:
        # Connections that are still open are cut off: nobody waits for an answer any more.
        loop.set_exception_handler(lambda _loop, _context: None)
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def _files(folder: Path) -> ASGIFramework:
    """An application that sends the files of a folder, text compressed, with the headers of the site."""

    async def send_file(scope: Scope, _receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            return
        address = unquote(scope["path"])
        path = folder / f"{address}{'index.html' if address.endswith('/') else ''}".lstrip("/")
        found = path.is_file()
        shown = path if found else folder / "404.html"
        packed = shown.suffix in TEXT
        content = compressed(shown) if packed else shown.read_bytes()
        kind = mimetypes.guess_type(shown)[0] or "application/octet-stream"
        headers = {
            **HEADERS,
            "Cache-Control": KEPT_FOR,
            "Content-Type": f"{kind}; charset=utf-8" if packed else kind,
            "Content-Length": str(len(content)),
            **({"Content-Encoding": "gzip"} if packed else {}),
        }
        await send(
            {
                "type": "http.response.start",
                "status": 200 if found else 404,
                "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
                "trailers": False,
            }
        )
        await send({"type": "http.response.body", "body": content, "more_body": False})

    return send_file
