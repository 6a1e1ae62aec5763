"""Small ONNX models for tests, and their parts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from onnx import TensorProto, helper

from analysis.counting.onnx.reader import count_onnx
from analysis.errors import AnalysisError

Axes = Sequence[int | str] | None
Save = Callable[[Any], Path]
DOMAINS = ("my.domain", "com.microsoft")


def weights(name: str, *shape: int) -> Any:
    return helper.make_tensor(name, TensorProto.FLOAT, shape, bytes(4 * size(shape)), raw=True)


def size(shape: Sequence[int]) -> int:
    return shape[0] * size(shape[1:]) if shape else 1


def value(name: str, shape: Axes) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def whole(name: str, *numbers: int) -> Any:
    return helper.make_tensor(name, TensorProto.INT64, [len(numbers)], numbers)


def node(op: str, inputs: str, output: str, **attributes: Any) -> Any:
    names = ["" if name == "-" else name for name in inputs.split()]
    return helper.make_node(op, names, [output], name=f"make {output}", **attributes)


def model(*nodes: Any, x: Axes, constants: Sequence[Any] = (), more: Sequence[Any] = (), version: int = 21) -> Any:
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, x), *more]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph(list(nodes), "net", inputs, [output], list(constants))
    versions = [helper.make_opsetid("", version), *(helper.make_opsetid(name, 1) for name in DOMAINS)]
    return helper.make_model(graph, opset_imports=versions)


def fault(path: Path, input_shape: tuple[int, ...] | None = None) -> str:
    """The message with which counting a file fails, without the folder."""
    with pytest.raises(AnalysisError) as caught:
        count_onnx(path, input_shape)
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(f"{path.parent}/")
