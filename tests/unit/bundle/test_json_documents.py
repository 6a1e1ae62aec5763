"""The JSON documents of a bundle as plain data."""

from collections.abc import Mapping
from math import prod
from typing import Any

import pytest

from analysis.bundle.files import rounded
from analysis.bundle.json_documents import documents
from analysis.counting.catalogue import ARCHITECTURES, counted
from analysis.results.collect import Findings
from tests.editions import EDITIONS
from tests.records import plain


@pytest.fixture(scope="module")
def written(findings: Findings) -> dict[str, Any]:
    """The documents of the last edition."""
    return {name: plain(content) for name, content in documents(findings).items()}


@pytest.fixture(scope="module")
def shortened(written: dict[str, Any]) -> dict[str, Any]:
    """The same with numbers as files hold them."""
    return rounded(written)


def test_the_edition_lists_those_up_to_it(written: dict[str, Any]) -> None:
    assert [edition["id"] for edition in written["edition.json"]["editions"]] == list(EDITIONS)


def test_a_date_is_written_as_an_iso_date(written: dict[str, Any]) -> None:
    assert written["edition.json"]["editions"][0]["evidence"] == "2018-05-16"


def test_the_edition_lists_the_works_that_are_younger_than_its_evidence(
    findings_by_edition: Mapping[str, Findings], written: dict[str, Any]
) -> None:
    works = plain(documents(findings_by_edition["2018-05"])["edition.json"])["younger_works"]
    # Of February 2022, and no record rests on it; of 2026, and the list of processors is from it.
    assert works["sevilla2022compute"] == []
    assert "data/devices.csv#gtx-580" in works["epoch2026hardware"]
    assert written["edition.json"]["younger_works"] == {}


def test_every_quantity_is_written(written: dict[str, Any], findings: Findings) -> None:
    assert [record["name"] for record in written["results.json"]["quantities"]] == list(findings.results.quantities)


def test_a_calculation_is_written_with_its_line_and_its_factors(written: dict[str, Any]) -> None:
    record = next(record for record in written["worked.json"] if record["name"] == "worked.alexnet.gpu_time")
    assert record["text"] == "2 × 1.58 TFLOP/s × 5.5 days × 0.33 = 495.5 PF = 0.005735 pfs-days"
    assert [factor["text"] for factor in record["factors"]] == ["2", "1.58 TFLOP/s", "5.5 days", "0.33"]


def test_the_base_values_of_the_factors_multiply_to_the_compute(written: dict[str, Any]) -> None:
    for record in written["worked.json"]:
        product = 1.0
        for factor in record["factors"]:
            product *= factor["base_value"]
        assert product == pytest.approx(record["compute_flop"], rel=1e-12, abs=0)


def test_a_claim_is_written_with_our_number_and_the_ratio(written: dict[str, Any]) -> None:
    record = next(record for record in written["ledger.json"] if record["id"] == "compute-2018.moore-over-period")
    # 7 printed, 6.459 recomputed (see results/test_compute).
    assert (record["value"], record["ours"], record["ratio"], record["verdict"]) == (
        7.0,
        pytest.approx(6.459, abs=5e-4),
        pytest.approx(1.0837, abs=5e-5),
        "differs",
    )


def test_a_system_is_written_without_its_estimates(written: dict[str, Any]) -> None:
    assert [record["id"] for record in written["systems.json"] if "estimates" in record] == []


def test_references_are_in_order_of_their_keys(written: dict[str, Any]) -> None:
    keys = [record["id"] for record in written["references.json"]]
    assert keys == sorted(keys)


def test_the_dictionary_describes_every_column_of_every_table(written: dict[str, Any]) -> None:
    devices = next(record for record in written["dictionary.json"] if record["file"] == "data/devices.csv")
    assert [column["name"] for column in devices["columns"]][:3] == ["id", "name", "vendor"]
    assert all(column["description"] for record in written["dictionary.json"] for column in record["columns"])


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_counts_of_a_network_are_written_to_the_last_digit(shortened: dict[str, Any], name: str) -> None:
    breakdown = counted(name)
    totals = {
        "macs": breakdown.macs,
        "params": breakdown.params,
        "inference_flop": 2 * breakdown.macs,
        "training_flop": 2 * sum(row.training_macs for row in breakdown.rows),
        "training_flop_by_rule": 6 * breakdown.macs,
    }
    record = next(record for record in shortened["architectures.json"] if record["name"] == name)
    download = shortened[f"networks/{name}.json"]
    quantities = {record["name"]: record["value"] for record in shortened["results.json"]["quantities"]}
    for thing, total in totals.items():
        assert (record[thing], download[thing]) == (total, total)
    for thing in ("macs", "params", "training_flop"):
        assert quantities[f"counting.{name}.{thing}"] == totals[thing]


def test_the_panel_gets_a_quantile_for_every_number_of_points_that_has_a_line(written: dict[str, Any]) -> None:
    quantiles = written["what_if.json"]["t_quantiles"]
    assert list(quantiles) == list(range(3, len(written["what_if.json"]["points"]) + 1))
    # Student t of 97.5% with one degree of freedom: tan(0.475 pi) = 12.706.
    assert quantiles[3] == pytest.approx(12.706, abs=5e-4)


def test_the_panel_gets_factors_that_multiply_to_the_run_it_starts_from(written: dict[str, Any]) -> None:
    for way, estimate in (("gpu_time", "gpu_time_charted"), ("operations", "operations")):
        product = prod(factor["base_value"] for factor in written["what_if.json"]["runs"][way])
        record = next(record for record in written["worked.json"] if record["name"] == f"worked.alexnet.{estimate}")
        assert product == pytest.approx(record["compute_flop"], rel=1e-12, abs=0)
