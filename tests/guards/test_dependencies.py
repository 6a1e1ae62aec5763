"""What the code imports is declared in pyproject.toml, and what is declared there is locked with hashes."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = PYPROJECT["project"], PYPROJECT["dependency-groups"]
OURS = {"analysis", "bench", "site_src", "tests"}
LOCKS = sorted(path.name for path in ROOT.glob("*.lock") if path.name != "uv.lock")


def named(requirements: list[Any]) -> set[str]:
    """The packages of some requirements, and of the groups they include."""
    found: set[str] = set()
    for requirement in requirements:
        if isinstance(requirement, dict):
            found |= named(GROUPS[requirement["include-group"]])
        else:
            found.add(normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]))
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


BUILD = named(PROJECT["dependencies"])
ANALYSIS = BUILD | named(PROJECT["optional-dependencies"]["onnx"])
MAINTENANCE = ANALYSIS.union(*(named(group) for group in GROUPS.values()))
# What a part of the code may import of other people's.
DECLARED = {
    "analysis": ANALYSIS,
    "site_src": BUILD,
    "docs/notebooks": BUILD,
    "tests": MAINTENANCE,
    "bench": MAINTENANCE,
    "noxfile.py": MAINTENANCE,
}
LOCKED = {
    "requirements.lock": BUILD,
    "requirements-tests.lock": named(GROUPS["tests"]) | named(GROUPS["web"]),
}


def imported(source: str) -> Iterator[str]:
    """The top-level names that a module imports, at its head or later."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0]


@cache
def distributions() -> Mapping[str, list[str]]:
    """The packages that bring each name that can be imported."""
    return packages_distributions()


def undeclared(source: str, declared: set[str]) -> list[str]:
    """The imports of a module that no declared package brings."""
    others = set(imported(source)) - OURS - sys.stdlib_module_names
    return sorted(
        name for name in others if not {normal(each) for each in distributions().get(name, [name])} & declared
    )


def modules(part: str) -> list[Path]:
    place = ROOT / part
    return [place] if place.is_file() else [path for path in place.rglob("*.py") if "node_modules" not in path.parts]


def locked(lock: str) -> dict[str, int]:
    """The packages of a lock file, each with the number of hashes it may have."""
    entries = re.findall(r"^([\w.-]+)==.*\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)*)", lock, re.MULTILINE)
    return {normal(name): hashes.count("--hash") for name, hashes in entries}


@pytest.mark.parametrize("part", DECLARED)
def test_every_package_that_is_imported_is_declared(part: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): undeclared(path.read_text("utf-8"), DECLARED[part]) for path in modules(part)
    }
    assert found
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import yaml", ["yaml"]),
        ("def read():\n    from yaml import safe_load", ["yaml"]),
        ("import json, numpy.linalg\nfrom analysis import units\nfrom . import other", []),
    ],
)
def test_the_guard_finds_an_import_that_is_not_declared(source: str, names: list[str]) -> None:
    assert undeclared(source, {"numpy"}) == names


def test_there_is_a_lock_for_builds_and_one_for_tests_and_no_other() -> None:
    assert sorted(LOCKED) == LOCKS


@pytest.mark.parametrize("name", LOCKED)
def test_what_is_declared_is_locked_with_hashes(name: str) -> None:
    found = locked((ROOT / name).read_text("utf-8"))
    assert LOCKED[name] - found.keys() == set()
    assert [package for package, hashes in found.items() if not hashes] == []


def test_tests_run_with_the_packages_of_a_build() -> None:
    build, tests = (
        dict(re.findall(r"^([\w.-]+)(==.*?) \\$", (ROOT / name).read_text("utf-8"), re.MULTILINE)) for name in LOCKED
    )
    assert {
        package: (version, tests.get(package)) for package, version in build.items() if tests.get(package) != version
    } == {}
