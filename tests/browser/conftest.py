"""The site as a browser meets it, and the browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from site_src.release.site_root import is_name
from tests.browser import webkit
from tests.browser.chromium import here
from tests.browser.pages import Scheme
from tests.browser.serving import served
from tests.needs import lacking
from tests.sites import Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The shell of Chromium would move letters to whole pixels, which the whole browser does not.
    "--font-render-hinting=none",
]
# Opens an address: its width and scheme, and whether scripts run, may be given.
Open = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Leaves out what needs a browser where there is none; here, not in a fixture, so that the report is one line.

    The second browser comes from Debian alone, for root, and is required nowhere else.
    """
    if "browser" in item.fixturenames and not here():
        lacking("Chromium")
    if "webkit" in item.fixturenames and not webkit.here():
        lacking("WebKit", to_be_had=bool(webkit.ways(os.environ, user=os.geteuid())))


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """The whole site: the one in SITE_FOLDER, or one built for the tests."""
    if given := os.environ.get("SITE_FOLDER"):
        return Path(given).resolve()
    site: Site = request.getfixturevalue("site")
    return site.folder


@pytest.fixture(scope="session")
def pages(folder: Path) -> Path:
    """The pages of the newest edition."""
    return max(path for path in folder.iterdir() if is_name(path.name))


@pytest.fixture(scope="session")
def root(folder: Path) -> Iterator[str]:
    """The address of the whole site."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def address(root: str, pages: Path) -> str:
    """The address of the newest edition."""
    return f"{root}{pages.name}/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    executable = here()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def readers(browser: Browser) -> dict[bool, BrowserContext]:
    """Two readers, for whom scripts run or do not; as they have the files of the site already, pages open faster."""
    return {scripts: browser.new_context(java_script_enabled=scripts) for scripts in (True, False)}


@pytest.fixture
def opened(readers: dict[bool, BrowserContext], root: str) -> Iterator[Open]:
    """Opens addresses, each in a window of its own; after the test it is closed, and what was stored is gone."""
    pages = []

    def page(address: str, *, width: int = 1280, scheme: Scheme = "light", scripts: bool = True) -> Page:
        opened = readers[scripts].new_page()
        pages.append(opened)
        opened.set_viewport_size({"width": width, "height": 900})
        opened.emulate_media(color_scheme=scheme)
        opened.goto(address)
        return opened

    yield page
    for opened in pages:
        stored = {"origin": root.rstrip("/"), "storageTypes": "local_storage"}
        opened.context.new_cdp_session(opened).send("Storage.clearDataForOrigin", stored)
        opened.close()
