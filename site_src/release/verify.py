"""Verifies a published edition: builds it anew from the commit of its tag and compares it with the branch.

The build runs in a work tree of its own, with the noxfile and the locked packages of that commit.
"""

import gzip
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from site_src.release.edition_files import MANIFEST, differences, files_of
from site_src.release.publish import (
    BRANCH,
    PublishError,
    check_name,
    commit_of,
    git,
    published_files,
    published_sources,
    tag_of,
)
from site_src.release.subprocesses import Steps
from site_src.site_config import VARIABLE

# What a session of nox sets for its own tree, and the build of another tree must not see.
OF_THIS_TREE: Final = ("EDITION", "PYTHONPATH", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV")
# A line of a manifest is a SHA-256, two spaces, and the path.
PATH_STARTS_AT: Final = 66


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a rebuilt edition differs from the published one.

    `differing` says what became of a file, by path. `repacked` are archives whose bytes differ and whose contents
    do not, as another zlib makes them.
    """

    differing: Mapping[str, str]
    repacked: tuple[str, ...]


def verify(root: Path, edition: str, interpreter: str) -> str:
    """Builds a published edition anew and reports that it is the same. `interpreter` is a Python that has nox.

    Raises: PublishError naming the first file that differs, or what is missing.
    """
    if not commit_of(root, f"refs/heads/{BRANCH}"):
        raise PublishError(f"no branch {BRANCH}; expected it to be fetched, or an edition to be published")
    sources = published_sources(root)
    check_name(edition, sources, BRANCH)
    tag = f"refs/tags/{tag_of(edition)}"
    if not commit_of(root, tag):
        raise PublishError(f"no tag {tag_of(edition)}; expected it on the commit that edition {edition} was built from")
    with _checkout(root, tag) as tree:
        _build(tree, edition, interpreter, sources[edition].address)
        built = files_of(tree / "site" / edition)
    published = published_files(root, edition)
    return _verdict(edition, published, comparison(published, built))


def comparison(published: Mapping[str, bytes], built: Mapping[str, bytes]) -> Comparison:
    """How the files of a rebuilt edition differ from those published; a manifest may differ in repacked archives."""
    differing = differences(published, built)
    repacked = tuple(
        path
        for path, kind in differing.items()
        if kind == "changed" and _contents(path, published[path]) == _contents(path, built[path])
    )
    harmless = set(repacked)
    if differing.get(MANIFEST) == "changed":
        lines = set(published[MANIFEST].splitlines()) ^ set(built[MANIFEST].splitlines())
        if {line[PATH_STARTS_AT:].decode(errors="replace") for line in lines} <= harmless:
            harmless.add(MANIFEST)
    return Comparison(
        differing={path: kind for path, kind in differing.items() if path not in harmless}, repacked=repacked
    )


def _contents(path: str, data: bytes) -> Any:
    """What a file holds once it is unpacked, archives within archives too; its own bytes if it is no archive."""
    try:
        if path.endswith(".gz"):
            return _contents(path.removesuffix(".gz"), gzip.decompress(data))
        if path.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return [
                    (
                        member.filename,
                        member.date_time,
                        member.external_attr,
                        _contents(member.filename, archive.read(member)),
                    )
                    for member in archive.infolist()
                ]
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        return data
    return data


@contextmanager
def _checkout(root: Path, revision: str) -> Iterator[Path]:
    """A work tree of its own for a revision, gone afterwards."""
    with TemporaryDirectory() as folder:
        tree = Path(folder).resolve() / "source"
        git(root, "worktree", "add", "--detach", "--quiet", str(tree), revision)
        try:
            yield tree
        finally:
            git(root, "worktree", "remove", "--force", str(tree))


def _build(tree: Path, edition: str, interpreter: str, home: str) -> None:
    """Builds an edition in a tree, for the address under which it was published, whatever holds here now."""
    command = [interpreter, "-m", "nox", "-s", "build", "--", "--edition", edition]
    surroundings = {
        name: value for name, value in os.environ.items() if name not in OF_THIS_TREE and not name.startswith("NOX")
    }
    with Steps(tree) as steps:
        run = steps.run(command, {**surroundings, VARIABLE: home}, output=None)
    if run.returncode:
        raise PublishError(f"{tag_of(edition)}: edition {edition} could not be built; see the error above")


def _verdict(edition: str, published: Mapping[str, bytes], found: Comparison) -> str:
    """That all files are the same. Raises: PublishError naming the first that is not."""
    if found.differing:
        path, kind = next(iter(found.differing.items()))
        raise PublishError(
            f"edition {edition}: {len(found.differing)} files differ from the {len(published)} on {BRANCH} when built "
            f"anew; the first is {path} ({kind})"
        )
    seal = hashlib.sha256(published[MANIFEST]).hexdigest()
    but = " but for compression" if found.repacked else ""
    lines = [f"edition {edition}: all {len(published)} files are as published{but}; {MANIFEST} has SHA-256 {seal}"]
    lines += [f"{path} holds the same content, compressed to other bytes by another zlib" for path in found.repacked]
    return "\n".join(lines)
