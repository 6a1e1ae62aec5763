"""Copies of the repository with a site built in them, for the tests that need whole pages."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.artifacts import built_editions
from site_src.context import PageContext

ROOT = Path(__file__).resolve().parents[1]
# Makes the context of a page: its path, and an edition other than the newest if that is wanted.
Context = Callable[..., PageContext]
# What a build must not depend on.
SURROUNDINGS = (
    {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
    {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A copy of the repository with its built site, and the pages of its newest edition."""

    root: Path
    pages: Path

    @property
    def folder(self) -> Path:
        """The whole site: all editions, and the files above them."""
        return self.root / "site"


def built_site(root: Path, surroundings: dict[str, str], *arguments: str) -> Site:
    """Builds the site in a folder that holds a copy of the repository."""
    run = site_build(root, *arguments, surroundings=surroundings)
    if run.returncode:
        raise RuntimeError(f"the site could not be built:\n{run.stdout}\n{run.stderr}")
    return Site(root=root, pages=root / "site" / built_editions(root / "build")[-1])


def site_build(
    root: Path, *arguments: str, surroundings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the command that `nox -s build` runs, in a copy of the repository."""
    environment = {**os.environ, "PYTHONPATH": str(root), **(surroundings or {})}
    return subprocess.run(
        [sys.executable, "-m", "site_src", "build", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_repository(root: Path) -> None:
    """Copies every file that git knows or would know into a folder, with the history."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    # Pages name the commits of code; without them they would be others than those of the repository.
    if (ROOT / ".git").is_dir():
        shutil.copytree(ROOT / ".git", root / ".git", ignore=shutil.ignore_patterns("*.lock"))


def html_of(path: Path) -> str:
    """A page without the tags that only keep words on one line."""
    return re.sub(r'<span class="nowrap">([^<]*)</span>', r"\1", path.read_text(encoding="utf-8"))


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder by name, sorted."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
