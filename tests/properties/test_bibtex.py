"""Text of bibliographies: what LaTeX has no sign for reads as it is written."""

from string import ascii_letters, digits

from hypothesis import given
from hypothesis import strategies as st

from analysis.inputs.bibtex import decoded

# A pair of braces is nothing to a reader, and has a text read as LaTeX.
BRACES = "{}"


@given(st.text(alphabet=f"{ascii_letters}{digits}éßЖ中ª \n.,:;()/+-`'\"<>|@!?*=[]", max_size=30))
def test_text_without_signs_of_latex_is_what_latex_makes_of_it(text: str) -> None:
    assert decoded(text) == decoded(f"{text}{BRACES}")
