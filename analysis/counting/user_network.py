"""Loads a network from a user's own Python file: `path/to/file.py:function`, or the name of a layer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from analysis.command_line import LONGEST_REASON
from analysis.counting.layers.base import Layer, Shape
from analysis.counting.registry import registered
from analysis.errors import AnalysisError, CountingError, did_you_mean


def network_in_file(target: str) -> tuple[Layer, Shape | None]:
    """The network of a name in a file: a layer, or the return value of a function without arguments.

    Its usual input is returned too if the function is decorated with `@architecture`. The file is run, as any Python
    file is. Raises: CountingError in one line.
    """
    path, _, name = target.rpartition(":")
    if not path or not name:
        raise CountingError(f"{target}: expected path/to/file.py:function")
    module = _module(Path(path))
    if name not in vars(module):
        raise CountingError(f"{path}: no function '{name}'{did_you_mean(name, vars(module))}")
    found = vars(module)[name]
    if isinstance(found, Layer):
        return found, None
    if not callable(found):
        raise CountingError(
            f"{path}: '{name}' is {type(found).__name__}; expected a function that returns a network, or a layer"
        )
    with faults_in_one_line(target):
        network = found()
    if not isinstance(network, Layer):
        raise CountingError(f"{target}: gave {type(network).__name__}; expected a layer of analysis.counting.layers")
    known = [entry.input_shape for entry in registered().values() if entry.build is found]
    return network, known[0] if known else None


@contextmanager
def faults_in_one_line(place: str) -> Iterator[None]:
    """Reports whatever a user's own code raises, `sys.exit` too, in one line that names a place. Raises: CountingError.

    A signal passes, as it ends the whole command and not only the network. What the code prints goes to standard error,
    so that standard output holds only the count.
    """
    try:
        with redirect_stdout(sys.stderr):
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise CountingError(f"{place}: {_message(error)}") from error


def _module(path: Path) -> ModuleType:
    """The module of a file, run unless it is loaded already. Raises: CountingError where there is none or it fails."""
    try:
        missing = not path.is_file()
    except OSError as error:
        raise CountingError(f"{str(path)[:60]}: {error.strerror}; expected a Python file") from None
    if missing:
        raise CountingError(f"{path}: {'a folder; expected a Python file' if path.is_dir() else 'no such file'}")
    for loaded in list(sys.modules.values()):
        if getattr(loaded, "__file__", None) == str(path.resolve()):
            return loaded
    # A unique module name, so that a file called json.py does not replace the library.
    name = f"users_file_{path.stem}"
    if path.suffix.lower() != ".py":
        raise CountingError(f"{path}: not a Python file; expected a name that ends in .py")
    spec = spec_from_file_location(name, path, loader=SourceFileLoader(name, str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # Dataclasses look up their module in sys.modules.
    sys.modules[spec.name] = module
    # Files next to it can be imported, as if Python ran it; appended last, so that the library comes first.
    sys.path.append(str(path.resolve().parent))
    with faults_in_one_line(str(path)):
        spec.loader.exec_module(module)
    return module


def _message(error: BaseException) -> str:
    """The message of an exception in one line, with its type if it is not one of ours."""
    if isinstance(error, SystemExit):
        return "ends Python by sys.exit; expected a network"
    kind = type(error).__name__
    try:
        text = " ".join(str(error).split())[:LONGEST_REASON]
    except Exception:  # noqa: BLE001 - an exception of the user's own may not even be able to say what it is
        return kind
    if isinstance(error, AnalysisError):
        return text
    return f"{kind}: {text}" if text else kind
