"""Titles and alt texts that take their numbers from the findings, so that a new row needs no edit.

A text is a template: `{compute.modern.doubling_time}` is a quantity with its unit, `{compute.modern.n:words}` a count
in words, `{compute.modern.n:Words}` one that begins a sentence, `{compute.modern.doubling_time:short}` a quantity to
two digits. A name without a dot is a fact, which the figure
finds itself: which run is lowest, in which year the points begin.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from analysis.errors import UnknownNameError, did_you_mean
from analysis.numerals import count_in_words, numeral, spelled
from analysis.results.collect import Findings
from analysis.results.quantity import Quantity

Facts = Callable[[Findings], Mapping[str, str]]
# {name} or {name:format}, as in str.format, but with the dots of quantity names.
# As many digits as a title has room for.
SHORT_DIGITS: Final = 2
_FIELD: Final = re.compile(r"\{([\w.]+)(?::([\w ]+))?\}")


def no_facts(_findings: Findings) -> Mapping[str, str]:
    """The facts of a text that names only quantities."""
    return {}


def filled(template: str, findings: Findings, facts: Facts = no_facts) -> str:
    """A template with its names replaced. Raises: UnknownNameError with the nearest name."""
    found, quantities = facts(findings), findings.results.quantities

    def written(field: re.Match[str]) -> str:
        name, style = field[1], field[2] or ""
        if name in found:
            return capitalised(found[name]) if style == "Words" else found[name]
        if name not in quantities:
            hint = did_you_mean(name, [*found, *quantities])
            raise UnknownNameError(f"text '{template[:40]}…': no quantity or fact '{name}'{hint}")
        return _spelled(quantities[name], style)

    return _FIELD.sub(written, template)


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "AlexNet, VGG and DQN"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def in_words(value: float) -> str:
    """A number in words where it is whole and small: "two", "2.5"."""
    return count_in_words(int(value)) if value.is_integer() else numeral(value)


def capitalised(text: str) -> str:
    """A text with its first letter capitalised, and no other change."""
    return text[:1].upper() + text[1:]


def _spelled(quantity: Quantity, style: str) -> str:
    styles: Mapping[str, Callable[[], str]] = {
        "": lambda: spelled(quantity.value, quantity.unit, quantity.digits),
        "short": lambda: spelled(quantity.value, quantity.unit, SHORT_DIGITS),
        "words": lambda: in_words(quantity.value),
        "Words": lambda: capitalised(in_words(quantity.value)),
    }
    if style not in styles:
        raise UnknownNameError(
            f"'{quantity.name}:{style}': no style '{style}'; expected one of {', '.join(filter(None, styles))}"
        )
    return styles[style]()
