"""A number that opens: the card with its value, formula and sources, and its entry among the results."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from analysis.artifacts import Bundle
from site_src.components.number_card import MOST_IN_LINE, cards, entry
from tests import bundles
from tests.small_edition import QUANTITY, WORKED, small_edition
from tests.unit.site_src.conftest import MakeContext

SYMBOL = {"symbol": "a", "label": "devices", "value": 2.0, "unit": "1", "name": None, "record": None, "names": ()}


def edition(edition_id: str = "2018-05", value: float = 3.4384, **fields: Any) -> Bundle:
    """An edition of three numbers, the first with these fields."""
    numbers = (
        bundles.quantity(QUANTITY, value, "data/a.csv", **{"unit": "month", "digits": 2, **fields}),
        bundles.quantity(WORKED, 2.0, "data/a.csv"),
        *(bundles.quantity(f"compute.run.n{number}", 2.0, "data/a.csv") for number in range(MOST_IN_LINE + 1)),
    )
    return small_edition(edition_id=edition_id, results=bundles.results(*numbers, edition=edition_id))


def entry_of(make: MakeContext, *editions: Bundle, **known: Any) -> str:
    page = make(*editions, page="results/compute/trend.md", **known)
    return entry(page, page.bundle.results[QUANTITY])


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").replace("\u00a0", " ").split())


def test_a_page_has_a_card_for_every_number_that_it_shows(context: MakeContext) -> None:
    page = context(edition())
    page.numbers = dict(page.bundle.results)
    written = BeautifulSoup(cards(page), "html.parser")
    # To readers without popovers the cards are no text.
    assert [part.name for part in written.contents] == ["script"]
    shown = BeautifulSoup(written.script.string or "", "html.parser")  # type: ignore[union-attr]
    assert [card["id"] for card in shown.select(".number-card")] == [f"card-{name}" for name in page.bundle.results]
    first = shown.select_one(".number-card")
    assert first is not None
    assert [(link.text, link["href"]) for link in first.select(".card-links a")] == [
        ("All about this number", f"../../results/compute/trend/#{QUANTITY}"),
        ("Permanent link, edition 2018-05", f"../../../2018-05/results/compute/trend/#{QUANTITY}"),
    ]
    assert first.select(".card-address")[0].text == f"results/compute/trend/#{QUANTITY}"
    assert "https://example.org/2018-05/" in shown.text


def test_an_entry_has_the_number_as_pages_print_it_and_unrounded(context: MakeContext, copied: MakeContext) -> None:
    assert "A number 3.4 months compute.trend.time Formula a a 2 2 Unrounded: 3.4384 months." in words(
        entry_of(context, edition())
    )
    assert "**3.4\u00a0months**, unrounded `3.4384` months\n" in entry_of(copied, edition())


@pytest.mark.parametrize(
    ("formula", "filled", "symbols", "shown"),
    [
        ("a \\times 3", "2 \\times 3 = 6", ["a"], ["a \\times 3", "2 \\times 3 = 6"]),
        # Filled in, they would be the same words once more, or a number that equals itself.
        ("\\text{count of } a", "\\text{count of } a = 6", ["a"], ["\\text{count of } a = 6"]),
        ("a", "2 = 2\\ \\text{months}", ["a"], ["a = 2\\ \\text{months}"]),
    ],
)
def test_a_formula_is_filled_in_where_that_says_more(
    copied: MakeContext, formula: str, filled: str, symbols: list[str], shown: list[str]
) -> None:
    made = edition(formula=formula, filled=filled, symbols=[{**SYMBOL, "symbol": symbol} for symbol in symbols])
    lines = [line for line in entry_of(copied, made).splitlines() if line.startswith("$$")]
    assert lines == [f"$${step}$$" for step in shown]


def test_a_whole_number_has_all_its_digits(copied: MakeContext) -> None:
    assert "unrounded `1234567890123456789` months" in entry_of(copied, edition(value=1234567890123456789))
    assert "unrounded `0.333333333333` months" in entry_of(copied, edition(value=1 / 3))


@pytest.mark.parametrize(
    ("low", "high", "html", "copy"),
    [
        (2.0, 5.0, "2.0 to 5.0 months: 95%.", "From `2.0` to `5.0` months: 95%."),
        (None, 5.0, "5.0 months or less, with no lower bound: 95%.", "From no bound to `5.0` months: 95%."),
        (2.0, None, "2.0 months or more, with no upper bound: 95%.", "From `2.0` to no bound months: 95%."),
    ],
)
def test_an_interval_is_shown_with_its_kind(
    context: MakeContext, copied: MakeContext, low: float, high: float, html: str, copy: str
) -> None:
    ends = {"low": low, "high": high, "interval": "95%"}
    assert html in words(entry_of(context, edition(**ends)))
    assert copy in entry_of(copied, edition(**ends))


def test_a_number_without_an_interval_has_no_line_of_it(context: MakeContext) -> None:
    assert "From" not in words(entry_of(context, edition()))


def test_a_sign_leads_to_the_number_or_the_record_that_it_is_taken_from(copied: MakeContext) -> None:
    symbols = [
        {**SYMBOL, "name": WORKED},
        {**SYMBOL, "symbol": "b", "record": "data/systems/alexnet.toml"},
        {**SYMBOL, "symbol": "c", "record": "data/systems/alexnet.toml", "value": None},
        {**SYMBOL, "symbol": "d", "record": "data/periods.toml"},
    ]
    copy = entry_of(copied, edition(symbols=symbols))
    lines = [line for line in copy.splitlines() if line.startswith("- ")]
    assert lines == [
        f"- $a$ = 2: devices ([`{WORKED}`](../../worked/index.md#{WORKED}))",
        "- $b$ = 2: devices ([`data/systems/alexnet.toml`](../../../systems/alexnet/index.md))",
        # A record is not named twice in a row.
        "- $c$: devices",
        "- $d$ = 2: devices (`data/periods.toml`)",
    ]


@pytest.mark.parametrize("more", [0, 1])
def test_many_origins_are_folded_away(context: MakeContext, more: int) -> None:
    names = [f"compute.run.n{number}" for number in range(MOST_IN_LINE + more)]
    page = BeautifulSoup(entry_of(context, edition(symbols=[{**SYMBOL, "names": names}])), "html.parser")
    folded = [summary.text for summary in page.select(".card-symbols summary")]
    assert folded == ([f"{MOST_IN_LINE + 1} numbers"] if more else [])
    assert len(page.select(".card-symbols a")) == MOST_IN_LINE + more


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        ({"rests_on": ("data/a.csv",)}, "Based on one record"),
        ({"rests_on": ("data/a.csv", "data/b.csv")}, "Based on 2 records"),
        ({"used_by": (WORKED,)}, "Used by one other number"),
        ({"used_by": (WORKED, "compute.run.n0")}, "Used by 2 other numbers"),
    ],
)
def test_an_entry_counts_what_it_rests_on_and_what_uses_it(
    context: MakeContext, fields: dict[str, Any], phrase: str
) -> None:
    assert phrase in words(entry_of(context, edition(**fields)))


def test_a_number_that_nothing_uses_does_not_say_so(context: MakeContext, copied: MakeContext) -> None:
    assert "Used by" not in entry_of(context, edition())
    assert "Used by" not in entry_of(copied, edition())


def test_an_entry_lists_what_the_number_was_before(context: MakeContext, copied: MakeContext) -> None:
    editions = [edition("2018-05", 3.0), edition("2019-11", 3.0), edition("2020-05", 4.0), edition("2026-11", 5.0)]
    history = (
        "Unchanged since edition 2026-11 ; before that 3.0 months in edition 2018-05 ; 4.0 months in edition 2020-05 ."
    )
    assert history.replace(" ;", ";") in words(entry_of(context, *editions)).replace(" ;", ";")
    assert "edition 2026-11; before that 3.0\u00a0months in edition [2018-05](../../../../2018-05/results/" in (
        entry_of(copied, *editions)
    )


def test_every_statement_of_the_number_is_listed(context: MakeContext, copied: MakeContext) -> None:
    ledger = (
        bundles.claim(compares=QUANTITY, printed="3.5 months", ours=3.4384, unit="month", verdict="differs"),
        bundles.claim(id="a.b", compares=WORKED, printed="nothing"),
    )
    whole = edition()
    checked = bundles.with_files(whole, {"ledger.json": bundles.bundle(ledger=ledger).text("ledger.json")})
    assert "Printed: 3.5 months , ours 3.438 months: differs" in words(entry_of(context, checked))
    assert "\n\nPrinted: [3.5 months](../../ledger/index.md#compute-2018.one), ours 3.438\u00a0months: differs" in (
        entry_of(copied, checked)
    )
    assert "nothing" not in entry_of(copied, checked)


def test_the_pages_that_state_a_number_are_listed(copied: MakeContext) -> None:
    assert "Stated on [Home](../../../index.md)." in entry_of(
        copied, edition(), stated_on={QUANTITY: ["index.md"]}, titles={"index.md": "Home"}
    )
