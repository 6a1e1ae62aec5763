"""From a number or a work back to the pages that state or cite it."""

from site_src.components.backlinks import uses
from tests.unit.site_src.conftest import MakeContext

PLACES = {"a.b": ["index.md", "posts/2018-05-16-a-post.md"]}
TITLES = {"index.md": "Home", "posts/2018-05-16-a-post.md": "A post"}


def test_the_pages_that_state_a_number_are_linked_in_both_faces(context: MakeContext, copied: MakeContext) -> None:
    known = {"page": "results/a.md", "stated_on": PLACES, "titles": TITLES}
    assert uses(context(**known), "stated", "a.b") == (
        'Stated on <a href="../../">Home</a>, <a href="../../posts/2018-05-16-a-post/">A post</a>.'
    )
    assert uses(copied(**known), "stated", "a.b") == (
        "Stated on [Home](../../index.md), [A post](../../posts/2018-05-16-a-post/index.md)."
    )


def test_citations_are_looked_up_apart_from_numbers(context: MakeContext) -> None:
    assert uses(context(page="a.md", cited_on=PLACES, titles=TITLES), "cited", "a.b").startswith(
        'Cited on <a href="../">'
    )
    assert uses(context(cited_on=PLACES), "stated", "a.b") == "Stated on no page."


def test_no_page_is_said_to_be_none(copied: MakeContext) -> None:
    assert uses(copied(), "cited", "a.b") == "Cited on no page."
