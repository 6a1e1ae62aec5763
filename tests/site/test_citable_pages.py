"""Figures, tables, posts and the data as things to cite: their own pages, citations that parse, metadata, numbers that open."""

import json
import re
from html import unescape

import bibtexparser
import pytest
import rispy
from pybtex.database import parse_string

from analysis.artifacts import Bundle
from analysis.contract import Figure, Table
from site_src.addresses import exhibit_page
from site_src.citing.cite_this import why_uncited
from site_src.site_config import address
from site_src.tracker import benchmarks
from tests.editions import EDITIONS, FIRST, NEWEST, PUBLISHED
from tests.sites import ROOT, Site, html_of

POSTS = (
    "posts/2018-05-16-ai-and-compute",
    "posts/2020-05-05-ai-and-efficiency",
    "posts/2026-11-23-ai-and-compute-to-2026",
    "posts/2026-11-23-ai-and-efficiency-to-2026",
)


def text_of(site: Site, page: str) -> str:
    return html_of(site.pages / page / "index.html")


def entry_of(site: Site, page: str, name: str) -> str:
    """The entry of a number on its page."""
    return text_of(site, page).split(f'id="{name}"')[1].split('class="quantity-entry"')[0]


def exhibits(bundle: Bundle) -> list[tuple[str, Figure | Table]]:
    """Every figure and table with its kind."""
    figures: list[tuple[str, Figure | Table]] = [("figure", record) for record in bundle.figures.values()]
    return figures + [("table", record) for record in bundle.tables.values()]


def test_every_figure_and_table_has_a_page_with_all_that_a_reader_needs_to_trust_and_cite_it(
    site: Site, bundle: Bundle
) -> None:
    for kind, record in exhibits(bundle):
        name = record.name
        page = text_of(site, exhibit_page(kind, name).removesuffix(".md"))
        code, line = record.code.split(":")
        assert f"<code>{code}</code>, line {line}" in page
        assert f"<code>{record.input_hash}</code>" in page
        assert re.search(r"unchanged since edition \d{4}-\d{2}|new or changed in this edition", page)
        assert 'href="../../../latest/' in page
        for suffix in ("svg", "png", "pdf", "csv") if kind == "figure" else ("csv",):
            assert f'href="../../files/{kind}s/{name}.{suffix}" download' in page
        assert page.count("data-copy=") == 4
        if isinstance(record, Figure):
            assert "<svg" in page
            assert unescape(record.alt)[:40] in unescape(page)
            assert page.count('<tr id="figure-') == len(record.rows)


def test_a_figure_that_is_as_it_was_says_since_when_and_leads_to_the_edition_before(site: Site) -> None:
    page = text_of(site, "figures/compute-two-eras")
    assert "unchanged since edition 2019-11" in page
    assert 'href="../../../2020-05/figures/compute-two-eras/"' in page
    # The ledger of the newest edition holds statements that no earlier one has.
    assert "new or changed in this edition" in text_of(site, "tables/data-ledger")


def test_every_citation_of_an_edition_is_read_by_parsers_of_others_and_holds_the_edition(
    site: Site, bundle: Bundle
) -> None:
    home = f"{address(site.root)}{site.pages.name}/"
    folder = site.pages / "files" / "citations"
    names = {path.stem for path in folder.iterdir()}
    assert {"site", "data", "posts-2018-05-16-ai-and-compute", "figure-compute-modern-trend"} <= names
    records = (POSTS, bundle.figures, bundle.tables, bundle.systems, bundle.architectures, benchmarks(bundle))
    assert len(names) == 2 + sum(map(len, records))
    for name in names:
        item = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))[0]
        (entry,) = parse_string((folder / f"{name}.bib").read_text(encoding="utf-8"), "bibtex").entries.values()
        library = bibtexparser.parse_string((folder / f"{name}.bib").read_text(encoding="utf-8"))
        (record,) = rispy.loads((folder / f"{name}.ris").read_text(encoding="utf-8"))
        assert library.failed_blocks == []
        assert item["URL"] == entry.fields["url"] == record["urls"][0]
        assert item["URL"].startswith(home)
        assert item["version"] == entry.fields["version"] == site.pages.name
        assert item["note"].startswith("Evidence as of ")
        assert re.search("Recomputes|Counted from", item["note"])
        assert (folder / f"{name}.txt").read_text(encoding="utf-8").strip().endswith(item["URL"])


@pytest.mark.parametrize("page", POSTS)
def test_a_post_carries_what_reference_managers_search_engines_and_previews_look_for(site: Site, page: str) -> None:
    text = text_of(site, page)
    tags = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text))
    own = f"{address(site.root)}{site.pages.name}/{page}/"
    assert tags["og:url"] == own
    assert tags["og:image"].endswith(".png")
    assert tags["citation_title"].startswith("AI and")
    assert tags["citation_publication_date"] == "2026/11/28"
    assert f'<link rel="canonical" href="{address(site.root)}latest/{page}/">' in text
    assert f'<link rel="cite-as" href="{own}">' in text
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])  # type: ignore[index]
    assert graph["@type"] == "ScholarlyArticle"
    assert graph["url"] == own
    assert graph["isBasedOn"]


@pytest.mark.parametrize("edition", [FIRST, NEWEST])
def test_every_page_of_an_edition_carries_citation_tags_or_is_of_a_kind_that_needs_none(
    site: Site, edition: str
) -> None:
    untagged = []
    for path in sorted((site.folder / edition).rglob("*.html")):
        page = path.relative_to(site.folder / edition).as_posix()
        head = path.read_text(encoding="utf-8").split("</head>")[0]
        tags = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)"', head))
        if not source_of(page):
            untagged.append(page)
        elif not why_uncited(source_of(page)):
            assert (tags["DC.date"], tags["citation_publication_date"]) == (
                PUBLISHED[edition],
                PUBLISHED[edition].replace("-", "/"),
            ), page
            assert f'"datePublished":"{PUBLISHED[edition]}"' in head
            assert 'rel="cite-as"' in head
            assert 'class="citation"' in path.read_text(encoding="utf-8")
    # It stands at every wrong address, so at none of its own.
    assert untagged == ["404.html"]


def source_of(page: str) -> str:
    """The source of a built page below docs/, where it has one."""
    folder = page.removesuffix("index.html").rstrip("/")
    if page == "404.html":
        return ""
    written = [f"{folder}/index.md".lstrip("/"), f"{folder}.md", f"{folder}.py"]
    return next((name for name in written if (ROOT / "docs" / name).is_file()), f"{folder}.md")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_says_what_its_edition_is_and_none_claims_to_be_older(site: Site, edition: str) -> None:
    for path in (site.folder / edition).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert f"Edition {edition} is the evidence as of " in text.split("<footer")[1], path
        assert not re.search(r"maintainers[^()]{0,60}\((?!2026\))", text), path


def test_works_that_are_younger_than_the_evidence_are_marked_in_the_references(site: Site) -> None:
    old = html_of(site.folder / "2018-05" / "references" / "index.html")
    work = old.split('id="sevilla2022compute"')[1].split("</div>")[0]
    assert "Published after the evidence of edition 2018-05; commentary, not a source." in work
    source = old.split('id="torchvision2025"')[1].split("</div>")[0]
    assert "Published after the evidence of edition 2018-05; a source of 1 of its records." in source
    newest = html_of(site.pages / "references" / "index.html")
    assert "Published after the evidence" not in newest


def test_every_number_of_every_page_opens_in_place(site: Site) -> None:
    stated = 0
    for path in site.pages.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        cards = set(re.findall(r'id="card-([a-z0-9_.]+)"', text))
        numbers = re.findall(r'<a class="quantity" href="[^"]*#([a-z0-9_.]+)"', text)
        assert cards == set(numbers), path
        stated += len(numbers)
    # Both posts, both appendices, the home page and a page a system and network.
    assert stated > 500


def test_an_entry_leads_down_to_records_up_to_numbers_and_out_to_pages_and_claims(site: Site) -> None:
    entry = entry_of(site, "results/compute/modern", "compute.modern.doubling_time")
    assert "data/systems/alexnet.toml" in entry
    assert "Used by" in entry
    assert '<a href="../../../">AI and compute, recomputed</a>' in entry
    assert 'posts/2018-05-16-ai-and-compute/">AI and compute</a>' in entry
    assert "Unchanged since edition 2018-05." in entry
    assert "../../ledger/#compute-2018.doubling-time" in entry


def test_a_number_that_moved_shows_what_it_was(site: Site) -> None:
    entry = entry_of(site, "results/claims", "claims.originals.statements")
    # The post of 2018 with its appendix, then the addendum; the post of 2020 made the number what it is.
    for edition in ("2018-05", "2019-11"):
        before = json.loads((site.root / "build" / edition / "results.json").read_text(encoding="utf-8"))
        value = next(
            record["value"] for record in before["quantities"] if record["name"] == "claims.originals.statements"
        )
        assert f"{value:g}\u00a0statements in edition" in entry


def test_the_page_of_changes_names_what_changed_and_why(site: Site) -> None:
    page = text_of(site, "editions/2019-11")
    changes = json.loads((site.root / "build/2019-11/changes.json").read_text(encoding="utf-8"))["quantities"]
    moved, came, went = (len(changes[kind]) for kind in ("moved", "added", "removed"))
    assert min(moved, came) > 0
    assert f"{moved} values changed, {came} were added and {went} were removed" in page
    row = page.split('#compute.period_before_2012.n">')[1].split("</tr>")[0]
    assert "0\u00a0systems" in row
    assert "10\u00a0systems" in row
    assert "data: 10 records" in row
