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
    if isinstance(layer, ours.EncoderDecoder | ours.Towers):
        first, second = (part for part, _ in layer.parts())
        return example(first, shape[:-1], device), example(second, shape[-1:], device)
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
    two_ended = isinstance(layer.padding, tuple) and any(isinstance(border, tuple) for border in layer.padding)
    convolution = (nn.Conv1d, nn.Conv2d, nn.Conv3d)[layer.axes - 1](
        layer.in_channels,
        layer.out_channels,
        layer.kernel,
        stride=layer.stride,
        padding=0 if same_by_hand or two_ended else layer.padding,
        dilation=layer.dilation,
        groups=layer.groups,
        bias=layer.bias,
    )
    if two_ended:
        return nn.Sequential(leaf_module(ours.Pad(layer.padding)), convolution)
    return Padded(layer.kernel, layer.stride, layer.dilation, 0.0, convolution) if same_by_hand else convolution


@leaf_module.register
def _(layer: ours.ConvTranspose2d) -> nn.Module:
    return (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)[layer.axes - 1](
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
    largest, average = (nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d), (nn.AvgPool1d, nn.AvgPool2d, nn.AvgPool3d)
    kind = (largest if layer.how == "max" else average)[layer.axes - 1]
    stride = layer.kernel if layer.stride is None else layer.stride
    if layer.padding == "same":
        return Padded(layer.kernel, stride, 1, -math.inf, kind(layer.kernel, stride))
    return kind(layer.kernel, stride, layer.padding, ceil_mode=layer.ceil_mode)


@leaf_module.register
def _(layer: ours.AdaptivePool2d) -> nn.Module:
    largest = (nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d, nn.AdaptiveMaxPool3d)
    average = (nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d, nn.AdaptiveAvgPool3d)
    return (largest if layer.how == "max" else average)[layer.axes - 1](layer.size)


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
        return nn.LayerNorm(layer.width, elementwise_affine=layer.affine)
    if layer.how == "rms":
        return nn.RMSNorm(layer.width, elementwise_affine=layer.affine)
    if layer.how == "group":
        return nn.GroupNorm(layer.groups, layer.width, affine=layer.affine)
    return AnyBatchNorm(layer.width, affine=layer.affine)


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
    return Function(lambda x: x.flatten(2).transpose(1, 2))


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


@leaf_module.register
def _(layer: ours.LayerScale) -> nn.Module:
    return Scaled(layer.width)


@leaf_module.register
def _(layer: ours.HeadNorm) -> nn.Module:
    return NormedHeads(layer.head_width)


@leaf_module.register
def _(layer: ours.Rotary) -> nn.Module:
    """The pairs changed places without their angles, as no product of the kind that counts is in it."""
    return Function(lambda x: turned(x, layer.heads, layer.rotated))


@leaf_module.register
def _(layer: ours.SelectiveScan) -> nn.Module:
    return Scanned(layer)


@leaf_module.register
def _(layer: ours.Routed) -> nn.Module:
    return Chosen([leaf_module(layer.layer) for _ in range(layer.experts if layer.params() else 1)], layer.active)


@leaf_module.register
def _(layer: ours.Image) -> nn.Module:
    return Function(lambda x: x.transpose(1, 2).unflatten(2, (layer.height, -1)))


@leaf_module.register
def _(layer: ours.Upsample) -> nn.Module:
    linear = {3: "linear", 4: "bilinear", 5: "trilinear"}
    return Function(
        lambda x: functional.interpolate(
            x, scale_factor=layer.factor, mode=linear[x.dim()] if layer.how == "linear" else "nearest"
        )
    )


@leaf_module.register
def _(layer: ours.PixelShuffle) -> nn.Module:
    return nn.PixelShuffle(layer.factor)


@leaf_module.register
def _(layer: ours.Pad) -> nn.Module:
    return Function(lambda x: functional.pad(x, ends(layer.border, x.dim() - 2)))


@leaf_module.register
def _(layer: ours.Crop) -> nn.Module:
    # PyTorch cuts off what it is asked to pad by less than nothing.
    return Function(lambda x: functional.pad(x, [-number for number in ends(layer.border, x.dim() - 2)]))


def ends(border: object, axes: int) -> list[int]:
    """A border as PyTorch takes it: the last axis first."""
    along = border if isinstance(border, tuple) else (border,) * axes
    pairs = [one if isinstance(one, tuple) else (one, one) for one in along]
    return [number for pair in reversed(pairs) for number in pair]


def turned(x: Tensor, heads: int, rotated: int) -> Tensor:
    """The pairs of some numbers of each head turned by a right angle."""
    by_head = x.unflatten(2, (heads, -1))
    moving, still = by_head[..., :rotated], by_head[..., rotated:]
    pairs = moving.unflatten(3, (2, -1))
    return torch.cat([torch.stack([-pairs[..., 1, :], pairs[..., 0, :]], 3).flatten(3), still], 3).flatten(2)


class NormedHeads(nn.RMSNorm):
    """Each head divided by the root of its mean square."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.unflatten(2, (-1, *self.normalized_shape))).flatten(2)


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


class Scaled(nn.Module):
    """A learned factor for each number of the last axis."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.scale


class Chosen(nn.Module):
    """As many modules as there are experts, of which the first few see every token."""

    def __init__(self, experts: list[nn.Module], active: int) -> None:
        super().__init__()
        self.experts = nn.ModuleList(experts)
        self.active = active

    def forward(self, x: Tensor) -> Tensor:
        return reduce(torch.add, [expert(x) for expert in list(self.experts)[: self.active]])


class Scanned(nn.Module):
    """The products of a selective scan: what each step adds to the state, and what is read from the state."""

    def __init__(self, layer: ours.SelectiveScan) -> None:
        super().__init__()
        self.decay = nn.Parameter(torch.zeros(layer.channels, layer.state))
        self.around = nn.Parameter(torch.zeros(layer.channels))

    def forward(self, x: Tensor, selected: Tensor, read: Tensor) -> Tensor:
        added = x.flatten(0, 1).unsqueeze(2) @ selected.flatten(0, 1).unsqueeze(1)
        state = (added * self.decay.exp()).cumsum(0)
        return (state @ read.flatten(0, 1).unsqueeze(2)).view_as(x) + x * self.around


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
    """Multi-head attention in products, of a sequence to itself, to a cache before it, or to a memory."""

    def __init__(self, layer: ours.Attention, path: str) -> None:
        super().__init__()
        self.layer = layer
        self.heads, self.key_heads = layer.heads, layer.key_heads or layer.heads
        query, key, value, output, *norms = (part for part, _ in layer.parts())
        self.norm_query, self.norm_key = (
            Leaf(below(path, f"{name} norm"), leaf_module(norms[0])) if norms else nn.Identity()
            for name in ("query", "key")
        )
        self.query = translate(query, below(path, "query"))
        self.key = translate(key, below(path, "key"))
        self.value = translate(value, below(path, "value"))
        self.turn_query = self.turn(self.heads, below(path, "query positions"))
        self.turn_key = self.turn(self.key_heads, below(path, "key positions"))
        self.products = Leaf(below(path, "products"), Function(self.mixed))
        self.output = translate(output, below(path, "output"))
        self.memory: Tensor | None = None

    def turn(self, heads: int, path: str) -> nn.Module:
        return Leaf(path, leaf_module(ours.Rotary(heads, self.layer.rotary))) if self.layer.rotary else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        memory = self.recalled(x) if self.layer.cross else x
        key, value = self.turn_key(self.norm_key(self.key(memory))), self.value(memory)
        query = self.turn_query(self.norm_query(self.query(x)))
        return self.output(self.products(query, self.before(key), self.before(value)))

    def recalled(self, x: Tensor) -> Tensor:
        """What the encoder gave; without one, a memory that something trained gave."""
        if self.memory is not None:
            return self.memory
        width = self.layer.memory_width or self.layer.width
        return torch.ones(x.shape[0], self.layer.memory_length, width, device=x.device, requires_grad=True)

    def before(self, x: Tensor) -> Tensor:
        """Keys or values behind those of the steps in the cache."""
        return torch.cat([x.new_ones(x.shape[0], self.layer.cached, x.shape[2]), x], 1)

    def mixed(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """The values mixed by the scores of every query with every key in reach."""
        queries = query.unflatten(2, (self.heads, -1)).transpose(1, 2)
        keys, values = (
            x.unflatten(2, (self.key_heads, -1)).transpose(1, 2).repeat_interleave(self.heads // self.key_heads, 1)
            for x in (key, value)
        )
        if self.layer.window is None or self.layer.window >= keys.shape[2]:
            return ((queries @ keys.transpose(2, 3)).softmax(-1) @ values).transpose(1, 2).flatten(2)
        # Every query gets a window of its own, so that nothing outside it is multiplied.
        near_keys, near_values = (self.near(x, queries.shape[2]) for x in (keys, values))
        scores = (queries.unsqueeze(3) @ near_keys.transpose(3, 4)).softmax(-1)
        return (scores @ near_values).squeeze(3).transpose(1, 2).flatten(2)

    def near(self, x: Tensor, queries: int) -> Tensor:
        """The window that ends with each of the last steps, padded before the first."""
        window = self.layer.window or 0
        return functional.pad(x, (0, 0, window - 1, 0)).unfold(2, window, 1)[:, :, -queries:].transpose(3, 4)


@translate.register
def _(layer: ours.LatentAttention, path: str) -> nn.Module:
    return Latent(layer, path)


class Latent(nn.Module):
    """Multi-head latent attention, its keys and values written out."""

    def __init__(self, layer: ours.LatentAttention, path: str) -> None:
        super().__init__()
        self.layer = layer
        names = (
            *("query down", "query norm", "query up"),
            *("key and value down", "key and value norm", "key and value up"),
            *("turned key", "output"),
        )
        self.parts = nn.ModuleDict(
            {name: translate(part, below(path, name)) for name, (part, _) in zip(names, layer.parts(), strict=True)}
        )
        self.products = Leaf(below(path, "products"), Function(self.mixed))

    def forward(self, x: Tensor) -> Tensor:
        parts, heads = self.parts, self.layer.heads
        query = parts["query up"](parts["query norm"](parts["query down"](x)))
        written = parts["key and value up"](parts["key and value norm"](parts["key and value down"](x)))
        keys, values = written.split([heads * self.layer.head_width, heads * self.layer.value_head_width], 2)
        shared = parts["turned key"](x).unsqueeze(2).expand(-1, -1, heads, -1)
        key = torch.cat([keys.unflatten(2, (heads, -1)), shared], 3).flatten(2)
        return parts["output"](self.products(query, key, values))

    def mixed(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """The values mixed by the scores of every query with every key."""
        queries, keys, values = (x.unflatten(2, (self.layer.heads, -1)).transpose(1, 2) for x in (query, key, value))
        return ((queries @ keys.transpose(2, 3)).softmax(-1) @ values).transpose(1, 2).flatten(2)


@translate.register
def _(layer: ours.LinearAttention, path: str) -> nn.Module:
    return Summed(layer, path)


class Summed(nn.Module):
    """Attention without a softmax, each step in two products: one for the state, one with it."""

    def __init__(self, layer: ours.LinearAttention, path: str) -> None:
        super().__init__()
        self.heads = layer.heads
        product = ours.Linear(layer.width, layer.width, bias=layer.bias)
        self.query, self.key, self.value, self.output = (
            translate(product, below(path, name)) for name in ("query", "key", "value", "output")
        )
        self.products = Leaf(below(path, "products"), Function(self.mixed))

    def forward(self, x: Tensor) -> Tensor:
        return self.output(self.products(self.query(x), self.key(x), self.value(x)))

    def mixed(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """What every query reads of the sum of the outer products so far."""
        queries, keys, values = (x.unflatten(2, (self.heads, -1)) for x in (query, key, value))
        states = (keys.unsqueeze(4) @ values.unsqueeze(3)).cumsum(1)
        return (queries.unsqueeze(3) @ states).squeeze(3).flatten(2)


@translate.register
def _(layer: ours.GatedFeedForward, path: str) -> nn.Module:
    return gated([translate(part, below(path, name)) for name, part in gated_parts(layer)])


@translate.register
def _(layer: ours.RoutedParts, path: str) -> nn.Module:
    """The only expert of parts here is a gated feed-forward layer."""
    sizes = {"experts": layer.experts, "active": layer.active}
    return gated([translate(ours.Routed(part, **sizes), below(path, name)) for name, part in gated_parts(layer.expert)])


def gated_parts(layer: ours.GatedFeedForward) -> list[tuple[str, ours.Layer]]:
    """The linear layers of a gated feed-forward layer, with their names."""
    wide, narrow = (part for part, _ in layer.parts())
    return [("gate", wide), ("up", wide), ("down", narrow)]


def gated(products: list[nn.Module]) -> nn.Module:
    """A product of two linear layers, and a third."""
    gate, up, down = products
    return nn.Sequential(Side([nn.Sequential(gate, nn.SiLU()), up], "multiply"), down)


@translate.register
def _(layer: ours.MixtureOfExperts, path: str) -> nn.Module:
    return Mixture(layer, path)


class Mixture(nn.Module):
    """Experts weighed by a router, and one that every token uses."""

    def __init__(self, layer: ours.MixtureOfExperts, path: str) -> None:
        super().__init__()
        router, _ = next(iter(layer.parts()))
        expert = ours.routed(layer.expert, experts=layer.experts, active=layer.active)
        self.router = translate(router, below(path, "router"))
        self.experts = translate(expert, below(path, "experts"))
        self.shared = translate(layer.shared, below(path, "shared")) if layer.shared else None

    def forward(self, x: Tensor) -> Tensor:
        chosen = self.experts(x) * self.router(x).softmax(-1).amax(-1, keepdim=True)
        return chosen if self.shared is None else chosen + self.shared(x)


@translate.register
def _(layer: ours.Mamba, path: str) -> nn.Module:
    return Selective(layer, path)


class Selective(nn.Module):
    """A block of Mamba."""

    def __init__(self, layer: ours.Mamba, path: str) -> None:
        super().__init__()
        self.state = layer.state
        names = ("input", "convolution", "delta, B and C", "delta widened", "scan", "output")
        self.parts = nn.ModuleList(
            translate(part, below(path, name)) for name, (part, _) in zip(names, layer.parts(), strict=True)
        )

    def forward(self, x: Tensor) -> Tensor:
        into, convolution, selection, widen, scan, output = self.parts
        seen, gate = into(x).chunk(2, 2)
        seen = functional.silu(convolution(seen.transpose(1, 2)).transpose(1, 2))
        selected = selection(seen)
        delta, write, read = selected.split([selected.shape[2] - 2 * self.state, self.state, self.state], 2)
        scanned = scan(seen * functional.softplus(widen(delta)), write, read)
        return output(scanned * functional.silu(gate))


@translate.register
def _(layer: ours.UNet, path: str) -> nn.Module:
    return Across(layer, path)


class Across(nn.Module):
    """A way down and up, the maps of the first put beside those of the second."""

    def __init__(self, layer: ours.UNet, path: str) -> None:
        super().__init__()
        self.down, self.up = (
            nn.ModuleList(translate(part, below(path, name)) for name, part in parts)
            for parts in (layer.down, layer.up)
        )
        self.middle = translate(layer.middle, below(path, "middle"))

    def forward(self, x: Tensor) -> Tensor:
        kept = []
        for layer in self.down:
            x = layer(x)
            kept.append(x)
        x = self.middle(x)
        for layer in self.up:
            x = layer(torch.cat([x, kept.pop()], 1))
        return x


@translate.register
def _(layer: ours.Conditioned, path: str) -> nn.Module:
    return Told(layer, path)


class Told(nn.Module):
    """A module whose output changes by the mean of what another makes of a second input.

    What a condition above made is not handed down: a vector that something trained made takes its place.
    """

    def __init__(self, layer: ours.Conditioned, path: str) -> None:
        super().__init__()
        self.body = translate(layer.body, below(path, "body"))
        self.condition = translate(layer.condition, below(path, "condition"))
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        given = example(self.layer.condition, self.layer.given, str(x.device))
        if x.requires_grad:
            given.requires_grad_()
        return self.body(x) + self.condition(given).mean()


@translate.register
def _(layer: ours.EncoderDecoder, path: str) -> nn.Module:
    return Translator(
        translate(layer.encoder, below(path, "encoder")), translate(layer.decoder, below(path, "decoder"))
    )


@translate.register
def _(layer: ours.Towers, path: str) -> nn.Module:
    return Compared(translate(layer.image, below(path, "image")), translate(layer.text, below(path, "text")))


class Compared(nn.Module):
    """Two modules on an input each; a sum in place of the comparison."""

    def __init__(self, first: nn.Module, second: nn.Module) -> None:
        super().__init__()
        self.first = first
        self.second = second

    def forward(self, given: tuple[Tensor, Tensor]) -> Tensor:
        return self.first(given[0]) + self.second(given[1])


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
