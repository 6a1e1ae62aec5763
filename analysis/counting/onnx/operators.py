"""The operators of the ONNX standard: what each multiplies, and what other work it does.

Each takes a `Call` and returns a `Counted`. Operators not listed here cannot be counted: those with graphs inside, a
determinant, which the standard defines by no algorithm, and those beyond the standard that `microsoft` does not list.
"""

from collections.abc import Callable, Mapping
from typing import Final

from analysis.counting.layers.base import elements, spelled_shape
from analysis.counting.layers.windows import Size, window_detail
from analysis.counting.onnx import microsoft, recurrences
from analysis.counting.onnx.products import (
    Counted,
    attention_products,
    convolution_products,
    einsum_products,
    gemm_products,
    matmul_products,
    recurrent_products,
    transposed_convolution_products,
)
from analysis.counting.onnx.records import Call, OnnxTensor
from analysis.counting.onnx.transforms import affine_grid, fourier_transform, short_fourier_transform

GATES: Final = {"LSTM": 4, "GRU": 3, "RNN": 1}
# Products and sums a hidden number and step, as `layers.sequences.Gates` counts them.
_GATE_ELEMENTWISE: Final = {"LSTM": 3, "GRU": 4, "RNN": 0}
# The input with the peephole weights, and how many gates use them.
_PEEPHOLES: Final = 7
_GATES_WITH_PEEPHOLES: Final = 3

# Work on each number that comes out.
_OUTPUT_WORK: Final[Mapping[str, str]] = {
    "activation": "Celu Clip Elu Erf Gelu HardSigmoid HardSwish LeakyRelu Mish PRelu Relu Selu Shrink Sigmoid Softplus "
    "Softsign Swish Tanh ThresholdedRelu",
    "elementwise": "Abs Acos Acosh Asin Asinh Atan Atanh BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Ceil "
    "Col2Im Cos Cosh CumProd CumSum DequantizeLinear Div DynamicQuantizeLinear Exp Floor GridSample Log Mod Mul Neg "
    "Pow QuantizeLinear Reciprocal Resize RotaryEmbedding Round Sign Sin Sinh Sqrt Sub Tan Upsample",
    "lookup": "Gather GatherElements GatherND",
    "normalisation": "BatchNormalization GroupNormalization InstanceNormalization LRN LayerNormalization "
    "LpNormalization MeanVarianceNormalization RMSNormalization",
    "pooling": "MaxRoiPool RoiAlign",
    "softmax": "Hardmax LogSoftmax Softmax",
}
# Work per input number.
_INPUT_WORK: Final[Mapping[str, str]] = {
    "elementwise": "NegativeLogLikelihoodLoss",
    "pooling": "GlobalAveragePool GlobalLpPool GlobalMaxPool ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax "
    "ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare",
    "softmax": "SoftmaxCrossEntropyLoss",
}
# Numbers move, are picked, compared or made without a count.
_NO_WORK: Final = (
    "And ArgMax ArgMin Bernoulli BitCast BlackmanWindow Cast CastLike CenterCropPad Compress Concat "
    "ConcatFromSequence Constant ConstantOfShape DepthToSpace Dropout Equal Expand EyeLike Flatten Greater "
    "GreaterOrEqual HammingWindow HannWindow Identity ImageDecoder IsInf IsNaN Less LessOrEqual MaxUnpool "
    "MelWeightMatrix Multinomial NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement "
    "Or Pad RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range RegexFullMatch Reshape "
    "ReverseSequence Scatter ScatterElements ScatterND SequenceAt SequenceConstruct SequenceEmpty SequenceErase "
    "SequenceInsert SequenceLength Shape Size Slice SpaceToDepth Split SplitToSequence Squeeze StringConcat "
    "StringNormalizer StringSplit TensorScatter TfIdfVectorizer Tile TopK Transpose Trilu Unique Unsqueeze Where Xor"
)
MOVES: Final = frozenset(_NO_WORK.split())

# Places among the inputs whose numbers are set or observed, not trained.
SETTINGS: Final[Mapping[str, frozenset[int]]] = {
    **microsoft.SETTINGS,
    "Attention": frozenset({3, 4, 5, 6}),
    "BatchNormalization": frozenset({3, 4}),
    "CausalConvWithState": frozenset({3}),
    "Clip": frozenset({1, 2}),
    "ConvInteger": frozenset({2, 3}),
    "DFT": frozenset({1, 2}),
    "DequantizeLinear": frozenset({1, 2}),
    # What is subtracted or divided by is a mean or a deviation of the data, not a weight.
    "Div": frozenset({1}),
    "Dropout": frozenset({1, 2}),
    "GRU": frozenset({4, 5}),
    "LSTM": frozenset({4, 5, 6}),
    "LinearAttention": frozenset({3}),
    "MatMulInteger": frozenset({2, 3}),
    "OneHot": frozenset({1, 2}),
    "Pad": frozenset({1, 2, 3}),
    "Pow": frozenset({1}),
    "QLinearConv": frozenset({1, 2, 4, 5, 6, 7}),
    "QLinearMatMul": frozenset({1, 2, 4, 5, 6, 7}),
    "QuantizeLinear": frozenset({1, 2}),
    "RNN": frozenset({4, 5}),
    "Resize": frozenset({1, 2, 3}),
    "RotaryEmbedding": frozenset({1, 2}),
    "STFT": frozenset({1, 2, 3}),
    "Sub": frozenset({1}),
    "Upsample": frozenset({1}),
}


def counted(call: Call) -> Counted:
    """What a node does. Raises: CountingError, ShapeError where its shapes are not known or do not fit."""
    return OPERATORS[call.node.op](call)


def _convolution(call: Call) -> Counted:
    return Counted(products=convolution_products(call), work=_bias(call, 2), detail=_convolution_detail(call, 1))


def _quantised_convolution(call: Call) -> Counted:
    products = convolution_products(call, weights=3)
    return Counted(products=products, work=_bias(call, 8), detail=_convolution_detail(call, 3))


def _integer_convolution(call: Call) -> Counted:
    return Counted(products=convolution_products(call), detail=_convolution_detail(call, 1))


def _transposed_convolution(call: Call) -> Counted:
    products = transposed_convolution_products(call)
    return Counted(products=products, work=_bias(call, 2), detail=_convolution_detail(call, 1))


def _gemm(call: Call) -> Counted:
    return Counted(products=gemm_products(call), work=_bias(call, 2))


def _matmul(call: Call) -> Counted:
    return Counted(products=matmul_products(call))


def _quantised_matmul(call: Call) -> Counted:
    return Counted(products=matmul_products(call, second=3))


def _einsum(call: Call) -> Counted:
    products, elementwise = einsum_products(call)
    work = {"elementwise": elementwise} if elementwise else {}
    return Counted(products=products, work=work, detail=call.word("equation"))


def _attention(call: Call) -> Counted:
    products, scores = attention_products(call)
    return Counted(products=products, work={"softmax": scores})


def _swiglu(call: Call) -> Counted:
    size = elements(call.output())
    return Counted(work={"activation": size, "elementwise": size})


def _deformable_convolution(call: Call) -> Counted:
    products = convolution_products(call, moved_by=(2, 4))
    return Counted(products=products, work=_bias(call, 3), detail=_convolution_detail(call, 1))


def _causal_convolution(call: Call) -> Counted:
    activation = {"activation": elements(call.output())} if call.word("activation") not in ("", "none") else {}
    return Counted(products=recurrences.causal_convolution_products(call), work=_bias(call, 2) | activation)


def _linear_attention(call: Call) -> Counted:
    return Counted(products=recurrences.linear_attention_products(call))


def _recurrent(call: Call) -> Counted:
    gates = GATES[call.node.op]
    products, states = recurrent_products(call, gates)
    elementwise = _GATE_ELEMENTWISE[call.node.op] + (_GATES_WITH_PEEPHOLES if call.has(_PEEPHOLES) else 0)
    work = {"activation": gates * states, "elementwise": elementwise * states}
    if call.has(3):
        # ONNX adds one bias to the input's products and one to the state's.
        work["bias"] = 2 * gates * states
    directions, _, hidden = call.shape(2)
    return Counted(products=products, work=work, detail=f"{hidden} units" + (", both ways" if directions == 2 else ""))


def _pool(call: Call) -> Counted:
    kernel = call.numbers("kernel_shape")
    detail = window_detail(kernel, _one(call.numbers("strides")), _one(call.numbers("dilations")))
    return Counted(work={"pooling": elements(call.output()) * elements(kernel)}, detail=detail)


def _addition(call: Call) -> Counted:
    """A bias where one of two addends is trained."""
    return Counted(work={"bias" if call.weights else "elementwise": elements(call.output())})


def _many(call: Call) -> Counted:
    """One operation less than there are inputs."""
    return Counted(work={"elementwise": (len(call.node.inputs) - 1) * elements(call.output())})


def _no_work(_call: Call) -> Counted:
    return Counted()


def _moved(call: Call) -> Counted:
    """As many numbers come out as go in, which inference does not ask of a shape that is written in the file."""
    given, out = (call.tensors.get(name, OnnxTensor()).shape for name in (call.node.inputs[0], call.node.outputs[0]))
    if given is not None and out is not None and elements(given) != elements(out):
        raise call.misfit(f"got {spelled_shape(given)} and gives {spelled_shape(out)}; needs as many numbers in both")
    return Counted()


def _output_work(kind: str) -> "Rule":
    return lambda call: Counted(work={kind: elements(call.output())})


def _input_work(kind: str) -> "Rule":
    return lambda call: Counted(work={kind: elements(call.shape(0))})


def _bias(call: Call, place: int) -> dict[str, int]:
    return {"bias": elements(call.output())} if call.has(place) else {}


def _convolution_detail(call: Call, weights: int) -> str:
    """Kernel, stride, dilation and groups."""
    kernel = call.shape(weights)[2:]
    return window_detail(
        kernel, _one(call.numbers("strides")), _one(call.numbers("dilations")), call.number("group", 1)
    )


def _one(sizes: tuple[int, ...]) -> Size:
    """One size where all axes have the same, such as where none is given."""
    return sizes if len(set(sizes)) > 1 else (*sizes, 1)[0]


Rule = Callable[[Call], Counted]
_PRODUCTS: Final[Mapping[str, Rule]] = {
    **microsoft.PRODUCTS,
    **dict.fromkeys(GATES, _recurrent),
    "AffineGrid": affine_grid,
    "Attention": _attention,
    "CausalConvWithState": _causal_convolution,
    "Conv": _convolution,
    "ConvInteger": _integer_convolution,
    "ConvTranspose": _transposed_convolution,
    "DFT": fourier_transform,
    "DeformConv": _deformable_convolution,
    "Einsum": _einsum,
    "Gemm": _gemm,
    "LinearAttention": _linear_attention,
    "MatMul": _matmul,
    "MatMulInteger": _matmul,
    "QLinearConv": _quantised_convolution,
    "QLinearMatMul": _quantised_matmul,
    "STFT": short_fourier_transform,
}
MULTIPLY: Final = frozenset(_PRODUCTS)
# Operators of which a single number may be the whole weight or scale.
MAY_HOLD_ONE: Final = MULTIPLY | {"PRelu", *_OUTPUT_WORK["normalisation"].split()}
# Places among the inputs where whole numbers of any width are quantised weights and biases.
QUANTISED: Final[Mapping[str, frozenset[int]]] = {
    **microsoft.QUANTISED,
    "ConvInteger": frozenset({1}),
    "DequantizeLinear": frozenset({0}),
    "MatMulInteger": frozenset({1}),
    "QLinearConv": frozenset({3, 8}),
    "QLinearMatMul": frozenset({3}),
}
OPERATORS: Final[Mapping[str, Rule]] = {
    **{op: _output_work(kind) for kind, ops in _OUTPUT_WORK.items() for op in ops.split()},
    **{op: _input_work(kind) for kind, ops in _INPUT_WORK.items() for op in ops.split()},
    **dict.fromkeys(MOVES, _no_work),
    **dict.fromkeys(("DepthToSpace", "Reshape", "SpaceToDepth"), _moved),
    **dict.fromkeys(("AveragePool", "LpPool", "MaxPool"), _pool),
    **dict.fromkeys(("Max", "Mean", "Min", "Sum"), _many),
    **microsoft.OTHERS,
    **_PRODUCTS,
    "SwiGLU": _swiglu,
    "Add": _addition,
}
