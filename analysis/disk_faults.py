"""Turns what the disk refuses into one line: the file or folder, and the reason of the system."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import DiskError


@contextmanager
def disk_faults(folder: Path) -> Iterator[None]:
    """Turns an OSError into a DiskError; `folder` is named if the system names no file. Raises: DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(disk_fault(error, folder)) from None


def disk_fault(error: OSError, folder: Path) -> str:
    """The message for an OSError: the file, or the folder if the system names no file, and the reason."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        # shutil copies on after a fault and raises one error with all of them: source, target and reason of each.
        _, target, reason = error.args[0][0]
        return f"{target}: {reason}"
    return f"{error.filename2 or error.filename or folder}: {error.strerror or error}"
