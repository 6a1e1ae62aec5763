"""What a page knows of its surroundings, and how its addresses and blocks depend on its face."""

from markupsafe import Markup

from site_src.context import block_mark
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import MakeContext, MakeSurroundings


def test_the_edition_of_a_site_is_the_newest_of_its_bundles(surroundings: MakeSurroundings) -> None:
    newest = small_edition(edition_id="2019-11")
    site = surroundings(small_edition(), newest)
    assert site.edition == "2019-11"
    assert site.bundle is newest
    assert site.root == "https://example.org/2019-11/"


def test_surroundings_are_the_same_only_as_themselves(surroundings: MakeSurroundings) -> None:
    bundle = small_edition()
    assert surroundings(bundle) != surroundings(bundle)
    assert len({surroundings(bundle), surroundings(bundle)}) == 2


def test_links_in_markdown_of_the_site_name_sources_and_all_else_is_an_address(context: MakeContext) -> None:
    page = context(page="posts/a.md")
    assert page.link("data/index.md#b") == "../data/index.md#b"
    assert page.url("data/index.md#b") == "../../data/#b"
    assert not page.is_copy


def test_a_copy_leads_to_copies(copied: MakeContext) -> None:
    page = copied(page="posts/a.md")
    assert page.link("data/index.md#b") == page.url("data/index.md#b") == "../../data/index.md#b"
    assert page.is_copy


def test_a_block_of_the_site_is_a_mark_in_its_markdown(context: MakeContext) -> None:
    page = context()
    assert [page.block(Markup(f"<b>{number}</b>")) for number in range(2)] == [block_mark(0), block_mark(1)]
    assert page.blocks == ["<b>0</b>", "<b>1</b>"]


def test_a_block_of_a_copy_is_part_of_it(copied: MakeContext) -> None:
    page = copied()
    assert page.block(Markup("**b**")) == "**b**"
    assert page.blocks == []


def test_templates_call_the_functions_of_their_page(context: MakeContext) -> None:
    assert context(page="a/b.md").component("uses", verb="Cited", links=[]) == "Cited on no page."
    html = context(page="a/b.md").component(
        "network_drawing", network=small_edition().architectures["alexnet"], drawing=_Drawing
    )
    assert 'href="../../files/networks/alexnet.svg"' in html


class _Drawing:
    svg = Markup("<svg></svg>")
