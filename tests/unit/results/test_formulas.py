"""Numbers in place of symbols, sign by sign."""

import pytest
from latex2mathml.converter import convert

from analysis.errors import UnknownNameError
from analysis.results.formulas import filled, latex_number, latex_quantity, plain, rounded


@pytest.mark.parametrize(
    ("formula", "numbers", "expected"),
    [
        (r"\frac{C_2}{C_1}", {"C_1": "5", "C_2": "7"}, r"\frac{7}{5}"),
        # A symbol is no part of a longer one, of a command or of an index.
        ("S_{tC} + C + C_1", {"C": "2", "C_1": "3", "S_{tC}": "4"}, "4 + 2 + 3"),
        (r"\min_i C_i", {"C_i": None}, r"\min_i C_i"),
        (r"\min_n n", {"n": "3"}, r"\min_n 3"),
        (r"\frac{n_{\mathrm{in}}}{n}", {"n": "4", r"n_{\mathrm{in}}": "3"}, r"\frac{3}{4}"),
        (r"\sum_{\text{layers}} M_i", {"M_i": None}, r"\sum_{\text{layers}} M_i"),
        # A thin space is a product.
        (r"\frac{12\,\Delta t}{\log_2 f}", {r"\Delta t": "5.4", "f": "8"}, r"\frac{12 \times 5.4}{\log_2 8}"),
        ("t_2 - t_1", {"t_1": "-40.5", "t_2": "12"}, "12 - (-40.5)"),
        ("S^2", {"S": r"3 \times 10^{8}"}, r"(3 \times 10^{8})^2"),
        (r"2^{12\,t / T}", {"t": "5", "T": "24"}, r"2^{12 \times 5 / 24}"),
        ("T_{1/2}", {"T_{1/2}": "4"}, "4"),
    ],
)
def test_symbols_are_replaced_whole(formula: str, numbers: dict[str, str | None], expected: str) -> None:
    assert filled(formula, numbers) == expected


def test_a_letter_without_an_input_is_refused() -> None:
    message = r"^formula a \+ c: 'c' has no input; expected a symbol of the inputs$"
    with pytest.raises(UnknownNameError, match=message):
        filled("a + c", {"a": "1"})


def test_a_letter_does_not_match_a_symbol_with_an_index() -> None:
    with pytest.raises(UnknownNameError, match=r"^formula C_1: 'C' has no input"):
        filled("C_1", {"C": "1"})


def test_a_symbol_that_does_not_occur_is_refused() -> None:
    message = r"^formula a: found no symbol b; expected every symbol of the inputs$"
    with pytest.raises(UnknownNameError, match=message):
        filled("a", {"a": "1", "b": "2"})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.00578754, "0.005788"),
        (321_380.07, r"\text{321,400}"),
        (8.5e9, r"8.5 \times 10^{9}"),
        (1e-14, "10^{-14}"),
        (-40.5, "-40.5"),
        (0.0, "0"),
    ],
)
def test_a_number_has_four_digits_and_its_thousands_grouped(value: float, expected: str) -> None:
    assert latex_number(value) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected", "read"),
    [
        (1.0, "year", r"1\ \text{year}", "<mn>1</mn><mtext>&#x000A0;</mtext><mtext>year</mtext>"),
        (7.95, "x", r"7.95\text{×}", "<mn>7.95</mn><mtext>×</mtext>"),
        (0.75, "1", "0.75", "<mn>0.75</mn>"),
        (5.0, "percent", r"5\%", "<mn>5</mn><mi>&#x00025;</mi>"),
        (12.6, "dollar", r"\text{US}\$\ 12.6", "<mtext>US</mtext><mi>&#x00024;</mi>"),
        (3.02e9, "x", r"3.02 \times 10^{9}\ \text{times}", "<mtext>times</mtext>"),
    ],
)
def test_a_number_carries_its_unit(value: float, unit: str, expected: str, read: str) -> None:
    assert latex_quantity(value, unit) == expected
    assert read in convert(expected)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"f_{\mathrm{compute}}", "f_compute"),
        (r"\Delta t", "Δt"),
        ("S_{tC}", "S_tC"),
        (r"x_{\text{word count}}", "x_word count"),
    ],
)
def test_a_symbol_is_written_as_plain_text(latex: str, text: str) -> None:
    assert plain(latex) == text


def test_rounding_keeps_significant_digits() -> None:
    assert rounded(12_345.6, 4) == 12_350
