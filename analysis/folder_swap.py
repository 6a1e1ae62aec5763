"""Replaces a folder with a finished one, so that a process killed at any point leaves the old tree or the new one.

The new tree is written next to the target, marked as ready by a rename, and then renamed into place. `recover` finishes
a swap that was cut short; every build starts with it.
"""

import shutil
from pathlib import Path


def swap_in(fresh: Path, target: Path) -> None:
    """Puts a finished folder in the place of an old one. Whatever cuts it short, `recover` leaves one of them whole."""
    recover(target)
    try:
        # From here on it is known to be complete, whoever finds it.
        fresh.rename(_ready(target))
        _exchange(_ready(target), target)
    except BaseException:
        recover(target)
        raise


def recover(target: Path) -> None:
    """Completes a swap that was cut short, and clears its remains away; an unfinished folder is never put in place."""
    old, ready = _old(target), _ready(target)
    if not target.exists() and not ready.exists() and old.exists():
        old.rename(target)
    if ready.exists():
        _exchange(ready, target)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(ready: Path, target: Path) -> None:
    old = _old(target)
    if target.exists():
        # What may be left here is a tree that was replaced, as another one is in place.
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    ready.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _ready(target: Path) -> Path:
    return target.with_name(f".{target.name}.ready")
