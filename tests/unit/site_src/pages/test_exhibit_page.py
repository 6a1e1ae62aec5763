"""The own page of a figure or table: the thing, its data, its code and its editions."""

import pytest
from bs4 import BeautifulSoup

from analysis.artifacts import Bundle
from site_src.errors import PageError
from tests import bundles
from tests.small_edition import FIGURE, TABLE, small_edition
from tests.unit.site_src.conftest import Render, Show

CALL = f"{{{{ exhibit_page('figure', '{FIGURE}') }}}}"
TABLE_CALL = f"{{{{ exhibit_page('table', '{TABLE}') }}}}"
PAGE = "figures/compute-trend.md"


def editions(*ids: str, changed_from: str = "9999-12") -> list[Bundle]:
    """Editions with the same figure, whose rows are others from one edition on."""
    return [
        bundles.with_files(
            small_edition(edition_id=name), {f"figures/{FIGURE}.csv": "n\n3\n" if name >= changed_from else "n\n2\n"}
        )
        for name in ids
    ]


def facts(copy: str) -> dict[str, str]:
    lines = (line.removeprefix("- ").partition(": ")[::2] for line in copy.splitlines() if line.startswith("- "))
    return dict(lines)


def test_a_figure_is_shown_with_its_words_and_its_data(page_html: Show, page_copy: Show) -> None:
    page = BeautifulSoup(page_html(CALL, page=PAGE), "html.parser")
    headings = [heading.find(string=True) for heading in page.select("h2")]
    assert headings == ["In words", "Data", "Where it comes from", "Cite"]
    # The data are on the page, not behind a disclosure.
    assert len(page.select(".data-table")) == 1
    assert page.select("details.figure-data") == []
    assert "Click a heading to sort by it." in page.text
    copy = page_copy(CALL, page=PAGE)
    assert "A click" not in copy
    assert copy.count("| Range (months) |") == 1


def test_a_table_has_no_words_and_no_second_data(page_html: Show) -> None:
    page = BeautifulSoup(page_html(TABLE_CALL, page="tables/compute-runs.md"), "html.parser")
    headings = [heading.find(string=True) for heading in page.select("h2")]
    assert headings == ["Where it comes from", "Cite", "References"]


@pytest.mark.parametrize(
    ("known", "changed_from", "expected"),
    [
        (("2018-05",), "9999-12", "2018-05; new or changed in this edition"),
        (("2018-05", "2019-11"), "9999-12", "2019-11; unchanged since edition 2018-05"),
        (("2018-05", "2019-11"), "2019-11", "2019-11; new or changed in this edition"),
        (("2018-05", "2019-11", "2020-05"), "2019-11", "2020-05; unchanged since edition 2019-11"),
    ],
)
def test_the_edition_since_which_it_is_the_same_is_named(
    page_copy: Show, known: tuple[str, ...], changed_from: str, expected: str
) -> None:
    assert facts(page_copy(CALL, *editions(*known, changed_from=changed_from), page=PAGE))["Edition"] == expected


def test_a_table_is_the_same_as_long_as_its_file_is(page_copy: Show) -> None:
    known = editions("2018-05", "2019-11", changed_from="2019-11")
    assert facts(page_copy(TABLE_CALL, *known, page="tables/compute-runs.md"))["Edition"].endswith(
        "since edition 2018-05"
    )


def test_the_nearest_edition_before_that_has_it_is_linked(page_copy: Show) -> None:
    without = small_edition(edition_id="2019-11", figures=())
    first, last = editions("2018-05", "2020-05")
    assert facts(page_copy(CALL, first, without, last, page=PAGE))["Other editions"] == (
        "[previous: 2018-05](../../../2018-05/figures/compute-trend/index.md) · "
        "[latest](../../../latest/figures/compute-trend/index.md)"
    )
    assert facts(page_copy(CALL, without, last, page=PAGE))["Other editions"].startswith("[latest]")


def test_what_made_it_is_named_with_line_and_commit(page_copy: Show) -> None:
    assert facts(page_copy(CALL, page=PAGE))["Drawn by"] == "`analysis/a.py`, line 7"
    known = {"commits": {"analysis/b.py": "0123456789abcdef"}, "page": "tables/compute-runs.md"}
    assert facts(page_copy(TABLE_CALL, **known))["Made by"] == "`analysis/b.py`, line 9, as of commit `0123456789ab`"


def test_the_pages_of_the_edition_that_show_it_are_listed(page_copy: Show) -> None:
    known = {"shown_on": {("figure", FIGURE): ["index.md", "gone.md", "posts/a.md"]}, "page": PAGE}
    titles = {"index.md": "Home", "posts/a.md": "A post"}
    expected = facts(page_copy(CALL, pages=frozenset({"index.md", "posts/a.md"}), titles=titles, **known))["Shown on"]
    assert expected == "[Home](../../index.md), [A post](../../posts/a/index.md)"
    assert facts(page_copy(CALL, page=PAGE))["Shown on"] == "this page only"


def test_its_caption_is_that_of_the_page_that_shows_it_below_its_title(rendered: Render, page_copy: Show) -> None:
    captions = {("figure", FIGURE): "Grows by {{ compute.trend.time | plain }}."}
    assert "\n\nGrows by 3.4\u00a0months.\n\n" in rendered(CALL, page=PAGE, captions=captions).markdown
    assert "**Figure 1. word**\n" in page_copy(CALL, page=PAGE)


@pytest.mark.parametrize("kind", ["figure", "table"])
def test_an_unknown_name_is_reported(rendered: Render, kind: str) -> None:
    with pytest.raises(PageError, match=f"no {kind} 'compute.x'"):
        rendered(f"{{{{ exhibit_page('{kind}', 'compute.x') }}}}")
