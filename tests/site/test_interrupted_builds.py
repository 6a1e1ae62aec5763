"""Whatever happens to a build, the site is the old one or the new one afterwards, whole, and the next build is right.

The old site is a copy of the right one in which every page of the oldest edition is another, so that a mixture is seen.
Only that edition is built, as all of this would take minutes otherwise.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.artifacts import HASH_FILE
from analysis.bundle.build import BUNDLES, DRAWINGS, bundle_keys
from analysis.inputs.dataset import Dataset
from site_src.release import build_stamps, last_build
from site_src.release.edition_files import MANIFEST, manifest
from site_src.release.new_site import LINKS
from tests.processes import wait_for
from tests.sites import SURROUNDINGS, Site, files_of

EDITION = "2018-05"
KILLS = 3
SEED = 2018
# A build of the one edition takes longer, on any machine.
SECONDS = 4.0
# As the sessions of nox have it.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
Files = dict[str, str]


def altered(content: bytes) -> bytes:
    """Bytes of which the one in the middle is another."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


# What becomes of the bytes of a file: cut off, one of them changed, none left, or others in their place.
DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda content: content[: len(content) // 2],
    altered,
    lambda _: b"",
    lambda _: b"\xff" * 100,
    lambda _: Path(__file__).read_bytes(),
)


@pytest.fixture(scope="module")
def copied(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with its site, which is large."""
    return shutil.copytree(site.root, tmp_path_factory.mktemp("interrupted") / "copy", symlinks=True)


@pytest.fixture
def root(site: Site, copied: Path) -> Path:
    """The copy with an old site."""
    edition = copied / "site" / EDITION
    for page in edition.rglob("*.html"):
        right = site.folder / EDITION / page.relative_to(edition)
        page.unlink()
        page.write_text(f"{right.read_text(encoding='utf-8')}<!-- old -->", encoding="utf-8")
    (edition / MANIFEST).unlink()
    (edition / MANIFEST).write_text(manifest(edition), encoding="utf-8")
    return copied


@pytest.fixture(scope="module")
def new(site: Site) -> Files:
    """The right site."""
    return state(site.root)


def state(root: Path) -> Files:
    """The hash of every file of a site."""
    return {name: sha256(content).hexdigest() for name, content in files_of(root / "site").items()}


def start(root: Path) -> subprocess.Popen[str]:
    """Starts a build of the edition, in a group of processes."""
    return subprocess.Popen(
        [sys.executable, "-m", "site_src", "build", "--edition", EDITION],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), **SURROUNDINGS[0], **QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_kills_and_two_builds_at_once_leave_the_old_site_or_the_new_one(root: Path, new: Files) -> None:
    old, moments = state(root), random.Random(SEED)
    assert old != new
    for _ in range(KILLS):
        moment = moments.uniform(0, SECONDS)
        print(f"killed after {moment:.3f} s")
        with start(root) as process:
            time.sleep(moment)
            os.killpg(process.pid, signal.SIGKILL)
        assert state(root) in (old, new)
    with start(root) as first:
        wait_for(lambda: (root / ".cache/site.lock").read_text() == f"{first.pid}\n")
        with start(root) as second:
            _, complaints = second.communicate(timeout=120)
        printed, faults = first.communicate(timeout=300)
    assert second.returncode == 1
    assert complaints == (
        f"error: {root}/site: in use by process {first.pid}; expected one build at a time, so wait for it or end it\n"
    )
    assert (first.returncode, faults) == (0, "")
    assert f"site: edition {EDITION}, built\n" in printed
    assert state(root) == new
    assert list(root.glob(".site.*")) == []


def test_what_is_damaged_in_the_stores_is_made_again(root: Path, new: Files, dataset: Dataset) -> None:
    (bundle,) = (root / BUNDLES).glob(f"{bundle_keys(dataset)[EDITION]}.*")
    notes = [root / last_build.NOTE, root / "build" / HASH_FILE, *(root / build_stamps.FOLDER).iterdir()]
    # One for each kind of damage, and the links of one edition: all of them would take long to make again.
    drawings, links = (sorted((root / folder).iterdir()) for folder in (DRAWINGS, LINKS))
    assert len(drawings) > len(DAMAGES)
    some = [*drawings[: len(DAMAGES)], min(links, key=lambda path: path.stat().st_size)]
    for place, path in enumerate((bundle, *notes, *some)):
        damage(path, place)
    with start(root) as process:
        _, faults = process.communicate(timeout=300)
    assert (process.returncode, faults) == (0, "")
    assert state(root) == new


def damage(path: Path, kind: int) -> None:
    """Damages a file in one of the ways."""
    path.write_bytes(DAMAGES[kind % len(DAMAGES)](path.read_bytes()))


def test_a_full_disk_leaves_the_old_site_and_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What measures coverage would write larger files itself.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    old = state(root)
    with start(root) as process:
        # Before it has imported what writes.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (8192, 8192))
        _, faults = process.communicate(timeout=300)
    assert process.returncode == 1
    assert faults.startswith("error: ")
    assert "File too large" in faults
    assert faults.count("\n") == 1
    assert state(root) == old
    assert list(root.glob(".site.*")) == []
