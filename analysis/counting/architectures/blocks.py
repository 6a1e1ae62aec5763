"""Parts of transformers that several families share."""

from analysis.counting.layers import Activation, Attention, Layer, Linear, Norm, Residual, Sequential, Stages


def block(width: int, heads: int, *, inner: int | None = None, bias: bool = True) -> Layer:
    """Attention and feed-forward layers, each normalised before and with a shortcut around it.

    `bias` is that of queries, keys and values; all other linear layers have one.
    """
    norm = Norm(width, how="layer")
    return Stages(
        (
            ("attention", Residual(Sequential((norm, Attention(width, heads, bias=bias, output_bias=True))))),
            ("feed-forward", Residual(Sequential((norm, feed_forward(width, inner or 4 * width, "gelu"))))),
        )
    )


def feed_forward(width: int, inner: int, activation: str, *, bias: bool = True) -> Layer:
    """Two linear layers on every token, the first one wider."""
    return Sequential((Linear(width, inner, bias=bias), Activation(activation), Linear(inner, width, bias=bias)))
