"""The layers that networks are made of."""

from analysis.counting.layers.attention import (
    Attention,
    AttentionProducts,
    LatentAttention,
    LinearAttention,
    LinearAttentionProducts,
    Rotary,
)
from analysis.counting.layers.base import Composite, Layer, Shape
from analysis.counting.layers.composition import (
    Branches,
    GatedFeedForward,
    Repeat,
    Residual,
    Sequential,
    SqueezeExcite,
    Stages,
)
from analysis.counting.layers.convolution import Conv1d, Conv2d, ConvTranspose2d
from analysis.counting.layers.dense import (
    Activation,
    Bias,
    ClassToken,
    Elementwise,
    Embedding,
    LayerScale,
    Linear,
    LocalResponseNorm,
    Norm,
    Positions,
    Softmax,
    Tied,
)
from analysis.counting.layers.encoder_decoder import EncoderDecoder
from analysis.counting.layers.mixture import MixtureOfExperts, Routed
from analysis.counting.layers.pooling import AdaptivePool2d, GlobalPool, Pool2d
from analysis.counting.layers.sequences import Gates, Recurrent
from analysis.counting.layers.shaping import ChannelShuffle, Flatten, Frames, Identity, Keep, Step, Tokens

__all__ = [
    "Activation",
    "AdaptivePool2d",
    "Attention",
    "AttentionProducts",
    "Bias",
    "Branches",
    "ChannelShuffle",
    "ClassToken",
    "Composite",
    "Conv1d",
    "Conv2d",
    "ConvTranspose2d",
    "Elementwise",
    "Embedding",
    "EncoderDecoder",
    "Flatten",
    "Frames",
    "GatedFeedForward",
    "Gates",
    "GlobalPool",
    "Identity",
    "Keep",
    "LatentAttention",
    "Layer",
    "LayerScale",
    "Linear",
    "LinearAttention",
    "LinearAttentionProducts",
    "LocalResponseNorm",
    "MixtureOfExperts",
    "Norm",
    "Pool2d",
    "Positions",
    "Recurrent",
    "Repeat",
    "Residual",
    "Rotary",
    "Routed",
    "Sequential",
    "Shape",
    "Softmax",
    "SqueezeExcite",
    "Stages",
    "Step",
    "Tied",
    "Tokens",
]
