"""Gains between pairs of systems, each worked by hand, and how a gain is written."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from analysis.inputs.dataset import Dataset
from analysis.model.gains import Gain, gains
from analysis.model.study import Study

# Products and quotients of a few exact decimals.
ROUNDING = 1e-12


@pytest.fixture
def pairs(study: Study) -> Mapping[str, Gain]:
    """The gains of the last edition."""
    assert study.efficiency is not None
    return study.efficiency.gains


@pytest.mark.parametrize(
    ("pair", "factor"),
    [
        # 90 x 0.77 = 69.3 against 4 x 0.39 = 1.56; images and passes cancel.
        ("alexnet", 69.3 / 1.56),
        # 17 tfs-days against 71 x 0.70e9 x 1.28e6 x 3 = 1.90848e17, / 8.64e16 = 2.20889 tfs-days.
        ("resnet50", 17 / (19.084_8 / 8.64)),
        # 4.0e19 against a fifth of 3.3e18.
        ("seq2seq", 40 / 0.66),
        # 1.4e20 against 0.68 x 2.3e19 = 1.564e19.
        ("gnmt", 14 / 1.564),
        # 1860 pfs-days against 420 x 390 / 700 = 234.
        ("go", 1860 / 234),
        ("dota", 770 / 150),
        ("shufflenet_inference", 18.0),
        # 3860 / 390
        ("efficientnet_inference", 386 / 39),
    ],
)
def test_a_pair_gains_the_ratio_of_its_computes(pairs: Mapping[str, Gain], pair: str, factor: float) -> None:
    assert pairs[pair].factor == pytest.approx(factor, rel=ROUNDING, abs=0)


@pytest.mark.parametrize(
    ("pair", "days"),
    [
        # 2012-06-01 to 2019-05-28: seven years of 365 days and the leap day of 2016, less the four days short of June.
        ("alexnet", 2_552),
        # 2017-10-18 to 2018-12-07: a year and 50 days (13 + 30 + 7).
        ("go", 415),
        # 2019-04-13 to 2019-06-12: 17 + 31 + 12.
        ("dota", 60),
    ],
)
def test_a_pair_spans_the_days_between_its_systems(pairs: Mapping[str, Gain], pair: str, days: int) -> None:
    assert pairs[pair].years * 365.2425 == pytest.approx(days, rel=ROUNDING, abs=0)


@pytest.mark.parametrize(
    ("pair", "formula"),
    [
        ("dota", r"\frac{770}{150}"),
        # Steps 390,000 of 700,000: 0.5571 to four digits.
        ("go", r"\frac{\text{1,860}}{0.5571 \times 420}"),
        ("seq2seq", r"\frac{4 \times 10^{19}}{0.2 \times 3.3 \times 10^{18}}"),
    ],
)
def test_a_gain_is_written_as_the_quotient_it_is(pairs: Mapping[str, Gain], pair: str, formula: str) -> None:
    assert pairs[pair].formula == formula


def test_a_gain_has_the_sources_of_both_systems_once_each(pairs: Mapping[str, Gain]) -> None:
    assert pairs["dota"].sources == ("hernandez2020measuring", "berner2019dota")


def test_a_share_of_the_improved_run_counts(dataset: Dataset) -> None:
    # Half of the share, twice the gain: 40 / 0.33.
    rows = tuple(
        row.model_copy(update={"share_of_run": 0.1}) if row.id == "transformer-base-part" else row
        for row in dataset.translation
    )
    found = gains(replace(dataset, translation=rows), {"alphago-zero": 1860.0, "alphazero": 420.0})
    assert found["seq2seq"].factor == pytest.approx(40 / 0.33, rel=ROUNDING, abs=0)


def test_a_share_of_the_original_run_counts(dataset: Dataset) -> None:
    # Half of the original run, half of the gain: 20 / 0.66.
    rows = tuple(
        row.model_copy(update={"share_of_run": 0.5}) if row.id == "seq2seq" else row for row in dataset.translation
    )
    found = gains(replace(dataset, translation=rows), {"alphago-zero": 1860.0, "alphazero": 420.0})
    assert found["seq2seq"].factor == pytest.approx(20 / 0.66, rel=ROUNDING, abs=0)
