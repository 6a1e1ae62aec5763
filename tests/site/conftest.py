"""The bundle that pages are rendered from."""

import pytest

from analysis.artifacts import Bundle
from tests.sites import Site


@pytest.fixture(scope="session")
def bundle(site: Site) -> Bundle:
    """The bundle of the newest edition."""
    return Bundle(site.root / "build" / site.pages.name)
