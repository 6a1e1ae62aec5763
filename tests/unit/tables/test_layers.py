"""The reference of layers, made from the code."""

from analysis.counting import layers
from analysis.results.collect import Findings
from analysis.tables.layers import layer_reference


def test_every_layer_has_a_row_with_its_settings_and_sources(findings: Findings) -> None:
    rows = {row["layer"]: row for row in layer_reference(findings).rows}
    # Bases, which no network is made of, and what is no layer.
    assert set(layers.__all__) - set(rows) == {"Composite", "Layer", "Shape", "routed", "used_params"}
    assert rows["Conv2d"]["settings"].startswith("in_channels, out_channels, kernel, stride=1, ")
    assert rows["MixtureOfExperts"]["sources"] == ["shazeer2017outrageously", "dai2024deepseekmoe"]


def test_a_description_names_no_key_of_the_bibliography(findings: Findings) -> None:
    assert all(
        "Source" not in row["description"] and not any(key in row["description"] for key in row["sources"])
        for row in layer_reference(findings).rows
    )
