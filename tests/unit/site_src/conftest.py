"""Pages of small bundles in memory: their surroundings, their contexts, and what becomes of their text."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from mkdocs.config import load_config

from analysis.artifacts import Bundle
from site_src.components.faces import HTML, MARKDOWN
from site_src.components.helpers import helpers
from site_src.context import Face, PageContext, Surroundings
from site_src.outputs import markdown_copies
from site_src.pages.finished_html import finished
from site_src.pages.render import RenderedPage, render_page
from tests.small_edition import small_edition

ROOT = Path(__file__).resolve().parents[3]
PAGE = "posts/page.md"
ADDRESS = "https://example.org/"
MakeSurroundings = Callable[..., Surroundings]
MakeContext = Callable[..., PageContext]
# Renders a text, or gives the whole page as HTML of the site or as its copy.
Render = Callable[..., RenderedPage]
Show = Callable[..., str]


@pytest.fixture(scope="session")
def small() -> Bundle:
    """An edition of one record of each kind."""
    return small_edition()


@pytest.fixture
def surroundings(small: Bundle) -> MakeSurroundings:
    """Makes what all pages of an edition share; its bundles are given oldest first."""

    def made(*bundles: Bundle, **known: Any) -> Surroundings:
        by_edition = {bundle.edition.id: bundle for bundle in bundles or (small,)}
        return Surroundings(address=ADDRESS, bundles=by_edition, **known)

    return made


@pytest.fixture
def context(surroundings: MakeSurroundings) -> MakeContext:
    """Makes the context of a page, ready for components: of the newest of some bundles, or of the edition named."""

    def made(*bundles: Bundle, page: str = PAGE, face: Face = HTML, edition: str = "", **known: Any) -> PageContext:
        meta = known.pop("meta", {})
        site = surroundings(*bundles, **known)
        bundle = site.bundles[edition] if edition else site.bundle
        page_context = PageContext(page=page, bundle=bundle, site=site, face=face, meta=meta)
        page_context.helpers = helpers(page_context)
        return page_context

    return made


@pytest.fixture
def copied(context: MakeContext) -> MakeContext:
    """The same for a copy in Markdown."""
    return lambda *bundles, **known: context(*bundles, face=MARKDOWN, **known)


@pytest.fixture
def rendered(context: MakeContext) -> Render:
    """Renders the text of a page."""
    return lambda text, *bundles, **known: render_page(text, context(*bundles, **known))


@pytest.fixture
def page_html(rendered: Render) -> Show:
    """The HTML of a page as readers get it."""

    def shown(text: str, *bundles: Bundle, **known: Any) -> str:
        page = rendered(text, *bundles, **known)
        return finished(_site_html(page.markdown), page.blocks, page.margin_notes)

    return shown


@pytest.fixture
def page_copy(rendered: Render) -> Show:
    """The copy of a page, without the facts at its head."""

    def shown(text: str, *bundles: Bundle, **known: Any) -> str:
        page = rendered(text, *bundles, face=MARKDOWN, **known)
        copy = markdown_copies.copy(page.markdown, {}, ROOT)
        return re.sub(r"\A---\n---\n\n", "", copy)

    return shown


@cache
def _converter() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[], hooks=[])
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def _site_html(markdown: str) -> str:
    """What the extensions of the site make of Markdown."""
    return str(_converter().reset().convert(markdown))
