"""The only module that knows MkDocs: it makes sure of a build, adds generated files, renders pages.

The analysis runs as a process of its own, so that `mkdocs serve` never computes with code it has
imported before. Modules of this package are imported anew on every build for the same reason.
"""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
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
# What every post ends with, before its references.
CITE_PAGE: Final = "\n\n## Cite this page { #cite }\n\n{{ cite_page() }}\n"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from analysis import artifacts  # noqa: E402
from analysis.errors import AnalysisError  # noqa: E402


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Builds the bundles if their inputs changed; takes the newest edition unless one is asked for."""
    for name in [name for name in sys.modules if name.startswith("site_src.")]:
        del sys.modules[name]
    if not artifacts.is_current(ROOT):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        if subprocess.run(
            [sys.executable, "-m", "analysis", "build"], cwd=ROOT, env=environment, check=False
        ).returncode:
            raise PluginError("the analysis could not be built; its message stands above")
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
    pages = _pages_at(edition, Path(config.docs_dir))
    config.nav = _module("sources").nav_at(config.nav, pages)
    config.extra["pages"] = pages
    _prepare_notebooks(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leaves out the pages of later editions; adds the pages stamped from records and every file for download."""
    site = config.extra["site"]
    bundle = site.bundles[site.edition]
    for file in list(files.documentation_pages()):
        if file.src_uri not in config.extra["pages"]:
            files.remove(file)
    text = {file.src_uri: file.content_string for file in files.documentation_pages()}
    sources = _module("sources")
    site.posts = {page: sources.front_matter(text[page]) for page in sorted(text) if page.startswith("posts/")}
    site.captions, site.shown_on = sources.captions(text), sources.shown_on(text)
    for path, source in _module("pages").generated_pages(site).items():
        file = File.generated(config, path, content=source, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = _edited_at(path, bundle)
        files.append(file)
    for name in bundle.download_names():
        files.append(File.generated(config, f"files/{name}", abs_src_path=str(bundle.folder / name)))
    for path, content in {**_module("citing").citation_files(site), **_module("assets").assets()}.items():
        files.append(File.generated(config, path, content=content))
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
        rendered = _module("render").render_page(markdown, context, first_line=_first_line(page, markdown))
        page.meta["head"] = _module("citing").head(context)
    except (AnalysisError, _module("errors").PageError) as error:
        raise PluginError(str(error)) from None
    page.meta["rendered"] = rendered
    return str(rendered.markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts in what the search looks into; takes styles out, and the ballast of notebooks."""
    html = _module("policy").without_styles(html)
    if not page.file.src_uri.endswith(".md"):
        return str(_module("notebooks").slimmed(html))
    fragments = page.meta["rendered"].fragments
    # Links to what stands in fragments are checked like any other.
    anchors = {anchor for fragment in fragments for anchor in re.findall(r' id="([^"]+)"', fragment)}
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors}
    return str(_module("render").with_searched(html, fragments))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Notes which page states which numbers and cites which works, now that all pages are rendered."""
    rendered = {
        file.src_uri: file.page.meta["rendered"]
        for file in files.documentation_pages()
        if file.page and "rendered" in file.page.meta
    }
    config.extra["named"] = {
        "Stated": {page: result.stated for page, result in rendered.items()},
        "Cited": {page: result.cited for page, result in rendered.items()},
    }
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Names the newest edition's page as the one for search engines; citations name this edition's own."""
    if "version" in config.extra:
        page.canonical_url = f"{config.extra['site_address']}latest/{page.url}"
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Puts drawings, formulas and cards into the finished page, and the ways back from numbers and works."""
    if "rendered" not in page.meta:
        return output
    output = _module("render").with_fragments(output, page.meta["rendered"].fragments)
    return str(_module("backlinks").filled(output, page.file.src_uri, config.extra["named"]))


def _pages_at(edition: str, docs: Path) -> frozenset[str]:
    """The authored pages that an edition has."""
    paths = (path for path in docs.rglob("*") if path.suffix in (".md", ".py"))
    return frozenset(
        path.relative_to(docs).as_posix()
        for path in paths
        if _module("sources").since(path.read_text(encoding="utf-8")) <= edition
    )


def _commits(bundle: artifacts.Bundle) -> dict[str, str]:
    revisions = _module("revisions")
    return dict(revisions.commits_of(ROOT, revisions.code_files(bundle)))


def _edited_at(path: str, bundle: artifacts.Bundle) -> str | None:
    """The record or module that a generated page is made from."""
    folder, name = path.split("/", 1)
    name = name.removesuffix(".md")
    if folder == "systems":
        return f"data/systems/{name}.toml"
    return str(bundle.architectures[name]["code"]) if folder == "architectures" else None


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
