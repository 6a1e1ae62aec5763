"""What an edition in site/ was built from: its inputs, the commit, and the address it was built for.

It is kept outside of the edition, whose bytes do not change with it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from site_src.release.edition_files import MANIFEST, manifest

FOLDER: Final = Path(".cache", "editions")
# Held by who builds or publishes site/, below the root.
SITE_LOCK: Final = Path(".cache", "site.lock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a built edition was made from.

    `state` is a hash of its inputs, `files` one of its files. `commit` is the one that was checked out, without
    changes, when the edition was last built or found to be unchanged; it is empty where there was none.
    """

    state: str
    files: str
    address: str
    commit: str


def read(root: Path, edition: str) -> Stamp | None:
    """The stamp of an edition; none where it cannot be read, as after a build that was cut short."""
    try:
        return Stamp(**json.loads(_path(root, edition).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(root: Path, edition: str, stamp: Stamp) -> None:
    """Keeps the stamp of an edition."""
    path = _path(root, edition)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(stamp)), encoding="utf-8")


def fingerprint(folder: Path) -> str:
    """A hash of the files of a built folder, or nothing where they are not those that its manifest lists."""
    listed = folder / MANIFEST
    if not listed.is_file() or listed.read_bytes() != manifest(folder).encode():
        return ""
    return hashlib.sha256(listed.read_bytes()).hexdigest()


def _path(root: Path, edition: str) -> Path:
    return root / FOLDER / edition
