"""Modules become one script that does what they do, and nothing is imported that there is not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_src.errors import BuildError
from site_src.theme.bundle import assets, small
from site_src.theme.script_modules import script_of
from tests.needs import lacking

LOG = 'import { log } from "./log.js"\n'
MODULES = {
    "a_page": f'// Uses both.\n{LOG}import {{ twice }} from "./sums.js"\n\nconst own = 4\nlog(twice(own))\n',
    "log": "export function log(value) {\n  console.log(value)\n}\n",
    "sums": f"{LOG}\nconst own = 2\nexport const twice = value => own * value\nlog(own)\n",
}


def run(script: str, *options: str) -> str:
    """What a script prints as a module; Node has to read it without complaint."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if not node:
        lacking("node")
    command = [node, *options, "--input-type=module"]
    return subprocess.run(command, input=script, capture_output=True, text=True, check=True).stdout


def test_a_module_runs_once_and_after_those_that_it_imports() -> None:
    # sums logs its own 2 before the page, which comes first by name, logs 2 · 4.
    assert run(script_of(MODULES)) == "2\n8\n"


def test_a_name_of_one_module_is_unknown_in_another_that_does_not_import_it() -> None:
    script = script_of({"a": "export const known = 1\n", "b": "console.log(typeof known)\n"})
    assert run(script) == "undefined\n"


def test_the_order_of_the_files_decides_nothing() -> None:
    assert script_of(dict(reversed(MODULES.items()))) == script_of(MODULES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { log } from "./lgo.js"\n', "a.js:1: no script 'lgo.js'; did you mean 'log'?"),
        ('\nimport { lag } from "./log.js"\n', "a.js:2: log.js exports no 'lag'; did you mean 'log'?"),
        ('import * as log from "./log.js"\n', "a.js: found 'import * as log from \"./log.js\"'; expected 'import {"),
        ("export default 1\n", "a.js: found 'export default 1'; expected 'import { name }"),
    ],
)
def test_an_import_or_export_that_cannot_be_followed_stops_the_build(text: str, message: str) -> None:
    with pytest.raises(BuildError) as refused:
        script_of({"a": text, "log": MODULES["log"]})
    assert str(refused.value).startswith(message)


def test_modules_in_a_circle_are_named() -> None:
    circle = {name: f'import {{ x }} from "./{other}.js"\nexport const x = 1\n' for name, other in ("ab", "ba")}
    with pytest.raises(
        BuildError, match=r"^scripts import each other in a circle: (a|b)\.js <- (a|b)\.js <- (a|b)\.js$"
    ):
        script_of(circle)


def test_a_small_script_does_the_same() -> None:
    script = script_of(MODULES)
    assert len(small("application/javascript", script)) < len(script)
    assert run(small("application/javascript", script)) == run(script)


def test_node_reads_the_script_of_the_site() -> None:
    run(assets("", {})["assets/site.js"], "--check")
