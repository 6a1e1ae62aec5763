"""Formulas: MathML with the LaTeX in it, and LaTeX alone in copies."""

import pytest
from bs4 import BeautifulSoup

from site_src.components.formula import formula, in_a_line, mathml
from site_src.errors import PageError
from tests.unit.site_src.conftest import MakeContext, Render

LATEX = r"a_1 < b \& c"


def test_the_latex_of_a_formula_can_be_copied_from_it() -> None:
    page = BeautifulSoup(mathml(LATEX, "inline"), "html.parser")
    annotation = page.find("annotation")
    assert annotation is not None
    assert annotation.text == LATEX
    assert annotation["encoding"] == "application/x-tex"


def test_a_formula_is_one_element_and_its_annotation() -> None:
    for latex in ("a", "a + b"):
        page = BeautifulSoup(mathml(latex, "inline"), "html.parser")
        assert page.math is not None
        assert page.math.semantics is not None
        assert [tag.name for tag in page.math.semantics.find_all(recursive=False)] == ["mrow", "annotation"]


def test_a_formula_stands_in_a_line_or_alone() -> None:
    assert 'display="inline"' in mathml("a", "inline")
    assert 'display="block"' in mathml("a", "block")


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"n \log n", "n_log_n"),
        (r"\log_2 C = 1", "log2_C=1"),
        (r"-\ln 2", "−ln_2"),
        (r"100 \, \log(n)", "100_log(n)"),
        (r"2^{\ln x}", "2ln_x"),
        ("a b", "ab"),
    ],
)
def test_the_name_of_a_function_keeps_a_distance(latex: str, shown: str) -> None:
    page = BeautifulSoup(mathml(latex, "inline"), "html.parser")
    for space in page.find_all("mspace"):
        space.string = "_"
    assert page.semantics is not None
    assert next(page.semantics.children).text == shown


def test_a_copy_has_the_latex_between_dollar_signs(copied: MakeContext) -> None:
    assert formula(copied(), LATEX) == f"${LATEX}$"
    assert formula(copied(), LATEX, "block") == f"$${LATEX}$$"


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        ("", "expected a formula in LaTeX, found '' (NoAvailableTokensError)"),
        ("a_", "expected a formula in LaTeX, found 'a_' (MissingSuperScriptOrSubscriptError)"),
        (r"\\fracc{a}{b}", r"no command '\fracc' of LaTeX is known, in the formula '\fracc{a}{b}'"),
    ],
)
def test_what_is_no_latex_stops_the_page_in_one_line(rendered: Render, latex: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        rendered(f"First line.\n{{{{ math('{latex}') }}}}")
    assert str(caught.value) == f"docs/posts/page.md:2: {message}"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"C = M \times o \times p", "C = M × o × p"),
        (r"\frac{\text{1,860}}{0.5571 \times 420}", "1,860 / (0.5571 × 420)"),
        (r"10^{12} \times \text{86,400}", "10^12 × 86,400"),
        (r"\log_2 C = a + b\,t", "log_2 C = a + b t"),
        (r"T_{1/2} = \sqrt{1 + n}", "T_(1 / 2) = √(1 + n)"),
    ],
)
def test_in_a_line_a_formula_is_plain_text(latex: str, text: str) -> None:
    assert in_a_line(latex) == text
