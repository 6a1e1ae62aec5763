"""Fourier transforms of ONNX files, next to the products with matrices that they are."""

from collections.abc import Sequence
from typing import Any

import pytest
from onnx import TensorProto, helper

from analysis.counting.convention import EVERYTHING
from analysis.counting.onnx.reader import count_onnx

from .models import Save, fault, model, node, weights, whole


def number(name: str, held: int) -> Any:
    return helper.make_tensor(name, TensorProto.INT64, [], [held])


@pytest.mark.parametrize(
    ("inputs", "x", "attributes", "version", "macs"),
    [
        # 8 complex numbers, 16 real ones, from 8 real ones each, twice.
        ("x", [2, 8, 1], {}, 20, 2 * 16 * 8),
        # From real and imaginary parts.
        ("x", [2, 8, 2], {}, 20, 2 * 16 * 16),
        # 5 of the 8, the others mirror them.
        ("x", [2, 8, 1], {"onesided": 1}, 20, 2 * 10 * 8),
        # 12 numbers, 4 of them zeros; 7 of 12 are given.
        ("x twelve", [2, 8, 1], {"onesided": 1}, 20, 2 * 14 * 12),
        # 11 numbers, of which 6 are given: the length does not follow from the output.
        ("x eleven", [2, 8, 1], {"onesided": 1}, 20, 2 * 12 * 11),
        # The way back from 5 complex numbers to 8 real ones.
        ("x", [2, 5, 2], {"onesided": 1, "inverse": 1}, 25, 2 * 8 * 10),
        # Along the first axis, of 3.
        ("x - zero", [3, 8, 1], {}, 20, 8 * 6 * 3),
        ("x", [1, 3, 8, 1], {"axis": 1}, 17, 8 * 6 * 3),
    ],
)
def test_a_transform_is_a_product_with_a_fixed_matrix(
    saved: Save, inputs: str, x: Sequence[int], attributes: dict[str, int], version: int, macs: int
):
    constants = [number("twelve", 12), number("eleven", 11), number("zero", 0)]
    net = model(node("DFT", inputs, "y", **attributes), x=x, constants=constants, version=version)
    found = count_onnx(saved(net))
    assert (found.macs, found.params) == (macs, 0)


@pytest.mark.parametrize(
    ("inputs", "x", "attributes", "macs"),
    [
        # (40 - 16) / 4 + 1 = 7 frames of 16 real numbers; 9 complex ones.
        ("x four window", [1, 40, 1], {}, 7 * 18 * 16),
        # 16 of complex ones.
        ("x four window", [1, 40, 2], {"onesided": 0}, 7 * 32 * 32),
        # (40 - 15) / 4 + 1 = 7 frames, 8 complex numbers of 15.
        ("x four - fifteen", [1, 40, 1], {}, 7 * 16 * 15),
    ],
)
def test_a_short_transform_counts_every_frame(
    saved: Save, inputs: str, x: Sequence[int], attributes: dict[str, int], macs: int
):
    constants = [number("four", 4), number("fifteen", 15), weights("window", 16)]
    found = count_onnx(saved(model(node("STFT", inputs, "y", **attributes), x=x, constants=constants)))
    # The window is fixed, like the matrix.
    assert (found.macs, found.params) == (macs, 0)


def test_a_short_transform_counts_as_the_convolution_that_computes_it(saved: Save):
    constants = [number("four", 4), weights("window", 16)]
    transform = count_onnx(saved(model(node("STFT", "x four window", "y"), x=[1, 40, 1], constants=constants)))
    # Cosines and sines of 9 frequencies.
    kernels = model(node("Conv", "x w", "y", strides=[4]), x=[1, 1, 40], constants=[weights("w", 18, 1, 16)])
    assert transform.macs == count_onnx(saved(kernels)).macs


def test_the_window_is_work_element_by_element(saved: Save):
    net = model(node("STFT", "x four window", "y"), x=[1, 40, 1], constants=[number("four", 4), weights("window", 16)])
    found = count_onnx(saved(net), convention=EVERYTHING)
    assert found.inference_flop == 2 * 7 * 18 * 16 + 7 * 16


def test_a_transform_passes_the_gradient_on_and_has_none_of_its_own(saved: Save):
    net = model(
        node("MatMul", "x w", "a"),
        node("STFT", "a four window", "y"),
        x=[1, 40, 1],
        constants=[weights("w", 1, 1), number("four", 4), weights("window", 16)],
    )
    product, transform = count_onnx(saved(net)).rows
    # The gradient of the weight; the gradient of the input.
    assert (product.training_macs, transform.training_macs) == (2 * product.macs, 2 * transform.macs)


@pytest.mark.parametrize(
    ("version", "macs"),
    [
        # The second axis, of 3: 4 x 8 times 6 numbers, each from 3.
        (17, 4 * 8 * 6 * 3),
        (19, 4 * 8 * 6 * 3),
        # The last one of positions, of 8: 3 x 4 times 16 numbers, each from 8.
        (20, 3 * 4 * 16 * 8),
    ],
)
def test_the_axis_that_is_left_out_depends_on_the_version(saved: Save, version: int, macs: int):
    net = model(node("DFT", "x", "y"), x=[1, 3, 4, 8, 1], version=version)
    assert count_onnx(saved(net)).macs == macs


def test_a_transform_of_unknown_length_is_refused(saved: Save):
    length = helper.make_tensor_value_info("n", TensorProto.INT64, [])
    net = model(node("DFT", "x n", "y"), x=[1, 8, 1], more=[length], version=20)
    assert "is not known; expected one that follows from the input" in fault(saved(net))


def test_a_transform_along_the_parts_of_numbers_is_refused(saved: Save):
    net = model(node("DFT", "x", "y", axis=2), x=[1, 8, 1], version=17)
    assert fault(saved(net)).startswith("net.onnx: ")


@pytest.mark.parametrize(
    ("matrices", "size", "macs"),
    [
        # 5 x 6 places, two numbers each from three.
        ([1, 2, 3], [1, 4, 5, 6], 5 * 6 * 2 * 3),
        # Three numbers each from four.
        ([2, 3, 4], [2, 4, 5, 6, 7], 2 * 5 * 6 * 7 * 3 * 4),
    ],
)
def test_a_grid_is_a_product_of_a_matrix_with_every_place(
    saved: Save, matrices: Sequence[int], size: Sequence[int], macs: int
):
    net = model(node("AffineGrid", "x size", "y"), x=matrices, constants=[whole("size", *size)])
    found = count_onnx(saved(net))
    assert (found.macs, found.params) == (macs, 0)


def test_a_grid_of_other_axes_than_its_matrices_is_refused(saved: Save):
    net = model(node("AffineGrid", "x size", "y"), x=[1, 2, 3], constants=[whole("size", 1, 4, 5, 6, 7)])
    assert fault(saved(net)).startswith("net.onnx: ")


def test_a_matrix_of_mel_bands_is_made_not_learned(saved: Save):
    edges = [helper.make_tensor(name, TensorProto.FLOAT, [], [held]) for name, held in (("low", 0.0), ("high", 4000.0))]
    sizes = [number("bands", 8), number("length", 16), number("rate", 8000)]
    net = model(
        node("MelWeightMatrix", "bands length rate low high", "m"),
        node("MatMul", "x m", "y"),
        x=[1, 3, 9],
        constants=[*sizes, *edges],
    )
    found = count_onnx(saved(net))
    # 9 frequencies of a transform of 16 numbers.
    assert (found.macs, found.params) == (3 * 9 * 8, 0)
