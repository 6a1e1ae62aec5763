"""Parts of transformers that several families share."""

from analysis.counting.layers import Activation, Attention, Layer, Linear, Norm, Residual, Sequential, Stages


def block(width: int, heads: int) -> Layer:
    """Attention and feed-forward layers, each normalised before and with a shortcut around it."""
    norm = Norm(width, how="layer")
    return Stages(
        (
            ("attention", Residual(Sequential((norm, Attention(width, heads))))),
            ("feed-forward", Residual(Sequential((norm, feed_forward(width, 4 * width, "gelu"))))),
        )
    )


def feed_forward(width: int, inner: int, activation: str) -> Layer:
    """Two linear layers on every token, the first one wider."""
    return Sequential((Linear(width, inner), Activation(activation), Linear(inner, width)))
