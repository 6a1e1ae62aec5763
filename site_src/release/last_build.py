"""Whether a build would only repeat the last one, judged by the sizes and times of files, before any is read.

What is noted is a hash of all inputs as they were before the last build of the whole site, and one of all that it
wrote. A file that changes in any way, or has its old content written anew, makes the next build a real one.
"""

import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from analysis.input_files import INPUTS, file_states, input_states
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
OUTPUTS: Final = ("site/**/*", "build/**/*", f"{build_stamps.FOLDER.as_posix()}/*")


def made_from(root: Path, address: str) -> str:
    """A hash of all that decides what a build writes: files, commit, the address of the site, and the interpreter."""
    commits = f"{git.head(root)} {git.clean_head(root)}"
    return _hash([address, sys.version, commits, *_lines(input_states(root, (*INPUTS, *PAGE_INPUTS)))])


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
    return _hash(_lines(file_states(root, OUTPUTS)))


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _lines(states: Mapping[str, str]) -> list[str]:
    return [f"{path} {state}" for path, state in states.items()]
