"""The figures of how sure the headlines are: what they draw is what the findings hold."""

from collections.abc import Mapping

from analysis.figures.canvas import Drawing
from analysis.figures.catalogue import figures_at
from analysis.figures.specification_curves import Curved
from analysis.results.collect import Findings


def test_the_diamonds_of_a_specification_curve_are_the_options_of_the_headline(
    drawings: Mapping[tuple[str, str], Drawing], findings: Findings
) -> None:
    for name, headline in (
        ("compute.specifications", "compute.modern.doubling_time"),
        ("efficiency.specifications", "efficiency.alexnet.doubling_time"),
        ("compute.field_specifications", "compute.field.since_2010.doubling_time"),
    ):
        content = drawings[name, "wide"].content
        assert isinstance(content, Curved)
        assert round(content.headline.doubling_time_months, 9) == round(findings.results.value(headline), 9)
        choices = [row["choice"] for row in content.rows if row["option"] in content.headline.labels]
        assert choices == list(dict.fromkeys(row["choice"] for row in content.rows))


def test_every_specification_counts_once_for_each_choice(drawings: Mapping[tuple[str, str], Drawing]) -> None:
    content = drawings["compute.specifications", "wide"].content
    assert isinstance(content, Curved)
    of_choice = {row["choice"]: 0 for row in content.rows}
    for row in content.rows:
        of_choice[row["choice"]] += row["specifications"]
    assert set(of_choice.values()) == {len(content.months)}


def test_every_headline_begins_with_its_own_fit(drawings: Mapping[tuple[str, str], Drawing]) -> None:
    rows = drawings["uncertainty.layers", "wide"].content.rows
    first = {row["headline"]: row for row in reversed(rows)}
    assert {row["interval"] for row in first.values()} == {"fit"}


def test_the_layer_that_moves_a_headline_most_is_the_one_that_the_appendix_names(
    drawings: Mapping[tuple[str, str], Drawing],
) -> None:
    rows = drawings["uncertainty.layers", "wide"].content.rows
    widest = {
        row["headline"]: row for row in sorted(rows, key=lambda row: float(row["months_high"] / row["months_low"]))
    }
    assert {headline: (row["layer"], row["interval"]) for headline, row in widest.items()} == {
        "The 2018 trend": ("fit", "fit, years redrawn"),
        "Notable models since 2010": ("choices", "choices"),
        "Ten largest at the time": ("fit", "fit, makers redrawn"),
        "AlexNet's accuracy": ("fit", "fit, corrected"),
    }


def test_the_title_of_the_layers_states_the_longest_bar_of_each(
    drawings: Mapping[tuple[str, str], Drawing], findings: Findings
) -> None:
    rows = drawings["uncertainty.layers", "wide"].content.rows
    shown = next(each for each in figures_at(findings.study.edition.id) if each.name == "uncertainty.layers")
    measured = [row for row in rows if row["layer"] == "measurements"]
    own = {row["headline"]: row["months"] for row in rows if row["interval"] == "fit"}
    most = max(row["months_high"] / own[row["headline"]] - 1 for row in measured)
    assert f"measurement move the headlines by up to {100 * most:.2g}%," in shown.title_for(findings)
