"""Links of a page that takes its numbers from an earlier edition than the one that is read."""

from typing import Any

import pytest

from analysis.artifacts import Bundle
from analysis.contract import Content
from site_src.components.edition_links import linked, shows_the_same, target
from site_src.components.faces import HTML, MARKDOWN
from site_src.context import Face, PageContext
from tests import bundles
from tests.small_edition import CLAIM, FIGURE, QUANTITY, WORKED, small_edition
from tests.unit.site_src.conftest import MakeContext, Render

EARLIER, NEWEST = "2018-05", "2019-11"
PLACES = (
    "figures/compute-trend.md",
    "tables/compute-runs.md",
    f"results/compute/trend.md#{QUANTITY}",
    f"systems/alexnet.md#{WORKED}",
    "architectures/alexnet.md",
    f"results/ledger.md#{CLAIM}",
    f"files/figures/{FIGURE}.svg",
)
LISTS = ("data/index.md", "results/compute.md", "references.md#amodei2018ai", "systems/other.md")


@pytest.fixture
def settled(context: MakeContext) -> MakeContext:
    """A page of the earlier edition in the newest one, of which files are replaced."""

    def made(face: Face = HTML, **replaced: Content) -> PageContext:
        newest = small_edition(edition_id=NEWEST, **replaced)
        return context(small_edition(edition_id=EARLIER), newest, edition=EARLIER, face=face)

    return made


def changed(record: str, **values: Any) -> dict[str, Content]:
    """The file of a kind of record with one of them changed."""
    (old, *others) = getattr(small_edition(), record).values()
    return {record: (old.model_copy(update=values), *others)}


@pytest.mark.parametrize("place", [*PLACES, *LISTS])
def test_what_is_the_same_is_linked_within_the_edition(settled: MakeContext, place: str) -> None:
    page = settled()
    assert target(page, place).address == page.url(place)
    assert target(page, place).edition == ""


@pytest.mark.parametrize(
    ("place", "replaced"),
    [
        (PLACES[0], changed("figures", input_hash="2")),
        (PLACES[1], changed("tables", input_hash="2")),
        (PLACES[3], changed("worked", note="Another")),
        (PLACES[3], changed("systems", note="Another")),
        (PLACES[4], changed("architectures", macs=11)),
        (PLACES[5], {"ledger": (bundles.claim(reason="Another"),)}),
        (PLACES[2], {"results": bundles.results(bundles.quantity(QUANTITY, 3.0, "data/a.csv"), edition=NEWEST)}),
        (PLACES[2], {"results": bundles.results(bundles.quantity("compute.a.b", 3.0, "data/a.csv"), edition=NEWEST)}),
        (PLACES[0], {"figures": ()}),
    ],
)
def test_what_changed_or_went_is_linked_in_the_edition_of_the_page(
    settled: MakeContext, place: str, replaced: dict[str, Content]
) -> None:
    page = settled(**replaced)
    there = target(page, place)
    assert there.address == page.url(f"../{EARLIER}/{place}")
    assert there.edition == EARLIER
    # Whatever else the page links is where it was.
    others = [other for other in PLACES[:6] if other != place]
    assert [other for other in others if target(page, other).edition] == []


def test_a_file_that_the_newest_edition_lacks_is_linked_in_that_of_the_page(settled: MakeContext) -> None:
    assert target(settled(figures=()), PLACES[6]).edition == EARLIER


def test_what_others_count_and_what_rests_on_a_number_makes_neither_another(settled: MakeContext) -> None:
    network = changed("architectures", peers=())
    assert target(settled(**network), PLACES[4]).edition == ""
    old = list(small_edition().results.values())
    used = bundles.results(old[0].model_copy(update={"used_by": ()}), *old[1:], edition=NEWEST)
    assert target(settled(results=used), PLACES[2]).edition == ""


def test_a_file_of_other_bytes_is_another() -> None:
    one, other = small_edition(), small_edition()
    other = bundles.with_files(other, {f"figures/{FIGURE}.svg": "<svg/>"})
    assert not shows_the_same(one, other, f"files/figures/{FIGURE}.svg")
    assert shows_the_same(one, other, f"files/figures/{FIGURE}.csv")
    assert not shows_the_same(one, other, "files/missing.csv")


def test_a_page_of_the_edition_that_is_read_leads_nowhere_else(context: MakeContext) -> None:
    page = context(small_edition(edition_id=EARLIER), small_edition(edition_id=NEWEST, figures=()))
    assert target(page, PLACES[0]).edition == ""


@pytest.mark.parametrize(
    ("face", "link"),
    [
        (
            HTML,
            (
                '<a class="claim" href="../../../2018-05/figures/compute-trend/">a&#42;b '
                '<small class="other-edition">in edition 2018-05</small></a>'
            ),
        ),
        (MARKDOWN, r"[a\*b in edition 2018-05](../../../2018-05/figures/compute-trend/index.md)"),
    ],
)
def test_a_link_says_that_it_leads_out(settled: MakeContext, face: Face, link: str) -> None:
    assert linked(settled(face, figures=()), PLACES[0], "a*b", "claim") == link


def test_the_card_of_a_number_that_changed_has_its_permanent_link_alone(rendered: Render) -> None:
    moved = bundles.results(bundles.quantity(QUANTITY, 3.0, "data/a.csv"), edition=NEWEST)
    editions: tuple[Bundle, ...] = (small_edition(edition_id=EARLIER), small_edition(edition_id=NEWEST, results=moved))
    page = rendered(f"{{{{ {QUANTITY} }}}}", *editions, edition=EARLIER)
    (card,) = page.blocks
    assert f'href="../../../{EARLIER}/results/compute/trend/#{QUANTITY}">Permanent link, edition {EARLIER}</a>' in card
    assert "All about this number" not in card
