"""The head of a page, read as machines read it: an HTML parser, a JSON parser, and the rules of Zotero's reader."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from site_src.citing import head_metadata
from site_src.citing.citable import AUTHOR, CSL_TYPES, LICENCE, Citable, Kind
from site_src.citing.head_metadata import Download, Picture
from site_src.components.faces import HTML
from tests.bundles import work

HOME = "https://example.org/2026-11/"
ORIGINAL = work(
    author=[{"family": "Amodei", "given": "Dario"}, {"family": "Hernandez", "given": "Danny"}],
    title="AI and Compute",
    issued={"date-parts": [[2018, 5, 16]]},
    URL="https://openai.com/index/ai-and-compute/",
)
CITED = work(
    **{
        "author": [
            {"literal": "Example; Laboratory"},
            {"family": "Moore", "given": "Gordon E."},
            {"literal": "others"},
        ],
        "title": "Cramming; more components",
        "container-title": "Electronics",
        "issued": {"date-parts": [[1965, 4]]},
        "DOI": "10.1000/182",
    }
)
PICTURE = Picture(address=f"{HOME}files/figures/one.png", width=1200, height=630, alt='A line that "rises"')
DOWNLOAD = Download(address=f"{HOME}files/tables/one.csv", media_type="text/csv", sha256="0" * 64)
NASTY = """</script><script>alert("1")</script> <!-- ' & &amp; " > ]]> \\u003c α × “x” """
POST = Citable(
    slug="post-one",
    kind="post",
    title="AI and compute",
    description="Training compute, recomputed.",
    edition="2026-11",
    published="2026-11-28",
    evidence="2026-11-23",
    address=f"{HOME}posts/one/",
    home=HOME,
    originals=(ORIGINAL,),
    keywords=("training compute", "trends"),
)


class Head(HTMLParser):
    """A head that has been read: values of `meta` and `links` by name, the texts of scripts, and what else stood there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[dict[str, str | None]]] = {}
        self.scripts: list[str] = []
        self.tags: list[str] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "meta":
            name = values.get("name") or values.get("property")
            self.meta.setdefault(str(name), []).append(str(values["content"]))
        elif tag == "link":
            self.links.setdefault(str(values["rel"]), []).append(values)

    def handle_data(self, data: str) -> None:
        (self.scripts if self.tags[-1:] == ["script"] and data.strip() else self.others).append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(f"<!--{data}")

    @property
    def one(self) -> dict[str, str]:
        """The meta tags that stand once."""
        return {name: values[0] for name, values in self.meta.items() if len(values) == 1}

    @property
    def data(self) -> dict[str, Any]:
        """The object of the one script."""
        [script] = self.scripts
        return dict(json.loads(script))


def head(citable: Citable, **about: Any) -> str:
    """The head of a page about a thing, as HTML."""
    return head_metadata.head(citable, HTML, **about)


def thing(kind: Kind, **changes: Any) -> Citable:
    return replace(POST, kind=kind, number=3 if kind in ("figure", "table") else None, **changes)


def zotero_item(page: Head) -> dict[str, Any]:
    """The item that Zotero's reader of embedded metadata makes of a page, by the rules in its source.

    The tag of an institution makes a report; else the type of Dublin Core holds, unless Open Graph says that the
    page is a website. A creator with a comma is parted there, after stray punctuation at its ends is cut off.
    """
    tags = page.one
    if "citation_technical_report_institution" in tags:
        kind = "report"
    elif tags["og:type"] == "website":
        kind = "webpage"
    else:
        kind = tags["DC.type"]
    assert ";" not in tags["citation_author"]
    family, *given = tags["citation_author"].strip(" ,.").split(", ")
    return {
        "itemType": kind,
        "title": tags.get("citation_title") or tags["DC.title"],
        "creators": [(family, *given)],
        "date": tags.get("citation_publication_date") or tags["DC.date"],
        "url": tags.get("citation_public_url") or tags["og:url"],
        "publicationTitle": tags.get("citation_technical_report_institution") or tags["og:site_name"],
        "number": tags.get("citation_technical_report_number"),
        "abstractNote": tags.get("citation_abstract") or tags["og:description"],
        "language": tags.get("citation_language") or tags["DC.language"],
        "rights": tags["DC.rights"],
        "attachments": [tags[name] for name in ("citation_fulltext_html_url",) if name in tags],
    }


def test_zotero_makes_a_complete_report_of_a_post() -> None:
    assert zotero_item(Head(head(POST))) == {
        "itemType": "report",
        "title": "AI and compute (evidence as of November 2026)",
        # A family name alone is how it keeps a group.
        "creators": [("The maintainers of the AI and compute recomputation",)],
        "date": "2026/11/28",
        "url": "https://example.org/2026-11/posts/one/",
        "publicationTitle": "AI and compute, recomputed",
        "number": "2026-11",
        "abstractNote": "Training compute, recomputed.",
        "language": "en",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
        "attachments": ["https://example.org/2026-11/posts/one/"],
    }


@pytest.mark.parametrize(
    ("kind", "item_type", "title", "date"),
    [
        ("site", "webpage", "AI and compute", "2026-11-28"),
        ("figure", "artwork", "Figure 3: AI and compute", "2026/11/28"),
        ("table", "dataset", "Table 3: AI and compute", "2026/11/28"),
        ("system", "dataset", "AI and compute", "2026/11/28"),
        ("network", "dataset", "AI and compute", "2026/11/28"),
        ("data", "dataset", "AI and compute", "2026/11/28"),
    ],
)
def test_zotero_knows_the_type_of_everything_else(kind: Kind, item_type: str, title: str, date: str) -> None:
    item = zotero_item(Head(head(thing(kind))))
    assert (item["itemType"], item["title"], item["date"]) == (
        item_type,
        f"{title} (evidence as of November 2026)",
        date,
    )
    # Nothing is missing but what a report alone has.
    assert {name for name, value in item.items() if not value} == {"number", "attachments"}


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_everything_but_the_site_as_a_whole_says_in_the_tags_of_publications_what_it_is_and_when(kind: Kind) -> None:
    tags = Head(head(thing(kind, edition="2018-05", evidence="2018-05-16"))).one
    if kind == "site":
        assert "citation_title" not in tags
    else:
        assert tags["citation_title"].endswith("AI and compute (evidence as of May 2018)")
        assert tags["citation_publication_date"] == tags["citation_online_date"] == "2026/11/28"
        assert tags["citation_public_url"] == POST.address


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_only_a_post_is_a_report_that_can_be_read_in_full(kind: Kind) -> None:
    tags = Head(head(thing(kind))).meta
    for name in ("citation_technical_report_number", "citation_fulltext_html_url", "citation_abstract_html_url"):
        assert (name in tags) == (kind == "post")


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_the_evidence_is_a_statement_apart_from_the_day_of_publication(kind: Kind) -> None:
    page = Head(head(thing(kind, evidence="2018-05-16")))
    assert (page.data["datePublished"], page.data["temporalCoverage"]) == ("2026-11-28", "../2018-05-16")
    assert (page.one["DC.date"], page.one["DC.coverage"]) == ("2026-11-28", "evidence as of May 2018")
    assert page.one["article:published_time"] == "2026-11-28"


def test_a_post_names_the_works_that_it_cites() -> None:
    first, second = Head(head(POST, cited=[ORIGINAL, CITED])).meta["citation_reference"]
    assert first == (
        "citation_title=AI and Compute; citation_author=Dario Amodei; citation_author=Danny Hernandez; "
        "citation_publication_date=2018/05/16"
    )
    # A semicolon parts the parts, so that none may have one; others are no name.
    assert second == (
        "citation_title=Cramming, more components; citation_author=Example, Laboratory; "
        "citation_author=Gordon E. Moore; citation_publication_date=1965/04; citation_journal_title=Electronics; "
        "citation_doi=10.1000/182"
    )


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_no_value_breaks_out_of_its_place(kind: Kind) -> None:
    nasty = thing(
        kind,
        title=NASTY,
        description=NASTY,
        keywords=(NASTY,),
        originals=(ORIGINAL.model_copy(update={"title": NASTY}),),
        address=f'{HOME}"><b>/',
    )
    picture = replace(PICTURE, alt=NASTY, address=f"{HOME}a'\"><i>.png")
    plain = Head(head(thing(kind), picture=PICTURE, downloads=[DOWNLOAD], cited=[CITED]))
    page = Head(head(nasty, picture=picture, downloads=[DOWNLOAD], cited=[CITED.model_copy(update={"title": NASTY})]))
    assert page.tags == plain.tags
    assert {text.strip() for text in page.others} <= {""}
    text = " ".join(NASTY.split())
    assert page.one["og:description"] == text
    assert page.one["og:image:alt"] == NASTY
    assert page.one["og:title"].removeprefix(f"{kind.capitalize()} 3: ") == f"{text} (evidence as of November 2026)"
    assert page.one["og:url"] == nasty.address
    assert page.data["description"] == text
    assert page.data["isBasedOn"][0]["name"] == NASTY


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_the_script_has_no_sign_that_could_end_it(kind: Kind) -> None:
    html = head(thing(kind, title=NASTY), picture=PICTURE)
    script = html.partition('<script type="application/ld+json">')[2].removesuffix("</script>")
    assert not set("<>&") & set(script)


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_everything_says_in_schema_org_what_it_is_and_on_what_it_is_based(kind: Kind) -> None:
    data = Head(head(thing(kind))).data
    types = {
        "site": "WebSite",
        "post": "ScholarlyArticle",
        "figure": "ImageObject",
        "table": "Dataset",
        "system": "Dataset",
        "network": "Dataset",
        "benchmark": "Dataset",
        "data": "Dataset",
    }
    assert (data["@context"], data["@type"]) == ("https://schema.org", types[kind])
    assert data["author"] == {"@type": "Organization", "name": AUTHOR, "url": HOME}
    assert (data["datePublished"], data["version"], data["inLanguage"]) == ("2026-11-28", "2026-11", "en")
    assert (data["license"], data["isAccessibleForFree"]) == (LICENCE, True)
    assert data["keywords"] == list(thing(kind).keywords) != []
    assert data["isBasedOn"] == [
        {
            "@type": "CreativeWork",
            "name": "AI and Compute",
            "author": [
                {"@type": "Person", "name": "Dario Amodei"},
                {"@type": "Person", "name": "Danny Hernandez"},
            ],
            "datePublished": "2018-05-16",
            "url": "https://openai.com/index/ai-and-compute/",
        }
    ]
    # Everything is part of the site but the site itself.
    assert ("isPartOf" in data) == (kind != "site")


def test_a_post_has_a_headline_its_picture_and_the_works_it_cites() -> None:
    data = Head(head(POST, picture=PICTURE, cited=[CITED])).data
    assert data["headline"] == "AI and compute (evidence as of November 2026)"
    assert (data["image"]["contentUrl"], data["image"]["width"], data["image"]["height"]) == (
        PICTURE.address,
        1200,
        630,
    )
    [cited] = data["citation"]
    assert (cited["url"], cited["datePublished"]) == ("https://doi.org/10.1000/182", "1965-04")
    assert [author["name"] for author in cited["author"]] == ["Example; Laboratory", "Gordon E. Moore"]


def test_a_figure_says_whom_to_credit_and_where_to_ask_for_its_licence() -> None:
    data = Head(head(thing("figure"), picture=PICTURE)).data
    assert (data["contentUrl"], data["width"], data["height"]) == (PICTURE.address, 1200, 630)
    assert data["caption"] == "Training compute, recomputed."
    assert data["creditText"] == (
        "The maintainers of the AI and compute recomputation. "
        "Recomputes Amodei and Hernandez (2018), AI and Compute, https://openai.com/index/ai-and-compute/"
    )
    assert data["acquireLicensePage"] == "https://example.org/2026-11/about/#licence"


@pytest.mark.parametrize("kind", ["table", "data"])
def test_a_data_set_lists_its_files(kind: Kind) -> None:
    unsummed = Download(address=f"{HOME}files/data.zip", media_type="application/zip")
    assert Head(head(thing(kind), downloads=[DOWNLOAD, unsummed])).data["distribution"] == [
        {
            "@type": "DataDownload",
            "contentUrl": "https://example.org/2026-11/files/tables/one.csv",
            "encodingFormat": "text/csv",
            "sha256": "0" * 64,
        },
        {
            "@type": "DataDownload",
            "contentUrl": "https://example.org/2026-11/files/data.zip",
            "encodingFormat": "application/zip",
        },
    ]


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_a_link_preview_shows_the_picture_with_its_size_and_description(kind: Kind) -> None:
    tags = Head(head(thing(kind), picture=PICTURE)).one
    assert tags["og:image"] == tags["twitter:image"] == PICTURE.address
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["og:image:alt"] == tags["twitter:image:alt"] == 'A line that "rises"'
    assert (tags["twitter:card"], tags["og:site_name"]) == ("summary_large_image", "AI and compute, recomputed")
    bare = Head(head(thing(kind))).one
    assert bare["twitter:card"] == "summary"
    assert not [name for name in bare if "image" in name]


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_links_lead_to_the_lasting_address_and_to_the_citation_files(kind: Kind) -> None:
    links = Head(head(thing(kind))).links
    assert [link["href"] for link in links["cite-as"]] == ["https://example.org/2026-11/posts/one/"]
    assert {str(link["type"]): link["href"] for link in links["describedby"]} == {
        "application/x-bibtex": "https://example.org/2026-11/files/citations/post-one.bib",
        "application/x-research-info-systems": "https://example.org/2026-11/files/citations/post-one.ris",
        "application/vnd.citationstyles.csl+json": "https://example.org/2026-11/files/citations/post-one.json",
    }


def test_what_is_not_known_leaves_no_empty_tag() -> None:
    bare = replace(POST, description="", keywords=(), originals=())
    page = Head(head(bare))
    assert all(value for values in page.meta.values() for value in values)
    assert all(page.data.values())
    assert not {"isBasedOn", "keywords", "citation"} & set(page.data)
