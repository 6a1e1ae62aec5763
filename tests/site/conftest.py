"""The bundles that pages are rendered from."""

import pytest

from analysis.artifacts import Bundle, FolderFiles, built_editions
from site_src.components.faces import HTML
from site_src.context import PageContext, Surroundings
from tests.sites import Context, Site


@pytest.fixture(scope="session")
def bundle(site: Site) -> Bundle:
    """The bundle of the newest edition."""
    return Bundle(FolderFiles(site.root / "build" / site.pages.name))


@pytest.fixture
def context_of(site: Site) -> Context:
    """Makes the context of a page, in the newest edition unless another is asked for."""

    def context(page: str, edition: str = "") -> PageContext:
        build = site.root / "build"
        names = [name for name in built_editions(build) if name <= (edition or site.pages.name)]
        bundles = {name: Bundle(FolderFiles(build / name)) for name in names}
        surroundings = Surroundings(address="https://example.org/", bundles=bundles)
        return PageContext(page=page, bundle=bundles[names[-1]], site=surroundings, face=HTML)

    return context
