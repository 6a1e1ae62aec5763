"""A command that writes runs alone, ends cleanly on a signal, and tells in one line what the disk refuses."""

import errno
import os
import shutil
import signal
from pathlib import Path

import pytest

from analysis.errors import BusyError, DiskError
from analysis.running import alone, disk_faults, reading
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
