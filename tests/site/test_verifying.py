"""A published edition is verified by building it anew from its tag; in a real repository with a small builder."""

import gzip
import hashlib
import sys
from pathlib import Path

import pytest

from site_src.release.edition_files import MANIFEST
from site_src.release.publish import PublishError, publish
from site_src.release.verify import verify
from tests.scratch import Scratch, scratch_repository

# Stands where nox does: makes an edition of the committed page, compressed as hard as the surroundings say.
BUILDER = """
import gzip, hashlib, os, sys
from pathlib import Path

assert sys.argv[1:5] == ["-s", "build", "--", "--edition"], sys.argv
assert os.environ["SITE_URL"] == "https://numbers.openresults.net/some/where/"
assert not {"PYTHONPATH", "SOURCE_DATE_EPOCH", "NOX_CURRENT_SESSION"} & set(os.environ)
folder = Path("site") / sys.argv[5]
folder.mkdir(parents=True)
page = Path("page.html").read_bytes()
(folder / "index.html").write_bytes(page)
packed = gzip.compress(page, compresslevel=int(os.environ.get("LEVEL", "9")), mtime=0)
(folder / "index.html.gz").write_bytes(packed)
lines = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}" for n in ("index.html", "index.html.gz")]
(folder / "manifest.sha256").write_text("\\n".join(lines) + "\\n")
"""
PAGE = "<p>" + "number " * 200 + "</p>\n"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A repository from which one edition was published, and which has changed since."""
    repository = scratch_repository(tmp_path, monkeypatch)
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("NOX_CURRENT_SESSION", "verify")
    repository.commit(**{"page.html": PAGE, "nox/__main__.py": BUILDER, "nox/__init__.py": ""})
    repository.build("2018-05", {"index.html": PAGE.encode(), "index.html.gz": packed(PAGE.encode())})
    publish(repository.root, "2018-05")
    repository.commit(**{"page.html": "<p>Later</p>\n"})
    # An edition is verified for the address under which it was published.
    monkeypatch.setenv("SITE_URL", "https://moved.openresults.net/")
    return repository


def packed(content: bytes, level: int = 9) -> bytes:
    return gzip.compress(content, compresslevel=level, mtime=0)


def refusal(scratch: Scratch, edition: str) -> str:
    with pytest.raises(PublishError) as caught:
        verify(scratch.root, edition, sys.executable)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_edition_that_builds_to_the_same_bytes_is_verified(scratch: Scratch) -> None:
    seal = hashlib.sha256((scratch.root / "site" / "2018-05" / MANIFEST).read_bytes()).hexdigest()
    message = verify(scratch.root, "2018-05", sys.executable)
    assert message == f"edition 2018-05: all 3 files are as published; manifest.sha256 has SHA-256 {seal}"


def test_verifying_leaves_no_work_tree_behind(scratch: Scratch) -> None:
    verify(scratch.root, "2018-05", sys.executable)
    assert len(scratch.git("worktree", "list").splitlines()) == 1


def test_an_archive_packed_by_another_zlib_is_recognised(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVEL", "1")
    message = verify(scratch.root, "2018-05", sys.executable).splitlines()
    assert message[0].startswith("edition 2018-05: all 3 files are as published but for compression; ")
    assert message[1:] == ["index.html.gz holds the same content, compressed to other bytes by another zlib"]


def test_an_edition_that_builds_to_other_bytes_is_refused_with_the_first_file(scratch: Scratch) -> None:
    scratch.git("tag", "--force", "edition-2018-05", "main")
    # The page, its compressed twin and the list of both.
    assert refusal(scratch, "2018-05") == (
        "edition 2018-05: 3 files differ from the 3 on gh-pages when built anew; the first is index.html (changed)"
    )


def test_an_edition_that_no_longer_builds_is_refused(scratch: Scratch) -> None:
    scratch.git("rm", "--quiet", "page.html")
    scratch.commit()
    scratch.git("tag", "--force", "edition-2018-05", "main")
    assert refusal(scratch, "2018-05") == "edition-2018-05: edition 2018-05 could not be built; see the error above"
    assert len(scratch.git("worktree", "list").splitlines()) == 1


def test_an_edition_that_is_not_published_is_refused(scratch: Scratch) -> None:
    assert refusal(scratch, "2019-11") == "gh-pages: no edition '2019-11'; did you mean '2018-05'?"
    assert refusal(scratch, "2018-06") == "gh-pages: no edition '2018-06'; did you mean '2018-05'?"


def test_a_missing_tag_is_refused(scratch: Scratch) -> None:
    scratch.git("tag", "--delete", "edition-2018-05")
    assert refusal(scratch, "2018-05") == (
        "no tag edition-2018-05; expected it on the commit that edition 2018-05 was built from"
    )


def test_a_missing_branch_is_refused(scratch: Scratch) -> None:
    scratch.git("branch", "--delete", "--force", "gh-pages")
    assert refusal(scratch, "2018-05") == "no branch gh-pages; expected it to be fetched, or an edition to be published"
