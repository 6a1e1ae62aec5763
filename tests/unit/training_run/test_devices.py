"""The peak rate of a device by a part of its name."""

import pytest

from analysis.errors import UnknownNameError
from analysis.inputs.dataset import Dataset
from analysis.training_run.devices import Peak, peak


@pytest.mark.parametrize(
    ("name", "precision", "expected"),
    [
        ("h100-sxm", "fp8", Peak(device="nvidia-h100-sxm5-80gb", precision="fp8", flop_per_s=1.979e15)),
        # A whole word, though there are a K40s, a K40t and a K4000.
        ("K40", None, Peak(device="tesla-k40", precision="fp32", flop_per_s=4.29e12)),
        ("tpu v5p", None, Peak(device="google-tpu-v5p", precision="tensor-16bit", flop_per_s=4.59e14)),
    ],
)
def test_a_name_that_fits_one_device_is_enough(
    dataset: Dataset, name: str, precision: str | None, expected: Peak
) -> None:
    assert peak(dataset, name, precision) == expected


@pytest.mark.parametrize(
    ("name", "precision", "message"),
    [
        ("h100", None, "several devices fit 'h100'; expected one of nvidia-h100-pcie, nvidia-h100-sxm5-80gb, nvidia-h"),
        ("tesla", None, "nvidia-tesla-p100-dgxs, .* and [0-9]+ more$"),
        ("nvidia-h1000", None, "no device 'nvidia-h1000' in data/accelerators.csv or data/devices.csv; did you mean"),
        ("k40", "fp8", r"tesla-k40: no peak rate 'fp8'; expected --precision with one of fp32 \(4.29e\+12 FLOP/s\)$"),
        ("h100-sxm", None, "nvidia-h100-sxm5-80gb: several peak rates; expected --precision with one of fp32 "),
    ],
)
def test_what_is_ambiguous_is_refused_with_a_list(
    dataset: Dataset, name: str, precision: str | None, message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message):
        peak(dataset, name, precision)
