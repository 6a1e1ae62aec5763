"""A commit as git knows it: its hash, what the work tree changes in it, and its files in a folder of their own."""

import io
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

from analysis.errors import RevisionError, did_you_mean
from analysis.input_files import is_input

# In the front matter of a page, and anywhere on it.
SETTLED, NAME = "settled:", r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+"
WORDS: Final = {"A": "added", "D": "removed"}


def commit_of(root: Path, revision: str) -> str:
    """The hash of the commit that a branch, a tag or an abbreviated hash names. Raises: RevisionError."""
    if _run(root, "rev-parse", "--git-dir").returncode:
        raise RevisionError(f"{root}: found no git repository; expected one, to compare the work tree with a commit")
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        names = _output(root, "for-each-ref", "--format=%(refname:short)").decode().split()
        hint = did_you_mean(revision, ["HEAD", *names]) or "; expected a branch, a tag or a hash"
        raise RevisionError(f"no commit '{revision}'{hint}")
    return found.stdout.decode().strip()


def changed_files(root: Path, commit: str) -> dict[str, str]:
    """What the work tree did to the files of a commit, by path: added, changed or removed."""
    listed = _output(root, "diff", "--name-status", "--no-renames", "--relative", "-z", commit, "--")
    states, paths = (listed.decode().split("\0")[start:-1:2] for start in (0, 1))
    untracked = _output(root, "ls-files", "--others", "--exclude-standard", "-z").decode().split("\0")[:-1]
    changed = {path: WORDS.get(state, "changed") for state, path in zip(states, paths, strict=True)}
    everything = {**changed, **dict.fromkeys(untracked, "added")}
    return {path: everything[path] for path in sorted(everything) if is_input(PurePath(path))}


def names_on_pages(root: Path, edition: str) -> dict[str, set[str]]:
    """The dotted names on the pages of the work tree that show the numbers of an edition.

    Those of numbers, figures and tables are among them. A page that settled earlier shows none of the edition.
    """
    # Where nothing is found, the exit code of git is that of an error.
    found = _run(root, "grep", "--untracked", "-z", "-o", "-E", f"^{SETTLED}.*|{NAME}", "--", "docs").stdout.decode()
    pages: dict[str, set[str]] = {}
    settled = set()
    for line in found.splitlines():
        page, _, name = line.partition("\0")
        pages.setdefault(page, set()).add(name)
        if name.startswith(SETTLED) and name.removeprefix(SETTLED).strip(' "') < edition:
            settled.add(page)
    return {page: names for page, names in pages.items() if page not in settled}


@contextmanager
def checked_out(root: Path, commit: str, paths: Sequence[str]) -> Iterator[Path]:
    """A folder with some files of a commit, for as long as the block runs. Raises: RevisionError."""
    # Uncompressed, as it is unpacked at once.
    archive = _output(root, "archive", "--format=zip", "-0", commit, "--", *paths)
    with TemporaryDirectory() as folder, ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(folder)
        yield Path(folder)


def _output(root: Path, *arguments: str) -> bytes:
    run = _run(root, *arguments)
    if run.returncode:
        reason = (run.stderr.decode(errors="replace").splitlines() or ["no reason given"])[0]
        raise RevisionError(f"git {arguments[0]}: {reason.removeprefix('fatal: ')}")
    return run.stdout


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *arguments]
    try:
        return subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603 - our own
    except OSError as error:
        raise RevisionError(f"git: cannot be run ({error.strerror}); expected it on the PATH") from None
