"""Which files are inputs, and whether one was edited while something was made from them.

A file counts as edited when its size or times change, so none is read for that.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final

from analysis.errors import EditedError

ROOT: Final = Path(__file__).resolve().parents[1]
# Every file that can change what a build of the analysis writes; code too, as a fix changes numbers without touching
# data.
CODE: Final = ("analysis/**/*.py", "analysis/**/*.mplstyle", "requirements.lock")
INPUTS: Final = (*CODE, "data/**/*", "references.bib", "CHANGELOG.md")
# Hidden files and folders, what editors keep next to a file that is open, and compiled modules.
LEFTOVER: Final = re.compile(r"\..*|#.*#|.*~|__pycache__")


def is_input(path: PurePath) -> bool:
    """Whether a file that lies among inputs is one, by its path from the root."""
    return not any(map(LEFTOVER.fullmatch, path.parts))


def file_states(root: Path, patterns: Iterable[str]) -> dict[str, str]:
    """The size and times of files by path: of all in the folders that patterns begin with, and of those they name."""
    found: dict[str, str] = {}
    for pattern in patterns:
        name = pattern.partition("*")[0]
        top = root / name
        if top.is_dir():
            found.update(_below(os.fspath(top), name))
        elif top.exists():
            found[name] = _state(top.lstat())
    return dict(sorted(found.items()))


def input_states(root: Path, patterns: Iterable[str]) -> dict[str, str]:
    """The same, for inputs alone."""
    return {path: state for path, state in file_states(root, patterns).items() if is_input(PurePath(path))}


@contextmanager
def unedited(root: Path, patterns: Iterable[str]) -> Iterator[None]:
    """Makes something from inputs, which must stay as they are meanwhile. Raises: EditedError, before other errors."""
    before = input_states(root, patterns)
    try:
        yield
    except Exception:
        _check(before, input_states(root, patterns))
        raise
    _check(before, input_states(root, patterns))


def _check(before: dict[str, str], after: dict[str, str]) -> None:
    edited = sorted(path for path, _ in before.items() ^ after.items())
    if edited:
        raise EditedError(f"{edited[0]}: edited during the build; expected it to stay as it was, so build again")


def _below(folder: str, name: str) -> Iterator[tuple[str, str]]:
    """The files below a folder, whose name from the root ends with a slash."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{name}{entry.name}/")
            else:
                yield f"{name}{entry.name}", _state(entry.stat(follow_symlinks=False))


def _state(known: os.stat_result) -> str:
    return f"{known.st_size} {known.st_mtime_ns} {known.st_ctime_ns}"
