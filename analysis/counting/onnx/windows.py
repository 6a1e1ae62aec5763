"""How often the window of an ONNX pool with `ceil_mode` fits, by the rule that the standard states from version 22.

Earlier versions of the standard do not define whether to count a last window that begins in the padding at the end. The
frameworks that the files come from leave it out, and so does the standard since.
"""

from typing import NamedTuple


class PoolAxis(NamedTuple):
    """The window of a pool along one axis, and the padding before and after the input."""

    kernel: int
    stride: int
    dilation: int
    begin: int
    end: int

    @property
    def reach(self) -> int:
        """How far the window reaches, gaps included."""
        return self.dilation * (self.kernel - 1) + 1


def ceil_windows(size: int, axis: PoolAxis) -> int:
    """How many windows there are: a last one may reach beyond the padded input, but begins in it or before it."""
    fit = -(-(size + axis.begin + axis.end - axis.reach) // axis.stride) + 1
    begin = -(-(size + axis.begin) // axis.stride)
    return min(fit, begin)


def same_windows(size: int, axis: PoolAxis) -> int:
    """How many windows there are where the padding is chosen so that one begins at every stride."""
    return -(-size // axis.stride)


def end_padding(size: int, axis: PoolAxis, windows: int) -> int:
    """The padding after the input with which exactly so many whole windows fit."""
    return max(0, (windows - 1) * axis.stride + axis.reach - size - axis.begin)
