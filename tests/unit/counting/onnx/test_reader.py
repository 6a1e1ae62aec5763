"""How an ONNX file is read and counted: small models are built, saved, and sometimes broken."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import pytest
from onnx import TensorProto, helper

from analysis.counting.convention import EVERYTHING
from analysis.counting.count import count
from analysis.counting.layers import Activation, Conv2d, Flatten, Linear, Pool2d, Recurrent, Sequential
from analysis.counting.onnx.reader import count_onnx, load_graph
from analysis.errors import CountingError, InputError

from .models import Axes, Save, fault, model, node, value, weights, whole

# 8 x 16 x 16 numbers from 27 each, 12 x 8 x 8 from 36, 10 from 768.
MACS = 55_296 + 27_648 + 7_680


def network(x: Axes = ("batch", 3, 16, 16)) -> Any:
    """Two convolutions, a pool and two linear layers."""
    return model(
        node("Conv", "x w1 b1", "c1", kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        node("Relu", "c1", "r1"),
        node("MaxPool", "r1", "p1", kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", "p1 w2 b2", "c2", kernel_shape=[3, 3], pads=[1, 1, 1, 1], group=2),
        node("Relu", "c2", "r2"),
        node("Flatten", "r2", "f"),
        node("Gemm", "f w3 b3", "y", transB=1),
        x=x,
        constants=[
            *(weights("w1", 8, 3, 3, 3), weights("b1", 8), weights("w2", 12, 4, 3, 3), weights("b2", 12)),
            *(weights("w3", 10, 12 * 8 * 8), weights("b3", 10)),
        ],
    )


def test_a_file_counts_as_the_same_network_in_our_own_layers(saved: Save):
    # Two ways to the same numbers.
    ours = Sequential(
        (
            Conv2d(3, 8, kernel=3, padding=1),
            Activation("relu"),
            Pool2d(2),
            Conv2d(8, 12, kernel=3, padding=1, groups=2),
            Activation("relu"),
            Flatten(),
            Linear(12 * 8 * 8, 10),
        )
    )
    expected = count(ours, (3, 16, 16), batch=4, convention=EVERYTHING)
    found = count_onnx(saved(network()), batch=4, convention=EVERYTHING)
    assert (found.input_shape, found.output_shape) == (expected.input_shape, expected.output_shape)
    assert (found.macs, found.params) == (expected.macs, expected.params)
    assert found.inference_flop == expected.inference_flop
    assert found.training_flop == expected.training_flop
    shared = ("detail", "input_shape", "output_shape", "macs", "training_macs", "params", "other_flop")
    rows = [[getattr(row, name) for name in shared] for row in found.rows if row.kind in ("Conv", "Gemm")]
    assert rows == [
        [getattr(row, name) for name in shared] for row in expected.rows if row.kind in ("conv2d", "linear")
    ]


def test_a_recurrent_layer_of_both_directions_counts_as_ours(saved: Save):
    # Seven steps, a batch of one, 5 numbers in, 6 units.
    recurrent = model(
        node("LSTM", "x w r b", "y", hidden_size=6, direction="bidirectional"),
        x=[7, 1, 5],
        constants=[weights("w", 2, 24, 5), weights("r", 2, 24, 6), weights("b", 2, 48)],
    )
    expected = count(Recurrent(5, 6, bidirectional=True), (7, 5), convention=EVERYTHING)
    found = count_onnx(saved(recurrent), convention=EVERYTHING)
    assert (found.macs, found.params) == (expected.macs, expected.params)
    assert (found.training_flop, found.inference_flop) == (expected.training_flop, expected.inference_flop)


def test_attention_is_batched_products(saved: Save):
    attention = model(
        node("MatMul", "x wq", "q"),
        node("MatMul", "x wk", "k"),
        node("Reshape", "q heads", "qh"),
        node("Transpose", "qh", "qt", perm=[0, 2, 1, 3]),
        node("Reshape", "k heads", "kh"),
        node("Transpose", "kh", "kt", perm=[0, 2, 3, 1]),
        node("MatMul", "qt kt", "s"),
        node("Softmax", "s", "p"),
        node("MatMul", "p qt", "y"),
        x=["batch", 10, 32],
        constants=[weights("wq", 32, 32), weights("wk", 32, 32), whole("heads", 0, 0, 4, 8)],
    )
    # Two projections of 10 x 32 x 32; 4 heads of 10 x 10 x 8, twice.
    assert count_onnx(saved(attention)).macs == 2 * 10240 + 2 * 3200


def test_shapes_that_are_worked_out_in_the_graph_are_followed(saved: Save):
    flattened = model(
        node("Shape", "x", "shape"),
        node("Gather", "shape zero", "n", axis=0),
        node("Concat", "n rest", "to", axis=0),
        node("Reshape", "x to", "f"),
        node("MatMul", "f w", "y"),
        x=["batch", 3, 4],
        constants=[whole("zero", 0), whole("rest", -1), weights("w", 12, 5)],
    )
    breakdown = count_onnx(saved(flattened))
    assert [(row.kind, row.macs, row.params) for row in breakdown.rows] == [("MatMul", 60, 60)]


SIZE = (node("Shape", "x", "shape"), node("Gather", "shape zero", "n", axis=0))
# How a file may work out the 20 numbers that each of the examples of 2 x 10 has.
ARITHMETIC = {
    "view": [node("Unsqueeze", "n", "u", axes=[0]), node("Concat", "u open", "to", axis=0)],
    "quotient": [
        node("ReduceProd", "shape", "all", keepdims=0),
        node("Div", "all n", "q"),
        node("Unsqueeze", "n", "u", axes=[0]),
        node("Unsqueeze", "q", "v", axes=[0]),
        node("Concat", "u v", "to", axis=0),
    ],
    "split": [
        helper.make_node("Split", ["shape"], ["a", "b", "c"], name="split", axis=0),
        node("Mul", "b c", "q"),
        node("Concat", "a q", "to", axis=0),
    ],
    "choice": [
        node("ConstantOfShape", "two", "zeros"),
        node("Cast", "zeros", "whole", to=TensorProto.INT64),
        node("Range", "start stop one", "steps"),
        node("Equal", "whole steps", "first"),
        node("Where", "first zero open", "raw"),
        node("Squeeze", "raw", "to"),
    ],
}


@pytest.mark.parametrize("name", ARITHMETIC)
def test_numbers_that_follow_from_constants_and_shapes_are_worked_out(saved: Save, name: str):
    scalars = [
        helper.make_tensor(key, TensorProto.INT64, [], [n]) for key, n in (("start", 0), ("stop", 2), ("one", 1))
    ]
    net = model(
        *SIZE,
        *ARITHMETIC[name],
        node("Reshape", "x to", "f"),
        node("MatMul", "f w", "y"),
        x=["batch", 2, 10],
        constants=[
            helper.make_tensor("zero", TensorProto.INT64, [], [0]),
            *(whole("open", -1), whole("two", 2), *scalars, weights("w", 20, 4)),
        ],
    )
    net.opset_import[0].version = 11
    # 4 numbers from 20 each.
    assert count_onnx(saved(net)).macs == 80


def test_shared_weights_count_once(saved: Save):
    twice = model(node("MatMul", "x w", "a"), node("MatMul", "a w", "y"), x=[1, 4], constants=[weights("w", 4, 4)])
    breakdown = count_onnx(saved(twice))
    assert [row.params for row in breakdown.rows] == [16, 0]


@pytest.mark.parametrize("axis", ["batch", 0, -1])
def test_an_open_batch_is_one(saved: Save, axis: int | str):
    assert count_onnx(saved(network((axis, 3, 16, 16)))).input_shape == (3, 16, 16)


def test_an_open_axis_is_filled_from_the_input_shape(saved: Save):
    path = saved(network(("batch", 3, "height", "width")))
    assert fault(path) == ("net.onnx: input 'x': axis 2 ('height') is open; expected all sizes as --input x=SHAPE")
    assert count_onnx(path, (3, 16, 16)).macs == count_onnx(path, (1, 3, 16, 16)).macs == MACS
    assert count_onnx(path, (2, 3, 16, 16)).macs == 2 * MACS


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((3, 32, 16), "axis 2 is 16 in the file; got 32"),
        ((16, 16), "has 4 axes in the file, batch included; got 16x16"),
    ],
)
def test_an_input_shape_may_not_differ_from_the_file(saved: Save, shape: tuple[int, ...], message: str):
    assert fault(saved(network()), shape) == f"net.onnx: input 'x': {message}"


@pytest.mark.parametrize("shape", [(), (3, 0, 16), (3, -1, 16)])
def test_an_input_shape_is_made_of_whole_numbers_above_zero(saved: Save, shape: tuple[int, ...]):
    assert "expected whole numbers above zero" in fault(saved(network()), shape)


def test_one_name_is_one_size_everywhere(saved: Save):
    square = model(node("MatMul", "x z", "y"), x=["n", "n"], more=[value("z", ["n", "n"])])
    path = saved(square)
    assert count_onnx(path, (5, 5)).macs == 125
    assert fault(path, (5, 6)) == "net.onnx: input 'x': axis 1 has the name 'n' and so is 5; got 6"


def test_an_open_axis_of_another_input_is_refused(saved: Save):
    path = saved(model(node("MatMul", "x z", "y"), x=[4, 5], more=[value("z", [5, "k"])]))
    assert fault(path) == "net.onnx: input 'z': axis 1 ('k') is open; expected all sizes as --input z=SHAPE"
    assert count_onnx(path, named_shapes={"z": (5, 3)}).macs == 4 * 5 * 3


def test_an_input_of_steps_before_the_first_has_no_length(saved: Save):
    joined = model(
        node("MatMul", "x w", "k"),
        node("Concat", "past k", "keys", axis=1),
        node("Transpose", "keys", "t", perm=[0, 2, 1]),
        node("MatMul", "x t", "y"),
        x=["batch", "?", 8],
        constants=[weights("w", 8, 8)],
        more=[value("past", ["batch", "?", 8])],
    )
    path = saved(joined)
    # 3 steps of 8 x 8, then 3 steps with all others.
    assert count_onnx(path, (3, 8), named_shapes={"past": (1, 0, 8)}).macs == 192 + 3 * 3 * 8
    assert count_onnx(path, (3, 8), named_shapes={"past": (5, 8)}).macs == 192 + 3 * 8 * 8
    with pytest.raises(CountingError, match="has no input 'pas'; expected one of x, past; did you mean 'past'"):
        count_onnx(path, (3, 8), named_shapes={"pas": (5, 8)})


def test_an_input_without_any_shape_needs_one(saved: Save):
    path = saved(network(None))
    assert fault(path) == "net.onnx: input 'x': has no shape; expected one in the file, or as --input x=SHAPE"
    assert count_onnx(path, (3, 16, 16)).macs == MACS


def test_an_operator_of_another_domain_is_named(saved: Save):
    custom = model(
        node("Relu", "x", "a"),
        helper.make_node("Foo", ["a"], ["b"], name="first", domain="my.domain"),
        helper.make_node("Foo", ["b"], ["y"], domain="my.domain"),
        x=[1, 2],
    )
    expected = "net.onnx: 2 operators that cannot be counted: my.domain::Foo (2, first 'first')"
    assert fault(saved(custom)) == expected


def test_a_function_of_the_file_is_written_out(saved: Save):
    versions = [helper.make_opsetid("", 21)]
    function = helper.make_function("my.domain", "Dense", ["a", "v"], ["b"], [node("MatMul", "a v", "b")], versions)
    calls = [helper.make_node("Dense", [given, "w"], [out], domain="my.domain") for given, out in ("xa", "ay")]
    local = model(*calls, x=[1, 4], constants=[weights("w", 4, 4)])
    local.functions.append(function)
    assert [(row.macs, row.params) for row in count_onnx(saved(local)).rows] == [(16, 16), (16, 0)]


def branch(width: int, *more: Any) -> Any:
    """A product with weights of its own, one of which lies outside, and what follows it."""
    inside = [node("MatMul", "x w", "hidden"), node("MatMul", "hidden v", "z"), *more]
    return helper.make_graph(inside, "branch", [], [value(inside[-1].output[0], None)], [weights("v", width, 5)])


def choice(condition: str, then: Any, otherwise: Any, *before: Any) -> Any:
    """A branch by a condition, which is an input or follows from the shape of another one."""
    return model(
        *before,
        node("If", condition, "chosen", then_branch=then, else_branch=otherwise),
        node("Relu", "chosen", "y"),
        x=["batch", 4],
        more=[helper.make_tensor_value_info("c", TensorProto.BOOL, [])],
        constants=[weights("w", 4, 8), helper.make_tensor("zero", TensorProto.INT64, [], [0]), whole("one", 1)],
    )


def test_the_branch_of_a_known_condition_counts(saved: Save):
    single = (*SIZE, node("Equal", "n one", "single"))
    net = choice("single", branch(8), branch(8, node("MatMul", "z u", "z2")), *single)
    breakdown = count_onnx(saved(net))
    # 4 x 8 and 8 x 5.
    assert [(row.path, row.macs, row.params) for row in breakdown.rows if row.macs] == [
        ("make chosen/then/make hidden", 32, 32),
        ("make chosen/then/make z", 40, 40),
    ]


def test_branches_that_count_alike_count_as_one_of_them(saved: Save):
    assert count_onnx(saved(choice("c", branch(8), branch(8)))).macs == 72


def test_branches_that_differ_are_refused_with_what_to_do(saved: Save):
    net = choice("c", branch(8), branch(8, node("MatMul", "z z", "z2")))
    assert fault(saved(net)) == (
        "net.onnx: 1 operator that cannot be counted: If (1, first 'make chosen'); what they run depends on the numbers "
        "of the input; expected a file for one case, such as torch.onnx.export(..., dynamo=True) writes"
    )


def loop(runs: str, *, condition: str = "") -> Any:
    """A product with a state at each run, whose results are put above each other."""
    body = helper.make_graph(
        [
            node("MatMul", "state w", "next"),
            node("Add", "i one", "count"),
            node("Less", "count three", "on"),
            node("Identity", "next", "row"),
        ],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            value("state", None),
        ],
        [helper.make_tensor_value_info("on", TensorProto.BOOL, []), value("next", None), value("row", None)],
        [weights("w", 4, 4)],
    )
    scalars = [
        helper.make_tensor(name, TensorProto.INT64, [], [n]) for name, n in (("one", 1), ("three", 3), ("two", 2))
    ]
    return model(
        helper.make_node("Loop", [runs, condition, "x"], ["last", "rows"], name="loop", body=body),
        node("MatMul", "rows v", "y"),
        x=[1, 4],
        more=[helper.make_tensor_value_info("n", TensorProto.INT64, [])],
        constants=[*scalars, weights("v", 4, 7)],
    )


@pytest.mark.parametrize(("runs", "times"), [("two", 2), ("", 3)])
def test_each_run_of_a_loop_counts_and_its_weights_once(saved: Save, runs: str, times: int):
    breakdown = count_onnx(saved(loop(runs)))
    # 4 x 4 at every run, 4 x 7 on each row that they leave.
    assert (breakdown.macs, breakdown.params) == (times * (16 + 28), 16 + 28)


@pytest.mark.parametrize(
    "broken",
    [
        node("If", "x", "y"),
        node("Loop", "x", "y"),
        helper.make_node("GroupQueryAttention", ["x"], ["y"], domain="com.microsoft"),
        helper.make_node("MatMulNBits", [], ["y"], domain="com.microsoft"),
        helper.make_node("DynamicQuantizeLSTM", ["x", "x", "x"], ["y"], domain="com.microsoft"),
    ],
    ids=lambda made: made.op_type,
)
def test_a_node_without_what_its_operator_needs_is_refused(saved: Save, broken: Any):
    assert fault(saved(model(broken, x=[1, 4]))).startswith("net.onnx: ")


def test_a_loop_of_unknown_length_is_refused(saved: Save):
    assert "Loop (1, first 'loop'); what they run depends on" in fault(saved(loop("n")))


def test_a_name_with_a_line_break_stays_on_one_line(saved: Save):
    assert "Re\\nlu (1, first" in fault(saved(model(node("Re\nlu", "x", "y"), x=[1, 2])))


def test_a_shape_that_depends_on_data_is_named(saved: Save):
    picked = model(
        node("NonZero", "x", "i"),
        node("Cast", "i", "f", to=TensorProto.FLOAT),
        node("Relu", "f", "y"),
        x=[1, 2],
    )
    assert fault(saved(picked)).startswith("net.onnx: make y (Relu): the shape of 'y' is not known")


@pytest.mark.parametrize("shape", [[2**40, 2**40], [2**62, 8]])
def test_a_size_beyond_all_machines_is_refused(saved: Save, shape: list[int]):
    assert "expected at most 2^62 numbers" in fault(saved(model(node("Relu", "x", "y"), x=shape)))


def test_weights_that_do_not_fit_are_refused(saved: Save):
    path = saved(model(node("MatMul", "x w", "y"), x=[1, 4], constants=[weights("w", 5, 3)]))
    assert fault(path).startswith("net.onnx: make y (MatMul): got 1x4 and 5x3; needs shapes that fit each other")


def test_constants_written_as_nodes_are_weights_too(saved: Save):
    constant = helper.make_node("Constant", [], ["w"], value=weights("", 4, 3))
    half = helper.make_node("Constant", [], ["h"], value_float=0.5)
    scaled = model(constant, half, node("MatMul", "x w", "a"), node("Mul", "a h", "y"), x=[1, 4])
    assert count_onnx(saved(scaled)).params == 12


def test_a_constant_may_be_several_plain_numbers(saved: Save):
    bias = helper.make_node("Constant", [], ["b"], value_floats=[0.5, 1.5])
    to = helper.make_node("Constant", [], ["to"], value_ints=[1, 2])
    path = saved(model(bias, to, node("Reshape", "x to", "a"), node("Add", "a b", "y"), x=[2]))
    assert count_onnx(path).params == 2


def test_weights_may_lie_in_another_file_that_is_not_there(tmp_path: Path):
    path = tmp_path / "net.onnx"
    onnx.save(network(), path, save_as_external_data=True, location="net.data", size_threshold=0)
    (tmp_path / "net.data").unlink()
    assert count_onnx(path).macs == MACS


def test_large_weights_lose_their_numbers_before_shapes_are_inferred(saved: Save, monkeypatch: pytest.MonkeyPatch):
    sizes = []
    infer = onnx.shape_inference.infer_shapes
    monkeypatch.setattr(
        onnx.shape_inference, "infer_shapes", lambda m, **options: sizes.append(m.ByteSize()) or infer(m, **options)
    )
    path = saved(model(node("MatMul", "x w", "y"), x=[1, 1000], constants=[weights("w", 1000, 1000)]))
    assert count_onnx(path).params == 1_000_000
    # The file holds four million bytes of weights.
    assert sizes[0] < 1000


def test_any_cut_file_is_refused(saved: Save):
    whole_file = network().SerializeToString()
    for end in [*range(200), *range(200, len(whole_file), 997), len(whole_file) - 1]:
        with pytest.raises(InputError, match=r"net\.onnx: .*expected|net\.onnx: not an ONNX file"):
            load_graph(saved(whole_file[:end]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no graph found; expected an ONNX file"),
        (b"# A page\n\nof text.\n", "not an ONNX file, or one that is cut off"),
        (b"{}", "not an ONNX file, or one that is cut off"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "not an ONNX file, or one that is cut off"),
        (bytes(1000), "not an ONNX file, or one that is cut off"),
    ],
)
def test_what_is_no_model_is_refused(saved: Save, content: bytes, message: str):
    assert fault(saved(content)) == f"net.onnx: {message}"


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path):
    assert (
        fault(tmp_path / "none.onnx") == "none.onnx: cannot be read: No such file or directory; expected an ONNX file"
    )
    (tmp_path / "folder.onnx").mkdir()
    assert fault(tmp_path / "folder.onnx") == "folder.onnx: cannot be read: Is a directory; expected an ONNX file"


def test_a_model_of_a_later_standard_is_refused(saved: Save):
    later = network()
    later.opset_import[0].version = 999
    assert fault(saved(later)).startswith("net.onnx: uses operators of version 999; the installed onnx knows up to ")


def test_a_file_larger_than_the_format_allows_is_refused(tmp_path: Path):
    path = tmp_path / "net.onnx"
    with path.open("wb") as file:
        file.truncate(2**31)
    assert fault(path).startswith("net.onnx: larger than 2 GiB; expected")


def test_without_the_package_one_line_says_what_to_install(saved: Save, monkeypatch: pytest.MonkeyPatch):
    path = saved(network())
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(CountingError, match="pip install onnx"):
        count_onnx(path)


def two_convolutions(x: Axes, stored: dict[str, Axes]) -> Any:
    """3 to 8 to 4 channels, with shapes stored for the tensors named."""
    net = model(
        node("Conv", "x w1", "c", pads=[1, 1, 1, 1]),
        node("Conv", "c w2", "y", pads=[1, 1, 1, 1]),
        x=x,
        constants=[weights("w1", 8, 3, 3, 3), weights("w2", 4, 8, 3, 3)],
    )
    for name, shape in stored.items():
        if name == "y":
            net.graph.output[0].CopyFrom(value("y", shape))
        else:
            net.graph.value_info.append(value(name, shape))
    return net


@pytest.mark.parametrize(
    "stored", [{"c": [1, 8, 16, 16]}, {"y": [1, 4, 16, 16]}, {"c": [1, 8, 32, 16], "y": [1, 4, 16, 16]}]
)
def test_stored_shapes_that_contradict_the_input_are_not_believed(saved: Save, stored: dict[str, Axes]):
    found = count_onnx(saved(two_convolutions(["b", 3, "h", "w"], stored)), (3, 32, 32))
    # 8 x 32 x 32 numbers from 27 each, 4 x 32 x 32 from 72.
    assert (found.macs, found.output_shape) == (221_184 + 294_912, (4, 32, 32))


def test_stored_shapes_that_contradict_a_fixed_input_are_not_believed(saved: Save):
    found = count_onnx(saved(two_convolutions([1, 3, 32, 32], {"c": [1, 8, 16, 16]})))
    assert found.macs == 221_184 + 294_912


def picked(x: Axes, **stored: Axes) -> Any:
    """A product of the places of numbers that are not zero, of which only the file knows how many; shapes are stored."""
    net = model(
        node("NonZero", "x", "i"),
        node("Cast", "i", "f", to=TensorProto.FLOAT),
        node("Transpose", "f", "t"),
        node("MatMul", "t w", "y"),
        x=x,
        constants=[weights("w", 2, 5)],
    )
    net.graph.value_info.extend(value(name, shape) for name, shape in stored.items())
    return net


def test_a_stored_shape_fills_a_gap_where_the_input_is_fixed(saved: Save):
    # 4 x 5 numbers from 2 each.
    assert count_onnx(saved(picked([1, 7], f=[2, 4]))).macs == 40


def test_a_stored_shape_fills_no_gap_where_the_input_was_open(saved: Save):
    assert "the shape of 't' is not known" in fault(saved(picked([1, "n"], f=[2, 4])), (7,))


def test_a_stored_shape_fills_no_gap_where_another_one_is_wrong(saved: Save):
    assert "the shape of 't' is not known" in fault(saved(picked([1, 7], f=[2, 4], t=[4, 3])))


def pooled(op: str, version: int, size: Sequence[int], **attributes: Any) -> Any:
    """A pool over two channels before a convolution of one number to four channels."""
    net = model(
        node(op, "x", "p", ceil_mode=1, **attributes),
        node("Conv", "p w", "y"),
        x=[1, 2, *size],
        constants=[weights("w", 4, 2, *[1] * len(size))],
    )
    net.opset_import[0].version = version
    return net


@pytest.mark.parametrize(
    ("op", "version"),
    [("MaxPool", 11), ("MaxPool", 21), ("MaxPool", 22), ("AveragePool", 11), ("AveragePool", 21), ("LpPool", 18)],
)
def test_a_window_that_begins_in_the_padding_after_the_input_is_left_out(saved: Save, op: str, version: int):
    net = pooled(op, version, (8, 8), kernel_shape=[3, 3], strides=[3, 3], pads=[1, 1, 1, 1])
    found = count_onnx(saved(net))
    # Windows begin at -1, 2 and 5; one at 8 would lie in the padding. 3 x 3 x 4 numbers from 2 each.
    assert (found.macs, found.output_shape) == (72, (4, 3, 3))


def test_consecutive_pools_with_ceil_mode_are_each_rounded_right(saved: Save):
    given = {"kernel_shape": [3], "strides": [3], "pads": [1, 1], "ceil_mode": 1}
    net = model(
        node("MaxPool", "x", "a", **given),
        node("MaxPool", "a", "y", **given),
        x=[1, 2, 23],
    )
    # 23 -> 8 (the last begins at 20) -> 3 (at 5); with the windows in the padding 9 and 4.
    assert count_onnx(saved(net), convention=EVERYTHING).output_shape == (2, 3)


@pytest.mark.parametrize(("word", "sizes"), [("VALID", (1, 2)), ("SAME_UPPER", (1, 2)), ("SAME_LOWER", (1, 2))])
def test_ceil_mode_with_a_padding_by_word_is_rounded_right(saved: Save, word: str, sizes: tuple[int, ...]):
    # A window of two at every third number: from three numbers one begins at 0; from four a second one at 3.
    net = pooled("MaxPool", 21, (3, 4), kernel_shape=[2, 2], strides=[3, 3], auto_pad=word)
    assert count_onnx(saved(net)).output_shape == (4, *sizes)


@pytest.mark.parametrize("version", [3, 4, 10])
def test_weights_listed_among_the_inputs_have_the_shape_of_their_numbers(saved: Save, version: int):
    # Files before version 4 list all weights there; the shape that is stated may be an old one.
    net = model(
        node("Conv", "x w", "c"),
        node("Reshape", "c to", "y"),
        x=[1, 3, 10, 10],
        constants=[weights("w", 8, 3, 3, 3), whole("to", 1, -1)],
        more=[value("w", [8, 3, 5, 5]), helper.make_tensor_value_info("to", TensorProto.INT64, [2])],
    )
    net.ir_version = version
    found = count_onnx(saved(net))
    # 8 x 8 x 8 numbers from 27 each.
    assert (found.macs, found.output_shape) == (13_824, (512,))


@pytest.mark.parametrize("name", ["c", "y"])
def test_stored_types_are_not_believed(saved: Save, name: str):
    net = two_convolutions([1, 3, 8, 8], {})
    net.graph.node[1].CopyFrom(node("Relu", "c", "y"))
    wrong = helper.make_tensor_value_info(name, TensorProto.INT64, [1, 8, 8, 8])
    if name == "y":
        net.graph.output[0].CopyFrom(wrong)
    else:
        net.graph.value_info.append(wrong)
    # As whole numbers they would be places, on which an activation does no work.
    assert [row.kind for row in count_onnx(saved(net), convention=EVERYTHING).rows] == ["Conv", "Relu"]


def test_a_first_axis_with_the_name_of_another_one_is_not_taken_for_the_batch(saved: Save):
    masked = model(
        node("MatMul", "x w", "a"),
        node("MatMul", "mask a", "y"),
        x=["steps", 8],
        constants=[weights("w", 8, 8)],
        more=[value("mask", ["steps", "steps"])],
    )
    path = saved(masked)
    message = "net.onnx: input 'x': axis 0 ('steps') has the name of another axis; expected sizes of all 2 axes"
    assert fault(path) == fault(path, (8,)) == message
    # 5 x 8 x 8 and 5 x 5 x 8.
    assert count_onnx(path, (5, 8)).macs == 320 + 200


def test_a_question_mark_is_no_name(saved: Save):
    path = saved(network(("?", 3, "?", "?")))
    assert fault(path) == "net.onnx: input 'x': axis 2 is open; expected all sizes as --input x=SHAPE"
    assert count_onnx(path, (3, 16, 16)).macs == MACS


@pytest.mark.parametrize(
    ("op", "given", "message"),
    [
        ("Reshape", {}, "got 1x4x6x6 and gives 1x64; needs as many numbers in both"),
        ("DepthToSpace", {"blocksize": 3}, "got 1x4x6x6 and gives 1x0x18x18; needs as many numbers in both"),
        ("SpaceToDepth", {"blocksize": 4}, "got 1x4x6x6 and gives 1x64x1x1; needs as many numbers in both"),
    ],
)
def test_numbers_that_are_only_moved_do_not_change_their_number(saved: Save, op: str, given: Any, message: str):
    # Such as a reshaping that was written down for another input.
    net = model(
        node(op, "x to" if op == "Reshape" else "x", "y", **given),
        x=["b", 4, "h", "w"],
        constants=[whole("to", 1, 64)],
    )
    assert fault(saved(net), (4, 6, 6)) == f"net.onnx: make y ({op}): {message}"


@pytest.mark.parametrize("op", ["Conv", "ConvTranspose"])
def test_a_kernel_that_is_not_that_of_the_weights_is_refused(saved: Save, op: str):
    net = model(node(op, "x w", "y", kernel_shape=[5, 5]), x=[1, 4, 8, 8], constants=[weights("w", 4, 4, 3, 3)])
    assert fault(saved(net)) == f"net.onnx: make y ({op}): attribute 'kernel_shape' is 5x5; weights are 4x4x3x3"
