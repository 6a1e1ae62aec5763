"""The layers of a network as the HTML of its page."""

from site_src.components.network_layers import stages_html


def test_the_shape_of_a_layer_is_written_out() -> None:
    layer = {"path": "a", "kind": "conv2d", "detail": "3x3", "output": [8, 32, 32], "macs": 5, "params": 3, "copies": 1}
    html = stages_html({"macs": 10, "stages": [{"name": "s", "macs": 5, "params": 3, "layers": [layer]}]})
    assert "<td>8x32x32</td>" in html
