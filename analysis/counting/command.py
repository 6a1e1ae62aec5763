"""The command `python -m analysis count`: finds a network by name or file, counts it and prints the result."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analysis.counting.catalogue import ARCHITECTURES, architecture_named, counted
from analysis.counting.convention import PRODUCTS, Convention, convention
from analysis.counting.count import Breakdown, count
from analysis.counting.layers.base import Shape, spelled_shape
from analysis.counting.report import aligned, layer_lines, record, shape_of, summary_lines, training_lines
from analysis.errors import CountingError, ShapeError
from analysis.numerals import grouped

if TYPE_CHECKING:
    from analysis.counting.configurations.passes import Passes

# A million times as long as any text that a model reads.
LONGEST: Final = 10**12
# Options that make sense only for a single network.
NEED_NETWORK: Final = ("input", "length", "batch", "convention", "layers", "training", "json")
# Files that hold weights, by suffix, and what to count instead.
_BESIDE: Final = "holds weights, not a network; expected the config.json of the model"
_TORCH: Final = (
    "a file of PyTorch is not read; expected an export by "
    'torch.onnx.export(model, (example,), "model.onnx", dynamo=True), or the config.json of the model'
)
_KERAS: Final = 'a file of Keras is not read; expected an export by model.export("model.onnx", format="onnx")'
WEIGHTS: Final = {
    ".bin": _BESIDE,
    ".ckpt": _TORCH,
    ".gguf": _BESIDE,
    ".pt": _TORCH,
    ".pt2": _TORCH,
    ".pth": _TORCH,
    ".safetensors": _BESIDE,
    ".h5": _KERAS,
    ".keras": _KERAS,
}
# Options that make sense only for a training run.
NEED_RUN: Final = ("tokens", "examples", "devices", "precision", "number_of_devices", "days", "utilisation")


def all_lines() -> Iterator[str]:
    """Every known architecture with its usual input, multiply-adds and parameters."""
    rows = [("name", "network", "input", "multiply-adds", "parameters")]
    for architecture in ARCHITECTURES.values():
        breakdown = counted(architecture.name)
        shape = spelled_shape(architecture.input_shape)
        rows.append((architecture.name, architecture.title, shape, grouped(breakdown.macs), grouped(breakdown.params)))
    yield from aligned(rows, right=(3, 4))


def lines(options: Namespace) -> Iterator[str]:
    """The output of the command. Raises: UnknownNameError; CountingError, also for options that would be ignored."""
    if given := [f"--{name.replace('_', '-')}" for name in NEED_RUN if getattr(options, name) is not None]:
        raise CountingError(f"{', '.join(given)}: expected --training-run too")
    if options.network is not None:
        if is_configuration(options.network):
            yield from _configuration_lines(options)
        else:
            yield from lines_of(options, *breakdown_of(options))
        return
    given = [f"--{name}" for name in NEED_NETWORK if getattr(options, name) not in (None, False)]
    if given:
        raise CountingError(f"{', '.join(given)}: expected a network to count, such as count resnet50 {given[0]}")
    yield from all_lines()


def breakdown_of(options: Namespace) -> tuple[str, Breakdown]:
    """The title of the network that the options name, and its breakdown. Raises: CountingError, UnknownNameError."""
    if options.length is not None:
        raise CountingError("--length: expected a configuration, such as config.json; other networks take --input")
    name, (batch, rule) = options.network, _batch_and_rule(options)
    input_shape, named_shapes = _input_shapes(options.input or [])
    if name.lower().endswith(".onnx"):
        from analysis.counting.onnx.reader import count_onnx  # noqa: PLC0415 - an optional package

        return name, count_onnx(Path(name), input_shape, named_shapes=named_shapes, batch=batch, convention=rule)
    if named_shapes:
        raise CountingError(f"--input {next(iter(named_shapes))}=: only the inputs of an ONNX file have names")
    if ":" in name or name.lower().endswith(".py"):
        return name, _count_file(name, input_shape, batch, rule)
    if (suffix := Path(name).suffix.lower()) in WEIGHTS:
        raise CountingError(f"{name}: {WEIGHTS[suffix]}")
    if "/" in name or Path(name).is_file():
        raise CountingError(
            f"{name}: found no network; expected a name, path/to/file.py:function, path/to/model.onnx or "
            "path/to/config.json"
        )
    architecture = architecture_named(name)
    shape = _example(input_shape, architecture.input_shape) or architecture.input_shape
    return architecture.title, count(architecture.build(), shape, batch=batch, convention=rule)


def is_configuration(name: str) -> bool:
    """Whether the name of a network is that of a configuration in JSON."""
    return name.lower().endswith(".json")


def passes_of(options: Namespace) -> "Passes":
    """The passes of the configuration that the options name. Raises: CountingError."""
    from analysis.counting.configurations.passes import counted_passes  # noqa: PLC0415

    if options.input:
        raise CountingError("--input: a configuration has its shapes; expected --length, such as --length 2048")
    if options.length is not None and options.length < 1:
        raise CountingError(f"--length: found {options.length}; expected a whole number above zero")
    if options.length is not None and options.length > LONGEST:
        raise CountingError(f"--length: found more than {LONGEST:,}; expected the length of a text")
    batch, rule = _batch_and_rule(options)
    return counted_passes(Path(options.network), options.length, batch=batch, convention=rule)


def lines_of(options: Namespace, title: str, breakdown: Breakdown) -> Iterator[str]:
    """The breakdown in the form that the options ask for."""
    if options.json:
        yield json.dumps({"network": title, **record(breakdown)}, indent=1)
        return
    yield from summary_lines(title, breakdown)
    if options.training:
        yield from training_lines(breakdown)
    if options.layers:
        yield ""
        yield from layer_lines(breakdown)


def _configuration_lines(options: Namespace) -> Iterator[str]:
    """The passes of a configuration in the form that the options ask for. Its training step is always shown."""
    from analysis.counting.configurations.passes import passes_lines, passes_record  # noqa: PLC0415

    passes = passes_of(options)
    if options.json:
        yield json.dumps(passes_record(options.network, passes), indent=1)
        return
    yield from passes_lines(options.network, passes, length_given=options.length is not None)
    if options.layers:
        yield ""
        yield from layer_lines(passes.prefill)


def _batch_and_rule(options: Namespace) -> tuple[int, Convention]:
    rule = convention(PRODUCTS.name if options.convention is None else options.convention)
    return 1 if options.batch is None else options.batch, rule


def _count_file(target: str, input_shape: Shape | None, batch: int, rule: Convention) -> Breakdown:
    """The breakdown of a network in a user's own file, which may define its own layers."""
    from analysis.counting.user_network import faults_in_one_line, network_in_file  # noqa: PLC0415

    network, usual = network_in_file(target)
    shape = _example(input_shape, usual) or usual
    if shape is None:
        raise CountingError(f"{target}: no usual input is known; expected --input, such as --input 3x224x224")
    with faults_in_one_line(target):
        try:
            return count(network, shape, batch=batch, convention=rule)
        except ShapeError:
            # Without a usual shape only the network shows how many axes an example has, so try without the 1.
            if shape[0] != 1 or len(shape) == 1 or usual is not None:
                raise
            with suppress(ShapeError):
                return count(network, shape[1:], batch=batch, convention=rule)
            raise


def _example(given: Shape | None, usual: Shape | None) -> Shape | None:
    """The shape of one example, with as many axes as the usual shape has: a batch of one in front is dropped.

    Raises: CountingError for any other batch.
    """
    if given is None or usual is None or len(given) != len(usual) + 1:
        return given
    if given[0] != 1:
        raise CountingError(
            f"--input: found {spelled_shape(given)}; expected {len(usual)} sizes such as {spelled_shape(usual)}, "
            f"and a batch as --batch {given[0]}"
        )
    return given[1:]


def _input_shapes(texts: Sequence[str]) -> tuple[Shape | None, dict[str, Shape]]:
    """The shape of the first input and those that have a name. Raises: CountingError."""
    unnamed: list[Shape] = []
    named: dict[str, Shape] = {}
    for text in texts:
        name, mark, sizes = text.rpartition("=")
        shape = shape_of(sizes)
        if shape is None:
            raise CountingError(f"--input: found '{text}'; expected sizes such as 3x224x224")
        if name in named or (not mark and unnamed):
            raise CountingError(f"--input: found '{text}' after another shape of the same input; expected one each")
        if mark:
            named[name] = shape
        else:
            unnamed.append(shape)
    return next(iter(unnamed), None), named
