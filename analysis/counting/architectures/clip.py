"""CLIP: a network of images and one of texts, trained to give a picture and its caption one vector."""

from analysis.counting.architectures.blocks import block
from analysis.counting.layers import (
    ClassToken,
    Conv2d,
    Embedding,
    Layer,
    Linear,
    Norm,
    Positions,
    Repeat,
    Sequential,
    Stages,
    Step,
    Tokens,
    Towers,
)
from analysis.counting.registry import architecture

# Source: radford2021learning, section 2.4; the vocabulary and its two marks as released.
VOCABULARY = 49_408
LENGTH = 77


@architecture(
    "clip_vit_b_32",
    "CLIP, ViT-B/32",
    group="vision",
    example="image and text of 77 tokens",
    input_shape=(3, 224, 224, LENGTH),
    sources=("radford2021learning",),
    where="section 2.4 and table 20",
    note="Images are compared with texts in batches, which adds 512 multiply-adds for every pair, not counted here; "
    "the one learned number that scales the comparison is not counted either. Attention is counted in full, nothing "
    "saved for the mask of the text.",
    since="2026-11",
)
def clip_vit_b_32() -> Layer:
    """A vision transformer with patches of 32 pixels and a text transformer."""
    return Towers(images(width=768, layers=12, heads=12, patch=32, shared=512), texts(512, layers=12, heads=8))


def images(*, width: int, layers: int, heads: int, patch: int, shared: int, pixels: int = 224) -> Layer:
    """A vision transformer, normalised before its blocks too, read at its class token."""
    tokens = (pixels // patch) ** 2 + 1
    norm = Norm(width, how="layer")
    patches = (Conv2d(3, width, kernel=patch, stride=patch, bias=False), Tokens())
    return Stages(
        (
            ("patches", Sequential((*patches, ClassToken(width), Positions(tokens, width), norm))),
            (f"blocks 1 to {layers}", Repeat(block(width, heads), layers)),
            ("projection", Sequential((Step(), norm, Linear(width, shared, bias=False)))),
        )
    )


def texts(width: int, *, layers: int, heads: int) -> Layer:
    """A decoder read at its last token."""
    return Stages(
        (
            ("embedding", Sequential((Embedding(VOCABULARY, width), Positions(LENGTH, width)))),
            (f"blocks 1 to {layers}", Repeat(block(width, heads), layers)),
            ("projection", Sequential((Norm(width, how="layer"), Step(), Linear(width, width, bias=False)))),
        )
    )
