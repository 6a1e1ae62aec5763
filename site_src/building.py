"""Builds the site: every edition in a folder of its own, the newest once more as latest/, and the root.

All of it is made beside the old site, checked, and swapped in when all is well. An edition whose inputs
have not changed since it was last built is taken over as it stands.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from analysis.artifacts import ROOT, built_editions, input_hash, is_current, open_bundle, swap_in
from analysis.errors import UnknownNameError, did_you_mean
from site_src import editions, offline, revisions
from site_src.built import faults
from site_src.errors import BuildError
from site_src.settings import address, archive_name

SITE: Final = ROOT / "site"
FRESH: Final = ROOT / ".site.partial"
STAMPS: Final = ROOT / ".cache" / "editions"
# Besides its bundles, everything that decides what the pages of an edition are.
PAGE_INPUTS: Final = (
    "docs/**/*",
    "site_src/**/*",
    "mkdocs.yml",
    "requirements.lock",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
)


def build(only: str | None = None) -> None:
    """Builds the editions, or one of them, and swaps the whole site in. Raises: BuildError, UnknownNameError."""
    if not is_current():
        print("analysis: every edition is computed", flush=True)
        _run([sys.executable, "-m", "analysis", "build"])
    known = built_editions()
    if only and only not in known:
        raise UnknownNameError(f"no edition '{only}'{did_you_mean(only, known)}")
    shutil.rmtree(FRESH, ignore_errors=True)
    FRESH.mkdir()
    try:
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            for line in pool.map(_edition, [only] if only else known):
                print(line, flush=True)
        _keep_others()
        _root()
        absent = [edition for edition in known if not (FRESH / edition).is_dir()]
        if found := list(faults(FRESH, address(), absent)):
            raise BuildError("\n".join(f"site: {fault}" for fault in found))
        swap_in(FRESH, SITE)
    finally:
        shutil.rmtree(FRESH, ignore_errors=True)
    print(f"site: {SITE}\nopen it: python3 -m http.server --directory {SITE} 8000, then http://localhost:8000/")


def _edition(edition: str) -> str:
    """Puts one edition into the new site, built or taken over; tells which."""
    stamp, state, built = STAMPS / edition, _state(edition), SITE / edition
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == f"{state} {_fingerprint(built)}":
        shutil.copytree(built, FRESH / edition)
        return f"site: edition {edition}, unchanged since it was built"
    _pages(edition, FRESH / edition)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(f"{state} {_fingerprint(FRESH / edition)}", encoding="utf-8")
    return f"site: edition {edition}, built"


def _pages(edition: str, folder: Path) -> None:
    """Everything of one edition: its pages, the archive of them, and the list of all its files."""
    published = open_bundle(edition).edition["published"]
    # Pages carry the day on which their edition was published, and so do not change with the day of a later build.
    midnight = datetime.fromisoformat(published).replace(tzinfo=UTC)
    environment = {"EDITION": edition, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))}
    _run([sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)], environment)
    name = archive_name(edition)
    archive = folder / "files" / f"{name}.zip"
    offline.offline_zip(folder, archive, name=name, date=published, address=f"{address()}{edition}/")
    (folder / editions.MANIFEST).write_text(editions.manifest(folder), encoding="utf-8")


def _state(edition: str) -> str:
    """A hash of everything that decides what the pages of an edition are."""
    digest = hashlib.sha256()
    bundles = [open_bundle(name) for name in built_editions() if name <= edition]
    files = [path for bundle in bundles for path in bundle.folder.rglob("*")]
    files += [path for pattern in PAGE_INPUTS for path in ROOT.glob(pattern) if "__pycache__" not in path.parts]
    for path in sorted(file for file in files if file.is_file()):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(json.dumps(revisions.commits_of(ROOT, revisions.code_files(bundles[-1]))).encode())
    # Notebooks run the analysis itself.
    digest.update(input_hash().encode() if edition == built_editions()[-1] else b"")
    return digest.hexdigest()


def _fingerprint(folder: Path) -> str:
    """What stands in a built folder, or nothing where it is not what its list of files says."""
    listed = folder / editions.MANIFEST
    if not listed.is_file() or listed.read_text(encoding="utf-8") != editions.manifest(folder):
        return "none"
    return hashlib.sha256(listed.read_bytes()).hexdigest()


def _keep_others() -> None:
    """Takes the editions over that were built before and not now."""
    for edition in built_editions():
        if (SITE / edition).is_dir() and not (FRESH / edition).exists():
            shutil.copytree(SITE / edition, FRESH / edition)


def _root() -> None:
    """What lies above the editions: the list of them, the newest as latest/, and the ways in."""
    present = sorted(path.name for path in FRESH.iterdir())
    shutil.copytree(FRESH / present[-1], FRESH / editions.LATEST)
    newest = {name: (FRESH / editions.LATEST / name).read_bytes() for name in editions.RAISED}
    for name, text in editions.root_files(present, address(), newest).items():
        (FRESH / name).write_text(text, encoding="utf-8")


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Runs a step as a process of its own. Raises: BuildError with what it printed."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    run = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
    if run.returncode:
        lines = f"{run.stdout}{run.stderr}".splitlines()
        told = [line for line in lines if line and not line.startswith(("INFO", "Aborted"))]
        raise BuildError("\n".join(told).removeprefix("error: "))
