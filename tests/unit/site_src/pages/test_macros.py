"""What a page may call, in both faces."""

import pytest
from bs4 import BeautifulSoup

from site_src.components.faces import HTML, MARKDOWN
from site_src.errors import PageError
from site_src.pages.macros import Macros
from tests import bundles
from tests.small_edition import CLAIM, FIGURE, QUANTITY, TABLE, small_edition
from tests.unit.site_src.conftest import MakeContext, Render, Show

NOTE = "{% call note('A') %}\n  It took\n  long.\n{% endcall %}\n"


def statement(**fields: object) -> dict[str, object]:
    plain = {"value": 3.0, "ours": 3.14159, "unit": "month", "verdict": "differs", "printed": "3 *m*"}
    return {**plain, "compares": QUANTITY, **fields}


@pytest.mark.parametrize(
    ("expression", "html", "copy"),
    [
        ("printed", "3 &#42;m&#42;", r"3 \*m\*"),
        ("ours", "3.142\u00a0months", "3.142\u00a0months"),
        ("verdict", "differs", "differs"),
    ],
)
def test_a_statement_is_linked_to_its_row(rendered: Render, expression: str, html: str, copy: str) -> None:
    edition = small_edition(ledger=(bundles.claim(**statement()),))
    text = f"{{{{ {expression}('{CLAIM}') }}}}"
    assert (
        rendered(text, edition).markdown == f'<a class="claim nowrap" href="../../results/ledger/#{CLAIM}">{html}</a>'
    )
    assert rendered(text, edition, face=MARKDOWN).markdown == f"[{copy}](../../results/ledger/index.md#{CLAIM})"


def test_a_statement_that_cannot_be_tested_has_no_number_of_ours(rendered: Render) -> None:
    with pytest.raises(PageError, match=f"claim '{CLAIM}' is not testable; there is no number of ours"):
        rendered(f"{{{{ ours('{CLAIM}') }}}}")


def test_a_note_is_at_the_end_and_its_letter_in_the_text(page_html: Show, page_copy: Show) -> None:
    text = f"Said.{{{{ noteref('A') }}}}\n\n{NOTE}"
    page = BeautifulSoup(page_html(text), "html.parser")
    note = page.select_one("div.note#note-a")
    assert note is not None
    assert " ".join(note.get_text().split()) == "A It took long. ↩"
    assert [link["href"] for link in page.select("a.noteref, a.back")] == ["#note-a", "#noteref-a"]
    assert page_copy(text).strip() == "Said.[\\[A\\]](#note-a)\n\n**A** It took long."


def test_notes_that_follow_each_other_are_paragraphs_of_a_copy(page_copy: Show) -> None:
    assert page_copy(NOTE + NOTE.replace("A", "B")).strip() == "**A** It took long.\n\n**B** It took long."


def test_a_formula_is_written_in_a_line(page_html: Show, page_copy: Show) -> None:
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">' in page_html("So {{ math('a') }}.")
    assert page_copy("So {{ math('a') }}.") == "So $a$.\n"


def test_the_arithmetic_of_a_number_leaves_out_what_it_gives(rendered: Render) -> None:
    number = bundles.quantity(QUANTITY, 6.0, "data/a.csv", filled="2 = 2 \\times 3 = 6")
    edition = small_edition(results=bundles.results(number))
    assert rendered(f"{{{{ arithmetic('{QUANTITY}') }}}}", edition, face=MARKDOWN).markdown == "$2 = 2 \\times 3$"


def symbol(**fields: object) -> dict[str, object]:
    return {
        "symbol": "C_1",
        "value": 770.0,
        "unit": "pfs-day",
        "label": "x",
        "name": None,
        "names": [],
        "record": None,
        **fields,
    }


def test_an_input_of_a_number_is_written_with_its_unit_and_leads_to_the_number(rendered: Render) -> None:
    number = bundles.quantity(QUANTITY, 6.0, "data/a.csv", symbols=[symbol(), symbol(symbol="n", value=None)])
    edition = small_edition(results=bundles.results(number))
    page = rendered(f"{{{{ input_of('{QUANTITY}', 'C_1') }}}}", edition, face=MARKDOWN)
    assert page.markdown == f"[770\u00a0pfs-days](../../results/compute/trend/index.md#{QUANTITY})"
    assert page.stated == {QUANTITY}
    for wanted, message in (
        ("C_2", f"no input of '{QUANTITY}' with the symbol 'C_2'; did you mean 'C_1'?"),
        ("n", f"the input n of '{QUANTITY}' is a series; expected one number"),
    ):
        with pytest.raises(PageError) as caught:
            rendered(f"{{{{ input_of('{QUANTITY}', '{wanted}') }}}}", edition)
        assert str(caught.value).endswith(message)


def test_the_rows_of_a_table_are_counted(rendered: Render) -> None:
    assert rendered(f"{{{{ rows_of('{TABLE}') }}}}").markdown == "1"
    with pytest.raises(PageError, match=r"no table 'compute.run'; did you mean 'compute.runs'\?"):
        rendered("{{ rows_of('compute.run') }}")


def test_a_system_counts_once_whatever_the_number_of_its_printed_calculations(rendered: Render) -> None:
    # VGG has two in print; that of DQN is a variant, and GANs have a stated value alone.
    made = [("vgg", "printed", "operations"), ("vgg", "printed", "gpu_time")]
    made += [("dqn", "variant", "operations"), ("gans", "printed", "stated")]
    worked = tuple(
        bundles.calculation(name=f"worked.{system}.{method}", system=system, role=role, method=method)
        for system, role, method in made
    )
    page = rendered("{{ calculated('operations', 'gpu_time') | words }}", small_edition(worked=worked))
    assert page.markdown == "one"


def test_a_reference_to_an_exhibit_is_its_number(rendered: Render) -> None:
    text = f"{{{{ figref('{FIGURE}') }}}} {{{{ tableref('{TABLE}') }}}}"
    assert rendered(text, face=MARKDOWN).markdown == (
        "[Figure 1](../../figures/compute-trend/index.md) [Table 1](../../tables/compute-runs/index.md)"
    )


def test_the_compute_of_a_system_is_a_number(rendered: Render) -> None:
    assert rendered("{{ compute_of('alexnet') | plain }}").markdown == "2.00\u00a0FLOP"


def test_the_posts_are_listed_oldest_first_with_their_headlines(rendered: Render) -> None:
    posts = {
        "posts/2020-b.md": {"title": "B", "description": "Later."},
        "posts/2018-a.md": {
            "title": "A *a*",
            "description": "Sooner.",
            "headline": f"In {{{{ {QUANTITY} | plain }}}}.",
        },
    }
    text = "{% for post in posts() %}{{ post.page }} {{ post.title }} {{ post.headline }};{% endfor %}"
    assert rendered(text, posts=posts, face=MARKDOWN).markdown == (
        "posts/2018-a.md A \\*a\\* In 3.4\u00a0months.;posts/2020-b.md B ;"
    )


def test_whether_the_edition_has_a_page_is_known(rendered: Render) -> None:
    text = "{{ 'yes' if has('a.md') else 'no' }}"
    assert rendered(text, pages=frozenset({"a.md"})).markdown == "yes"
    assert rendered(text).markdown == "no"


def test_a_link_is_a_source_on_the_site_and_an_address_in_a_copy(rendered: Render) -> None:
    text = "{{ link('data/index.md') }} {{ link('files/a.csv') }}"
    assert rendered(text).markdown == "../data/index.md ../files/a.csv"
    assert rendered(text, face=MARKDOWN).markdown == "../../data/index.md ../../files/a.csv"


def test_a_page_is_cited_by_its_own_address(page_copy: Show) -> None:
    copy = page_copy("{{ cite_page() }}", page="systems/alexnet.md")
    assert "https://example.org/2018-05/systems/alexnet/" in copy
    assert "[BibTeX](../../files/citations/system-alexnet.bib)" in copy
    with pytest.raises(PageError, match=r"no citation 'about/a.md'"):
        page_copy("{{ cite_page() }}", page="about/a.md")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("system_page('alexne')", "no system 'alexne'; did you mean 'alexnet'?"),
        ("network_page('alexne')", "no network 'alexne'; did you mean 'alexnet'?"),
        ("changes('2018-06')", "no edition '2018-06'; did you mean '2018-05'?"),
        ("quantity('compute.trend.tim')", f"no quantity 'compute.trend.tim'; did you mean '{QUANTITY}'?"),
    ],
)
def test_what_is_not_there_is_reported_with_the_nearest(rendered: Render, call: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        rendered(f"{{{{ {call} }}}}")
    assert str(caught.value).endswith(message)


def test_neither_the_making_of_macros_nor_their_environment_can_be_called_by_a_page(context: MakeContext) -> None:
    names = Macros(context()).names()
    assert {"cite", "figure", "what_if"} <= set(names)
    assert not {"bind", "names"} & set(names)
    assert not [name for name in names if name.startswith("_")]


def test_both_faces_have_the_same_names(context: MakeContext) -> None:
    assert set(Macros(context(face=HTML)).names()) == set(Macros(context(face=MARKDOWN)).names())


def test_the_drawing_of_a_network_describes_itself_in_a_copy(page_copy: Show) -> None:
    copy = page_copy("{{ network_page('alexnet') }}", page="architectures/alexnet.md")
    assert "\n\n![Bars & diamonds.](../../files/networks/alexnet.svg)\n\n" in copy


def test_the_shape_of_a_layer_is_written_out(page_html: Show) -> None:
    assert "<td>8x32x32</td>" in page_html("{{ network_page('alexnet') }}", page="architectures/alexnet.md")
