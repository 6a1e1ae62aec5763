"""A built edition as one zip that opens from disk, on pages and folders made up for it."""

import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from site_src.outputs.offline_zip import offline_address, offline_page, offline_zip

ADDRESS = "https://site.example/2026-11/"
HELD = frozenset(
    {"index.html", "posts/index.html", "posts/one/index.html", "results/index.html", "a b/index.html", "files/a.csv"}
)
PAGE = "posts/one/index.html"
SETTINGS = '<script id="__config" type="application/json">{"base": "..", "version": {"provider": "mike"}}</script>'


def offline(text: str) -> str:
    """A page of a post as it works from disk."""
    return offline_page(text, PAGE, held=HELD, address=ADDRESS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small built edition."""
    edition = tmp_path / "2026-11"
    for name, text in {
        "index.html": '<a href="posts/one/">One</a>',
        "404.html": '<a href="/">Home</a>',
        "posts/one/index.html": '<a href="../..">Home</a>',
        "files/a.csv": "a,b\r\n1,2\n",
        "files/old.zip": "PK",
        "search/search_index.json": "{}",
        "assets/javascripts/workers/search.js": "",
        "sitemap.xml.gz": "",
    }.items():
        (edition / name).parent.mkdir(parents=True, exist_ok=True)
        (edition / name).write_bytes(text.encode())
    return edition


def packed(folder: Path, target: Path) -> ZipFile:
    """The zip of the small edition, opened."""
    offline_zip(folder, target, name="work-2026-11", date="2026-11-23", address=ADDRESS)
    return ZipFile(target)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../../results/", "../../results/index.html"),
        ("../../results", "../../results/index.html"),
        ("../../results/#a", "../../results/index.html#a"),
        ("../../results/?q=1#a.b", "../../results/index.html?q=1#a.b"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("../../a%20b/", "../../a%20b/index.html"),
    ],
)
def test_a_link_to_a_folder_names_its_page(link: str, expected: str) -> None:
    assert offline_address(link, PAGE, held=HELD, address=ADDRESS) == expected


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#a",
        "?q=1",
        "index.html",
        "../../files/a.csv",
        "https://elsewhere.example/x/",
        "//elsewhere.example/x/",
        "mailto:somebody@site.example",
        "data:text/plain,a/",
        "javascript:void(0)",
    ],
)
def test_a_link_that_works_as_it_is_stays(link: str) -> None:
    assert offline_address(link, PAGE, held=HELD, address=ADDRESS) == link


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        # Out of the edition.
        ("../../../latest/x/#a", "https://site.example/latest/x/#a"),
        ("../../../", "https://site.example/"),
        ("/2018-05/", "https://site.example/2018-05/"),
        # Left out of the zip.
        ("../../files/work.zip", "https://site.example/2026-11/files/work.zip"),
        ("../../files/", "https://site.example/2026-11/files/"),
    ],
)
def test_a_link_to_what_is_not_held_leads_to_the_published_site(link: str, expected: str) -> None:
    assert offline_address(link, PAGE, held=HELD, address=ADDRESS) == expected


def test_addresses_of_all_tags_are_rewritten_and_nothing_else_of_them() -> None:
    text = """<A CLASS=x href = '../../results/?a=1&amp;b="2"' title=" href='./' " hidden><link rel="prev" href=..>"""
    assert offline(text) == (
        """<A CLASS=x href="../../results/index.html?a=1&amp;b=&#34;2&#34;" title=" href='./' " hidden>"""
        """<link rel="prev" href="../index.html">"""
    )


@pytest.mark.parametrize(
    "text",
    [
        """<script>const tag = '<a href="./">'</script>""",
        """<script type="application/ld+json">{"a": "<a href='./'>"}</script>""",
        """<!-- <a href="./"> -->""",
        "<p>Write href=./ or src='..'.</p>",
        """<style media="print">a { color: red }</style>""",
        """<svg viewBox="0 0 1 1"><linearGradient id="a"/><use href="#a"/></svg>""",
        """<a data-href="./" name="href">É &eacute; &lt;a href="./"&gt;</a>""",
    ],
)
def test_what_is_no_link_stays_as_it_is(text: str) -> None:
    assert offline(text) == text


def test_links_in_html_that_a_script_holds_are_rewritten_too() -> None:
    card = '<script type="text/html" id="number-cards"><p><a href="../../results/#a">A</a></p></script><p>'
    assert offline(card) == card.replace("results/#a", "results/index.html#a")


def test_the_search_is_cut_and_what_stands_around_it_is_not() -> None:
    text = (
        '<label for="__drawer">Menu</label>\n<label class="a" for="__search"><svg></svg></label>'
        '<div class="md-search" data-md-component="search"><div><label for="__search"></label></div>'
        '<form name="search"><div><a href="./">x</a></div></form></div>\n<div>After <a href="./">it</a></div>'
    )
    expected = '<label for="__drawer">Menu</label>\n\n<div>After <a href="./index.html">it</a></div>'
    assert offline(text) == expected


def test_the_theme_is_given_no_versions_and_keeps_its_other_settings() -> None:
    assert offline(f"<p>{SETTINGS}</p>").startswith('<p><script id="__config" type="application/json">{')
    settings = offline(SETTINGS).partition(">")[2].removesuffix("</script>")
    assert json.loads(settings) == {"base": "..", "version": None}


def test_settings_that_hold_a_tag_do_not_end_the_script() -> None:
    text = SETTINGS.replace('".."', r'"\u003c/script>"')
    assert offline(text).count("</script>") == 1
    assert json.loads(offline(text).partition(">")[2].removesuffix("</script>"))["base"] == "</script>"


def test_a_module_becomes_a_script_that_waits_for_the_page() -> None:
    text = '<script src="../../files/a.csv" type="module"></script><script type="text/x"></script>'
    assert offline(text) == '<script src="../../files/a.csv" defer></script><script type="text/x"></script>'


def test_the_zip_holds_one_folder_without_what_needs_a_server_and_without_zips(folder: Path, tmp_path: Path) -> None:
    with packed(folder, tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "work-2026-11/files/a.csv",
            "work-2026-11/index.html",
            "work-2026-11/posts/one/index.html",
        ]


def test_pages_are_rewritten_in_the_zip_and_other_files_keep_their_bytes(folder: Path, tmp_path: Path) -> None:
    with packed(folder, tmp_path / "a.zip") as archive:
        assert archive.read("work-2026-11/index.html") == b'<a href="posts/one/index.html">One</a>'
        assert archive.read("work-2026-11/posts/one/index.html") == b'<a href="../../index.html">Home</a>'
        assert archive.read("work-2026-11/files/a.csv") == b"a,b\r\n1,2\n"


def test_every_file_of_the_zip_bears_the_date_of_the_edition(folder: Path, tmp_path: Path) -> None:
    with packed(folder, tmp_path / "a.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 23, 0, 0, 0)}
        # A regular file, rw-r--r--.
        assert {oct(entry.external_attr >> 16) for entry in archive.infolist()} == {"0o100644"}


def test_the_same_pages_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    packed(folder, tmp_path / "a.zip").close()
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
        path.chmod(0o755)
    # The second zip lies among the files that it is made from.
    packed(folder, folder / "files" / "b.zip").close()
    assert (folder / "files" / "b.zip").read_bytes() == (tmp_path / "a.zip").read_bytes()
