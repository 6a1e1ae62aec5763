"""The pages that show the records behind a number, and the history of a number over the editions."""

import pytest

from analysis.artifacts import Bundle
from analysis.contract import Results
from site_src.components.provenance import history, record_page
from tests.bundles import bundle, claim, dictionary_table, network, quantity, system


@pytest.fixture
def bundles() -> dict[str, Bundle]:
    """Two editions of four numbers; the third edition moves one of them."""
    return {
        edition: bundle(
            results=Results(
                edition=edition,
                quantities=(
                    quantity("constant.a.value", observed, "data/assumptions.toml#a"),
                    quantity("context.b", 2 * observed, "constant.a.value", "data/systems/alexnet.toml"),
                    quantity("context.c", 4 * observed, "context.b", "constant.a.value"),
                    quantity("context.d", 1.0, "data/efficiency/games.csv#go"),
                ),
            ),
            systems=(system(id="alexnet"),),
            architectures=(network(name="alexnet"),),
            dictionary=(dictionary_table("data/efficiency/games.csv"),),
            ledger=(
                claim(file="data/claims/compute_2018.toml", ledger="originals"),
                claim(file="data/claims/networks.toml", ledger="networks"),
            ),
        )
        for edition, observed in (("2018-05", 2.0), ("2019-11", 2.0), ("2020-05", 3.0))
    }


def test_the_history_of_a_number_holds_the_editions_in_which_it_moved(bundles: dict[str, Bundle]) -> None:
    states = [(edition, record.value) for edition, record in history(bundles, "context.b")]
    assert states == [("2018-05", 4.0), ("2020-05", 6.0)]
    assert [edition for edition, _ in history(bundles, "context.d")] == ["2018-05"]


@pytest.mark.parametrize(
    ("record", "page"),
    [
        ("data/assumptions.toml#a", "results/constant.md#constant.a.value"),
        ("data/assumptions.toml#b", ""),
        ("data/periods.toml#a", ""),
        ("data/systems/alexnet.toml", "systems/alexnet.md"),
        ("data/systems/alexnet@2019-11.toml", "systems/alexnet.md"),
        ("data/efficiency/games.csv#go", "data/index.md#data-efficiency-games"),
        ("data/claims/compute_2018.toml", "results/ledger.md"),
        ("data/claims/networks.toml", "results/ledger-networks.md"),
        ("data/claims/later.toml", ""),
        ("analysis/counting/architectures/alexnet.py", "architectures/alexnet.md"),
        ("data/periods.toml", ""),
    ],
)
def test_a_record_leads_to_the_page_that_shows_it(bundles: dict[str, Bundle], record: str, page: str) -> None:
    assert record_page(bundles["2018-05"], record, "counting.alexnet.macs") == page
