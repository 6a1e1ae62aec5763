"""What a command needs: to end with one line whatever happens, and, where it writes files, to be the only one.

A lock belongs to a process, so the system frees it when the process ends, however it ends. Signals become an exception,
so that every `finally` runs before the command ends.
Any other exception becomes a line on standard error; its traceback is for those who ask for it.
"""

import errno
import fcntl
import io
import os
import shutil
import signal
import sys
import threading
import traceback
from argparse import SUPPRESS, ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final

from analysis.errors import AnalysisError, BusyError, DiskError
from analysis.record_text import terminal_text

# A service manager, a key on the keyboard, a terminal that is closed.
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Shells report a command that a signal ended by this number plus that of the signal.
ENDED_BY_SIGNAL: Final = 128
# More than this of what an exception says that nobody expected is data, not a reason.
LONGEST_REASON: Final = 300


class Interrupted(KeyboardInterrupt):
    """A signal that asks the command to end. No `except Exception` catches it, and event loops let it pass."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class _Output(io.TextIOWrapper):
    """Standard output that remembers that it could not be written, even where a library ignores the error.

    A terminal that lacks a character gets its number instead.
    """

    fault: OSError | None = None

    @classmethod
    def over(cls, stream: Any) -> Any:
        """The same output; as it is where it is closed or not made of bytes."""
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            return stream
        with suppress(OSError):
            stream.flush()
        return cls(
            buffer,
            encoding=stream.encoding,
            errors="backslashreplace",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )

    def write(self, text: str) -> int:
        """Writes a text. Raises: OSError."""
        with self._noted():
            return super().write(text)

    def flush(self) -> None:
        """Writes what waits. Raises: OSError."""
        with self._noted():
            super().flush()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.fault = error
            raise


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
    sys.stdout = _Output.over(sys.stdout)
    if "--debug" not in sys.argv:
        # What threads, finalisers and functions at the end of Python raise never reaches the command.
        threading.excepthook = sys.unraisablehook = _report_aside
    try:
        return _reported(command)
    except KeyboardInterrupt as interrupted:
        _complain("interrupted")
        return ENDED_BY_SIGNAL + getattr(interrupted, "number", signal.SIGINT)


def reported(run: Callable[[], object], *, debug: bool, expected: tuple[type[Exception], ...] = ()) -> int:
    """0 when `run` succeeds; 1 when it raises, with a message on standard error. Commands report errors here alone.

    Errors of ours and those in `expected` say all that a user needs; any other is reported with its kind. The
    traceback is shown only if `debug` asks for it.
    """
    try:
        run()
    except Exception as error:  # noqa: BLE001 - the last place that can make a line of it
        # A build takes what it cannot print for a fault of its folder.
        if isinstance(error, OSError | DiskError) and (fault := _output_fault()) is not None:
            return fault
        if debug:
            _complain("".join(traceback.format_exception(error)).rstrip("\n"))
        _complain(*(f"error: {line.removeprefix('error: ')}" for line in _messages(error, (AnalysisError, *expected))))
        return 1
    return 0


def offer_debug(parser: ArgumentParser, commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds `--debug` to a command line, before and behind the name of the command."""
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    for command in set(commands.choices.values()):
        # Without a default of its own, which would undo the one before the name.
        command.add_argument("--debug", action="store_true", default=SUPPRESS, help="show the traceback of an error")


def _reported(command: Callable[[], int]) -> int:
    """The exit code of a command, once all that it printed is out."""
    ended = 0

    def run() -> None:
        nonlocal ended
        try:
            ended = command()
        except SystemExit as exiting:
            # The parser of options has printed its message.
            ended = exiting.code if isinstance(exiting.code, int) else int(exiting.code is not None)

    failed = reported(run, debug="--debug" in sys.argv)
    fault = _output_fault()
    return failed or ended or fault or 0


def _messages(error: BaseException, expected: tuple[type[Exception], ...]) -> list[str]:
    """The lines of an error's message; one line for an unexpected error, with its kind and where it was raised."""
    if isinstance(error, expected):
        return str(error).splitlines() or [type(error).__name__]
    if isinstance(error, OSError) and error.filename:
        return [" ".join(disk_fault(error, Path()).split())]
    kind = type(error).__name__
    with suppress(Exception):
        kind = f"{kind}: {' '.join(str(error).split())[:LONGEST_REASON]}".removesuffix(": ")
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return [f"{kind}{place}; --debug shows the traceback"]


def _report_aside(raised: Any) -> None:
    """Reports an exception outside the command in one line; it does not end the command."""
    if raised.exc_value is not None:
        _complain(f"warning: {_messages(raised.exc_value, ())[0]}")


def _output_fault() -> int | None:
    """The exit code where standard output cannot be written; none if it can. Reported unless its reader has gone."""
    error = getattr(sys.stdout, "fault", None)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as refused:
        error = error or refused
    if error is None:
        return None
    _silence(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return ENDED_BY_SIGNAL + signal.SIGPIPE
    _complain(f"error: standard output: {getattr(error, 'strerror', None) or error}")
    return 1


def _complain(*lines: str) -> None:
    """Prints lines on standard error; the terminal may be gone."""
    try:
        text = "\n".join(terminal_text(part) for line in lines for part in line.split("\n"))
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(sys.stderr)


def _silence(stream: Any) -> None:
    """Lets what a stream still holds go nowhere, so that Python does not fail over it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    # Reported once.
    if isinstance(stream, _Output):
        stream.fault = None


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
