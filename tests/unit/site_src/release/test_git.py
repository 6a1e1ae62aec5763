"""Which commit code is of: the last that changed it, or none where it was edited since or is in no repository."""

from pathlib import Path

import pytest

from site_src.release.git import clean_head, commits_of
from tests.scratch import Scratch, scratch_repository


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    return scratch_repository(tmp_path, monkeypatch)


def test_a_file_is_of_the_commit_that_changed_it_last(scratch: Scratch) -> None:
    first = scratch.commit(**{"a.py": "1", "b.py": "1"})
    second = scratch.commit(**{"b.py": "2"})
    assert commits_of(scratch.root, ["b.py", "a.py", "a.py"]) == {"a.py": first, "b.py": second}
    assert clean_head(scratch.root) == second


def test_a_file_that_was_edited_since_or_is_unknown_is_of_none(scratch: Scratch) -> None:
    scratch.commit(**{"a.py": "1"})
    (scratch.root / "a.py").write_text("2")
    (scratch.root / "new.py").write_text("1")
    assert commits_of(scratch.root, ["a.py", "new.py", "gone.py"]) == {}
    assert clean_head(scratch.root) == ""


def test_outside_of_a_repository_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.py").write_text("1")
    assert (commits_of(folder, ["a.py"]), clean_head(folder)) == ({}, "")


def test_without_git_there_is_no_commit(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.commit(**{"a.py": "1"})
    monkeypatch.setenv("PATH", str(scratch.root))
    assert (commits_of(scratch.root, ["a.py"]), clean_head(scratch.root)) == ({}, "")
