"""Figures in a page: every drawing of one, its caption, its files and its data."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.artifacts import Bundle
from analysis.errors import BundleError
from site_src.components.figure import MOST_ROWS, drawing, drawings_of, proportions
from site_src.errors import PageError
from tests import bundles
from tests.small_edition import FIGURE, small_edition
from tests.unit.site_src.conftest import Render, Show

CALL = f"{{% call figure('{FIGURE}') %}}\n  It doubles.\n  Twice.\n{{% endcall %}}"
SCALES = bundles.figure(variants=("linear",), controls=("scale",))


def test_a_figure_has_title_caption_source_files_and_data_in_one_place(page_html: Show) -> None:
    page = BeautifulSoup(page_html(CALL), "html.parser")
    figure = page.find("figure", id="figure-compute-trend")
    assert figure is not None
    assert figure.figcaption is not None
    assert " ".join(figure.select_one(".figure-title").get_text().split()) == "Figure 1 word"  # type: ignore[union-attr]
    caption, source, *_ = figure.figcaption.find_all("p")
    assert caption.get_text() == "It doubles. Twice."
    assert source.get_text() == "Source: AI and compute, recomputed, edition 2018-05. Licence: CC BY 4.0."
    assert [link.text for link in figure.select(".downloads a")] == ["SVG", "PNG", "PDF", "CSV", "Sources", "Cite"]
    assert page.select("details.figure-data table tr[id='figure-compute-trend-row-a']")


def test_a_still_figure_is_the_first_drawing_without_number_choices_and_data(page_html: Show) -> None:
    call = f"{{% call still_figure('{FIGURE}') %}}\n  It doubles.\n{{% endcall %}}"
    page = BeautifulSoup(page_html(call, small_edition(figures=(SCALES,))), "html.parser")
    (figure,) = page.select("figure#figure-compute-trend")
    assert [drawing["class"] for drawing in figure.select(".drawing")] == [
        ["drawing", "drawing-wide", "scale-log"],
        ["drawing", "drawing-narrow", "scale-log"],
    ]
    assert " ".join(figure.select_one(".figure-title").get_text().split()) == "A trend"  # type: ignore[union-attr]
    assert not page.select(".figure-controls, .figure-data")


def test_a_copy_shows_a_figure_by_its_file_with_its_description(page_copy: Show) -> None:
    parts = page_copy(CALL).split("\n\n")
    assert parts[0] == "![word](../../files/figures/compute.trend.svg)"
    assert parts[1:3] == ["**Figure 1. word**", "It doubles. Twice."]
    assert parts[3].startswith("Source: AI and compute, recomputed, edition ")
    assert parts[4].startswith("[Data as CSV](../../files/figures/compute.trend.csv); [drawings, code and sources](")
    assert parts[5] == "Data of this figure:"
    assert parts[6].startswith("| word |")


def test_what_follows_a_figure_in_a_copy_is_no_row_of_its_data(page_copy: Show) -> None:
    copy = page_copy(f"{CALL}\nNext.\n")
    assert copy.endswith("|\n\nNext.\n")


def test_drawings_are_no_part_of_the_markdown(rendered: Render) -> None:
    page = rendered(CALL)
    assert "<svg" not in page.markdown
    assert sum(block.count("<svg") for block in page.blocks) == 2


def test_a_figure_has_a_drawing_for_each_scale_in_both_widths() -> None:
    bundle = small_edition(figures=(SCALES,))
    shown = list(drawings_of(bundle, SCALES))
    assert [each.kinds for each in shown] == [
        "drawing-wide scale-log",
        "drawing-narrow scale-log",
        "drawing-wide scale-linear",
        "drawing-narrow scale-linear",
    ]
    assert [each.ratio for each in shown] == ["1.520000", "1.530000", "1.570000", "1.580000"]


def test_the_proportions_of_all_drawings_are_rules_of_style_once_each() -> None:
    one, other = small_edition(), small_edition(figures=(SCALES,))
    rules = proportions([one, other]).splitlines()
    assert rules[0] == '.drawing[data-ratio="1.520000"] { aspect-ratio: 1.520000; }'
    assert [re.findall(r"\d\.\d+", rule)[0] for rule in rules] == ["1.520000", "1.530000", "1.570000", "1.580000"]


def test_a_drawing_describes_itself_in_text() -> None:
    assert drawing(bundles.drawing("Bars &amp; &lt;dots&gt;"), "").description == "Bars & <dots>"
    assert drawing('<svg viewBox="0 0 2 1"></svg>', "").description == ""


def test_a_drawing_says_what_it_measures_where_it_does() -> None:
    measured = bundles.drawing("").replace("<svg", '<svg data-measure="Compute &amp; cost (FLOP)"', 1)
    assert drawing(measured, "").measure == "Compute & cost (FLOP)"
    assert drawing(bundles.drawing(""), "").measure == ""


def test_a_figure_appears_once_on_a_page(rendered: Render) -> None:
    with pytest.raises(PageError, match=r"page.md:4: figure 'compute.trend' appears twice on the page"):
        rendered(f"{CALL}{CALL}")


def test_a_figure_of_one_scale_leaves_the_other_and_its_choice_to_its_own_page(page_html: Show) -> None:
    record = bundles.figure(variants=("linear",), controls=("scale", "fit"))
    call = CALL.replace(f"'{FIGURE}'", f"'{FIGURE}', one_scale=true")
    page = BeautifulSoup(page_html(call, small_edition(figures=(record,))), "html.parser")
    assert [drawing["class"] for drawing in page.select(".drawing")] == [
        ["drawing", "drawing-wide", "scale-log"],
        ["drawing", "drawing-narrow", "scale-log"],
    ]
    assert [group.text for group in page.select(".figure-controls legend")] == ["Show"]


def test_an_unknown_figure_stops_the_page_with_the_nearest(rendered: Render) -> None:
    with pytest.raises(PageError, match=r"no figure 'compute.tren'; did you mean 'compute.trend'\?"):
        rendered("{% call figure('compute.tren') %}{% endcall %}")


def test_a_figure_without_its_drawing_stops_the_build(rendered: Render) -> None:
    whole = small_edition()
    name = f"figures/{FIGURE}.narrow.inline.svg"
    torn = Bundle(files={path: text for path, text in whole.files.items() if path != name})
    with pytest.raises(PageError, match=f"'{name}' is no file of the bundle"):
        rendered(CALL, torn)
    with pytest.raises(BundleError):
        list(drawings_of(torn, torn.figures[FIGURE]))


@pytest.mark.parametrize(("rows", "on_page"), [(MOST_ROWS, True), (MOST_ROWS + 1, False)])
def test_the_rows_of_a_large_figure_are_left_to_its_own_page(page_html: Show, rows: int, on_page: bool) -> None:
    many = {"rows": [{"n": 2.0}] * rows, "row_ids": [f"r{i}" for i in range(rows)], "row_quantities": [None] * rows}
    page = BeautifulSoup(page_html(CALL, small_edition(figures=(bundles.figure(**many),))), "html.parser")
    assert bool(page.select("[id='figure-compute-trend-data']")) == on_page
    assert [link["href"] for link in page.select("a[data-rows]")] == (
        [] if on_page else ["../../figures/compute-trend/"]
    )
