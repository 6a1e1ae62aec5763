"""What a reader may choose under a figure: its scale, what it draws, which domains and runs.

Plain inputs, so that `:has()` in styles/figures.css can show and hide what they name where no script runs; a script
keeps the choice in the address. Every input is told by its name: the figure's anchor, then what is chosen.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

from analysis.contract import Figure

CHECKED: Final = " checked"
UNCHECKED: Final = ""
# Choices of one among several, the first one at first: legend, then the words of each value.
CHOICES: Final = {
    "scale": ("Scale", {"log": "logarithmic", "linear": "linear"}),
    "runs": ("Runs", {"all": "all", "record": "record runs only"}),
}
# What is drawn or not, and whether it is at first.
PARTS: Final = {
    "errors": ("error bars", UNCHECKED),
    "fit": ("line fitted to all points", CHECKED),
    "line": ("line fitted to the record runs", CHECKED),
    "interval": ("its 95% interval", CHECKED),
    "intervals": ("95% intervals", CHECKED),
    "moore": ("Moore's law", CHECKED),
}


def controls(record: Figure, anchor: str) -> str:
    """The controls of a figure as HTML, none where it offers no choice."""
    offered = record.controls
    groups = [_choice(anchor, name) for name in offered if name in CHOICES]
    if parts := {name: PARTS[name] for name in offered if name in PARTS}:
        groups.append(
            _fieldset("Show", (_box(f"{anchor}-{name}", name, *part) for name, part in parts.items())),
        )
    if "domain" in offered:
        domains = sorted({str(row["domain"]) for row in record.rows})
        groups.append(_fieldset("Domains", (_box(f"{anchor}-{domain}", domain, domain, CHECKED) for domain in domains)))
    return f'<div class="figure-controls">{"".join(groups)}</div>' if groups else ""


def _choice(anchor: str, name: str) -> str:
    legend, values = CHOICES[name]
    states = [CHECKED, *[UNCHECKED] * (len(values) - 1)]
    return _fieldset(
        legend,
        (
            _input("radio", f"{anchor}-{name}", value, words, state)
            for (value, words), state in zip(values.items(), states, strict=True)
        ),
    )


def _box(name: str, value: str, words: str, state: str) -> str:
    return _input("checkbox", name, value, words, state)


def _fieldset(legend: str, inputs: Iterable[str]) -> str:
    return f"<fieldset><legend>{legend}</legend>{''.join(inputs)}</fieldset>"


def _input(kind: str, name: str, value: str, words: str, state: str) -> str:
    return (
        f'<label><input type="{kind}" name="{name}" value="{value}"{state}>'
        f"<span>{escape(words, quote=False)}</span></label>"
    )
