"""Compares the work tree with a commit: the open edition of both, and that closed ones stay as they are.

The commit is read by its own code in a process of its own, so that a change of the code shows as well as one of the
data; what was found there is kept for the next preview. Without a change to either, nothing is computed.
"""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from analysis.bundle import state
from analysis.bundle.golden import FOLDER, differences, golden_of
from analysis.bundle.state import Records, Repository, repository
from analysis.content_store import ContentStore, key_of
from analysis.contract import Preview, Section
from analysis.difference.causes import leaf
from analysis.difference.commit import changed_files, checked_out, commit_of, names_on_pages
from analysis.difference.generated import moved_on_pages
from analysis.difference.sections import compared, page_section, summary
from analysis.errors import RevisionError
from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.inputs.files import read_json
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import judged

# What decides the numbers of an edition.
CODE: Final = "analysis"
COMPARED: Final = (CODE, "data", "references.bib", "CHANGELOG.md")
SHORT: Final = 10
# What the last preview found at the commit that it compared with, below the root, and the name of its one file.
COMMITS: Final = Path(".cache", "commits")
STATE: Final = "state.json"


def preview(revision: str, root: Path = ROOT) -> Preview:
    """What the work tree changes against a commit. Raises: RevisionError, InputError."""
    commit = commit_of(root, revision)
    changed = changed_files(root, commit)
    touched = {path.partition("/")[0] for path in changed}
    sections: list[Section] = []
    faults: list[str] = []
    named: dict[str, set[str]] = {}
    listing: dict[str, list[str]] = {}
    if touched & set(COMPARED):
        with earlier(root, commit) as state_before:
            dataset = load_dataset(root)
            after = repository(judged(analyse(dataset)))
            before = state_before()
        named = names_on_pages(root, after.opened.edition)
        sections += compared(before.opened, after.opened, code_changed=CODE in touched)
        listing = moved_on_pages(before.opened, after.opened)
        faults += closed_faults(before.closed, after.closed, dataset, root=root, everything=CODE in touched)
    sections.append(page_section(changed, named, sections, listing))
    shown = tuple(section for section in sections if section.rows)
    base = commit[:SHORT] if commit.startswith(revision) else f"{revision} ({commit[:SHORT]})"
    return Preview(title=summary(shown, base), sections=shown, faults=tuple(faults))


@contextmanager
def earlier(root: Path, commit: str) -> Iterator[Callable[[], Repository]]:
    """A function that gives the state of a commit: the one that is kept, or one that is computed during the block."""
    store, key = ContentStore(root / COMMITS), _reader_of(commit)
    kept = store.get(key)
    if kept is not None:
        yield lambda: Repository.model_validate_json(kept[STATE])
        return
    with reading(root, commit) as process:

        def computed() -> Repository:
            found = read(process, commit)
            # Whoever may not write here waits the next time too.
            with suppress(OSError):
                store.put(key, {STATE: found.model_dump_json().encode()})
                store.keep([key])
            return found

        yield computed


def _reader_of(commit: str) -> str:
    """What decides the state of a commit: its files, what is asked of them, and the installed packages."""
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    return key_of(commit, inspect.getsource(state), sys.version, *packages)


@contextmanager
def reading(root: Path, commit: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that reads the files of a commit with the code of that commit, and ends with the block."""
    # The first folder in which a program given as text looks for modules is the one that it runs in.
    command = [sys.executable, "-c", inspect.getsource(state)]
    with (
        checked_out(root, commit, COMPARED) as folder,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,  # noqa: S603
    ):
        try:
            yield process
        finally:
            process.kill()


def read(process: "subprocess.Popen[bytes]", commit: str) -> Repository:
    """What such a process has read. Raises: RevisionError."""
    printed, complaints = process.communicate()
    try:
        return Repository.model_validate_json(printed)
    except ValidationError:
        reason = (complaints.decode(errors="replace").splitlines() or ["nothing was printed"])[-1]
        raise RevisionError(f"commit {commit[:SHORT]}: its own code cannot read it ({reason})") from None


def closed_faults(
    before: Mapping[str, Records], after: Mapping[str, Records], dataset: Dataset, *, root: Path, everything: bool
) -> Iterator[str]:
    """What would change in closed editions; their numbers are computed where records differ, or for all of them."""
    for edition, old in before.items():
        if edition not in after:
            yield f"data/editions.toml: edition {edition} was closed; expected it to stay so"
            continue
        if changed := _changed(old, after[edition]):
            yield (
                f"{_first_of(changed)}: changed in edition {edition}, which is closed; "
                "expected a new record in the open edition, and `until` in the old one"
            )
        golden = root / FOLDER / f"{edition}.json"
        if (changed or everything) and golden.is_file():
            now = golden_of(judged(analyse(dataset, edition)))
            if lines := differences(read_json(golden, root), now):
                yield f"edition {edition} is closed: {_first_of(lines)}"


def _changed(old: Records, new: Records) -> list[str]:
    """The records that were added to a closed edition, changed or removed."""
    known = [
        {leaf(key, record.file): record for kind in side.values() for key, record in kind.items()}
        for side in (old, new)
    ]
    return sorted(name for name in {**known[0], **known[1]} if known[0].get(name) != known[1].get(name))


def _first_of(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    return names[0] + (f" (and {len(names) - 1} more)" if names[1:] else "")
