"""The layers of a network as the HTML of its page."""

from site_src.components.network_layers import stages_html

from analysis.contract import Stage
from tests.bundles import layer, network


def test_the_shape_of_a_layer_is_written_out() -> None:
    stage = Stage(name="s", macs=5, params=3, layers=(layer(output=(8, 32, 32)),))
    assert "<td>8x32x32</td>" in stages_html(network(macs=10, stages=(stage,)))
