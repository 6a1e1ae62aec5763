"""Replaces a folder with a finished one, so that a process killed at any point leaves the old tree or the new one.

The new tree is written next to the target, marked as ready by a rename, and then renamed into place. `recover` finishes
a swap that was cut short; every build starts with it.
"""

import shutil
from pathlib import Path


def swap_in(fresh: Path, target: Path) -> None:
    """Replaces `target` with a finished folder. However it is interrupted, `recover` leaves one of the two complete."""
    recover(target)
    try:
        # The name marks it as complete for any process that finds it after a crash.
        fresh.rename(_ready(target))
        _exchange(_ready(target), target)
    except BaseException:
        recover(target)
        raise


def recover(target: Path) -> None:
    """Completes an interrupted swap and removes its remains; an unfinished folder is never swapped in."""
    old, ready = _old(target), _ready(target)
    if not target.exists() and not ready.exists() and old.exists():
        old.rename(target)
    if ready.exists():
        _exchange(ready, target)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(ready: Path, target: Path) -> None:
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
