"""A worked calculation: its line, its factors with their sources, and what was printed for it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from site_src.components.calculation import ROLES, calculation
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import MakeContext


def shown(make: MakeContext, **fields: Any) -> str:
    worked = bundles.calculation(**fields)
    return calculation(make(small_edition(worked=(worked,), ledger=())), worked)


def cells(html: str) -> list[list[str]]:
    page = BeautifulSoup(html, "html.parser")
    return [[" ".join(cell.text.split()) for cell in row.select("td")] for row in page.select("tbody tr")]


def rows(copy: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in copy.splitlines() if line.startswith("| ")][2:]


def test_a_calculation_says_how_and_where_it_was_made(context: MakeContext, copied: MakeContext) -> None:
    page = BeautifulSoup(shown(context, upper_bound=True), "html.parser")
    assert page.p is not None
    assert page.p.text == "GPU time, as printed (upper bound) Appendix [1]"
    assert page.div is not None
    assert page.div["id"] == "worked.alexnet.gpu_time"
    assert shown(copied).startswith("**GPU time, as printed** [Appendix](../../results/worked/index.md#worked.")


@pytest.mark.parametrize("role", ROLES)
def test_the_role_is_named_in_words(copied: MakeContext, role: str) -> None:
    assert shown(copied, role=role).startswith(f"**GPU time, {ROLES[role]}**")


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({}, "[1]"),
        ({"why": "Because."}, "[1] Because."),
        ({"assumed": True}, "[1] assumed"),
        ({"assumed": True, "why": "Because."}, "[1] assumed: Because."),
        ({"instead_of": 3.0}, "[1] inferred, in place of 3"),
        ({"instead_of": 0.0, "assumed": True, "why": "Because."}, "[1] inferred, in place of 0: Because."),
        ({"architecture": "alexnet"}, "[1] layer by layer"),
    ],
)
def test_a_factor_says_where_its_number_is_from(
    context: MakeContext, copied: MakeContext, fields: dict[str, Any], source: str
) -> None:
    factors = [bundles.factor(**fields)]
    assert cells(shown(context, factors=factors)) == [["devices", "2 devices", source]]
    (row,) = rows(shown(copied, factors=factors))
    plain = (
        row[2].replace("*", "").replace(r"[\[1\]](#ref-amodei2018ai)", "[1]").split("](")[0].replace("[layer", "layer")
    )
    assert [*row[:2], plain] == ["devices", "2 devices", source]


def test_numbers_on_the_way_are_listed_below_the_factors(context: MakeContext, copied: MakeContext) -> None:
    step = {"name": "days", "label": "both days", "unit": "day", "value": 5.5, "text": "2 + 3.5"}
    assert cells(shown(context, intermediates=[step]))[1] == ["both days", "5.5", "[1] 2 + 3.5"]
    assert rows(shown(copied, intermediates=[step]))[1][:2] == ["both days", "5.5"]


def test_the_line_can_break_between_its_parts_and_is_one_formula_in_a_copy(
    context: MakeContext, copied: MakeContext
) -> None:
    assert shown(context).count("<math") == 2
    assert "\n\n$$2 = 2$$\n\n" in shown(copied)


def test_every_statement_of_its_result_is_set_beside_it(context: MakeContext, copied: MakeContext) -> None:
    worked = bundles.calculation(note="A remark.")
    tested = {"value": 3.0, "ours": 2.0, "ratio": 1.5, "verdict": "differs", "printed": "3 FLOP", "unit": "FLOP"}
    ledger = (bundles.claim(**tested, compares=worked.name), bundles.claim(id="a.b", compares="compute.a.b"))
    edition = small_edition(worked=(worked,), ledger=ledger)
    html = calculation(context(edition), worked)
    assert cells(html)[1:] == [["3 FLOP", "2 FLOP", "1.50", "differs"]]
    assert html.endswith("<p>A remark.</p></div>")
    copy = calculation(copied(edition), worked)
    assert "| 2\u00a0FLOP | 1.50 | differs |" in copy
    assert copy.endswith("\n\nA remark.")


def test_without_a_statement_there_is_one_table(context: MakeContext) -> None:
    assert shown(context).count("<table") == 1


def test_after_a_calculation_places_are_counted_again(context: MakeContext) -> None:
    page = context()
    calculation(page, bundles.calculation())
    assert page.above is None
