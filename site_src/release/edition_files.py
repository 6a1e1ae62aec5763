"""The files of a built edition: the list of them that is published with it, and how two sets of them differ."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

MANIFEST: Final = "manifest.sha256"

T = TypeVar("T")


def manifest(folder: Path) -> str:
    """The SHA-256 of every file of an edition, in the format of `sha256sum`, sorted; its own line left out."""
    hashes = hashes_of(files_of(folder))
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items()))


def hashes_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of every file that a manifest lists, by path."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items() if path != MANIFEST}


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differences(expected: Mapping[str, T], found: Mapping[str, T]) -> dict[str, str]:
    """What became of every file that is not as expected, by path, sorted: changed, missing or new."""
    return {
        path: "missing" if path not in found else "new" if path not in expected else "changed"
        for path in sorted({*expected, *found})
        if path not in found or path not in expected or expected[path] != found[path]
    }
