"""The ledger: each published statement beside our number, with a verdict that the numbers themselves give.

match            ours, rounded to the digits printed, is the printed number; or keeps the printed bound;
                 or has the printed order of magnitude, where the text says no more than that
rounding         off by at most one unit of the last printed digit and by at most 5 in a hundred
mismatch         anything else
not recomputable no quantity to compare with
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from re import search
from typing import Final

from analysis.errors import InputError, UnknownNameError, VerdictError
from analysis.inputs.records import Claim, Verdict
from analysis.results.quantity import Results
from analysis.units import convert

ROUNDING_SHARE: Final = 0.05
# Slack for the binary representation of printed decimals.
TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A claim, our number in the claim's unit, their ratio (printed over ours) and the verdict."""

    claim: Claim
    ours: float | None
    ratio: float | None
    verdict: Verdict


def ledger(claims: Iterable[Claim], results: Results) -> tuple[LedgerRow, ...]:
    """Every claim compared. Raises: VerdictError where a stated verdict is not what the numbers say."""
    return tuple(_row(claim, results) for claim in claims)


def _row(claim: Claim, results: Results) -> LedgerRow:
    if claim.compares is None or claim.value is None:
        ours = ratio = None
        verdict: Verdict = "not recomputable"
    else:
        ours = _in_unit_of(claim, results)
        ratio = claim.value / ours if ours else None
        verdict = verdict_of(claim, ours)
    if verdict != claim.verdict:
        numbers = "nothing to compare with" if ours is None else f"printed {claim.printed}, ours {ours:.6g}"
        raise VerdictError(
            f"data/claims: {claim.id}: verdict: found '{claim.verdict}'; expected '{verdict}' ({numbers})"
        )
    return LedgerRow(claim=claim, ours=ours, ratio=ratio, verdict=verdict)


def _in_unit_of(claim: Claim, results: Results) -> float:
    assert claim.compares is not None
    try:
        quantity = results[claim.compares]
    except UnknownNameError as error:
        raise UnknownNameError(f"data/claims: {claim.id}: compares: {error}") from None
    try:
        return convert(quantity.value, quantity.unit, claim.unit)
    except InputError as error:
        raise InputError(f"data/claims: {claim.id}: unit: {error}, the unit of {quantity.name}") from None


def verdict_of(claim: Claim, ours: float) -> Verdict:
    """What the numbers say of a claim that has a value."""
    assert claim.value is not None
    if claim.relation == "at least":
        return "match" if ours >= claim.value else "mismatch"
    if claim.relation == "at most":
        return "match" if ours <= claim.value else "mismatch"
    if claim.relation == "order of magnitude":
        return "match" if ours > 0 and round(log10(ours)) == round(log10(claim.value)) else "mismatch"
    digits = claim.digits or printed_digits(claim)
    if _rounded(ours, digits) == _rounded(claim.value, digits):
        return "match"
    last_place = 10.0 ** (Decimal(repr(claim.value)).adjusted() - digits + 1)
    off = abs(ours - claim.value)
    near = off <= last_place * (1 + TINY) and off <= ROUNDING_SHARE * abs(claim.value) * (1 + TINY)
    return "rounding" if near else "mismatch"


def printed_digits(claim: Claim) -> int:
    """Significant digits of the first number in the printed text; zeros that may only hold places do not count."""
    found = search(r"\d[\d,]*(\.\d+)?", claim.printed)
    if not found:
        raise InputError(f"data/claims: {claim.id}: printed: no number in '{claim.printed}'")
    digits = found[0].replace(",", "")
    if "." in digits:
        return len(digits.replace(".", "").lstrip("0")) or 1
    return len(digits.lstrip("0").rstrip("0")) or 1


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(f"{Decimal(repr(value)):.{digits - 1}e}")
