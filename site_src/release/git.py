"""Which commit changed a file of code last, so that a figure names the code that drew it, and which is checked out."""

import subprocess
from collections.abc import Iterable
from pathlib import Path


def commits_of(root: Path, files: Iterable[str]) -> dict[str, str]:
    """For each file the commit that changed it last; none where the files are in no repository or were edited since."""
    found = {}
    for file in sorted(set(files)):
        commit = _git(root, "log", "-1", "--format=%H", "--", file)
        if commit and not _git(root, "status", "--porcelain", "--", file):
            found[file] = commit
    return found


def head(root: Path) -> str:
    """The commit that is checked out; none outside of a repository."""
    return _git(root, "rev-parse", "--verify", "--quiet", "HEAD")


def clean_head(root: Path) -> str:
    """The commit that is checked out; none where files were edited since, or outside of a repository."""
    return "" if _git(root, "status", "--porcelain", "--untracked-files=normal") else head(root)


def _git(root: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    try:
        run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    except OSError:
        return ""
    return run.stdout.strip()
