"""The steps of a build run as processes, and end with it, with all that they started."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from site_src.errors import BuildError
from site_src.release.subprocesses import Steps, reason
from tests.processes import alive, python, wait_for

# Starts a process of its own in the same group, prints both numbers, and waits forever.
PARENT = """
import os, subprocess, sys, time
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(600)
"""
# Runs it as a step.
COMMAND = f"""
import os, signal, sys
from pathlib import Path
from analysis.command_line import interruptible
from site_src.release.subprocesses import Steps

def command():
    with Steps(Path(sys.argv[1])) as steps:
        steps.run([sys.executable, "-c", {PARENT!r}, sys.argv[2]], os.environ)

sys.exit(interruptible(command))
"""


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Path]:
    """Where a process writes its number and that of its child; they are gone after the test."""
    path = tmp_path / "family"
    yield path
    for number in members(path):
        wait_for(lambda number=number: not alive(number))


def members(path: Path) -> list[int]:
    return [int(number) for number in path.read_text().split()]


def test_a_step_gives_what_it_printed(tmp_path: Path) -> None:
    with Steps(tmp_path) as steps:
        run = steps.run([sys.executable, "-c", "import os; print(os.getcwd())"], os.environ)
    assert (run.returncode, run.stdout) == (0, f"{tmp_path}\n")


def test_an_exception_ends_the_steps_that_run_in_other_threads_and_what_they_started(
    tmp_path: Path, family: Path
) -> None:
    steps = Steps(tmp_path)
    thread = Thread(target=steps.run, args=([sys.executable, "-c", PARENT, str(family)], os.environ))
    with suppress(KeyboardInterrupt), steps:
        thread.start()
        wait_for(lambda: family.exists() and len(members(family)) == 2)
        raise KeyboardInterrupt
    thread.join(timeout=60)
    assert not thread.is_alive()


def test_no_step_starts_after_the_end(tmp_path: Path) -> None:
    steps = Steps(tmp_path)
    with steps:
        pass
    with pytest.raises(BuildError):
        steps.run([sys.executable, "-c", ""], os.environ)


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_a_command_that_is_killed_takes_its_steps_along(tmp_path: Path, family: Path) -> None:
    with python(COMMAND, str(tmp_path), str(family)) as process:
        wait_for(lambda: family.exists() and len(members(family)) == 2)
        process.kill()
    wait_for(lambda: not alive(members(family)[0]))
    os.kill(members(family)[1], signal.SIGKILL)


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_to_a_command_ends_its_steps(tmp_path: Path, family: Path, number: str) -> None:
    with python(COMMAND, str(tmp_path), str(family)) as process:
        wait_for(lambda: family.exists() and len(members(family)) == 2)
        process.send_signal(signal.Signals[number])
        assert process.communicate(timeout=60) == ("", "interrupted\n")
    assert process.returncode == 128 + signal.Signals[number]


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("analysis: edition 2018-05\nerror: data/a.toml: wrong\n", "data/a.toml: wrong"),
        ("INFO    -  Building\nERROR   -  Error reading page 'a.md':\n\ndocs/a.md:3: no quantity 'x'\n", "docs/a.md:3: no quantity 'x'"),
        ("Traceback (most recent call last):\n  File\nOSError: [Errno 28] No space left\n", "OSError: [Errno 28] No space left"),
        (
            "ERROR   -  Error building page 'a.md': [Errno 28] No space left\nTraceback (most recent call last):\n  File\nOSError\n",
            "Error building page 'a.md': [Errno 28] No space left",
        ),
        ("WARNING -  a\nTraceback (most recent call last):\n  File\nOSError: b\n", "WARNING -  a\nOSError: b"),
        ("[Kernel] Exception\nTraceback (most recent call last):\n  File\nERROR   -  a.py: over\n", "a.py: over"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_step_that_fails_is_reported_without_progress_and_without_its_traceback(printed: str, message: str) -> None:
    assert reason(printed) == message
