"""The work tree against a commit, in repositories of their own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.artifacts import ROOT
from analysis.contract import Preview
from analysis.difference.compare import closed_faults, preview
from analysis.errors import RevisionError
from analysis.inputs.dataset import Dataset
from tests.conftest import copy_of_inputs
from tests.editions import CLOSED, FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of the command, and what it found."""

    done: subprocess.CompletedProcess[str]
    found: Preview


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


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command in a repository with another compute of word2vec, which every closed edition has too."""
    root = copy_of_inputs(tmp_path_factory.mktemp("edited"))
    shutil.copytree(ROOT / "analysis", root / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    # Only one of the closed editions has its numbers frozen here, as computing one takes a second.
    (root / "tests/golden").mkdir(parents=True)
    shutil.copy(ROOT / "tests/golden" / f"{FIRST}.json", root / "tests/golden")
    committed(root)
    path = root / "data/systems/word2vec.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("0.00045", "0.00044"), encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "diff", "main", "--json", "found.json"]
    surroundings = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=surroundings, capture_output=True, text=True, check=False)
    return Run(done=done, found=Preview.model_validate_json((root / "found.json").read_bytes()))


def test_nothing_changed(pages: Path) -> None:
    found = preview("HEAD", pages)
    assert found.title.startswith("Nothing changed since HEAD (")
    assert (found.sections, found.faults) == ((), ())


def test_edited_and_new_pages_are_listed_without_computing_anything(pages: Path) -> None:
    (pages / "docs/index.md").write_text("Other text.\n", encoding="utf-8")
    (pages / "docs/new.md").write_text("Text.\n", encoding="utf-8")
    (section,) = preview("main", pages).sections
    assert section.rows == (("docs/index.md", "changed"), ("docs/new.md", "added"))


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


def test_a_changed_record_moves_the_quantities_made_from_it(edited: Run) -> None:
    moved = {row[0]: row for row in edited.found.sections[0].rows}
    # 0.00044 / 0.00045 = 0.97778
    assert moved["worked.word2vec.stated"][3:] == ("0.9778×", "data/systems/word2vec.toml")
    assert edited.done.stdout.startswith(f"{edited.found.title}\n\nQuantities\n")


def test_a_closed_edition_that_would_change_is_an_error(edited: Run) -> None:
    assert edited.done.returncode == 1
    assert edited.done.stderr.splitlines() == [f"error: {fault}" for fault in edited.found.faults]
    changed, numbers, *others = edited.found.faults
    assert [fault.partition(",")[0] for fault in (changed, *others)] == [
        f"data/systems/word2vec.toml: changed in edition {edition}" for edition in CLOSED
    ]
    assert numbers.startswith(f"edition {FIRST} is closed: quantities: ")
    assert numbers.endswith(" more)")


def test_a_closed_edition_stays_closed(dataset: Dataset) -> None:
    (fault,) = closed_faults({"2018-05": {}}, {}, dataset, root=ROOT, everything=False)
    assert fault == "data/editions.toml: edition 2018-05 was closed; expected it to stay so"
