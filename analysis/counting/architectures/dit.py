"""DiT: a transformer that removes noise from the patches of an image, given the time step and the class."""

from analysis.counting.architectures.blocks import feed_forward
from analysis.counting.layers import (
    Activation,
    Attention,
    Conditioned,
    Conv2d,
    Elementwise,
    Embedding,
    Identity,
    Image,
    Layer,
    Linear,
    Norm,
    PixelShuffle,
    Repeat,
    Residual,
    Sequential,
    Stages,
    Tokens,
)
from analysis.counting.registry import architecture

# Source: peebles2022scalable, section 3: latents of 256 pixels, noise and its variance for each channel.
SIDE = 32
CHANNELS = 4
OUTPUTS = 2 * CHANNELS
# Sines of the time step; the classes of ImageNet and one for none.
TIME_WIDTH = 256
CLASSES = 1001


@architecture(
    "dit_xl_2",
    "DiT-XL/2",
    group="image generation",
    example="step of an image of 256 pixels, as a latent",
    input_shape=(CHANNELS, SIDE, SIDE),
    sources=("peebles2022scalable",),
    where="section 3.2 and table 1",
    note="One step of removing noise; a picture takes many. Positions are fixed sines and no parameters. What the time "
    "step and the class make of the norms is one linear layer in each block, on one vector and not on every patch.",
    since="2026-11",
)
def dit_xl_2() -> Layer:
    """The largest model, with patches of two latent pixels."""
    return dit(layers=28, width=1152, heads=16, patch=2)


def dit(*, layers: int, width: int, heads: int, patch: int) -> Layer:
    """Patches and conditions, blocks with norms that the conditions scale and shift, and the patches put together."""
    norm = Norm(width, how="layer", affine=False)
    # The positions are sines, fixed and added.
    patches = Sequential((Conv2d(CHANNELS, width, kernel=patch, stride=patch), Tokens(), Elementwise("add")))
    time = Sequential((Linear(TIME_WIDTH, width), Activation("silu"), Linear(width, width)))
    embedded = Conditioned(Conditioned(patches, time, given=(TIME_WIDTH,)), Embedding(CLASSES, width), given=(1,))
    gated = Elementwise("multiply")
    block = Stages(
        (
            ("modulation", _modulated(Identity(), width, numbers=6)),
            ("attention", Residual(Sequential((norm, *_shifted(), Attention(width, heads), gated)))),
            ("feed-forward", Residual(Sequential((norm, *_shifted(), feed_forward(width, 4 * width, "gelu"), gated)))),
        )
    )
    last = (_modulated(norm, width, numbers=2), *_shifted(), Linear(width, patch**2 * OUTPUTS))
    return Stages(
        (
            ("patches and conditions", embedded),
            (f"blocks 1 to {layers}", Repeat(block, layers)),
            ("output", Sequential((*last, Image(SIDE // patch), PixelShuffle(patch)))),
        )
    )


def _modulated(body: Layer, width: int, *, numbers: int) -> Layer:
    """A layer, and so many vectors made of the conditions."""
    vectors = Sequential((Activation("silu"), Linear(width, numbers * width)))
    return Conditioned(body, vectors, given=(width,))


def _shifted() -> tuple[Layer, Layer]:
    return Elementwise("multiply"), Elementwise("add")
