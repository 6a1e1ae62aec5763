"""Keeps what was made from given content, so that it is made once; what is damaged or foreign is made again.

An entry is a zip file named by its key. It carries the key and a checksum of each file, so an entry that was
truncated, altered or put under another name is not taken for what it is not.
"""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUFFIX: Final = ".zip"
# What reading a damaged archive raises.
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class ContentStore:
    """A folder of entries. Several processes may read and write it at once."""

    folder: Path

    def get(self, key: str) -> dict[str, bytes] | None:
        """The files of an entry by name; None where there is no sound one."""
        try:
            with zipfile.ZipFile(self._path(key)) as entry:
                if entry.comment != key.encode():
                    return None
                # Each file is checked against its checksum while it is read.
                return {name: entry.read(name) for name in entry.namelist()}
        except (FileNotFoundError, *DAMAGED):
            return None

    def put(self, key: str, files: Mapping[str, bytes]) -> None:
        """Writes an entry, whole or not at all. Raises: OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # A name of its own for each process, so that two may write the same entry.
        partial = self.folder / f"{key}.{os.getpid()}.partial"
        try:
            with zipfile.ZipFile(partial, "w") as entry:
                entry.comment = key.encode()
                for name, content in files.items():
                    entry.writestr(name, content)
            partial.replace(self._path(key))
        finally:
            partial.unlink(missing_ok=True)

    def keep(self, keys: Iterable[str]) -> None:
        """Removes every other entry, and what stopped writers left."""
        kept = {self._path(key) for key in keys}
        for path in self.folder.glob("*"):
            if path not in kept:
                # Another process may have removed it first.
                with suppress(FileNotFoundError):
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"


def key_of(*parts: str) -> str:
    """The key of content given in parts; the order and the bounds of the parts matter."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()
