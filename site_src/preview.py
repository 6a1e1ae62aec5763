"""The site while people write it: the analysis runs in the background, and a fault takes the place of the pages.

What builds the site and what serves it are not known here: a folder that is served and a WSGI application go in.
"""

import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import TYPE_CHECKING, Final

from analysis import artifacts
from site_src.components.faces import HTML
from site_src.errors import BuildError
from site_src.release.subprocesses import Steps

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FAULT_PAGE: Final = "fault.html"
# Written when the site is to be built again, as when an analysis has ended; whoever serves the site watches it.
AGAIN: Final = Path(".cache", "build-again")


class Analysis:
    """The analysis in the background: one run at a time, and one for each state of data and code."""

    def __init__(self, root: Path) -> None:
        self.fault = ""
        self.again = root / AGAIN
        self._root = root
        self._tried = ""
        self._runs = False
        self.build_again()

    def keep_up(self) -> None:
        """Begins a run if data or code have changed since the last one; a fault holds until they change."""
        inputs = artifacts.input_hash(self._root)
        if self._runs or inputs == self._tried:
            return
        self._tried, self.fault = inputs, ""
        if inputs != artifacts.built_from(self._root):
            self._runs = True
            print("analysis: data or code changed; computing, pages show the values of before until then", flush=True)
            Thread(target=self._run, daemon=True).start()

    def build_again(self) -> None:
        """Asks for another build by whoever serves the site."""
        self.again.parent.mkdir(exist_ok=True)
        self.again.touch()

    def _run(self) -> None:
        try:
            with Steps(self._root) as steps:
                steps.step(["analysis", "build"])
            print("analysis: every edition is computed", flush=True)
        except BuildError as error:
            self.fault = str(error)
            print(self.fault, file=sys.stderr, flush=True)
        self._runs = False
        self.build_again()


def show_fault(folder: Path, message: str) -> None:
    """Puts the page with a message into a served folder; takes it away where there is no message."""
    page = folder / FAULT_PAGE
    if message:
        page.write_text(HTML.component("fault_page", message=message), encoding="utf-8")
    else:
        page.unlink(missing_ok=True)


def with_fault(served: "WSGIApplication", folder: Path, *, home: str, apart: str) -> "WSGIApplication":
    """Serves a folder, whose path on the web is `home`; every page is that of the fault while there is one.

    Below the path `apart` there are no pages.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        is_page = PurePosixPath(path).suffix in ("", ".html") and not path.startswith(apart)
        if is_page and (folder / FAULT_PAGE).is_file():
            environ = {**environ, "PATH_INFO": home + FAULT_PAGE}
        return served(environ, start_response)

    return answer
