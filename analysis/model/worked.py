"""A worked calculation: an ordered list of labelled, sourced factors whose product is the estimate.

What is shown is what is multiplied: text, LaTeX and MathML are renderings of the same factors.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from analysis.inputs.factors import factor_value
from analysis.inputs.records import Constant, Estimate, Intermediate, Method, System
from analysis.numerals import numeral
from analysis.units import FLOP_PER_PFS_DAY, convert, to_base, unit

# Enough to see how a printed result of two or three digits was rounded.
RESULT_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One factor: what it is, its number and unit, and who says so.

    `input` is the shape at which a network is counted, where that is not its usual one. `half_width` is how far the
    number can lie from what its source rounded, `instead_of` what the source prints in place of an inferred number.
    """

    name: str
    label: str
    value: float
    unit: str
    assumption: str
    architecture: str
    input: tuple[int, ...] | None
    sources: tuple[str, ...]
    assumed: bool
    instead_of: float | None
    half_width: float
    why: str

    @property
    def base_value(self) -> float:
        """The number in base units: FLOP, FLOP/s, multiply-adds, seconds or a count."""
        return to_base(self.value, self.unit)

    @property
    def text(self) -> str:
        """The number as written in a line of arithmetic."""
        symbol = unit(self.unit).plural if self.unit in WRITTEN_UNITS else ""
        return f"{numeral(self.value)} {symbol}".strip()


# Units written in the line itself; the label of a factor names all others.
WRITTEN_UNITS = frozenset({"day", "hour", "TFLOP/s", "GMAC", "MMAC", "MAC", "pfs-day"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A calculation of a system's training compute. `compute_flop` is the product of its terms."""

    system: str
    file: str
    system_name: str
    system_label: str
    id: str
    method: Method
    role: str
    where: str
    device: str
    upper_bound: bool
    note: str
    sources: tuple[str, ...]
    terms: tuple[Term, ...]
    intermediates: tuple[Intermediate, ...]

    @property
    def name(self) -> str:
        """The name of its quantity: `worked.<system>.<estimate>`."""
        return f"worked.{self.system.replace('-', '_')}.{self.id}"

    @property
    def compute_flop(self) -> float:
        """The product of the terms, in FLOP."""
        return prod(term.base_value for term in self.terms)

    @property
    def compute_pfs_days(self) -> float:
        """The product of the terms, in petaflop/s-days."""
        return pfs_days([term.value for term in self.terms], [term.unit for term in self.terms])

    def term(self, name: str) -> Term | None:
        """The term of this name, or None."""
        return next((term for term in self.terms if term.name == name), None)

    def text(self) -> str:
        """The line of arithmetic, as it would be printed."""
        factors = " × ".join(term.text for term in self.terms)
        if len(self.terms) == 1:
            return factors
        petaflop = numeral(convert(self.compute_flop, "FLOP", "PF"), RESULT_DIGITS)
        return f"{factors} = {petaflop} PF = {numeral(self.compute_pfs_days, RESULT_DIGITS)} pfs-days"

    def latex(self) -> str:
        """The same line as LaTeX mathematics."""
        return latex_line(self.text())

    def parts(self) -> tuple[str, ...]:
        """The same line in LaTeX, in parts for each factor and result, between which a narrow page can break it."""
        return tuple(_spaced(latex_line(part)) for part in _BREAKS.split(self.text()))


def worked(system: System, estimate: Estimate, constants: dict[str, Constant]) -> Worked:
    """The calculation of one estimate, with the assumptions it names looked up."""
    return Worked(
        system=system.id,
        file=system.file,
        system_name=system.name,
        system_label=system.label,
        id=estimate.id,
        method=estimate.method,
        role=estimate.role,
        where=estimate.where,
        device=estimate.device or "",
        upper_bound=estimate.upper_bound,
        note=estimate.note,
        sources=estimate.sources,
        terms=_terms(estimate, constants),
        intermediates=estimate.intermediates,
    )


def pfs_days(values: Sequence[float], units: Sequence[str]) -> float:
    """The product of factors in petaflop/s-days; a single number already in that unit is returned unchanged."""
    if list(units) == ["pfs-day"]:
        return values[0]
    return prod(to_base(value, name) for value, name in zip(values, units, strict=True)) / FLOP_PER_PFS_DAY


def intermediate_products(intermediate: Intermediate) -> list[float]:
    """The products that are summed, each worked out."""
    return [prod(product) for product in intermediate.products]


def intermediate_value(intermediate: Intermediate) -> float:
    """The sum of its products, in its own unit."""
    return sum(intermediate_products(intermediate))


def intermediate_text(intermediate: Intermediate) -> str:
    """The sum of products as a line of arithmetic."""
    products = (" × ".join(numeral(number) for number in product) for product in intermediate.products)
    symbol = unit(intermediate.unit).plural
    return f"{' + '.join(products)} = {numeral(intermediate_value(intermediate))} {symbol}"


def _terms(estimate: Estimate, constants: dict[str, Constant]) -> tuple[Term, ...]:
    terms = []
    for factor in estimate.factors:
        constant = constants[factor.assumption] if factor.assumption else None
        value, unit_name = factor_value(factor, constants)
        terms.append(
            Term(
                name=factor.name,
                label=factor.label,
                value=value,
                unit=unit_name,
                assumption=factor.assumption or "",
                architecture=factor.architecture or "",
                input=factor.input,
                sources=factor.sources or (constant.sources if constant else estimate.sources),
                assumed=factor.assumed or bool(constant and constant.assumed),
                instead_of=constant.instead_of if constant else factor.instead_of,
                half_width=constant.half_width(value) if constant else factor.half_width(value),
                why=factor.why or (constant.note if constant else ""),
            )
        )
    return tuple(terms)


# A line of arithmetic may be broken before a sign of multiplication that starts a factor, and before an equals sign.
_BREAKS = re.compile(r" (?=[×=] (?!10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))")


def latex_line(text: str) -> str:
    """A line of arithmetic as LaTeX mathematics."""
    return " ".join(_latex_word(word) for word in text.split(" "))


def _spaced(latex: str) -> str:
    """A part of a line with the usual space after the sign it starts with."""
    return re.sub(r"^(\\times|=) ", r"\1\\; ", latex)


def _latex_word(word: str) -> str:
    """A word of the line in LaTeX: signs as signs, powers raised, units upright."""
    if word == "×":
        return r"\times"
    if word in "=+":
        return word
    if raised := re.fullmatch(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", word):
        return f"10^{{{raised[1].translate(_LOWERED)}}}"
    if re.fullmatch(r"[0-9.]+", word):
        return word
    if re.fullmatch(r"[0-9.,]+", word):
        return rf"\text{{{word}}}"
    return rf"\ \text{{{word}}}"


_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
