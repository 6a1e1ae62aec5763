"""The Atom feeds of the built editions: each keeps the entries of those before it."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from site_src.site_config import address
from tests.editions import EDITIONS, FIRST, NEWEST, PUBLISHED
from tests.sites import Site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def home(site: Site) -> str:
    return address(site.root)


def text_of(site: Site, edition: str) -> str:
    return (site.folder / edition / "feed.xml").read_text(encoding="utf-8")


def entries_of(site: Site, edition: str) -> dict[str, feedparser.FeedParserDict]:
    return {entry.id: entry for entry in feedparser.parse(text_of(site, edition)).entries}


def test_a_reader_of_others_takes_the_feed_without_complaint(site: Site, home: str) -> None:
    read = feedparser.parse(text_of(site, site.pages.name))
    assert read.bozo == 0
    assert read.version == "atom10"
    assert read.feed.title == "AI and compute, recomputed"
    links = {link.rel: link.href for link in read.feed.links}
    assert links == {"self": f"{home}latest/feed.xml", "alternate": f"{home}latest/"}


@pytest.mark.parametrize("edition", [FIRST, NEWEST])
def test_feed_and_entries_have_what_the_standard_asks_once_each(site: Site, edition: str) -> None:
    # RFC 4287, 4.1.1 and 4.1.2: one id, title and update; an author, of the feed or of every entry; at most one
    # alternate link of a type; a summary where there is no content. Ids are addresses with a scheme (4.2.6).
    feed = ET.fromstring(text_of(site, edition))
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme == "https"
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert all(entry.findtext(f"{ATOM}summary") for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    updates = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert updates == sorted(updates, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updates[0]


def test_a_post_is_known_by_its_first_edition_and_updated_with_the_one_it_was_settled_in(site: Site, home: str) -> None:
    # It recomputes a text of 16 May 2018, but both editions that it was in by then were computed in November 2026.
    name = f"{home}2018-05/posts/2018-05-16-ai-and-compute/"
    first, newest = entries_of(site, "2018-05")[name], entries_of(site, NEWEST)[name]
    assert first.published == newest.published == f"{PUBLISHED[FIRST]}T00:00:00Z"
    assert (first.updated, newest.updated) == (f"{PUBLISHED[FIRST]}T00:00:00Z", f"{PUBLISHED['2019-11']}T00:00:00Z")
    assert newest.link == f"{home}latest/posts/2018-05-16-ai-and-compute/"


def test_every_entry_keeps_its_name_in_later_editions_and_none_is_of_a_later_one(site: Site, home: str) -> None:
    known: set[str] = set()
    for edition in EDITIONS:
        entries = entries_of(site, edition)
        assert known < set(entries)
        named = [name.removeprefix(home)[: len(edition)] for name in entries]
        assert max(named) == edition
        known = set(entries)


def test_of_editions_published_on_one_day_the_newest_comes_first(site: Site, home: str) -> None:
    names = [name for name in entries_of(site, NEWEST) if name.count("/") == home.count("/") + 1]
    assert names == [f"{home}{edition}/" for edition in reversed(EDITIONS)]
