"""What is an input, and that nothing is made from inputs that were edited meanwhile."""

import os
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest

from analysis.errors import AnalysisError, EditedError
from analysis.input_files import is_input, unedited

PATTERNS = ("docs/**/*", "mkdocs.yml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two inputs and another file."""
    (tmp_path / "docs/posts").mkdir(parents=True)
    for name in ("docs/posts/a.md", "mkdocs.yml", "notes.txt"):
        (tmp_path / name).write_text("before")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        *("docs/.index.md.swp", "docs/#index.md#", "docs/.#index.md", "docs/index.md~", "docs/.DS_Store"),
        *("docs/.ipynb_checkpoints/a.py", "analysis/__pycache__/a.pyc"),
    ],
)
def test_leftovers_are_no_inputs(name: str) -> None:
    assert not is_input(PurePath(name))


@pytest.mark.parametrize("name", ["docs/index.md", "data/a#b.csv", "data/systems/a~b.toml", "references.bib"])
def test_other_files_are_inputs(name: str) -> None:
    assert is_input(PurePath(name))


def rewritten(path: Path) -> None:
    """The same content, written again with the same time."""
    known = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def make(root: Path, edit: Callable[[], object], error: str = "") -> None:
    """Makes something while there is an edit, and fails if there is an error to fail with."""
    with unedited(root, PATTERNS):
        edit()
        if error:
            raise AnalysisError(error)


@pytest.mark.parametrize("edit", [rewritten, Path.unlink, lambda path: path.with_name("new.md").touch()])
def test_an_input_that_is_edited_is_named(root: Path, edit: Callable[[Path], None]) -> None:
    with pytest.raises(EditedError, match=r"^docs/posts/(a|new)\.md: edited during the build; "):
        make(root, lambda: edit(root / "docs/posts/a.md"))


def test_what_fails_because_of_an_edit_reports_the_edit(root: Path) -> None:
    with pytest.raises(EditedError, match=r"^mkdocs\.yml: "):
        make(root, lambda: (root / "mkdocs.yml").write_text("half"), "mkdocs.yml: expected more")


def test_other_files_do_not_matter(root: Path) -> None:
    make(root, lambda: (root / "notes.txt").write_text("after"))
    make(root, lambda: (root / "docs/.#a.md").symlink_to("nowhere"))


def test_other_errors_pass(root: Path) -> None:
    with pytest.raises(AnalysisError, match=r"^as it is$"):
        make(root, lambda: None, "as it is")
