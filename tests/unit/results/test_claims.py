"""Verdicts: every verdict and relation on cases worked by hand."""

from typing import Any

import pytest

from analysis.errors import InputError, UnknownNameError, VerdictError
from analysis.inputs.records import Claim, Verdict
from analysis.results.claims import (
    Interval,
    check_verdict,
    compared,
    digits_agreed,
    ledger,
    printed_digits,
    printed_interval,
    verdict_of,
)
from analysis.results.collect import Findings
from analysis.results.quantity import Results
from analysis.results.reach import Reach
from analysis.results.trace import Observed


def claim(printed: str, value: float | None, **changes: Any) -> Claim:
    """A result that prints this number; by default compared with `some.quantity`, in months, and said to agree."""
    fields: dict[str, Any] = {
        "id": "test.claim",
        "file": "data/claims/a_post.toml",
        "publication": "A post",
        "ledger": "originals",
        "kind": "result",
        "where": "lead",
        "statement": "It takes so long.",
        "printed": printed,
        "value": value,
        "unit": "month",
        "compares": "some.quantity" if value is not None else None,
        "verdict": "agrees",
        "reason": "None.",
        "sources": ("amodei2018ai",),
        "since": "2018-05",
    }
    return Claim(**(fields | changes))


def results(value: float, unit: str = "month", **rounding: float) -> Results:
    """A collection whose `some.quantity` has this value."""
    made = Results()
    observed = Observed(
        value=value, unit=unit, label="a factor", record="data/claims", sources=("amodei2018ai",), **rounding
    )
    made.add(
        made.compute("some.quantity", lambda observed: observed, {"x": observed}, unit=unit, summary="", formula="x")
    )
    return made


def judged(of: Claim, ours: float) -> Verdict:
    """The verdict where nothing that ours is made from was printed rounded."""
    return verdict_of(of, ours, Interval(low=ours, high=ours))


@pytest.mark.parametrize(
    ("printed", "value", "ours", "verdict"),
    [
        # Half a unit of 3.4 is 0.05: off by 0.038.
        ("3.4-month", 3.4, 3.4384, "agrees"),
        # Half a unit of 300,000 is 50,000, but 5% is 15,000: off by 21,380.
        ("300,000x", 300_000.0, 321_380.0, "differs"),
        ("300,000x", 300_000.0, 314_000.0, "agrees"),
        # Zeros that hold places: 9,500 to 10,500, and no further.
        ("10,000 PF", 10_000.0, 10_506.2, "differs"),
        ("10,000 PF", 10_000.0, 9_600.0, "agrees"),
        # 5% of 10 is 0.5.
        ("factor of 10", 10.0, 11.24, "differs"),
        # 5% of 2 is 0.1, less than half a unit.
        ("two years, or 2", 2.0, 1.75, "differs"),
        ("2 years", 2.0, 1.92, "agrees"),
        # The zero after the point was printed and counts: half a unit is 0.005.
        ("0.30 pfs-days", 0.30, 0.2954, "agrees"),
        ("0.30 pfs-days", 0.30, 0.294, "differs"),
        # Half a unit exactly; in floats 0.305 - 0.30 is not 0.005.
        ("0.30", 0.30, 0.305, "agrees"),
        ("73.1", 73.1, 73.2672, "differs"),
        # Orders of magnitude apart.
        ("2.7e-5", 2.7e-5, 2.7e-4, "differs"),
    ],
)
def test_a_number_agrees_within_half_a_unit_and_five_percent(
    printed: str, value: float, ours: float, verdict: Verdict
) -> None:
    assert judged(claim(printed, value), ours) == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"),
    # 10% of 10 is 1, as is a whole unit of the last digit that counts (10) at most: 9 to 11.
    [(9.0, "agrees"), (11.0, "agrees"), (11.24, "differs"), (8.9, "differs")],
)
def test_a_text_that_says_about_allows_ten_percent(ours: float, verdict: Verdict) -> None:
    assert judged(claim("about 10", 10.0, relation="about"), ours) == verdict


@pytest.mark.parametrize(("ours", "verdict"), [(2.5559, "agrees"), (2.561, "differs")])
def test_a_text_that_says_about_allows_one_unit_of_the_last_digit(ours: float, verdict: Verdict) -> None:
    # A unit of ~2.55 is 0.01: up to 2.56, far less than 10%.
    assert judged(claim("~ 2.55M", 2.55, relation="about"), ours) == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"), [(321_380.0, "agrees"), (300_000.0, "agrees"), (299_999.0, "differs"), (331_000.0, "differs")]
)
def test_more_than_reaches_up_by_ten_percent_and_never_down(ours: float, verdict: Verdict) -> None:
    assert judged(claim("more than 300,000x", 300_000.0, relation="more than"), ours) == verdict


@pytest.mark.parametrize(("ours", "verdict"), [(0.5, "agrees"), (400.0, "agrees"), (0.49, "differs")])
def test_a_lower_bound_holds_or_not(ours: float, verdict: Verdict) -> None:
    assert judged(claim("majority", 0.5, relation="at least"), ours) == verdict


@pytest.mark.parametrize(("ours", "verdict"), [(1.9, "agrees"), (2.0, "agrees"), (2.01, "differs"), (-9.0, "agrees")])
def test_an_upper_bound_holds_or_not(ours: float, verdict: Verdict) -> None:
    assert judged(claim("less than 2", 2.0, relation="at most"), ours) == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        # The order of 1e20 ends at 10^19.5 = 3.16e19 below and 10^20.5 = 3.16e20 above.
        (8.64e19, "agrees"),
        (3.2e19, "agrees"),
        (3.1e19, "differs"),
        (3.1e20, "agrees"),
        (3.2e20, "differs"),
        (-1e20, "differs"),
    ],
)
def test_an_order_of_magnitude_reaches_half_a_decade_each_way(ours: float, verdict: Verdict) -> None:
    assert judged(claim("10^20", 1e20, relation="order of magnitude"), ours) == verdict


def test_digits_that_are_said_outweigh_those_of_the_text() -> None:
    # To five digits 60,000 is good to half a unit.
    assert printed_interval(claim("60,000", 60_000.0, digits=5)) == Interval(low=59_999.5, high=60_000.5)


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


@pytest.mark.parametrize(
    ("printed", "value", "ours", "digits"),
    [
        ("21.3", 21.3, 21.269, 3),
        # 0.12 off: more than half of 0.1, less than half of 1.
        ("3.7", 3.7, 3.58, 1),
        # Just below and above a round number is near all the same.
        ("9.0", 9.0, 8.96, 2),
        # 0.77 off: more than half of 1.
        ("9.9", 9.9, 10.67, 0),
        # Half a unit of the last digit is near enough.
        ("0.25", 0.25, 0.255, 2),
        ("minus 2.160454", -2.160454, -2.1604542, 7),
        # A place of ten, as the zero may only hold one.
        ("20", 20.0, 24.0, 1),
    ],
)
def test_digits_agree_within_half_a_unit(printed: str, value: float, ours: float, digits: int) -> None:
    assert digits_agreed(claim(printed, value), ours) == digits


def test_a_printed_text_without_a_number_is_refused() -> None:
    with pytest.raises(InputError, match=r"^data/claims/a_post\.toml: test\.claim: printed: no number in 'several'$"):
        printed_digits(claim("several", 7.0))


@pytest.mark.parametrize(
    ("half_width", "verdict"),
    # 0.0055 is printed; ours is 0.0057 and can be as small as 0.0055 and as 0.00566.
    [(0.0002, "consistent"), (0.000_04, "differs")],
)
def test_a_number_is_consistent_if_the_rounding_of_its_inputs_reaches_the_print(
    half_width: float, verdict: Verdict
) -> None:
    row = compared(claim("0.0055", 0.0055), Reach(results(0.0057, half_width=half_width)))
    assert row.verdict == verdict


def test_a_row_says_where_ours_can_lie() -> None:
    # 24 months, rounded to whole months, are 23.5/12 to 24.5/12 years.
    row = compared(claim("2-year", 2.0, unit="year"), Reach(results(24.0, half_width=0.5)))
    assert row.reach is not None
    assert (row.reach.low, row.reach.high) == pytest.approx((23.5 / 12, 24.5 / 12), rel=1e-12)


def test_a_row_of_exact_inputs_has_no_reach() -> None:
    assert compared(claim("2", 2.0), Reach(results(2.0))).reach is None


def test_a_verdict_that_an_inferred_input_decides_says_so() -> None:
    # With the printed 1.9 in place of the inferred 2.0 the verdict would be another one.
    assert compared(claim("2.0", 2.0), Reach(results(2.0, instead_of=1.9))).inferred == ("a factor",)


def test_an_inferred_input_that_decides_nothing_is_not_named() -> None:
    assert compared(claim("2.0", 2.0), Reach(results(2.0, instead_of=2.01))).inferred == ()


@pytest.mark.parametrize(("ours", "within"), [(100.0, True), (151.0, True), (201.0, False), (49.0, False)])
def test_a_number_that_differs_says_whether_it_is_within_the_factor_claimed(ours: float, within: bool) -> None:
    made = results(ours)
    made.add(
        made.compute(
            "claimed.factor",
            lambda factor: factor,
            {"f": Observed(value=2.0, unit="x", label="", record="data/claims", sources=("amodei2018ai",))},
            unit="x",
            summary="",
            formula="f",
        )
    )
    row = compared(claim("111", 111.0 if ours == 100.0 else 100.0, claimed_factor="claimed.factor"), Reach(made))
    assert (row.verdict, row.within_claimed) == ("differs", within)


def test_a_number_that_agrees_says_nothing_of_the_factor_claimed() -> None:
    row = compared(claim("2", 2.0, claimed_factor="some.quantity"), Reach(results(2.0)))
    assert row.within_claimed is None


def test_a_claim_is_compared_in_its_own_unit() -> None:
    # 24 months are 2 years.
    (row,) = ledger([claim("2-year", 2.0, unit="year")], results(24.0))
    assert (row.ours, row.ratio) == pytest.approx((2.0, 1.0), rel=1e-12)


def test_the_ratio_is_printed_over_ours() -> None:
    (row,) = ledger([claim("7x", 7.0, unit="x", verdict="differs")], results(3.5, "x"))
    assert row.ratio == 2.0


def test_a_claim_of_another_dimension_is_refused() -> None:
    with pytest.raises(
        InputError,
        match=r"^data/claims/a_post\.toml: test\.claim: unit: cannot convert x \(ratio\) to month \(time\), the unit",
    ):
        ledger([claim("2 months", 2.0)], results(2.0, "x"))


def test_a_claim_without_a_comparison_is_not_testable() -> None:
    (row,) = ledger([claim("several", None, verdict="not testable")], results(1.0))
    assert (row.verdict, row.ours, row.ratio) == ("not testable", None, None)


def test_a_wrong_verdict_is_refused_and_names_the_claim() -> None:
    with pytest.raises(VerdictError) as caught:
        check_verdict(
            compared(claim("3.4-month", 3.4, verdict="differs"), Reach(results(3.438_417_9, half_width=0.01)))
        )
    assert str(caught.value) == (
        "data/claims/a_post.toml: test.claim: verdict: found 'differs'; expected 'agrees' "
        "(printed 3.4-month, ours 3.43842, 3.42842 to 3.44842 within the rounding of its inputs)"
    )


def test_agreement_with_nothing_to_compare_is_refused_and_names_the_claim() -> None:
    with pytest.raises(VerdictError) as caught:
        check_verdict(compared(claim("several", None), Reach(results(1.0))))
    assert str(caught.value) == (
        "data/claims/a_post.toml: test.claim: verdict: found 'agrees'; expected 'not testable' "
        "(nothing to compare with)"
    )


@pytest.mark.parametrize("key", ["compares", "claimed_factor"])
def test_a_claim_that_names_an_unknown_quantity_is_refused_and_named(key: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        ledger([claim("2", 2.0, verdict="differs", **{key: "some.quantty"})], results(3.0))
    assert str(caught.value) == (
        f"data/claims/a_post.toml: test.claim: {key}: no quantity 'some.quantty'; did you mean 'some.quantity'?"
    )


def test_every_claim_has_an_id_of_its_own(findings: Findings) -> None:
    ids = [row.claim.id for row in findings.ledger]
    assert len(set(ids)) == len(ids)


def test_every_claim_is_in_the_ledger(findings: Findings) -> None:
    assert {row.claim.id for row in findings.ledger} == {claim.id for claim in findings.study.dataset.claims}


def test_the_ledger_shows_every_verdict(findings: Findings) -> None:
    assert {row.verdict for row in findings.ledger} == {"agrees", "consistent", "differs", "not testable"}


def test_a_repeat_is_of_the_kind_of_what_it_repeats(findings: Findings) -> None:
    kinds = {row.claim.id: row.claim.kind for row in findings.ledger}
    repeats = [row.claim for row in findings.ledger if row.claim.repeats]
    assert repeats
    assert [claim.id for claim in repeats if kinds[claim.repeats or ""] != claim.kind] == []
