"""A copy of the analysis and its inputs to which code is added, and what it writes when it runs by itself."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from analysis.artifacts import ROOT
from tests.conftest import copy_of_inputs

# Every document of every edition, and the findings of the open one for what a test adds below.
DOCUMENTS = """
import json, sys
from pathlib import Path
from analysis.bundle.files import rounded
from analysis.bundle.json_documents import documents
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import find

dataset = load_dataset()
found = {edition.id: find(analyse(dataset, edition.id)) for edition in dataset.editions}
newest = list(found.values())[-1]
written = {"documents": {edition: documents(findings) for edition, findings in found.items()}}
"""
PRINTED = "\njson.dump(rounded(written), sys.stdout)\n"


def code_copy(root: Path) -> Path:
    """Copies the analysis and its inputs to a folder."""
    copy_of_inputs(root)
    shutil.copytree(ROOT / "analysis", root / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def run_python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in a copy, with the copy's own packages."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def written_by(root: Path, more: str) -> dict[str, Any]:
    """The documents of every edition of a copy, and what `more` puts into `written` beside them."""
    run = run_python(root, "-c", DOCUMENTS + more + PRINTED)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)  # type: ignore[no-any-return]
