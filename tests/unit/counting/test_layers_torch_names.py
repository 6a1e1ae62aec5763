"""What a layer answers to settings as PyTorch takes them."""

from collections.abc import Callable

import pytest

from analysis.counting.layers import Attention, Conv2d, Layer, Norm, Pad, Pool2d, Recurrent, Upsample
from analysis.errors import ShapeError


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Pool2d(kernel_size=3), "Pool2d: no setting 'kernel_size'; PyTorch's 'kernel_size' is 'kernel' here; "),
        (lambda: Norm(num_features=8), "Norm: no setting 'num_features'; PyTorch's 'num_features' is 'width' here; "),
        (lambda: Attention(embed_dim=8), "Attention: no setting 'embed_dim'; PyTorch's 'embed_dim' is 'width' here; "),
        (lambda: Recurrent(8, proj_size=2), "Recurrent: no setting 'proj_size'; PyTorch's 'proj_size' is 'projection'"),
        (lambda: Pad(padding=1), "Pad: no setting 'padding'; PyTorch's 'padding' is 'border' here; "),
        (lambda: Upsample(mode="nearest"), "Upsample: no setting 'mode'; PyTorch's 'mode' is 'how' here; "),
        # Ours is the nearest name where PyTorch's means nothing here.
        (lambda: Conv2d(3, 8, kernels=3), "Conv2d: no setting 'kernels'; did you mean 'kernel'?"),
        (
            lambda: Conv2d(3, 8, 5),
            "Conv2d: 5 has no name; expected one, such as kernel=5, of kernel, stride, padding, ",
        ),
        (lambda: Conv2d(3, 8, 5, 2), "Conv2d: 5 has no name; expected one, such as kernel=5, of kernel, stride, "),
    ],
)
def test_a_setting_as_in_pytorch_is_refused_with_ours(make: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        make()
    assert str(caught.value).startswith(message)
