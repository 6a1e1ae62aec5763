"""The command that counts a network: by name, from a Python file, and what it says of bad input."""

import json
import subprocess
import sys
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from analysis.__main__ import main
from analysis.counting.catalogue import ARCHITECTURES
from analysis.input_files import ROOT

Capture = pytest.CaptureFixture[str]
NETWORK = """
from analysis.counting.layers import Conv2d, Flatten, Linear, Repeat, Sequential

def small():
    return Sequential((Conv2d(3, 8, kernel=3, padding=1), Flatten(), Linear(8 * 16 * 16, 10)))

def broken():
    return Conv2d(3, 8, kernel=0)

def fails():
    raise RuntimeError("no such\\nlayer")

def seven():
    return 7

layer = Linear(8, 4)

def leaves():
    import sys
    sys.exit("enough")

def deep():
    return deep()

def full():
    raise MemoryError

class Wordless(Exception):
    def __str__(self):
        raise ValueError

def wordless():
    raise Wordless

class Own(Linear):
    def macs(self, input_shape):
        return 1 // 0

def own():
    return Own(8, 4)

def torch():
    return Linear(in_features=8, out_features=4)

def million():
    return Repeat(Repeat(Linear(8, 8), 1000), 1000)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A Python file of a user with some networks."""
    path = tmp_path / "mine.py"
    path.write_text(NETWORK, encoding="utf-8")
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """An ONNX file with one convolution."""
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, 8, 8])
    given = helper.make_tensor_value_info("given", TensorProto.FLOAT, None)
    weights = helper.make_tensor("weights", TensorProto.FLOAT, [4, 3, 3, 3], [0.0] * 108)
    node = helper.make_node("Conv", ["picture", "weights"], ["given"], pads=[1, 1, 1, 1])
    path = tmp_path / "model.onnx"
    onnx.save(helper.make_model(helper.make_graph([node], "small", [picture], [given], [weights])), path)
    return path


def fault(capsys: Capture, *arguments: str) -> str:
    """The one line on standard error of a count that fails."""
    assert main(["count", *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line.removeprefix("error: ")


def test_a_network_is_counted_by_name(capsys: Capture) -> None:
    assert main(["count", "alexnet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "AlexNet, two groups, input 3x224x224",
        "  multiply-adds     724,406,816",
        "  parameters        60,965,224",
        "  FLOP, inference   1,448,813,632",
    ]


def test_another_input_a_batch_and_a_convention_are_heeded(capsys: Capture) -> None:
    arguments = ["--input", "3x63x63", "--batch", "2", "--convention", "ai-and-efficiency", "--json"]
    assert main(["count", "alexnet_one_tower", *arguments]) == 1
    assert "needs 9216 along the last axis" in capsys.readouterr().err
    assert main(["count", "resnet18", *arguments]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["input"], written["batch"]) == ([3, 63, 63], 2)
    assert written["inference_flop"] == written["macs"]


def test_training_is_printed_both_ways(capsys: Capture) -> None:
    assert main(["count", "alexnet", "--training"]) == 0
    text = capsys.readouterr().out
    assert "4,135,610,496 counted" in text
    assert "4,346,440,896 by the rule of 3 forward passes" in text


def test_layers_are_listed_one_a_line(capsys: Capture) -> None:
    assert main(["count", "alexnet", "--layers"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["convolution", "2.1", "conv2d", "5x5,", "groups", "2", "256x27x27", "223,948,800", "307,456"] in lines


def test_without_a_name_every_network_is_listed(capsys: Capture) -> None:
    assert main(["count"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == list(ARCHITECTURES)


def test_a_network_of_the_users_own_file_is_counted(capsys: Capture, file: Path) -> None:
    assert main(["count", f"{file}:small", "--input", "3x16x16", "--json"]) == 0
    # 8 x 16 x 16 x 27 + 2,048 x 10; (27 + 1) x 8 + 2,049 x 10
    written = json.loads(capsys.readouterr().out)
    assert (written["macs"], written["params"]) == (75_776, 20_714)


def test_a_network_of_the_catalogue_is_counted_by_the_place_its_page_names(capsys: Capture) -> None:
    known = ARCHITECTURES["densenet169"]
    assert main(["count", f"{ROOT / known.code}:{known.function}"]) == 0
    assert "multiply-adds     3,359,843,328" in capsys.readouterr().out


def test_counting_waits_for_no_heavy_library(file: Path) -> None:
    """Neither a network by name, nor a configuration, nor a network in Python."""
    config = file.with_name("config.json")
    sizes = {"n_embd": 8, "n_head": 2, "n_layer": 1, "n_positions": 4, "vocab_size": 10}
    config.write_text(json.dumps({"model_type": "gpt2", **sizes}), encoding="utf-8")
    arguments = [["count", "alexnet"], ["count", str(config)], ["count", f"{file}:small", "--input", "3x16x16"]]
    code = f"import sys; from analysis.__main__ import main; [main(one) for one in {arguments}]; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pandas", "matplotlib", "numpy", "scipy", "pydantic", "onnx"} & set(run.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["alexnett"], "no architecture 'alexnett'; did you mean 'alexnet'?"),
        (
            ["models/net.pb"],
            "models/net.pb: found no network; expected a name, path/to/file.py:function, path/to/model.onnx or path/to/config.json",
        ),
        (
            ["net.pt"],
            (
                "net.pt: a file of PyTorch is not read; expected an export by torch.onnx.export(model, (example,), "
                '"model.onnx", dynamo=True), or the config.json of the model'
            ),
        ),
        (
            ["a/model.safetensors"],
            "a/model.safetensors: holds weights, not a network; expected the config.json of the model",
        ),
        (
            ["a/pytorch_model.bin"],
            "a/pytorch_model.bin: holds weights, not a network; expected the config.json of the model",
        ),
        (
            ["net.h5"],
            'net.h5: a file of Keras is not read; expected an export by model.export("model.onnx", format="onnx")',
        ),
        (
            ["alexnet", "--length", "5"],
            "--length: expected a configuration, such as config.json; other networks take --input",
        ),
        (
            ["config.json", "--input", "5"],
            "--input: a configuration has its shapes; expected --length, such as --length 2048",
        ),
        (["config.json", "--length", "0"], "--length: found 0; expected a whole number above zero"),
        (["config.json"], "config.json: No such file or directory; expected a configuration such as config.json"),
        (["alexnet", "--input", "224x224"], "convolution 1.1: conv2d got 224x224; needs channels x height x width"),
        (["alexnet", "--input", "1x224x224"], "convolution 1.1: conv2d got 1x224x224; needs 3 channels"),
        (["alexnet", "--input", "3x0x224"], "input shape 3x0x224: expected whole numbers above zero"),
        (["alexnet", "--input", "3x-1x224"], "--input: found '3x-1x224'; expected sizes such as 3x224x224"),
        (["alexnet", "--input", "x=3x2"], "--input x=: only the inputs of an ONNX file have names"),
        (
            ["alexnet", "--input", "3", "--input", "4"],
            "--input: found '4' after another shape of the same input; expected one each",
        ),
        (["alexnet", "--input", "wide"], "--input: found 'wide'; expected sizes such as 3x224x224"),
        (["alexnet", "--input", "3,224x224"], "--input: found '3,224x224'; expected sizes such as 3x224x224"),
        (["alexnet", "--input", "1,024"], "--input: found '1,024'; expected sizes such as 3x224x224"),
        (["alexnet", "--input", "3,,224"], "--input: found '3,,224'; expected sizes such as 3x224x224"),
        (["alexnet", "--input", "9" * 19], f"--input: found '{'9' * 19}'; expected sizes such as 3x224x224"),
        (
            ["alexnet", "--input", "8x3x224x224"],
            "--input: found 8x3x224x224; expected 3 sizes such as 3x224x224, and a batch as --batch 8",
        ),
        ([""], "no architecture ''"),
        (["alexnet", "--batch", "0"], "batch is 0; expected a whole number above zero"),
        (
            ["config.json", "--length", "9" * 20],
            "--length: found more than 1,000,000,000,000; expected the length of a text",
        ),
        (
            ["alexnet", "--convention", "product"],
            (
                "no convention 'product'; did you mean 'products'?; "
                "expected one of products, everything, ai-and-compute, ai-and-efficiency"
            ),
        ),
    ],
)
def test_bad_input_is_one_line(capsys: Capture, arguments: list[str], message: str) -> None:
    assert fault(capsys, *arguments) == message


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("smal", "{file}: no function 'smal'; did you mean 'small'?"),
        ("broken", "{file}:broken: conv2d: 'kernel' is 0; expected whole numbers above zero"),
        ("fails", "{file}:fails: RuntimeError: no such layer"),
        (
            "torch",
            (
                "{file}:torch: Linear: no setting 'in_features'; PyTorch's 'in_features' is 'in_width' here; "
                "expected some of in_width, out_width, bias"
            ),
        ),
        ("leaves", "{file}:leaves: ends Python by sys.exit; expected a network"),
        ("deep", "{file}:deep: RecursionError: maximum recursion depth exceeded"),
        ("full", "{file}:full: MemoryError"),
        ("wordless", "{file}:wordless: Wordless"),
        ("__name__", "{file}: '__name__' is str; expected a function that returns a network, or a layer"),
        ("seven", "{file}:seven: gave int; expected a layer of analysis.counting.layers"),
        ("small", "{file}:small: no usual input is known; expected --input, such as --input 3x224x224"),
    ],
)
def test_a_fault_in_the_users_file_is_one_line(capsys: Capture, file: Path, function: str, message: str) -> None:
    assert fault(capsys, f"{file}:{function}") == message.format(file=file)


def test_a_fault_in_a_layer_of_the_users_own_is_one_line(capsys: Capture, file: Path) -> None:
    message = fault(capsys, f"{file}:own", "--input", "8")
    assert message.startswith(f"{file}:own: ZeroDivisionError")


def kind_of_fault(code: str) -> str:
    """What this Python raises for code that it cannot read."""
    try:
        compile(code, "", "exec")
    except (SyntaxError, ValueError) as error:
        return type(error).__name__
    return ""


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise SystemExit", "ends Python by sys.exit; expected a network"),
        ("raise BaseExceptionGroup('several', [ValueError()])", "ExceptionGroup: several (1 sub-exception)"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("import nothing_like_it", "ModuleNotFoundError: No module named 'nothing_like_it'"),
        ("x = 1\n  y = 2", "IndentationError: unexpected indent (mine.py, line 2)"),
        # The first releases of Python 3.11 call it a ValueError.
        ("\0", f"{kind_of_fault(chr(0))}: source code string cannot contain null bytes"),
    ],
)
def test_a_file_that_fails_when_it_is_run_is_one_line(capsys: Capture, file: Path, code: str, message: str) -> None:
    file.write_text(code, encoding="utf-8")
    assert fault(capsys, f"{file}:small") == f"{file}: {message}"


def test_a_layer_of_a_file_is_a_network_itself(capsys: Capture, file: Path) -> None:
    assert main(["count", f"{file}:layer", "--input", "8", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["macs"] == 32


def test_a_file_may_postpone_its_annotations(capsys: Capture, file: Path) -> None:
    code = "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n"
    file.write_text(code + NETWORK, encoding="utf-8")
    assert main(["count", f"{file}:layer", "--input", "8"]) == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--input", "3x224x224"],
        ["--batch", "1"],
        ["--convention", "products"],
        ["--layers"],
        ["--training"],
        ["--json"],
    ],
    ids=str,
)
def test_an_option_without_a_network_is_refused(capsys: Capture, options: list[str]) -> None:
    message = fault(capsys, *options)
    assert message == f"{options[0]}: expected a network to count, such as count resnet50 {options[0]}"


@pytest.mark.parametrize(
    "shape",
    ["3x63x63", "3,63,63", "3, 63, 63", "(3, 63, 63)", "[3,63,63]", "3X63X63", "3 × 63 × 63", "1x3x63x63", "1,3,63,63"],
)
def test_a_shape_may_be_written_in_any_usual_way(capsys: Capture, shape: str) -> None:
    assert main(["count", "resnet18", "--input", shape, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["input"] == [3, 63, 63]


def test_the_json_gives_every_shape_as_a_list(capsys: Capture) -> None:
    assert main(["count", "alexnet", "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["layers"][0]["input"], written["layers"][-1]["output"]) == (written["input"], written["output"])
    assert all(isinstance(layer[side], list) for layer in written["layers"] for side in ("input", "output"))


def test_the_suffix_of_a_model_may_be_in_capitals(capsys: Capture, model: Path) -> None:
    path = model.rename(model.with_name("M.ONNX"))
    assert main(["count", str(path)]) == 0
    assert "multiply-adds     6,912" in capsys.readouterr().out


def test_a_repeat_of_a_million_is_one_line(capsys: Capture, file: Path) -> None:
    message = fault(capsys, f"{file}:million", "--input", "8")
    assert message.endswith(": more than 200,000 layers; expected a network of fewer")


def test_an_onnx_file_is_counted_like_any_network(capsys: Capture, model: Path) -> None:
    assert main(["count", str(model), "--training"]) == 0
    text = capsys.readouterr().out
    # 4 x 8 x 8 x 27; 4 x 27
    assert "multiply-adds     6,912" in text
    assert "parameters        108" in text


def test_an_onnx_file_that_is_cut_off_is_one_line(capsys: Capture, model: Path) -> None:
    model.write_bytes(model.read_bytes()[:-40])
    assert fault(capsys, str(model)).startswith(f"{model}: ")


def test_a_file_without_a_function_a_missing_and_a_broken_file_are_one_line(capsys: Capture, file: Path) -> None:
    assert fault(capsys, str(file)) == f"{file}: expected path/to/file.py:function"
    missing = file.with_name("none.py")
    assert fault(capsys, f"{missing}:small") == f"{missing}: no such file"
    file.write_text("def small(:\n", encoding="utf-8")
    assert fault(capsys, f"{file}:small").startswith(f"{file}: SyntaxError: ")


LAYER = """
from analysis.counting.layers.base import Layer

class Mine(Layer):
    kind = "mine"

    def output_shape(self, input_shape):
        return {shape}

    def macs(self, input_shape):
        return {macs}

net = Mine()
"""


@pytest.mark.parametrize(
    ("shape", "macs", "message"),
    [
        ("input_shape", "'many'", "mine has 'many' and 0 multiply-adds and parameters; expected whole numbers"),
        ("input_shape", "-5", "mine has -5 and 0 multiply-adds and parameters; expected whole numbers"),
        ("input_shape", "2.5", "mine has 2.5 and 0 multiply-adds and parameters; expected whole numbers"),
        ("None", "1", "mine gives the shape None; expected whole numbers above zero"),
        ("(0, 3)", "1", "mine gives the shape (0, 3); expected whole numbers above zero"),
    ],
)
def test_a_layer_of_a_user_that_gives_no_counts_is_named(
    capsys: Capture, tmp_path: Path, shape: str, macs: str, message: str
) -> None:
    path = tmp_path / "own.py"
    path.write_text(LAYER.format(shape=shape, macs=macs), encoding="utf-8")
    assert fault(capsys, f"{path}:net", "--input", "4") == f"{path}:net: {message}"


def test_what_a_users_file_prints_is_no_part_of_the_json(capsys: Capture, file: Path) -> None:
    file.write_text(
        f"print('hello')\n{NETWORK}\ndef loud():\n    print('hello')\n    return small()\n", encoding="utf-8"
    )
    assert main(["count", f"{file}:loud", "--input", "3x16x16", "--json"]) == 0
    captured = capsys.readouterr()
    assert (json.loads(captured.out)["macs"], captured.err) == (75_776, "hello\nhello\n")


def test_a_leading_batch_of_one_is_dropped_where_only_the_network_knows_the_axes(capsys: Capture, file: Path) -> None:
    assert main(["count", f"{file}:small", "--input", "1x3x16x16", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["input"] == [3, 16, 16]
    assert "conv2d got 2x3x16x16; needs channels" in fault(capsys, f"{file}:small", "--input", "2x3x16x16")


def test_a_suffix_in_capitals_is_one_of_python(capsys: Capture, file: Path) -> None:
    assert main(["count", f"{file.rename(file.with_suffix('.PY'))}:small", "--input", "3x16x16"]) == 0
    assert "multiply-adds     75,776" in capsys.readouterr().out


def test_a_users_file_may_import_the_files_next_to_it(capsys: Capture, file: Path) -> None:
    beside = file.with_name("beside_another.py")
    beside.write_text("from mine import small\n", encoding="utf-8")
    assert main(["count", f"{beside}:small", "--input", "3x16x16"]) == 0
    assert "multiply-adds     75,776" in capsys.readouterr().out


def test_a_long_reason_is_cut(capsys: Capture, file: Path) -> None:
    file.write_text("def f():\n    raise ValueError('long ' * 10_000)\n", encoding="utf-8")
    assert len(fault(capsys, f"{file}:f")) < 500


@pytest.mark.parametrize(
    "code",
    [
        "import threading\nthread = threading.Thread(target=fail)\nthread.start()\nthread.join()\n",
        "import atexit\natexit.register(fail)\n",
        "class Kept:\n    def __del__(self):\n        fail()\nKept()\n",
    ],
)
def test_a_failure_outside_the_network_is_one_line_without_a_traceback(tmp_path: Path, code: str) -> None:
    path = tmp_path / "aside.py"
    path.write_text(
        f"from analysis.counting.layers import Linear\ndef fail():\n    raise ValueError('odd')\n{code}net = Linear(3, 3)\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "analysis", "count", f"{path}:net", "--input", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (line,) = done.stderr.splitlines()
    assert line == "warning: ValueError: odd (aside.py, line 3); --debug shows the traceback"
    assert "multiply-adds     9" in done.stdout
