"""Whether a build would only repeat the last one, judged by the sizes and times of files, before any is read.

What is noted is a hash of all inputs as they were before the last build of the whole site, and one of all that it
wrote. A file that changes in any way, or has its old content written anew, makes the next build a real one.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from analysis.artifacts import BUILD, INPUTS
from site_src.release import build_stamps, git

NOTE: Final = Path(".cache", "last-build")
# Besides its bundles, everything that decides what the pages of an edition are.
PAGE_INPUTS: Final = (
    "docs/**/*",
    "site_src/**/*",
    "mkdocs.yml",
    "requirements.lock",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
)
OUTPUTS: Final = ("site/**/*", f"{BUILD.name}/**/*", f"{build_stamps.FOLDER.as_posix()}/*")


def made_from(root: Path, address: str) -> str:
    """A hash of all that decides what a build writes: files, commit, the address of the site, and the interpreter."""
    commits = f"{git.head(root)} {git.clean_head(root)}"
    return _hash([address, sys.version, commits, *_states(root, (*INPUTS, *PAGE_INPUTS))])


def is_noted(root: Path, inputs: str) -> bool:
    """Whether the last build was made from these inputs, and all that it wrote is as it left it."""
    try:
        return (root / NOTE).read_bytes() == _text(inputs, _outputs(root))
    except OSError:
        return False


def note(root: Path, inputs: str) -> None:
    """Notes that a build has written everything that follows from these inputs."""
    (root / NOTE).write_bytes(_text(inputs, _outputs(root)))


def _text(inputs: str, outputs: str) -> bytes:
    return f"{inputs} {outputs}\n".encode()


def _outputs(root: Path) -> str:
    return _hash(_states(root, OUTPUTS))


def _states(root: Path, patterns: Iterable[str]) -> list[str]:
    """One line for each file in the folders that patterns begin with, and for each that a pattern names; in order."""
    found: set[str] = set()
    for pattern in patterns:
        top = root / pattern.partition("*")[0]
        if top.is_dir():
            found.update(_below(os.fspath(top)))
        elif top.exists():
            found.add(_state(os.fspath(top), top.lstat()))
    return sorted(found)


def _below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield _state(entry.path, entry.stat(follow_symlinks=False))
            # Compiled modules are written by whoever imports them.
            elif entry.name != "__pycache__":
                yield from _below(entry.path)


def _state(path: str, known: os.stat_result) -> str:
    return f"{path} {known.st_size} {known.st_mtime_ns} {known.st_ctime_ns}"


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
