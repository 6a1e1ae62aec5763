"""The pages of one edition, from their sources to finished HTML and copies."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from site_src.errors import PageError
from site_src.pages.edition import EditionPages, authored_sources, edited_at
from tests.small_edition import FIGURE, QUANTITY, small_edition

POST = '---\ntitle: A post\ndescription: Words.\ntopic: compute\nsince: "2018-05"\n---\n\n# A post\n\n'
STATED = f"{{{{ {QUANTITY} }}}} {{{{ cite('amodei2018ai') }}}}\n"
SOURCES = {
    "index.md": f"# Home\n\n{STATED}",
    "about/a.md": STATED,
    "references.md": "{{ references() }}",
    "posts/a.md": f"{POST}See [b](../about/a.md#x).\n",
    "posts/later.md": '---\ntitle: Later\ndescription: More.\ntopic: compute\nsince: "2019-11"\n---\n',
    "notebooks/a.py": "# %% [markdown]\n# Text.\n",
}


def pages(sources: Mapping[str, str] = SOURCES, *ids: str) -> EditionPages:
    bundles = {name: small_edition(edition_id=name) for name in ids or ("2018-05",)}
    return EditionPages.of(sources, bundles, address="https://example.org/", commits={})


@pytest.fixture(scope="module")
def made() -> EditionPages:
    """Every page of an edition, rendered."""
    whole = pages()
    whole.render()
    return whole


def test_an_edition_has_the_pages_of_its_time_and_those_of_its_records(made: EditionPages) -> None:
    assert "posts/later.md" not in made.sources
    assert {"posts/a.md", "systems/alexnet.md", "figures/compute-trend.md"} <= set(made.sources)
    assert made.site.pages == frozenset(made.sources)
    assert "posts/later.md" in pages(SOURCES, "2018-05", "2019-11").sources


def test_every_page_but_the_notebooks_is_rendered(made: EditionPages) -> None:
    assert set(made.sources) - set(made.rendered) == {"notebooks/a.py"}


def test_pages_that_state_a_number_are_listed_home_page_first_and_made_ones_last(made: EditionPages) -> None:
    # The page of the network states it for the run that uses the network.
    assert made.site.stated_on[QUANTITY] == ["index.md", "about/a.md", "architectures/alexnet.md"]
    cited = made.site.cited_on["amodei2018ai"]
    assert cited[:2] == ["index.md", "about/a.md"]
    assert cited[2:] == sorted(cited[2:])


def test_lists_of_uses_are_rendered_when_all_else_is_known(made: EditionPages) -> None:
    assert 'Cited on <a href="../">Home</a>' in made.finished_html(
        "references.md", made.rendered["references.md"].markdown
    )
    assert "Stated on" in "".join(made.rendered["results/compute/modern.md"].blocks)
    assert "no page" not in made.copy("references.md").split("amodei2018ai`")[1].split("\n\n")[1]


def test_a_post_ends_with_how_to_cite_it(made: EditionPages) -> None:
    assert "## Cite this page { #cite }" in made.rendered["posts/a.md"].markdown
    assert "Cite this page" not in made.rendered["about/a.md"].markdown
    assert made.site.posts == {
        "posts/a.md": {"title": "A post", "description": "Words.", "topic": "compute", "since": "2018-05"}
    }


def test_front_matter_is_no_part_of_a_page(made: EditionPages) -> None:
    assert made.rendered["posts/a.md"].markdown.startswith("# A post\n")
    assert made.copy("posts/a.md").startswith("# A post\n")


def test_a_copy_leads_to_copies(made: EditionPages) -> None:
    assert "[b](../../about/a/index.md#x)" in made.copy("posts/a.md")
    assert "[b](../about/a.md#x)" in made.rendered["posts/a.md"].markdown


def test_the_copy_of_a_notebook_is_its_text(made: EditionPages) -> None:
    assert made.copy("notebooks/a.py") == "Text."


def test_marks_become_blocks_and_notebooks_lose_their_ballast(made: EditionPages) -> None:
    assert "number-cards" in made.finished_html("about/a.md", "<!--block:1-->")
    html = made.finished_html("notebooks/a.py", "<style>a</style><table><tr><td>1</td></tr></table><!--block:0-->")
    assert html == (
        '<div class="table-box" role="group" aria-label="Table" tabindex="0">'
        '<table class="ruled facts"><tr><td>1</td></tr></table></div><!--block:0-->'
    )


def test_anchors_within_blocks_are_known(made: EditionPages) -> None:
    assert QUANTITY in made.anchors("results/compute.md")
    assert made.anchors("notebooks/a.py") == set()


def test_the_line_of_a_fault_is_that_of_the_file() -> None:
    faulty = pages({"posts/a.md": f"{POST}{{{{ cite('x') }}}}\n"})
    with pytest.raises(PageError, match=r"^docs/posts/a.md:10: no reference 'x'"):
        faulty.render()


def test_an_edited_page_is_rendered_alone_and_the_next_build_takes_it_over() -> None:
    before = pages()
    before.render()
    texts = {
        **SOURCES,
        "about/a.md": "New words.\n",
        "posts/later.md": f"{SOURCES['posts/later.md']}Of no page.\n",
        "notebooks/a.py": "# %%\n",
    }
    lists = before.rendered["references.md"]
    assert before.edit(texts) == ["about/a.md"]
    assert before.rendered["about/a.md"].markdown == before.copy("about/a.md") == "New words.\n"
    assert before.rendered["references.md"] is lists
    assert before.edit(texts) == []
    after = EditionPages.of(texts, before.site.bundles, earlier=before, address="https://example.org/", commits={})
    after.render()
    assert after.rendered["about/a.md"] is before.rendered["about/a.md"]
    assert after.site.stated_on[QUANTITY] == ["index.md", "architectures/alexnet.md"]


def test_a_fault_in_an_edited_page_has_its_line() -> None:
    before = pages()
    before.render()
    with pytest.raises(PageError, match=r"^docs/about/a.md:2: no reference 'x'"):
        before.edit({**SOURCES, "about/a.md": "Words.\n{{ cite('x') }}\n"})


def test_a_settled_page_keeps_the_numbers_of_its_edition() -> None:
    sources = {
        "a.md": "{{ edition.id }}",
        "b.md": '---\nsettled: "2018-05"\n---\n{{ edition.id }}',
        "c.md": '---\nsettled: "2026-11"\n---\n{{ edition.id }}',
    }
    whole = pages(sources, "2018-05", "2019-11")
    whole.render()
    assert [whole.rendered[page].markdown for page in sources] == ["2019-11", "2018-05", "2019-11"]


def test_the_head_of_a_page_names_the_works_that_it_cites(made: EditionPages) -> None:
    assert (
        "https://a.b/c" in made.head("posts/a.md") + made.head("figures/compute-trend.md")
        or made.head("about/a.md") == ""
    )
    assert made.head("about/a.md") == ""
    assert '"word"' in made.head("systems/alexnet.md")


def test_numbers_that_made_pages_alone_state_are_not_counted_as_stated(made: EditionPages) -> None:
    assert made.stated() == {QUANTITY}


def test_captions_and_places_of_exhibits_are_read_off_the_sources() -> None:
    whole = pages({"a.md": f'{{% call figure("{FIGURE}") %}}Words.{{% endcall %}}'})
    assert whole.site.captions["figure", FIGURE] == "Words."
    assert whole.site.shown_on["figure", FIGURE] == ["a.md"]


def test_authored_pages_are_read_with_their_paths(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.py", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    # The lock of an editor leads nowhere.
    (tmp_path / ".#b.md").symlink_to("nowhere")
    assert authored_sources(tmp_path) == {"a/c.py": "a/c.py", "b.md": "b.md"}


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("systems/alexnet.md", "data/systems/alexnet.toml"),
        ("architectures/alexnet.md", "analysis/counting/architectures/alexnet.py"),
        ("figures/a.md", None),
    ],
)
def test_a_made_page_is_edited_where_its_record_is(page: str, source: str | None) -> None:
    assert edited_at(small_edition(), page) == source


def test_the_proportions_of_all_drawings_are_given(made: EditionPages) -> None:
    assert made.proportions().count("aspect-ratio") == 2
