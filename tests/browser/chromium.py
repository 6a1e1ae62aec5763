"""Which Chromium the tests drive: the one on this machine, else Playwright's own, else one installed from Debian.

`python -m tests.browser.chromium` gets one where none is there; the tests look for it with `here`.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

# The shell, which has no window to draw, opens a page in half the time of the whole browser.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")
# Older releases of Debian have no package of the shell.
DEBIAN = (SHELL, "chromium")
FONTS = "fonts-dejavu-core"
Command = Sequence[str]


@functools.cache
def here() -> Path | None:
    """The browser of this machine."""
    return found(os.environ, own())


def found(environment: Mapping[str, str], own: Path) -> Path | None:
    """The browser named in BROWSER_EXECUTABLE, else the first on the PATH, else Playwright's own; one that starts."""
    if named := environment.get("BROWSER_EXECUTABLE"):
        candidates = [named]
    else:
        path = environment.get("PATH", "")
        candidates = [*filter(None, (shutil.which(name, path=path) for name in NAMES)), str(own)]
    return next((Path(candidate) for candidate in candidates if starts(candidate)), None)


def ways(environment: Mapping[str, str], *, user: int) -> list[list[Command]]:
    """The ways to get a browser, the one to try first in front, each as the commands it takes."""
    playwright = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    apt = shutil.which("apt-get", path=environment.get("PATH", ""))
    if not apt or user != 0:
        return [playwright]
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", FONTS]
    return [playwright, *([[apt, "update", "-qq"], [*install, browser]] for browser in DEBIAN)]


def provided(find: Callable[[], Path | None], ways: Sequence[Sequence[Command]]) -> Path | None:
    """A browser: one that is there, or the first that one of the ways gets."""
    for commands in ways:
        if there := find():
            return there
        # A way that fails is not the end: the next one is tried, and what is there in the end decides.
        all(subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0 for command in commands)
    return find()


def starts(executable: str) -> bool:
    """Whether a browser runs here: one that lacks a library of the system does not."""
    try:
        return subprocess.run([executable, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def own() -> Path:
    """Where Playwright puts the browser it installs."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def main() -> None:
    """Gets a browser if need be, and says which."""
    place = own()
    browser = provided(lambda: found(os.environ, place), ways(os.environ, user=os.geteuid()))
    print(f"browser: {browser or 'none could be had'}")


if __name__ == "__main__":
    main()
