"""The work tree against a commit, in repositories of their own."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.bundle.state import closed_records, repository
from analysis.difference.commit import names_on_pages
from analysis.difference.compare import closed_faults, earlier, preview, read, reading
from analysis.errors import RevisionError
from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import System
from analysis.results.collect import Findings
from tests.conftest import copy_of_inputs
from tests.editions import FIRST


def git(root: Path, *arguments: str) -> None:
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *author, *arguments], cwd=root, check=True, capture_output=True)


def committed(root: Path) -> Path:
    git(root, "init", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--message=All")
    return root


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A repository that has only a page."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("Text.\n", encoding="utf-8")
    return committed(tmp_path)


def test_nothing_changed(pages: Path) -> None:
    found = preview("HEAD", pages)
    assert found.title.startswith("Nothing changed since HEAD (")
    assert (found.sections, found.faults) == ((), ())


def test_edited_and_new_pages_are_listed_without_computing_anything(pages: Path) -> None:
    (pages / "docs/index.md").write_text("Other text.\n", encoding="utf-8")
    (pages / "docs/new.md").write_text("Text.\n", encoding="utf-8")
    (section,) = preview("main", pages).sections
    assert section.rows == (("docs/index.md", "changed", "–"), ("docs/new.md", "added", "–"))


def test_the_names_on_pages_are_those_of_pages_that_still_move(pages: Path) -> None:
    text = 'since: "2018-05"\n---\n{{ a.b_c.d }} grew, {% call figure("a.e") %}'
    (pages / "docs/open.md").write_text(text, encoding="utf-8")
    (pages / "docs/old.md").write_text(f'settled: "2018-05"\n{text}', encoding="utf-8")
    assert names_on_pages(pages, "2020-05") == {"docs/open.md": {"a.b_c.d", "a.e"}}
    # A page may settle at an edition that is still open.
    assert set(names_on_pages(pages, "2018-05")) == {"docs/open.md", "docs/old.md"}


def test_a_commit_that_git_does_not_know_is_an_error(pages: Path) -> None:
    for unknown, hint in (("mian", "; did you mean 'main'?"), ("--all", "; expected a branch, a tag or a hash")):
        with pytest.raises(RevisionError) as caught:
            preview(unknown, pages)
        assert str(caught.value) == f"no commit '{unknown}'{hint}"


def test_a_folder_in_no_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RevisionError) as caught:
        preview("HEAD", tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: found no git repository; expected one, to compare the work tree with a commit"
    )


def test_a_commit_without_our_code_is_an_error(pages: Path) -> None:
    copy_of_inputs(pages)
    with pytest.raises(RevisionError, match=r"^git archive: pathspec 'analysis' did not match any files"):
        preview("HEAD", pages)


def test_a_commit_is_read_by_its_own_code_whatever_the_work_tree_holds_and_once(
    tmp_path: Path, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of_inputs(tmp_path)
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    committed(tmp_path)
    shutil.rmtree(tmp_path / "data")
    with earlier(tmp_path, "main") as state_before:
        assert state_before() == repository(findings)
    # No process can be started any more.
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    with earlier(tmp_path, "main") as state_before:
        assert state_before() == repository(findings)
    with pytest.raises(FileNotFoundError), earlier(tmp_path, "HEAD"):
        pass


def test_a_commit_that_its_code_cannot_read_is_an_error(tmp_path: Path) -> None:
    copy_of_inputs(tmp_path)
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis/__init__.py").write_text("raise ValueError('an old code')", encoding="utf-8")
    committed(tmp_path)
    with reading(tmp_path, "main") as process, pytest.raises(RevisionError) as caught:
        read(process, "main")
    assert str(caught.value) == "commit main: its own code cannot read it (ValueError: an old code)"


def test_a_record_that_changes_in_a_closed_edition_is_an_error_and_so_is_what_it_moves(dataset: Dataset) -> None:
    def dated(system: System) -> System:
        return system.model_copy(update={"date": date(2013, 9, 1)}) if system.id == "word2vec" else system

    edited = replace(dataset, systems=tuple(map(dated, dataset.systems)))
    # Only the first of them, as computing all takes a second.
    before, after = ({FIRST: closed_records(known)[FIRST]} for known in (dataset, edited))
    record, numbers = closed_faults(before, after, edited, root=ROOT, everything=False)
    assert record == (
        f"data/systems/word2vec.toml: changed in edition {FIRST}, which is closed; "
        "expected a new record in the open edition, and `until` in the old one"
    )
    assert numbers.startswith(f"edition {FIRST} is closed: ")
    assert list(closed_faults(before, before, dataset, root=ROOT, everything=False)) == []


def test_a_closed_edition_stays_closed(dataset: Dataset) -> None:
    (fault,) = closed_faults({FIRST: {}}, {}, dataset, root=ROOT, everything=False)
    assert fault == f"data/editions.toml: edition {FIRST} was closed; expected it to stay so"
