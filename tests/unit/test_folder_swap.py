"""A swap of folders that is killed leaves the old tree or the new one, and the next build loses neither.

The driver acts like a build: it recovers, writes a new tree file by file, and swaps it in. Each call that changes the
disk is a step, before or after which the driver can be killed. It runs with the exchange of Linux, where this is one,
and with a flag that no system knows, which is refused like an exchange by systems that have none.
"""

import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from analysis.folder_swap import RENAME_EXCHANGE, recover, swap_in
from tests.processes import python

# Trees of files that all hold the same text, so that a mixture is seen.
FILES = 12
DRIVER = f"""
import os, shutil, signal, sys
from pathlib import Path
from analysis import folder_swap
from analysis.folder_swap import recover, swap_in

root, text, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
folder_swap.RENAME_EXCHANGE = int(sys.argv[4])
steps = 0

def step():
    global steps
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
    steps += 1

def counted(call):
    def run(*arguments, **options):
        step()
        return call(*arguments, **options)
    return run

for name in ("rename", "unlink", "rmdir"):
    setattr(os, name, counted(getattr(os, name)))
folder_swap._exchanged = counted(folder_swap._exchanged)
fresh = root / ".tree.partial"
recover(root / "tree")
shutil.rmtree(fresh, ignore_errors=True)
print("started", flush=True)
fresh.mkdir()
for number in range({FILES}):
    (fresh / f"{{number}}.txt").write_text(text)
swap_in(fresh, root / "tree")
step()
print("ended", flush=True)
"""

UNKNOWN_FLAG = 1 << 30
both_ways = pytest.mark.parametrize("flag", [RENAME_EXCHANGE, UNKNOWN_FLAG], ids=["exchange", "renames"])


def tree(root: Path, name: str = "tree") -> set[str]:
    """The texts of a tree, every file of which there must be."""
    files = sorted((root / name).iterdir())
    assert len(files) == FILES
    return {file.read_text() for file in files}


def run(root: Path, text: str, flag: int, *, killed_at: int = -1) -> int:
    """Runs the driver to its end or to a step; gives its exit code."""
    with python(DRIVER, str(root), text, str(killed_at), str(flag)) as process:
        process.communicate(timeout=60)
    return process.returncode


@both_ways
def test_a_kill_at_any_step_loses_nothing(tmp_path: Path, flag: int) -> None:
    assert run(tmp_path, "old", flag) == 0
    for killed_at in range(1000):
        root = tmp_path / str(killed_at)
        shutil.copytree(tmp_path / "tree", root / "tree")
        if run(root, "new", flag, killed_at=killed_at) == 0:
            break
        if flag == UNKNOWN_FLAG:
            recover(root / "tree")
        assert tree(root) in ({"old"}, {"new"})
        assert run(root, "newest", flag) == 0
        assert tree(root) == {"newest"}
        assert [path.name for path in root.iterdir()] == ["tree"]
    # The exchange or the attempt, in place of which there are three renames; the removal of the files of the old tree
    # and of its folder; the end.
    assert killed_at == 1 + (3 if flag == UNKNOWN_FLAG else 0) + FILES + 1 + 1


@both_ways
def test_kills_at_random_moments_lose_nothing(tmp_path: Path, flag: int) -> None:
    moments = random.Random(12)
    assert run(tmp_path, "0", flag) == 0
    whole = {"0"}
    for number in range(1, 26):
        with python(DRIVER, str(tmp_path), str(number), "-1", str(flag)) as process:
            assert process.stdout
            assert process.stdout.readline() == "started\n"
            # Writing and swapping takes a few milliseconds.
            time.sleep(moments.uniform(0, 0.006))
            process.kill()
        if flag == UNKNOWN_FLAG:
            recover(tmp_path / "tree")
        found = tree(tmp_path)
        assert found in (whole, {str(number)})
        whole = found
    assert run(tmp_path, "last", flag) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]
    assert tree(tmp_path) == {"last"}


def test_an_unfinished_tree_is_never_put_in_place(tmp_path: Path) -> None:
    (tmp_path / ".tree.partial").mkdir()
    recover(tmp_path / "tree")
    assert not (tmp_path / "tree").exists()


def test_a_tree_that_was_moved_away_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".tree.old").mkdir()
    (tmp_path / ".tree.old" / "page").touch()
    recover(tmp_path / "tree")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["tree", "tree/page"]


def test_a_swap_that_a_signal_cuts_short_is_completed_by_the_next(tmp_path: Path) -> None:
    for name in ("tree", ".tree.ready", "fresh"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    swap_in(tmp_path / "fresh", tmp_path / "tree")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["tree", "tree/fresh"]


def test_a_kill_is_one(tmp_path: Path) -> None:
    assert run(tmp_path, "new", RENAME_EXCHANGE, killed_at=0) == -signal.SIGKILL


def test_where_the_new_tree_cannot_be_moved_the_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    with pytest.raises(FileNotFoundError):
        swap_in(tmp_path / "never made", tmp_path / "tree")
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]


def test_a_folder_is_swapped_in_for_another_without_remains(tmp_path: Path) -> None:
    fresh, target = tmp_path / ".build.partial", tmp_path / "build"
    for folder, name in ((fresh, "new"), (target, "old")):
        folder.mkdir()
        (folder / name).touch()
    swap_in(fresh, target)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["build", "build/new"]


def test_a_folder_is_swapped_in_where_there_was_none(tmp_path: Path) -> None:
    (tmp_path / "fresh").mkdir()
    swap_in(tmp_path / "fresh", tmp_path / "build")
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_remains_of_an_earlier_swap_are_cleared_away(tmp_path: Path) -> None:
    for name in ("fresh", "build", ".build.old"):
        (tmp_path / name).mkdir()
    (tmp_path / ".build.old" / "remains").touch()
    swap_in(tmp_path / "fresh", tmp_path / "build")
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
