"""From a network to a training run: both methods, what they imply, and what is refused."""

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.training_run.run import TrainingRun

Capture = pytest.CaptureFixture[str]
# 15.6e12 tokens on 16,384 devices for 54 days.
RUN = ["llama3_8b", "--training-run", "--tokens", "15.6e12"]
DEVICES = ["--devices", "h100-sxm", "--number-of-devices", "16384", "--days", "54", "--precision", "tensor-16bit"]


def test_the_methods_are_products_and_the_utilisation_is_their_ratio() -> None:
    run = TrainingRun(
        flop_per_example=6e9, examples=1e9, peak_flop_per_s=1e12, devices=100, seconds=2e5, utilisation=0.25
    )
    # 6e9 x 1e9 = 6e18 operations; 1e12 x 100 x 2e5 = 2e19 at peak.
    assert (run.operations_flop, run.peak_flop, run.device_time_flop) == (6e18, 2e19, 5e18)
    assert run.implied_utilisation == pytest.approx(0.3)
    # 6e18 at 1e12 x 100 x 0.25.
    assert run.seconds_needed == pytest.approx(2.4e5)
    assert TrainingRun(flop_per_example=6e9).operations_flop is None


def test_the_length_of_a_text_that_is_assumed_is_printed(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "config.json"
    path.write_text(
        json.dumps(
            {
                "model_type": "gpt2",
                "n_embd": 8,
                "n_head": 2,
                "n_layer": 1,
                "n_positions": 64,
                "vocab_size": 16,
            }
        )
    )
    for length, words in (((), "64 tokens (the longest it takes; --length takes another)"), (("1",), "1 token")):
        options = ["--length", *length] if length else []
        assert main(["count", str(path), "--training-run", "--tokens", "1e6", *options]) == 0
        assert f"  length                {words}\n" in capsys.readouterr().out


def test_a_network_a_number_of_tokens_and_devices_give_both_methods(capsys: Capture) -> None:
    assert main(["count", *RUN, *DEVICES, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["device"] == "nvidia-h100-sxm5-80gb"
    assert record["operations_flop"] == pytest.approx(record["flop_per_example"] * 15.6e12 / 8192)
    assert record["peak_flop"] == pytest.approx(9.894e14 * 16384 * 54 * 86400)
    assert record["device_time_flop"] == pytest.approx(0.33 * record["peak_flop"])
    assert record["implied_utilisation"] == pytest.approx(record["operations_flop"] / record["peak_flop"])


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (RUN, ["method 1, operations", "for method 2          give --devices, --number-of-devices, --days"]),
        (
            ["--training-run", *DEVICES, "--utilisation", "0.5"],
            ["method 2, device time 3.782 × 10²⁵ FLOP = 437,700 pfs-days at a utilisation of 0.5", "give a network"],
        ),
        ([*RUN, *DEVICES[:4], *DEVICES[6:]], ["days", "assumed as in the 2018 appendix", "give --days"]),
        (["alexnet", "--training-run", "--examples", "1e8"], ["4,135,610,496 for each example of 3x224x224"]),
        (
            ["alexnet", "--training-run", "--examples", "1e8", "--convention", "ai-and-efficiency"],
            ["2,067,805,248 for each example of 3x224x224", "convention            ai-and-efficiency: the 2020 paper"],
        ),
        ([*RUN, *DEVICES[:2], *DEVICES[6:], "--number-of-devices", "1", "--days", "1"], ["more than the devices can"]),
    ],
)
def test_what_can_be_computed_is_printed(capsys: Capture, arguments: list[str], lines: list[str]) -> None:
    assert main(["count", *arguments]) == 0
    text = capsys.readouterr().out
    assert all(line in text for line in lines), text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["alexnet", "--days", "5"], "--days: expected --training-run too"),
        ([*RUN, "--layers"], "--layers: has no effect on a training run; expected it without --training-run"),
        ([*RUN, "--examples", "5"], "--tokens and --examples: expected one of them"),
        ([*RUN, "--precision", "fp32"], "--precision: expected --devices too, whose peak rate it chooses"),
        ([*RUN, "--days", "nan"], "--days: found nan; expected a number above zero"),
        ([*RUN, "--utilisation", "33"], "--utilisation: found 33.0; expected a share of peak, from 0 to 1"),
        (["--training-run", "--tokens", "5"], "--tokens: expected a network to count, such as count llama3_8b"),
        (["alexnet", "--training-run", "--tokens", "5"], "--tokens: one example is 3x224x224, not one text; expected"),
        (["td_gammon", "--training-run", "--tokens", "5"], "--tokens: one example is 198, not one text; expected"),
        ([*RUN[:3], "1e308"], "--tokens: found 1e+308; expected a number above zero, of at most 1e+60"),
        (
            [*RUN, *DEVICES, "--convention", "ai-and-efficiency"],
            "--convention: found ai-and-efficiency, in which a multiply-add is one operation; expected one in which it",
        ),
    ],
)
def test_what_is_ambiguous_or_has_no_effect_is_refused(capsys: Capture, arguments: list[str], message: str) -> None:
    assert main(["count", *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {message}")
