"""Drawings for tests of how drawings are made, in a module that worker processes can import."""

import os
import signal
import time
from pathlib import Path

from analysis.bundle.drawing_jobs import Files


def noted(name: str, folder: str) -> Files:
    """A drawing that leaves a note of being made."""
    with (Path(folder) / "notes").open("a") as notes:
        notes.write(f"{name}\n")
    return {f"{name}.svg": name.encode()}


def slow(name: str, folder: str) -> Files:
    """A drawing that takes a minute and first notes the process that makes it."""
    (Path(folder) / name).write_text(str(os.getpid()))
    time.sleep(60)
    return {}


def refused(_name: str) -> Files:
    """A drawing that cannot be made."""
    raise LookupError("no room for a label")


def ended(_name: str) -> Files:
    """A drawing whose process is killed meanwhile."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}
