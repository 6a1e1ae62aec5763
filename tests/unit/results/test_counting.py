"""The numbers of the counter: totals of every network, and public counters against them."""

import pytest

from analysis.counting.catalogue import ARCHITECTURES, architecture_named, counted
from analysis.counting.convention import Convention
from analysis.counting.count import count
from analysis.inputs.dataset import Dataset
from analysis.inputs.tables import PEER_COUNTS
from analysis.results.collect import Findings

PEERS = ("fvcore", "thop", "torchprofile")


def test_every_network_has_its_four_numbers(findings: Findings) -> None:
    for name in ARCHITECTURES:
        assert findings.results.value(f"counting.{name}.macs") == counted(name).macs
        assert findings.results.value(f"counting.{name}.params") == counted(name).params
        assert findings.results.value(f"counting.{name}.training_flop") == counted(name).training_flop


def test_a_network_enters_with_its_edition(findings_by_edition: dict[str, Findings]) -> None:
    assert "counting.alexnet.macs" in findings_by_edition["2018-05"].results.quantities
    assert "counting.gpt3_175b.macs" not in findings_by_edition["2020-05"].results.quantities


def test_training_passes_are_the_exact_step_over_the_forward_pass(findings: Findings) -> None:
    # DQN of 2013: 14,522,368 FLOP a step, 5,933,056 a forward pass.
    assert findings.results.value("counting.dqn_2013.training_passes") == pytest.approx(14_522_368 / 5_933_056)


def test_the_lowest_ratio_of_a_public_counter_is_that_of_its_worst_network(findings: Findings) -> None:
    # GPT-2 small in 1,024 tokens: THOP misses the products of attention and the tied output layer.
    expected = 87_051_730_944 / 145_824_153_600
    assert findings.results.value("counting.peers.thop_lowest") == pytest.approx(expected, rel=1e-12)


def test_calflops_agrees_on_every_network_that_it_can_run(findings: Findings, dataset: Dataset) -> None:
    run = [row for row in dataset.rows(PEER_COUNTS) if row.calflops is not None]
    assert findings.results.value("counting.peers.calflops_equal") == len(run)


@pytest.mark.parametrize(
    ("counter", "per_normalised", "beside"),
    [
        # One operation for each of 2,048 x 7 x 7 numbers in the average pool before the classifier.
        ("fvcore", 2, 2048 * 7 * 7),
        # The same, and one for each average.
        ("thop", 4, 2048 * 7 * 7 + 2048),
        # One for each average.
        ("torchprofile", 1, 2048),
    ],
)
def test_what_public_counters_add_on_resnet_50_is_what_the_methods_page_says(
    dataset: Dataset, counter: str, per_normalised: int, beside: int
) -> None:
    normalised = Convention(name="normalised", summary="one for a normalised number", other_work={"normalisation": 1.0})
    network = architecture_named("resnet50_v1_5")
    breakdown = count(network.build(), network.input_shape, convention=normalised)
    numbers = breakdown.inference_flop - 2 * breakdown.macs
    reported = next(getattr(row, counter) for row in dataset.rows(PEER_COUNTS) if row.id == "resnet50_v1_5")
    assert reported - breakdown.macs == per_normalised * numbers + beside


def test_a_count_is_the_sum_of_the_stages_of_the_network(findings: Findings) -> None:
    quantity = findings.results["counting.alexnet.macs"]
    assert quantity.formula == "M_1 + M_2 + M_3 + M_4 + M_5 + M_6"
    assert quantity.symbols[5].label == "multiply-adds of a forward pass through classifier"
    # The classifier: 9,216 x 4,096 + 4,096 x 4,096 + 4,096 x 1,000.
    assert quantity.symbols[5].number == 37_748_736 + 16_777_216 + 4_096_000


def test_a_count_over_many_stages_is_the_sum_of_the_layers(findings: Findings) -> None:
    quantity = findings.results["counting.densenet121.macs"]
    (layers,) = quantity.symbols
    assert quantity.formula == r"\sum_{\text{layers}} M_i"
    # 120 convolutions and the classifier, of the 121 layers that gave the network its name.
    assert layers.label == "multiply-adds of a forward pass through the 121 layers that have any"


def test_an_exact_count_stays_a_whole_number(findings: Findings) -> None:
    for thing in ("macs", "params", "training_flop"):
        assert isinstance(findings.results.value(f"counting.gpt3_175b.{thing}"), int)


def test_a_public_counter_is_compared_row_by_row(findings: Findings) -> None:
    inputs = findings.results["counting.peers.thop_lowest"].inputs
    assert {"counting.gpt2_small.macs", "data/counting/peers.csv#gpt2_small"} <= set(inputs)


def test_only_a_network_with_experts_has_parameters_that_a_token_does_not_use(findings: Findings) -> None:
    results = findings.results
    # Mixtral: 32 blocks, each with six idle experts of three matrices of 4,096 x 14,336.
    idle = 32 * 6 * 3 * 4_096 * 14_336
    assert results.value("counting.mixtral_8x7b.used_params") == results.value("counting.mixtral_8x7b.params") - idle
    assert "counting.gpt3_175b.used_params" not in results.quantities
