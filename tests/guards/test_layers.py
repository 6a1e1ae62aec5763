"""The house rules that a machine can check: who imports whom, who opens files, how long things get."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ANALYSIS = sorted((ROOT / "analysis").rglob("*.py"))
SITE = sorted((ROOT / "site_src").rglob("*.py"))
# The layers in the order in which data flows; each may import only from itself and those before it.
LAYERS = (
    "errors",
    "record_text",
    "running",
    "units",
    "contract",
    "numerals",
    "counting",
    "inputs",
    "model",
    "results",
    "figures",
    "tables",
    "documents",
    "artifacts",
)
SITE_MAY_IMPORT = {
    "analysis.artifacts",
    "analysis.contract",
    "analysis.errors",
    "analysis.numerals",
    "analysis.record_text",
    "analysis.running",
    "analysis.units",
}
# Calls that open, read or write a file.
FILE_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "savefig"}
MAY_OPEN_FILES = {
    "analysis/artifacts.py",
    "analysis/build.py",
    "analysis/figures/svg.py",
    "analysis/golden.py",
    "analysis/running.py",
}
# Locks are named for the process that holds them.
MAY_KNOW_ITS_PROCESS = {"analysis/running.py"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def imported(path: Path) -> set[str]:
    """Every module that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module in ("analysis", "site_src")}
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer(path: Path) -> str:
    """The folder or module directly below analysis/."""
    return path.relative_to(ROOT / "analysis").with_suffix("").parts[0]


@pytest.mark.parametrize("path", ANALYSIS, ids=name)
def test_the_analysis_knows_nothing_of_the_site(path: Path) -> None:
    outside = {module for module in imported(path) if module.split(".")[0] in ("site_src", "mkdocs", "jinja2")}
    assert not outside


# The door, the command line and the build stand above all layers.
@pytest.mark.parametrize("path", [path for path in ANALYSIS if layer(path) in LAYERS], ids=name)
def test_a_layer_imports_only_from_layers_before_it(path: Path) -> None:
    used = {module.split(".")[1] for module in imported(path) if module.startswith("analysis.")}
    later = LAYERS[LAYERS.index(layer(path)) + 1 :]
    assert used & set(later) == set()


@pytest.mark.parametrize("path", SITE, ids=name)
def test_the_site_imports_only_the_file_contract_and_the_speller(path: Path) -> None:
    used = {module for module in imported(path) if module.startswith("analysis.") and module.count(".") == 1}
    assert used <= SITE_MAY_IMPORT


@pytest.mark.parametrize("path", SITE, ids=name)
def test_only_the_hooks_know_mkdocs(path: Path) -> None:
    uses = any(module.split(".")[0] == "mkdocs" for module in imported(path))
    assert uses == (path.name == "hooks.py")


@pytest.mark.parametrize("path", ANALYSIS, ids=name)
def test_files_are_opened_in_inputs_and_artifacts_alone(path: Path) -> None:
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    allowed = name(path) in MAY_OPEN_FILES or name(path).startswith("analysis/inputs/")
    assert allowed or not calls & FILE_CALLS


@pytest.mark.parametrize("path", ANALYSIS, ids=name)
def test_the_analysis_reads_no_clock_and_no_environment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outside = {"os", "time", "socket", "urllib.request", "requests"} & imported(path)
    assert outside <= ({"os"} if name(path) in MAY_KNOW_ITS_PROCESS else set())
    assert not re.search(r"\benviron\b|\bgetenv\b", text)
    assert "today()" not in text
    assert ".now()" not in text


@pytest.mark.parametrize("path", ANALYSIS + SITE, ids=name)
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
