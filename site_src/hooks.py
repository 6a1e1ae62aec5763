"""The only module that knows MkDocs: it makes sure of a build, adds generated files, renders pages.

The analysis runs as a process of its own, so that `mkdocs serve` never computes with code it has
imported before. Modules of this package are imported anew on every build for the same reason.
"""

import importlib
import os
import re
import signal
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from types import FrameType
from typing import Any, Final

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).resolve().parents[1]
# The kernel warns of its local connection each time it starts; errors still show.
KERNEL_CONFIG: Final = "c = get_config()\nc.IPKernelApp.log_level = 40\n"
# The script of the theme that searches.
SEARCH_WORKER: Final = "assets/javascripts/workers/search.*.min.js"
# What every post ends with, before its references.
CITE_PAGE: Final = "\n\n## Cite this page { #cite }\n\n{{ cite_page() }}\n"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from analysis import artifacts  # noqa: E402
from analysis.contract import Edition  # noqa: E402
from analysis.errors import AnalysisError  # noqa: E402
from analysis.record_text import html_text  # noqa: E402


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001 - as MkDocs calls it
    """Lets a signal end a build as an error does, so that kernels of notebooks and the analysis end with it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Builds the bundles if their inputs changed; takes the newest edition unless one is asked for."""
    for name in [name for name in sys.modules if name.startswith("site_src.")]:
        del sys.modules[name]
    if not artifacts.is_current(ROOT):
        _analyse()
    editions = artifacts.built_editions()
    asked_for = config.extra.get("edition")
    edition = asked_for or editions[-1]
    config.extra["edition"] = edition
    config.extra["site_address"] = config.site_url
    if asked_for:
        # One edition of several: it has an address of its own, and neighbours to choose from.
        config.site_url = f"{config.site_url}{edition}/"
        config.extra["version"] = {"provider": "mike", "alias": True, "default": "latest"}
    # Each is read at most once a build, whatever the number of pages.
    bundles = {name: artifacts.open_bundle(name) for name in editions if name <= edition}
    config.extra["site"] = _module("context").Surroundings(
        address=config.extra["site_address"] or "",
        bundles=bundles,
        commits=_commits(bundles[edition]),
    )
    _say_what_the_edition_is(config, bundles[edition].edition)
    pages = _pages_at(edition, Path(config.docs_dir))
    config.nav = _module("pages.authored").nav_at(config.nav, pages)
    config.extra["pages"] = pages
    _prepare_notebooks(config)
    return config


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Sets a limit to the time that a notebook takes to run; the plugin has put its own way of rendering in place."""
    if page.file.src_uri.endswith(".py"):
        render = page.render

        def within_limit(config: MkDocsConfig, files: Files) -> None:
            try:
                with _module("pages.notebooks").limited(f"docs/{page.file.src_uri}", config.extra["notebook_seconds"]):
                    render(config, files)
            except _module("errors").PageError as error:
                raise PluginError(str(error)) from None

        page.render = within_limit  # type: ignore[method-assign]
    return page


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leaves out the pages of later editions; adds the pages stamped from records and every file for download."""
    site = config.extra["site"]
    bundle = site.bundles[site.edition]
    for file in list(files.documentation_pages()):
        if file.src_uri not in config.extra["pages"]:
            files.remove(file)
    text = {file.src_uri: file.content_string for file in files.documentation_pages()}
    sources = _module("pages.authored")
    site.posts = {page: sources.front_matter(text[page]) for page in sorted(text) if page.startswith("posts/")}
    site.captions, site.shown_on = sources.captions(text), sources.shown_on(text)
    config.extra["generated"] = _module("pages.generated").generated_pages(site)
    for path, source in config.extra["generated"].items():
        file = File.generated(config, path, content=source, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = _edited_at(path, bundle)
        files.append(file)
    for name in bundle.download_names():
        files.append(File.generated(config, f"files/{name}", abs_src_path=str(bundle.folder / name)))
    proportions = _module("components.exhibits").proportions(site.bundles.values())
    made = {**_module("citing.cite_this").citation_files(site), **_module("theme.bundle").assets(proportions)}
    feed = _module("outputs.feed")
    for path, content in {**made, feed.FEED: feed.feed(site)}.items():
        files.append(File.generated(config, path, content=content))
    _ask_at_first_search(files, config)
    site.pages = frozenset(file.src_uri for file in files.documentation_pages())
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Renders the expressions of a page with the numbers of the edition it belongs to."""
    if not page.file.src_uri.endswith(".md"):
        return markdown
    site = config.extra["site"]
    edition = min(site.edition, str(page.meta.get("settled", site.edition)))
    try:
        context = _module("context").PageContext(
            page=page.file.src_uri, bundle=site.bundles[edition], site=site, meta=page.meta
        )
        if context.page in site.posts:
            markdown += CITE_PAGE
        rendered = _module("pages.render").render_page(markdown, context, first_line=_first_line(page, markdown))
        page.meta["head"] = _module("citing.cite_this").head(context)
    except (AnalysisError, _module("errors").PageError) as error:
        raise PluginError(str(error)) from None
    page.meta["rendered"] = rendered
    return str(rendered.markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Notes the anchors that stand in fragments; mends what was written, and takes the ballast out of notebooks."""
    html = _module("pages.html_repairs").mended(html)
    if not page.file.src_uri.endswith(".md"):
        return str(_module("pages.notebooks").slimmed(html))
    fragments = page.meta["rendered"].fragments
    # Links to what stands in fragments are checked like any other.
    anchors = {anchor for fragment in fragments for anchor in re.findall(r' id="([^"]+)"', fragment)}
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors}
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Tells from all pages, now rendered, which numbers they state and works they cite; adds the guide to them.

    Search engines are sent to a page in the newest edition, by its head and by the sitemap; citations name this one.
    """
    pages = [file.page for file in files.documentation_pages() if file.page]
    rendered = {page.file.src_uri: page.meta["rendered"] for page in pages if "rendered" in page.meta}
    config.extra["named"] = {
        "Stated": {page: result.stated for page, result in rendered.items()},
        "Cited": {page: result.cited for page, result in rendered.items()},
    }
    if "version" in config.extra:
        for page in pages:
            page.canonical_url = f"{config.extra['site_address']}latest/{page.url}"
    files.append(File.generated(config, _module("outputs.llms_txt").GUIDE, content=_guide(pages, config)))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Puts in what stands aside of Markdown, once the search has read the page; writes its copy in Markdown."""
    copies = _module("outputs.markdown_copies")
    page.content = _filled(page.content or "", page, config)
    path = Path(config.site_dir, page.file.dest_uri).with_name(copies.COPY)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(copies.copy(page.content, _facts(page, config)), encoding="utf-8")
    # The theme writes both as they are, into an element and an attribute.
    page.meta.update({name: html_text(str(page.meta[name])) for name in ("title", "description") if name in page.meta})
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Makes the search find records by their names; the plugin has written what it knows by now."""
    search, folder, generated = _module("outputs.search_index"), Path(config.site_dir), config.extra["generated"]
    stated = [names for page, names in config.extra["named"]["Stated"].items() if page not in generated]
    entries = search.record_entries(config.extra["site"], generated, frozenset().union(*stated))
    for path, text in search.index_files((folder / search.INDEX).read_text(encoding="utf-8"), entries).items():
        (folder / path).write_text(text, encoding="utf-8")


def _end(number: int, frame: FrameType | None) -> None:
    # What a shell reports for a signal.
    raise SystemExit(128 + number)


def _analyse() -> None:
    """Builds the bundles in a process of its own."""
    with _module("release.subprocesses").Steps(ROOT) as steps:
        try:
            steps.step(["analysis", "build"])
        except _module("errors").BuildError as error:
            raise PluginError(str(error)) from None


def _filled(html: str, page: Page, config: MkDocsConfig) -> str:
    """HTML of a page with drawings, formulas, cards, asides and ways back in place of their marks, tables in boxes."""
    if "rendered" not in page.meta:
        return str(_module("pages.table_wrappers").boxed(html))
    rendered = page.meta["rendered"]
    html = _module("pages.render").with_fragments(html, rendered.fragments)
    html = _module("pages.table_wrappers").boxed(_module("components.margin_notes").filled(html, rendered.asides))
    return str(_module("components.backlinks").filled(html, page.file.src_uri, config.extra["named"]))


def _facts(page: Page, config: MkDocsConfig) -> dict[str, str]:
    """What a copy of a page says of it."""
    edition = config.extra["site"].edition
    return {
        "title": page.title,
        "description": page.meta.get("description", config.site_description),
        "edition": edition,
        **{day: getattr(config.extra["site"].bundles[edition].edition, day) for day in ("evidence", "published")},
        "address": f"{config.site_url}{page.url}",
        "newest": page.canonical_url,
    }


def _say_what_the_edition_is(config: MkDocsConfig, edition: Edition) -> None:
    """Puts the sentence on the edition at the foot of every page, and its evidence where titles are made."""
    dating = _module("edition_dates")
    config.copyright = config.extra["edition_is"] = dating.sentence(edition)
    config.extra["as_of"] = dating.as_of(edition.evidence)


def _guide(pages: list[Page], config: MkDocsConfig) -> str:
    llms = _module("outputs.llms_txt")
    listed = [
        llms.Listed(folder=page.url.lstrip("./"), title=page.title, description=page.meta.get("description", ""))
        for page in pages
    ]
    edition, description = config.extra["edition_is"], config.site_description
    return str(llms.guide(listed, home=config.site_url, edition=edition, description=description))


def _ask_at_first_search(files: Files, config: MkDocsConfig) -> None:
    """Puts our part before the search worker of the theme, in the file that the theme asks for."""
    worker = next(file for file in files if fnmatchcase(file.src_uri, SEARCH_WORKER))
    ours = (ROOT / "site_src" / "theme" / "workers" / "search.js").read_text(encoding="utf-8")
    files.remove(worker)
    files.append(File.generated(config, worker.src_uri, content=f"{ours}\n{worker.content_string}"))


def _pages_at(edition: str, docs: Path) -> frozenset[str]:
    """The authored pages that an edition has."""
    paths = (path for path in docs.rglob("*") if path.suffix in (".md", ".py"))
    return frozenset(
        path.relative_to(docs).as_posix()
        for path in paths
        if _module("pages.authored").since(path.read_text(encoding="utf-8")) <= edition
    )


def _commits(bundle: artifacts.Bundle) -> dict[str, str]:
    revisions = _module("release.git")
    return dict(revisions.commits_of(ROOT, revisions.code_files(bundle)))


def _edited_at(path: str, bundle: artifacts.Bundle) -> str | None:
    """The record or module that a generated page is made from."""
    folder, name = path.split("/", 1)
    name = name.removesuffix(".md")
    if folder == "systems":
        return f"data/systems/{name}.toml"
    return str(bundle.architectures[name].code) if folder == "architectures" else None


def _prepare_notebooks(config: MkDocsConfig) -> None:
    """Gives notebooks a cache that knows code and data, and a kernel that knows nothing of the user's own settings."""
    cache = ROOT / ".cache"
    # The plugin looks only at the notebook's own text, so each state of code and data gets a folder of its own; and
    # it clears out what it does not know, so each edition does, for several are built at once.
    state = f"{artifacts.input_hash(ROOT)[:16]}-{config.extra['edition']}"
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(cache / "notebooks" / state)
    profile = cache / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profile.parent)


def _module(name: str) -> Any:
    return importlib.import_module(f"site_src.{name}")


def _first_line(page: Page, markdown: str) -> int:
    """The line of the source file on which the text after the front matter starts."""
    source = page.file.content_string
    front = re.match(r"---\n.*?\n---\n", source, re.DOTALL)
    body = source[front.end() :] if front else source
    skipped = len(body) - len(body.lstrip("\n"))
    return (
        (source[: front.end()].count("\n") if front else 0) + skipped + 1 - (len(markdown) - len(markdown.lstrip("\n")))
    )
