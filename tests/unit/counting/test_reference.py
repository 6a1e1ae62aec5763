"""Networks against counts made by others: totals, every layer, and what torchvision publishes of its classifiers."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from analysis.counting.architectures.vit import vit
from analysis.counting.catalogue import architecture_named, counted
from analysis.counting.count import count
from analysis.counting.layers import Layer
from analysis.counting.report import shape_of

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
KINDS = {"conv2d": "conv", "conv1d": "conv", "linear": "linear", "attention_products": "attention"}
# Forms that torchvision publishes besides the usual one: larger images, and a third size.
VISION_TRANSFORMERS = {
    ("vit_b_16", "3x384x384"): vit(width=768, depth=12, heads=12, patch=16, pixels=384),
    ("vit_l_16", "3x512x512"): vit(width=1024, depth=24, heads=16, patch=16, pixels=512),
    ("vit_h_14", "3x224x224"): vit(width=1280, depth=32, heads=16, patch=14),
    ("vit_h_14", "3x518x518"): vit(width=1280, depth=32, heads=16, patch=14, pixels=518),
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of reference counts."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def layers_by_network() -> dict[str, Counter[tuple[str, int, int]]]:
    """For each network how many layers have a kind, multiply-adds and parameters."""
    found: dict[str, Counter[tuple[str, int, int]]] = defaultdict(Counter)
    for row in rows("layer_counts.csv"):
        found[row["architecture"]][row["kind"], int(row["macs"]), int(row["params"])] += int(row["layers"])
    return dict(found)


LAYERS = layers_by_network()


def test_thirty_one_forms_are_compared_by_layer_and_thirteen_more_whole() -> None:
    assert len(LAYERS) == 31
    assert len(rows("counts.csv")) == 31 + len(rows("published.csv")) == 44
    assert sum(map(Counter.total, LAYERS.values())) == 1707


@pytest.mark.parametrize("row", rows("counts.csv"), ids=lambda row: row["architecture"])
def test_totals_equal_those_of_pytorch(row: dict[str, str]) -> None:
    breakdown = counted(row["architecture"])
    assert (breakdown.macs, breakdown.params, breakdown.training_flop) == (
        int(row["macs"]),
        int(row["params"]),
        int(row["training_flop"]),
    )


@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_equals_that_of_pytorch(name: str) -> None:
    ours = Counter((KINDS[row.kind], row.macs, row.params) for row in counted(name).rows if row.macs)
    assert ours == LAYERS[name]


@pytest.mark.parametrize("row", rows("torchvision.csv"), ids=lambda row: f"{row['architecture']} {row['input']}")
def test_classifiers_agree_with_what_torchvision_publishes(row: dict[str, str]) -> None:
    breakdown = count(network_of(row), shape_of(row["input"]) or ())
    assert (f"{breakdown.macs / 1e9:.3f}", breakdown.params) == (f"{float(row['gmacs']):.3f}", int(row["params"]))


@pytest.mark.parametrize("row", rows("published.csv"), ids=lambda row: row["architecture"])
def test_parameters_equal_those_of_the_published_weights(row: dict[str, str]) -> None:
    assert counted(row["architecture"]).params == int(row["params"]) - int(row["left_out"])


def network_of(row: dict[str, str]) -> Layer:
    """The network of a row, which for a larger image may be a form of its own."""
    form = VISION_TRANSFORMERS.get((row["architecture"], row["input"]))
    return form or architecture_named(row["architecture"]).build()
