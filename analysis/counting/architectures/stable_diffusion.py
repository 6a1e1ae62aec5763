"""Stable Diffusion 1: a U-Net that removes noise from the latent of an image and attends to a text."""

from analysis.counting.layers import (
    Activation,
    Attention,
    Conditioned,
    Conv2d,
    GatedFeedForward,
    Image,
    Layer,
    Linear,
    Norm,
    Residual,
    Sequential,
    Stages,
    Tokens,
    UNet,
    Upsample,
)
from analysis.counting.registry import architecture

# Source: rombach2021high, table 15; the text of CLIP's larger model: rombach2022stable, configuration of version 1.
SIDE = 64
LATENT = 4
WIDTH = 320
# Channels on each level over the width; every level but the last has attention and halves the map after it.
LEVELS = (1, 2, 4, 4)
BLOCKS = 2
HEADS = 8
GROUPS = 32
TIME_WIDTH = 4 * WIDTH
TEXT_LENGTH = 77
TEXT_WIDTH = 768
SILU = Activation("silu")

Named = tuple[str, Layer]


@architecture(
    "stable_diffusion_1",
    "Stable Diffusion 1, U-Net",
    group="image generation",
    example="step of an image of 512 pixels, as a latent",
    input_shape=(LATENT, SIDE, SIDE),
    sources=("rombach2021high", "rombach2022stable", "ronneberger2015unet"),
    where="table 15 of the paper on latent diffusion, and the released configuration",
    note="One step of removing noise; a picture takes many, and as many again without the text. The networks that read "
    "the text and turn latents into images are not part of it. A training step needs the gradient of the text here, "
    "which is left out where the network of the text is not trained.",
    since="2026-11",
)
def stable_diffusion_1() -> Layer:
    """The U-Net of 860 million parameters."""
    time = Sequential((Linear(WIDTH, TIME_WIDTH), SILU, Linear(TIME_WIDTH, TIME_WIDTH)))
    first = Conditioned(Conv2d(LATENT, WIDTH, kernel=3, padding=1), time, given=(WIDTH,))
    down, channels = _down(first)
    deepest = channels[-1]
    middle = Sequential((_residual(deepest, deepest), _transformer(deepest, SIDE >> 3), _residual(deepest, deepest)))
    output = Sequential((Norm(WIDTH, how="group", groups=GROUPS), SILU, Conv2d(WIDTH, LATENT, kernel=3, padding=1)))
    return Stages((("U-Net", UNet(tuple(down), middle, tuple(_up(channels)))), ("output", output)))


def _down(first: Layer) -> tuple[list[Named], list[int]]:
    """The layers on the way down, and the channels that each gives."""
    layers: list[Named] = [("down 0", first)]
    channels = [WIDTH]
    for level, times in enumerate(LEVELS):
        for _ in range(BLOCKS):
            layers.append((f"down {len(layers)}", _block(channels[-1], times * WIDTH, level)))
            channels.append(times * WIDTH)
        if level < len(LEVELS) - 1:
            halved = Conv2d(channels[-1], channels[-1], kernel=3, stride=2, padding=1)
            layers.append((f"down {len(layers)}", halved))
            channels.append(channels[-1])
    return layers, channels


def _up(across: list[int]) -> list[Named]:
    """The layers on the way up, each one given the channels of the one before and those from across."""
    layers: list[Named] = []
    channels = across[-1]
    remaining = list(across)
    for level, times in reversed(list(enumerate(LEVELS))):
        for number in range(BLOCKS + 1):
            layer = _block(channels + remaining.pop(), times * WIDTH, level)
            channels = times * WIDTH
            if level and number == BLOCKS:
                layer = Sequential((layer, Upsample(2), Conv2d(channels, channels, kernel=3, padding=1)))
            layers.append((f"up {len(layers)}", layer))
    return layers


def _block(in_channels: int, out_channels: int, level: int) -> Layer:
    """Convolutions, and attention on every level but the last."""
    residual = _residual(in_channels, out_channels)
    if level == len(LEVELS) - 1:
        return residual
    return Sequential((residual, _transformer(out_channels, SIDE >> level)))


def _residual(in_channels: int, out_channels: int) -> Layer:
    """Two convolutions with a shortcut, and the time step added between them."""
    time = Sequential((SILU, Linear(TIME_WIDTH, out_channels)))
    first = Conditioned(_convolved(in_channels, out_channels), time, given=(TIME_WIDTH,), joins=("add",))
    shortcut = Conv2d(in_channels, out_channels, kernel=1) if in_channels != out_channels else None
    return Residual(Sequential((first, _convolved(out_channels, out_channels))), shortcut)


def _convolved(in_channels: int, out_channels: int) -> Layer:
    norm = Norm(in_channels, how="group", groups=GROUPS)
    return Sequential((norm, SILU, Conv2d(in_channels, out_channels, kernel=3, padding=1)))


def _transformer(channels: int, side: int) -> Layer:
    """Attention of the places to each other and to the text, and a gated feed-forward layer."""
    norm = Norm(channels, how="layer")
    itself = Attention(channels, HEADS, bias=False, output_bias=True)
    text = Attention(
        channels, HEADS, cross=True, memory_length=TEXT_LENGTH, memory_width=TEXT_WIDTH, bias=False, output_bias=True
    )
    onward = GatedFeedForward(channels, 4 * channels, activation="gelu", bias=True)
    place = Conv2d(channels, channels, kernel=1)
    blocks = (Residual(Sequential((norm, layer))) for layer in (itself, text, onward))
    normed = Norm(channels, how="group", groups=GROUPS)
    return Residual(Sequential((normed, place, Tokens(), *blocks, Image(side), place)))
