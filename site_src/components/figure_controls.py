"""What a reader may choose under a figure: its scale, what it draws, which domains and runs.

Plain inputs, so that `:has()` in styles/figures.css can show and hide what they name where no script runs; a script
keeps the choice in the address. Every input is identified by its name: the anchor of the figure, then what is chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from analysis.contract import Figure

# Choices of one among several, the first one at first: legend, then the words of each value.
CHOICES: Final = {
    "scale": ("Scale", {"log": "logarithmic", "linear": "linear"}),
    "runs": ("Runs", {"all": "all", "record": "record runs only"}),
}
# What is drawn or not, and whether it is at first.
PARTS: Final = {
    "errors": ("error bars", False),
    "fit": ("line fitted to all points", True),
    "line": ("line fitted to the record runs", True),
    "interval": ("its 95% interval", True),
    "intervals": ("95% intervals", True),
    "moore": ("Moore's law", True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One input: its name and value in a form, its label, whether it is chosen at first."""

    name: str
    value: str
    words: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Inputs under one legend, of which one or several can be chosen."""

    legend: str
    kind: Literal["radio", "checkbox"]
    choices: tuple[Choice, ...]


def controls(record: Figure, anchor: str) -> list[Group]:
    """The controls of a figure, none where it offers no choice."""
    return list(_groups(record, anchor))


def _groups(record: Figure, anchor: str) -> Iterator[Group]:
    for name in record.controls:
        if name in CHOICES:
            yield _one_of(anchor, name)
    if parts := {name: PARTS[name] for name in record.controls if name in PARTS}:
        shown = (
            Choice(name=f"{anchor}-{name}", value=name, words=words, checked=checked)
            for name, (words, checked) in parts.items()
        )
        yield Group(legend="Show", kind="checkbox", choices=tuple(shown))
    if "domain" in record.controls:
        domains = sorted({str(row["domain"]) for row in record.rows})
        chosen = (Choice(name=f"{anchor}-{name}", value=name, words=name, checked=True) for name in domains)
        yield Group(legend="Domains", kind="checkbox", choices=tuple(chosen))


def _one_of(anchor: str, name: str) -> Group:
    legend, values = CHOICES[name]
    choices = (
        Choice(name=f"{anchor}-{name}", value=value, words=words, checked=place == 0)
        for place, (value, words) in enumerate(values.items())
    )
    return Group(legend=legend, kind="radio", choices=tuple(choices))
