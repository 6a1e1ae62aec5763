"""Everything of one edition that a builder needs besides its pages."""

from pathlib import Path
from typing import Any

import pytest

from analysis.artifacts import Bundle, FolderFiles
from site_src.edition_site import KERNEL_CONFIG, EditionSite
from site_src.errors import PageError
from site_src.pages.edition import EditionPages
from tests.small_edition import small_edition

SOURCES = {
    "index.md": '---\ntitle: A <b> "c"\ndescription: D & e\n---\n# Home\n',
    "posts/a.md": '---\ntitle: A post\ndescription: Words.\ntopic: compute\nsince: "2018-05"\n---\n# A post\n',
    "notebooks/a.py": "# %% [markdown]\n# Text.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> EditionSite:
    """An edition whose bundle is in a folder, with two pages and a notebook."""
    root = tmp_path_factory.mktemp("root")
    for name, text in small_edition().files.items():
        path = root / "build/2018-05" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    bundles = {"2018-05": Bundle(FolderFiles(root / "build/2018-05"))}
    pages = EditionPages.of(SOURCES, bundles, address="https://example.org/", commits={})
    pages.render()
    return EditionSite(root, "https://example.org/", pages)


def test_an_edition_says_what_it_is(site: EditionSite) -> None:
    assert site.edition == "2018-05"
    assert "2018-05" in site.sentence
    assert "May 2018" in site.as_of


def test_the_navigation_has_the_pages_of_the_edition(site: EditionSite) -> None:
    assert site.nav([{"Home": "index.md"}, {"Later": "later.md"}, {"Posts": "posts/*.md"}]) == [
        {"Home": "index.md"},
        {"Posts": ["posts/a.md"]},
    ]


def test_a_page_is_found_in_the_newest_edition(site: EditionSite) -> None:
    assert site.newest("posts/a/") == "https://example.org/latest/posts/a/"


def test_the_files_are_downloads_citations_assets_and_the_feed(site: EditionSite) -> None:
    files = dict(site.files())
    assert files["files/results.json"] == site.root / "build/2018-05/results.json"
    assert "files/figures/compute.trend.wide.inline.svg" not in files
    assert str(files["files/citations/system-alexnet.bib"]).startswith("@")
    assert str(files["feed.xml"]).startswith("<feed ")
    assert all(isinstance(content, Path) or content for content in files.values())
    assert any("aspect-ratio" in content for content in files.values() if isinstance(content, str))


def test_a_copy_has_the_facts_about_the_page_and_its_edition_at_its_head(site: EditionSite) -> None:
    assert site.copy("posts/a.md", {"title": 'A "post"'}).startswith(
        '---\ntitle: "A “post”"\nedition: "2018-05"\nevidence: "2018-05-16"\npublished: "2026-11-28"\n---\n\n# A post\n'
    )


def test_texts_for_the_head_of_a_page_are_safe_there(site: EditionSite) -> None:
    head = site.head("index.md")
    assert head["title"] == "A &lt;b&gt; &quot;c&quot;"
    assert head["description"] == "D &amp; e"
    assert "<script" in head["head"]


def test_a_notebook_has_no_tags_in_its_head(site: EditionSite) -> None:
    assert site.head("notebooks/a.py") == {}


def test_the_guide_lists_the_pages(site: EditionSite) -> None:
    guide = site.guide([("./posts/a/", "A post", "Words.")], home="https://example.org/2018-05/", description="About.")
    assert "[A post](https://example.org/2018-05/posts/a/index.md)" in guide


def test_our_part_of_the_search_worker_comes_before_that_of_the_theme(site: EditionSite) -> None:
    worker = site.search_worker("theirs()")
    assert worker.endswith("\ntheirs()")
    assert len(worker) > 100


def test_kernels_know_nothing_of_the_settings_of_a_user(site: EditionSite) -> None:
    written = site.kernel_profile() / "profile_default/ipython_kernel_config.py"
    assert written.read_text() == KERNEL_CONFIG
    assert site.kernel_profile() == written.parents[1]


def test_a_notebook_is_run_once_for_each_state_of_it(site: EditionSite) -> None:
    runs = []

    def run() -> dict[str, Any]:
        runs.append("run")
        return {"content": f"<p>{len(runs)}</p>"}

    for name in ("mkdocs.yml", "docs/notebooks/a.py", "data/a.csv"):
        (site.root / name).parent.mkdir(parents=True, exist_ok=True)
        (site.root / name).write_text("before")
    assert [site.notebook("notebooks/a.py", seconds=60, run=run) for _ in "ab"] == [{"content": "<p>1</p>"}] * 2
    for place, name in enumerate(("mkdocs.yml", "docs/notebooks/a.py", "data/a.csv"), start=2):
        (site.root / name).write_text("after")
        assert site.notebook("notebooks/a.py", seconds=60, run=run) == {"content": f"<p>{place}</p>"}


def test_results_are_not_kept_where_an_input_was_edited_while_the_notebook_ran(site: EditionSite) -> None:
    for name in ("mkdocs.yml", "docs/notebooks/b.py"):
        (site.root / name).parent.mkdir(parents=True, exist_ok=True)
        (site.root / name).write_text("before")

    def run() -> dict[str, Any]:
        (site.root / "references.bib").write_text("new")
        return {"content": "<p>of the one or the other</p>"}

    site.notebook("notebooks/b.py", seconds=60, run=run)
    (site.root / "references.bib").unlink()
    assert site.notebook("notebooks/b.py", seconds=60, run=lambda: {"content": "new"}) == {"content": "new"}


def test_a_notebook_is_named_by_its_file(site: EditionSite) -> None:
    def run() -> dict[str, Any]:
        raise ValueError("x")

    for name in ("mkdocs.yml", "docs/notebooks/c.py"):
        (site.root / name).parent.mkdir(parents=True, exist_ok=True)
        (site.root / name).write_text("")
    with pytest.raises(PageError, match=r"^docs/notebooks/c.py: ValueError: x$"):
        site.notebook("notebooks/c.py", seconds=60, run=run)
