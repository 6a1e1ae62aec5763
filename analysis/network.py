"""What `python -m analysis count` does: finds a network by name or file, counts it, and tells it in lines."""

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from analysis.counting.catalogue import ARCHITECTURES, architecture_named, counted
from analysis.counting.convention import convention
from analysis.counting.count import Breakdown, count
from analysis.counting.layers.base import Layer, Shape, spelled_shape
from analysis.counting.report import aligned, layer_lines, record, shape_of, summary_lines, training_lines
from analysis.errors import CountingError
from analysis.numerals import grouped


def all_lines() -> Iterator[str]:
    """Every known architecture with its usual input, multiply-adds and parameters."""
    rows = [("name", "network", "input", "multiply-adds", "parameters")]
    for architecture in ARCHITECTURES.values():
        breakdown = counted(architecture.name)
        shape = spelled_shape(architecture.input_shape)
        rows.append((architecture.name, architecture.title, shape, grouped(breakdown.macs), grouped(breakdown.params)))
    yield from aligned(rows, right=(3, 4))


def breakdown_of(options: Namespace) -> tuple[str, Breakdown]:
    """The title of the network that the options name, and its breakdown. Raises: CountingError, UnknownNameError."""
    input_shape = _input_shape(options.input)
    rule = convention(options.convention)
    if options.network.endswith(".onnx"):
        from analysis.inputs.onnx_model import count_onnx  # noqa: PLC0415 - an optional package

        return options.network, count_onnx(Path(options.network), input_shape, batch=options.batch, convention=rule)
    title, network, usual = _network(options.network)
    shape = input_shape or usual
    if shape is None:
        raise CountingError(f"{options.network}: no usual input is known; expected --input, such as --input 3x224x224")
    return title, count(network, shape, batch=options.batch, convention=rule)


def lines_of(options: Namespace, title: str, breakdown: Breakdown) -> Iterator[str]:
    """The breakdown as the options ask for it."""
    if options.json:
        yield json.dumps({"network": title, **record(breakdown)}, indent=1)
        return
    yield from summary_lines(title, breakdown)
    if options.training:
        yield from training_lines(breakdown)
    if options.layers:
        yield ""
        yield from layer_lines(breakdown)


def _network(name: str) -> tuple[str, Layer, Shape | None]:
    """Title, network and usual input of a known architecture or of a function in a file."""
    if ":" in name or name.endswith(".py"):
        from analysis.inputs.user_network import network_in_file  # noqa: PLC0415

        return name, *network_in_file(name)
    architecture = architecture_named(name)
    return architecture.title, architecture.build(), architecture.input_shape


def _input_shape(text: str | None) -> Shape | None:
    if text is None:
        return None
    shape = shape_of(text)
    if shape is None:
        raise CountingError(f"--input: found '{text}'; expected sizes such as 3x224x224")
    return shape
