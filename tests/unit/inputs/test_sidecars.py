"""The sidecars of tables: what they hold and how their faults are reported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.inputs.load import load_dataset
from analysis.inputs.sidecars import read_sidecar

Fault = Callable[[str, str, str], str]

DEVICES = "data/devices.csv"


def test_a_missing_sidecar_is_named(copied_data: Path) -> None:
    (copied_data / "data/devices.toml").unlink()
    with pytest.raises(InputError, match=r"^data/devices\.toml: no such file$"):
        load_dataset(copied_data)


def test_an_unknown_key_of_a_sidecar_is_refused_with_the_nearest_one(fault: Fault) -> None:
    message = fault("data/devices.toml", "licence =", 'license = "MIT"\nlicence =')
    assert message == (
        "data/devices.toml: license: Extra inputs are not permitted; found 'MIT'; did you mean 'licence'?"
    )


def test_a_sidecar_names_the_unit_of_a_column(copied_data: Path) -> None:
    units = {column.name: column.unit for column in read_sidecar(copied_data / DEVICES, copied_data).columns}
    assert units["fp32_peak_tflop_per_s"] == "TFLOP/s"
