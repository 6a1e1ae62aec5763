"""The only module that knows MkDocs: it hands over the pages of an edition and takes their HTML back.

The analysis runs as a process of its own, so that `mkdocs serve` never computes with code it has imported before.
Modules of this package are imported anew on every build for the same reason: `_fresh` is the only place that does so.
"""

import importlib
import os
import signal
import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

ROOT: Final = Path(__file__).resolve().parents[1]
# The script of the theme that searches.
SEARCH_WORKER: Final = "assets/javascripts/workers/search.*.min.js"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from site_src.edition_site import EditionSite


class _UnderWay:
    """The edition that is being built. MkDocs calls functions, which share it."""

    site: "EditionSite"
    faults: tuple[type[Exception], ...]


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001 - as MkDocs calls it
    """Lets a signal end a build as an error does, so that kernels of notebooks and the analysis end with it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Computes the bundles if their inputs changed; takes the newest edition unless one is asked for."""
    asked_for = config.extra.get("edition")
    site = _fresh(Path(config.docs_dir), config.site_url or "", asked_for)
    config.extra["edition"] = site.edition
    if asked_for:
        # One edition of several: it has an address of its own, and neighbours to choose from.
        config.site_url = site.home
        config.extra["version"] = {"provider": "mike", "alias": True, "default": site.latest}
    config.copyright = config.extra["edition_is"] = site.sentence
    config.extra["as_of"] = site.as_of
    config.nav = site.nav(config.nav or [])
    os.environ["IPYTHONDIR"] = str(site.kernel_profile())
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leaves out the pages of other editions; adds generated pages, every file for download, and the rest."""
    site = _UnderWay.site
    for file in list(files.documentation_pages()):
        if file.src_uri not in site.pages.sources:
            files.remove(file)
    for path, source in site.pages.generated.items():
        file = File.generated(config, path, content=source, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = site.edited_at(path)
        files.append(file)
    for path, content in site.files():
        if isinstance(content, Path):
            files.append(File.generated(config, path, abs_src_path=str(content)))
        else:
            files.append(File.generated(config, path, content=content))
    worker = next(file for file in files if fnmatchcase(file.src_uri, SEARCH_WORKER))
    files.remove(worker)
    files.append(File.generated(config, worker.src_uri, content=site.search_worker(worker.content_string)))
    try:
        site.pages.render()
    except _UnderWay.faults as error:
        raise PluginError(str(error)) from None
    return files


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Runs a notebook only where no results are kept; the plugin has put its own way of rendering in place."""
    if page.file.src_uri.endswith(".py"):
        render, seconds = page.render, config.extra["notebook_seconds"]

        def run() -> dict[str, Any]:
            render(config, files)
            return {"content": page.content, "title": page.title, "toc": _tokens(page.toc)}

        def render_once(config: MkDocsConfig, files: Files) -> None:
            try:
                shown = _UnderWay.site.notebook(page.file.src_uri, seconds=seconds, run=run)
            except _UnderWay.faults as error:
                raise PluginError(str(error)) from None
            page.content, page.title, page.toc = shown["content"], shown["title"], get_toc(shown["toc"])

        page.render = render_once  # type: ignore[method-assign]
    return page


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The rendered Markdown of a page, with the numbers of the edition it belongs to."""
    rendered = _UnderWay.site.pages.rendered.get(page.file.src_uri)
    return rendered.markdown if rendered else markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Notes the anchors inside blocks, so that links to them are checked like any other."""
    anchors = _UnderWay.site.pages.anchors(page.file.src_uri)
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors}
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Sends search engines to each page in the newest edition; adds the guide to all pages.

    Citations name the edition that is built.
    """
    site = _UnderWay.site
    pages = [file.page for file in files.documentation_pages() if file.page]
    if "version" in config.extra:
        for page in pages:
            page.canonical_url = site.newest(page.url)
    listed = [(page.url, str(page.title), str(page.meta.get("description", ""))) for page in pages]
    guide = site.guide(listed, home=config.site_url or "", description=config.site_description or "")
    files.append(File.generated(config, site.guide_file, content=guide))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Puts the finished blocks into a page, once the search has read it; writes its copy in Markdown."""
    site, source = _UnderWay.site, page.file.src_uri
    page.content = site.pages.finished_html(source, page.content or "")
    facts = {
        "title": str(page.title),
        "description": str(page.meta.get("description", config.site_description)),
        "address": f"{config.site_url}{page.url}",
        "newest": page.canonical_url or "",
    }
    path = Path(config.site_dir, page.file.dest_uri).with_name(site.copy_file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(site.copy(source, facts), encoding="utf-8")
    page.meta.update(site.head(source))
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Makes the search find records by their names; the plugin has written what it knows by now."""
    folder, site = Path(config.site_dir), _UnderWay.site
    written = (folder / site.index_file).read_text(encoding="utf-8")
    for path, text in site.search_files(written).items():
        (folder / path).write_text(text, encoding="utf-8")


def _fresh(docs: Path, address: str, edition: str | None) -> "EditionSite":
    """The edition, by code that is imported anew. Raises: PluginError."""
    for name in [name for name in sys.modules if name.startswith("site_src.")]:
        del sys.modules[name]
    module = importlib.import_module("site_src.edition_site")
    _UnderWay.faults = module.FAULTS
    try:
        _UnderWay.site = module.EditionSite.of(ROOT, docs, address=address, edition=edition or "")
    except module.FAULTS as error:
        raise PluginError(str(error)) from None
    return _UnderWay.site


def _tokens(toc: Iterable[AnchorLink]) -> list[Any]:
    """A table of contents as plain data, of which `get_toc` makes one again."""
    return [
        {"name": link.title, "id": link.id, "level": link.level, "children": _tokens(link.children)} for link in toc
    ]


def _end(number: int, frame: FrameType | None) -> None:
    # What a shell reports for a signal.
    raise SystemExit(128 + number)
