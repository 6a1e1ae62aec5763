"""Scans of ONNX files, written out step by step and worked out by hand."""

from typing import Any

import pytest
from onnx import helper

from analysis.counting.onnx.control import MOST_RUNS
from analysis.counting.onnx.reader import count_onnx

from .models import Axes, Save, fault, model, node, value, weights, whole


def recurrent(steps: int | str, *, axis: int = 0, out: int = 0, version: int = 21) -> Any:
    """A recurrent layer of 6 units on steps of 1 x 4, and a product of all its states with 6 x 7 weights."""
    body = helper.make_graph(
        [
            node("MatMul", "step w", "in"),
            node("MatMul", "state r", "back"),
            node("Add", "in back", "sum"),
            node("Tanh", "sum", "next"),
            node("Identity", "next", "row"),
        ],
        "body",
        [value("state", None), value("step", None)],
        [value("next", None), value("row", None)],
        [weights("w", 4, 6), weights("r", 6, 6)],
    )
    shape: list[int | str] = [1, 4]
    shape.insert(axis if axis >= 0 else 3 + axis, steps)
    scan = helper.make_node(
        "Scan",
        ["first", "x"],
        ["last", "rows"],
        name="scan",
        body=body,
        num_scan_inputs=1,
        scan_input_axes=[axis],
        scan_output_axes=[out],
    )
    return model(scan, node("MatMul", "rows v", "y"), x=shape, constants=[weights("first", 1, 6), weights("v", 6, 7)])


@pytest.mark.parametrize(
    ("axis", "out", "shape"),
    [(0, 0, (5, 1, 7)), (1, 1, (5, 7)), (-1, -2, (5, 7))],
)
def test_a_scan_counts_every_step_along_its_axis_and_its_weights_once(
    saved: Save, axis: int, out: int, shape: tuple[int, ...]
):
    found = count_onnx(saved(recurrent(5, axis=axis, out=out)))
    # 4 x 6 and 6 x 6 at each of 5 steps, and 6 x 7; the first state is a constant too.
    assert found.macs == 5 * (24 + 36) + 5 * 42
    assert found.params == 24 + 36 + 42 + 6
    assert found.output_shape == shape


def test_a_scan_counts_as_the_operator_that_does_the_same(saved: Save):
    layer = helper.make_node("RNN", ["x", "w", "r"], ["rows"], name="layer", hidden_size=6)
    net = model(layer, x=[5, 1, 4], constants=[weights("w", 1, 6, 4), weights("r", 1, 6, 6)])
    net.graph.output[0].name = "rows"
    assert count_onnx(saved(recurrent(5))).macs == count_onnx(saved(net)).macs + 5 * 42


def test_the_steps_of_a_scan_may_follow_from_the_input_shape(saved: Save):
    net = saved(recurrent("steps", axis=1))
    assert count_onnx(net, (3, 4)).macs == 3 * (24 + 36 + 42)


@pytest.mark.parametrize(
    ("directions", "shape"),
    [
        ({}, (2, 3, 5)),
        ({"scan_output_directions": [1]}, (5, 3, 2)),
        ({"scan_input_directions": [1]}, (5, 3, 2)),
        ({"scan_input_directions": [1], "scan_output_directions": [1]}, (2, 3, 5)),
    ],
)
def test_a_scan_may_go_backward(saved: Save, directions: dict[str, list[int]], shape: tuple[int, ...]):
    body = helper.make_graph([node("Identity", "step", "row")], "body", [value("step", None)], [value("row", None)])
    scan = helper.make_node("Scan", ["sizes"], ["to"], name="scan", body=body, num_scan_inputs=1, **directions)
    net = model(scan, node("Reshape", "x to", "a"), node("Relu", "a", "y"), x=[30], constants=[whole("sizes", 2, 3, 5)])
    assert count_onnx(saved(net)).output_shape == shape


def scan_of(*inputs: str, number: int, body_inputs: int, x: Axes, y: Axes = None) -> Any:
    names = [f"in {place}" for place in range(body_inputs)]
    body = helper.make_graph(
        [node("Identity", "-", "row")], "body", [value(name, None) for name in names], [value("row", None)]
    )
    body.node[0].input[:] = names[-1:]
    scan = helper.make_node("Scan", list(inputs), ["y"], name="scan", body=body, num_scan_inputs=number)
    return model(scan, x=x, more=[value("z", y or [5, 4])])


@pytest.mark.parametrize(
    "net",
    [
        pytest.param(recurrent(MOST_RUNS + 1), id="too many steps"),
        pytest.param(scan_of("x", "z", number=2, body_inputs=2, x=[3, 4]), id="two lengths"),
        # The first version of the operator, with the lengths of sequences in front.
        pytest.param(scan_of("", "x", number=1, body_inputs=1, x=[3, 4]), id="lengths"),
        pytest.param(scan_of("x", number=2, body_inputs=1, x=[3, 4]), id="fewer inputs"),
        pytest.param(scan_of("x", number=1, body_inputs=1, x=[]), id="no axis"),
    ],
)
def test_a_scan_that_cannot_be_written_out_is_refused_with_the_reason(saved: Save, net: Any):
    assert fault(saved(net)) == (
        "net.onnx: 1 operator that cannot be counted: Scan (1, first 'scan'); a scan is counted over at most 1,024 "
        "steps, if their number follows from the input shape"
    )
