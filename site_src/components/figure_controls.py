"""What a reader may choose under a figure: its scale, what it draws, which domains and runs.

Plain inputs, so that `:has()` in styles/figures.css can show and hide what they name where no script runs; a script
keeps the choice in the address. Every input is identified by its name: the anchor of the figure, then what is chosen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from analysis.contract import Figure

SCALE: Final = "scale"
# Choices of one among several, the first one at first: legend, then the words of each value.
CHOICES: Final = {
    SCALE: ("Scale", {"log": "logarithmic", "linear": "linear"}),
    "runs": ("Runs", {"all": "all", "record": "record runs only"}),
    "top": ("Models", {"every": "all", "top": "the ten largest at their release"}),
}
# What is drawn or not, and whether it is at first.
PARTS: Final = {
    "errors": ("error bars", False),
    "fit": ("line fitted to all points", True),
    "line": ("line fitted to the record runs", True),
    "interval": ("its 95% interval", True),
    "prediction": ("95% prediction interval", True),
    "intervals": ("95% intervals", True),
    "moore": ("Moore's law", True),
}
# Columns that a reader can filter by: legend, and the values that a choice writes otherwise than the rows.
FILTERS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "domain": ("Domains", {}),
    "confidence": ("Confidence", {}),
    "open_weights": ("Weights", {"no": "closed", "unknown": "not known", "yes": "open"}),
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
    """Inputs under one legend, of which one or several can be chosen; `folded` ones are opened on demand."""

    legend: str
    kind: Literal["radio", "checkbox"]
    choices: tuple[Choice, ...]
    folded: bool = False


def controls(record: Figure, anchor: str, *, scales: bool = True) -> list[Group]:
    """The controls of a figure, none where it offers no choice; without `scales` none of its scale."""
    return list(_groups(record, anchor, scales=scales))


def _groups(record: Figure, anchor: str, *, scales: bool) -> Iterator[Group]:
    for name in record.controls:
        if name in CHOICES and (scales or name != SCALE):
            yield _one_of(anchor, name)
    if parts := {name: PARTS[name] for name in record.controls if name in PARTS}:
        shown = (
            Choice(name=f"{anchor}-{name}", value=name, words=words, checked=checked)
            for name, (words, checked) in parts.items()
        )
        yield Group(legend="Show", kind="checkbox", choices=tuple(shown))
    for name in record.controls:
        if name in FILTERS:
            yield _filter(record, anchor, name)


def _filter(record: Figure, anchor: str, column: str) -> Group:
    """One input per value of a column, all of them chosen at first."""
    legend, words = FILTERS[column]
    values = sorted({str(row[column]) for row in record.rows})
    choices = (
        Choice(name=f"{anchor}-{value}", value=value, words=words.get(value, value), checked=True) for value in values
    )
    return Group(legend=legend, kind="checkbox", choices=tuple(choices), folded=True)


def _one_of(anchor: str, name: str) -> Group:
    legend, values = CHOICES[name]
    choices = (
        Choice(name=f"{anchor}-{name}", value=value, words=words, checked=place == 0)
        for place, (value, words) in enumerate(values.items())
    )
    return Group(legend=legend, kind="radio", choices=tuple(choices))
