"""Writes the site: every edition in a folder of its own, the newest once more as latest/, and the root.

All of it is made next to the old site, checked, and swapped in when all is well. An edition whose inputs
have not changed since it was last built is reused.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from analysis.artifacts import BUILD, BUILD_LOCK, built_editions, input_hash, is_current, open_bundle
from analysis.content_store import ContentStore
from analysis.disk_faults import disk_faults
from analysis.errors import UnknownNameError, did_you_mean
from analysis.folder_swap import recover, swap_in
from analysis.input_files import INPUTS, ROOT, is_input, unedited
from analysis.locks import alone, reading
from analysis.workers import cores, workers
from site_src import addresses
from site_src.errors import BuildError
from site_src.outputs import offline_zip
from site_src.pages import notebooks
from site_src.pages.edition import authored_sources
from site_src.release import build_stamps, git, last_build, site_root
from site_src.release.build import SITE
from site_src.release.build_stamps import SITE_LOCK, Stamp, fingerprint
from site_src.release.edition_files import MANIFEST, manifest
from site_src.release.link_check import faults
from site_src.release.subprocesses import Steps
from site_src.site_config import VARIABLE, archive_name

# A process that outlives a killed build writes into the folder of that one, not into ours.
PARTIAL: Final = ".site.partial-"
# What pages that were checked before link to, below the root.
LINKS: Final = Path(".cache", "links")


def build_anew(home: str, inputs: str, only: str | None) -> None:
    """Builds the editions for an address, or one of them, and swaps the whole site in.

    `inputs` is what a build of the whole site is noted with. Raises: BuildError, AnalysisError.
    """
    fresh = ROOT / f"{PARTIAL}{os.getpid()}"
    with alone(ROOT / SITE_LOCK, SITE), disk_faults(fresh):
        recover(SITE)
        try:
            _clear()
            with unedited(ROOT, (*INPUTS, *last_build.PAGE_INPUTS)):
                _analyse()
                with reading(ROOT / BUILD_LOCK, BUILD):
                    _write(fresh, home, only)
                _forget_notebooks()
            swap_in(fresh, SITE)
            if only is None:
                last_build.note(ROOT, inputs)
        finally:
            _clear()


def _clear() -> None:
    """Removes the folders of this build and of killed ones, to which their last processes may add until they end."""
    for remains in ROOT.glob(f"{PARTIAL}*"):
        shutil.rmtree(remains, ignore_errors=True)


def _analyse() -> None:
    """Makes sure that the bundles are those of the inputs."""
    if not is_current():
        print("analysis: every edition is computed", flush=True)
        with Steps(ROOT) as steps:
            steps.step(["analysis", "build"])


def _forget_notebooks() -> None:
    """Removes the results of notebooks in other states than the present one."""
    pages = [page for page in authored_sources(ROOT / "docs") if page.endswith(".py")]
    ContentStore(ROOT / notebooks.RESULTS).keep(notebooks.state_of(ROOT, page) for page in pages)


def _write(fresh: Path, home: str, only: str | None) -> None:
    """Writes the whole site into a new folder and checks it."""
    known = built_editions()
    if only and only not in known:
        raise UnknownNameError(f"no edition '{only}'{did_you_mean(only, known)}")
    fresh.mkdir()
    wanted, commit = [only] if only else known, git.clean_head(ROOT)
    with (
        workers(cores(), module=offline_zip.__name__) as packing,
        ThreadPoolExecutor(cores()) as pool,
        Steps(ROOT) as steps,
    ):
        # The newest edition takes the longest, so it begins first.
        builds = {name: pool.submit(_edition, name, fresh / name, home, steps, packing) for name in reversed(wanted)}
        for edition in wanted:
            print(builds[edition].result(), flush=True)
    if missing := keep_others(SITE, fresh, known):
        print(
            f"site: without {', '.join(missing)}: not asked for, and not in {SITE.name}/ before; "
            "`python -m site_src build` builds them",
            flush=True,
        )
    _root(fresh, home)
    absent = [edition for edition in known if not (fresh / edition).is_dir()]
    if found := list(faults(fresh, ContentStore(ROOT / LINKS), home, absent)):
        raise BuildError("\n".join(f"site: {fault}" for fault in found))
    # An edition is of a commit if that was checked out from the first page to the last.
    if commit != git.clean_head(ROOT):
        commit = ""
    for edition in wanted:
        if stamp := build_stamps.read(ROOT, edition):
            build_stamps.write(ROOT, edition, replace(stamp, commit=commit))


def _edition(edition: str, folder: Path, home: str, steps: Steps, packing: Executor) -> str:
    """Puts one edition into the new site, built or reused; returns which."""
    state, built = _state(edition), SITE / edition
    unchanged = Stamp(state=state, files=fingerprint(built), address=home, commit="")
    stamp = build_stamps.read(ROOT, edition)
    if unchanged.files and stamp and replace(stamp, commit="") == unchanged:
        take_over(built, folder)
        return f"site: edition {edition}, unchanged since it was built"
    _pages(edition, folder, home, steps, packing)
    build_stamps.write(ROOT, edition, replace(unchanged, files=fingerprint(folder)))
    return f"site: edition {edition}, built"


def _pages(edition: str, folder: Path, home: str, steps: Steps, packing: Executor) -> None:
    """Everything of one edition: its pages, the archive of them, and the list of all its files."""
    published = open_bundle(edition).edition.published
    # Pages carry the day on which their edition was published, and so do not change with the day of a later build.
    midnight = datetime.fromisoformat(published).replace(tzinfo=UTC)
    environment = {"EDITION": edition, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), VARIABLE: home}
    steps.step(["mkdocs", "build", "--strict", "--site-dir", str(folder)], environment)
    name = archive_name(edition)
    packed = packing.submit(
        offline_zip.offline_zip,
        folder,
        folder / addresses.archive(name),
        name=name,
        date=published,
        address=addresses.edition_root(home, edition),
    )
    packed.result()
    (folder / MANIFEST).write_text(manifest(folder), encoding="utf-8")


def _state(edition: str) -> str:
    """A hash of everything that decides what the pages of an edition are."""
    digest = hashlib.sha256()
    bundles = [open_bundle(name) for name in built_editions() if name <= edition]
    files = [path for bundle in bundles for path in bundle.folder.rglob("*")]
    files += [
        path for pattern in last_build.PAGE_INPUTS for path in ROOT.glob(pattern) if is_input(path.relative_to(ROOT))
    ]
    for path in sorted(file for file in files if file.is_file()):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(json.dumps(git.commits_of(ROOT, bundles[-1].code_files())).encode())
    # Notebooks run the analysis itself.
    digest.update(input_hash().encode() if edition == built_editions()[-1] else b"")
    return digest.hexdigest()


def keep_others(site: Path, fresh: Path, known: Iterable[str]) -> list[str]:
    """Copies every edition of the old site that was not built now into the new one; gives the known ones in neither."""
    for built in sorted(site.iterdir()) if site.is_dir() else ():
        if built.is_dir() and site_root.is_name(built.name) and not (fresh / built.name).exists():
            take_over(built, fresh / built.name)
    return [edition for edition in known if not (fresh / edition).exists()]


def take_over(folder: Path, target: Path) -> None:
    """Puts the files of a built folder into a new one as well, without copying their content where that can be."""
    shutil.copytree(folder, target, copy_function=_linked)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        # The file system has no links, or the file has as many as it can have.
        shutil.copy2(source, target)


def _root(fresh: Path, home: str) -> None:
    """What lies above the editions: the list of them, the newest as latest/, and the ways in."""
    present = sorted(path.name for path in fresh.iterdir())
    take_over(fresh / present[-1], fresh / addresses.LATEST)
    newest = {name: (fresh / addresses.LATEST / name).read_bytes() for name in site_root.RAISED}
    for name, text in site_root.root_files(present, home, newest).items():
        (fresh / name).write_text(text, encoding="utf-8")
