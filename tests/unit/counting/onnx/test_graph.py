"""How the records of an ONNX graph are counted: small graphs written by hand, worked out by hand."""

from collections.abc import Mapping
from typing import Any

import onnx.defs
import pytest

from analysis.counting.convention import EVERYTHING, PRODUCTS, Convention
from analysis.counting.count import Breakdown
from analysis.counting.onnx.graph import onnx_breakdown
from analysis.counting.onnx.operators import OPERATORS, SETTINGS
from analysis.counting.onnx.records import Attribute, OnnxGraph, OnnxNode, OnnxTensor
from analysis.errors import CountingError, ShapeError

Shape = tuple[int, ...]


def node(op: str, inputs: str, outputs: str = "y", **attributes: Attribute) -> OnnxNode:
    """A node named for its first output; a dash among the inputs is an absent one."""
    names = tuple("" if name == "-" else name for name in inputs.split())
    given = tuple(outputs.split())
    return OnnxNode(name=f"make {given[0]}", op=op, inputs=names, outputs=given, attributes=attributes)


def graph(
    *nodes: OnnxNode,
    shapes: Mapping[str, Shape | None],
    constants: str = "",
    indices: str = "",
    inputs: str = "x",
) -> OnnxGraph:
    marked = set(indices.split())
    return OnnxGraph(
        source="net.onnx",
        inputs=tuple(inputs.split()),
        outputs=(nodes[-1].outputs[0],),
        constants=frozenset(constants.split()),
        tensors={name: OnnxTensor(shape=shape, index=name in marked) for name, shape in shapes.items()},
        nodes=nodes,
    )


def counted(*nodes: OnnxNode, convention: Convention = PRODUCTS, **records: Any) -> Breakdown:
    return onnx_breakdown(graph(*nodes, **records), convention=convention)


def training_macs(breakdown: Breakdown) -> list[int]:
    return [row.training_macs for row in breakdown.rows]


def other_flop(breakdown: Breakdown) -> float:
    return sum(row.other_flop for row in breakdown.rows)


def test_a_row_has_the_values_of_the_file():
    breakdown = counted(
        node("Conv", "x w b", strides=(2, 2), dilations=(1, 1)),
        shapes={"x": (1, 3, 8, 8), "w": (4, 3, 3, 3), "b": (4,), "y": (1, 4, 3, 3)},
        constants="w b",
    )
    (row,) = breakdown.rows
    assert (row.path, row.kind, row.detail) == ("make y", "Conv", "3x3, stride 2")
    assert (row.input_shape, row.output_shape) == ((3, 8, 8), (4, 3, 3))
    # 4 x 3 x 3 numbers, each made from 3 x 3 x 3; weights 4 x 27 and 4 biases.
    assert (row.macs, row.params) == (36 * 27, 112)
    # The input has no gradient.
    assert row.training_macs == 2 * 36 * 27
    assert (breakdown.input_shape, breakdown.output_shape) == ((3, 8, 8), (4, 3, 3))


@pytest.mark.parametrize(
    ("groups", "weights", "macs"),
    [
        # Each of the 8 x 4 x 4 outputs sees 4, 2 or 1 channels of 3 x 3.
        (1, (8, 4, 3, 3), 128 * 36),
        (2, (8, 2, 3, 3), 128 * 18),
        (4, (8, 1, 3, 3), 128 * 9),
    ],
)
def test_groups_divide_a_convolution(groups: int, weights: Shape, macs: int):
    shapes = {"x": (1, 4, 4, 4), "w": weights, "y": (1, 8, 4, 4)}
    assert counted(node("Conv", "x w", group=groups), shapes=shapes, constants="w").macs == macs


@pytest.mark.parametrize("sizes", [(5,), (5, 5), (5, 5, 5)])
def test_a_convolution_has_any_number_of_axes(sizes: Shape):
    shapes = {"x": (1, 2, *sizes), "w": (3, 2, *(3 for _ in sizes)), "y": (1, 3, *(3 for _ in sizes))}
    # 3 channels of 3^n numbers, each made from 2 channels of 3^n.
    assert counted(node("Conv", "x w"), shapes=shapes, constants="w").macs == 3 * 3 ** len(sizes) * 2 * 3 ** len(sizes)


def test_a_transposed_convolution_spreads_each_input():
    shapes = {"x": (1, 8, 4, 4), "w": (8, 3, 4, 4), "y": (1, 6, 8, 8)}
    # 8 x 4 x 4 inputs, each spread to 3 channels (two groups) of 4 x 4.
    assert counted(node("ConvTranspose", "x w", group=2), shapes=shapes, constants="w").macs == 128 * 48


def test_a_quantised_convolution_finds_its_weights_in_the_fourth_place():
    shapes = {"x": (1, 3, 4, 4), "s": (1,), "z": (1,), "w": (2, 3, 1, 1), "y": (1, 2, 4, 4)}
    breakdown = counted(node("QLinearConv", "x s z w s z s z"), shapes=shapes, constants="s z w")
    # 2 x 4 x 4 numbers from 3 channels; scales and zero points are settings.
    assert (breakdown.macs, breakdown.params) == (96, 6)


def test_an_integer_product_counts_though_it_gives_whole_numbers():
    shapes = {"x": (5, 7), "w": (7, 3), "y": (5, 3)}
    assert counted(node("MatMulInteger", "x w"), shapes=shapes, constants="w", indices="y").macs == 5 * 7 * 3


@pytest.mark.parametrize(
    ("first", "second", "attributes"),
    [
        ((2, 5), (5, 3), {}),
        ((2, 5), (3, 5), {"transB": 1}),
        ((5, 2), (5, 3), {"transA": 1}),
        ((5, 2), (3, 5), {"transA": 1, "transB": 1}),
    ],
)
def test_gemm_counts_the_same_with_either_side_transposed(first: Shape, second: Shape, attributes: dict[str, int]):
    shapes = {"x": first, "w": second, "b": (3,), "y": (2, 3)}
    breakdown = counted(node("Gemm", "x w b", **attributes), shapes=shapes, constants="w b")
    # 2 x 3 numbers from 5 each; 15 weights and 3 biases.
    assert (breakdown.macs, breakdown.params) == (30, 18)


@pytest.mark.parametrize(
    ("left", "right", "result", "macs"),
    [
        ((4, 5), (5, 6), (4, 6), 4 * 5 * 6),
        ((2, 3, 4, 5), (2, 3, 5, 6), (2, 3, 4, 6), 6 * 4 * 5 * 6),
        # The right side is one matrix for all, then one for each of three.
        ((2, 3, 4, 5), (5, 6), (2, 3, 4, 6), 6 * 4 * 5 * 6),
        ((2, 1, 4, 5), (3, 5, 6), (2, 3, 4, 6), 6 * 4 * 5 * 6),
        ((5,), (5, 6), (6,), 30),
        ((4, 5), (5,), (4,), 20),
    ],
)
def test_matmul_sums_over_one_axis_whatever_the_others(left: Shape, right: Shape, result: Shape, macs: int):
    assert counted(node("MatMul", "x z"), shapes={"x": left, "z": right, "y": result}, inputs="x z").macs == macs


@pytest.mark.parametrize(
    ("equation", "right", "result", "macs", "elementwise"),
    [
        ("bij,bjk->bik", (2, 4, 5), (2, 3, 5), 2 * 3 * 4 * 5, 0),
        ("bij, bjk", (2, 4, 5), (3, 4), 2 * 3 * 4 * 5, 0),
        ("bij,k->bijk", (5,), (2, 3, 4, 5), 2 * 3 * 4 * 5, 0),
        ("...ij,...jk->...ik", (2, 4, 5), (2, 3, 5), 2 * 3 * 4 * 5, 0),
        ("...ij,jk", (4, 5), (2, 3, 5), 2 * 3 * 4 * 5, 0),
        ("...j,...j->...", (6, 1, 3, 4), (6, 2, 3), 6 * 2 * 3 * 4, 0),
        ("bij,bij->bij", (2, 3, 4), (2, 3, 4), 0, 24),
        ("...j,j->...j", (4,), (2, 3, 4), 0, 24),
        ("bij,j->bij", (4,), (2, 3, 4), 0, 24),
    ],
)
def test_einsum_of_two_inputs_multiplies_over_all_its_labels(
    equation: str, right: Shape, result: Shape, macs: int, elementwise: int
):
    shapes = {"x": (2, 3, 4), "z": right, "y": result}
    breakdown = counted(node("Einsum", "x z", equation=equation), shapes=shapes, inputs="x z", convention=EVERYTHING)
    assert (breakdown.macs, other_flop(breakdown)) == (macs, elementwise)


@pytest.mark.parametrize("equation", ["...ij,...jk->ik", "bii,bik->bk", "bij,bk->bk", "bij,bij,bij->bij", ""])
def test_an_einsum_that_is_more_than_a_product_is_refused(equation: str):
    with pytest.raises(CountingError, match=r"^net\.onnx: make y \(Einsum\): '.*' is not counted; expected a product"):
        counted(
            node("Einsum", "x z", equation=equation), shapes={"x": (2, 3, 3), "z": (2, 3, 3), "y": (2,)}, inputs="x z"
        )


def test_an_einsum_of_three_inputs_is_refused_since_the_order_of_its_products_is_open():
    with pytest.raises(CountingError, match=r"'ij,jk,kl->il' multiplies 3 inputs in an order that the standard leaves"):
        counted(
            node("Einsum", "x z w", equation="ij,jk,kl->il"),
            shapes={"x": (2, 3), "z": (3, 4), "w": (4, 5), "y": (2, 5)},
            inputs="x z w",
        )


@pytest.mark.parametrize(("op", "gates", "elementwise"), [("LSTM", 4, 3), ("GRU", 3, 4), ("RNN", 1, 0)])
@pytest.mark.parametrize("directions", [1, 2])
def test_recurrent_layers_multiply_input_and_state_at_each_step(op: str, gates: int, elementwise: int, directions: int):
    # 7 steps, a batch of one, 5 numbers in, 6 units.
    shapes = {
        "x": (7, 1, 5),
        "w": (directions, gates * 6, 5),
        "r": (directions, gates * 6, 6),
        "b": (directions, gates * 12),
        "y": (7, directions, 1, 6),
    }
    breakdown = counted(node(op, "x w r b"), shapes=shapes, constants="w r b", convention=EVERYTHING)
    wide = directions * gates * 6
    assert breakdown.macs == 7 * wide * (5 + 6)
    assert breakdown.params == wide * (5 + 6 + 2)
    # The input has no gradient; the state has one.
    assert training_macs(breakdown) == [7 * wide * (2 * 5 + 3 * 6)]
    # A function of each gate, two biases of it, and what the cell multiplies and adds.
    assert other_flop(breakdown) == 7 * (3 * wide + elementwise * directions * 6)


def test_the_first_state_of_a_recurrent_layer_is_no_parameter():
    shapes = {"x": (7, 1, 5), "w": (1, 6, 5), "r": (1, 6, 6), "h": (1, 1, 6), "y": (7, 1, 1, 6)}
    assert counted(node("RNN", "x w r - - h"), shapes=shapes, constants="w r h").params == 66


@pytest.mark.parametrize(
    ("queries", "keys", "attributes"),
    [
        ((1, 4, 10, 8), (1, 2, 12, 8), {}),
        ((1, 10, 32), (1, 12, 16), {"q_num_heads": 4, "kv_num_heads": 2}),
    ],
)
def test_attention_is_two_products(queries: Shape, keys: Shape, attributes: dict[str, int]):
    shapes = {"x": queries, "k": keys, "v": keys, "y": queries}
    breakdown = counted(node("Attention", "x k v", **attributes), shapes=shapes, inputs="x k v", convention=EVERYTHING)
    # 4 heads of 10 queries and 12 keys, 8 wide, twice; a softmax over 480 scores.
    assert (breakdown.macs, other_flop(breakdown)) == (2 * 480 * 8, 480)


def test_a_product_of_two_activations_trains_with_a_gradient_for_each():
    breakdown = counted(
        node("MatMul", "x w", "a"),
        node("MatMul", "x v", "b"),
        node("MatMul", "a b"),
        shapes={"x": (4, 4), "w": (4, 4), "v": (4, 4), "a": (4, 4), "b": (4, 4), "y": (4, 4)},
        constants="w v",
    )
    # 64 each; the first two get raw input, the third two trained factors.
    assert training_macs(breakdown) == [128, 128, 192]


def test_a_product_of_two_inputs_has_no_gradient_at_all():
    shapes = {"x": (4, 4), "z": (4, 4), "y": (4, 4)}
    assert training_macs(counted(node("MatMul", "x z"), shapes=shapes, inputs="x z")) == [64]


def test_whole_numbers_carry_no_gradient():
    breakdown = counted(
        node("MatMul", "x w", "a"),
        node("ArgMax", "a", "i"),
        node("Gather", "e i", "g"),
        node("MatMul", "z v"),
        shapes={
            "x": (4, 4),
            "w": (4, 4),
            "a": (4, 4),
            "i": (4,),
            "e": (9, 4),
            "g": (4, 4),
            "z": (4, 4),
            "v": (4, 2),
            "y": (4, 2),
        },
        constants="w e v",
        indices="i",
        inputs="x z",
    )
    assert [row.path for row in breakdown.rows] == ["make a", "make g", "make y"]
    assert training_macs(breakdown) == [128, 0, 64]


def test_a_shared_weight_counts_once_where_it_is_used_first():
    breakdown = counted(
        node("Gather", "e x", "a"),
        node("Transpose", "e", "t"),
        node("MatMul", "a t"),
        shapes={"x": (1, 7), "e": (50, 4), "a": (1, 7, 4), "t": (4, 50), "y": (1, 7, 50)},
        constants="e",
        indices="x",
    )
    assert [(row.kind, row.params) for row in breakdown.rows] == [("Gather", 200), ("MatMul", 0)]
    # Reading rows multiplies nothing; the product trains both factors.
    assert training_macs(breakdown) == [0, 3 * 7 * 4 * 50]


def test_weights_that_are_turned_or_unpacked_belong_to_the_product():
    breakdown = counted(
        node("Cast", "w", "c"),
        node("Transpose", "c", "t"),
        node("MatMul", "x t"),
        shapes={"x": (1, 4), "w": (3, 4), "c": (3, 4), "t": (4, 3), "y": (1, 3)},
        constants="w",
    )
    assert [(row.kind, row.params, row.training_macs) for row in breakdown.rows] == [("MatMul", 12, 24)]


def test_running_means_whole_numbers_and_single_numbers_are_not_trained():
    breakdown = counted(
        node("BatchNormalization", "x scale shift mean var", "a"),
        node("Mul", "a half", "b"),
        node("Mul", "b one", "c"),
        node("Reshape", "c to"),
        shapes=dict.fromkeys(("scale", "shift", "mean", "var"), (6,))
        | {
            "x": (1, 6, 2),
            "a": (1, 6, 2),
            "b": (1, 6, 2),
            "c": (1, 6, 2),
            "half": (),
            "one": (1,),
            "to": (2,),
            "y": (1, 12),
        },
        constants="scale shift mean var half one to",
        indices="to",
        convention=EVERYTHING,
    )
    assert [(row.kind, row.params, row.other_flop) for row in breakdown.rows] == [
        ("BatchNormalization", 12, 12.0),
        ("Mul", 0, 12.0),
        ("Mul", 0, 12.0),
    ]


def test_a_single_weight_is_trained_where_it_is_a_weight():
    shapes = {"x": (1, 1), "w": (1, 1), "b": (1,), "s": (1,), "a": (1, 1), "y": (1, 1)}
    assert counted(node("Gemm", "x w b", "a"), node("PRelu", "a s"), shapes=shapes, constants="w b s").params == 3


def test_a_first_state_stretched_to_the_batch_is_still_no_parameter():
    breakdown = counted(
        node("Shape", "x", "n"),
        node("Expand", "zeros n", "h"),
        node("RNN", "x w r - - h"),
        shapes={
            "x": (7, 1, 5),
            "n": (3,),
            "zeros": (1, 1, 6),
            "h": (1, 1, 6),
            "w": (1, 6, 5),
            "r": (1, 6, 6),
            "y": (7, 1, 1, 6),
        },
        constants="zeros w r",
        indices="n",
    )
    assert [(row.kind, row.params) for row in breakdown.rows] == [("RNN", 66)]


def test_a_product_of_weights_alone_counts():
    breakdown = counted(
        node("MatMul", "q w", "a"),
        node("Add", "x a"),
        shapes={"q": (3, 4), "w": (4, 4), "a": (3, 4), "x": (3, 4), "y": (3, 4)},
        constants="q w",
    )
    # Both factors are trained.
    assert [(row.macs, row.training_macs, row.params) for row in breakdown.rows] == [(48, 144, 28), (0, 0, 0)]


@pytest.mark.parametrize(
    ("op", "inputs", "result", "flop"),
    [
        ("Relu", "x", (1, 4, 6, 6), 144),
        ("Softmax", "x", (1, 4, 6, 6), 144),
        ("GlobalAveragePool", "x", (1, 4, 1, 1), 144),
        ("ReduceMean", "x", (1, 4), 144),
        ("LRN", "x", (1, 4, 6, 6), 144),
        ("Sum", "x x x", (1, 4, 6, 6), 288),
        ("Add", "x x", (1, 4, 6, 6), 144),
    ],
)
def test_other_work_counts_by_convention(op: str, inputs: str, result: Shape, flop: int):
    shapes = {"x": (1, 4, 6, 6), "y": result}
    breakdown = counted(node(op, inputs), shapes=shapes, convention=EVERYTHING)
    assert (breakdown.inference_flop, breakdown.macs) == (flop, 0)
    assert counted(node(op, inputs), shapes=shapes).inference_flop == 0


def test_a_pool_looks_at_every_number_of_every_window():
    breakdown = counted(
        node("MaxPool", "x", kernel_shape=(3, 2), strides=(2, 1)),
        shapes={"x": (1, 4, 6, 6), "y": (1, 4, 2, 5)},
        convention=EVERYTHING,
    )
    assert (breakdown.inference_flop, breakdown.rows[0].detail) == (40 * 6, "3x2, stride 2x1")


def test_a_batch_that_the_file_fixes_is_counted_and_shown():
    breakdown = counted(node("MatMul", "x w"), shapes={"x": (8, 5), "w": (5, 3), "y": (8, 3)}, constants="w")
    assert (breakdown.macs, breakdown.input_shape, breakdown.rows[0].output_shape) == (120, (8, 5), (8, 3))


def test_unknown_operators_are_all_named():
    unknown = [node("my.domain::Foo", "x", "a"), node("Det", "a", "b"), node("my.domain::Foo", "b", "y")]
    with pytest.raises(CountingError) as caught:
        counted(*unknown, shapes={"x": (1, 2)})
    assert str(caught.value) == (
        "net.onnx: 3 operators that cannot be counted: Det (1, first 'make b'), my.domain::Foo (2, first 'make a')"
    )


@pytest.mark.parametrize(
    ("made", "shapes", "message"),
    [
        (node("Relu", "x"), {"y": None}, "make y (Relu): the shape of 'y' is not known"),
        (node("Relu", "x"), {"y": (1, 0)}, "make y (Relu): 'y' is 1x0; expected whole numbers above zero"),
        (node("Relu", "x"), {"y": (2**40, 2**40)}, "make y (Relu): 'y' is 1099511627776x1099511627776; expected at"),
        (node("Relu", "z"), {"y": (1, 2)}, "make y (Relu): no node outputs its input 'z'"),
        (node("MatMul", "x w"), {"w": (4, 3), "y": (1, 3)}, "make y (MatMul): got 1x2 and 4x3; needs shapes that fit"),
        (node("Gemm", "x w"), {"w": (4,), "y": (1, 3)}, "make y (Gemm): got 4 as input 2; needs 2 axes"),
        (node("Gemm", "x"), {"y": (1, 3)}, "make y (Gemm): has no input 2"),
        (node("Conv", "x w"), {"w": (4, 3), "y": (1, 3)}, "make y (Conv): got 1x2 and 4x3; needs shapes that fit"),
        (node("Transpose", "x"), {"y": (2, 1)}, "no operator computes anything; expected at least one"),
    ],
)
def test_what_does_not_fit_is_named_in_one_line(made: OnnxNode, shapes: dict[str, Shape | None], message: str):
    with pytest.raises(CountingError) as caught:
        counted(made, shapes={"x": (1, 2)} | shapes, constants="w")
    assert str(caught.value).startswith(f"net.onnx: {message}")


def test_a_batch_is_above_zero():
    with pytest.raises(ShapeError, match="batch is 0"):
        onnx_breakdown(graph(node("Relu", "x"), shapes={"x": (1, 2), "y": (1, 2)}), batch=0)


def test_every_place_of_settings_belongs_to_an_operator():
    assert set(SETTINGS) <= set(OPERATORS)


def test_every_operator_of_the_standard_is_counted_but_those_with_graphs_and_determinants():
    standard = {schema.name for schema in onnx.defs.get_all_schemas_with_history() if not schema.domain}
    assert standard - OPERATORS.keys() == {"Det", "If", "Loop", "Scan", "SequenceMap"}
