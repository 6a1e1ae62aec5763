"""What one build reuses of the build before it."""

import pytest

from site_src.pages.edition import EditionPages
from site_src.pages.reuse import Lookups
from tests.small_edition import FIGURE, small_edition

SOURCES = {
    "index.md": "# Home\n",
    "about/a.md": f'{{{{ cite("amodei2018ai") }}}}\n\n{{% call figure("{FIGURE}") %}}Words.{{% endcall %}}\n',
    "references.md": "{{ references() }}",
}
BUNDLES = {"2018-05": small_edition()}


def rendered(sources: dict[str, str], earlier: EditionPages | None = None) -> EditionPages:
    """The pages of an edition, rendered in both faces."""
    pages = EditionPages.of(sources, BUNDLES, earlier=earlier, address="https://example.org/", commits={})
    pages.render()
    for page in pages.sources:
        pages.copy(page)
    return pages


@pytest.fixture(scope="module")
def earlier() -> EditionPages:
    """The pages before an edit."""
    return rendered(SOURCES)


@pytest.mark.parametrize(
    ("edits", "made_again"),
    [
        ({}, set()),
        ({"index.md": "# House\n"}, {"index.md"}),
        # The list of works names the pages that cite them, the page of a figure shows its caption.
        ({"index.md": 'Home {{ cite("amodei2018ai") }}'}, {"index.md", "references.md"}),
        (
            {"about/a.md": SOURCES["about/a.md"].replace("Words", "Sentences")},
            {"about/a.md", "figures/compute-trend.md"},
        ),
    ],
)
def test_pages_that_an_edit_changes_are_made_again_and_the_others_reused(
    earlier: EditionPages, edits: dict[str, str], made_again: set[str]
) -> None:
    later = rendered({**SOURCES, **edits}, earlier)
    assert {page for page, made in later.rendered.items() if made is not earlier.rendered[page]} == made_again
    anew = rendered({**SOURCES, **edits})
    assert later.rendered == anew.rendered
    assert {page: later.copy(page) for page in SOURCES} == {page: anew.copy(page) for page in SOURCES}


def test_a_new_page_makes_all_pages_again(earlier: EditionPages) -> None:
    later = rendered({**SOURCES, "about/b.md": "B"}, earlier)
    assert all(made is not earlier.rendered.get(page) for page, made in later.rendered.items())


def test_look_ups_are_noted_whether_or_not_there_is_anything() -> None:
    lookups = Lookups({"a": 1})
    assert (lookups["a"], lookups.get("b"), "c" in lookups) == (1, None, False)
    assert lookups.noted == {"a": 1, "b": None, "c": None}
    assert lookups.agrees(lookups.noted)
    assert not Lookups({"a": 1, "c": 2}).agrees(lookups.noted)


def test_what_cannot_be_noted_is_refused() -> None:
    with pytest.raises(TypeError, match="by name"):
        list(Lookups({"a": 1}))
    with pytest.raises(TypeError, match="by name"):
        len(Lookups({"a": 1}))
