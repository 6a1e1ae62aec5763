"""Vision transformers: an image cut into patches that attend to each other."""

from analysis.counting.architectures.blocks import block
from analysis.counting.layers import (
    ClassToken,
    Conv2d,
    Layer,
    Linear,
    Norm,
    Positions,
    Repeat,
    Sequential,
    Softmax,
    Stages,
    Step,
    Tokens,
)
from analysis.counting.registry import architecture

SOURCES = ("dosovitskiy2020image",)


def vit(
    *,
    width: int,
    depth: int,
    heads: int,
    patch: int,
    pixels: int = 224,
    channels: int = 3,
    inner: int | None = None,
    bias: bool = True,
    head: Layer | None = None,
) -> Layer:
    """A network of so many blocks over square patches of a square image, read at its class token.

    `bias` is that of queries, keys and values; the head tells 1,000 classes apart where no other is given.
    """
    tokens = (pixels // patch) ** 2 + 1
    patches = Sequential((Conv2d(channels, width, kernel=patch, stride=patch), Tokens()))
    placed = Sequential((ClassToken(width), Positions(tokens, width)))
    blocks = Sequential((Repeat(block(width, heads, inner=inner, bias=bias), depth), Norm(width, how="layer")))
    head = head or classifier(width, 1000)
    return Stages((("patches", patches), ("class token and positions", placed), ("blocks", blocks), ("head", head)))


def classifier(width: int, classes: int) -> Layer:
    """A linear layer on the class token."""
    return Sequential((Step(), Linear(width, classes), Softmax()))


@architecture("vit_b_16", "ViT-B/16", group="vision", sources=SOURCES, where="table 1", since="2026-11")
def vit_b_16() -> Layer:
    """Base, patches of 16 pixels: 197 tokens."""
    return vit(width=768, depth=12, heads=12, patch=16)


@architecture("vit_b_32", "ViT-B/32", group="vision", sources=SOURCES, where="table 1", since="2026-11")
def vit_b_32() -> Layer:
    """Base, patches of 32 pixels: 50 tokens."""
    return vit(width=768, depth=12, heads=12, patch=32)


@architecture("vit_l_16", "ViT-L/16", group="vision", sources=SOURCES, where="table 1", since="2026-11")
def vit_l_16() -> Layer:
    """Large, patches of 16 pixels: 197 tokens."""
    return vit(width=1024, depth=24, heads=16, patch=16)


@architecture("vit_l_32", "ViT-L/32", group="vision", sources=SOURCES, where="table 1", since="2026-11")
def vit_l_32() -> Layer:
    """Large, patches of 32 pixels: 50 tokens."""
    return vit(width=1024, depth=24, heads=16, patch=32)
