"""Pages made up for it, checked as the built site is: links, anchors, ids, and what the policy forbids."""

import shutil
from collections.abc import Collection
from pathlib import Path

import pytest

from analysis.content_store import ContentStore
from site_src.release.link_check import faults


def found(root: Path, address: str = "", absent: Collection[str] = ()) -> list[str]:
    """The faults of a site, none of whose pages were read before."""
    return list(faults(root, ContentStore(root.with_name(f"{root.name}-store")), address, absent))


def page(root: Path, path: str, body: str) -> None:
    """Writes a page."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(f"<html><body>{body}</body></html>", encoding="utf-8")


@pytest.mark.parametrize(
    "fault",
    [
        '<a href="../nowhere/">x</a>',
        '<a href="#nothing">x</a>',
        '<script type="text/html"><a href="#nothing">x</a></script>',
        '<img src="gone.png" alt="">',
        '<p id="a"></p><p id="a"></p>',
        '<script src="https://example.org/x.js"></script>',
        "<style>p { color: red }</style>",
        '<p style="color: red">x</p>',
        '<p onclick="f()">x</p>',
        '<p/onclick="f()">x</p>',
        '<p class="a"onclick="f()">x</p>',
        "<script>f()</script>",
        '<script type="module">f()</script>',
    ],
)
def test_each_kind_of_fault_is_found(tmp_path: Path, fault: str) -> None:
    (tmp_path / "index.html").write_text(f"<html><body>{fault}</body></html>", encoding="utf-8")
    assert len(found(tmp_path)) == 1


def test_a_published_address_that_is_not_in_the_tree_is_a_fault_wherever_it_stands(tmp_path: Path) -> None:
    citations = tmp_path / "2018-05" / "files" / "citations"
    citations.mkdir(parents=True)
    here = "https://example.org/2018-05/"
    head = f'<meta content="{here}gone/"><link rel="canonical" href="{here}#nothing">'
    (tmp_path / "2018-05" / "index.html").write_text(f"<p id='a'></p>{head} {here}#a.", encoding="utf-8")
    (citations / "site.bib").write_text(f"url = {{{here}lost/}},", encoding="utf-8")
    assert sorted(found(tmp_path, "https://example.org/")) == [
        "2018-05/files/citations/site.bib: the published address of '2018-05/lost/' leads to no file",
        "2018-05/index.html: the published address of '2018-05/#nothing' leads to no anchor",
        "2018-05/index.html: the published address of '2018-05/gone/' leads to no file",
    ]


def test_an_edition_that_was_not_built_here_is_no_fault_and_latest_is_the_newest(tmp_path: Path) -> None:
    for edition, links in (("2018-05", ""), ("2019-11", '<a href="../2018-05/">x</a><a href="../latest/#b">x</a>')):
        (tmp_path / edition).mkdir()
        (tmp_path / edition / "index.html").write_text(f"<p id='b'></p>{links}", encoding="utf-8")
    assert found(tmp_path) == []
    shutil.rmtree(tmp_path / "2018-05")
    assert len(found(tmp_path)) == 1
    assert found(tmp_path, absent=["2018-05"]) == []


@pytest.mark.parametrize(
    "body",
    [
        '<p id="a"></p><a href="#a">x</a><a href="">x</a>',
        '<a href="../2018-05/b%20c/">x</a><a href="b%20c/#d">x</a><a href="b%20c/index.html">x</a>',
        '<a href="https://elsewhere.org/#x">x</a><a href="mailto:a@elsewhere.org">x</a>',
        '<script src="s.js"></script><script type="application/json">{}</script>',
        '<script type="application/ld+json">{}</script>',
    ],
)
def test_what_leads_somewhere_is_no_fault(tmp_path: Path, body: str) -> None:
    page(tmp_path, "2018-05/index.html", body)
    page(tmp_path, "2018-05/b c/index.html", '<p id="d"></p>')
    (tmp_path / "2018-05" / "s.js").write_text("")
    assert found(tmp_path) == []


@pytest.mark.parametrize("tag", ['<img src="{}" alt="">', '<iframe src="{}"></iframe>', '<source src="{}">'])
def test_nothing_is_loaded_from_elsewhere(tmp_path: Path, tag: str) -> None:
    page(tmp_path, "index.html", tag.format("https://elsewhere.org/a"))
    (fault,) = found(tmp_path)
    assert fault.startswith("index.html: ")
    assert "https://elsewhere.org/a" in fault


def test_a_link_out_of_the_site_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("x")
    page(tmp_path / "site", "2018-05/index.html", '<a href="../../secret.html">x</a>')
    assert len(found(tmp_path / "site")) == 1


def test_a_fault_names_its_page_and_the_address(tmp_path: Path) -> None:
    page(tmp_path, "2018-05/a/index.html", '<a href="../gone/#b">x</a>')
    (fault,) = found(tmp_path)
    assert fault.startswith("2018-05/a/index.html: ")
    assert "'../gone/#b'" in fault


def test_the_page_for_wrong_addresses_may_start_its_links_at_the_root_of_the_host(tmp_path: Path) -> None:
    page(tmp_path, "404.html", '<a href="/some/where/">x</a>')
    assert found(tmp_path) == []


def test_the_copy_of_the_newest_edition_is_not_checked_twice(tmp_path: Path) -> None:
    for edition in ("2018-05", "latest"):
        page(tmp_path, f"{edition}/index.html", '<a href="gone/">x</a>')
    assert [fault.partition(":")[0] for fault in found(tmp_path)] == ["2018-05/index.html"]


def test_a_page_that_was_read_is_not_read_again_until_it_changes(tmp_path: Path) -> None:
    for edition in ("2018-05", "2019-11"):
        page(tmp_path, f"{edition}/index.html", '<a href="#a">x</a>')
    first, store = found(tmp_path), tmp_path.with_name(f"{tmp_path.name}-store")
    entries = {entry: entry.stat().st_mtime_ns for entry in store.iterdir()}
    assert found(tmp_path) == first
    assert {entry: entry.stat().st_mtime_ns for entry in store.iterdir()} == entries
    page(tmp_path, "2019-11/index.html", '<a href="#b" id="b">x</a>')
    assert found(tmp_path) == first[:1]
    assert len(set(entries) & set(store.iterdir())) == 1


def test_what_is_kept_of_a_page_is_not_used_for_another_address(tmp_path: Path) -> None:
    page(tmp_path, "2018-05/index.html", "https://example.org/2018-05/gone/ https://example.com/2018-05/lost/")
    assert [fault for fault in found(tmp_path, "https://example.org/") if "gone" in fault]
    assert [fault for fault in found(tmp_path, "https://example.com/") if "lost" in fault]
