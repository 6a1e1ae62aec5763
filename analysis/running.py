"""What a command that writes files needs: to be the only one, and to end cleanly on a signal or a full disk.

A lock belongs to a process, so the system frees it when the process ends, however it ends. Signals become an exception,
so that every `finally` runs before the command ends.
"""

import errno
import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

from analysis.errors import BusyError, DiskError

# A service manager, a key on the keyboard, a terminal that is closed.
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Shells report a command that a signal ended by this number plus that of the signal.
ENDED_BY_SIGNAL: Final = 128


class Interrupted(KeyboardInterrupt):
    """A signal that asks the command to end. No `except Exception` catches it, and event loops let it pass."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def interruptible(command: Callable[[], int]) -> int:
    """The exit code of a command, in which a signal raises Interrupted; 128 and its number if one ended it."""
    owner = os.getpid()

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        # Processes forked from this one have its handlers; they end with the work that they are given.
        if os.getpid() == owner:
            # One is enough: a second one must not cut the cleaning up short.
            for each in SIGNALS:
                signal.signal(each, lambda *_: None)
            raise Interrupted(number)

    for each in SIGNALS:
        # What is ignored from outside, as by nohup, stays ignored.
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, interrupt)
    try:
        return command()
    except Interrupted as interrupted:
        # The terminal may be gone.
        with suppress(OSError):
            print("interrupted", file=sys.stderr, flush=True)
        return ENDED_BY_SIGNAL + interrupted.number


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
def disk_faults(folder: Path) -> Iterator[None]:
    """Tells what the disk refuses in one line; `folder` is named where the system names no file. Raises: DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(disk_fault(error, folder)) from None


def disk_fault(error: OSError, folder: Path) -> str:
    """What the disk refused, in one line: the file, or the folder where the system names no file, and the reason."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        # Copying goes on after a fault and lists them all at the end: source, target and reason of each.
        _, target, reason = error.args[0][0]
        return f"{target}: {reason}"
    return f"{error.filename2 or error.filename or folder}: {error.strerror or error}"


@contextmanager
def _locked(lock: Path, folder: Path, kind: int) -> Iterator[None]:
    with disk_faults(lock):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a+", encoding="utf-8")
    with file:
        try:
            # Children do not inherit this kind of lock, so none that outlives its parent keeps it.
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
