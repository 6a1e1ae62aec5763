"""The steps of a build that run as processes of their own, and end with it.

Each gets a process group, so that what it starts itself ends with it. A step is asked to end first, as it may have
something to put away, and is killed if it does not.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from site_src.errors import BuildError

# Enough for a notebook's kernel, which is given five to end by itself.
SECONDS_TO_END: Final = 15
# Asks the system to end the step when the build is killed, which cannot end it itself, and becomes the step then. The
# numbers are PR_SET_PDEATHSIG and SIGTERM. Where there is no such request, as on macOS, a step runs on to its end.
TIED_TO_PARENT: Final = """
import ctypes, os, sys
if hasattr(ctypes.CDLL(None), "prctl"):
    ctypes.CDLL(None).prctl(1, 15)
os.execvp(sys.argv[1], sys.argv[1:])
"""
TRACEBACK: Final = "Traceback (most recent call last):"
# How our own command line and MkDocs begin a message.
MARKS: Final = ("error: ", "ERROR   -  ")


class Steps:
    """Processes that run while a block does; those that still run are ended where an exception leaves it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = Lock()
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            self._ended = True
            running = list(self._running)
        for process in running:
            _signal(process, signal.SIGTERM)
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=SECONDS_TO_END)
            _signal(process, signal.SIGKILL)

    def run(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        output: int | None = subprocess.PIPE,
    ) -> subprocess.CompletedProcess[str]:
        """What became of a command; its output is kept, or shown with None. Raises: BuildError after the end."""
        with self._lock:
            if self._ended:
                raise BuildError("the build has ended")
            process = subprocess.Popen(  # noqa: S603 - our own arguments
                [sys.executable, "-c", TIED_TO_PARENT, *command],
                cwd=self._folder,
                env=environment,
                stdout=output,
                stderr=output,
                text=True,
                start_new_session=True,
            )
            self._running.add(process)
        printed, complaints = process.communicate()
        with self._lock:
            self._running.discard(process)
        return subprocess.CompletedProcess(command, process.returncode, printed or "", complaints or "")

    def step(self, module: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Runs a module of Python. Raises: BuildError with what it printed."""
        surroundings = {**os.environ, "PYTHONPATH": str(self._folder), **(environment or {})}
        run = self.run([sys.executable, "-m", *module], surroundings)
        if run.returncode:
            raise BuildError(reason(f"{run.stdout}{run.stderr}") or f"{' '.join(module)}: ended with {run.returncode}")


def reason(printed: str) -> str:
    """What a step that failed has to say: its messages, or the last line of a traceback where that is all there is."""
    lines = [line for line in printed.splitlines() if line and not line.startswith(("INFO", "Aborted"))]
    lines = [line for line in lines if not _announces(line)]
    # Before the message there is progress, or noise of what was ended.
    for mark in MARKS:
        for number, line in enumerate(lines):
            if line.startswith(mark):
                return "\n".join(takewhile(lambda line: line != TRACEBACK, lines[number:])).removeprefix(mark)
    messages = list(takewhile(lambda line: line != TRACEBACK, lines))
    return "\n".join(messages if messages == lines else [*messages, lines[-1]])


def _announces(line: str) -> bool:
    """Whether a line of MkDocs says only that the next one is about a page, which that one says as well."""
    return line.startswith("ERROR") and "ing page '" in line and line.endswith("':")


def _signal(process: subprocess.Popen[str], number: int) -> None:
    """Sends a signal to a process and to all that it started, where they still run."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
