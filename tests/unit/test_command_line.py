"""A command ends cleanly on a signal, and reports an error in one line."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.command_line import Interrupted, reported
from analysis.errors import InputError
from analysis.input_files import ROOT
from tests.processes import python

WAITING = """
import signal, sys
from analysis.command_line import interruptible
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


# Both command lines share one handler, so both are tested.
COMMANDS = ("analysis", "site_src")


def ended(command: str) -> subprocess.CompletedProcess[str]:
    """A shell command that has ended, with standard output and standard error captured separately."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("python", sys.executable)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


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
        (
            ModuleNotFoundError("No module named 'numpy'", name="numpy"),
            "error: numpy is not installed; expected the project's packages: python3 -m pip install -e .\n",
        ),
    ],
)
def test_an_error_of_ours_is_reported_by_its_message(
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
def test_debug_is_accepted_before_and_after_the_command(tmp_path: Path, place: str) -> None:
    (tmp_path / "mine.py").write_text("def net():\n    return 1 / 0\n")
    done = ended(f"python -m analysis {place.format(file=tmp_path / 'mine.py:net')}")
    assert done.returncode == 1
    assert "return 1 / 0" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("mine.py:net: ZeroDivisionError: division by zero")
