"""A command that writes runs alone, ends cleanly on a signal, and tells in one line what the disk refuses."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.artifacts import ROOT
from analysis.errors import BusyError, DiskError, InputError
from analysis.running import Interrupted, alone, disk_faults, reading, reported
from tests.processes import held, python

WAITING = """
import signal, sys
from analysis.running import interruptible
from pathlib import Path

def command():
    try:
        print("ready", flush=True)
        sys.stdin.read()
    finally:
        Path(sys.argv[1]).write_text("put away")
    return 0

sys.exit(interruptible(command))
"""


def test_a_second_process_is_refused_in_one_line_that_names_the_first(tmp_path: Path) -> None:
    lock = tmp_path / "cache" / "build.lock"
    with held(lock) as owner, pytest.raises(BusyError) as caught, alone(lock, tmp_path / "build"):
        pass
    assert str(caught.value) == (
        f"{tmp_path / 'build'}: in use by process {owner}; expected one build at a time, so wait for it or end it"
    )


def test_a_reader_is_refused_while_another_process_writes(tmp_path: Path) -> None:
    with held(tmp_path / "lock"), pytest.raises(BusyError), reading(tmp_path / "lock", tmp_path):
        pass


def test_a_lock_whose_owner_was_killed_is_free(tmp_path: Path) -> None:
    with held(tmp_path / "lock"):
        pass
    assert (tmp_path / "lock").read_text().strip()
    with alone(tmp_path / "lock", tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_a_child_that_outlives_its_parent_does_not_keep_the_lock(tmp_path: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from analysis.running import alone
with alone(Path(sys.argv[1]), Path(sys.argv[1])):
    if os.fork():
        os._exit(0)
    print("alive", flush=True)
    sys.stdin.read()
"""
    with python(code, str(tmp_path / "lock")) as process:
        assert process.stdout
        assert process.stdout.readline() == "alive\n"
        process.wait(timeout=60)
        with alone(tmp_path / "lock", tmp_path):
            pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_lets_a_command_clean_up_and_ends_it_with_one_line(tmp_path: Path, number: signal.Signals) -> None:
    with python(WAITING, str(tmp_path / "remains")) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (128 + number, "interrupted\n")
    assert (tmp_path / "remains").read_text() == "put away"


def test_a_signal_that_is_ignored_from_outside_stays_ignored(tmp_path: Path) -> None:
    code = f"import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n{WAITING}"
    with python(code, str(tmp_path / "remains")) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/some/file"), "/some/file: No space left on device"),
        (OSError(errno.EFBIG, "File too large"), "/the/folder: File too large"),
        (OSError(errno.EROFS, "Read-only file system", "/a", None, "/b"), "/b: Read-only file system"),
        (shutil.Error([("/a", "/b", "[Errno 28] No space left on device")]), "/b: [Errno 28] No space left on device"),
    ],
)
def test_what_the_disk_refuses_is_told_in_one_line(error: OSError, message: str) -> None:
    with pytest.raises(DiskError) as caught, disk_faults(Path("/the/folder")):
        raise error
    assert str(caught.value) == message


def test_a_lock_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError) as caught, alone(tmp_path / "file" / "lock", tmp_path):
        pass
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "file"))


# Two doors, one handler: what holds for one command line holds for the other.
DOORS = ("analysis", "site_src")


def ended(command: str) -> subprocess.CompletedProcess[str]:
    """What became of a command of the shell, its standard error apart."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("python", sys.executable)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("command", "unbuffered"),
    [("analysis list", ""), ("analysis count alexnet --json", "1"), ("analysis --help", ""), ("site_src --help", "1")],
)
def test_a_reader_that_goes_away_ends_a_command_without_a_word(command: str, unbuffered: str) -> None:
    # The exit code of the command, not of its reader.
    done = ended(f"(sleep 0.3; PYTHONUNBUFFERED={unbuffered} python -m {command}) | true")
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("command", "unbuffered"),
    [
        *(("analysis check", ""), ("analysis check", "1"), ("analysis count alexnet --json", "")),
        *(("analysis --help", "1"), ("site_src --help", "")),
    ],
)
def test_output_that_cannot_be_written_is_one_line(command: str, unbuffered: str) -> None:
    done = ended(f"PYTHONUNBUFFERED={unbuffered} python -m {command} > /dev/full")
    assert (done.returncode, done.stderr) == (1, "error: standard output: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("door", DOORS)
def test_a_message_that_cannot_be_written_changes_no_exit_code(door: str) -> None:
    argument = "show nothing" if door == "analysis" else "publish nothing"
    assert ended(f"python -m {door} {argument} 2> /dev/full").returncode == 1


def test_a_terminal_that_lacks_a_character_gets_its_number() -> None:
    done = ended("PYTHONIOENCODING=ascii python -m analysis show compute.modern.alexnet_to_alphago_zero")
    assert done.returncode == 0
    assert done.stdout.startswith("compute.modern.alexnet_to_alphago_zero = 321,000\\xd7\n")


class UnheardOfError(Exception):
    """Not one of ours."""


def failing(error: BaseException) -> Callable[[], None]:
    def run() -> None:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InputError("a.csv: wrong"), "error: a.csv: wrong\n"),
        (InputError("a.csv: wrong\nb.csv: too"), "error: a.csv: wrong\nerror: b.csv: too\n"),
        (InputError("a\x1b[2J"), "error: a\\u001b[2J\n"),
        (PermissionError(13, "Permission denied", "/a"), "error: /a: Permission denied\n"),
    ],
)
def test_an_error_that_says_what_is_wrong_is_told_as_it_is(
    capsys: pytest.CaptureFixture[str], error: Exception, message: str
) -> None:
    assert reported(failing(error), debug=False) == 1
    assert capsys.readouterr().err == message


@pytest.mark.parametrize(
    "error", [UnheardOfError("a\nb"), KeyError("a"), RecursionError(), MemoryError(), OSError("x")]
)
def test_an_error_that_nobody_expected_is_one_line_with_its_kind(
    capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    assert reported(failing(error), debug=False) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {type(error).__name__}")
    assert line.endswith("; --debug shows the traceback")


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(failing(InputError("a.csv: wrong")), debug=True) == 1
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], lines[-1]) == ("Traceback (most recent call last):", "error: a.csv: wrong")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Interrupted(signal.SIGTERM), SystemExit(3)])
def test_what_ends_a_command_from_outside_is_not_swallowed(error: BaseException) -> None:
    with pytest.raises(type(error)):
        reported(failing(error), debug=False)


@pytest.mark.parametrize("place", ["--debug count {file}", "count {file} --debug"])
def test_debug_may_stand_before_and_behind_the_command(tmp_path: Path, place: str) -> None:
    (tmp_path / "mine.py").write_text("def net():\n    return 1 / 0\n")
    done = ended(f"python -m analysis {place.format(file=tmp_path / 'mine.py:net')}")
    assert done.returncode == 1
    assert "return 1 / 0" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("mine.py:net: ZeroDivisionError: division by zero")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_not_taken_for_the_folder_of_a_build(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from analysis.running import disk_faults, interruptible, reported

def build():
    with disk_faults(Path(sys.argv[1])):
        print("a step", flush=True)

sys.exit(interruptible(lambda: reported(build, debug=False)))
"""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-c", code, str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "error: standard output: No space left on device\n")
