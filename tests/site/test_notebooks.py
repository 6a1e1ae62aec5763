"""A notebook has a limit of time; when it is over, no kernel is left, and the message is one line."""

import signal
from pathlib import Path

import pytest

from site_src.errors import BuildError, PageError
from site_src.pages.notebooks import limited
from site_src.release.subprocesses import Steps
from tests.processes import ROOT, alive, python, wait_for

ENDLESS = "import time; time.sleep(600)"
# It leaves the processor to all else that runs.
BUSY = "os.nice(19)\nwhile True: pass"


def notebook(folder: Path, code: str) -> str:
    """A notebook that first writes the number of its kernel's process."""
    path = folder / "notebook.py"
    path.write_text(
        f"# %%\nimport os\nfrom pathlib import Path\n"
        f"Path({str(folder / 'kernel')!r}).write_text(str(os.getpid()))\n\n# %%\n{code}\n"
    )
    return str(path)


def run(path: str, seconds: int) -> str:
    # It takes seconds to import, which every process would wait for.
    from mkdocs_jupyter.convert import nb2html

    with limited("docs/notebooks/notebook.py", seconds):
        return str(nb2html(path, execute=True, allow_errors=False))


def kernel_ended(folder: Path) -> bool:
    return not alive(int((folder / "kernel").read_text()))


def test_a_notebook_within_its_limit_is_rendered(tmp_path: Path) -> None:
    assert "1764" in run(notebook(tmp_path, "print(42 * 42)"), 300)
    assert kernel_ended(tmp_path)


@pytest.mark.parametrize("code", [ENDLESS, BUSY, "import os; os.system('sleep 600')"])
def test_a_notebook_over_its_limit_ends_with_its_kernel_and_one_line(tmp_path: Path, code: str) -> None:
    with pytest.raises(PageError) as caught:
        # A kernel takes a second or two to start, so that the loop is reached by then.
        run(notebook(tmp_path, code), 15)
    assert str(caught.value) == "docs/notebooks/notebook.py: still running after 15 s; expected it to end by then"
    assert (tmp_path / "kernel").exists()
    wait_for(lambda: kernel_ended(tmp_path))


def test_a_notebook_that_fails_is_reported_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PageError) as caught:
        run(notebook(tmp_path, "raise ValueError('no\\nnumber')"), 300)
    assert str(caught.value) == "docs/notebooks/notebook.py: ValueError: no number"
    assert kernel_ended(tmp_path)


# The limit needs no pages.
HOOKS = """
from pathlib import Path
from site_src import hooks
from site_src.edition_site import FAULTS, EditionSite
from site_src.hooks import on_pre_page, on_startup

hooks._UnderWay.site, hooks._UnderWay.faults = EditionSite(Path(__file__).parent, "", None), FAULTS
"""


def small_site(root: Path, code: str, seconds: int) -> list[str]:
    """The command that builds a site of one notebook, with the hooks that concern notebooks."""
    (root / "docs").mkdir()
    notebook(root / "docs", code)
    (root / "hooks.py").write_text(HOOKS)
    (root / "mkdocs.yml").write_text(
        f"site_name: Example\nhooks: [hooks.py]\nextra:\n  notebook_seconds: {seconds}\n"
        "plugins:\n  - mkdocs-jupyter:\n      include: ['*.py']\n      execute: true\n      cache: false\n"
    )
    return ["mkdocs", "build", "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(root / "site")]


def test_a_build_with_a_notebook_over_its_limit_fails_with_one_line(tmp_path: Path) -> None:
    command = small_site(tmp_path, ENDLESS, 15)
    with pytest.raises(BuildError) as caught, Steps(ROOT) as steps:
        steps.step(command)
    assert str(caught.value) == "docs/notebook.py: still running after 15 s; expected it to end by then"
    wait_for(lambda: kernel_ended(tmp_path / "docs"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_a_build_ends_the_kernel_of_its_notebook(tmp_path: Path, number: signal.Signals) -> None:
    command = small_site(tmp_path, ENDLESS, 300)
    with python(f"from mkdocs.__main__ import cli\ncli({command[1:]})") as process:
        wait_for(lambda: (tmp_path / "docs" / "kernel").exists() and (tmp_path / "docs" / "kernel").read_text() != "")
        process.send_signal(number)
        process.communicate(timeout=120)
    assert process.returncode != 0
    wait_for(lambda: kernel_ended(tmp_path / "docs"))
