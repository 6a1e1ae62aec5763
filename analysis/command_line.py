"""The outermost call of a command: it ends with an exit code and one line per error, whatever happens inside.

Signals become an exception, so that every `finally` runs before the command ends. Any other exception becomes a line on
standard error; its traceback is for those who ask for it.
"""

import os
import signal
import sys
import threading
import traceback
from argparse import SUPPRESS, ArgumentParser, _SubParsersAction
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final

from analysis.disk_faults import disk_fault
from analysis.errors import AnalysisError, DiskError
from analysis.standard_streams import ENDED_BY_SIGNAL, Output, complain, output_fault

# Sent by a service manager, by Ctrl-C, and by a terminal that is closed.
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# An unexpected exception may quote a whole file; the reason is in its first words.
LONGEST_REASON: Final = 300


class Interrupted(KeyboardInterrupt):
    """A signal that asks the command to end. No `except Exception` catches it, and event loops let it pass."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def interruptible(command: Callable[[], int]) -> int:
    """Runs a command in which signals raise Interrupted; returns its exit code, or 128 plus the signal's number."""
    owner = os.getpid()

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        # Forked workers inherit the handlers, but end with the work that they are given.
        if os.getpid() == owner:
            # A second signal must not interrupt the clean-up.
            for each in SIGNALS:
                signal.signal(each, lambda *_: None)
            raise Interrupted(number)

    for each in SIGNALS:
        # A signal ignored by the caller, for example by nohup, stays ignored.
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, interrupt)
    sys.stdout = Output.over(sys.stdout)
    if "--debug" not in sys.argv:
        # Exceptions in threads, finalisers and atexit functions never reach the command.
        threading.excepthook = sys.unraisablehook = _report_aside
    try:
        return _reported(command)
    except KeyboardInterrupt as interrupted:
        complain("interrupted")
        return ENDED_BY_SIGNAL + getattr(interrupted, "number", signal.SIGINT)


def reported(run: Callable[[], object], *, debug: bool, expected: tuple[type[Exception], ...] = ()) -> int:
    """0 when `run` succeeds; 1 when it raises, with a message on standard error. Only this function reports errors.

    Our own errors and those in `expected` are reported by their message; any other also with its type. The
    traceback is shown only if `debug` asks for it.
    """
    try:
        run()
    except Exception as error:  # noqa: BLE001 - the outermost handler
        # Output that cannot be printed during a build would be reported as a fault of the build folder.
        if isinstance(error, OSError | DiskError) and (fault := output_fault()) is not None:
            return fault
        if debug:
            complain("".join(traceback.format_exception(error)).rstrip("\n"))
        complain(*(f"error: {line.removeprefix('error: ')}" for line in _messages(error, (AnalysisError, *expected))))
        return 1
    return 0


def offer_debug(parser: ArgumentParser, commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds `--debug` to a command line, accepted before and after the name of the command."""
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    for command in set(commands.choices.values()):
        # No default here: it would overwrite a --debug given before the name.
        command.add_argument("--debug", action="store_true", default=SUPPRESS, help="show the traceback of an error")


def _reported(command: Callable[[], int]) -> int:
    """The exit code of a command, after its output has been flushed."""
    ended = 0

    def run() -> None:
        nonlocal ended
        try:
            ended = command()
        except SystemExit as exiting:
            # argparse has already printed its message.
            ended = exiting.code if isinstance(exiting.code, int) else int(exiting.code is not None)

    failed = reported(run, debug="--debug" in sys.argv)
    fault = output_fault()
    return failed or ended or fault or 0


def _messages(error: BaseException, expected: tuple[type[Exception], ...]) -> list[str]:
    """The lines of an error's message; one line for an unexpected error, with its kind and where it was raised."""
    if isinstance(error, expected):
        return str(error).splitlines() or [type(error).__name__]
    if isinstance(error, OSError) and error.filename:
        return [" ".join(disk_fault(error, Path()).split())]
    if isinstance(error, ModuleNotFoundError) and error.name:
        return [f"{error.name} is not installed; expected the project's packages: python3 -m pip install -e ."]
    kind = type(error).__name__
    with suppress(Exception):
        kind = f"{kind}: {' '.join(str(error).split())[:LONGEST_REASON]}".removesuffix(": ")
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return [f"{kind}{place}; --debug shows the traceback"]


def _report_aside(raised: Any) -> None:
    """Reports an exception outside the command in one line; it does not end the command."""
    if raised.exc_value is not None:
        complain(f"warning: {_messages(raised.exc_value, ())[0]}")
