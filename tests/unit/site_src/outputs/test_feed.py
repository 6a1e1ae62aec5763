"""The Atom feed of editions in memory, read by a reader of others and held to what RFC 4287 asks."""

from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from analysis.artifacts import Bundle
from site_src.context import Surroundings
from site_src.outputs.feed import feed
from tests import bundles
from tests.unit.site_src.conftest import MakeSurroundings

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://example.org/"
POST = "posts/2018-05-16-a-post.md"
FRONT = {"title": "A <post> & more", "description": "What it does.", "since": "2018-05"}


def edition_of(name: str, published: str, before: str | None, **moved: Any) -> Bundle:
    quantities = {"moved": (), "added": (), "removed": (), **moved}
    return bundles.bundle(
        edition=bundles.edition(id=name, published=published, title=f"Title of {name}"),
        changes=bundles.changes(**{"from": before, "to": name, "quantities": quantities}),
        results=bundles.results(*(bundles.quantity(key, 1.0, "data/a.csv") for key in ("a.b", "a.c")), edition=name),
        tables=(),
    )


FIRST = edition_of("2018-05", "2026-11-01", None)
# Two of one day, of which the first changed numbers: one moved, two came, three went.
MOVED = {"name": "a.b", "unit": "x", "from": 1.0, "to": 2.0, "ratio": 2.0, "cause": "data"}
ENDS = {"low": None, "high": None, "because": ()}
SECOND = edition_of(
    "2019-11", "2026-11-02", "2018-05", moved=[{**MOVED, **ENDS}], added=("b", "c"), removed=("d", "e", "f")
)
THIRD = edition_of("2020-05", "2026-11-02", "2019-11")


def site_of(surroundings: MakeSurroundings, *editions: Bundle, **front: str) -> Surroundings:
    return surroundings(*editions, posts={POST: {**FRONT, **front}})


def read(site: Surroundings) -> feedparser.FeedParserDict:
    return feedparser.parse(feed(site))


def entries(site: Surroundings) -> dict[str, feedparser.FeedParserDict]:
    return {entry.id: entry for entry in read(site).entries}


@pytest.fixture
def three(surroundings: MakeSurroundings) -> Surroundings:
    """Three editions and a post that is settled in the second."""
    return site_of(surroundings, FIRST, SECOND, THIRD, settled="2019-11")


def test_a_reader_of_others_takes_the_feed_without_complaint(three: Surroundings) -> None:
    found = read(three)
    assert (found.bozo, found.version) == (0, "atom10")
    assert found.feed.title == "AI and compute, recomputed"
    links = {link.rel: (link.href, link.type) for link in found.feed.links}
    atom, html = "application/atom+xml", "text/html"
    assert links == {"self": (f"{HOME}latest/feed.xml", atom), "alternate": (f"{HOME}latest/", html)}


def test_feed_and_entries_have_what_the_standard_asks_once_each(three: Surroundings) -> None:
    # RFC 4287, 4.1.1 and 4.1.2: one id, title and update; an author of the feed; one alternate link of a type;
    # a summary where there is no content. Ids are addresses with a scheme (4.2.6).
    root = ET.fromstring(feed(three))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    found = root.findall(f"{ATOM}entry")
    for element in (root, *found):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme == "https"
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    assert all(entry.findtext(f"{ATOM}summary") for entry in found)


def test_what_changed_last_comes_first_and_of_one_day_the_post_and_then_the_newest_edition(three: Surroundings) -> None:
    names = [entry.id.removeprefix(HOME) for entry in read(three).entries]
    assert names == ["2018-05/posts/2018-05-16-a-post/", "2020-05/", "2019-11/", "2018-05/"]
    assert read(three).feed.updated == "2026-11-02T00:00:00Z"


def test_a_post_is_known_by_its_first_edition_and_updated_with_the_one_it_was_settled_in(three: Surroundings) -> None:
    entry = entries(three)[f"{HOME}2018-05/posts/2018-05-16-a-post/"]
    assert (entry.published, entry.updated) == ("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")
    assert entry.link == f"{HOME}latest/posts/2018-05-16-a-post/"
    assert entry.summary == "What it does."


@pytest.mark.parametrize("front", [{}, {"settled": "2019-11"}])
def test_a_post_that_is_not_settled_yet_is_updated_with_the_edition_of_the_feed(
    surroundings: MakeSurroundings, front: dict[str, str]
) -> None:
    entry = entries(site_of(surroundings, FIRST, **front))[f"{HOME}2018-05/posts/2018-05-16-a-post/"]
    assert entry.updated == "2026-11-01T00:00:00Z"


def test_a_title_is_text_whatever_its_characters(three: Surroundings) -> None:
    titles = [element.text for element in ET.fromstring(feed(three)).iter(f"{ATOM}title")]
    assert "A <post> & more" in titles


def test_an_edition_counts_the_numbers_that_it_moved_added_and_removed(three: Surroundings) -> None:
    counts = [word for word in entries(three)[f"{HOME}2019-11/"].summary.replace(",", "").split() if word.isdigit()]
    assert counts == ["1", "2", "3"]
    assert "2018-05" in entries(three)[f"{HOME}2019-11/"].summary


def test_the_first_edition_counts_its_numbers(three: Surroundings) -> None:
    assert entries(three)[f"{HOME}2018-05/"].summary == "The first edition, with 2 numbers."


def test_an_edition_leads_to_what_it_changed_and_the_first_to_the_list_of_all(three: Surroundings) -> None:
    found = entries(three)
    assert found[f"{HOME}2019-11/"].link == f"{HOME}latest/editions/2019-11/"
    assert found[f"{HOME}2018-05/"].link == f"{HOME}latest/editions/"


def test_the_title_of_an_edition_names_its_evidence(three: Surroundings) -> None:
    title = entries(three)[f"{HOME}2018-05/"].title
    assert title == "Edition 2018-05 (evidence as of May 2018): Title of 2018-05"


def tracked(*runs: tuple[str, str, str]) -> tuple[Any, ...]:
    """The tables of the tracker with runs at one benchmark, newest first: id, day, and whether each is a record."""
    rows = [
        {
            "benchmark": "small-speedrun",
            "run": run,
            "name": f"Run <{run}>",
            "date": day,
            "authors": "A. B.",
            "value": 0.665,
            "unit": "minute",
            "record": record,
            "change": "all",
            "status": "verified",
        }
        for run, day, record in runs
    ]
    one = {"benchmark": "small-speedrun", "title": "Speedrun"}
    return (
        bundles.table(name="tracker.rates", rows=[one]),
        bundles.table(name="tracker.benchmarks", number=2, rows=[one]),
        bundles.table(name="tracker.records", number=3, rows=rows),
    )


def test_a_new_record_is_an_entry_of_the_edition_that_added_it(surroundings: MakeSurroundings) -> None:
    before = bundles.with_tables(SECOND, tracked(("old", "2024-05-28", "yes")))
    after = bundles.with_tables(
        THIRD, tracked(("new", "2026-08-30", "yes"), ("slow", "2026-08-29", "no"), ("old", "2024-05-28", "yes"))
    )
    found = entries(site_of(surroundings, FIRST, before, after))
    rows = {id_: entry for id_, entry in found.items() if "/tracker/" in id_}
    assert set(rows) == {
        f"{HOME}2020-05/tracker/small-speedrun/#new",
        f"{HOME}2019-11/tracker/small-speedrun/#old",
    }
    new = rows[f"{HOME}2020-05/tracker/small-speedrun/#new"]
    assert new.title == "Speedrun: 0.665\N{NO-BREAK SPACE}minutes"
    assert new.link == f"{HOME}latest/tracker/small-speedrun/#new"
    assert new.summary == "2026-08-30, Run <new>, by A. B.: all (verified)."
