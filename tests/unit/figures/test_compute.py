"""The figures of the compute post: rows are what is plotted, and names cover nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from analysis.figures.canvas import Drawing
from analysis.figures.registry import FigureEntry
from analysis.figures.runs import SPELLED_OUT
from analysis.inputs.dataset import Dataset
from analysis.model.study import Study, analyse
from analysis.numerals import count_in_words
from analysis.results.collect import Findings, collect
from analysis.units import decimal_year

Drawings = Mapping[tuple[str, str], Drawing]
WIDTHS = ("wide", "narrow")
BOTH_WIDTHS = pytest.mark.parametrize("width", WIDTHS)
# The figures with names next to points: the modern trend on both scales, both eras, the AlexNet level.
LABELLED = pytest.mark.parametrize("number", [1, 2, 3, 6])
# Half the side of a marker of 26 square points, the smallest drawn, in points.
MARKER_RADIUS_PT = 26**0.5 / 2


def drawing(drawings: Drawings, figures: Mapping[int, FigureEntry], number: int, width: str) -> Drawing:
    """A figure by its number."""
    return drawings[figures[number].name, width]


def scattered(axes: Axes) -> list[tuple[float, float]]:
    """Data coordinates of all points scattered on axes, sorted."""
    clouds = [found for found in axes.collections if isinstance(found, PathCollection)]
    return sorted((float(x), float(y)) for cloud in clouds for x, y in np.asarray(cloud.get_offsets()))


def label_boxes(axes: Axes) -> list[tuple[str, Bbox]]:
    """The box of every text on axes as it is rendered, without the line that leads to its point."""
    for text in axes.texts:
        # Goes to its place only once its own box is asked for.
        text.get_window_extent()
    return [(text.get_text(), Text.get_window_extent(text)) for text in axes.texts]


def pairs(boxes: list[tuple[str, Bbox]]) -> Iterator[tuple[str, str, Bbox, Bbox]]:
    """Every two boxes with their texts."""
    for i, (one, first) in enumerate(boxes):
        for other, second in boxes[i + 1 :]:
            yield one, other, first, second


@BOTH_WIDTHS
@LABELLED
def test_no_two_names_overlap(drawings: Drawings, figures: Mapping[int, FigureEntry], number: int, width: str) -> None:
    (axes,) = drawing(drawings, figures, number, width).figure.axes
    boxes = label_boxes(axes)
    assert len(boxes) > 1
    assert [(one, other) for one, other, a, b in pairs(boxes) if a.overlaps(b)] == []


@BOTH_WIDTHS
@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_name_without_a_line_is_nearest_to_its_own_point(
    drawings: Drawings, figures: Mapping[int, FigureEntry], number: int, width: str
) -> None:
    misread = []
    drawn = drawing(drawings, figures, number, width).figure
    drawn.draw_without_rendering()
    for axes in drawn.axes:
        names = [text for text in axes.texts if isinstance(text, Annotation) and text.xy in scattered(axes)]
        # In each part of figure 4 the points of the other parts are grey, and there none has a name.
        points = axes.transData.transform([name.xy for name in names] if number == 4 else scattered(axes))
        for name in names:
            if name.arrow_patch is None:
                box = Text.get_window_extent(name)
                own = distance(box, axes.transData.transform(name.xy))
                # Two marks may cover each other.
                if min(distance(box, point) for point in points) < own - MARKER_RADIUS_PT:
                    misread.append(name.get_text())
    assert misread == []


def distance(box: Bbox, point: np.ndarray) -> float:
    """How far a point is from a box, in pixels."""
    return float(np.hypot(*np.maximum(np.maximum(box.min - point, point - box.max), 0)))


@BOTH_WIDTHS
@LABELLED
def test_no_name_covers_a_point(
    drawings: Drawings, figures: Mapping[int, FigureEntry], number: int, width: str
) -> None:
    drawn = drawing(drawings, figures, number, width)
    (axes,) = drawn.figure.axes
    radius = MARKER_RADIUS_PT * drawn.figure.dpi / 72
    markers = [
        Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)
        for x, y in axes.transData.transform(scattered(axes))
    ]
    assert [text for text, box in label_boxes(axes) for marker in markers if box.overlaps(marker)] == []


@BOTH_WIDTHS
@LABELLED
def test_every_name_is_within_the_axes(
    drawings: Drawings, figures: Mapping[int, FigureEntry], number: int, width: str
) -> None:
    (axes,) = drawing(drawings, figures, number, width).figure.axes
    room = axes.get_window_extent()
    outside = [
        text
        for text, box in label_boxes(axes)
        if box.x0 < room.x0 or box.x1 > room.x1 or box.y0 < room.y0 or box.y1 > room.y1
    ]
    assert outside == []


@BOTH_WIDTHS
def test_every_modern_point_has_its_name_in_the_modern_trend(drawings: Drawings, study: Study, width: str) -> None:
    (axes,) = drawings["compute.modern_trend", width].figure.axes
    # Abbreviations are spelled out, on several lines where there is little room; the last of the words is the slope.
    words = {text.get_text().replace("\n", " ") for text in axes.texts}
    labels = {point.system.label for point in study.era("modern")}
    assert words == {SPELLED_OUT.get(label, label) for label in labels} | {"Doubling every 3.4\u00a0months"}


def test_both_eras_name_the_record_setters_of_the_modern_one(drawings: Drawings) -> None:
    (axes,) = drawings["compute.two_eras", "wide"].figure.axes
    named = {text.get_text() for text in axes.texts}
    assert {"Perceptron", "AlexNet", "AlphaGo Zero"} <= named
    # Dropout set no record.
    assert "Dropout" not in named


@BOTH_WIDTHS
@pytest.mark.parametrize("name", ["compute.modern_trend", "compute.modern_linear", "compute.two_eras"])
def test_the_rows_are_the_points_plotted(drawings: Drawings, study: Study, name: str, width: str) -> None:
    drawn = drawings[name, width]
    dates = {point.slug: decimal_year(point.date) for point in study.points}
    rows = sorted((dates[row["id"]], row["compute_pfs_days"]) for row in drawn.content.rows)
    assert scattered(drawn.figure.axes[0]) == rows


@pytest.mark.parametrize(
    ("name", "eras"),
    [
        ("compute.modern_trend", {"modern"}),
        ("compute.modern_linear", {"modern"}),
        ("compute.two_eras", {"first", "modern"}),
        ("compute.by_domain", {"first", "modern"}),
        ("compute.error_bars", {"first", "modern"}),
    ],
)
def test_a_figure_has_a_row_for_every_charted_system(
    drawings: Drawings, dataset: Dataset, name: str, eras: set[str]
) -> None:
    charted = {system.id for system in dataset.systems if system.listing == "chart" and system.era in eras}
    rows = [row["id"] for row in drawings[name, "wide"].content.rows]
    assert (set(rows), len(rows)) == (charted, len(charted))


@pytest.mark.parametrize("name", ["compute.modern_trend", "compute.two_eras"])
def test_the_fitted_value_of_a_row_is_on_the_line_of_its_era(drawings: Drawings, study: Study, name: str) -> None:
    for row in drawings[name, "wide"].content.rows:
        trend = study.trends[row["era"]]
        year = decimal_year(study.point(row["id"]).date)
        expected = 2 ** (trend.intercept + trend.slope * year)
        # The same power of two reached in two ways: its exponent of up to 50 carries 1e-14 of rounding.
        assert row["fitted_pfs_days"] == pytest.approx(expected, rel=1e-12, abs=0)


@BOTH_WIDTHS
def test_each_panel_of_the_domains_has_all_points_in_the_background(drawings: Drawings, width: str) -> None:
    drawn = drawings["compute.by_domain", width]
    # All points in grey and, in colour, those of the domain: together each row is drawn once more.
    panels = [axes for axes in drawn.figure.axes if axes.get_title(loc="left")]
    domains = [row["domain"] for row in drawn.content.rows]
    assert [len(scattered(axes)) for axes in panels] == [
        len(domains) + domains.count(axes.get_title(loc="left").lower()) for axes in panels
    ]
    assert len(panels) == len(set(domains))


@BOTH_WIDTHS
def test_an_error_bar_reaches_a_factor_each_way(drawings: Drawings, width: str) -> None:
    drawn = drawings["compute.error_bars", width]
    bars = {
        str(line.get_gid()): tuple(np.asarray(line.get_ydata()))
        for axes in drawn.figure.axes
        for line in axes.lines
        if str(line.get_gid()).startswith("error-bar.")
    }
    assert bars == {
        f"error-bar.{row['id']}": (row["compute_pfs_days_low"], row["compute_pfs_days_high"])
        for row in drawn.content.rows
    }


@pytest.mark.parametrize(
    ("number", "words", "eras"),
    [
        (1, "{} training runs", ("modern",)),
        (2, "same {} training runs", ("modern",)),
        (3, "{} training runs", ("first", "modern")),
        (3, "{} points of the first era", ("first",)),
        (3, "{} points of the modern era", ("modern",)),
    ],
)
def test_the_alt_text_counts_what_is_drawn(
    drawings: Drawings,
    figures: Mapping[int, FigureEntry],
    findings: Findings,
    number: int,
    words: str,
    eras: tuple[str, ...],
) -> None:
    rows = [row for row in drawing(drawings, figures, number, "wide").content.rows if row["era"] in eras]
    assert words.format(count_in_words(len(rows))) in figures[number].alt_for(findings)


def test_the_words_of_a_figure_follow_a_row_that_leaves(
    dataset: Dataset, figures: Mapping[int, FigureEntry], findings: Findings
) -> None:
    study = analyse(replace(dataset, systems=tuple(s for s in dataset.systems if s.id != "dropout")))
    fewer = Findings(study=study, results=collect(study), ledger=())
    before, after = (figures[1].alt_for(found) for found in (findings, fewer))
    counts = [count_in_words(len(found.study.era("modern"))) for found in (findings, fewer)]
    assert counts[0] in before
    assert counts[1] in after
    assert "from AlexNet and Dropout at the lower left" in before
    assert "Dropout" not in after


def test_only_an_edition_that_shows_the_first_era_speaks_of_its_error_bars(
    findings_by_edition: Mapping[str, Findings], figures: Mapping[int, FigureEntry]
) -> None:
    spoken = {
        edition: "of the first era" in figures[5].alt_for(found) for edition, found in findings_by_edition.items()
    }
    assert spoken == {edition: bool(found.study.era("first")) for edition, found in findings_by_edition.items()}
