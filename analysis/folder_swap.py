"""Replaces a folder with a finished one, so that a process killed at any point leaves the old tree or the new one.

Linux exchanges the two in one step, so one of them is in place at every moment. Elsewhere the old tree is moved away,
and then the new one, marked as ready, into place; `recover`, with which every build starts, finishes such a swap that
was cut short.
"""

import ctypes
import errno
import os
import shutil
from pathlib import Path
from typing import Final

# Arguments of renameat2. Source: linux/fcntl.h and linux/fs.h.
AT_FDCWD: Final = -100
RENAME_EXCHANGE: Final = 2
# What file systems answer that have no such exchange.
NO_EXCHANGE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def swap_in(fresh: Path, target: Path) -> None:
    """Replaces `target` with a finished folder. However it is interrupted, `recover` leaves one of the two complete."""
    recover(target)
    if target.exists() and _exchanged(fresh, target):
        shutil.rmtree(fresh, ignore_errors=True)
        return
    try:
        # The name marks it as complete for any process that finds it after a crash.
        fresh.rename(_ready(target))
        _put_in_place(_ready(target), target)
    except BaseException:
        recover(target)
        raise


def recover(target: Path) -> None:
    """Completes an interrupted swap and removes its remains; an unfinished folder is never swapped in."""
    old, ready = _old(target), _ready(target)
    if not target.exists() and not ready.exists() and old.exists():
        old.rename(target)
    if ready.exists():
        _put_in_place(ready, target)
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step, and gives whether the system can. Raises: OSError."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(AT_FDCWD, bytes(one), AT_FDCWD, bytes(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _put_in_place(ready: Path, target: Path) -> None:
    old = _old(target)
    if target.exists():
        # A tree left here by an earlier swap has been replaced already.
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    ready.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _ready(target: Path) -> Path:
    return target.with_name(f".{target.name}.ready")
