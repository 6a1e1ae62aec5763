"""One script out of modules, so that a page asks for one file, and works from a disk, where browsers load no modules.

In go the modules by name: plain ES modules, each of which imports what it uses of the others, one module per line.
Out comes a script in which each has its own scope, after those that it imports.
"""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from analysis.errors import did_you_mean
from site_src.errors import BuildError

_IMPORT: Final = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "\./(\w+)\.js"$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:const|(?:async )?function) (\w+))", re.MULTILINE)
# A statement in any form but these two, which the lines above do not read.
_OTHER: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def script_of(modules: Mapping[str, str]) -> str:
    """The script that modules make together. Raises: BuildError for an import that leads nowhere or in a circle."""
    exports = {name: _EXPORT.findall(text) for name, text in modules.items()}
    imports = {name: _imports(name, modules[name], exports) for name in sorted(modules)}
    try:
        order = list(TopologicalSorter(imports).static_order())
    except CycleError as error:
        circle = " <- ".join(f"{name}.js" for name in error.args[1])
        raise BuildError(f"scripts import each other in a circle: {circle}") from None
    return "\n".join(_in_scope(name, modules[name], exports[name]) for name in order)


def _imports(name: str, text: str, exports: Mapping[str, list[str]]) -> list[str]:
    """The modules that one imports. Raises: BuildError for a module or a name that there is not."""
    for found in _IMPORT.finditer(text):
        where = f"{name}.js:{text.count(chr(10), 0, found.start()) + 1}"
        if found[2] not in exports:
            raise BuildError(f"{where}: no script '{found[2]}.js'{did_you_mean(found[2], exports)}")
        for wanted in found[1].split(", "):
            if wanted not in exports[found[2]]:
                hint = did_you_mean(wanted, exports[found[2]])
                raise BuildError(f"{where}: {found[2]}.js exports no '{wanted}'{hint}")
    return sorted({found[2] for found in _IMPORT.finditer(text)})


def _in_scope(name: str, text: str, exports: list[str]) -> str:
    """A module as a block, or as a function that runs once and gives what it exports under the name of the module."""
    body = _EXPORT.sub("", _IMPORT.sub(r"const { \1 } = $\2", text))
    if other := _OTHER.search(body):
        raise BuildError(
            f"{name}.js: found '{other[0]}'; expected 'import {{ name }} from \"./module.js\"', "
            "or 'export' before a const or a function"
        )
    if not exports:
        return f"{{\n{body}}}"
    return f"const ${name} = (() => {{\n{body}return {{ {', '.join(exports)} }}\n}})();"
