"""The house rules that a machine can check: who imports whom, who opens files, how long things get."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ANALYSIS = sorted((ROOT / "analysis").rglob("*.py"))
SITE = sorted((ROOT / "site_src").rglob("*.py"))
# The layers of each package in the order in which data flows: one imports only from itself and those before it.
LAYERS = {
    "analysis": (
        "errors",
        "record_text",
        "input_files",
        "disk_faults",
        "content_store",
        "locks",
        "workers",
        "folder_swap",
        "standard_streams",
        "command_line",
        "units",
        "numerals",
        "raised_minus",
        "contract",
        "artifacts",
        "counting",
        "inputs",
        "model",
        "fitting",
        "training_run",
        "results",
        "figures",
        "tables",
        "bundle",
        "difference",
        "__init__",
        "__main__",
    ),
    "site_src": (
        "__init__",
        "errors",
        "site_config",
        "edition_dates",
        "html_stream",
        "addresses",
        "context",
        "tracker",
        "formatting",
        "typography",
        "html_stream",
        "citing",
        "components",
        "pages",
        "outputs",
        "theme",
        "release",
        "edition_site",
        "preview",
        "hooks",
        "__main__",
    ),
}
# The ground floor of the analysis, which is all of it that the site knows.
GROUND_FLOOR = {
    "artifacts",
    "command_line",
    "content_store",
    "contract",
    "disk_faults",
    "errors",
    "folder_swap",
    "input_files",
    "locks",
    "numerals",
    "raised_minus",
    "record_text",
    "units",
    "workers",
}
# Calls that open, read or write a file.
FILE_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "savefig"}
MAY_OPEN_FILES = (
    "artifacts",
    "bundle",
    "content_store",
    "counting.configurations.reading",
    "counting.onnx.reader",
    "counting.user_network",
    "inputs",
    "locks",
    "standard_streams",
)
# A lock names the process that holds it; signals and standard streams belong to one; an exchange asks the system.
MAY_KNOW_ITS_PROCESS = {
    "analysis/command_line.py",
    "analysis/content_store.py",
    "analysis/folder_swap.py",
    "analysis/input_files.py",
    "analysis/locks.py",
    "analysis/standard_streams.py",
    "analysis/workers.py",
}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


@cache
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


def parts(path: Path) -> tuple[str, ...]:
    """The package, then the folders and the module below it."""
    return path.relative_to(ROOT).with_suffix("").parts


@pytest.mark.parametrize("path", ANALYSIS, ids=name)
def test_the_analysis_imports_nothing_of_the_site(path: Path) -> None:
    outside = {module for module in imported(path) if module.split(".")[0] in ("site_src", "mkdocs", "jinja2")}
    assert not outside


@pytest.mark.parametrize("path", ANALYSIS + SITE, ids=name)
def test_every_module_has_its_layer_and_imports_only_from_those_before_it(path: Path) -> None:
    package, layer, *_ = parts(path)
    used = {module.split(".")[1] for module in imported(path) if module.startswith(f"{package}.")}
    later = LAYERS[package][LAYERS[package].index(layer) + 1 :]
    assert used & set(later) == set()


@pytest.mark.parametrize("path", SITE, ids=name)
def test_the_site_imports_only_the_ground_floor_of_the_analysis(path: Path) -> None:
    used = {module.split(".")[1] for module in imported(path) if module.startswith("analysis.")}
    assert used <= GROUND_FLOOR


@pytest.mark.parametrize("path", SITE, ids=name)
def test_only_the_hooks_know_mkdocs(path: Path) -> None:
    uses = any(module.split(".")[0] == "mkdocs" for module in imported(path))
    assert uses == (path.name == "hooks.py")


@pytest.mark.parametrize("path", ANALYSIS, ids=name)
def test_files_are_opened_only_where_data_are_read_and_bundles_written(path: Path) -> None:
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    module = ".".join(parts(path)[1:])
    allowed = any(module == place or module.startswith(f"{place}.") for place in MAY_OPEN_FILES)
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
