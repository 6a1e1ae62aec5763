"""The lists of numbers: folded entries, addresses from before large topics were divided, and filters."""

import pytest
from playwright.sync_api import expect

from site_src.typography import typeset
from tests.browser.conftest import Open

HEADLINE = "compute.modern.doubling_time"
# A statement of a publication that is folded, and one that was on the page of the ledger before.
FOLDED = "efficiency-tracker.factor"
MOVED = "compute-2024.slower-frontier"


def test_an_address_from_before_a_topic_was_divided_leads_on_to_the_open_entry(opened: Open, address: str) -> None:
    page = opened(f"{address}results/compute/#{HEADLINE}")
    page.wait_for_url(f"**/results/compute/modern/#{HEADLINE}")
    entry = page.locator(f"[id='{HEADLINE}']")
    expect(entry.locator("math").first).to_be_in_viewport()
    # It took the place of the list in the history, so that the way back does not lead on again.
    assert page.evaluate("history.length") <= 2


def test_without_scripts_that_address_shows_the_link_to_the_entry(opened: Open, address: str) -> None:
    page = opened(f"{address}results/compute/#{HEADLINE}", scripts=False)
    row = page.locator(f"[id='{HEADLINE}']")
    expect(row).to_be_in_viewport()
    row.locator("a").click()
    assert page.url.endswith(f"results/compute/modern/#{HEADLINE}")
    expect(page.locator(f"[id='{HEADLINE}'] > summary")).to_be_in_viewport()
    assert not page.locator(".filters").is_visible()


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("words", "ResNet-50 multiply-adds", "counting.resnet50.macs"),
        ("words", "ResNet50 multiply adds", "counting.resnet50.macs"),
        ("group", "Units", "units.pfs_day.flop"),
        ("verdict", "differs", "compute.modern.alexnet_to_alphago_zero"),
    ],
)
def test_the_index_is_narrowed_and_whole_again(opened: Open, address: str, field: str, value: str, kept: str) -> None:
    page = opened(f"{address}results/")
    rows = page.locator(".quantity-list li")
    control = page.locator(f".filters [name={field}]")
    fill = control.fill if field == "words" else control.select_option
    fill(value)
    expect(page.locator(".filters output")).to_have_text(f"{rows.filter(visible=True).count()} shown")
    assert 0 < rows.filter(visible=True).count() < rows.count() / 2
    expect(rows.filter(visible=True).filter(has=page.locator(f"code:text-is('{kept}')"))).to_have_count(1)
    fill("")
    expect(page.locator(".filters output")).to_have_text(f"{rows.count()} shown")


def test_the_ledger_is_narrowed_to_one_publication_and_verdict(opened: Open, address: str) -> None:
    page = opened(f"{address}results/ledger/")
    groups = page.locator(".ledger-group")
    opened_ones = page.locator(".ledger-group[open]")
    # All are folded, and are so again once the list is whole.
    assert opened_ones.count() == 0
    publication = str(groups.last.get_attribute("data-group"))
    page.locator(".filters [name=group]").select_option(publication)
    page.locator(".filters [name=verdict]").select_option("differs")
    assert groups.filter(visible=True).count() == 1
    expect(groups.last.locator("h2")).to_have_text(typeset(publication))
    shown = page.locator("[data-verdict]").filter(visible=True)
    assert {row.get_attribute("data-verdict") for row in shown.all()} == {"differs"}
    page.locator(".filters [name=group]").select_option("")
    assert groups.filter(visible=True).count() > 1
    page.locator(".filters [name=verdict]").select_option("")
    assert opened_ones.count() == 0


def test_a_link_to_a_statement_that_is_left_out_shows_the_whole_ledger(opened: Open, address: str) -> None:
    page = opened(f"{address}results/ledger/")
    whole = page.locator("[data-verdict]").count()
    page.locator(".filters [name=words]").fill("1-8 GPUs")
    expect(page.locator("[data-verdict]").filter(visible=True)).to_have_count(1)
    page.evaluate(f"location.hash = '{FOLDED}'")
    expect(page.locator("tr:has(:target)")).to_be_in_viewport()
    expect(page.locator(".filters output")).to_have_text(f"{whole} shown")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_statement_opens_its_publication(opened: Open, address: str, scripts: bool) -> None:
    page = opened(f"{address}results/ledger/#{FOLDED}", width=360, scripts=scripts)
    expect(page.locator("tr:has(:target)")).to_be_in_viewport()
    assert page.locator(".ledger-group[open]").count() == 1


def test_the_former_address_of_a_statement_leads_on_to_its_ledger(opened: Open, address: str) -> None:
    page = opened(f"{address}results/ledger/#{MOVED}")
    page.wait_for_url(f"**/results/ledger-later/#{MOVED}")
    expect(page.locator("tr:has(:target)")).to_be_in_viewport()


def test_without_scripts_that_address_shows_the_link_to_its_publication(opened: Open, address: str) -> None:
    page = opened(f"{address}results/ledger/#{MOVED}", scripts=False)
    link = page.locator("li:has(:target) a")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator(".ledger-group[open] tr:has(:target)")).to_be_in_viewport()


def test_a_statement_is_led_to_where_the_browser_opens_nothing_by_itself(opened: Open, address: str) -> None:
    page = opened(f"{address}results/ledger/")
    row = page.locator(f"tr:has([id='{FOLDED}'])")
    assert not row.is_visible()
    # An address that a script puts there leads a browser nowhere.
    page.evaluate(f"history.pushState(null, '', '#{FOLDED}'); dispatchEvent(new HashChangeEvent('hashchange'))")
    expect(row).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_the_ledger_is_whole(opened: Open, address: str, scripts: bool) -> None:
    page = opened(f"{address}results/ledger/", scripts=scripts)
    rows = page.locator(".ledger tbody tr")
    unseen = "rows => rows.filter(row => !row.checkVisibility()).length"
    assert rows.evaluate_all(unseen) > 100
    page.emulate_media(media="print")
    assert rows.evaluate_all(unseen) == 0
