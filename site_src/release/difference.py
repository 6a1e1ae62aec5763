"""The page of what the work tree changes against a commit. It is next to the site and part of no edition."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from analysis.contract import Preview
from analysis.disk_faults import disk_faults
from site_src.components.faces import HTML
from site_src.errors import BuildError
from site_src.release.subprocesses import Steps, reason

PAGE: Final = Path("preview", "index.html")


def write_preview(root: Path, commit: str) -> None:
    """Prints what the work tree changes, and writes the page of it.

    Raises: BuildError where it cannot be found, or where a closed edition would change, after the page is written.
    """
    with TemporaryDirectory() as folder, Steps(root) as steps:
        file = Path(folder, "preview.json")
        command = [sys.executable, "-m", "analysis", "diff", "--json", str(file), "--", commit]
        run = steps.run(command, {**os.environ, "PYTHONPATH": str(root)})
        print(run.stdout, end="")
        if file.is_file():
            _write(root / PAGE, Preview.model_validate_json(file.read_bytes()))
            print(f"page: {root / PAGE}")
    if run.returncode:
        raise BuildError(reason(run.stderr))


def _write(page: Path, preview: Preview) -> None:
    with disk_faults(page):
        page.parent.mkdir(exist_ok=True)
        page.write_text(HTML.component("preview", preview=preview) + "\n", encoding="utf-8")
