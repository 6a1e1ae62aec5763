"""The house rules that a machine can check: who imports whom, who opens files, how long things get."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """Every module that a file imports."""
    found = set()
    for node in ast.walk(tree_of(path)):
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


def used(path: Path, package: str) -> set[str]:
    """The parts of a package that a file imports from."""
    return {module.split(".")[1] for module in imported(path) if module.startswith(f"{package}.")}


def calls(path: Path) -> set[str]:
    """The names of what a file calls."""
    found = (node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in found}


def may_open_files(path: Path) -> bool:
    module = ".".join(parts(path)[1:])
    return any(module == place or module.startswith(f"{place}.") for place in MAY_OPEN_FILES)


def long_functions(path: Path) -> Iterator[str]:
    """The functions of a module that are too long, with their lines but for those of the docstring."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
            if length > LONGEST_FUNCTION:
                yield f"{name(path)}: {node.name} has {length} lines"


def test_the_analysis_imports_nothing_of_the_site() -> None:
    outside = {"site_src", "mkdocs", "jinja2"}
    assert [name(path) for path in ANALYSIS if outside & {module.split(".")[0] for module in imported(path)}] == []


def test_every_module_has_its_layer() -> None:
    assert [name(path) for path in (*ANALYSIS, *SITE) if parts(path)[1] not in LAYERS[parts(path)[0]]] == []


def test_every_module_imports_only_from_the_layers_before_its_own() -> None:
    later = {}
    for path in (*ANALYSIS, *SITE):
        package, layer, *_ = parts(path)
        order = LAYERS[package]
        later[name(path)] = used(path, package) & set(order[order.index(layer) + 1 :])
    assert {path: layers for path, layers in later.items() if layers} == {}


def test_the_site_imports_only_the_ground_floor_of_the_analysis() -> None:
    above = {name(path): used(path, "analysis") - GROUND_FLOOR for path in SITE}
    assert {path: modules for path, modules in above.items() if modules} == {}


def test_only_the_hooks_know_mkdocs() -> None:
    know = [name(path) for path in SITE if "mkdocs" in {module.split(".")[0] for module in imported(path)}]
    assert know == ["site_src/hooks.py"]


def test_files_are_opened_only_where_data_are_read_and_bundles_written() -> None:
    assert [name(path) for path in ANALYSIS if calls(path) & FILE_CALLS and not may_open_files(path)] == []


def test_the_analysis_reads_no_clock_and_no_environment() -> None:
    outside = {"os", "time", "socket", "urllib.request", "requests"}
    found = {name(path): outside & imported(path) for path in ANALYSIS}
    assert {path for path, modules in found.items() if modules} == MAY_KNOW_ITS_PROCESS
    assert {module for modules in found.values() for module in modules} == {"os"}
    asks = re.compile(r"\benviron\b|\bgetenv\b|today\(\)|\.now\(\)")
    assert [name(path) for path in ANALYSIS if asks.search(path.read_text(encoding="utf-8"))] == []


def test_modules_stay_short() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in (*ANALYSIS, *SITE)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_stay_short() -> None:
    assert [function for path in (*ANALYSIS, *SITE) for function in long_functions(path)] == []
