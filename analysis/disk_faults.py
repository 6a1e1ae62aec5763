"""Turns what the disk refuses into one line: the file or folder, and the reason of the system."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import DiskError


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
