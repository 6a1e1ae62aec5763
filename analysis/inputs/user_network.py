"""Loads a network from a function in a user's own Python file: `path/to/file.py:function`."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from analysis.counting.layers.base import Layer, Shape
from analysis.counting.registry import registered
from analysis.errors import AnalysisError, CountingError, did_you_mean


def network_in_file(target: str) -> tuple[Layer, Shape | None]:
    """The network that a function gives, and its usual input where `@architecture` stands before the function.

    The file is run, as any Python file is. Raises: CountingError in one line.
    """
    path, _, name = target.rpartition(":")
    if not path or not name:
        raise CountingError(f"{target}: expected path/to/file.py:function")
    module = _module(Path(path))
    function = getattr(module, name, None)
    if not callable(function):
        raise CountingError(f"{path}: no function '{name}'{did_you_mean(name, vars(module))}")
    try:
        network = function()
    except Exception as error:
        raise CountingError(f"{target}: {_told(error)}") from error
    if not isinstance(network, Layer):
        raise CountingError(f"{target}: gave {type(network).__name__}; expected a layer of analysis.counting.layers")
    known = [entry.input_shape for entry in registered().values() if entry.build is function]
    return network, known[0] if known else None


def _module(path: Path) -> ModuleType:
    """The module of a file, run unless it is loaded already. Raises: CountingError where there is none or it fails."""
    if not path.is_file():
        raise CountingError(f"{path}: no such file")
    for loaded in list(sys.modules.values()):
        if getattr(loaded, "__file__", None) == str(path.resolve()):
            return loaded
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise CountingError(f"{path}: not a Python file; expected a name that ends in .py")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CountingError(f"{path}: {_told(error)}") from error
    return module


def _told(error: Exception) -> str:
    """What an exception says, in one line; one that is not ours with its kind."""
    if isinstance(error, AnalysisError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}" if str(error) else type(error).__name__
