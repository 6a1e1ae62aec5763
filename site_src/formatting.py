"""How a quantity is spelled in a page: number, unit, interval, link. The digits come from `analysis.numerals`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from analysis.numerals import CLOSE_UNITS, count_in_words, grouped, numeral, spelled
from analysis.units import unit
from site_src.context import PageContext
from site_src.errors import PageError
from site_src.ways import linked

BESIDE_PRINTED_DIGITS: Final = 4
SHORT_DIGITS: Final = 4
# Larger whole numbers are rounded like all others.
LARGEST_WHOLE: Final = 1e7
# A day is less than a hundredth of a year.
DATE_DIGITS: Final = 5
# How the compute of a run is known.
METHODS: Final = {
    "operations": "Counting operations",
    "gpu_time": "GPU time",
    "chart_reading": "Reading of the chart",
    "stated": "As stated by the source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A quantity as a page asks for it; written out it is a link to its entry. Filters give changed copies."""

    context: PageContext
    record: dict[str, Any]
    value: float
    digits: int | None
    bare: bool = False
    linked: bool = True
    as_interval: bool = False
    whole: bool = False
    in_words: bool = False

    @classmethod
    def of(cls, context: PageContext, record: dict[str, Any]) -> Self:
        """A quantity with the digits it asks for itself."""
        return cls(context=context, record=record, value=record["value"], digits=record["digits"])

    def __str__(self) -> str:
        if not self.linked:
            return self.text
        name = self.record["name"]
        self.context.numbers[name] = self.record
        return linked(self.context, f"{results_page(name)}#{name}", self.text, "quantity")

    @property
    def text(self) -> str:
        """The spelled number, without a link. Raises: PageError where an interval is asked of a number without one."""
        unit_name = "1" if self.bare else self.record["unit"]
        if self.in_words:
            return words(self.value)
        if self.whole:
            return grouped(int(self.value))
        if not self.as_interval:
            return spelled(self.value, unit_name, self.digits)
        low, high = self.record["low"], self.record["high"]
        if low is None and high is None:
            raise PageError(f"'{self.record['name']}' has no interval")
        if high is None:
            return f"{spelled(low, unit_name, self.digits)} or more, with no upper bound"
        if low is None:
            return f"{spelled(high, unit_name, self.digits)} or less, with no lower bound"
        start = numeral(low, self.digits)
        return f"{start}{'×' if unit_name in CLOSE_UNITS else ''} to {spelled(high, unit_name, self.digits)}"


def name_part(slug: str) -> str:
    """A system's id as it stands in the names of its quantities."""
    return slug.replace("-", "_")


def results_page(name: str) -> str:
    """The page that lists a quantity."""
    return f"results/{name.split('.', maxsplit=1)[0]}.md"


def unit_label(unit_name: str) -> str:
    """A unit as it stands in a column heading."""
    return unit(unit_name).plural if unit_name else ""


def beside_printed(value: float, unit_name: str) -> str:
    """Our number beside a printed one: four significant digits, without zeros that say nothing."""
    return spelled(float(f"{value:.{BESIDE_PRINTED_DIGITS}g}"), unit_name, None)


def shortly(value: float, unit_name: str) -> str:
    """A number with its unit where many stand beside each other: whole ones whole, all else to four digits."""
    short = float(value).is_integer() and abs(value) < LARGEST_WHOLE
    digits = None if short else DATE_DIGITS if unit_name == "year" else SHORT_DIGITS
    return spelled(value, unit_name, digits)


def words(count: float) -> str:
    """A count in words, without a unit. Raises: PageError where it is no whole number of zero or more."""
    if count < 0 or not float(count).is_integer():
        raise PageError(f"expected a whole number before the filter 'words', found {count:g}")
    return count_in_words(int(count))


def one_paragraph(text: str) -> str:
    """A caption or note as one paragraph: its sentences stand on lines of their own in the source."""
    return " ".join(line.strip() for line in text.splitlines())


def _changed(quantity: Any, **changes: Any) -> Number:
    if not isinstance(quantity, Number):
        raise PageError(f"expected a quantity before the filter, found '{quantity}'")
    return replace(quantity, **changes)


def _bound(quantity: Any, side: str) -> Number:
    bound = _changed(quantity).record[side]
    if bound is None:
        raise PageError(f"'{quantity.record['name']}' has no bound '{side}'")
    return _changed(quantity, value=bound)


def _in_words(count: Any) -> Number | str:
    """A quantity, or a plain count such as that of the rows of a table, in words."""
    return words(count) if isinstance(count, int) else _changed(count, in_words=True)


FILTERS: Final[dict[str, Callable[..., Number | str]]] = {
    "digits": lambda quantity, digits: _changed(quantity, digits=digits),
    "bare": lambda quantity: _changed(quantity, bare=True),
    "whole": lambda quantity: _changed(quantity, whole=True),
    "words": _in_words,
    "plain": lambda quantity: _changed(quantity, linked=False),
    "interval": lambda quantity: _changed(quantity, as_interval=True),
    "low": lambda quantity: _bound(quantity, "low"),
    "high": lambda quantity: _bound(quantity, "high"),
}
