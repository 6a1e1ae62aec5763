"""Text of records in every component and page that shows it, in both faces: it is shown, and is nothing but text."""

from functools import cache
from string import punctuation
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from tests.small_edition import CLAIM, FIGURE, QUANTITY, TABLE, small_edition
from tests.unit.site_src.conftest import Show

WORD = "word"
HOSTILE = (
    "<script>x</script> <b>*a*</b> & &lt;",
    "__b__ | c | `d | e` | ``f``",
    "[x](https://a.b) ![y](z.png) <https://a.b> [^1]",
    "{{ 7*191 }} {% if x %} {# y #} { .evil } @@figure $x$",
    '" onclick="x" --- \\| \\',
    "שלום *1* | 2",
    "- x",
    "# y",
    "1. z",
)
# Everything that pages ask for, by what is on the page that asks.
PAGES = {
    "number": f"{{{{ quantity('{QUANTITY}') }}}}",
    "citation": "{{ cite('amodei2018ai') }}",
    "figure": f"{{% call figure('{FIGURE}') %}}Words.{{% endcall %}}",
    "table": f"{{% call table('{TABLE}') %}}Words.{{% endcall %}}",
    "calculation": "{{ calculation('alexnet', 'gpu_time') }}",
    "calculations": "{{ calculations() }}",
    "statement": f"{{{{ printed('{CLAIM}') }}}}, {{{{ verdict('{CLAIM}') }}}}",
    "ledger": "{{ ledger('originals') }}",
    "references": "{{ references() }}",
    "quantities": "{{ quantities('compute') }}",
    "changes": "{{ changes('2018-05') }}",
    "system": "{{ system_page('alexnet') }}",
    "network": "{{ network_page('alexnet') }}",
    "figure page": f"{{{{ exhibit_page('figure', '{FIGURE}') }}}}",
    "table page": f"{{{{ exhibit_page('table', '{TABLE}') }}}}",
    "figures": "{{ template('figures.md.j2') }}",
    "tables": "{{ template('tables.md.j2') }}",
    "dictionary": "{{ template('dictionary.md.j2') }}",
    "panel": "{{ what_if() }}",
    "text of a record": "{{ rendered(bundle.ledger[0].reason) }}",
    "title": "# {{ heading() }}",
}
OWN_PAGES = {"system": "systems/alexnet.md", "network": "architectures/alexnet.md"}
# Each once for all tests.
edition_of = cache(small_edition)
# What runs from right to left is isolated.
UNSEEN = ("bdi",)
# In a copy a drawing speaks through its alternative text, and the panel shows numbers alone.
UNSAID = ("number", "panel")


def shape(page: BeautifulSoup) -> list[tuple[str, Any]]:
    """The elements of a page in their order, each with the names of its attributes."""
    return [(tag.name, sorted(tag.attrs)) for tag in page.find_all(True) if tag.name not in UNSEEN]


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text().split())


# A copy is typeset.
TYPED: Final = str.maketrans("“”‘’×", "\"\"''x")


def reader_of_copies(copy: str) -> str:
    """What a reader of Markdown makes of a copy: every sign can be escaped, and tables are known, as in CommonMark."""
    reader = Markdown(extensions=["tables"])
    reader.ESCAPED_CHARS = list(punctuation)
    return reader.convert(copy)


def known(name: str, text: str) -> dict[str, Any]:
    return {"page": OWN_PAGES.get(name, "posts/page.md"), "meta": {"title": text}}


@pytest.mark.parametrize("name", PAGES)
def test_text_of_records_is_text_on_the_site(page_html: Show, name: str) -> None:
    def page_of(text: str) -> BeautifulSoup:
        return BeautifulSoup(page_html(PAGES[name], edition_of(text), **known(name, text)), "html.parser")

    plain = shape(page_of(WORD))
    for text in HOSTILE:
        page = page_of(text)
        assert shape(page) == plain, text
        assert name in UNSAID or text in words(page), text


@pytest.mark.parametrize("name", PAGES)
def test_text_of_records_is_text_in_copies(page_copy: Show, name: str) -> None:
    def page_of(text: str) -> BeautifulSoup:
        copy = page_copy(PAGES[name], edition_of(text), **known(name, text))
        return BeautifulSoup(reader_of_copies(copy), "html.parser")

    plain = shape(page_of(WORD))
    for text in HOSTILE:
        page = page_of(text)
        assert shape(page) == plain, text
        assert name in UNSAID or text in words(page).translate(TYPED), text
