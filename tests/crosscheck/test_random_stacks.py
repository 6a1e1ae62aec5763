"""Random networks against PyTorch: shapes, operations and parameters of legal ones, and who refuses what."""

from dataclasses import fields

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from analysis.counting.count import count
from analysis.counting.layers import (
    AdaptivePool1d,
    AdaptivePool2d,
    AdaptivePool3d,
    Attention,
    Composite,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    Embedding,
    EncoderDecoder,
    Layer,
    Linear,
    Norm,
    Pool1d,
    Pool2d,
    Pool3d,
    Recurrent,
    Repeat,
    Residual,
    Sequential,
    Shape,
)
from analysis.counting.layers.sequences import Cell
from analysis.errors import CountingError
from tests.properties.strategies import Network, networks

from .test_architectures import FLOP_PER_MAC, grouped
from .translate import example, forward_flop, leaf_module, trainable, training_flop, translated

MANY = settings(max_examples=400)
# What PyTorch raises where a layer does not fit or makes no sense.
REFUSALS = (RuntimeError, ValueError, AssertionError, IndexError, ZeroDivisionError, TypeError)


@MANY
@given(networks())
def test_a_random_network_and_each_of_its_layers_agree_with_pytorch(drawn: Network) -> None:
    network, shape = drawn
    module, given = on_device(network, shape)
    their_shape, flop, seen = forward_flop(module, given)
    ours = count(network, shape)
    assert (ours.output_shape, ours.macs * FLOP_PER_MAC, ours.params) == (their_shape, flop, trainable(module))
    rows = {row.path: row for row in ours.rows}
    for path, layer in seen.items():
        below = [row for name, row in rows.items() if name.startswith(f"{path}.")]
        macs = sum(row.macs for row in below) if below else rows[path].macs
        assert macs * FLOP_PER_MAC == layer.flop, path
        assert below or rows[path].output_shape == layer.output_shape, path


@MANY
@given(networks().filter(lambda drawn: not grouped(drawn[0])))
def test_training_a_random_network_has_the_operations_that_pytorch_counts(drawn: Network) -> None:
    network, shape = drawn
    module, given = on_device(network, shape)
    if trainable(module) == 0:
        return
    assert count(network, shape).training_flop == training_flop(module, given)


def on_device(network: Layer, shape: Shape) -> tuple[nn.Module, Tensor | tuple[Tensor, Tensor]]:
    """A small network and an example, where PyTorch is fast: the processor, on which it counts no recurrent layer."""
    device = "meta" if recurrent(network) else "cpu"
    return translated(network, device), example(network, shape, device)


def recurrent(layer: Layer) -> bool:
    """Whether any layer of a network is recurrent."""
    parts = layer.parts() if isinstance(layer, Composite) else ()
    return isinstance(layer, Recurrent) or any(recurrent(part) for part, _ in parts)


Chosen = tuple[type[Layer], dict[str, object], Shape]


# Any settings at all, legal or not; drawn so that about a third of the layers are legal.
numbers = st.sampled_from([*[1] * 8, *[2] * 6, *[3] * 4, 4, 5, 0, -1])
pairs = numbers | st.tuples(numbers, numbers)
borders = st.sampled_from([0, 0, 0, 1, 1, 2, -1]) | st.tuples(st.integers(0, 2), st.integers(0, 2))
few = st.sampled_from([2, *[4] * 9, 6, 0])
parts = st.sampled_from([*[1] * 6, 2, 2, 4, 3, 0])


def any_of(kind: type[Layer], axes: int, **choices: st.SearchStrategy[object]) -> st.SearchStrategy[Chosen]:
    """A kind of layer, any settings for it, and a shape of so many axes: PyTorch takes one fewer for no batch."""
    shapes = st.tuples(few.filter(bool), *[st.integers(1, 9)] * (axes - 1))
    return st.tuples(st.just(kind), st.fixed_dictionaries(choices), shapes)


ANY = st.one_of(
    any_of(
        Conv2d,
        3,
        in_channels=few,
        out_channels=few,
        kernel=pairs,
        stride=pairs,
        dilation=pairs,
        padding=borders | st.just("valley"),
        groups=parts,
    ),
    any_of(Conv2d, 3, in_channels=few, out_channels=few, kernel=pairs, padding=st.just("same"), dilation=pairs),
    any_of(
        Conv1d,
        2,
        in_channels=few,
        out_channels=few,
        kernel=numbers,
        stride=numbers,
        dilation=numbers,
        padding=borders.filter(lambda border: isinstance(border, int)),
        groups=parts,
    ),
    any_of(
        ConvTranspose2d,
        3,
        in_channels=few,
        out_channels=few,
        kernel=pairs,
        stride=pairs,
        dilation=pairs,
        padding=borders | st.just("same"),
        output_padding=borders,
        groups=parts,
    ),
    any_of(Conv3d, 4, in_channels=few, out_channels=few, kernel=numbers, stride=numbers, padding=st.integers(-1, 2)),
    any_of(
        ConvTranspose1d, 2, in_channels=few, out_channels=few, kernel=numbers, stride=numbers, output_padding=numbers
    ),
    any_of(ConvTranspose3d, 4, in_channels=few, out_channels=few, kernel=numbers, stride=numbers, dilation=numbers),
    any_of(Pool1d, 2, kernel=numbers, stride=st.none() | numbers, padding=st.integers(-1, 2), ceil_mode=st.booleans()),
    any_of(Pool3d, 4, kernel=numbers, stride=st.none() | numbers, padding=st.integers(-1, 2), ceil_mode=st.booleans()),
    any_of(
        Pool2d,
        3,
        kernel=pairs,
        stride=st.none() | pairs,
        padding=borders,
        ceil_mode=st.booleans(),
        how=st.sampled_from(["max", "average"]),
    ),
    any_of(Linear, 2, in_width=few, out_width=few),
    any_of(Norm, 3, width=few, how=st.sampled_from(["batch", "layer", "rms"])),
    any_of(AdaptivePool1d, 2, size=numbers),
    any_of(AdaptivePool2d, 3, size=pairs, how=st.sampled_from(["average", "max"])),
    any_of(AdaptivePool3d, 4, size=numbers),
)


def raw(kind: type[Layer], settings_of: dict[str, object]) -> Layer:
    """A layer record whose settings nobody has checked."""
    layer = object.__new__(kind)
    for field in fields(kind):
        object.__setattr__(layer, field.name, settings_of.get(field.name, field.default))
    return layer


def our_verdict(kind: type[Layer], chosen: dict[str, object], shape: Shape) -> Shape | None:
    """The shape that comes out by our rules, or nothing where the layer is refused."""
    try:
        return count(kind(**chosen), shape).output_shape
    except CountingError:
        return None


def their_verdict(kind: type[Layer], chosen: dict[str, object], shape: Shape) -> Shape | None:
    """The shape that comes out of PyTorch, computed with numbers, or nothing where it refuses or gives nothing."""
    try:
        module = leaf_module(raw(kind, chosen)).eval()
        given = tuple(module(torch.ones(1, *shape)).shape[1:])
    except REFUSALS:
        return None
    return given if all(given) else None


@settings(max_examples=2000)
@given(ANY)
def test_a_layer_is_refused_where_pytorch_refuses_it_and_nowhere_else(drawn: Chosen) -> None:
    assert our_verdict(*drawn) == their_verdict(*drawn)


@st.composite
def translators(draw: st.DrawFn) -> Network:
    """An encoder and a decoder of a few blocks, with memories of any length."""
    width, heads = draw(st.sampled_from([(4, 2), (6, 3), (5, 1)]))

    def block(*attentions: Attention) -> Layer:
        thinking = Residual(Sequential((Linear(width, 7), Linear(7, width))))
        return Sequential((*map(Residual, attentions), thinking, Norm(width, how="layer")))

    encoder = Repeat(block(Attention(width, heads)), draw(st.integers(1, 2)))
    decoder = Repeat(block(Attention(width, heads), Attention(width, heads, cross=True)), draw(st.integers(1, 2)))
    words = Embedding(9, width)
    network = EncoderDecoder(Sequential((words, encoder)), Sequential((words, decoder, Linear(width, 9))))
    return network, (draw(st.integers(1, 9)), draw(st.integers(1, 9)))


# Few, since only their lengths and three numbers are drawn.
@settings(max_examples=50)
@given(translators())
def test_a_random_encoder_with_decoder_agrees_with_pytorch(drawn: Network) -> None:
    network, shape = drawn
    module, given = on_device(network, shape)
    their_shape, flop, _ = forward_flop(module, given)
    ours = count(network, shape)
    assert (ours.output_shape, ours.macs * FLOP_PER_MAC, ours.params) == (their_shape, flop, trainable(module))
    assert ours.training_flop == training_flop(module, given)


@given(st.sampled_from([(4, 2), (6, 3), (5, 1)]), st.integers(1, 9), st.integers(1, 9))
def test_attention_agrees_with_the_module_that_pytorch_ships(sizes: tuple[int, int], steps: int, inner: int) -> None:
    width, heads = sizes
    block = Sequential(
        (
            Residual(Attention(width, heads)),
            Norm(width, how="layer"),
            Residual(Sequential((Linear(width, inner), Linear(inner, width)))),
            Norm(width, how="layer"),
        )
    )
    # In training mode, since PyTorch takes another way for inference, one that it does not count.
    module = nn.TransformerEncoderLayer(width, heads, inner, dropout=0.0, batch_first=True, device="meta").train()
    with FlopCounterMode(display=False) as counter:
        module(torch.empty(1, steps, width, device="meta"))
    ours = count(block, (steps, width))
    assert (ours.macs * FLOP_PER_MAC, ours.params) == (counter.get_total_flops(), trainable(module))


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_pytorch_counts_a_recurrent_layer_where_it_holds_no_numbers(cell: Cell) -> None:
    # On the processor it counts an LSTM as nothing, so every comparison of one is made on the meta device.
    network = Recurrent(3, 4, cell=cell)
    _, flop, _ = forward_flop(translated(network), example(network, (5, 3)))
    assert flop > 0


def test_pytorch_counts_too_much_for_the_backward_pass_of_a_grouped_convolution() -> None:
    # The reason why training is not compared for networks with groups; when this fails, compare it there too.
    network = Sequential((Conv2d(4, 4, kernel=1), Conv2d(4, 4, kernel=1, groups=4)))
    # Products: 16 and 4 a pixel; the first has no gradient of its input: (2 x 16 + 3 x 4) x 2 FLOP x 9 pixels = 792.
    assert count(network, (4, 3, 3)).training_flop == 792
    assert training_flop(translated(network), example(network, (4, 3, 3))) > 792
