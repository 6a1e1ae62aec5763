"""Copies of the repository with a site built in them, for the tests that need whole pages."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What a build must not depend on.
SURROUNDINGS = (
    {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
    {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A copy of the repository and the folder of its built pages."""

    root: Path
    pages: Path


def built_site(root: Path, surroundings: dict[str, str]) -> Site:
    """Copies the repository and builds it there."""
    copy_repository(root)
    run = mkdocs_build(root, surroundings)
    if run.returncode:
        raise RuntimeError(f"the site could not be built:\n{run.stdout}\n{run.stderr}")
    return Site(root=root, pages=next((root / "site").iterdir()))


def mkdocs_build(root: Path, surroundings: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command that `nox -s build` runs, in a copy of the repository."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "PYTHONPATH": str(root), **(surroundings or {})}
    return subprocess.run(
        [sys.executable, "-m", "site_src", "build"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_repository(root: Path) -> None:
    """Copies every file that git knows or would know into a folder."""
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


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder by name, sorted."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
