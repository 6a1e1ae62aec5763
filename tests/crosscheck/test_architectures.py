"""Every architecture of the catalogue against PyTorch's own counter, on tensors that hold no numbers.

A multiply-add is two FLOP in both. The backward pass is compared where no convolution is grouped:
PyTorch counts the backward pass of a grouped one as if it had one group, so its figure is too large there.
"""

from functools import cache

import pytest

from analysis.counting.catalogue import ARCHITECTURES
from analysis.counting.count import Breakdown, count
from analysis.counting.layers import Composite, Conv2d, ConvTranspose2d, Layer, Tied

from .translate import Seen, example, forward_flop, trainable, training_flop, translated

NAMES = sorted(ARCHITECTURES)
FLOP_PER_MAC = 2


def grouped(layer: Layer) -> bool:
    """Whether any convolution of a network has groups."""
    if isinstance(layer, Composite):
        return any(grouped(part) for part, _ in layer.parts())
    if isinstance(layer, Tied):
        return grouped(layer.layer)
    return isinstance(layer, Conv2d | ConvTranspose2d) and layer.groups > 1


@cache
def our_count(name: str) -> Breakdown:
    architecture = ARCHITECTURES[name]
    return count(architecture.build(), architecture.input_shape)


@cache
def their_count(name: str) -> tuple[tuple[int, ...], int, int, dict[str, Seen]]:
    """Output shape, parameters, FLOP forward, and what was seen of every leaf."""
    architecture = ARCHITECTURES[name]
    network = architecture.build()
    module = translated(network)
    shape, flop, seen = forward_flop(module, example(network, architecture.input_shape))
    return shape, trainable(module), flop, seen


@pytest.mark.parametrize("name", NAMES)
def test_the_output_has_the_shape_that_pytorch_gives(name: str) -> None:
    assert our_count(name).output_shape == their_count(name)[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_parameters_are_as_many_as_those_of_the_modules(name: str) -> None:
    assert our_count(name).params == their_count(name)[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_forward_pass_has_the_operations_that_pytorch_counts(name: str) -> None:
    flop = their_count(name)[2]
    assert flop > 0
    assert our_count(name).macs * FLOP_PER_MAC == flop


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_has_the_operations_and_the_shape_that_pytorch_sees(name: str) -> None:
    rows = our_count(name).rows
    seen = their_count(name)[3]
    assert seen
    unseen = {row.path for row in rows if row.macs}
    for path, layer in seen.items():
        below = [row for row in rows if row.path == path or row.path.startswith(f"{path}.")]
        assert FLOP_PER_MAC * sum(row.macs for row in below) == layer.flop, path
        if len(below) == 1:
            assert below[0].output_shape == layer.output_shape, path
        unseen -= {row.path for row in below}
    assert not unseen


@pytest.mark.parametrize("name", [name for name in NAMES if not grouped(ARCHITECTURES[name].build())])
def test_a_training_step_has_the_operations_that_pytorch_counts_forward_and_backward(name: str) -> None:
    architecture = ARCHITECTURES[name]
    network = architecture.build()
    given = example(network, architecture.input_shape)
    assert our_count(name).training_flop == training_flop(translated(network), given)
