"""What PyTorch calls the settings of layers, for a message that gives the name they have here."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from analysis.errors import did_you_mean

OURS: Final = MappingProxyType(
    {
        "elementwise_affine": "affine",
        "embed_dim": "width",
        "embedding_dim": "width",
        "hidden_size": "hidden",
        "in_features": "in_width",
        "input_size": "width",
        "kdim": "memory_width",
        "kernel_size": "kernel",
        "mode": "how",
        "normalized_shape": "width",
        "num_channels": "width",
        "num_embeddings": "tokens",
        "num_features": "width",
        "num_groups": "groups",
        "num_heads": "heads",
        "num_layers": "layers",
        "out_features": "out_width",
        "output_size": "size",
        "padding": "border",
        "proj_size": "projection",
        "scale_factor": "factor",
        "upscale_factor": "factor",
        "vdim": "memory_width",
    }
)


def unknown_setting(layer: str, name: str, known: Iterable[str]) -> str:
    """The message for a setting that a layer does not have, with its name here or the nearest one."""
    known = list(known)
    ours = OURS.get(name)
    hint = f"; PyTorch's '{name}' is '{ours}' here" if ours in known else did_you_mean(name, known)
    return f"{layer}: no setting '{name}'{hint}; expected some of {', '.join(known)}"


def unnamed_setting(layer: str, value: object, named: Iterable[str]) -> str:
    """The message for a setting that a layer takes only by name."""
    named = list(named)
    return f"{layer}: {value!r} has no name; expected one, such as {named[0]}={value!r}, of {', '.join(named)}"
