"""The figures of how sure the headlines are: what they draw is what the findings hold."""

from collections.abc import Mapping

from analysis.figures.canvas import Drawing
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
