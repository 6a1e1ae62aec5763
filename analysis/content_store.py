"""Keeps what was made from given content, so that it is made once; what is damaged or foreign is made again.

An entry is a checksum of its key and of a zip file, then the zip file. So an entry that was truncated, altered or put
under another name is not taken for what it is not.
"""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

SUFFIX: Final = ".entry"
CHECKSUM_BYTES: Final = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class ContentStore:
    """A folder of entries. Several processes may read and write it at once."""

    folder: Path

    def get(self, key: str) -> dict[str, bytes] | None:
        """The files of an entry by name; None where there is no sound one."""
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return None
        packed = content[CHECKSUM_BYTES:]
        # The checksums within a zip file do not cover its list of files.
        if content[:CHECKSUM_BYTES] != _checksum(key, packed):
            return None
        with zipfile.ZipFile(BytesIO(packed)) as files:
            return {name: files.read(name) for name in files.namelist()}

    def put(self, key: str, files: Mapping[str, bytes]) -> None:
        """Writes an entry, whole or not at all. Raises: OSError."""
        packed = _packed(files)
        self.folder.mkdir(parents=True, exist_ok=True)
        # A name of its own for each process, so that two may write the same entry.
        partial = self.folder / f"{key}.{os.getpid()}.partial"
        try:
            partial.write_bytes(_checksum(key, packed) + packed)
            if self._path(key).is_dir():
                # No file replaces a folder.
                _remove(self._path(key))
            partial.replace(self._path(key))
        finally:
            partial.unlink(missing_ok=True)

    def keep(self, keys: Iterable[str]) -> None:
        """Removes every other entry, and what stopped writers left."""
        kept = {self._path(key) for key in keys}
        for path in self.folder.glob("*"):
            if path not in kept:
                _remove(path)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"


def key_of(*parts: str) -> str:
    """The key of content given in parts; the order and the bounds of the parts matter."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _remove(path: Path) -> None:
    """Removes a file, or a folder that somebody else put there; another process may have done so first."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _packed(files: Mapping[str, bytes]) -> bytes:
    """A zip file of some files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, file in files.items():
            packed.writestr(name, file)
    return content.getvalue()


def _checksum(key: str, packed: bytes) -> bytes:
    return hashlib.sha256(key.encode() + packed).digest()
