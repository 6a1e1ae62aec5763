"""Commands whose output cannot be written, or is no longer read."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.input_files import ROOT
from tests.editions import FIRST

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


@pytest.mark.parametrize(
    ("command", "unbuffered"),
    [
        (f"analysis list --edition {FIRST}", ""),
        ("analysis count alexnet --json", "1"),
        ("analysis --help", ""),
        ("site_src --help", "1"),
    ],
)
def test_a_reader_that_exits_ends_a_command_silently(command: str, unbuffered: str) -> None:
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
@pytest.mark.parametrize("package", COMMANDS)
def test_a_message_that_cannot_be_written_changes_no_exit_code(package: str) -> None:
    argument = f"show nothing --edition {FIRST}" if package == "analysis" else "publish nothing"
    assert ended(f"python -m {package} {argument} 2> /dev/full").returncode == 1


def test_a_terminal_that_lacks_a_character_gets_its_number() -> None:
    done = ended(
        f"PYTHONIOENCODING=ascii python -m analysis show --edition {FIRST} compute.modern.alexnet_to_alphago_zero"
    )
    assert done.returncode == 0
    assert done.stdout.startswith("compute.modern.alexnet_to_alphago_zero = 321,000\\xd7\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_not_taken_for_the_folder_of_a_build(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from analysis.command_line import interruptible, reported
from analysis.disk_faults import disk_faults

def build():
    with disk_faults(Path(sys.argv[1])):
        print("a step", flush=True)

sys.exit(interruptible(lambda: reported(build, debug=False)))
"""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-c", code, str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "error: standard output: No space left on device\n")
