"""What a built edition was made from is kept beside it, and is nothing where it cannot be relied on."""

from pathlib import Path

import pytest

from site_src.release.build_stamps import Stamp, fingerprint, read, write
from site_src.release.edition_files import MANIFEST, manifest

STAMP = Stamp(state="a", files="b", address="https://numbers.org/", commit="c0ffee")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A built edition of one page."""
    folder = tmp_path / "2018-05"
    folder.mkdir()
    (folder / "index.html").write_text("<p>One</p>")
    (folder / MANIFEST).write_text(manifest(folder))
    return folder


def test_a_stamp_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path, "2018-05", STAMP)
    write(tmp_path, "2019-11", Stamp(state="", files="", address="", commit=""))
    assert read(tmp_path, "2018-05") == STAMP


@pytest.mark.parametrize(
    "content", [None, b"", b"\xff", b"[]", b"{}", b'{"state": "a"}', b'{"state": "a", "other": 1}']
)
def test_a_stamp_that_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    write(tmp_path, "2018-05", STAMP)
    (path,) = (file for file in tmp_path.rglob("2018-05") if file.is_file())
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert read(tmp_path, "2018-05") is None


def test_the_same_files_have_the_same_fingerprint_and_others_another(built: Path) -> None:
    one = fingerprint(built)
    assert len(one) == 64
    assert fingerprint(built) == one
    (built / "index.html").write_text("<p>Two</p>")
    (built / MANIFEST).write_text(manifest(built))
    assert fingerprint(built) not in ("", one)


def test_files_that_are_not_those_of_the_manifest_have_no_fingerprint(built: Path) -> None:
    (built / "index.html").write_text("<p>Two</p>")
    assert fingerprint(built) == ""


def test_a_manifest_that_is_no_text_is_not_that_of_the_files(built: Path) -> None:
    (built / MANIFEST).write_bytes(b"\xff")
    assert fingerprint(built) == ""


def test_an_edition_that_is_not_built_has_no_fingerprint(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "2018-05") == ""
