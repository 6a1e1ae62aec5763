"""The rows of the table of networks: by group and family, rounded, with the exact count at hand."""

import pytest
from bs4 import BeautifulSoup

from analysis.contract import Table
from site_src.components.network_groups import TABLE, family_name
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import Show

KINDS = {"macs": "number", "params": "number", "training_passes": "number", "sources": "sources"}
COUNTS = {"example": "image", "params": 60_965_224, "training_passes": 2.854, "sources": list(bundles.SOURCES)}
# By name, title and multiply-adds.
NETWORKS = (
    ("alexnet", "VGG-19 <b>", 19_632_062_464),
    ("vgg11", "VGG-11", 7_609_090_048),
    ("xception", "Xception", 8_357_403_496),
    ("nettalk", "NETtalk", 18_320),
)


def shown(show: Show) -> str:
    keys = ("architecture", *COUNTS, "macs")
    columns = [{"key": key, "label": key, "kind": KINDS.get(key, "text"), "unit": "", "digits": 3} for key in keys]
    rows = [{**COUNTS, "architecture": name, "macs": macs} for name, _, macs in NETWORKS]
    table: Table = bundles.table(name=TABLE, columns=columns, rows=rows)
    networks = tuple(
        bundles.network(
            name=name,
            title=title,
            group="first neural networks" if name == "nettalk" else "vision",
            input_shape=(3, 224, 224),
        )
        for name, title, _ in NETWORKS
    )
    call = f"{{% call table('{TABLE}') %}}Words.{{% endcall %}}"
    return show(call, small_edition(tables=(table,), architectures=networks))


def test_networks_are_by_group_and_family_and_the_smallest_is_first(page_html: Show) -> None:
    page = BeautifulSoup(shown(page_html), "html.parser")
    listed = [[cell.text for cell in table.select("tbody th")] for table in page.select(".networks table")]
    assert listed == [["VGG", "VGG-11", "VGG-19 <b>", "Others", "Xception"], ["NETtalk"]]
    assert [caption.text for caption in page.select("caption")] == ["Vision", "First neural networks"]


def test_a_count_is_rounded_and_exact_on_request(page_html: Show) -> None:
    page = BeautifulSoup(shown(page_html), "html.parser")
    cell = page.select(".networks td.count")[0]
    assert [part.text for part in cell.select("span")] == ["7", ".61", "billion"]
    assert (cell["title"], cell["data-value"]) == ("7,609,090,048", "7609090048")


def test_a_copy_has_the_exact_counts(page_copy: Show) -> None:
    copy = shown(page_copy)
    assert "**Vision: VGG**" in copy
    assert "| 7,609,090,048 | 60,965,224 | " in copy


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("ResNet-50 v1.5", "ResNet"),
        ("MobileNetV2", "MobileNet"),
        ("SqueezeNet 1.0", "SqueezeNet"),
        ("AlexNet, two groups", "AlexNet"),
        ("DQN of 2013", "DQN"),
        ("Zeiler and Fergus", "Zeiler and Fergus"),
    ],
)
def test_a_family_is_what_is_before_size_version_and_form(title: str, family: str) -> None:
    assert family_name(title) == family
