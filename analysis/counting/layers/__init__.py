"""The layers that networks are made of."""

from analysis.counting.layers.base import Composite, Layer, Shape
from analysis.counting.layers.composition import Branches, Repeat, Residual, Sequential, SqueezeExcite, Stages
from analysis.counting.layers.convolution import Conv1d, Conv2d, ConvTranspose2d
from analysis.counting.layers.dense import (
    Activation,
    Bias,
    ClassToken,
    Elementwise,
    Embedding,
    Linear,
    LocalResponseNorm,
    Norm,
    Positions,
    Softmax,
    Tied,
)
from analysis.counting.layers.pooling import AdaptivePool2d, GlobalPool, Pool2d
from analysis.counting.layers.sequences import Attention, AttentionProducts, EncoderDecoder, Gates, Recurrent
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
    "Gates",
    "GlobalPool",
    "Identity",
    "Keep",
    "Layer",
    "Linear",
    "LocalResponseNorm",
    "Norm",
    "Pool2d",
    "Positions",
    "Recurrent",
    "Repeat",
    "Residual",
    "Sequential",
    "Shape",
    "Softmax",
    "SqueezeExcite",
    "Stages",
    "Step",
    "Tied",
    "Tokens",
]
