"""The second engine: Debian's WebKitGTK, driven by its own driver over the W3C WebDriver protocol, which Playwright lacks.

`python -m tests.browser.webkit` installs it for root on Debian. Elsewhere it cannot be had, and its tests are left out.
"""

import base64
import functools
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.browser.chromium import Command, provided

DEBIAN = ("webkit2gtk-driver", "xvfb", "fonts-dejavu-core")
DRIVER = "WebKitWebDriver"
DISPLAY_SERVER = "Xvfb"
LIBRARIES = Path("/usr/lib")
# Where Debian keeps the small browser that comes with the engine, whichever version it is of.
BROWSER = "*/webkit*gtk-*/MiniBrowser"
# A window of a page's own may be as narrow as a telephone; one with a toolbar may not.
OPTIONS = ["--automation", "--javascript-can-open-windows-automatically=true"]
# The readers of these tests like it dark.
SCHEME = {"GTK_THEME": "Adwaita:dark"}
SECONDS_TO_START = 20
SECONDS_TO_ANSWER = 60


@functools.cache
def here() -> Path | None:
    """The browser of this machine, where the driver and the display that it needs are there too."""
    if not (shutil.which(DRIVER) and shutil.which(DISPLAY_SERVER)):
        return None
    return next(iter(sorted(LIBRARIES.glob(BROWSER))), None)


def ways(environment: Mapping[str, str], *, user: int) -> list[list[Command]]:
    """The one way to get it, as the commands it takes; none for who may not install packages of Debian."""
    apt = shutil.which("apt-get", path=environment.get("PATH", ""))
    if not apt or user != 0:
        return []
    return [[[apt, "update", "-qq"], [apt, "install", "-y", "-qq", "--no-install-recommends", *DEBIAN]]]


class WebKit:
    """One session of the browser: it goes to addresses, runs scripts and clicks."""

    def __init__(self, driver: str, browser: Path) -> None:
        self._address = driver
        options = {"binary": str(browser), "args": OPTIONS}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        session = self._send("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self._address = f"{driver}/{session['sessionId']}"

    def go(self, address: str) -> None:
        """Opens an address and waits until it is loaded and every part of its script had its turn."""
        self._send("POST", "/url", {"url": address})
        self._send("POST", "/execute/async", {"script": "setTimeout(() => setTimeout(arguments[0]))", "args": []})

    def run(self, script: str) -> Any:
        """What the body of a function returns in the page."""
        return self._send("POST", "/execute/sync", {"script": script, "args": []})

    def click(self, selector: str) -> None:
        """Clicks the first element of a selector, as a reader does."""
        found = self._send("POST", "/element", {"using": "css selector", "value": selector})
        self._send("POST", f"/element/{next(iter(found.values()))}/click", {})

    def open_window(self, width: int, height: int) -> str:
        """Opens a window of its own and goes on in it; gives the name of the one before."""
        before: str = self._send("GET", "/window")
        self.run(f"open(location, 'own', 'popup,toolbar=no,location=no,menubar=no,width={width},height={height}')")
        opened = self._wait_for_another(before)
        self._send("POST", "/window", {"handle": opened})
        return before

    def close_window(self, back_to: str) -> None:
        """Closes the window and goes on in another."""
        self._send("DELETE", "/window")
        self._send("POST", "/window", {"handle": back_to})

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._send("GET", "/screenshot"))

    def close(self) -> None:
        """Ends the session and its browser."""
        self._send("DELETE", "")

    def _wait_for_another(self, window: str) -> str:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            if others := [handle for handle in self._send("GET", "/window/handles") if handle != window]:
                return str(others[0])
            time.sleep(0.1)
        raise TimeoutError("the browser opened no second window")

    def _send(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        request = Request(self._address + path, data=body, method=method)
        with urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:
            return json.load(answer)["value"]


@contextmanager
def launched(browser: Path) -> Iterator[WebKit]:
    """A session of the browser on a display that nobody sees."""
    port = _free_port()
    with _display() as display:
        environment = {**os.environ, **SCHEME, "DISPLAY": display}
        command = [DRIVER, f"--port={port}"]
        driver = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{port}/status")
            with closing(WebKit(f"http://127.0.0.1:{port}/session", browser)) as session:
                yield session
        finally:
            driver.terminate()
            driver.wait()


@contextmanager
def _display() -> Iterator[str]:
    """A display of a number that is free, which the server finds itself."""
    reading, writing = os.pipe()
    command = [DISPLAY_SERVER, "-displayfd", str(writing), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError(f"{DISPLAY_SERVER} did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urlopen(address, timeout=SECONDS_TO_ANSWER):
                return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def main() -> None:
    """Gets the browser where it can be had, and says which."""

    def find() -> Path | None:
        here.cache_clear()
        return here()

    print(f"second browser: {provided(find, ways(os.environ, user=os.geteuid())) or 'none could be had'}")


if __name__ == "__main__":
    main()
