"""Verdicts: every verdict and relation on cases worked by hand."""

from typing import Any

import pytest

from analysis.errors import InputError, UnknownNameError, VerdictError
from analysis.inputs.records import Claim, Verdict
from analysis.results.claims import ledger, printed_digits, verdict_of
from analysis.results.collect import Findings
from analysis.results.quantity import Results
from analysis.results.trace import Observed


def claim(printed: str, value: float | None, **changes: Any) -> Claim:
    """A claim that prints this number; by default compared with `some.quantity`, in months, and called a match."""
    fields: dict[str, Any] = {
        "id": "test.claim",
        "file": "data/claims/a_post.toml",
        "publication": "A post",
        "where": "lead",
        "statement": "It takes so long.",
        "printed": printed,
        "value": value,
        "unit": "month",
        "compares": "some.quantity" if value is not None else None,
        "verdict": "match",
        "reason": "None.",
        "sources": ("amodei2018ai",),
        "since": "2018-05",
    }
    return Claim(**(fields | changes))


def results(value: float, unit: str = "month") -> Results:
    """A collection whose `some.quantity` has this value."""
    made = Results()
    made.add(
        made.compute(
            "some.quantity",
            lambda observed: observed,
            {"x": Observed(value=value, unit=unit, label="", record="data/claims", sources=("amodei2018ai",))},
            unit=unit,
            summary="",
            formula="x",
        )
    )
    return made


@pytest.mark.parametrize(
    ("printed", "value", "ours", "verdict"),
    [
        # 3.4384 to two digits is 3.4.
        ("3.4-month", 3.4, 3.4384, "match"),
        # 321,380 to one digit is 300,000: zeros without a point hold places only.
        ("300,000x", 300_000.0, 321_380.0, "match"),
        # 0.2954 to two digits is 0.30: the zero after the point was printed and counts.
        ("0.30 pfs-days", 0.30, 0.2954, "match"),
        # 0.294 is not, but off by 0.006: less than a unit of the last digit (0.01) and than 5% (0.015).
        ("0.30 pfs-days", 0.30, 0.294, "rounding"),
        # Cut off instead of rounded: 31.9 is 32, off by 0.9 of a unit and 2.9%.
        ("31 pfs-days", 31.0, 31.9, "rounding"),
        # One unit of the last digit, and 3.3%: still rounding. In floats 0.31 - 0.30 is a little above 0.01.
        ("0.30", 0.30, 0.31, "rounding"),
        # More than one unit, though 4%: 52.0 against 50.
        ("50.0", 50.0, 52.0, "mismatch"),
        # Off by 0.54 of a unit, but by 8% of what is printed: 6.459 rounds to 6, not to 7.
        ("7x", 7.0, 6.459, "mismatch"),
        # 0.005625 rounds to 0.0056: two units above 0.0054.
        ("0.0054", 0.0054, 0.005_625, "mismatch"),
        # Orders of magnitude apart.
        ("2.7e-5", 2.7e-5, 2.7e-4, "mismatch"),
        # 2.4e-5 and 2.7e-5: three units apart.
        ("2.7e-5", 2.7e-5, 2.4e-5, "mismatch"),
    ],
)
def test_an_equality_is_judged_by_the_digits_printed(printed: str, value: float, ours: float, verdict: Verdict) -> None:
    assert verdict_of(claim(printed, value), ours) == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        # Two digits said, so a unit is 1 and 5% is 1, too.
        (20.4, "match"),
        (21.0, "rounding"),
        (19.0, "rounding"),
        # 1.01 is more than either.
        (21.01, "mismatch"),
        (18.99, "mismatch"),
    ],
)
def test_the_limit_of_five_percent_belongs_to_rounding(ours: float, verdict: Verdict) -> None:
    assert verdict_of(claim("20", 20.0, digits=2), ours) == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        # Less than a unit off either way, but 5% of 19 is 0.95.
        (19.94, "rounding"),
        (19.96, "mismatch"),
    ],
)
def test_less_than_a_unit_may_be_more_than_five_percent(ours: float, verdict: Verdict) -> None:
    assert verdict_of(claim("19", 19.0), ours) == verdict


def test_digits_that_are_said_outweigh_those_of_the_text() -> None:
    # "300,000" has one digit by its text; to three, 321,380 is 321,000 and no match.
    assert verdict_of(claim("300,000x", 300_000.0, digits=3), 321_380.0) == "mismatch"


@pytest.mark.parametrize(("ours", "verdict"), [(321_380.0, "match"), (300_000.0, "match"), (299_999.9, "mismatch")])
def test_a_lower_bound_is_kept_or_not(ours: float, verdict: Verdict) -> None:
    assert verdict_of(claim("more than 300,000x", 300_000.0, relation="at least"), ours) == verdict


@pytest.mark.parametrize(("ours", "verdict"), [(1.9, "match"), (2.0, "match"), (2.01, "mismatch")])
def test_an_upper_bound_is_kept_or_not(ours: float, verdict: Verdict) -> None:
    assert verdict_of(claim("less than 2", 2.0, relation="at most"), ours) == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        # The order of 1e20 ends at 10^19.5 = 3.16e19 below and 10^20.5 = 3.16e20 above.
        (8.64e19, "match"),
        (3.2e19, "match"),
        (3.1e19, "mismatch"),
        (3.1e20, "match"),
        (3.2e20, "mismatch"),
    ],
)
def test_an_order_of_magnitude_reaches_half_a_decade_each_way(ours: float, verdict: Verdict) -> None:
    assert verdict_of(claim("10^20", 1e20, relation="order of magnitude"), ours) == verdict


def test_nothing_below_zero_has_an_order_of_magnitude() -> None:
    assert verdict_of(claim("10^20", 1e20, relation="order of magnitude"), -1e20) == "mismatch"


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("3.4-month", 2),
        ("300,000x", 1),
        ("321,244", 6),
        ("0.30 pfs-days", 2),
        ("0.0054", 2),
        ("10,000 PF", 1),
        ("8524 PF", 4),
        ("4.5e5 PF", 2),
        ("1.0", 2),
        ("about 7", 1),
        ("0", 1),
        # The first number counts.
        ("between 2 and 3.5", 1),
    ],
)
def test_digits_are_counted_in_the_printed_text(printed: str, digits: int) -> None:
    assert printed_digits(claim(printed, 1.0)) == digits


def test_a_printed_text_without_a_number_is_refused() -> None:
    with pytest.raises(InputError, match=r"^data/claims: test\.claim: printed: no number in 'several'$"):
        printed_digits(claim("several", 7.0))


def test_a_claim_is_compared_in_its_own_unit() -> None:
    # 24 months are 2 years.
    (row,) = ledger([claim("2-year", 2.0, unit="year")], results(24.0))
    assert (row.ours, row.ratio) == pytest.approx((2.0, 1.0), rel=1e-12)


def test_the_ratio_is_printed_over_ours() -> None:
    (row,) = ledger([claim("7x", 7.0, unit="x", verdict="mismatch")], results(3.5, "x"))
    assert row.ratio == 2.0


def test_a_claim_of_another_dimension_is_refused() -> None:
    with pytest.raises(
        InputError,
        match=r"^data/claims: test\.claim: unit: cannot convert x \(ratio\) to month \(time\), the unit of some",
    ):
        ledger([claim("2 months", 2.0)], results(2.0, "x"))


def test_a_claim_without_a_comparison_is_not_recomputable() -> None:
    (row,) = ledger([claim("several", None, verdict="not recomputable")], results(1.0))
    assert (row.verdict, row.ours, row.ratio) == ("not recomputable", None, None)


def test_a_wrong_verdict_is_refused_and_names_the_claim() -> None:
    with pytest.raises(VerdictError) as caught:
        ledger([claim("3.4-month", 3.4, verdict="mismatch")], results(3.438_417_9))
    assert str(caught.value) == (
        "data/claims: test.claim: verdict: found 'mismatch'; expected 'match' (printed 3.4-month, ours 3.43842)"
    )


def test_a_match_with_nothing_to_compare_is_refused_and_names_the_claim() -> None:
    with pytest.raises(VerdictError) as caught:
        ledger([claim("several", None)], results(1.0))
    assert str(caught.value) == (
        "data/claims: test.claim: verdict: found 'match'; expected 'not recomputable' (nothing to compare with)"
    )


def test_a_claim_that_compares_with_an_unknown_quantity_is_refused_and_named() -> None:
    with pytest.raises(UnknownNameError) as caught:
        ledger([claim("2", 2.0, compares="some.quantty")], results(2.0))
    assert str(caught.value) == (
        "data/claims: test.claim: compares: no quantity 'some.quantty'; did you mean 'some.quantity'?"
    )


def test_every_claim_has_an_id_of_its_own(findings: Findings) -> None:
    ids = [row.claim.id for row in findings.ledger]
    assert len(set(ids)) == len(ids)


def test_every_claim_is_in_the_ledger(findings: Findings) -> None:
    assert {row.claim.id for row in findings.ledger} == {claim.id for claim in findings.study.dataset.claims}


def test_the_ledger_shows_every_verdict(findings: Findings) -> None:
    assert {row.verdict for row in findings.ledger} == {"match", "rounding", "mismatch", "not recomputable"}
