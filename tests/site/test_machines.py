"""What programs read: copies of pages in Markdown, the guide to them, the sitemap, and the files at the root."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import yaml

from analysis.artifacts import Bundle
from site_src.pages.authored import front_matter
from site_src.site_config import address
from tests.editions import EVIDENCE, FIRST, NEWEST, PUBLISHED
from tests.sites import Site

LINK = re.compile(r"\]\(<?([^()\s<>]+)>?[^()]*\)")
HEADLINE = "compute.modern.doubling_time"


def body(path: Path) -> str:
    """A copy without its head and without code."""
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    return re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)


def settled_in(site: Site, folder: str) -> str:
    """The edition that a page has its numbers from."""
    source = site.root / "docs" / f"{folder}.md"
    meta = front_matter(source.read_text(encoding="utf-8")) if source.is_file() else {}
    return str(meta.get("settled", NEWEST))


def test_every_page_has_a_copy_with_its_facts_and_names_it_in_its_head(site: Site) -> None:
    home = f"{address(site.root)}{site.pages.name}/"
    pages = list(site.pages.rglob("index.html"))
    assert len(pages) > 100
    for page in pages:
        facts = yaml.safe_load(page.with_name("index.md").read_text(encoding="utf-8").split("---\n")[1])
        folder = page.parent.relative_to(site.pages).as_posix()
        assert facts["address"] == (home if folder == "." else f"{home}{folder}/")
        assert facts["newest"] == facts["address"].replace(site.pages.name, "latest", 1)
        evidence = EVIDENCE[settled_in(site, folder)]
        assert (facts["edition"], facts["evidence"], facts["published"]) == (NEWEST, evidence, PUBLISHED[NEWEST])
        assert 'type="text/markdown"' in page.read_text(encoding="utf-8").split("</head>")[0]


def test_no_copy_holds_marks_expressions_or_markup(site: Site) -> None:
    left = re.compile(r"<!--|@@|\{\{ |<(div|span|p|a|table|svg|math|small|code)\b|\{:? ?[.#][a-z-]+ ?\}")
    assert [path for path in site.pages.rglob("index.md") if left.search(body(path))] == []


def test_every_link_of_every_copy_leads_to_a_file(site: Site) -> None:
    for path in site.pages.rglob("index.md"):
        folder = path.parent.relative_to(site.folder).as_posix()
        for target in LINK.findall(body(path)):
            parts = urlsplit(target)
            if parts.path and not parts.scheme:
                place = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
                assert (site.folder / place).is_file(), f"{path}: {target}"


def test_the_headline_is_the_same_in_copies_and_results(site: Site, bundle: Bundle) -> None:
    value = bundle.results[HEADLINE].value
    post = (site.pages / "posts/2018-05-16-ai-and-compute/index.md").read_text(encoding="utf-8")
    assert f"[{value:.1f}\u00a0months](../../results/compute/modern/index.md#{HEADLINE})" in post
    entry = (site.pages / "results/compute/modern/index.md").read_text(encoding="utf-8").split(f"\n[`{HEADLINE}`](#")[1]
    assert f"`{value:.12g}`" in entry.split("###")[0]
    assert r"$$\frac{12}{b}$$" in entry.split("###")[0]


def test_tables_of_a_page_are_tables_of_its_copy(site: Site, bundle: Bundle) -> None:
    rows = bundle.tables["compute.systems"].rows
    text = (site.pages / "tables/compute-systems/index.md").read_text(encoding="utf-8")
    assert text.count("\n| [") == len(rows)


def test_the_guide_has_the_form_that_programs_expect_and_lists_every_page_once(site: Site) -> None:
    # https://llmstxt.org: a heading of first level, a quotation, and links below headings of second level.
    lines = (site.pages / "llms.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# AI and compute, recomputed"
    assert lines[2].startswith("> ")
    assert [line for line in lines if line.startswith("#")][1:] == [
        "## Start",
        "## Methods",
        "## Results",
        "## Data",
        "## About",
        "## Files",
        "## Optional",
    ]
    targets = [match[1] for line in lines if (match := re.match(r"- \[[^\]]+\]\((\S+)\)(?:: \S.*)?$", line))]
    assert len(targets) == sum(line.startswith("- ") for line in lines)
    home = f"{address(site.root)}{site.pages.name}/"
    copies = {f"{home}{path.relative_to(site.pages).as_posix()}" for path in site.pages.rglob("index.md")}
    assert len(targets) == len(set(targets))
    assert {target for target in targets if target.endswith(".md")} == copies


@pytest.mark.parametrize("edition", [FIRST, NEWEST])
def test_the_sitemap_names_the_canonical_address_of_every_page(site: Site, edition: str) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ET.parse(site.folder / edition / "sitemap.xml").getroot()
    assert tree.tag == f"{space}urlset"
    listed = [url.findtext(f"{space}loc", "") for url in tree]
    pages = {
        path.parent.relative_to(site.folder / edition).as_posix(): path.read_text(encoding="utf-8")
        for path in (site.folder / edition).rglob("index.html")
    }
    canonical = [re.findall(r'<link rel="canonical" href="([^"]+)">', text)[0] for text in pages.values()]
    assert sorted(listed) == sorted(canonical)
    home = f"{address(site.root)}latest/"
    assert all((site.folder / "latest" / loc.removeprefix(home) / "index.html").is_file() for loc in listed)
    assert {url.findtext(f"{space}lastmod") for url in tree} == {PUBLISHED[NEWEST]}


def test_search_engines_may_read_all_and_are_given_the_sitemap(site: Site) -> None:
    rules = RobotFileParser()
    rules.parse((site.folder / "robots.txt").read_text(encoding="utf-8").splitlines())
    home = address(site.root)
    assert rules.can_fetch("*", f"{home}2018-05/")
    assert rules.site_maps() == [f"{home}latest/sitemap.xml"]


def test_the_page_for_wrong_addresses_works_at_any_depth_and_every_link_of_it_leads_to_a_file(site: Site) -> None:
    text = (site.folder / "404.html").read_text(encoding="utf-8")
    assert text == (site.pages / "404.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in text
    base = urlsplit(address(site.root)).path
    links = [link for link in re.findall(r'(?:href|src)="?([^"\s>]+)', text) if not urlsplit(link).scheme]
    for link in links:
        if not link.startswith("#"):
            assert link.startswith(base)
            place = site.folder / posixpath.normpath(urlsplit(link).path.removeprefix(base))
            assert (place / "index.html" if place.is_dir() else place).is_file(), link
    for page in ("posts/2018-05-16-ai-and-compute/", "editions/", "results/"):
        assert f'href="{base}{site.pages.name}/{page}"' in text


def test_the_guide_stands_above_all_editions_too(site: Site) -> None:
    assert (site.folder / "llms.txt").read_bytes() == (site.pages / "llms.txt").read_bytes()


def test_the_archive_of_an_edition_has_no_copies(site: Site) -> None:
    (archive,) = (site.pages / "files").glob("*.zip")
    names = ZipFile(archive).namelist()
    assert any(name.endswith("/index.html") for name in names)
    assert not [name for name in names if name.endswith(".md")]
