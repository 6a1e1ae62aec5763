"""Locks keep two processes from one folder, and end with their process."""

import os
from pathlib import Path

import pytest

from analysis.errors import BusyError, DiskError
from analysis.locks import alone, reading
from tests.processes import held, python


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


def test_a_lock_file_that_holds_no_text_refuses_in_one_line_as_well(tmp_path: Path) -> None:
    with held(tmp_path / "lock"):
        (tmp_path / "lock").write_bytes(b"\xff")
        with pytest.raises(BusyError), alone(tmp_path / "lock", tmp_path):
            pass


def test_a_child_that_outlives_its_parent_does_not_keep_the_lock(tmp_path: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from analysis.locks import alone
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


def test_a_lock_that_cannot_be_made_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError) as caught, alone(tmp_path / "file" / "lock", tmp_path):
        pass
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "file"))
