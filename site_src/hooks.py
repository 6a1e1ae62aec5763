"""The only module that knows MkDocs: it hands over the pages of an edition and takes their HTML back.

The analysis runs as a process of its own, so that `mkdocs serve` never computes with code it has imported before.
Modules of this package are imported anew when they change, for the same reason: `_site` is the only place that does so.

While the site is served, an edited page is shown first, and a whole build follows. In that, each page that would be the
same again is what the last build without a fault made of it.
"""

import importlib
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar, Final

from jinja2 import Environment, Template
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc

ROOT: Final = Path(__file__).resolve().parents[1]
# The script of the theme that searches.
SEARCH_WORKER: Final = "assets/javascripts/workers/search.*.min.js"
# What makes pages look as they do, besides their sources and bundles.
CODE: Final = ("site_src/**/*", "mkdocs.yml")
# The section of the navigation that a folder of generated pages belongs to, where it is not called the same.
SECTIONS: Final = {"figures": "results", "tables": "results", "systems": "data"}
# How a page includes another file, whose changes nothing here would see.
INCLUDES: Final = "--8<--"
# Where the server of MkDocs is asked whether there is a new build.
RELOADS: Final = "/livereload/"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from analysis import artifacts  # noqa: E402 - found once the path is set

if TYPE_CHECKING:
    from site_src.edition_site import EditionSite
    from site_src.pages.render import RenderedPage
    from site_src.preview import Analysis


@dataclass(slots=True, kw_only=True)
class _Written:
    """A page as MkDocs made it: what it read off the Markdown, and the file that it wrote.

    The first holds for a rendered page and the paths that it may link to. The file also depends on its frame.
    """

    rendered: "RenderedPage"
    paths: frozenset[str]
    content: str
    toc: TableOfContents
    title: str | None
    anchors: set[str]
    links: Mapping[str, dict[str, str]]
    frame: object = None
    output: str = ""

    def put_into(self, page: Page, files: Files) -> None:
        """Gives a page what MkDocs would read off its Markdown again."""
        page.content, page.toc, page.present_anchor_ids = self.content, self.toc, self.anchors
        page.title = self.title
        page.links_to_anchors = {files.src_uris[path]: links for path, links in self.links.items()}


class _PageTemplate(Template):
    """A template of the theme, which gives a page back as it was written where nothing in it has changed."""

    def render(self, context: Mapping[str, Any]) -> str:
        """The file of a page."""
        return context.get("written") or super().render(context)


class _UnderWay:
    """The edition that is being built. MkDocs calls functions, which share it.

    `code` is the state of the code that is imported, `theme` holds the templates that it has, `paths` are those of all
    files of the site, `frame` is what the file of each page shows of other pages, and `written` holds the pages so far.
    `config`, `files` and `nav` are what MkDocs knows of the site. `last` is the last build without a fault, and
    `analysis` runs in the background while the site is served.
    """

    site: "EditionSite"
    config: MkDocsConfig
    files: Files
    nav: Navigation
    faults: tuple[type[Exception], ...]
    code = ""
    paths: frozenset[str] = frozenset()
    frame: object = None
    theme: Environment | None = None
    written: ClassVar[dict[str, _Written]] = {}
    last: "tuple[EditionSite | None, Mapping[str, _Written]]" = (None, {})
    analysis: "Analysis | None" = None


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001 - as MkDocs calls it
    """Lets a signal end a build as an error does, so that kernels of notebooks and the analysis end with it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Computes the bundles if their inputs changed; takes the newest edition unless one is asked for."""
    asked_for = config.extra.get("edition")
    site = _site(Path(config.docs_dir), config.site_url or "", asked_for)
    config.extra["edition"] = site.edition
    if asked_for:
        # One edition of several: it has an address of its own, and neighbours to choose from.
        config.site_url = site.home
        config.extra["version"] = {"provider": "mike", "alias": True, "default": site.latest}
    config.copyright = config.extra["edition_is"] = site.sentence
    config.extra["as_of"], config.extra["preloaded"] = site.as_of, site.preloaded
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
    _UnderWay.paths = frozenset(files.src_uris)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Makes each generated page part of a section, which is then shown as the one that is read."""
    # A section of one page is that page, which MkDocs also takes for a parent.
    sections: dict[str, Any] = {_folder((item.children or [item])[0].url): item for item in nav.items}
    for file in files.documentation_pages(inclusion=InclusionLevel.is_not_in_nav):
        if file.page:
            folder = _folder(file.page.url)
            file.page.parent = sections.get(SECTIONS.get(folder, folder))
    _UnderWay.config, _UnderWay.files, _UnderWay.nav = config, files, nav
    return nav


def _folder(address: str) -> str:
    return address.partition("/")[0]


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Has MkDocs read a page only if it changed since the last build, and runs a notebook only without kept results.

    The plugin of notebooks has put its own way of rendering in place.
    """
    if before := _unchanged(page):
        page.render = lambda config, files: before.put_into(page, files)  # type: ignore[method-assign]  # noqa: ARG005
        return page
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
    """Notes the anchors inside blocks, so that links to them are checked like any other, and what was read."""
    source = page.file.src_uri
    anchors = _UnderWay.site.pages.anchors(source)
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors}
    rendered = _UnderWay.site.pages.rendered.get(source)
    if rendered and INCLUDES not in rendered.markdown:
        _UnderWay.written[source] = _unchanged(page) or _Written(
            rendered=rendered,
            paths=_UnderWay.paths,
            content=html,
            toc=page.toc,
            title=page.title,
            anchors=page.present_anchor_ids,
            links={file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
        )
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Sends search engines to each page in the newest edition; adds the guide to all pages.

    Citations name the edition that is built. The templates of the theme are compiled once.
    """
    site = _UnderWay.site
    pages = [file.page for file in files.documentation_pages() if file.page]
    if "version" in config.extra:
        for page in pages:
            page.canonical_url = site.newest(page.url)
    listed = [(page.url, str(page.title), str(page.meta.get("description", ""))) for page in pages]
    _UnderWay.frame = [(page.title, page.meta.get("description"), page.url, page.canonical_url) for page in pages]
    _UnderWay.theme = _UnderWay.theme or env
    _UnderWay.theme.template_class = _PageTemplate
    guide = site.guide(listed, home=config.site_url or "", description=config.site_description or "")
    files.append(File.generated(config, site.guide_file, content=guide))
    return _UnderWay.theme


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Puts the finished blocks into a page, once the search has read it; writes its copy in Markdown."""
    site, source = _UnderWay.site, page.file.src_uri
    facts = {
        "title": str(page.title),
        "description": str(page.meta.get("description", config.site_description)),
        "address": f"{config.site_url}{page.url}",
        "newest": page.canonical_url or "",
    }
    path = Path(config.site_dir, page.file.dest_uri).with_name(site.copy_file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(site.copy(source, facts), encoding="utf-8")
    before = _unchanged(page)
    if before and before.frame == _UnderWay.frame:
        return {**context, "written": before.output}
    page.content = site.pages.finished_html(source, page.content or "")
    page.meta.update(site.head(source))
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Typesets the file of a page, and notes it; one of the last build is typeset already."""
    written = _UnderWay.written.get(page.file.src_uri)
    if written and output is written.output:
        return output
    output = _UnderWay.site.typeset(output)
    if written:
        written.frame, written.output = _UnderWay.frame, output
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Makes the search find records by their names; the plugin has written what it knows by now."""
    folder, site = Path(config.site_dir), _UnderWay.site
    written = (folder / site.index_file).read_text(encoding="utf-8")
    for path, text in site.search_files(written).items():
        (folder / path).write_text(text, encoding="utf-8")


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Rebuilds the site after each edit; a fault takes the place of its pages, and the server goes on."""
    preview = importlib.import_module("site_src.preview")
    analysis, folder = preview.Analysis(ROOT), Path(server.root)

    def rebuild() -> None:
        analysis.keep_up()
        with _faults_heard() as faults:
            if _edits_shown():
                analysis.build_again()
            else:
                builder()
        preview.show_fault(folder, "\n".join(faults) or analysis.fault)
        if not faults:
            _UnderWay.last = _UnderWay.site, _UnderWay.written

    _UnderWay.analysis = analysis
    _UnderWay.last = _UnderWay.site, _UnderWay.written
    server.builder = rebuild
    server.set_app(preview.with_fault(server.serve_request, folder, home=server.mount_path, apart=RELOADS))
    server.watch(str(analysis.again))
    return server


def _edits_shown() -> bool:
    """Makes the pages anew whose text was edited since the last build; whether there are any without a fault."""
    site, files, config, theme = _UnderWay.site, _UnderWay.files, _UnderWay.config, _UnderWay.theme
    if site is not _UnderWay.last[0] or not theme:
        return False
    try:
        edited = site.edit(Path(config.docs_dir))
    except _UnderWay.faults:
        return False
    pages = [page for name in edited if (page := files.src_uris[name].page)]
    for page in pages:
        # What the last build may have put in the place of reading it.
        vars(page).pop("render", None)
        _populate_page(page, config, files)
    for page in pages:
        _build_page(page, config, files.documentation_pages(), _UnderWay.nav, theme)
    return bool(pages)


@contextmanager
def _faults_heard() -> Iterator[list[str]]:
    """What a build that fails says. MkDocs logs each fault, and ends with an error that names none."""
    faults: list[str] = []
    heard = logging.Handler(logging.WARNING)
    heard.emit = lambda record: faults.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        yield faults
    except Abort:
        pass
    except Exception as error:
        logger.exception("%s", error)  # noqa: TRY401 - the message is what the page shows
    finally:
        logger.removeHandler(heard)


def _unchanged(page: Page) -> _Written | None:
    """What the last build wrote of a page, if MkDocs would read the same off its Markdown again."""
    before = _UnderWay.last[1].get(page.file.src_uri)
    if not before or before.paths != _UnderWay.paths:
        return None
    return before if before.rendered is _UnderWay.site.pages.rendered.get(page.file.src_uri) else None


def _site(docs: Path, address: str, edition: str | None) -> "EditionSite":
    """The edition, by code that is imported anew where it changed. Raises: PluginError."""
    code = artifacts.input_hash(ROOT, CODE)
    if code != _UnderWay.code:
        for name in [name for name in sys.modules if name.startswith("site_src.")]:
            del sys.modules[name]
        _UnderWay.code, _UnderWay.last, _UnderWay.theme = code, (None, {}), None
    module = importlib.import_module("site_src.edition_site")
    _UnderWay.faults, _UnderWay.written = module.FAULTS, {}
    try:
        if not _UnderWay.analysis:
            module.EditionSite.compute(ROOT)
        _UnderWay.site = module.EditionSite.of(
            ROOT, docs, address=address, edition=edition or "", earlier=_UnderWay.last[0]
        )
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
