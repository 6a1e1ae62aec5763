"""The JSON Schema (2020-12) of results.json: what every field of a named quantity is, for readers of the downloads.

It states the contract apart from the code that writes the file, so that a test can hold one against the other.
"""

from typing import Any, Final

from analysis.units import UNITS

NAME_PATTERN: Final = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"


def _described(title: str, description: str, kind: str | list[str]) -> dict[str, Any]:
    """A field of one type, or of several."""
    return {"title": title, "description": description, "type": kind}


def _unit(description: str) -> dict[str, Any]:
    return {**_described("Unit", description, "string"), "enum": sorted(UNITS)}


def _record(title: str, description: str, fields: dict[str, Any]) -> dict[str, Any]:
    """An object that has all of these fields and no other."""
    return {
        **_described(title, description, "object"),
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


_SYMBOL: Final = _record(
    "Symbol",
    "A letter of the formula and the number it stands for.",
    {
        "symbol": _described("Symbol", "The letter as the formula writes it, in LaTeX.", "string"),
        "label": _described("Label", "What the letter stands for, in words.", "string"),
        "value": _described(
            "Value", "The number, in the symbol's unit; null where it stands for several.", ["number", "null"]
        ),
        "unit": _unit("Unit of the number; 1 for a bare number."),
        "name": _described("Name", "The quantity that has this value; null where none has.", ["string", "null"]),
        "record": _described(
            "Record", "The file, and the place in it, that holds the value; null where none does.", ["string", "null"]
        ),
        "names": {
            **_described(
                "Names", "Quantities that the letter stands for together; none where it is one number.", "array"
            ),
            "items": _described("Name", "Name of a quantity.", "string"),
        },
    },
)

_QUANTITY: Final = _record(
    "Quantity",
    "A named number with its interval, how it follows, and who says so.",
    {
        "name": {
            **_described("Name", "Topic, scope and thing, joined by points; it never changes.", "string"),
            "pattern": NAME_PATTERN,
        },
        "value": _described(
            "Value", "The number, in its unit, to twelve digits; an exact count has all its digits.", "number"
        ),
        "unit": _unit("Unit of value, low and high; 1 for a bare number, x for a factor."),
        "low": _described("Low", "Lower end of the interval; null where there is none.", ["number", "null"]),
        "high": _described("High", "Upper end of the interval; null where it has none.", ["number", "null"]),
        "interval": _described("Interval", "What low and high are; empty where there are none.", "string"),
        "digits": {
            **_described(
                "Digits", "Significant digits that the pages print; null where they print all.", ["integer", "null"]
            ),
            "minimum": 1,
        },
        "summary": {**_described("Summary", "What the number is, in a sentence.", "string"), "minLength": 1},
        "formula": {**_described("Formula", "How it follows from its inputs, in LaTeX.", "string"), "minLength": 1},
        "symbols": {
            **_described("Symbols", "The letters of the formula in the order of its reading.", "array"),
            "items": _SYMBOL,
        },
        "filled": _described(
            "Filled formula", "The formula with numbers for letters, and the value, in LaTeX.", "string"
        ),
        "inputs": {
            **_described("Inputs", "Quantities and files that it is made from.", "array"),
            "items": _described("Input", "Name of a quantity, or path of a file or folder.", "string"),
            "minItems": 1,
        },
        "sources": {
            **_described("Sources", "Works that the number rests on.", "array"),
            "items": _described("Source", "Key of a work in references.json.", "string"),
            "minItems": 1,
            "uniqueItems": True,
        },
    },
)

RESULTS_SCHEMA: Final = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "results.schema.json",
    **_record(
        "Results of an edition",
        "Every named quantity of one edition, in the order in which they are made.",
        {
            "edition": {
                **_described("Edition", "Year and month of the edition.", "string"),
                "pattern": r"^\d{4}-\d{2}$",
            },
            "quantities": {
                **_described("Quantities", "The named numbers.", "array"),
                "items": _QUANTITY,
                "minItems": 1,
            },
        },
    ),
}
