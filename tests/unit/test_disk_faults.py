"""What the disk refuses becomes one line."""

import errno
import shutil
from pathlib import Path

import pytest

from analysis.disk_faults import disk_faults
from analysis.errors import DiskError


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/some/file"), "/some/file: No space left on device"),
        (OSError(errno.EFBIG, "File too large"), "/the/folder: File too large"),
        (OSError(errno.EROFS, "Read-only file system", "/a", None, "/b"), "/b: Read-only file system"),
        (shutil.Error([("/a", "/b", "[Errno 28] No space left on device")]), "/b: [Errno 28] No space left on device"),
    ],
)
def test_a_disk_fault_becomes_a_one_line_error(error: OSError, message: str) -> None:
    with pytest.raises(DiskError) as caught, disk_faults(Path("/the/folder")):
        raise error
    assert str(caught.value) == message
