"""Rendering a page: what becomes of its expressions, and what is said about a fault in one."""

import pytest

from analysis.artifacts import Bundle
from site_src.components.faces import HTML, MARKDOWN
from site_src.context import Face
from site_src.errors import PageError
from tests.small_edition import CLAIM, FIGURE, QUANTITY, TABLE, small_edition
from tests.unit.site_src.conftest import Render

FACES = pytest.mark.parametrize("face", [HTML, MARKDOWN], ids=["html", "markdown"])


def fault(rendered: Render, text: str, face: Face = HTML, first_line: int = 1) -> str:
    with pytest.raises(PageError) as caught:
        rendered(text, face=face, first_line=first_line)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@FACES
def test_text_without_expressions_stays_as_it_is(rendered: Render, face: Face) -> None:
    text = "# A *b* { #c }\n\n{# no comment #} <b>d</b>\n"
    assert rendered(text, face=face).markdown == text


@FACES
def test_comments_of_authors_are_left_out(rendered: Render, face: Face) -> None:
    assert rendered("a {## no part of the page ##} b", face=face).markdown == "a  b"


@FACES
@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (f"{{{{ {QUANTITY}s }}}}", f"no quantity '{QUANTITY}s'; did you mean '{QUANTITY}'?"),
        ("{{ compute.trend }}", "'compute.trend' is a group of quantities; expected the name of one"),
        ("{{ comptue.trend.time }}", "no name 'comptue'; did you mean 'compute'?"),
        ("{{ cite('amodei2018a') }}", "no reference 'amodei2018a'; did you mean 'amodei2018ai'?"),
        ("{% call figure('compute.tren') %}{% endcall %}", f"no figure 'compute.tren'; did you mean '{FIGURE}'?"),
        ("{{ figref('compute.tren') }}", f"no figure 'compute.tren'; did you mean '{FIGURE}'?"),
        ("{{ tableref('compute.run') }}", f"no table 'compute.run'; did you mean '{TABLE}'?"),
        ("{{ printed('compute-2018.on') }}", f"no claim 'compute-2018.on'; did you mean '{CLAIM}'?"),
        (
            "{{ calculation('alexnet', 'gpu_tim') }}",
            "no calculation 'worked.alexnet.gpu_tim'; did you mean 'worked.alexnet.gpu_time'?",
        ),
        ("{{ unclosed", "unexpected end of template, expected 'end of print statement'."),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 'x' | digit(2) }}", "No filter named 'digit'."),
    ],
)
def test_a_fault_stops_with_page_and_line(rendered: Render, face: Face, expression: str, message: str) -> None:
    # The expression is on the third line of a text that starts on the fifth of its file.
    line = fault(rendered, f"First line.\n\n{expression}\n", face, first_line=5)
    assert line == f"docs/posts/page.md:7: {message}"


def test_the_line_is_that_of_the_page_where_a_part_of_it_fails(rendered: Render) -> None:
    text = "\n{{ template('ledger.md.j2', groups={'a': [1]}, claims={}) }}"
    assert fault(rendered, text).startswith("docs/posts/page.md:2: ")


def test_a_page_that_includes_itself_is_refused(rendered: Render) -> None:
    text = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"
    assert fault(rendered, text).endswith(": the page includes itself, or a part of itself, without end")


def test_a_page_ends_with_its_works_and_its_cards(rendered: Render) -> None:
    page = rendered(f"{{{{ {QUANTITY} }}}} {{{{ cite('amodei2018ai') }}}}")
    body, listed = page.markdown.split("\n\n## References { #references }\n\n")
    assert body.count("<a ") == 2
    assert listed == "<!--block:0-->\n\n\n<!--block:1-->\n"
    assert page.blocks[0].startswith("<ol>")
    assert f'id="card-{QUANTITY}"' in page.blocks[1]


def test_a_copy_has_no_cards_and_no_marks(rendered: Render) -> None:
    page = rendered(f"{{{{ {QUANTITY} }}}} {{{{ cite('amodei2018ai') }}}}", face=MARKDOWN)
    assert page.blocks == ()
    assert "<!--" not in page.markdown


@FACES
def test_a_page_without_numbers_and_works_gets_nothing_at_its_end(rendered: Render, face: Face) -> None:
    assert rendered("a", face=face).markdown == "a"


@FACES
def test_what_a_page_states_and_cites_is_noted(rendered: Render, face: Face) -> None:
    page = rendered(
        f"{{{{ {QUANTITY} }}}} {{{{ cite('sastry2019addendum') }}}} {{{{ cite('amodei2018ai') }}}}", face=face
    )
    assert page.stated == {QUANTITY}
    assert page.cited == ("sastry2019addendum", "amodei2018ai")
    assert set(page.margin_notes) == set(page.cited)


def test_two_pages_of_one_text_share_nothing_that_they_collect(rendered: Render) -> None:
    other: Bundle = small_edition("other")
    first, second = rendered("{{ cite('amodei2018ai') }}"), rendered("{{ cite('amodei2018ai') }}", other)
    assert "other" in second.blocks[0]
    assert "other" not in first.blocks[0]
