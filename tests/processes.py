"""Processes for tests of concurrent builds and of builds that are killed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What ran the tests may ignore signals, as nohup and a shell do for what runs in the background.
LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""
HOLDER = """
import sys
import time
from pathlib import Path
from analysis.locks import alone
with alone(Path(sys.argv[1]), Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def python(code: str, *arguments: str, **surroundings: str) -> subprocess.Popen[str]:
    """A process that runs code with the packages of the repository, and ends by a signal."""
    return subprocess.Popen(
        [sys.executable, "-c", LISTENING + code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def held(lock: Path) -> Iterator[int]:
    """Another process that holds a lock for as long as the block runs; gives its number."""
    with python(HOLDER, str(lock)) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process.pid
        finally:
            process.kill()


@contextmanager
def written_site(root: Path, printed: Path, **surroundings: str) -> Iterator[str]:
    """The address under which a copy of the repository is served while it is written, once its pages are there.

    What the server prints goes to a file.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    address = f"http://{host}/"
    with (
        printed.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", host],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1", "SITE_URL": address, **surroundings},
            stdout=output,
            stderr=output,
        ) as server,
    ):
        try:
            wait_for(lambda: f"Serving on {address}" in printed.read_text() or server.poll() is not None)
            yield address
        finally:
            server.terminate()


def alive(number: int) -> bool:
    """Whether a process runs. One that has ended may wait for its parent to ask for the exit code."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")


def wait_for(condition: Callable[[], bool]) -> None:
    """Returns once a condition holds, which another process brings about. Gives up after two minutes."""
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
