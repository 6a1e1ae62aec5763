"""Locks that keep two processes from writing the same folder, or from reading one that is being written.

A lock belongs to a process, so the system frees it when the process ends, however it ends. The lock file holds the
number of its process, for the message to the one that has to wait.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.disk_faults import disk_fault, disk_faults
from analysis.errors import BusyError, DiskError


@contextmanager
def alone(lock: Path, folder: Path) -> Iterator[None]:
    """Holds a lock on a folder while it is written. Raises: BusyError where another process writes or reads it."""
    with _locked(lock, folder, fcntl.LOCK_EX):
        yield


@contextmanager
def reading(lock: Path, folder: Path) -> Iterator[None]:
    """Holds a lock on a folder while it is read; others may read it too. Raises: BusyError where one writes it."""
    with _locked(lock, folder, fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(lock: Path, folder: Path, kind: int) -> Iterator[None]:
    with disk_faults(lock):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a+", encoding="utf-8", errors="replace")
    with file:
        try:
            # Child processes do not inherit this kind of lock, so an orphan cannot keep it.
            fcntl.lockf(file, kind | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise DiskError(disk_fault(error, lock)) from None
            file.seek(0)
            owner = file.read().strip()
            raise BusyError(
                f"{folder}: in use by {f'process {owner}' if owner else 'another process'}; "
                "expected one build at a time, so wait for it or end it"
            ) from None
        with disk_faults(lock):
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
        yield
