"""Published trends refitted by the rules of their authors: which of their printed numbers come out, digit by digit.

In go the rows of the ledger for studies whose data the repository holds; out come the lines that these numbers make
up, and how many of them agree to every printed digit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from analysis.inputs.records import Claim
from analysis.results.claims import LedgerRow, digits_agreed, digits_compared
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, merged

# By the name of their quantities, who published each study and the file with what it prints.
STUDIES: Final = {
    "eras": ("Sevilla et al. 2022", "data/claims/sevilla2022compute.toml"),
    "costs": ("Cottier et al. 2024", "data/claims/cottier2024rising.toml"),
    "language": ("Ho et al. 2024", "data/claims/ho2024algorithmic.toml"),
    "vision": ("Erdil and Besiroglu 2022", "data/claims/erdil2022algorithmic.toml"),
    "field": ("Epoch AI, compute", "data/claims/epoch2024computetrend.toml"),
    "hardware": ("Epoch AI, hardware", "data/claims/epoch2025hardwarepage.toml"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refitted:
    """A printed number next to ours, with the digits compared and those that agree; without ours, none agree."""

    row: LedgerRow

    @property
    def compared(self) -> int:
        """The digits compared."""
        return digits_compared(self.row.claim)

    @property
    def agreed(self) -> int:
        """The digits that agree."""
        return 0 if self.row.ours is None else digits_agreed(self.row.claim, self.row.ours)

    @property
    def agrees(self) -> bool:
        """Whether all of them do."""
        return self.agreed == self.compared


@dataclass(frozen=True, slots=True, kw_only=True)
class RefittedStudy:
    """A study with its printed numbers by line: by the place that prints them."""

    name: str
    authors: str
    lines: dict[str, tuple[Refitted, ...]]

    @property
    def numbers(self) -> tuple[Refitted, ...]:
        """All printed numbers, in the order of the ledger."""
        return tuple(number for line in self.lines.values() for number in line)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims behind them."""
        return tuple(number.row.claim for number in self.numbers)

    def counts(self) -> dict[str, int]:
        """How many lines and numbers there are, and how many of each agree to every digit."""
        return {
            "lines": len(self.lines),
            "lines_agreed": sum(all(number.agrees for number in line) for line in self.lines.values()),
            "numbers": len(self.numbers),
            "numbers_agreed": sum(number.agrees for number in self.numbers),
        }


COUNTED: Final = {
    "lines": "Lines of published trends that are refitted by the rules of their authors",
    "lines_agreed": "Lines of published trends of which all numbers agree with ours to every digit",
    "numbers": "Numbers of published trends that are compared with those of a refit",
    "numbers_agreed": "Numbers of published trends that agree with ours to every digit",
}


def refitted(rows: Iterable[LedgerRow]) -> tuple[RefittedStudy, ...]:
    """The studies with at least one number in a ledger."""
    listed = [Refitted(row=row) for row in rows if _is_printed(row.claim)]
    studies = (
        RefittedStudy(
            name=name,
            authors=authors,
            lines=_by_line(number for number in listed if number.row.claim.file == file),
        )
        for name, (authors, file) in STUDIES.items()
    )
    return tuple(study for study in studies if study.lines)


def counts(rows: Iterable[LedgerRow], results: Results) -> Iterator[Quantity]:
    """The counts of each study, and their sums."""
    studies = refitted(rows)
    for thing, what in COUNTED.items() if studies else ():
        parts = [_count(study, thing) for study in studies]
        for study, part in zip(studies, parts, strict=True):
            summary = f"{what}: {study.authors}."
            yield _sum(f"replication.{study.name}.{thing}", {"n": part}, summary, results)
        inputs = {f"n_{{{i}}}": part for i, part in enumerate(parts, start=1)}
        yield _sum(f"replication.{thing}", inputs, f"{what}.", results)


def _is_printed(claim: Claim) -> bool:
    """Whether a claim is a number, printed to so many digits, and for the first time."""
    return (
        claim.value is not None
        and claim.relation in ("equals", "about")
        and claim.kind in ("result", "input")
        and claim.repeats is None
    )


def _by_line(numbers: Iterable[Refitted]) -> dict[str, tuple[Refitted, ...]]:
    return {where: tuple(line) for where, line in groupby(numbers, key=lambda number: number.row.claim.where)}


def _count(study: RefittedStudy, thing: str) -> Observed:
    return Observed(
        value=study.counts()[thing],
        unit="statement",
        label=f"of these, by {study.authors}",
        record=study.claims[0].file,
        sources=merged(claim.sources for claim in study.claims),
    )


def _sum(name: str, inputs: dict[str, Observed], summary: str, results: Results) -> Quantity:
    return results.compute(
        name,
        lambda *parts: float(sum(parts)),
        inputs,
        unit="statement",
        summary=summary,
        formula=" + ".join(inputs),
        digits=None,
    )
