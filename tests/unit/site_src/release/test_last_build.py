"""A build is taken for the last one only while every file that it read and wrote is as it left it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_src.release import last_build
from tests.scratch import scratch_repository

HOME = "https://numbers.org/"
INPUT, OUTPUT = "docs/index.md", "site/2018-05/index.html"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an input, and a site whose build is noted."""
    scratch = scratch_repository(tmp_path, monkeypatch)
    for name in (INPUT, OUTPUT, "build/2018-05/results.json", ".cache/editions/2018-05"):
        path = scratch.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before", encoding="utf-8")
    last_build.note(scratch.root, last_build.made_from(scratch.root, HOME))
    return scratch.root


def is_noted(root: Path, home: str = HOME) -> bool:
    """Whether a build would change nothing."""
    return last_build.is_noted(root, last_build.made_from(root, home))


def test_a_build_that_nothing_followed_is_the_last_one(root: Path) -> None:
    assert is_noted(root)


def test_another_address_is_another_build(root: Path) -> None:
    assert not is_noted(root, "https://example.org/")


def test_without_a_note_there_is_no_last_build(root: Path) -> None:
    (root / last_build.NOTE).unlink()
    assert not is_noted(root)


def of_the_same_length(path: Path) -> None:
    """New content of the old length."""
    path.write_text("BEFORE", encoding="utf-8")


def with_its_old_times(path: Path) -> None:
    """New content that pretends to be old."""
    known = path.stat()
    path.write_text("BEFORE", encoding="utf-8")
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def removed(path: Path) -> None:
    """No file."""
    path.unlink()


def added(path: Path) -> None:
    """One more file."""
    path.with_name("other").write_text("", encoding="utf-8")


@pytest.mark.parametrize("name", [INPUT, OUTPUT, "build/2018-05/results.json", ".cache/editions/2018-05"])
@pytest.mark.parametrize("change", [of_the_same_length, with_its_old_times, removed, added])
def test_any_change_to_a_file_makes_the_next_build_a_real_one(
    root: Path, name: str, change: Callable[[Path], None]
) -> None:
    change(root / name)
    assert not is_noted(root)


def test_compiled_modules_and_other_files_change_nothing(root: Path) -> None:
    for name in ("docs/__pycache__/a.pyc", "tests/test_a.py", "notes.txt"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("", encoding="utf-8")
    assert is_noted(root)


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.99])
def test_a_note_that_was_cut_short_is_none(root: Path, share: float) -> None:
    content = (root / last_build.NOTE).read_bytes()
    (root / last_build.NOTE).write_bytes(content[: int(share * len(content))])
    assert not is_noted(root)


def test_a_note_that_is_no_text_is_none(root: Path) -> None:
    (root / last_build.NOTE).write_bytes(b"\xff" * 130)
    assert not is_noted(root)
