"""What lies above all editions: the list of them, and the two pages at the root."""

import json
import re
from html.parser import HTMLParser

import pytest
from mike.versions import Versions

from site_src.release.site_root import (
    Source,
    is_name,
    root_files,
    root_page,
    sources_in,
    versions_json,
)
from tests.editions import FIRST, NEWEST


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", [FIRST, NEWEST])
def test_an_edition_is_named_by_year_and_month(name: str) -> None:
    assert is_name(name)


# The last two are digits and a line break that a careless pattern lets pass.
@pytest.mark.parametrize(
    "name", ["", "latest", "2020-5", "2020-05-01", "../2020-05", "v2020-05", "２０２０-05", "2020-05\n"]
)
def test_nothing_else_names_an_edition(name: str) -> None:
    assert not is_name(name)


def test_the_list_has_the_newest_edition_first_and_calls_it_latest() -> None:
    listed = json.loads(versions_json(["2019-11", "2020-12", "2020-05", "2020-11"]))
    assert [entry["version"] for entry in listed] == ["2020-12", "2020-11", "2020-05", "2019-11"]
    assert [entry["title"] for entry in listed] == ["2020-12", "2020-11", "2020-05", "2019-11"]
    assert [entry["aliases"] for entry in listed] == [["latest"], [], [], []]


def test_the_list_is_the_same_whatever_the_order_of_the_editions() -> None:
    assert versions_json(["2019-11", "2018-05"]) == versions_json(["2018-05", "2019-11"])


def test_mike_reads_the_list_and_keeps_the_sources() -> None:
    sources = {"2018-05": Source(commit="c0ffee", address="https://numbers.example/")}
    text = versions_json(["2018-05", "2019-11"], sources)
    assert Versions.loads(text).dumps() + "\n" == text
    assert sources_in(text) == sources


def test_the_root_page_leads_on_by_refresh_by_canonical_address_and_by_a_link() -> None:
    elements = Elements(root_page("latest/")).found
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=latest/"}) in elements
    assert ("link", {"rel": "canonical", "href": "latest/"}) in elements
    assert ("a", {"href": "latest/"}) in elements


def test_the_page_at_the_root_is_whole_and_needs_nothing_that_a_strict_policy_forbids() -> None:
    page = root_page("latest/")
    elements = Elements(page).found
    assert page.startswith("<!doctype html>\n")
    assert ("html", {"lang": "en"}) in elements
    assert ("meta", {"charset": "utf-8"}) in elements
    assert re.search(r"<title>\S.*</title>", page)
    assert not {"script", "style", "img"} & {tag for tag, _ in elements}
    assert not [name for _, attributes in elements for name in attributes if name == "style" or name.startswith("on")]


def test_the_root_has_what_the_newest_edition_lends_it_and_shows_search_engines_where_to_look() -> None:
    newest = {"404.html": b"<p>Not here</p>", "llms.txt": b"# Guide\n", "index.html": b"<p>Start</p>"}
    files = root_files(["2018-05", "2019-11"], "https://numbers.example/some/where/", newest)
    assert (files["404.html"], files["llms.txt"]) == ("<p>Not here</p>", "# Guide\n")
    assert "Sitemap: https://numbers.example/some/where/latest/sitemap.xml\n" in files["robots.txt"]
    assert "latest/" in files["index.html"]


def test_an_edition_of_older_code_lends_the_root_nothing_that_it_lacks() -> None:
    assert "llms.txt" not in root_files(["2018-05"], "https://numbers.example/", {"404.html": b""})


def test_what_a_page_is_given_cannot_become_markup() -> None:
    assert '"><b>' not in root_page('"><b>')
