"""Recomputes "AI and compute" and "AI and efficiency" from data files.

The public interface of the package: `load_dataset` reads and validates data/, `analyse` computes everything
once, `open_bundle` opens what a build has written. Names are imported on first use, so that a
command which only counts or checks does not wait for the drawing library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.artifacts import open_bundle
    from analysis.inputs.load import load_dataset
    from analysis.model.study import analyse

__all__ = ["analyse", "load_dataset", "open_bundle"]

_HOMES = {
    "analyse": "analysis.model.study",
    "load_dataset": "analysis.inputs.load",
    "open_bundle": "analysis.artifacts",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
