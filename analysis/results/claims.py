"""The ledger: each published statement next to our number, with the verdict that follows from the two.

agrees        ours lies in the printed interval: within half a unit of the last printed digit, at most 5%; within a
              whole unit, at most 10%, of a number that the text calls approximate; above it by as much at most, where
              the text says "more than"; or it satisfies the bound or has the order of magnitude that is all there is
consistent    ours can reach that interval if every input printed rounded is varied within its rounding
differs       neither
not testable  no quantity to compare with
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import inf, sqrt
from re import search
from typing import Final

from analysis import contract
from analysis.errors import InputError, UnknownNameError, VerdictError
from analysis.inputs.records import Claim, Verdict
from analysis.results.quantity import Quantity, Results
from analysis.results.reach import NO_SHIFTS, Reach, Shifts
from analysis.results.trace import merged
from analysis.units import convert

# The widest that a printed interval may be around an exact number and around one called approximate: without a limit,
# a number printed with one digit would agree with almost anything.
EXACT_SHARE: Final = 0.05
ABOUT_SHARE: Final = 0.10
# An order of magnitude means within half a decade in either direction.
HALF_DECADE: Final = sqrt(10)
# Slack for the binary representation of printed decimals.
TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """All numbers from `low` to `high`, both included."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common."""
        slack = TINY * min(abs(end) for end in (self.low, self.high, other.low, other.high))
        return self.low <= other.high + slack and other.low <= self.high + slack


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A claim next to our number, both in the claim's unit.

    `reach` is the interval of our number when inputs printed rounded vary within their rounding, `ratio` the printed
    number over ours, and `within_claimed` whether a number that differs is within the factor that its authors claim
    (None where they claim none). `inferred` names the inputs, chosen because results then come out as printed, that
    decide the verdict: with the numbers that the sources print it would differ.
    """

    claim: Claim
    verdict: Verdict
    ours: float | None = None
    reach: Interval | None = None
    ratio: float | None = None
    within_claimed: bool | None = None
    inferred: tuple[str, ...] = ()

    def record(self) -> contract.Claim:
        """The claim with our numbers, as a record of ledger.json."""
        return contract.Claim(
            **self.claim.model_dump(),
            ours=self.ours,
            low=self.reach.low if self.reach else None,
            high=self.reach.high if self.reach else None,
            ratio=self.ratio,
            within_claimed=self.within_claimed,
            inferred=self.inferred,
        )


def ledger(claims: Iterable[Claim], results: Results) -> tuple[LedgerRow, ...]:
    """Every claim compared."""
    reach = Reach(results)
    return tuple(compared(claim, reach) for claim in claims)


def compared(claim: Claim, reach: Reach) -> LedgerRow:
    """A claim next to our number, with the verdict that follows from them."""
    if claim.compares is None or claim.value is None:
        return LedgerRow(claim=claim, verdict="not testable")
    ours, could_be = _ours(claim, reach, NO_SHIFTS)
    verdict = verdict_of(claim, ours, could_be)
    printed_instead = reach.without_inferred(claim.compares)
    decided = bool(printed_instead) and verdict_of(claim, *_ours(claim, reach, printed_instead)) != verdict
    ratio = claim.value / ours if ours else None
    return LedgerRow(
        claim=claim,
        verdict=verdict,
        ours=ours,
        reach=could_be if could_be.low < could_be.high else None,
        ratio=ratio,
        within_claimed=_within_claimed(claim, ratio, reach.results) if verdict == "differs" else None,
        inferred=merged([[observed.label for observed in printed_instead]]) if decided else (),
    )


def _ours(claim: Claim, reach: Reach, shifts: Shifts) -> tuple[float, Interval]:
    """Our number for a claim and its interval, in the unit of the claim, with some inputs shifted."""
    quantity = _named(claim, "compares", claim.compares, reach.results)
    values = (reach.value(quantity.name, shifts), *reach.interval(quantity.name, shifts))
    try:
        ours, *ends = (convert(value, quantity.unit, claim.unit) for value in values)
    except InputError as error:
        raise InputError(f"{claim.file}: {claim.id}: unit: {error}, the unit of {quantity.name}") from None
    return ours, Interval(low=min(ends), high=max(ends))


def check_verdict(row: LedgerRow) -> None:
    """Checks that the verdict is the one that the claim states. Raises: VerdictError."""
    if row.verdict != row.claim.verdict:
        numbers = "nothing to compare with" if row.ours is None else f"printed {row.claim.printed}, ours {row.ours:.6g}"
        if row.reach:
            numbers += f", {row.reach.low:.6g} to {row.reach.high:.6g} within the rounding of its inputs"
        raise VerdictError(
            f"{row.claim.file}: {row.claim.id}: verdict: "
            f"found '{row.claim.verdict}'; expected '{row.verdict}' ({numbers})"
        )


def _within_claimed(claim: Claim, ratio: float | None, results: Results) -> bool | None:
    """Whether printed and ours are within the factor that the authors claim for their number."""
    if claim.claimed_factor is None or ratio is None:
        return None
    factor = _named(claim, "claimed_factor", claim.claimed_factor, results).value
    return 1 / factor <= ratio <= factor


def _named(claim: Claim, key: str, name: str | None, results: Results) -> Quantity:
    assert name is not None
    try:
        return results[name]
    except UnknownNameError as error:
        raise UnknownNameError(f"{claim.file}: {claim.id}: {key}: {error}") from None


def verdict_of(claim: Claim, ours: float, could_be: Interval) -> Verdict:
    """The verdict that follows from the numbers, for a claim that has a value."""
    printed = printed_interval(claim)
    if printed.meets(Interval(low=ours, high=ours)):
        return "agrees"
    return "consistent" if printed.meets(could_be) else "differs"


def printed_interval(claim: Claim) -> Interval:
    """The numbers for which the printed statement would be true."""
    value = claim.value
    assert value is not None
    match claim.relation:
        case "at least":
            return Interval(low=value, high=inf)
        case "at most":
            return Interval(low=-inf, high=value)
        case "order of magnitude":
            return Interval(low=value / HALF_DECADE, high=value * HALF_DECADE)
        case "about":
            return Interval(low=value - _about(claim), high=value + _about(claim))
        case "more than":
            return Interval(low=value, high=value + _about(claim))
        case "equals":
            width = min(last_place(claim) / 2, EXACT_SHARE * abs(value))
            return Interval(low=value - width, high=value + width)


def _about(claim: Claim) -> float:
    assert claim.value is not None
    return min(last_place(claim), ABOUT_SHARE * abs(claim.value))


def last_place(claim: Claim) -> float:
    """One unit of the last digit that counts in a claim's number, in its unit."""
    return float(Decimal(10) ** (Decimal(repr(claim.value)).adjusted() - digits_compared(claim) + 1))


def digits_agreed(claim: Claim, ours: float) -> int:
    """To how many significant digits our number, in the claim's unit, is within half a unit of the printed one."""
    assert claim.value is not None
    place, off = Decimal(repr(claim.value)).adjusted(), abs(claim.value - ours) - TINY * abs(claim.value)
    digits = range(digits_compared(claim), 0, -1)
    return next((each for each in digits if off <= float(Decimal(10) ** (place - each + 1)) / 2), 0)


def digits_compared(claim: Claim) -> int:
    """The significant digits of a claim's number that count."""
    return claim.digits or printed_digits(claim)


def printed_digits(claim: Claim) -> int:
    """Significant digits of the first number in the printed text; zeros that may only hold places do not count."""
    found = search(r"\d[\d,]*(\.\d+)?", claim.printed)
    if not found:
        raise InputError(f"{claim.file}: {claim.id}: printed: no number in '{claim.printed}'")
    digits = found[0].replace(",", "")
    if "." in digits:
        return len(digits.replace(".", "").lstrip("0")) or 1
    return len(digits.lstrip("0").rstrip("0")) or 1
