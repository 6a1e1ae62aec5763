"""What pages ask of a bundle: records grouped, chosen and put in order."""

from typing import Any

from analysis.artifacts import Bundle
from site_src.pages import queries
from tests import bundles
from tests.small_edition import small_edition


def numbers(*names: str, **fields: Any) -> Bundle:
    made = (bundles.quantity(name, 1.0, "data/a.csv", **fields) for name in names)
    return small_edition(results=bundles.results(*made))


def test_topics_are_in_the_order_of_their_first_numbers() -> None:
    assert queries.topics(numbers("b.x.n", "a.x.n", "b.y.n")) == ["b", "a"]


def test_numbers_of_a_topic_are_grouped_by_scope() -> None:
    groups = queries.quantity_groups(numbers("b.x.n", "bb.x.n", "b.y.n", "b.x.m.o"), "b")
    assert {group: [record.name for record in records] for group, records in groups.items()} == {
        "b.x": ["b.x.n", "b.x.m.o"],
        "b.y": ["b.y.n"],
    }


def test_statements_of_a_ledger_are_grouped_by_publication_in_order_of_edition() -> None:
    ledger = (
        bundles.claim(id="a.1", publication="Later", since="2020-05"),
        bundles.claim(id="a.2", publication="First"),
        bundles.claim(id="a.3", publication="First", ledger="networks"),
        bundles.claim(id="a.4", publication="First", since="2019-11"),
    )
    groups = queries.ledger_groups(small_edition(ledger=ledger), "originals")
    assert [(name, [claim.id for claim in claims]) for name, claims in groups.items()] == [
        ("First", ["a.2", "a.4"]),
        ("Later", ["a.1"]),
    ]


def test_systems_of_the_appendix_are_listed_by_date_with_what_can_be_worked_out() -> None:
    systems = (
        bundles.system(id="late", date="2018-01-01"),
        bundles.system(id="early", date="2012-01-01", listing="modest"),
        bundles.system(id="ours", date="2010-01-01", listing="own"),
        bundles.system(id="read", date="2011-01-01"),
    )
    methods = {"late": "operations", "early": "gpu_time", "ours": "operations", "read": "chart_reading"}
    worked = tuple(
        bundles.calculation(name=f"worked.{system}.{method}", system=system, method=method)
        for system, method in [*methods.items(), ("late", "stated")]
    )
    groups = queries.calculation_groups(small_edition(systems=systems, worked=worked))
    assert [(system.id, [each.method for each in calculations]) for system, calculations in groups] == [
        ("early", ["gpu_time"]),
        ("late", ["operations"]),
    ]


def test_calculations_and_statements_of_one_thing_alone_are_chosen() -> None:
    worked = tuple(bundles.calculation(name=f"worked.{name}.a", system=name) for name in ("vgg", "vgg2"))
    ledger = tuple(bundles.claim(id=f"a.{name}", compares=f"counting.{name}.macs") for name in ("vgg", "vgg2"))
    whole = small_edition(worked=worked, ledger=(*ledger, bundles.claim()))
    assert [each.system for each in queries.calculations_of(whole, "vgg")] == ["vgg"]
    assert [claim.id for claim in queries.claims_of_network(whole, "vgg")] == ["a.vgg"]


def test_a_work_is_used_by_what_names_it_as_its_source() -> None:
    whole = small_edition(
        systems=(
            bundles.system(id="a", name="A", paper="x", sources=("y",)),
            bundles.system(id="b", name="B", paper="y", sources=("x",)),
            bundles.system(id="c", name="C", paper="y", sources=("y",)),
        ),
        architectures=(bundles.network(name="n", title="N", sources=("x",)), bundles.network(name="m")),
        ledger=(
            bundles.claim(id="a.1"),
            bundles.claim(id="a.2", sources=("x",)),
            bundles.claim(id="a.3", sources=("x",)),
        ),
        results=bundles.results(
            bundles.quantity("a.b.c", 1.0, "data/a.csv"), bundles.quantity("a.b.d", 1.0, "data/a.csv", sources=("x",))
        ),
    )
    assert queries.uses_of(whole, "x") == [
        ("A", "systems/a.md"),
        ("B", "systems/b.md"),
        ("N", "architectures/n.md"),
        ("2 published statements", "results/ledger.md#a.2"),
        ("one number", "results/a.md#a.b.d"),
    ]
    assert queries.uses_of(whole, "z") == []


def test_a_group_is_called_by_its_network_or_system_else_by_its_own_words() -> None:
    bundle = numbers("counting.alexnet.macs", "worked.alexnet.operations", "compute.at_its_paper.n")
    named = {group: queries.group_title(bundle, group) for group in ("counting.alexnet", "worked.alexnet")}
    assert named == {
        "counting.alexnet": bundle.architectures["alexnet"].title,
        "worked.alexnet": bundle.systems["alexnet"].name,
    }
    assert queries.group_title(bundle, "compute.at_its_paper") == "at its paper"


def test_a_number_has_the_first_statement_of_each_verdict_on_it() -> None:
    claims = [("a.1", "agrees"), ("a.2", "differs"), ("a.3", "agrees")]
    ledger = tuple(bundles.claim(id=name, compares="b.x.n", verdict=verdict) for name, verdict in claims)
    found = queries.verdicts(small_edition(ledger=(*ledger, bundles.claim(id="a.4", compares=None))))
    assert {verdict: claim.id for verdict, claim in found["b.x.n"].items()} == {"agrees": "a.1", "differs": "a.2"}
