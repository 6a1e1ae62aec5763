"""Publishes an edition: commits its built folder to the branch of the site and tags the commit it was built from.

In go a clean work tree and site/<edition>/; out come one commit on the branch and one tag. What is published
stays: an edition on the branch is never replaced. Pushing both is left to the maintainer.
"""

import io
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Final

from mike import git_utils

from analysis.artifacts import BUILD, built_editions, open_bundle
from analysis.contract import EditionRecord
from analysis.disk_faults import disk_faults
from analysis.errors import did_you_mean
from analysis.locks import alone
from site_src import addresses
from site_src.errors import BuildError
from site_src.release import build_stamps
from site_src.release.build_stamps import SITE_LOCK
from site_src.release.edition_files import MANIFEST, differences, files_of, hashes_of
from site_src.release.site_root import Source, is_name, root_files, sources_in
from site_src.site_config import VARIABLE, address, is_placeholder

BRANCH: Final = "gh-pages"
BRANCH_REF: Final = f"refs/heads/{BRANCH}"
REMOTE: Final = "origin"
GOLDEN: Final = "tests/golden"


class PublishError(BuildError):
    """An edition cannot be published, or is not what was published; the message says why."""


def publish(root: Path, edition: str) -> str:
    """Commits a built edition to the branch and tags its source; returns what was done.

    One commit changes the branch, so whatever interrupts leaves it as before or as after. That commit keeps the
    source in versions.json, so a run cut off between commit and tag is completed by running it again.
    Raises: PublishError before anything is written, BuildError for an unusable address, BusyError beside a build.
    """
    with alone(root / SITE_LOCK, root / "site"), disk_faults(root):
        return _publish(root, edition)


def _publish(root: Path, edition: str) -> str:
    _check_closed(edition, known_editions(root))
    built = _built_files(root, edition)
    source = _clean_head(root)
    _follow_upstream(root)
    sources = published_sources(root)
    if edition in sources:
        _check_same(edition, published_files(root, edition), built)
        _tag(root, edition, sources[edition].commit)
        return f"edition {edition}: {BRANCH} holds the same {len(built)} files already, tagged {tag_of(edition)}"
    home = _real_address(root)
    _check_golden(root, edition)
    _check_stamp(root, edition, source, home)
    _check_tag(root, edition, source)
    _check_identity(root)
    _commit(root, edition, built, {**sources, edition: Source(commit=source, address=home)})
    _tag(root, edition, source)
    return (
        f"edition {edition}: {len(built)} files on {BRANCH}, commit {source} tagged {tag_of(edition)}\n"
        f"to put it on the web: git push --atomic {REMOTE} {BRANCH} {tag_of(edition)}"
    )


def tag_of(edition: str) -> str:
    """The tag on the commit that an edition was built from."""
    return f"edition-{edition}"


def known_editions(root: Path) -> dict[str, EditionRecord]:
    """All editions that the build knows, by id. Raises: BundleError."""
    build = root / BUILD.name
    newest = open_bundle(built_editions(build)[-1], build)
    return {edition.id: edition for edition in newest.edition.editions}


def check_name(edition: str, known: Iterable[str], where: str) -> None:
    """Lets the name of an edition pass that is known. Raises: PublishError with the nearest name."""
    if not is_name(edition):
        raise PublishError(f"'{edition}' cannot name an edition; expected year and month such as 2020-05")
    if edition not in (names := list(known)):
        raise PublishError(f"{where}: no edition '{edition}'{did_you_mean(edition, names)}")


def published_sources(root: Path) -> dict[str, Source]:
    """The editions on the branch, each with the commit and the address it was built for. Raises: PublishError."""
    if not commit_of(root, BRANCH_REF):
        return {}
    folders = git(root, "ls-tree", "-d", "--name-only", "-z", BRANCH_REF).decode().split("\0")
    editions = [folder for folder in folders if is_name(folder)]
    if not editions:
        return {}
    try:
        sources = sources_in(git(root, "show", f"{BRANCH_REF}:versions.json").decode())
        return {edition: sources[edition] for edition in editions}
    except (ValueError, KeyError, TypeError) as error:
        raise PublishError(
            f"{BRANCH}: versions.json: found no commit and address ({error}); "
            f"expected them for each of {', '.join(editions)}"
        ) from None


def published_files(root: Path, edition: str) -> dict[str, bytes]:
    """The bytes of every file that the branch holds of an edition, by path. Raises: PublishError."""
    listing = git(root, "ls-tree", "-r", "-z", f"{BRANCH_REF}:{edition}").decode()
    # An entry is `<mode> <type> <object>`, a tab, and the path.
    entries = [entry.partition("\t") for entry in listing.split("\0") if entry]
    names = "\n".join(about.split()[2] for about, _, _ in entries)
    contents = io.BytesIO(git(root, "cat-file", "--batch", given=names.encode()))
    files = {}
    for _, _, path in entries:
        size = int(contents.readline().split()[2])
        files[path] = contents.read(size)
        contents.readline()
    return files


def commit_of(root: Path, revision: str) -> str:
    """The full name of the commit that a branch or tag points to, or nothing where there is none."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except PublishError:
        return ""


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What a git command prints. Raises: PublishError with git's own words."""
    command = ["git", *arguments]
    try:
        run = subprocess.run(command, cwd=root, input=given, capture_output=True, check=False)  # noqa: S603 - our own
    except OSError as error:
        raise PublishError(f"git cannot be run ({error}); expected it to be installed") from None
    if run.returncode:
        raise PublishError(f"git {arguments[0]}: {_in_one_line(run.stderr.decode(errors='replace'))}")
    return run.stdout


def _check_closed(edition: str, known: Mapping[str, EditionRecord]) -> None:
    check_name(edition, known, BUILD.name)
    if not known[edition].closed:
        raise PublishError(f"edition {edition} is open; close it in data/editions.toml first")


def _real_address(root: Path) -> str:
    """The address to publish under. Raises: PublishError for one that leads nowhere."""
    home = address(root)
    if is_placeholder(home):
        raise PublishError(
            f"{VARIABLE} or mkdocs.yml: site_url: found the placeholder {home}; expected a real address, "
            "as every page carries it"
        )
    return home


def _check_golden(root: Path, edition: str) -> None:
    golden = f"{GOLDEN}/{edition}.json"
    if not git(root, "ls-tree", "--name-only", "HEAD", golden):
        raise PublishError(
            f"{golden}: not in the commit; expected the numbers of edition {edition}, "
            f"which `python -m analysis freeze {edition}` writes"
        )


def _check_stamp(root: Path, edition: str, source: str, home: str) -> None:
    """Lets pass what was built from the commit that is checked out, for the address that holds now."""
    folder, again = f"site/{edition}", f"run `python -m site_src build --edition {edition}`"
    stamp = build_stamps.read(root, edition)
    if not stamp or stamp.files != build_stamps.fingerprint(root / folder):
        raise PublishError(f"{folder}: found no record of what it was built from; {again}")
    if stamp.address != home:
        raise PublishError(f"{folder}: built for the address {stamp.address}; expected {home}; {again}")
    if stamp.commit != source:
        found = f"commit {stamp.commit}" if stamp.commit else "a work tree with changes"
        raise PublishError(f"{folder}: built from {found}; expected commit {source}, which is checked out; {again}")


def _built_files(root: Path, edition: str) -> dict[str, bytes]:
    """The files of a built edition, as its manifest lists them. Raises: PublishError naming the first that is not."""
    folder = f"site/{edition}"
    rebuild = f"run `python -m site_src build --edition {edition}`"
    files = files_of(root / folder)
    if MANIFEST not in files:
        raise PublishError(f"{folder}/{MANIFEST}: no such file, so edition {edition} is not built; {rebuild}")
    listed = {}
    for number, line in enumerate(files[MANIFEST].decode(errors="replace").splitlines(), 1):
        entry = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not entry:
            raise PublishError(f"{folder}/{MANIFEST}:{number}: found '{line}'; expected '<sha256>  <path>'; {rebuild}")
        listed[entry[2]] = entry[1]
    if differing := differences(listed, hashes_of(files)):
        path, kind = next(iter(differing.items()))
        raise PublishError(f"{folder}/{path}: {kind}; expected the files that {MANIFEST} lists; {rebuild}")
    return files


def _clean_head(root: Path) -> str:
    """The commit that is checked out. Raises: PublishError where files were edited since."""
    edited = git(root, "status", "--porcelain", "--untracked-files=normal").decode().splitlines()
    if edited:
        raise PublishError(f"{edited[0][3:]}: not committed; expected a clean work tree, as a site comes from a commit")
    return git(root, "rev-parse", "--verify", "HEAD").decode().strip()


def _follow_upstream(root: Path) -> None:
    """Brings the branch up to what was fetched, so that a fresh clone goes on where others stopped."""
    with chdir(root):
        try:
            git_utils.update_from_upstream(REMOTE, BRANCH)
        except git_utils.GitError as error:
            raise PublishError(_in_one_line(str(error))) from None


def _check_same(edition: str, published: Mapping[str, bytes], built: Mapping[str, bytes]) -> None:
    if differing := differences(published, built):
        path, kind = next(iter(differing.items()))
        raise PublishError(
            f"site/{edition}/{path}: {kind} since edition {edition} was published; "
            "expected the same files, as a published edition is never replaced"
        )


def _check_tag(root: Path, edition: str, source: str) -> str:
    """The commit that is tagged already, or nothing. Raises: PublishError where it is not the source."""
    tagged = commit_of(root, f"refs/tags/{tag_of(edition)}")
    if tagged not in ("", source):
        raise PublishError(f"tag {tag_of(edition)}: found it on commit {tagged}; expected {source}")
    return tagged


def _tag(root: Path, edition: str, source: str) -> None:
    """Sets the tag of an edition where it is not set yet."""
    if not _check_tag(root, edition, source):
        git(root, "tag", "--no-sign", tag_of(edition), source)


def _check_identity(root: Path) -> None:
    for variable, key in (("GIT_COMMITTER_NAME", "user.name"), ("GIT_COMMITTER_EMAIL", "user.email")):
        if not os.environ.get(variable) and not git(root, "config", "--default", "", "--get", key).strip():
            raise PublishError(f"git knows no {key} to commit with; set it with `git config {key} ...`")


def _commit(root: Path, edition: str, files: Mapping[str, bytes], sources: Mapping[str, Source]) -> None:
    """Adds an edition to the branch, and to latest/ if none is newer; `sources` are those of all editions."""
    newest = files if edition == max(sources) else published_files(root, max(sources))
    above = root_files(sources, sources[edition].address, newest, sources)
    folders = [edition, addresses.LATEST] if edition == max(sources) else [edition]
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        os.environ.setdefault("GIT_COMMITTER_DATE", f"{epoch} +0000")
    message = (
        f"Publish edition {edition}\n\nBuilt from commit {sources[edition].commit} for {sources[edition].address}.\n"
    )
    with chdir(root):
        try:
            with git_utils.Commit(BRANCH, message) as commit:
                commit.delete_files(folders)
                for folder in folders:
                    for path, content in sorted(files.items()):
                        commit.add_file(git_utils.FileInfo(f"{folder}/{path}", content))
                for path, text in above.items():
                    commit.add_file(git_utils.FileInfo(path, text))
        # mike raises a ValueError for a date that it cannot read.
        except (git_utils.GitError, ValueError) as error:
            raise PublishError(_in_one_line(str(error))) from None


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
