"""What MkDocs is handed of an edition, and what becomes of the HTML that it gives back."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from analysis.artifacts import Bundle, FolderFiles
from site_src import hooks
from site_src.edition_site import FAULTS, EditionSite
from site_src.pages.edition import EditionPages
from tests.small_edition import QUANTITY, small_edition

WORKER = "assets/javascripts/workers/search.0123.min.js"
SOURCES = {
    "index.md": f"---\ndescription: Words.\n---\n# Home\n\n{{{{ {QUANTITY} }}}}\n",
    "later.md": 'since: "2026-11"\n',
}


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """A project of two pages, of which the edition has one."""
    (tmp_path / "docs").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nsite_url: https://example.org/2018-05/\nplugins: []\n")
    loaded = load_config(str(tmp_path / "mkdocs.yml"))
    # As MkDocs sets it before it calls a hook.
    loaded.plugins._current_plugin = "hooks"
    return loaded


@pytest.fixture
def site(tmp_path: Path) -> Iterator[EditionSite]:
    """The edition that is being built."""
    site = edition_site(tmp_path, SOURCES)
    under_way = hooks._UnderWay
    under_way.site, under_way.faults = site, FAULTS
    yield site
    del under_way.site, under_way.faults


def edition_site(root: Path, sources: dict[str, str]) -> EditionSite:
    for name, text in small_edition().files.items():
        path = root / "build/2018-05" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    bundles = {"2018-05": Bundle(FolderFiles(root / "build/2018-05"))}
    address = "https://example.org/"
    return EditionSite(root, address, EditionPages.of(sources, bundles, address=address, commits={}))


@pytest.fixture
def files(config: MkDocsConfig, site: EditionSite) -> Files:
    """The files of the project after the hook has seen them."""
    found = [File(name, config.docs_dir, config.site_dir, use_directory_urls=True) for name in SOURCES]
    return hooks.on_files(Files([*found, File.generated(config, WORKER, content="theirs()")]), config)


def page_of(files: Files, config: MkDocsConfig, path: str) -> Page:
    file = files.get_file_from_path(path)
    assert file is not None
    return Page(None, file, config)


def test_pages_of_other_editions_are_left_out_and_those_of_records_added(files: Files) -> None:
    pages = {file.src_uri: file for file in files.documentation_pages()}
    assert "later.md" not in pages
    made = pages["systems/alexnet.md"]
    assert made.inclusion is InclusionLevel.NOT_IN_NAV
    assert made.edit_uri == "data/systems/alexnet.toml"


def test_downloads_are_files_of_the_site(files: Files) -> None:
    download = files.get_file_from_path("files/results.json")
    assert download is not None
    assert '"quantities"' in download.content_string


def test_the_search_worker_of_the_theme_is_kept_behind_ours(files: Files) -> None:
    worker = files.get_file_from_path(WORKER)
    assert worker is not None
    assert worker.content_string.endswith("\ntheirs()")
    assert len([file for file in files if file.src_uri == WORKER]) == 1


def test_a_fault_of_a_page_ends_the_build_in_one_line(config: MkDocsConfig, site: EditionSite, tmp_path: Path) -> None:
    hooks._UnderWay.site = edition_site(tmp_path, {"index.md": "{{ cite('x') }}"})
    with pytest.raises(PluginError, match=r"^docs/index.md:1: no reference 'x'"):
        hooks.on_files(Files([File.generated(config, WORKER, content="")]), config)


def test_a_page_gets_its_rendered_markdown_and_a_notebook_keeps_its_own(files: Files, config: MkDocsConfig) -> None:
    assert hooks.on_page_markdown("source", page_of(files, config, "index.md"), config, files).startswith(
        "# Home\n\n<a "
    )
    other = Page(None, File.generated(config, "other.md", content=""), config)
    assert hooks.on_page_markdown("source", other, config, files) == "source"


def test_anchors_of_blocks_can_be_linked(files: Files, config: MkDocsConfig) -> None:
    page = page_of(files, config, "results/compute.md")
    page.present_anchor_ids = {"a"}
    assert hooks.on_page_content("html", page, config, files) == "html"
    assert {"a", QUANTITY} <= set(page.present_anchor_ids)


def test_the_page_is_finished_and_its_copy_written(files: Files, config: MkDocsConfig) -> None:
    page = page_of(files, config, "index.md")
    page.title = "A title"
    page.meta = {"description": "Words."}
    page.content = "<p>a</p><!--block:0-->"
    hooks.on_page_context({}, page, config, Navigation([], []))
    assert page.content.startswith('<p>a</p><script type="text/html" id="number-cards">')
    assert page.meta["description"] == "Words."
    assert "<script" in page.meta["head"]
    copy = Path(config.site_dir, "index.md").read_text(encoding="utf-8")
    assert copy.startswith('---\ntitle: "A title"\ndescription: "Words."\naddress: "https://example.org/2018-05/"\n')
    assert "[3.4\u00a0months](results/compute/trend/index.md#" in copy


@pytest.mark.parametrize("several", [False, True])
def test_of_several_editions_the_newest_is_the_one_to_find(files: Files, config: MkDocsConfig, several: bool) -> None:
    if several:
        config.extra["version"] = {}
    for file in files.documentation_pages():
        Page(None, file, config).meta = {"description": "Words."}
    hooks.on_env(Environment(), config, files)
    home = files.get_file_from_path("index.md")
    assert home is not None
    assert home.page is not None
    assert home.page.canonical_url == f"https://example.org/{'latest' if several else '2018-05'}/"
    guide = files.get_file_from_path("llms.txt")
    assert guide is not None
    assert "https://example.org/2018-05/systems/alexnet/index.md" in guide.content_string


def test_a_signal_ends_a_build_as_an_error_does_unless_somebody_handles_it() -> None:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        hooks.on_startup("build", dirty=False)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        with pytest.raises(SystemExit) as caught:
            signal.raise_signal(signal.SIGTERM)
        assert caught.value.code == 128 + signal.SIGTERM
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def notebook_of(config: MkDocsConfig) -> Page:
    """A notebook of the project."""
    (Path(config.docs_dir) / "a.py").write_text("# %%\n")
    return Page(None, File("a.py", config.docs_dir, config.site_dir, use_directory_urls=True), config)


def test_a_notebook_shows_what_it_showed_when_it_ran(files: Files, config: MkDocsConfig) -> None:
    config.extra["notebook_seconds"] = 60
    tokens = [{"name": "A", "id": "a", "level": 1, "children": [{"name": "B", "id": "b", "level": 2, "children": []}]}]
    shown, runs = [], []
    for _ in range(2):
        page = notebook_of(config)

        def render(config: MkDocsConfig, files: Files, page: Page = page) -> None:
            runs.append(page)
            page.content, page.title, page.toc = "<h1>A</h1>", "A", get_toc(tokens)  # type: ignore[arg-type]

        page.render = render  # type: ignore[method-assign]
        hooks.on_pre_page(page, config, files).render(config, files)
        shown.append((page.content, page.title, str(page.toc)))
    assert shown == [("<h1>A</h1>", "A", "A - #a\n    B - #b\n")] * 2
    assert len(runs) == 1


def test_only_a_notebook_is_rendered_within_a_limit(files: Files, config: MkDocsConfig) -> None:
    config.extra["notebook_seconds"] = 60
    page = page_of(files, config, "index.md")
    before = page.render
    assert hooks.on_pre_page(page, config, files).render == before
    notebook = notebook_of(config)

    def broken(config: MkDocsConfig, files: Files) -> None:
        raise ValueError("no\nnumber")

    notebook.render = broken  # type: ignore[method-assign]
    with pytest.raises(PluginError, match=r"^docs/a.py: ValueError: no number$"):
        hooks.on_pre_page(notebook, config, files).render(config, files)
