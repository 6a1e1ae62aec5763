"""Gains between pairs of systems: the inputs of the symbols, and how parts of runs count."""

from collections.abc import Callable

import pytest

from analysis.inputs.dataset import Dataset
from analysis.inputs.tables import TRANSLATION
from analysis.model.study import analyse
from analysis.results.collect import Findings, collect
from analysis.results.quantity import Results

# Products and quotients of a few exact decimals.
ROUNDING = 1e-12


@pytest.fixture
def with_share(dataset: Dataset) -> Callable[[str, float], Results]:
    """The results when a translation run reaches its level after another share."""

    def results(run: str, share: float) -> Results:
        rows = (
            row.model_copy(update={"share_of_run": share}) if row.id == run else row
            for row in dataset.rows(TRANSLATION)
        )
        return collect(analyse(dataset.with_rows(TRANSLATION, tuple(rows))))

    return results


@pytest.mark.parametrize(
    ("name", "filled"),
    [
        ("efficiency.dota.factor", r"\frac{770}{150} = 5.133\text{×}"),
        # Steps 390,000 of 700,000: 0.5571 to four digits.
        ("efficiency.go.factor", r"\frac{\text{1,860}}{0.5571 \times 420} = 7.949\text{×}"),
        (
            "efficiency.translation.seq2seq_factor",
            r"\frac{4 \times 10^{19}}{0.2 \times 3.3 \times 10^{18}} = 60.61\text{×}",
        ),
    ],
)
def test_a_gain_is_filled_with_the_numbers_of_both_runs(findings: Findings, name: str, filled: str) -> None:
    assert findings.results[name].filled == filled


def test_a_share_of_a_run_is_worked_out_from_its_steps(findings: Findings) -> None:
    traced = [(symbol.latex, symbol.number) for symbol in findings.results["efficiency.go.factor"].trace]
    assert traced == [("C_1", 1860), ("s_2", 390 / 700), ("n_2", 390_000), ("N_2", 700_000), ("C_2", 420)]


def test_a_run_without_a_quantity_is_read_from_its_row(findings: Findings) -> None:
    assert findings.results["efficiency.dota.factor"].inputs == (
        "data/efficiency/games.csv#openai-five",
        "data/efficiency/games.csv#rerun",
    )


def test_a_gain_has_the_sources_of_both_systems_once_each(findings: Findings) -> None:
    assert findings.results["efficiency.dota.factor"].sources == ("hernandez2020measuring", "berner2019dota")


def test_a_share_of_the_improved_run_counts(with_share: Callable[[str, float], Results]) -> None:
    # Half of the share, twice the gain: 40 / 0.33.
    found = with_share("transformer-base-part", 0.1).value("efficiency.translation.seq2seq_factor")
    assert found == pytest.approx(40 / 0.33, rel=ROUNDING, abs=0)


def test_a_share_of_the_original_run_counts(with_share: Callable[[str, float], Results]) -> None:
    # Half of the original run, half of the gain: 20 / 0.66.
    found = with_share("seq2seq", 0.5).value("efficiency.translation.seq2seq_factor")
    assert found == pytest.approx(20 / 0.66, rel=ROUNDING, abs=0)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        # 2017-10-18 to 2018-12-07: a year and 50 days (13 + 30 + 7).
        ("efficiency.go.span", 415),
        # 2019-04-13 to 2019-06-12: 17 + 31 + 12.
        ("efficiency.dota.span", 60),
    ],
)
def test_a_pair_spans_the_days_between_its_systems(findings: Findings, name: str, days: int) -> None:
    # The difference of two decimal years, each exact to sixteen digits.
    assert findings.results.value(name) / 12 * 365.2425 == pytest.approx(days, rel=ROUNDING, abs=0)
