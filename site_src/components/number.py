"""A quantity in the text of a page: spelled with its unit and linked to its entry, and the filters that change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from markupsafe import Markup

from analysis.contract import Quantity
from analysis.numerals import CLOSE_UNITS, grouped, numeral, spelled
from site_src import addresses
from site_src.components.edition_links import linked
from site_src.context import PageContext
from site_src.errors import PageError
from site_src.formatting import large_count, words

# Units of which both ends of an interval are spelled in full: months, signs close to the number, sums in words.
SPELLED_TWICE: Final = frozenset({"date", "percent", "dollar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A quantity as a page asks for it; written out it is a link to its entry. Filters give changed copies."""

    context: PageContext
    record: Quantity
    value: float
    digits: int | None
    bare: bool = False
    linked: bool = True
    as_interval: bool = False
    whole: bool = False
    in_words: bool = False
    large: bool = False

    @classmethod
    def of(cls, context: PageContext, record: Quantity) -> Self:
        """A quantity with the digits it asks for itself."""
        return cls(context=context, record=record, value=record.value, digits=record.digits)

    def __html__(self) -> Markup:
        """The number as part of a line of the page. As markup it is not escaped again."""
        text = self.context.face.text(self.text)
        if not self.linked:
            return text
        name = self.record.name
        self.context.numbers[name] = self.record
        return linked(self.context, addresses.quantity_row(name), text, "quantity")

    def __str__(self) -> str:
        return self.__html__()

    @property
    def text(self) -> str:
        """The spelled number, without a link. Raises: PageError where an interval is asked of a number without one."""
        unit_name = "1" if self.bare else self.record.unit
        if self.in_words:
            return words(self.value)
        if self.whole:
            return grouped(int(self.value))
        if self.large:
            return large_count(self.value)
        return self._interval(unit_name) if self.as_interval else spelled(self.value, unit_name, self.digits)

    def _interval(self, unit_name: str) -> str:
        """Both ends of the interval, or the one that there is."""
        low, high = self.record.low, self.record.high
        if high is None:
            if low is None:
                raise PageError(f"'{self.record.name}' has no interval")
            return f"{spelled(low, unit_name, self.digits)} or more, with no upper bound"
        if low is None:
            return f"{spelled(high, unit_name, self.digits)} or less, with no lower bound"
        if unit_name in SPELLED_TWICE:
            return f"{spelled(low, unit_name, self.digits)} to {spelled(high, unit_name, self.digits)}"
        start = numeral(low, self.digits)
        return f"{start}{'×' if unit_name in CLOSE_UNITS else ''} to {spelled(high, unit_name, self.digits)}"


def _changed(quantity: Any, **changes: Any) -> Number:
    if not isinstance(quantity, Number):
        raise PageError(f"expected a quantity before the filter, found '{quantity}'")
    return replace(quantity, **changes)


def _bound(quantity: Any, side: str) -> Number:
    bound = _changed(quantity).record.low if side == "low" else quantity.record.high
    if bound is None:
        raise PageError(f"'{quantity.record.name}' has no bound '{side}'")
    return _changed(quantity, value=bound)


def _in_words(count: Any) -> Number | str:
    """A quantity, or a plain count such as that of the rows of a table, in words."""
    return words(count) if isinstance(count, int) else _changed(count, in_words=True)


FILTERS: Final[dict[str, Callable[..., Number | str]]] = {
    "digits": lambda quantity, digits: _changed(quantity, digits=digits),
    "bare": lambda quantity: _changed(quantity, bare=True),
    "whole": lambda quantity: _changed(quantity, whole=True),
    "large": lambda quantity: _changed(quantity, large=True),
    "words": _in_words,
    "plain": lambda quantity: _changed(quantity, linked=False),
    "interval": lambda quantity: _changed(quantity, as_interval=True),
    "low": lambda quantity: _bound(quantity, "low"),
    "high": lambda quantity: _bound(quantity, "high"),
}
