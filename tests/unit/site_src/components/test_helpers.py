"""What the templates of components may call."""

from functools import partial

import pytest

from site_src.components.helpers import helpers
from site_src.errors import PageError
from tests.small_edition import QUANTITY, small_edition
from tests.unit.site_src.conftest import MakeContext

NAMED = f"is {{{{ {QUANTITY} }}}} *or* {{{{ 7*7 }}}}"


def test_text_of_a_record_is_never_worked_out(context: MakeContext, copied: MakeContext) -> None:
    text = "VGG {{ 7*7 }} {% if x %}"
    assert context().helpers["rendered"](text) == "VGG &#123;&#123; 7&#42;7 &#125;&#125; &#123;% if x %&#125;"
    assert copied().helpers["rendered"](text) == r"VGG \{\{ 7\*7 }} \{% if x %}"


def test_a_number_named_in_text_of_a_record_is_linked(context: MakeContext, copied: MakeContext) -> None:
    assert context().helpers["rendered"](NAMED).startswith('is <a class="quantity" href="../../results/compute/trend/#')
    assert copied().helpers["rendered"](NAMED) == (
        rf"is [3.4\u00a0months](../../results/compute/trend/index.md#{QUANTITY}) \*or\* \{{\{{ 7\*7 }}}}".replace(
            r"\u00a0", "\u00a0"
        )
    )


def test_an_unknown_number_in_text_of_a_record_stops_the_page(context: MakeContext) -> None:
    with pytest.raises(PageError, match=rf"no quantity '{QUANTITY}s'; did you mean '{QUANTITY}'\?"):
        context().helpers["rendered"](f"{{{{ {QUANTITY}s }}}}")


def test_names_of_numbers_and_works_lead_to_their_entries(context: MakeContext, copied: MakeContext) -> None:
    assert context().helpers["quantity_link"](QUANTITY) == (
        f'<a href="../../results/compute/trend/#{QUANTITY}"><code>{QUANTITY}</code></a>'
    )
    assert (
        copied().helpers["quantity_link"](QUANTITY)
        == f"[`{QUANTITY}`](../../results/compute/trend/index.md#{QUANTITY})"
    )
    assert copied().helpers["reference_link"]("amodei2018ai") == "[word 1996](../../references/index.md#amodei2018ai)"


def test_a_statement_is_linked_as_one(context: MakeContext) -> None:
    page = context()
    assert page.helpers["claim_link"](page.bundle.ledger[0], "7x") == (
        '<a class="claim nowrap" href="../../results/ledger/#compute-2018.one">7x</a>'
    )


def test_an_end_that_moved_has_four_digits_or_none(context: MakeContext) -> None:
    bound = context().helpers["bound"]
    assert bound(3.14159) == "3.142"
    assert bound(None) == "none"
    assert bound(0.0) != "none"


def test_every_bound_function_belongs_to_the_page_it_was_made_for(context: MakeContext) -> None:
    page = context(small_edition("other"))
    bound = [each for each in helpers(page).values() if isinstance(each, partial)]
    assert bound
    assert all(each.args == (page,) for each in bound)
