"""A network of ours as PyTorch modules, so that both can be asked for shapes, parameters and operations.

A leaf becomes the module that does the same in PyTorch, wrapped in a `Leaf` that knows its path in our
breakdown. A composite becomes a module that wires its parts as `run` does. Recurrent layers become
PyTorch's own and are compared whole. On the meta device nothing holds numbers, so any size is possible.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce, singledispatch

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

from analysis.counting import layers as ours

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What PyTorch made of one layer: the shape of one example, and FLOP forward."""

    output_shape: Shape
    flop: int


class Leaf(nn.Module):
    """A module for one row of our breakdown, or for all rows below a path."""

    def __init__(self, path: str, inner: nn.Module) -> None:
        super().__init__()
        self.path = path
        self.inner = inner

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.inner(*inputs)


class Function(nn.Module):
    """A function without weights, as a module."""

    def __init__(self, function: Callable[..., Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.function(*inputs)


def example(layer: ours.Layer, shape: Shape, device: str = "meta") -> Tensor | tuple[Tensor, Tensor]:
    """One example in a batch of one: tokens where a network looks them up first, else numbers."""
    if isinstance(layer, ours.EncoderDecoder):
        source, target = shape
        return torch.ones(1, source, dtype=torch.long, device=device), torch.ones(
            1, target, dtype=torch.long, device=device
        )
    if len(shape) == 1 and looks_up(layer):
        return torch.ones(1, *shape, dtype=torch.long, device=device)
    return torch.ones(1, *shape, device=device)


def looks_up(layer: ours.Layer) -> bool:
    """Whether the first leaf of a network is a table."""
    if isinstance(layer, ours.Composite):
        return any(looks_up(part) for part, _ in list(layer.parts())[:1])
    return isinstance(layer, ours.Embedding) or (isinstance(layer, ours.Tied) and looks_up(layer.layer))


def translated(layer: ours.Layer, device: str = "meta") -> nn.Module:
    """A network as a PyTorch module in evaluation mode."""
    with torch.device(device):
        return translate(layer, "").eval()


def trainable(module: nn.Module) -> int:
    """How many trainable numbers a module holds."""
    return sum(parameter.numel() for parameter in module.parameters())


def forward_flop(module: nn.Module, given: Tensor | tuple[Tensor, Tensor]) -> tuple[Shape, int, dict[str, Seen]]:
    """Output shape of one example, FLOP of a forward pass, and what every leaf gave and took."""
    with FlopCounterMode(display=False) as counter, torch.no_grad(), watched(module, counter) as seen:
        result = module(given)
    return tuple(result.shape[1:]), counter.get_total_flops(), seen


def training_flop(module: nn.Module, given: Tensor | tuple[Tensor, Tensor]) -> int:
    """FLOP of a forward and a backward pass."""
    with FlopCounterMode(display=False) as counter:
        module(given).sum().backward()
    return counter.get_total_flops()


@contextmanager
def watched(module: nn.Module, counter: FlopCounterMode) -> Iterator[dict[str, Seen]]:
    """Hooks every leaf for as long as the context lasts."""
    seen: dict[str, Seen] = {}
    begun: dict[str, int] = {}

    def before(leaf: Leaf, _inputs: tuple[Tensor, ...]) -> None:
        assert leaf.path not in begun, f"two leaves at {leaf.path}"
        begun[leaf.path] = counter.get_total_flops()

    def after(leaf: Leaf, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        seen[leaf.path] = Seen(tuple(output.shape[1:]), counter.get_total_flops() - begun[leaf.path])

    leaves = [leaf for leaf in module.modules() if isinstance(leaf, Leaf)]
    hooks = [leaf.register_forward_pre_hook(before) for leaf in leaves]
    hooks += [leaf.register_forward_hook(after) for leaf in leaves]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


# Layers without parts.


@singledispatch
def translate(layer: ours.Layer, path: str) -> nn.Module:
    """A layer as a module; a leaf is wrapped so that it can be watched."""
    return Leaf(path, leaf_module(layer))


@singledispatch
def leaf_module(layer: ours.Layer) -> nn.Module:
    """A layer without parts as the module that does the same."""
    raise NotImplementedError(f"no translation of {layer.kind}")


@leaf_module.register
def _(layer: ours.Conv2d) -> nn.Module:
    same_by_hand = layer.padding == "same" and layer.stride != 1
    kind = nn.Conv1d if isinstance(layer, ours.Conv1d) else nn.Conv2d
    convolution = kind(
        layer.in_channels,
        layer.out_channels,
        layer.kernel,
        stride=layer.stride,
        padding=0 if same_by_hand else layer.padding,
        dilation=layer.dilation,
        groups=layer.groups,
        bias=layer.bias,
    )
    return Padded(layer.kernel, layer.stride, layer.dilation, 0.0, convolution) if same_by_hand else convolution


@leaf_module.register
def _(layer: ours.ConvTranspose2d) -> nn.Module:
    return nn.ConvTranspose2d(
        layer.in_channels,
        layer.out_channels,
        layer.kernel,
        stride=layer.stride,
        padding=layer.padding,
        output_padding=layer.output_padding,
        groups=layer.groups,
        bias=layer.bias,
        dilation=layer.dilation,
    )


@leaf_module.register
def _(layer: ours.Pool2d) -> nn.Module:
    kind = nn.MaxPool2d if layer.how == "max" else nn.AvgPool2d
    stride = layer.kernel if layer.stride is None else layer.stride
    if layer.padding == "same":
        return Padded(layer.kernel, stride, 1, -math.inf, kind(layer.kernel, stride))
    return kind(layer.kernel, stride, layer.padding, ceil_mode=layer.ceil_mode)


@leaf_module.register
def _(layer: ours.AdaptivePool2d) -> nn.Module:
    return nn.AdaptiveAvgPool2d(layer.size)


@leaf_module.register
def _(layer: ours.GlobalPool) -> nn.Module:
    return Function(lambda x: x.flatten(2).mean(2))


@leaf_module.register
def _(layer: ours.Linear) -> nn.Module:
    return nn.Linear(layer.in_width, layer.out_width, bias=layer.bias)


@leaf_module.register
def _(layer: ours.Tied) -> nn.Module:
    """The layer, its weights held as tensors: they take part in the gradient and are no parameters of its own."""
    module = leaf_module(layer.layer)
    for part in module.modules():
        for name, parameter in list(part.named_parameters(recurse=False)):
            delattr(part, name)
            setattr(part, name, parameter.detach().requires_grad_())
    return module


@leaf_module.register
def _(layer: ours.Embedding) -> nn.Module:
    return nn.Embedding(layer.tokens, layer.width)


@leaf_module.register
def _(layer: ours.Norm) -> nn.Module:
    if layer.how == "layer":
        return nn.LayerNorm(layer.width)
    return nn.GroupNorm(layer.groups, layer.width) if layer.how == "group" else AnyBatchNorm(layer.width)


@leaf_module.register
def _(layer: ours.LocalResponseNorm) -> nn.Module:
    return nn.LocalResponseNorm(layer.size)


@leaf_module.register
def _(layer: ours.Activation) -> nn.Module:
    """One function for all activations, as none changes a shape or has a product."""
    return nn.ReLU()


@leaf_module.register
def _(layer: ours.Softmax) -> nn.Module:
    return nn.Softmax(-1)


@leaf_module.register
def _(layer: ours.Elementwise) -> nn.Module:
    """Outside a composite there is only one input."""
    return nn.Identity()


@leaf_module.register
def _(layer: ours.Identity) -> nn.Module:
    return nn.Identity()


@leaf_module.register
def _(layer: ours.Flatten) -> nn.Module:
    return nn.Flatten()


@leaf_module.register
def _(layer: ours.Tokens) -> nn.Module:
    return Function(lambda x: x.flatten(2, 3).transpose(1, 2))


@leaf_module.register
def _(layer: ours.Frames) -> nn.Module:
    return Function(lambda x: x.flatten(1, 2).transpose(1, 2))


@leaf_module.register
def _(layer: ours.Step) -> nn.Module:
    return Function(lambda x: x[:, -1])


@leaf_module.register
def _(layer: ours.Keep) -> nn.Module:
    return Function(lambda x: x.narrow(1, 0, layer.channels))


@leaf_module.register
def _(layer: ours.ChannelShuffle) -> nn.Module:
    return Function(
        lambda x: (
            x.unflatten(1, (layer.groups, x.shape[1] // layer.groups)).transpose(1, 2).flatten(1, 2)
            if x.shape[1] % layer.groups == 0
            else functional.channel_shuffle(x, layer.groups)
        )
    )


@leaf_module.register
def _(layer: ours.Positions) -> nn.Module:
    return Added(layer.length, layer.width)


@leaf_module.register
def _(layer: ours.ClassToken) -> nn.Module:
    return Prepended(layer.width)


@leaf_module.register
def _(layer: ours.Bias) -> nn.Module:
    return PerChannel(layer.width, scale=layer.scale)


class AnyBatchNorm(nn.modules.batchnorm._BatchNorm):
    """Batch normalisation over any number of axes."""

    def _check_input_dim(self, input: Tensor) -> None:  # noqa: A002
        """Every rank will do."""


class Padded(nn.Module):
    """TensorFlow's padding "same" before a window with a stride, which PyTorch lacks."""

    def __init__(self, kernel: object, stride: object, dilation: object, value: float, inner: nn.Module) -> None:
        super().__init__()
        self.sizes = (kernel, stride, dilation)
        self.value = value
        self.inner = inner

    def forward(self, x: Tensor) -> Tensor:
        axes = x.dim() - 2
        borders: list[int] = []
        windows = zip(*(size if isinstance(size, tuple) else (size,) * axes for size in self.sizes), strict=True)
        for length, (width, step, gap) in zip(x.shape[2:], windows, strict=True):
            missing = max((-(-length // step) - 1) * step + gap * (width - 1) + 1 - length, 0)
            borders = [missing // 2, missing - missing // 2, *borders]
        return self.inner(functional.pad(x, borders, value=self.value))


class Added(nn.Module):
    """A learned vector a position."""

    def __init__(self, length: int, width: int) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.zeros(length, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.table[: x.shape[1]]


class Prepended(nn.Module):
    """A learned step before a sequence."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.step = nn.Parameter(torch.zeros(1, 1, width))

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([self.step, x], dim=1)


class PerChannel(nn.Module):
    """A learned number a channel, or two."""

    def __init__(self, width: int, *, scale: bool) -> None:
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(width))
        self.scale = nn.Parameter(torch.ones(width)) if scale else None

    def forward(self, x: Tensor) -> Tensor:
        axes = (1, self.shift.numel(), *[1] * (x.dim() - 2))
        scaled = x if self.scale is None else x * self.scale.view(axes)
        return scaled + self.shift.view(axes)


# Layers made of layers.


def below(path: str, name: str) -> str:
    """The path of a part."""
    return f"{path}.{name}" if path else name


@translate.register
def _(layer: ours.Sequential, path: str) -> nn.Module:
    return nn.Sequential(*(translate(part, below(path, str(number))) for number, part in enumerate(layer.layers, 1)))


@translate.register
def _(layer: ours.Stages, path: str) -> nn.Module:
    return nn.Sequential(*(translate(part, below(path, name)) for name, part in layer.stages))


@translate.register
def _(layer: ours.Repeat, path: str) -> nn.Module:
    return nn.Sequential(*(translate(layer.layer, below(path, str(number))) for number in range(1, layer.times + 1)))


@translate.register
def _(layer: ours.Residual, path: str) -> nn.Module:
    return Side(
        [
            translate(layer.body, below(path, "body")),
            translate(layer.shortcut, below(path, "shortcut")) if layer.shortcut else nn.Identity(),
        ],
        "add",
    )


@translate.register
def _(layer: ours.Branches, path: str) -> nn.Module:
    return Side([translate(branch, below(path, name)) for name, branch in layer.branches], layer.join)


class Side(nn.Module):
    """Modules side by side on the same input."""

    def __init__(self, branches: list[nn.Module], join: str) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)
        self.join = join

    def forward(self, x: Tensor) -> Tensor:
        outputs = [branch(x) for branch in self.branches]
        if self.join == "concatenate":
            return torch.cat(outputs, dim=1)
        # PyTorch would stretch axes of one; no network of ours does.
        assert len({output.shape for output in outputs}) == 1, "shapes differ"
        return reduce(torch.add if self.join == "add" else torch.mul, outputs)


@translate.register
def _(layer: ours.SqueezeExcite, path: str) -> nn.Module:
    return Excited(
        nn.Sequential(
            Leaf(below(path, "pool"), nn.AdaptiveAvgPool2d(1)),
            Leaf(below(path, "squeeze"), nn.Conv2d(layer.channels, layer.squeezed, 1)),
            Leaf(below(path, "activation"), nn.SiLU()),
            Leaf(below(path, "excite"), nn.Conv2d(layer.squeezed, layer.channels, 1)),
            Leaf(below(path, "gate"), nn.Sigmoid()),
        )
    )


class Excited(nn.Module):
    """An image times what a narrow network says of its channels."""

    def __init__(self, weights: nn.Module) -> None:
        super().__init__()
        self.weights = weights

    def forward(self, x: Tensor) -> Tensor:
        return x * self.weights(x)


@translate.register
def _(layer: ours.Recurrent, path: str) -> nn.Module:
    return Leaf(path, Memory(layer))


class Memory(nn.Module):
    """PyTorch's recurrent layers: one stack where directions are concatenated, one each where they are added.

    The state before the first step takes part in the gradient, since our count takes all steps alike.
    """

    def __init__(self, layer: ours.Recurrent) -> None:
        super().__init__()
        kind = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[layer.cell]
        projection = {"proj_size": layer.projection} if layer.projection else {}
        self.state = layer.projection or layer.hidden
        self.layer = layer
        self.adds = layer.bidirectional and layer.join == "add"
        depths = [1] * layer.layers if self.adds else [layer.layers]
        widths = [layer.width, *[self.state] * (len(depths) - 1)]
        self.stacks = nn.ModuleList(
            kind(
                width,
                layer.hidden,
                num_layers=depth,
                bias=layer.bias,
                batch_first=True,
                bidirectional=layer.bidirectional,
                **projection,
            )
            for width, depth in zip(widths, depths, strict=True)
        )

    def forward(self, x: Tensor) -> Tensor:
        for stack in self.stacks:
            rows = stack.num_layers * (2 if self.layer.bidirectional else 1)
            hidden = torch.zeros(rows, x.shape[0], self.state, device=x.device, requires_grad=True)
            cell = torch.zeros(rows, x.shape[0], self.layer.hidden, device=x.device, requires_grad=True)
            x, _ = stack(x, (hidden, cell) if self.layer.cell == "lstm" else hidden)
            x = x.unflatten(2, (2, -1)).sum(2) if self.adds else x
        return x


@translate.register
def _(layer: ours.Attention, path: str) -> nn.Module:
    return Attended(layer, path)


class Attended(nn.Module):
    """Multi-head attention in products, of a sequence to itself or to a memory."""

    def __init__(self, layer: ours.Attention, path: str) -> None:
        super().__init__()
        self.layer = layer
        head = layer.head_width or layer.width // layer.heads
        keys, values = layer.heads * head, layer.heads * (layer.value_head_width or head)
        memory_width = layer.memory_width or layer.width
        self.query = Leaf(below(path, "query"), nn.Linear(layer.width, keys, bias=layer.bias))
        self.key = Leaf(below(path, "key"), nn.Linear(memory_width, keys, bias=layer.bias))
        self.value = Leaf(below(path, "value"), nn.Linear(memory_width, values, bias=layer.bias))
        self.products = Leaf(below(path, "products"), Function(self.mixed))
        self.output = Leaf(below(path, "output"), nn.Linear(values, layer.width, bias=layer.bias))
        self.memory: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        memory = self.recalled(x) if self.layer.cross else x
        return self.output(self.products(self.query(x), self.key(memory), self.value(memory)))

    def recalled(self, x: Tensor) -> Tensor:
        """What the encoder gave; without one, a memory that something trained gave."""
        if self.memory is not None:
            return self.memory
        width = self.layer.memory_width or self.layer.width
        return torch.ones(x.shape[0], self.layer.memory_length, width, device=x.device, requires_grad=True)

    def mixed(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """The values mixed by the scores of every query with every key."""
        queries, keys, values = (x.unflatten(2, (self.layer.heads, -1)).transpose(1, 2) for x in (query, key, value))
        scores = (queries @ keys.transpose(2, 3)).softmax(-1)
        return (scores @ values).transpose(1, 2).flatten(2)


@translate.register
def _(layer: ours.EncoderDecoder, path: str) -> nn.Module:
    return Translator(
        translate(layer.encoder, below(path, "encoder")), translate(layer.decoder, below(path, "decoder"))
    )


class Translator(nn.Module):
    """An encoder, and a decoder whose cross attention reads what the encoder gives.

    A decoder without attention begins with the encoder's last state; a sum stands for that, so that the
    encoder gets its gradient.
    """

    def __init__(self, encoder: nn.Module, decoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.attending = [part for part in decoder.modules() if isinstance(part, Attended) and part.layer.cross]

    def forward(self, given: tuple[Tensor, Tensor]) -> Tensor:
        source, target = given
        memory = self.encoder(source)
        for part in self.attending:
            part.memory = memory
        return self.decoder(target) if self.attending else self.decoder(target) + memory.sum()
