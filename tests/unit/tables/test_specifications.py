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


def test_the_headline_comes_first(findings: Findings) -> None:
    # All 15 systems at 3.4 months; the six record setters at 15.9 months, the paper's 16.
    first = compute_specifications(findings).rows[0]
    assert (first["systems"], first["n"], round(first["doubling_time"], 1)) == ("all", 15, 3.4)
    first = efficiency_specifications(findings).rows[0]
    assert (first["runs"], first["n"], round(first["halving_time"])) == ("record setters", 6, 16)
