"""The tables of the specification curves: the headline comes first, and every row has every column."""

from analysis.results.collect import Findings
from analysis.tables.specifications import compute_specifications, efficiency_specifications


def test_every_specification_has_a_row_with_its_choices(findings: Findings) -> None:
    for build, prefix in (
        (compute_specifications, "compute.modern"),
        (efficiency_specifications, "efficiency.alexnet"),
    ):
        table = build(findings)
        keys = [column.key for column in table.columns]
        assert len(table.rows) == findings.results.value(f"{prefix}.specifications.n")
        assert len({tuple(str(row[key]) for key in keys[:-2]) for row in table.rows}) == len(table.rows)


def test_the_first_row_of_efficiency_is_the_headline(findings: Findings) -> None:
    # Six record setters; 15.9 months, the paper's 16.
    row = efficiency_specifications(findings).rows[0]
    assert (row["runs"], row["estimator"], row["n"], round(row["halving_time"])) == (
        "record setters",
        "least squares",
        6,
        16,
    )
