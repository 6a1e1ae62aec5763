"""Standard output and standard error where they may be full, closed, or read by a process that has ended.

`Output` remembers a failed write, `output_fault` turns it into an exit code, and `complain` prints messages that
must not fail themselves.
"""

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from analysis.record_text import terminal_text

# Shells report a command that a signal ended by this number plus that of the signal.
ENDED_BY_SIGNAL: Final = 128


class Output(io.TextIOWrapper):
    """Standard output that remembers a failed write, even if a library ignores the error.

    Characters that the terminal lacks are written as escapes.
    """

    fault: OSError | None = None

    @classmethod
    def over(cls, stream: Any) -> Any:
        """A wrapper of a stream, or the stream itself if it is closed or has no bytes below it."""
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
        """Writes what is buffered. Raises: OSError."""
        with self._noted():
            super().flush()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.fault = error
            raise


def output_fault() -> int | None:
    """The exit code where standard output cannot be written; None if it can. Reported unless its reader has exited."""
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
    complain(f"error: standard output: {getattr(error, 'strerror', None) or error}")
    return 1


def complain(*lines: str) -> None:
    """Prints lines on standard error, which may be closed."""
    try:
        text = "\n".join(terminal_text(part) for line in lines for part in line.split("\n"))
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(sys.stderr)


def _silence(stream: Any) -> None:
    """Redirects a stream to the null device, so that Python does not fail when it flushes it at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    # Each fault is reported only once.
    if isinstance(stream, Output):
        stream.fault = None
