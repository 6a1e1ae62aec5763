"""What publishing reads and refuses before it writes; what it writes is tested in tests/site."""

from pathlib import Path

import pytest

from analysis.errors import BundleError
from site_src.release.publish import (
    PublishError,
    check_name,
    commit_of,
    known_editions,
    publish,
    published_files,
    published_sources,
    tag_of,
)
from site_src.release.site_root import Source
from tests.scratch import ADDRESS, EDITIONS, Scratch, scratch_repository, write_bundles

PAGES = {"index.html": b"<p>Start</p>", "figures/gr\u00f6\u00dfe 1.svg": b"\x00\xff\n"}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A repository in which one closed edition is built."""
    repository = scratch_repository(tmp_path, monkeypatch)
    repository.build("2018-05", PAGES)
    return repository


def test_the_editions_are_those_that_the_build_knows(tmp_path: Path) -> None:
    write_bundles(tmp_path / "build")
    known = known_editions(tmp_path)
    assert {name: edition.closed for name, edition in known.items()} == EDITIONS


def test_editions_that_were_never_built_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"build: no build; run `python -m analysis build`$"):
        known_editions(tmp_path)


def test_an_unknown_edition_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(PublishError, match=r"^gh-pages: no edition '2018-06'; did you mean '2018-05'\?$"):
        check_name("2018-06", ["2018-05"], "gh-pages")


def test_what_cannot_name_an_edition_is_refused() -> None:
    with pytest.raises(PublishError, match=r"^'../x' cannot name an edition; expected year and month such as 2020-05$"):
        check_name("../x", ["../x"], "build")


def test_a_repository_without_the_branch_has_published_nothing(scratch: Scratch) -> None:
    assert published_sources(scratch.root) == {}
    assert commit_of(scratch.root, "refs/heads/gh-pages") == ""


def test_a_published_edition_is_read_back_with_its_source_and_its_bytes(scratch: Scratch) -> None:
    source = scratch.git("rev-parse", "HEAD")
    message = publish(scratch.root, "2018-05")
    assert message.endswith("to put it on the web: git push --atomic origin gh-pages edition-2018-05")
    assert published_sources(scratch.root) == {"2018-05": Source(commit=source, address=ADDRESS)}
    files = published_files(scratch.root, "2018-05")
    assert {path: files[path] for path in PAGES} == PAGES
    assert commit_of(scratch.root, tag_of("2018-05")) == source
    assert "already" in publish(scratch.root, "2018-05")


@pytest.mark.parametrize(
    ("edition", "message"),
    [
        ("2026-11", "edition 2026-11 is open; close it in data/editions.toml first"),
        (
            "2019-11",
            (
                "site/2019-11/manifest.sha256: no such file, so edition 2019-11 is not built; "
                "run `python -m site_src build --edition 2019-11`"
            ),
        ),
    ],
)
def test_an_edition_that_is_open_or_not_built_is_refused(scratch: Scratch, edition: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        publish(scratch.root, edition)
    assert str(caught.value) == message


def test_a_built_file_that_was_touched_is_refused_by_name(scratch: Scratch) -> None:
    (scratch.root / "site/2018-05/index.html").write_text("<p>Other</p>")
    with pytest.raises(PublishError, match=r"^site/2018-05/index\.html: changed; expected the files that "):
        publish(scratch.root, "2018-05")


def test_an_edition_of_another_commit_is_refused(scratch: Scratch) -> None:
    scratch.commit(**{"a.txt": "later"})
    expected = (
        r"^site/2018-05: built from commit \w+; expected commit \w+, which is checked out; run `.* --edition 2018-05`$"
    )
    with pytest.raises(PublishError, match=expected):
        publish(scratch.root, "2018-05")
