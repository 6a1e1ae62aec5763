"""Pools of ONNX files with `ceil_mode` against windows that are set down one by one."""

from pathlib import Path
from typing import Any

import onnx
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from analysis.counting.onnx.reader import count_onnx

OLDEST = {"MaxPool": 10, "AveragePool": 10, "LpPool": 18}
DILATED_SINCE = {"MaxPool": 10, "AveragePool": 19, "LpPool": 18}


@st.composite
def axes(draw: st.DrawFn) -> dict[str, int]:
    """A window that fits along one axis at least once, with less padding on either side than the kernel is wide."""
    kernel, stride, dilation = (draw(st.integers(1, most)) for most in (4, 5, 3))
    begin, end = (draw(st.integers(0, kernel - 1)) for _ in range(2))
    least = max(1, dilation * (kernel - 1) + 1 - begin - end)
    size = draw(st.integers(least, least + 12))
    return {"kernel": kernel, "stride": stride, "dilation": dilation, "begin": begin, "end": end, "size": size}


def windows(axis: dict[str, int]) -> int:
    """Places windows until all whole ones are placed, and one more where padded input is left and it begins in time."""
    padded = axis["begin"] + axis["size"] + axis["end"]
    reach = axis["dilation"] * (axis["kernel"] - 1) + 1
    place = number = covered = 0
    while covered < padded and place < axis["begin"] + axis["size"]:
        number += 1
        covered = place + reach
        place += axis["stride"]
        # Where strides leave gaps, no window is needed for what is in the gap after the last whole one.
        if place + reach > padded and covered >= padded:
            break
    return number


def pool(op: str, version: int, window: list[dict[str, int]]) -> Any:
    attributes: dict[str, Any] = {
        "kernel_shape": [axis["kernel"] for axis in window],
        "strides": [axis["stride"] for axis in window],
        "pads": [axis[side] for side in ("begin", "end") for axis in window],
        "ceil_mode": 1,
    }
    if version >= DILATED_SINCE[op]:
        attributes["dilations"] = [axis["dilation"] for axis in window]
    shape = [1, 2, *(axis["size"] for axis in window)]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([helper.make_node(op, ["x"], ["y"], **attributes)], "net", [x], [y])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", version)])


@settings(max_examples=150, deadline=None)
@given(op=st.sampled_from(sorted(OLDEST)), window=st.lists(axes(), min_size=1, max_size=3), data=st.data())
def test_pools_with_ceil_mode_have_the_windows_that_begin_in_the_input(
    op: str, window: list[dict[str, int]], data: st.DataObject, tmp_path_factory: Any
) -> None:
    version = data.draw(st.integers(OLDEST[op], 22))
    if version < DILATED_SINCE[op]:
        window = [{**axis, "dilation": 1} for axis in window]
    path: Path = tmp_path_factory.mktemp("pools") / "net.onnx"
    onnx.save(pool(op, version, window), path)
    assert count_onnx(path).output_shape == (2, *map(windows, window))
