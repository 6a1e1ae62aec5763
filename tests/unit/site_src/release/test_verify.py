"""How a rebuilt edition is compared with the published one: by bytes, and archives by what they hold."""

import gzip
import hashlib
import io
import zipfile

import pytest

from site_src.release.edition_files import MANIFEST
from site_src.release.verify import Comparison, comparison


def packed(content: bytes, level: int = 9) -> bytes:
    return gzip.compress(content, compresslevel=level, mtime=0)


def zipped(files: dict[str, bytes], level: int = 9) -> bytes:
    """An archive of files, all of the same day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, level)
    return buffer.getvalue()


def listed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files with the manifest of them."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())]
    return {**files, MANIFEST: "".join(lines).encode()}


def test_equal_files_have_no_differences() -> None:
    files = listed({"a.html": b"a", "b.zip": zipped({"a.html": b"a"})})
    assert comparison(files, dict(files)) == Comparison(differing={}, repacked=())


def test_files_that_differ_are_listed_and_so_is_the_manifest() -> None:
    found = comparison(listed({"a": b"1", "b": b"1"}), listed({"a": b"2", "c": b"1"}))
    assert found.differing == {"a": "changed", "b": "missing", "c": "new", MANIFEST: "changed"}


def test_an_archive_of_archives_is_unpacked_to_the_bottom() -> None:
    content = b"text " * 500
    published, built = (listed({"all.zip": zipped({"map.xml.gz": packed(content, level)}, level)}) for level in (9, 1))
    assert published != built
    assert comparison(published, built) == Comparison(differing={}, repacked=("all.zip",))


@pytest.mark.parametrize(
    "other",
    [
        zipped({"a": b"2"}),
        zipped({"a": b"1", "b": b"1"}),
        zipped({"b": b"1"}),
        b"no archive",
    ],
)
def test_an_archive_with_other_contents_is_a_difference(other: bytes) -> None:
    found = comparison(listed({"all.zip": zipped({"a": b"1"})}), listed({"all.zip": other}))
    assert found == Comparison(differing={"all.zip": "changed", MANIFEST: "changed"}, repacked=())


def test_a_manifest_that_differs_in_more_than_repacked_archives_is_a_difference() -> None:
    published = listed({"a.gz": packed(b"text " * 500), "b": b"1"})
    built = {**listed({"a.gz": packed(b"text " * 500, 1), "b": b"2"}), "b": b"1"}
    assert comparison(published, built) == Comparison(differing={MANIFEST: "changed"}, repacked=("a.gz",))
